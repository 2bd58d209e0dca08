//! Checks that every character may stand in a paper and can be shown. It reads the events of the document, because a
//! renderer would report it late and without a place, or not at all.

use std::collections::BTreeSet;

use super::fault::place;
use super::format::Renderer;
use crate::diag::characters::{is_direction, is_private};
use crate::diag::{Code, Diagnostic, Place, tidy};
use crate::document::Document;
use crate::document::events::{Event, Origins, ReadingOrder, Role, Tag};
use crate::document::words::is_silent;

/// All characters that cannot be used, each once per place.
pub(super) fn check(document: &Document, renderer: &dyn Renderer) -> Vec<Diagnostic> {
    let mut checker = Checker { renderer, fine: BTreeSet::new(), problems: Vec::new() };
    checker.words(&document.title, &Place::default(), &format!("in the title of `{}`", document.name));
    let mut origins = Origins::default();
    let mut part = Role::Body;
    for event in document.events(ReadingOrder::ALL) {
        let origin = origins.meet(&event);
        match (event, origin) {
            (Event::Start(Tag::Region(role), _), _) => part = role,
            (Event::Text(words), Some(origin)) => {
                checker.words(words, &place(origin), &format!("in `{}`", document.name));
            }
            // A part has no place in a file, so the message names the part.
            (Event::Text(words), None) => {
                let headline = if document.parts.subject.is_some() { "subject" } else { "title" };
                let part = if part == Role::Headline { headline } else { part.name() };
                let note = format!("in the {part} of `{}`", document.name);
                checker.words(words, &Place::default(), &note);
            }
            _ => {}
        }
    }
    tidy(&mut checker.problems);
    checker.problems
}

struct Checker<'a> {
    renderer: &'a dyn Renderer,
    /// Characters that can be used. A text has few different ones, and looking them up is slow.
    fine: BTreeSet<char>,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn words(&mut self, words: &str, place: &Place, note: &str) {
        for character in words.chars() {
            if self.fine.contains(&character) {
                continue;
            }
            let Some((headline, hint)) = self.problem(character) else {
                self.fine.insert(character);
                continue;
            };
            let problem = Diagnostic::error(Code::PdfGlyph, place.clone(), headline);
            self.problems.push(problem.with_note(note).hint(hint));
        }
    }

    fn problem(&self, character: char) -> Option<(String, &'static str)> {
        let code = u32::from(character);
        if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') {
            Some((format!("U+{code:04X} is a control character, not text"), "remove it"))
        } else if is_direction(character) {
            Some((format!("U+{code:04X} turns the direction of the words around it"), "remove it"))
        } else if is_private(character) {
            Some((format!("U+{code:04X} is a private-use character without a meaning"), "use the real character"))
        } else if is_silent(character) || self.renderer.has(character) {
            None
        } else {
            let headline = format!("no font has the character ‘{character}’ (U+{code:04X})");
            Some((headline, "name a font that has it with `--font-path`, or write it in other letters"))
        }
    }
}
