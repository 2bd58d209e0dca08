//! Makes files from documents, in the same way for every format: render, read back, compare.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use std::time::Duration;

use super::characters;
use super::compare;
use super::fault::internal;
use super::format::{Format, Rendered, Renderer, Setup};
use super::run::{self, DocumentWork, Pace};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::Document;
use crate::document::words::Expected;
use crate::reference::layers::LayoutText;

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// Number of pages; 0 in a format that has none.
    pub pages: usize,
    /// Warnings for the user.
    pub warnings: Vec<Diagnostic>,
}

/// Makes a file from a document. Its words are those of the document, in order; else there is no file.
///
/// # Errors
/// A part of the document or its layout cannot be rendered, or words of the file differ from those of the document.
pub fn print(format: &dyn Format, renderer: &dyn Renderer, document: &Document) -> Result<Printed, Vec<Diagnostic>> {
    let expected = Expected::of(document, format.order());
    let mut problems = compare::unreferenced(document, &expected);
    problems.extend(characters::check(document, renderer));
    if !problems.is_empty() {
        return Err(problems);
    }
    let Rendered { bytes, warnings } = renderer.render(document)?;
    let fault = |why: String| vec![internal(document, format!("the file cannot be read back: {why}"))];
    let file = format.open(&bytes).map_err(|why| fault(format!("it {why}")))?;
    let reading = file.reading().map_err(fault)?;
    let differences = compare::compare(format, document, &expected, &reading);
    if !differences.is_empty() {
        return Err(differences);
    }
    let pages = reading.pages.len();
    drop(file);
    Ok(Printed { bytes, pages, warnings })
}

/// Makes a file on a thread of its own, with a stack that is large enough.
///
/// # Errors
/// See [`print()`].
pub fn print_alone(
    format: &'static dyn Format,
    renderer: Arc<dyn Renderer>,
    document: &Document,
) -> Result<Printed, Vec<Diagnostic>> {
    let mut all = print_all(format, renderer, &[Arc::new(document.clone())], 1);
    all.pop().unwrap_or_else(|| Err(vec![internal(document, "the document was not rendered")]))
}

/// Makes files on `threads` threads, in the order of the documents.
pub fn print_all(
    format: &'static dyn Format,
    renderer: Arc<dyn Renderer>,
    documents: &[Arc<Document>],
    threads: usize,
) -> Vec<Result<Printed, Vec<Diagnostic>>> {
    run::all(documents, Pace { threads, ..Pace::default() }, Press { format, renderer })
}

/// The work of printing.
struct Press {
    format: &'static dyn Format,
    renderer: Arc<dyn Renderer>,
}

impl DocumentWork for Press {
    type Done = Printed;

    fn work(&self, document: &Document) -> Result<Printed, Vec<Diagnostic>> {
        print(self.format, &*self.renderer, document)
    }

    fn overdue(&self, document: &Document, limit: Duration) -> Diagnostic {
        let seconds = limit.as_secs();
        let words = format!("`{}` is not set after {seconds} s: its layout may never end", document.name);
        let place = self.renderer.layout(document).map_or_else(Place::default, Place::file);
        Diagnostic::error(Code::PdfEndless, place, words)
            .with_note("papers that were to come after it were not begun")
            .hint("look in this layout and in `common.typ` for a loop inside a loop; if the paper is only long, allow more \
                   time with `--layout-timeout SECONDS`")
    }
}

/// Renderers that are set up at first use and then kept, because setting up takes time and little of it changes.
#[derive(Debug, Default)]
pub struct Printer {
    setup: Setup,
    renderers: BTreeMap<&'static str, Arc<dyn Renderer>>,
}

impl Printer {
    /// A printer without renderers, with the files of the further fonts.
    #[must_use]
    pub fn new(fonts: Vec<Vec<u8>>) -> Self {
        Self { setup: Setup { fonts, ..Setup::default() }, renderers: BTreeMap::new() }
    }

    /// The same printer with a longest time for one document.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.setup.limit = Some(limit);
        self
    }

    /// The same printer for several builds of one case: it keeps results for its papers from one build to the next.
    #[must_use]
    pub fn for_rounds(mut self) -> Self {
        self.setup.again = true;
        self
    }

    /// Replaces the layouts for the next documents.
    ///
    /// # Errors
    /// A layout cannot be used.
    pub fn lay_out(&mut self, layouts: BTreeMap<String, LayoutText>) -> Result<(), Vec<Diagnostic>> {
        // A renderer that still works on an endless document is given up.
        self.renderers.retain(|_, renderer| Arc::get_mut(renderer).is_some());
        let idle = self.renderers.values_mut().filter_map(Arc::get_mut);
        idle.into_iter().try_for_each(|renderer| renderer.lay_out(&layouts))?;
        self.setup.layouts = layouts;
        Ok(())
    }

    /// Makes files on several threads, in the order of the documents. After one that takes too long no other is begun;
    /// those get an empty list of problems.
    ///
    /// # Errors
    /// A font or a layout cannot be used.
    pub fn print_all(
        &mut self,
        format: &'static dyn Format,
        documents: &[Arc<Document>],
        threads: usize,
    ) -> Result<Vec<Result<Printed, Vec<Diagnostic>>>, Vec<Diagnostic>> {
        let pace = Pace { threads, again: self.setup.again, limit: self.setup.limit };
        let renderer = self.renderer(format)?;
        Ok(run::all(documents, pace, Press { format, renderer }))
    }

    /// Makes a file from one document, on a thread of its own.
    ///
    /// # Errors
    /// A font or layout cannot be used, or the document cannot be rendered or is not read back unchanged.
    pub fn print(&mut self, format: &'static dyn Format, document: &Document) -> Result<Printed, Vec<Diagnostic>> {
        let mut all = self.print_all(format, &[Arc::new(document.clone())], 1)?;
        all.pop().unwrap_or_else(|| Err(vec![internal(document, "the document was not rendered")]))
    }

    /// The renderer of a format, set up at first use.
    ///
    /// # Errors
    /// A font or a layout cannot be used.
    pub fn renderer(&mut self, format: &dyn Format) -> Result<Arc<dyn Renderer>, Vec<Diagnostic>> {
        Ok(match self.renderers.entry(format.name()) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => new.insert(Arc::from(format.renderer(&self.setup)?)).clone(),
        })
    }
}
