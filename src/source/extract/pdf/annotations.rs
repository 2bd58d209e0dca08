//! Form fields, comments and stamps that lie over a page. A viewer draws some of them; they may come from another person
//! than the page.

use hayro_interpret::hayro_syntax::object::{self, Array, Dict, Name};
use hayro_interpret::hayro_syntax::page::Page;

/// The most annotations of a page that are read.
const MOST: usize = 2000;

/// The annotations of a page.
#[derive(Debug, Default)]
pub(super) struct PageAnnotations {
    /// True if some are drawn by the file itself.
    pub(super) are_drawn: bool,
    /// The words of comments that are not drawn on the page.
    pub(super) notes: Vec<String>,
    /// The number of filled form fields.
    pub(super) fields: usize,
    /// The number of comments, stamps and text boxes.
    pub(super) comments: usize,
}

/// The annotations of a page.
pub(super) fn of(page: &Page) -> PageAnnotations {
    let mut found = PageAnnotations::default();
    let Some(all) = page.raw().get::<Array>(&b"Annots"[..]) else { return found };
    for annotation in all.iter::<Dict>().take(MOST) {
        found.add(&annotation);
    }
    found
}

impl PageAnnotations {
    /// Source: ISO 32000-1, 12.5.3 (the second flag hides an annotation) and 12.5.6 (kinds).
    fn add(&mut self, annotation: &Dict) {
        let is_hidden = annotation.get::<u32>(&b"F"[..]).is_some_and(|flags| flags & 2 != 0);
        let kind = annotation.get::<Name>(&b"Subtype"[..]);
        let kind = kind.as_ref().map_or(&b""[..], |kind| kind.as_ref());
        if is_hidden || matches!(kind, b"Link" | b"Popup") {
            return;
        }
        let is_drawn = annotation.contains_key(&b"AP"[..]);
        let words = string(annotation, b"Contents");
        match kind {
            b"Widget" if string(annotation, b"V").is_some() => self.fields += 1,
            b"Widget" => return,
            b"Highlight" | b"Underline" | b"StrikeOut" | b"Squiggly" if words.is_none() => return,
            _ => self.comments += 1,
        }
        let shows_words = matches!(kind, b"FreeText" | b"Stamp" | b"Widget");
        if is_drawn && shows_words {
            self.are_drawn = true;
        } else if let Some(words) = words.or_else(|| string(annotation, b"V")) {
            self.notes.push(words);
        }
    }
}

fn string(of: &Dict, key: &[u8]) -> Option<String> {
    let text = super::strings::text(of.get::<object::String>(key)?.as_bytes());
    let text = super::super::one_line(&text);
    (!text.is_empty()).then_some(text)
}
