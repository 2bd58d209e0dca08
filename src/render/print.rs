//! Documents become files, the same way for every format: render, read back, compare.

use std::collections::BTreeMap;

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
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

/// Writes a document. The words of the file are those of the document, in order, or there is no file.
///
/// # Errors
/// What in the document or its layout cannot be rendered, or words of the file that differ from those of the document.
pub fn print(format: &dyn Format, renderer: &dyn Renderer, document: &Document) -> Result<Printed, Vec<Diagnostic>> {
    let expected = Expected::of(document, format.order());
    let unreferenced = compare::unreferenced(document, &expected);
    let Rendered { bytes, warnings } =
        renderer.render(document).map_err(|problems| [problems, unreferenced.clone()].concat())?;
    if !unreferenced.is_empty() {
        return Err(unreferenced);
    }
    let fault = |why: String| vec![internal(document, format!("the file cannot be read back: {why}"))];
    let file = format.open(&bytes).map_err(|why| fault(format!("{why:?}")))?;
    let reading = file.reading().map_err(fault)?;
    let differences = compare::compare(format, document, &expected, &reading);
    if !differences.is_empty() {
        return Err(differences);
    }
    let pages = reading.pages.len();
    drop(file);
    Ok(Printed { bytes, pages, warnings })
}

/// Writes a document on a thread of its own, with a stack that is deep enough for it.
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

/// Writes documents on so many threads; the results keep the order of the documents.
pub fn print_all(
    format: &dyn Format,
    renderer: &dyn Renderer,
    documents: &[&Document],
    threads: usize,
) -> Vec<Result<Printed, Vec<Diagnostic>>> {
    run::all(documents, threads, false, |document| print(format, renderer, document))
}

/// Renderers that are set up when they are first needed and then kept. Setting one up costs time each time, and little of
/// it ever changes.
#[derive(Debug, Default)]
pub struct Printer {
    setup: Setup,
    renderers: BTreeMap<&'static str, Box<dyn Renderer>>,
}

impl Printer {
    /// No renderer yet, but the files of the further fonts.
    #[must_use]
    pub fn new(fonts: Vec<Vec<u8>>) -> Self {
        Self { setup: Setup { fonts, ..Setup::default() }, renderers: BTreeMap::new() }
    }

    /// The same for several builds of one case: what was worked out for its papers is remembered from one to the next.
    #[must_use]
    pub fn for_rounds(fonts: Vec<Vec<u8>>) -> Self {
        Self { setup: Setup { fonts, again: true, ..Setup::default() }, renderers: BTreeMap::new() }
    }

    /// Takes the layouts with which documents are rendered from now on.
    ///
    /// # Errors
    /// A layout that cannot be used.
    pub fn lay_out(&mut self, layouts: BTreeMap<String, String>) -> Result<(), Vec<Diagnostic>> {
        self.renderers.values_mut().try_for_each(|renderer| renderer.lay_out(&layouts))?;
        self.setup.layouts = layouts;
        Ok(())
    }

    /// Writes documents on so many threads; the results keep the order of the documents.
    ///
    /// # Errors
    /// A font or a layout that cannot be used.
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

    /// Writes one document, on a thread of its own.
    ///
    /// # Errors
    /// What cannot be used, rendered, or read back as it should be.
    pub fn print(&mut self, format: &dyn Format, document: &Document) -> Result<Printed, Vec<Diagnostic>> {
        print_alone(format, self.renderer(format)?, document)
    }

    fn renderer(&mut self, format: &dyn Format) -> Result<&dyn Renderer, Vec<Diagnostic>> {
        let name = format.name();
        if !self.renderers.contains_key(name) {
            self.renderers.insert(name, format.renderer(&self.setup)?);
        }
        self.renderers.get(name).map(|renderer| &**renderer).ok_or_else(Vec::new)
    }
}
