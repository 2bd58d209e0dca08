//! All words that a file holds, wherever they are: on its pages, in its structure, outline, metadata, attachments, in
//! any string, name or stream of it.

use amparo::render::reading::read;
use lopdf::{Document, Object, decode_text_string};

use super::needles::Runs;
use crate::geometry::sheets;

/// The words of a file, and those that its name adds.
pub(crate) fn hay(name: &str, bytes: &[u8]) -> Runs {
    let mut hay = Runs::default();
    hay.add(name);
    if std::path::Path::new(name).extension().is_some_and(|ending| ending == "pdf") {
        printed(bytes, &mut hay);
        objects(bytes, &mut hay);
    } else {
        text(bytes, &mut hay);
    }
    hay
}

/// What the pages say: in the order of the structure, outside it, and glyph by glyph as drawn.
fn printed(bytes: &[u8], hay: &mut Runs) {
    if let Ok(reading) = read(bytes) {
        let all: Vec<&str> = reading.elements.iter().map(|element| element.text.as_str()).collect();
        hay.add(&all.join(" "));
        hay.add(&reading.stray);
        for page in &reading.pages {
            hay.add(&page.furniture);
        }
    }
    hay.add(&glyphs(bytes));
}

/// The words that are drawn, glyph by glyph.
pub(crate) fn drawn(bytes: &[u8]) -> Runs {
    let mut hay = Runs::default();
    hay.add(&glyphs(bytes));
    hay
}

fn glyphs(bytes: &[u8]) -> String {
    let runs = sheets(bytes).into_iter().flat_map(|sheet| sheet.runs).map(|run| run.words);
    runs.collect::<Vec<_>>().join(" ")
}

/// Everything else: each object of the file, streams unpacked.
fn objects(bytes: &[u8], hay: &mut Runs) {
    text(bytes, hay);
    let pdf = Document::load_mem(bytes).expect("a PDF");
    object(&Object::Dictionary(pdf.trailer.clone()), hay);
    for one in pdf.objects.values() {
        object(one, hay);
    }
}

fn object(one: &Object, hay: &mut Runs) {
    match one {
        Object::String(bytes, _) => {
            hay.add(&decode_text_string(one).unwrap_or_default());
            text(bytes, hay);
        }
        Object::Name(name) => hay.add(&String::from_utf8_lossy(name)),
        Object::Array(items) => items.iter().for_each(|item| object(item, hay)),
        Object::Dictionary(entries) => dictionary(entries, hay),
        Object::Stream(stream) => {
            dictionary(&stream.dict, hay);
            text(&stream.get_plain_content().unwrap_or_else(|_| stream.content.clone()), hay);
        }
        _ => {}
    }
}

fn dictionary(entries: &lopdf::Dictionary, hay: &mut Runs) {
    for (key, value) in entries {
        hay.add(&String::from_utf8_lossy(key));
        object(value, hay);
    }
}

/// The words of bytes: of a text all, of other bytes what could be read in them, in one byte a letter or in two.
fn text(bytes: &[u8], hay: &mut Runs) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return hay.add(text);
    }
    hay.add(&readable(String::from_utf8_lossy(bytes).chars()));
    for start in [0, 1] {
        let pairs = bytes[start.min(bytes.len())..].chunks_exact(2);
        let units = pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        let letters = char::decode_utf16(units).map(|unit| unit.unwrap_or('\0'));
        hay.add(&readable(letters));
    }
}

/// Stretches of at least six letters of the scripts that the cases use; between them, nothing that joins.
fn readable(letters: impl Iterator<Item = char>) -> String {
    let fits = |c: char| c.is_ascii_graphic() || c == ' ' || ('\u{400}'..'\u{460}').contains(&c);
    let all: String = letters.map(|c| if fits(c) { c } else { '\n' }).collect();
    all.lines().filter(|line| line.chars().count() >= 6).collect::<Vec<_>>().join("\n")
}
