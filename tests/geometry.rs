//! Where things stand on the sheets of our own PDFs, in mm from the top left corner of a sheet.
//!
//! It reads what Typst writes and nothing more: what it does not know makes the test fail, never a silent gap.

// A test takes the measures that it needs; the others are there for the next one.
#![allow(dead_code)]

mod font;
mod matrix;
mod pen;
mod roles;

use lopdf::{Document, Object, ObjectId};

use font::Font;
use pen::Pen;

/// One PDF point in mm.
pub(crate) const POINT: f64 = 25.4 / 72.0;

/// One side of a printed sheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    /// Width in mm.
    pub(crate) width: f64,
    /// Height in mm.
    pub(crate) height: f64,
    /// What is written, in the order of the content stream.
    pub(crate) runs: Vec<Run>,
    /// What is drawn, in the order of the content stream.
    pub(crate) shapes: Vec<Shape>,
}

/// Characters that are set in one go: a line, or the piece of a line up to the next font or mark.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The characters as drawn.
    pub(crate) words: String,
    /// The rectangle around it: from the first visible glyph to the last, as high as such glyphs are at most.
    pub(crate) place: Place,
    /// The line on which the first glyph stands, in mm from the top.
    pub(crate) baseline: f64,
    /// Size of the font in pt.
    pub(crate) size: f64,
    /// `PostScript` name of the font, without the mark of a subset.
    pub(crate) font: String,
    /// Colour of the characters.
    pub(crate) colour: Colour,
    /// What it is to somebody who listens.
    pub(crate) role: Role,
    /// Whether it stands upright, as words do that are not turned.
    pub(crate) upright: bool,
}

/// A line or an area.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// The rectangle around its path; the thickness of a line is not in it.
    pub(crate) place: Place,
    /// Its colour.
    pub(crate) colour: Colour,
    /// Thickness of its line in mm; `None` for an area that is filled.
    pub(crate) thickness: Option<f64>,
    /// What it is to somebody who listens.
    pub(crate) role: Role,
}

/// An upright rectangle on a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    /// Distance of its left side from the left edge of the sheet, in mm.
    pub(crate) left: f64,
    /// Distance of its upper side from the upper edge.
    pub(crate) top: f64,
    /// Distance of its right side from the left edge.
    pub(crate) right: f64,
    /// Distance of its lower side from the upper edge.
    pub(crate) bottom: f64,
}

/// Red, green and blue from 0 to 1, as sRGB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Colour(pub(crate) [f64; 3]);

/// What a mark says of what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// Page furniture, with its type where it has one (`Background`, `Pagination`, `Layout`): nobody reads it aloud.
    Artifact(String),
    /// Content, with the types of the structure elements around it, the outermost first.
    Content(Vec<String>),
    /// Neither: there must be none.
    #[default]
    Unmarked,
}

impl Place {
    /// The smallest rectangle around some points; nothing around none.
    pub(crate) fn around(points: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        points.into_iter().fold(None, |so_far: Option<Self>, (x, y)| {
            let point = Self { left: x, top: y, right: x, bottom: y };
            Some(so_far.map_or(point, |place| place.and(&point)))
        })
    }

    /// The smallest rectangle around both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether the other one lies in it, edges included.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        let across = self.left <= other.left && other.right <= self.right;
        across && self.top <= other.top && other.bottom <= self.bottom
    }

    /// Whether they share more than an edge.
    pub(crate) fn touches(&self, other: &Self) -> bool {
        let across = self.left < other.right && other.left < self.right;
        across && self.top < other.bottom && other.top < self.bottom
    }

    /// The same rectangle with its sides moved inwards, in mm.
    pub(crate) fn inset(&self, by: f64) -> Self {
        Self { left: self.left + by, top: self.top + by, right: self.right - by, bottom: self.bottom - by }
    }
}

impl Colour {
    /// How bright it is, from 0 to 1.
    ///
    /// Source: WCAG 2.2, relative luminance.
    pub(crate) fn luminance(self) -> f64 {
        let linear = self.0.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Its contrast against white paper, from 1 to 21.
    ///
    /// Source: WCAG 2.2, contrast ratio.
    pub(crate) fn contrast(self) -> f64 {
        1.05 / (self.luminance() + 0.05)
    }
}

impl Role {
    /// Whether it is page furniture.
    pub(crate) fn is_artifact(&self) -> bool {
        matches!(self, Self::Artifact(_))
    }

    /// Whether it is content inside an element of this type.
    pub(crate) fn is_in(&self, kind: &str) -> bool {
        matches!(self, Self::Content(kinds) if kinds.iter().any(|known| known == kind))
    }
}

impl Sheet {
    /// The whole sheet.
    pub(crate) fn place(&self) -> Place {
        Place { left: 0.0, top: 0.0, right: self.width, bottom: self.height }
    }

    /// What is written and not page furniture.
    pub(crate) fn content(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| !run.role.is_artifact())
    }

    /// The first run with these words in it.
    #[track_caller]
    pub(crate) fn find(&self, words: &str) -> &Run {
        let found = self.runs.iter().find(|run| run.words.contains(words));
        found.unwrap_or_else(|| panic!("“{words}” is not among {:#?}", self.runs.iter().map(|run| &run.words)))
    }
}

/// The sheets of a file.
pub(crate) fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let pdf = Document::load_mem(bytes).expect("a PDF");
    let roles = roles::roles(&pdf);
    pdf.get_pages().into_values().map(|id| sheet(&pdf, id, &roles)).collect()
}

fn sheet(pdf: &Document, id: ObjectId, roles: &roles::Roles) -> Sheet {
    let page = pdf.get_dictionary(id).expect("a page");
    let edges = page.get_deref(b"MediaBox", pdf).and_then(Object::as_array).expect("a size");
    let edges: Vec<f64> = edges.iter().map(number).collect();
    assert_eq!(edges[..2], [0.0, 0.0], "the sheet begins in its corner");
    let fonts = pdf.get_page_fonts(id).expect("fonts").into_iter();
    let fonts = fonts.map(|(name, font)| (name, Font::read(pdf, font))).collect();
    let roles = |number| roles.get(&(id, number)).cloned();
    let mut pen = Pen::new(pdf, page, edges[3], fonts, &roles);
    let content = lopdf::content::Content::decode(&pdf.get_page_content(id)).expect("a content stream");
    content.operations.iter().for_each(|operation| pen.operation(operation));
    Sheet { width: edges[2] * POINT, height: edges[3] * POINT, ..pen.finish() }
}

fn number(object: &Object) -> f64 {
    f64::from(object.as_float().unwrap_or_else(|_| panic!("{object:?} is no number")))
}
