//! Every character must have a glyph. Checked on the tree, because Typst would fail late and without a place.

use std::collections::BTreeSet;

use super::fonts::Fonts;
use super::report::place;
use crate::diag::{Code, Diagnostic, Place, tidy};
use crate::document::words::is_silent;
use crate::document::{Block, BlockKind, Document, Inline, Line, Note, Origin, Parts};

/// All characters that cannot be printed, each once a place.
pub(super) fn check(document: &Document, fonts: &Fonts) -> Vec<Diagnostic> {
    let mut checker = Checker { document, fonts, fine: BTreeSet::new(), problems: Vec::new() };
    checker.parts(&document.parts);
    for block in &document.blocks {
        checker.block(block);
    }
    for note in &document.notes {
        checker.note(note);
    }
    tidy(&mut checker.problems);
    checker.problems
}

struct Checker<'a> {
    document: &'a Document,
    fonts: &'a Fonts,
    /// Characters that were found in the fonts: a text has few different ones, and looking them up is slow.
    fine: BTreeSet<char>,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn parts(&mut self, parts: &Parts) {
        self.part("title", &self.document.title);
        for (name, lines) in [
            ("letterhead", &parts.letterhead),
            ("sender", &parts.sender),
            ("recipient", &parts.recipient),
            ("signature", &parts.signature),
        ] {
            for line in lines {
                self.line(name, line);
            }
        }
        for (name, line) in [("line above the address", &parts.return_line), ("date", &parts.date)] {
            if let Some(line) = line {
                self.line(name, line);
            }
        }
        if let Some(words) = &parts.subject {
            self.part("subject", words);
        }
        if let Some(words) = &parts.draft {
            self.part("draft mark", words);
        }
        for words in &parts.enclosures {
            self.part("enclosures", words);
        }
        for words in &parts.footer {
            self.part("footer", words);
        }
        if let Some(signing) = &parts.signing {
            let words = signing.marks.iter().chain(&signing.warning).chain(&signing.columns).chain(&signing.cover);
            words.for_each(|words| self.part("lines to sign", words));
            signing.fields.iter().for_each(|line| self.line("lines to sign", line));
        }
    }

    fn line(&mut self, name: &str, line: &Line) {
        match line {
            Line::Text(words) => self.part(name, words),
            Line::Blank { label, filled } => {
                self.part(name, label);
                if let Some(words) = filled {
                    self.part(name, words);
                }
            }
        }
    }

    /// A part has no place in a file, so the message names the part.
    fn part(&mut self, name: &str, words: &str) {
        let note = format!("in the {name} of `{}`", self.document.name);
        self.words(words, &Place::default(), &note);
    }

    fn block(&mut self, block: &Block) {
        let origin = &block.origin;
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.content(content, origin),
            BlockKind::List { items, .. } => items.iter().flatten().for_each(|block| self.block(block)),
            BlockKind::Definitions(items) => {
                for (term, description) in items {
                    self.content(term, origin);
                    for block in description {
                        self.block(block);
                    }
                }
            }
            BlockKind::Table { header, rows } => {
                header.iter().chain(rows.iter().flatten()).for_each(|cell| self.content(cell, origin));
            }
            BlockKind::Quotation(blocks) => blocks.iter().for_each(|block| self.block(block)),
            BlockKind::SideBySide(beside) => {
                beside.header.iter().for_each(|words| self.placed(words, origin));
                beside.blocks().for_each(|block| self.block(block));
            }
            BlockKind::Envelope { sender, address, .. } => {
                self.placed(sender, origin);
                address.iter().flat_map(Line::words).for_each(|words| self.placed(words, origin));
            }
            BlockKind::Blank => {}
        }
    }

    fn content(&mut self, content: &[Inline], origin: &Origin) {
        for inline in content {
            match inline {
                Inline::Text(words) => self.placed(words, origin),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Link { content: inner, .. }
                | Inline::Foreign { content: inner, .. } => {
                    self.content(inner, origin);
                }
                Inline::Claim { entry, content } => {
                    let entry = self.document.ledger.entries.get(*entry);
                    self.content(content, entry.map_or(origin, |entry| &entry.origin));
                }
                Inline::NoteReference(_) | Inline::LineBreak => {}
            }
        }
    }

    fn note(&mut self, note: &Note) {
        for span in &note.content {
            self.placed(&span.text, &note.origin);
        }
    }

    fn placed(&mut self, words: &str, origin: &Origin) {
        let note = format!("in `{}`", self.document.name);
        self.words(words, &place(origin), &note);
    }

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
        } else if is_silent(character) || self.fonts.covers(character) {
            None
        } else {
            let headline = format!("no font has the character ‘{character}’ (U+{code:04X})");
            Some((headline, "name a font that has it with `--font-path`, or write it in other letters"))
        }
    }
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_private(character: char) -> bool {
    matches!(u32::from(character), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}
