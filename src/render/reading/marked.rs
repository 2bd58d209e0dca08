//! The marked content of a page: the words under each number, and those of header, footer and marks.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};
use unicode_segmentation::UnicodeSegmentation;

use super::faces::Faces;
use super::operations::{Operations, fault};

/// The words drawn on one page.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// Number of the page, from 1.
    pub(super) number: usize,
    /// The words by the number in the structure tree, from 0.
    pub(super) content: BTreeMap<i64, String>,
    /// The language of a piece, if it is not the file's.
    pub(super) languages: BTreeMap<i64, String>,
    /// Headers, footers and marks, with a space between pieces.
    pub(super) furniture: String,
    /// Words outside the structure tree and the furniture; there must be none.
    pub(super) stray: String,
    /// Reasons for which the words may differ from the visible ones.
    pub(super) doubtful: Vec<String>,
}

/// Languages written from right to left.
const LEFTWARD: &[&str] = &["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// Reads one page.
pub(super) fn page<'a>(pdf: &'a Document, id: ObjectId, faces: &mut Faces<'a>) -> Result<Marked, lopdf::Error> {
    let fonts = pdf.get_page_fonts(id)?;
    let mut names = BTreeMap::new();
    for (name, font) in fonts {
        names.insert(name, faces.number(font)?);
    }
    let language = pdf.catalog()?.get(b"Lang").and_then(lopdf::decode_text_string).unwrap_or_default();
    let leftward = LEFTWARD.contains(&language.split('-').next().unwrap_or_default());
    let mut pen =
        Pen { faces, names, face: None, marks: Vec::new(), leftward, run: String::new(), page: Marked::default() };
    let content = pdf.get_page_content(id);
    let (mut operations, mut operands) = (Operations::new(&content), Vec::new());
    while let Some(operator) = operations.read(&mut operands)? {
        pen.operation(operator, &operands)?;
    }
    Ok(pen.page)
}

/// One level of marked content.
enum Mark {
    Content(i64),
    Furniture,
    /// The words inside are replaced; first the words written when the mark began, then the drawn ones.
    Replaced(String, String),
    Other,
}

struct Pen<'p, 'a> {
    faces: &'p mut Faces<'a>,
    /// The numbers of the faces, by their names on this page.
    names: BTreeMap<Vec<u8>, usize>,
    face: Option<usize>,
    marks: Vec<Mark>,
    /// True if the language of the file is written from right to left.
    leftward: bool,
    /// The words of the text object so far.
    run: String,
    page: Marked,
}

impl Pen<'_, '_> {
    fn operation(&mut self, operator: &[u8], operands: &[Object]) -> Result<(), lopdf::Error> {
        match operator {
            b"BMC" | b"BDC" => self.begin(operands),
            b"EMC" => self.end(),
            // Pictures, external drawings and letters without filling have no readable words.
            b"Do" | b"sh" => self.doubt("a picture or a drawing from elsewhere"),
            b"Tr" if operands.first().and_then(|mode| mode.as_i64().ok()) != Some(0) => {
                self.doubt("letters that are not seen");
            }
            b"ET" => self.end_text(),
            b"Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.face = name.and_then(|name| self.names.get(name).copied());
            }
            b"Tj" | b"'" | b"\"" => self.show(operands.last().ok_or_else(fault)?.as_str()?)?,
            b"TJ" => {
                for piece in operands.first().ok_or_else(fault)?.as_array()? {
                    match piece {
                        Object::String(codes, _) => self.show(codes)?,
                        // The widths of gaps are between the words.
                        Object::Integer(_) | Object::Real(_) => {}
                        _ => return Err(fault()),
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, operands: &[Object]) {
        let properties = operands.get(1).and_then(|properties| properties.as_dict().ok());
        let actual = properties.and_then(actual_text);
        let language = properties.and_then(|dict| lopdf::decode_text_string(dict.get(b"Lang").ok()?).ok());
        let mark = if operands.first().is_some_and(|tag| matches!(tag.as_name(), Ok(b"Artifact"))) {
            Mark::Furniture
        } else if let Some(number) = properties.and_then(|dict| dict.get(b"MCID").ok()?.as_i64().ok()) {
            Mark::Content(number)
        } else if actual.is_some() {
            Mark::Replaced(actual.clone().unwrap_or_default(), String::new())
        } else {
            Mark::Other
        };
        if let (Some(language), Mark::Content(number)) = (language, &mark) {
            self.page.languages.insert(*number, language);
        }
        if let (Some(actual), Mark::Replaced(..)) = (actual, &mark) {
            self.run.push_str(&actual);
        }
        self.marks.push(mark);
    }

    fn doubt(&mut self, what: &str) {
        self.page.doubtful.push(what.to_owned());
    }

    /// Replacing words must have the same letters as the drawn ones.
    fn end(&mut self) {
        if let Some(Mark::Replaced(actual, drawn)) = self.marks.pop()
            && letters(&actual) != letters(&drawn)
        {
            self.doubt(&format!("“{}” is read where “{}” stands", actual.trim(), drawn.trim()));
        }
    }

    fn show(&mut self, codes: &[u8]) -> Result<(), lopdf::Error> {
        let Some(face) = self.face else {
            self.page.stray.push('\u{FFFD}');
            return Ok(());
        };
        let before = self.run.len();
        self.faces.read(face, codes, &mut self.run)?;
        let replaced = self.marks.iter_mut().find_map(|mark| match mark {
            Mark::Replaced(_, drawn) => Some(drawn),
            _ => None,
        });
        if let Some(drawn) = replaced {
            drawn.push_str(&self.run.split_off(before));
        }
        Ok(())
    }

    /// A text object is a run in one direction, on one line.
    ///
    /// Runs follow each other in reading order. Inside a run from right to left the characters are in visual order, so
    /// they are reversed.
    fn end_text(&mut self) {
        let run = std::mem::take(&mut self.run);
        let neutral = !run.contains(char::is_alphanumeric);
        let turned = run.contains(is_leftward) || (neutral && self.leftward);
        let words = if turned { run.graphemes(true).rev().collect() } else { run };
        let furniture = self.marks.iter().any(|mark| matches!(mark, Mark::Furniture));
        let number = self.marks.iter().rev().find_map(|mark| match mark {
            Mark::Content(number) => Some(*number),
            _ => None,
        });
        let target = match number {
            _ if furniture => &mut self.page.furniture,
            Some(number) => self.page.content.entry(number).or_default(),
            None => &mut self.page.stray,
        };
        // A no-break space counts as a space.
        target.push_str(&words.replace('\u{A0}', " "));
        if furniture {
            // Furniture has no white space between its lines.
            target.push(' ');
        }
    }
}

/// True for a character that is written from right to left (Hebrew, Arabic and related scripts).
fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// The words with which a dictionary replaces the drawn ones.
pub(super) fn actual_text(dictionary: &Dictionary) -> Option<String> {
    lopdf::decode_text_string(dictionary.get(b"ActualText").ok()?).ok()
}

/// The letters and digits of a text.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
