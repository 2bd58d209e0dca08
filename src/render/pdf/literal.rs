//! Values in Typst: strings, families of fonts, the setting of a document.

use typst::foundations::Repr;

use super::fonts::FontFamily;
use crate::document::{Document, Print};

/// A string literal, escaped by Typst.
pub(super) fn literal(words: &str) -> String {
    words.repr().into()
}

/// A family; the last one is used for a closed list of signs and nothing else.
pub(super) fn family(family: &FontFamily) -> String {
    let name = literal(&family.name);
    match family.only {
        Some(signs) => format!("(name: {name}, covers: regex({}))", literal(&format!("[{signs}]"))),
        None => name,
    }
}

pub(super) fn region(code: &str) -> String {
    if code.is_empty() { "none".to_owned() } else { literal(code) }
}

/// The setting of a document: paper and print.
pub(super) fn setting(document: &Document, squeeze: i8) -> String {
    let (width, height) = document.paper.size();
    let large = document.print == Print::Large;
    let paper = literal(document.paper.name());
    let feet = document.feet();
    format!("(paper: {paper}, width: {width}mm, height: {height}mm, large: {large}, squeeze: {squeeze}, feet: {feet})")
}
