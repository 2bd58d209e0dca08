//! The folded text: one line for each word, number of an item, number of a note, and for the beginning and end of a
//! note.
//!
//! A word is its characters in Unicode's composed form, without characters that only allow a line break. The other
//! lines contain a space, which no word does, so they cannot be mistaken for words.

use std::fmt::Write as _;

use super::{
    Carried, CarriedClaim, CarriedDocument, CarriedPassage, DESCRIPTION, Extent, FORMAT, MadeWith, Marks, NAME,
};
use crate::disk::digest::hex;
use crate::document::events::ReadingOrder;
use crate::document::words::{Expected, Token};
use crate::document::{Attachment, Document, Relationship};

/// The number of hexadecimal digits of a digest that are kept.
const DIGITS: usize = 32;

/// The folded text of a document: its passages, and the positions of its claims.
#[derive(Debug)]
pub struct Folded {
    /// The passage of each block, line and cell.
    pub passages: Vec<CarriedPassage>,
    /// Each claim with the index of its entry in the ledger of the document.
    pub claims: Vec<(usize, CarriedClaim)>,
}

impl Folded {
    /// Folds a document in the order of a format.
    #[must_use]
    pub fn of(document: &Document, order: ReadingOrder) -> Self {
        let expected = Expected::of(document, order);
        let ends = expected.starts.iter().skip(1).copied().chain([expected.tokens.len()]);
        let pieces = expected.starts.iter().zip(ends).filter_map(|(start, end)| expected.tokens.get(*start..end));
        let passages = pieces.filter(|piece| !piece.is_empty()).map(passage).collect();
        let running = running(&expected.tokens);
        let claims = expected.claims.iter().filter_map(|shown| {
            let words = running.get(shown.at..shown.at + shown.words)?;
            let kind = document.ledger.entries.get(shown.entry).map(|entry| entry.id.kind())?;
            let claim = CarriedClaim {
                kind: kind.name().to_owned(),
                at: shown.at,
                words: shown.words,
                sha256: digest(words),
                id: String::new(),
                text: String::new(),
                status: String::new(),
                grounds: Vec::new(),
                citations: Vec::new(),
            };
            Some((shown.entry, claim))
        });
        Self { passages, claims: claims.collect() }
    }
}

/// A passage of these tokens.
pub(crate) fn passage(tokens: &[Token]) -> CarriedPassage {
    let mut text = String::new();
    for token in tokens {
        match token {
            Token::Word(word) => text.push_str(word),
            Token::Item(number) => {
                let _ = write!(text, "item {number}");
            }
            Token::Reference(number) => {
                let _ = write!(text, "note {number}");
            }
            Token::NoteStart => text.push_str("note begins"),
            Token::NoteEnd => text.push_str("note ends"),
        }
        text.push('\n');
    }
    CarriedPassage { lines: tokens.len(), sha256: first_digits(&text) }
}

/// The first digits of the digest of some lines.
#[must_use]
pub fn digest(lines: &[&str]) -> String {
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    first_digits(&text)
}

fn first_digits(text: &str) -> String {
    let mut digits = hex(text.as_bytes());
    digits.truncate(DIGITS);
    digits
}

/// The words outside notes.
#[must_use]
pub fn running(tokens: &[Token]) -> Vec<&str> {
    let mut in_note = false;
    let mut words = Vec::new();
    for token in tokens {
        match token {
            Token::NoteStart => in_note = true,
            Token::NoteEnd => in_note = false,
            Token::Word(word) if !in_note => words.push(word.as_str()),
            _ => {}
        }
    }
    words
}

impl Carried {
    /// A ledger of digests for a document, without the data on the build.
    #[must_use]
    pub fn of_pages(document: &Document, folded: &Folded) -> Self {
        Self {
            format: FORMAT,
            seal: String::new(),
            extent: Extent::Digests,
            document: CarriedDocument {
                name: document.name.clone(),
                template: document.template.clone(),
                language: document.language.code.clone(),
                title: document.title.clone(),
                as_of: document.as_of.to_string(),
                clock: String::new(),
                copies: document.parts.signing.as_ref().map(|signing| signing.marks.len()),
                audience: String::new(),
            },
            made_with: MadeWith {
                amparo: env!("CARGO_PKG_VERSION").to_owned(),
                cargo_lock: env!("AMPARO_CARGO_LOCK").to_owned(),
                ..MadeWith::default()
            },
            text: folded.passages.clone(),
            marks: Marks {
                feet: document.feet(),
                footer: document.parts.footer.clone(),
                draft: document.parts.draft.clone(),
                table_heads: document.table_heads(),
            },
            markup: None,
            claims: folded.claims.iter().map(|(_, claim)| claim.clone()).collect(),
            sources: Vec::new(),
            attached: Vec::new(),
        }
    }

    /// The same ledger for a format with another order of the words, for the same document.
    #[must_use]
    pub fn in_order(self, document: &Document, order: ReadingOrder) -> Self {
        let folded = Folded::of(document, order);
        // A claim on several copies is entered only with the first copy.
        let placed = folded.claims.into_iter().zip(self.claims).map(|((_, here), claim)| {
            let CarriedClaim { at, words, sha256, .. } = here;
            CarriedClaim { at, words, sha256, ..claim }
        });
        let marks = if order.marks_in_text { Marks::default() } else { self.marks };
        Self { claims: placed.collect(), text: folded.passages, marks, ..self }
    }

    /// The ledger as an attachment.
    ///
    /// # Errors
    /// The ledger cannot be written, which is an error of the program.
    pub fn attachment(&self) -> Result<Attachment, String> {
        Ok(Attachment {
            name: NAME.to_owned(),
            mime: "application/json".to_owned(),
            description: DESCRIPTION.to_owned(),
            relationship: Relationship::Data,
            bytes: self.write()?,
        })
    }
}
