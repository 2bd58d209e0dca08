//! The fonts in use: four faces of Libertinus Serif, those of the user, and two faces for a few signs.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontStretch, FontStyle, FontVariant, FontWeight};
use typst::utils::LazyHash;

use crate::diag::{Code, Diagnostic, Place};

/// The bytes of a face, by its `PostScript` name; the build script writes the file.
macro_rules! face {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name)).as_slice()
    };
}

/// Libertinus Serif, the family for all words.
const TEXT: [&[u8]; 4] = [
    face!("LibertinusSerif-Regular"),
    face!("LibertinusSerif-Bold"),
    face!("LibertinusSerif-Italic"),
    face!("LibertinusSerif-SemiboldItalic"),
];

/// `DejaVu Sans Mono`. It is designed for screens, so it is used only for [`SIGNS`]. Its slanted faces lack the boxes.
const LAST: [&[u8]; 2] = [face!("DejaVuSansMono"), face!("DejaVuSansMono-Bold")];

/// Signs that these papers need and Libertinus lacks: the small palochka of Caucasian names, currencies (tugrik,
/// hryvnia, tenge, lira, rouble, shekel), boxes and marks of forms.
///
/// Other letters of that family are excluded: a message is better than a word of a petition in typewriter letters.
const SIGNS: &str = "\u{4CF}₮₴₸₺₽₪☐☑☒✓✗";

/// A family with the characters for which it is used.
#[derive(Debug)]
pub(super) struct FontFamily {
    /// Its name.
    pub(super) name: String,
    /// The only characters for which it is used; `None`: all that it has.
    pub(super) only: Option<&'static str>,
}

/// Fonts with the families in the order in which they are tried.
#[derive(Debug)]
pub(super) struct Fonts {
    faces: Vec<Font>,
    book: LazyHash<FontBook>,
    families: Vec<FontFamily>,
    /// For each of the four variants, the faces in order, each with the characters for which its family is used.
    variants: Vec<Vec<(usize, Option<&'static str>)>>,
}

impl Fonts {
    /// The embedded faces and the extra ones.
    pub(super) fn new(extra: Vec<Vec<u8>>) -> Result<Self, Vec<Diagnostic>> {
        let mut fonts: Vec<Font> = TEXT.into_iter().filter_map(embedded).collect();
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

    /// The fonts for words, followed by those for signs.
    fn of(mut fonts: Vec<Font>) -> Self {
        let mut families: Vec<FontFamily> = Vec::new();
        for font in &fonts {
            let name = font.info().family.as_str();
            if !families.iter().any(|known| known.name == name) {
                families.push(FontFamily { name: name.to_owned(), only: None });
            }
        }
        let last: Vec<Font> = LAST.into_iter().filter_map(embedded).collect();
        let name = last.first().map(|font| font.info().family.as_str().to_owned());
        families.extend(name.map(|name| FontFamily { name, only: Some(SIGNS) }));
        fonts.extend(last);
        let book = FontBook::from_fonts(&fonts);
        let variants = variants().map(|variant| faces(&book, &families, variant)).collect();
        Self { faces: fonts, book: LazyHash::new(book), families, variants }
    }

    /// The index in which Typst looks faces up.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// A face by its index in the book.
    pub(super) fn get(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// The families in the order in which they are tried.
    pub(super) fn families(&self) -> &[FontFamily] {
        &self.families
    }

    /// True if regular, bold, italic and bold italic all have a character: a layout may use any of them.
    pub(super) fn covers(&self, character: char) -> bool {
        let point = u32::from(character);
        let has = |(face, only): &(usize, Option<&str>)| {
            let allowed = only.is_none_or(|signs| signs.contains(character));
            allowed && self.faces.get(*face).is_some_and(|font| font.info().coverage.contains(point))
        };
        self.variants.iter().all(|faces| faces.iter().any(has))
    }
}

fn embedded(data: &'static [u8]) -> Option<Font> {
    Font::new(Bytes::new(data), 0)
}

fn variants() -> impl Iterator<Item = FontVariant> {
    let styles = [FontStyle::Normal, FontStyle::Italic];
    let weights = [FontWeight::REGULAR, FontWeight::BOLD];
    styles.into_iter().flat_map(move |style| weights.map(|weight| FontVariant::new(style, weight, FontStretch::NORMAL)))
}

fn faces(book: &FontBook, families: &[FontFamily], variant: FontVariant) -> Vec<(usize, Option<&'static str>)> {
    let select = |family: &FontFamily| Some((book.select(&family.name.to_lowercase(), variant)?, family.only));
    families.iter().filter_map(select).collect()
}

fn unusable(index: usize) -> Diagnostic {
    let headline = format!("extra font number {} holds no usable face", index + 1);
    Diagnostic::error(Code::PdfTypeset, Place::default(), headline).hint("give OpenType or TrueType files")
}
