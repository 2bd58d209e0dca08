//! The fonts in use: four faces of Libertinus Serif, and those the user names.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, FontStretch, FontStyle, FontVariant, FontWeight};
use typst::utils::LazyHash;

use crate::diag::{Code, Diagnostic, Place};

/// The family that is always there. Its licence (OFL) allows to embed it; other families of the assets differ.
const FAMILY: &str = "Libertinus Serif";

/// Fonts with the families in the order in which they are tried.
#[derive(Debug)]
pub(super) struct Fonts {
    faces: Vec<Font>,
    book: LazyHash<FontBook>,
    families: Vec<String>,
    /// For each of the four variants, the faces that may set a character.
    variants: Vec<Vec<usize>>,
}

impl Fonts {
    /// The embedded faces, then the extra ones.
    pub(super) fn new(extra: Vec<Vec<u8>>) -> Result<Self, Vec<Diagnostic>> {
        let mut fonts: Vec<Font> = typst_assets::fonts().filter_map(embedded).collect();
        let mut problems = Vec::new();
        for (index, data) in extra.into_iter().enumerate() {
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(data)));
            if fonts.len() == before {
                problems.push(unusable(index));
            }
        }
        if problems.is_empty() { Ok(Self::of(fonts)) } else { Err(problems) }
    }

    fn of(fonts: Vec<Font>) -> Self {
        let book = FontBook::from_fonts(&fonts);
        let mut families: Vec<String> = Vec::new();
        for font in &fonts {
            let family = font.info().family.as_str();
            if !families.iter().any(|known| known == family) {
                families.push(family.to_owned());
            }
        }
        let variants = variants().map(|variant| faces(&book, &families, variant)).collect();
        Self { faces: fonts, book: LazyHash::new(book), families, variants }
    }

    /// What Typst looks faces up in.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// A face by its index in the book.
    pub(super) fn get(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// Family names, the first one tried first.
    pub(super) fn families(&self) -> &[String] {
        &self.families
    }

    /// Whether a character can be set in regular, bold, italic and bold italic alike: a layout may choose any of them.
    pub(super) fn covers(&self, character: char) -> bool {
        let point = u32::from(character);
        let has = |face: &usize| self.faces.get(*face).is_some_and(|font| font.info().coverage.contains(point));
        self.variants.iter().all(|faces| faces.iter().any(has))
    }
}

fn embedded(data: &'static [u8]) -> Option<Font> {
    let info = FontInfo::new(data, 0)?;
    // The bold italic face lacks the Cyrillic letters beyond Russian, Ukrainian ones too; the semibold italic has them.
    let weights = match info.variant.style {
        FontStyle::Normal => [FontWeight::REGULAR, FontWeight::BOLD],
        _ => [FontWeight::REGULAR, FontWeight::SEMIBOLD],
    };
    let wanted = info.family == FAMILY && weights.contains(&info.variant.weight);
    if wanted { Font::new(Bytes::new(data), 0) } else { None }
}

fn variants() -> impl Iterator<Item = FontVariant> {
    let styles = [FontStyle::Normal, FontStyle::Italic];
    let weights = [FontWeight::REGULAR, FontWeight::BOLD];
    styles.into_iter().flat_map(move |style| weights.map(|weight| FontVariant::new(style, weight, FontStretch::NORMAL)))
}

fn faces(book: &FontBook, families: &[String], variant: FontVariant) -> Vec<usize> {
    families.iter().filter_map(|family| book.select(&family.to_lowercase(), variant)).collect()
}

fn unusable(index: usize) -> Diagnostic {
    let headline = format!("extra font number {} holds no usable face", index + 1);
    Diagnostic::error(Code::PdfTypeset, Place::default(), headline).hint("give OpenType or TrueType files")
}
