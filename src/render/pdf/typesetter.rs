//! Typst as a library: turns a document into pages, and pages into a PDF.

use std::collections::BTreeMap;

use typst::diag::SourceDiagnostic;
use typst::syntax::Source;
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::PdfStandards;

use super::fonts::Fonts;
use super::generated::Generated;
use super::report::{self, Reporter};
use super::world::{self, LAYOUTS, ParsedLayout, SharedWorld, Sheet};
use super::{fill, options, overlap, room, source};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Document, Print};
use crate::reference::layers::LayoutText;
use crate::render::format::{Rendered, Renderer};
use crate::render::reading::seal;

/// Fonts, Typst's library and parsed layouts. All documents share them, and they never change.
#[derive(Debug)]
pub struct Typesetter {
    shared: SharedWorld,
    standards: PdfStandards,
}

impl Typesetter {
    /// Sets up the typesetter.
    ///
    /// `fonts` are files besides the embedded ones, tried in this order. `layouts` are Typst texts by their path in the
    /// layout folder: `common.typ`, `letter/layout.typ`.
    ///
    /// # Errors
    /// A font file has no usable face, or a layout is not valid Typst.
    pub fn new(fonts: Vec<Vec<u8>>, layouts: BTreeMap<String, LayoutText>) -> Result<Self, Vec<Diagnostic>> {
        let fonts = Fonts::new(fonts)?;
        let standards = options::standards()
            .map_err(|message| vec![Diagnostic::error(Code::Internal, Place::default(), message)])?;
        let library = LazyHash::new(Library::builder().build());
        let shared = SharedWorld { fonts, library, layouts: BTreeMap::new() };
        let mut typesetter = Self { shared, standards };
        typesetter.set_layouts(layouts)?;
        Ok(typesetter)
    }

    /// Replaces the layouts. Unchanged ones are not parsed again.
    ///
    /// # Errors
    /// A layout is not valid Typst; then the earlier ones stay.
    fn set_layouts(&mut self, layouts: BTreeMap<String, LayoutText>) -> Result<(), Vec<Diagnostic>> {
        let mut parsed = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, LayoutText { shown, text }) in layouts {
            if let Some(same) = self.shared.layouts.get(&name).filter(|same| same.source.text() == text) {
                parsed.insert(name, ParsedLayout { shown, source: same.source.clone() });
                continue;
            }
            let Some(id) = world::id(&format!("{LAYOUTS}{name}")) else {
                let headline = "the path of a layout leaves its folder";
                problems.push(Diagnostic::error(Code::PdfTypeset, Place::file(shown), headline));
                continue;
            };
            let source = Source::new(id, text);
            problems.extend(report::syntax(&shown, &source));
            parsed.insert(name, ParsedLayout { shown, source });
        }
        if problems.is_empty() {
            self.shared.layouts = parsed;
            Ok(())
        } else {
            Err(problems)
        }
    }

    /// True if the fonts have a character.
    #[must_use]
    pub fn covers(&self, character: char) -> bool {
        self.shared.fonts.covers(character)
    }

    /// The input for another program that sets the same page: the Typst text, and the files of the faces.
    ///
    /// # Errors
    /// The document cannot be set.
    #[doc(hidden)]
    pub fn reveal(&self, document: &Document) -> Result<(String, Vec<Vec<u8>>), Vec<Diagnostic>> {
        let faces = (0..).map_while(|index| self.shared.fonts.get(index)).map(|face| face.data().to_vec());
        Ok((self.fitting(document)?.generated.text, faces.collect()))
    }

    /// Sets a document. The text is a little smaller if that keeps the page limit or avoids a nearly empty last page,
    /// else a little larger if that fills such a page.
    fn fitting(&self, document: &Document) -> Result<Set, Vec<Diagnostic>> {
        let first = self.set(document, 0)?;
        if document.print == Print::Large || first.fits(document) {
            return Ok(first);
        }
        for squeeze in (1..=SQUEEZES).chain((1..=SQUEEZES).map(|step| -step)) {
            let other = self.set(document, squeeze)?;
            if other.fits(document) {
                return Ok(other);
            }
        }
        Ok(first)
    }

    fn set(&self, document: &Document, squeeze: i8) -> Result<Set, Vec<Diagnostic>> {
        let generated = source::generate(document, &self.shared.fonts, squeeze);
        let Some(main) = world::id("/main.typ") else {
            return Err(vec![report::internal(document, "the generated text has no name")]);
        };
        let main = Source::new(main, generated.text.clone());
        let sheet = Sheet::new(&self.shared, main.clone(), options::day(document.as_of), &document.attachments);
        let compiled = typst::compile::<PagedDocument>(&sheet);
        let reporter = Reporter::new(document, &generated, &sheet);
        let mut pages = compiled.output.map_err(|errors| reporter.all(&errors))?;
        pages.info_mut().title = Some(document.title.as_str().into());
        let warnings = reporter.all(&compiled.warnings);
        Ok(Set { pages, generated, main, warnings })
    }
}

impl Renderer for Typesetter {
    fn lay_out(&mut self, layouts: &BTreeMap<String, LayoutText>) -> Result<(), Vec<Diagnostic>> {
        self.set_layouts(layouts.clone())
    }

    fn layout(&self, document: &Document) -> Option<String> {
        let layout = self.shared.layouts.get(&format!("{}/layout.typ", document.layout));
        layout.map(|layout| layout.shown.clone())
    }

    fn has(&self, character: char) -> bool {
        self.shared.fonts.covers(character)
    }

    fn render(&self, document: &Document) -> Result<Rendered, Vec<Diagnostic>> {
        let set = self.fitting(document)?;
        let hidden = set.hidden(self, document);
        if !hidden.is_empty() {
            return Err(hidden);
        }
        let options = options::options(document, &self.standards);
        let mut bytes = typst_pdf::pdf(&set.pages, &options).map_err(|errors| set.explain(self, document, &errors))?;
        seal::seal(&mut bytes).map_err(|fault| vec![report::internal(document, fault)])?;
        Ok(Rendered { bytes, warnings: set.warnings })
    }
}

/// The most steps by which the text is made smaller or larger; each is a fiftieth.
const SQUEEZES: i8 = 4;

/// In a document with more pages a short last page does not matter, and setting it again takes long.
const LONG: usize = 12;

/// A document after setting.
struct Set {
    pages: PagedDocument,
    generated: Generated,
    main: Source,
    warnings: Vec<Diagnostic>,
}

impl Set {
    /// True if it keeps its page limit, and its last page is not nearly empty.
    fn fits(&self, document: &Document) -> bool {
        let pages = self.pages.pages().len();
        // Copies that people sign end with a page of another kind.
        let worth = document.parts.signing.is_some() || pages > LONG || !fill::nearly_empty(&self.pages);
        document.most_pages.is_none_or(|most| pages <= most) && worth
    }

    fn explain(&self, typesetter: &Typesetter, document: &Document, errors: &[SourceDiagnostic]) -> Vec<Diagnostic> {
        let sheet = self.sheet(typesetter, document);
        Reporter::new(document, &self.generated, &sheet).all(errors)
    }

    /// An error for each part that does not fit in its place; else one for each page with words that cannot be read.
    fn hidden(&self, typesetter: &Typesetter, document: &Document) -> Vec<Diagnostic> {
        let missing = room::missing(document, &self.pages);
        if !missing.is_empty() {
            return missing;
        }
        let sheet = self.sheet(typesetter, document);
        let reporter = Reporter::new(document, &self.generated, &sheet);
        overlap::illegible(&self.pages).iter().map(|found| reporter.illegible(found)).collect()
    }

    fn sheet<'a>(&self, typesetter: &'a Typesetter, document: &'a Document) -> Sheet<'a> {
        Sheet::new(&typesetter.shared, self.main.clone(), options::day(document.as_of), &document.attachments)
    }
}
