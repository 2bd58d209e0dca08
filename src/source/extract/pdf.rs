//! PDF files: the letters of each page with their places, combined into lines and paragraphs (`pdf_lines`).
//!
//! The interpreter is the one that renders PDF pictures for Typst: it repairs broken tables of contents, supports every
//! kind of font, and also draws invisible text, which text recognition puts over a scan.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{self, DateTime, Dict};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt as _, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};

use crate::diag::Code;

use super::pdf_lines::{self, Letter};
use super::{Extracted, ExtractedParagraph, File, FileFormat, ImportRefusal, Made, Metadata, about};

/// The most pages that are read.
const MOST_PAGES: usize = 5000;

/// The assumed width of a letter if its font gives none, in thousandths of an em.
const USUAL_WIDTH: f64 = 500.0;

/// An em in the units of fonts.
const EM: f64 = 1000.0;

/// The words of a PDF file that has a text layer.
pub(super) fn read(file: File) -> Result<Extracted, ImportRefusal> {
    let end = &file.bytes[file.bytes.len().saturating_sub(2048)..];
    if !end.windows(5).any(|window| window == b"%%EOF") {
        return Err(ImportRefusal::broken(file.name, "breaks off: the end of a PDF is missing"));
    }
    let pdf = Pdf::new(file.bytes.to_vec()).map_err(|fault| refused(file.name, fault))?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(ImportRefusal::broken(file.name, "has no pages that can be read"));
    }
    if count > MOST_PAGES {
        let hint = "add the part that matters as a file of its own";
        let words = format!("`{}` has {count} pages: at most {MOST_PAGES} are read", file.name);
        return Err(ImportRefusal::new(Code::SourceTooLarge, words, hint));
    }
    let cache = InterpreterCache::new();
    let pages: Vec<Vec<Letter>> = pdf.pages().iter().map(|page| letters(&pdf, page, &cache)).collect();
    let mut remarks = empty_pages(file.name, &pages)?;
    remarks.extend(unknown_letters(file.name, &pages)?);
    let paragraphs: Vec<Vec<ExtractedParagraph>> = pages.iter().map(|letters| pdf_lines::paragraphs(letters)).collect();
    let about = self::about(&pdf);
    Ok(Extracted { format: FileFormat::Pdf, paragraphs: pdf_lines::bound(paragraphs), pages: count, about, remarks })
}

fn refused(name: &str, fault: LoadPdfError) -> ImportRefusal {
    match fault {
        LoadPdfError::Decryption(_) => ImportRefusal::encrypted(name),
        LoadPdfError::Invalid => ImportRefusal::broken(name, "is damaged: it cannot be read as a PDF"),
    }
}

/// The remark on pages that are only pictures. A file that consists of such pages has no text layer.
fn empty_pages(name: &str, pages: &[Vec<Letter>]) -> Result<Vec<String>, ImportRefusal> {
    let is_empty = |letters: &Vec<Letter>| letters.iter().all(|letter| letter.text.trim().is_empty());
    let empty: Vec<String> =
        pages.iter().enumerate().filter(|(_, page)| is_empty(page)).map(|(index, _)| (index + 1).to_string()).collect();
    if empty.len() == pages.len() {
        let what = if pages.len() == 1 {
            "its page is a picture".to_owned()
        } else {
            format!("its {} pages are pictures", pages.len())
        };
        let hint = "let a program for text recognition (OCR) add one, for instance OCRmyPDF, read the result against \
                    the picture, and add that file";
        return Err(ImportRefusal::new(Code::SourceNoText, format!("`{name}` has no text layer: {what}"), hint));
    }
    let words = format!("without text: page {}; say so under `limits`, `truncated`", empty.join(", "));
    Ok(if empty.is_empty() { Vec::new() } else { vec![words] })
}

/// The remark on letters that the file does not identify. A few are shown as `�`; a file with many of them is refused,
/// because its words would not be reliable.
fn unknown_letters(name: &str, pages: &[Vec<Letter>]) -> Result<Vec<String>, ImportRefusal> {
    let all: usize = pages.iter().map(Vec::len).sum();
    let unknown = pages.iter().flatten().filter(|letter| letter.text == "\u{fffd}").count();
    if unknown * 10 > all {
        let hint = "let a program for text recognition (OCR) read its pages anew, and compare the result with them";
        let words = format!("`{name}` does not say which letters its fonts draw");
        return Err(ImportRefusal::new(Code::SourceNoText, words, hint));
    }
    let words = format!("{unknown} of {all} letters cannot be told; each stands as `\u{fffd}`");
    Ok(if unknown == 0 { Vec::new() } else { vec![words] })
}

fn about(pdf: &Pdf) -> Metadata {
    let known = pdf.metadata();
    let words = |bytes: &Option<Vec<u8>>| {
        bytes.as_deref().map(text).map(|text| super::one_line(&text)).filter(|text| !text.is_empty())
    };
    let root: Option<Dict> = pdf.xref().get(pdf.xref().root_id());
    let tag = root.and_then(|root| root.get::<object::String>(&b"Lang"[..]).map(|tag| text(tag.as_bytes())));
    let made = known.creation_date.as_ref().and_then(day);
    Metadata {
        title: words(&known.title),
        authors: words(&known.author).into_iter().collect(),
        made: made.map(|on| Made { on, by: "the properties of the PDF" }),
        language: tag.and_then(|tag| about::language(&tag)),
        ..Metadata::default()
    }
}

fn day(date: &DateTime) -> Option<String> {
    about::day(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}

/// The words of a text string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 by its mark, otherwise one byte per letter.
fn text(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode_with_bom_removal(bytes).0.into_owned(),
        None => {
            String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect())
        }
    }
}

fn letters<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>) -> Vec<Letter> {
    let transform = page.initial_transform(true).to_kurbo();
    let (width, height) = page.render_dimensions();
    let sheet = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    // Form fields and comments are drawn over the page by a viewer; they may come from another person.
    let settings = InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
    let mut context = Context::new(transform, sheet, cache, pdf.xref(), settings);
    let mut gatherer = Gatherer::default();
    interpret_page(page, &mut context, &mut gatherer);
    gatherer.letters
}

/// Collects letters and draws nothing.
#[derive(Default)]
struct Gatherer {
    letters: Vec<Letter>,
    /// The open marked contents; true if the content is not part of the text (ISO 32000-1, 14.8.2.2).
    marks: Vec<bool>,
}

impl<'a> Device<'a> for Gatherer {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph(&mut self, glyph: &Glyph<'a>, transform: Affine, own: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(USUAL_WIDTH, f64::from),
            Glyph::Type3(_) => USUAL_WIDTH,
        };
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => "\u{fffd}".to_owned(),
        };
        // From thousandths of an em, the unit of fonts, to points of the page.
        let place = transform * own;
        let (start, end, top) = (place * Point::ORIGIN, place * Point::new(width, 0.0), place * Point::new(0.0, EM));
        let letter = Letter {
            text,
            x: start.x,
            end: end.x,
            y: start.y,
            size: start.distance(top),
            mark: self.marks.contains(&true),
        };
        // A bold letter may be drawn twice, filled and outlined.
        if self.letters.last().is_none_or(|last| !last.is_again(&letter)) {
            self.letters.push(letter);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<i32>) {
        self.marks.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }
}
