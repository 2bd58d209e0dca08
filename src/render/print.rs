//! Makes files from documents, in the same way for every format: render, read back, compare.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::characters;
use super::compare;
use super::fault::internal;
use super::format::{Format, Rendered, Renderer, Setup};
use super::run;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::document::words::Expected;

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
    format: &dyn Format,
    renderer: &dyn Renderer,
    document: &Document,
) -> Result<Printed, Vec<Diagnostic>> {
    let mut all = print_all(format, renderer, &[document], 1);
    all.pop().unwrap_or_else(|| Err(vec![internal(document, "the document was not rendered")]))
}

/// Makes files on `threads` threads, in the order of the documents.
pub fn print_all(
    format: &dyn Format,
    renderer: &dyn Renderer,
    documents: &[&Document],
    threads: usize,
) -> Vec<Result<Printed, Vec<Diagnostic>>> {
    run::all(documents, threads, false, |document| print(format, renderer, document))
}

/// Renderers that are set up at first use and then kept, because setting up takes time and little of it changes.
#[derive(Debug, Default)]
pub struct Printer {
    setup: Setup,
    renderers: BTreeMap<&'static str, Box<dyn Renderer>>,
}

impl Printer {
    /// A printer without renderers, with the files of the further fonts.
    #[must_use]
    pub fn new(fonts: Vec<Vec<u8>>) -> Self {
        Self { setup: Setup { fonts, ..Setup::default() }, renderers: BTreeMap::new() }
    }

    /// A printer for several builds of one case: it keeps results for its papers from one build to the next.
    #[must_use]
    pub fn for_rounds(fonts: Vec<Vec<u8>>) -> Self {
        Self { setup: Setup { fonts, again: true, ..Setup::default() }, renderers: BTreeMap::new() }
    }

    /// Replaces the layouts for the next documents.
    ///
    /// # Errors
    /// A layout cannot be used.
    pub fn lay_out(&mut self, layouts: BTreeMap<String, String>) -> Result<(), Vec<Diagnostic>> {
        self.renderers.values_mut().try_for_each(|renderer| renderer.lay_out(&layouts))?;
        self.setup.layouts = layouts;
        Ok(())
    }

    /// Makes files on several threads, in the order of the documents.
    ///
    /// # Errors
    /// A font or a layout cannot be used.
    pub fn print_all(
        &mut self,
        format: &dyn Format,
        documents: &[&Document],
        threads: usize,
    ) -> Result<Vec<Result<Printed, Vec<Diagnostic>>>, Vec<Diagnostic>> {
        let again = self.setup.again;
        let renderer = self.renderer(format)?;
        Ok(run::all(documents, threads, again, |document| print(format, renderer, document)))
    }

    /// Makes a file from one document, on a thread of its own.
    ///
    /// # Errors
    /// A font or layout cannot be used, or the document cannot be rendered or is not read back unchanged.
    pub fn print(&mut self, format: &dyn Format, document: &Document) -> Result<Printed, Vec<Diagnostic>> {
        print_alone(format, self.renderer(format)?, document)
    }

    fn renderer(&mut self, format: &dyn Format) -> Result<&dyn Renderer, Vec<Diagnostic>> {
        Ok(match self.renderers.entry(format.name()) {
            Entry::Occupied(known) => &**known.into_mut(),
            Entry::Vacant(new) => &**new.insert(format.renderer(&self.setup)?),
        })
    }
}
