//! Documents as PDF: PDF/A-3a with PDF/UA-1, the same bytes from the same input, read back before they leave.

mod fonts;
mod options;
mod report;
mod source;
mod world;

use std::collections::BTreeMap;

use typst::syntax::Source;
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfStandards;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::Document;
use fonts::Fonts;
use world::{LAYOUTS, Shared, Sheet};

/// Typst recurses deeply on nested content; the usual stack of a thread is too small for it.
const STACK: usize = 16 << 20;

/// Fonts, Typst's library and parsed layouts: shared by all documents, never changed.
#[derive(Debug)]
pub struct Press {
    shared: Shared,
    standards: PdfStandards,
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

impl Press {
    /// Sets up the press.
    ///
    /// `fonts` are files beside the embedded ones, tried in this order. `layouts` are Typst texts by their path under
    /// the layout folder: `common.typ`, `letter/layout.typ`.
    ///
    /// # Errors
    /// A font file without a usable face, a layout that is not valid Typst.
    pub fn new(fonts: Vec<Vec<u8>>, layouts: BTreeMap<String, String>) -> Result<Self, Vec<Diagnostic>> {
        let fonts = Fonts::new(fonts)?;
        let mut parsed = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, text) in layouts {
            let Some(id) = world::id(&format!("{LAYOUTS}{name}")) else {
                let headline = "the path of a layout leaves its folder";
                problems.push(Diagnostic::error(Code::PdfTypeset, Place::file(name), headline));
                continue;
            };
            let source = Source::new(id, text);
            problems.extend(report::syntax(&name, &source));
            parsed.insert(name, source);
        }
        let standards = options::standards()
            .map_err(|message| vec![Diagnostic::error(Code::Internal, Place::default(), message)])?;
        let library = LazyHash::new(Library::builder().build());
        let shared = Shared { fonts, library, layouts: parsed };
        if problems.is_empty() { Ok(Self { shared, standards }) } else { Err(problems) }
    }

    pub fn probe(&self, document: &Document) -> Result<(Vec<u8>, String), Vec<Diagnostic>> {
        let generated = source::generate(document, &self.shared.fonts);
        let id = world::id("/main.typ").ok_or_else(Vec::new)?;
        let sheet = Sheet::new(&self.shared, Source::new(id, generated.text.clone()), options::day(document.as_of));
        let compiled = typst::compile::<PagedDocument>(&sheet);
        let mut pages = compiled
            .output
            .map_err(|errors| report::report(document, &generated, &sheet, &errors))?;
        pages.info_mut().title = Some(document.title.as_str().into());
        let options = options::options(document, &self.standards);
        let bytes =
            typst_pdf::pdf(&pages, &options).map_err(|errors| report::report(document, &generated, &sheet, &errors))?;
        Ok((bytes, generated.text))
    }
}
