//! The words of a finished file against the words of its document: nothing is missing, added, changed or moved.

use std::collections::BTreeSet;

use super::readback::Reading;
use super::report::place;
use super::words::{Expected, Token, words};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::Document;

/// How many words before a difference a message shows.
const CONTEXT: usize = 6;

/// The first difference in the running text, and each page whose furniture is wrong.
pub(super) fn compare(document: &Document, reading: &Reading) -> Vec<Diagnostic> {
    let expected = Expected::of(document);
    let mut problems: Vec<Diagnostic> = running(document, &expected, &reading.tokens).into_iter().collect();
    if !reading.stray.trim().is_empty() {
        problems.push(differ(document, Place::default(), format!("words outside the text: “{}”", reading.stray.trim())));
    }
    let known: BTreeSet<&str> = expected.tokens.iter().filter_map(word).collect();
    for (number, page) in (1..).zip(&reading.pages) {
        let fault = furniture(document, &known, &page.furniture);
        problems.extend(fault.map(|fault| differ(document, Place::default(), format!("page {number} {fault}"))));
    }
    problems
}

fn running(document: &Document, expected: &Expected<'_>, found: &[Token]) -> Option<Diagnostic> {
    let length = expected.tokens.len().max(found.len());
    let at = (0..length).find(|at| expected.tokens.get(*at) != found.get(*at))?;
    let shown = |token: Option<&Token>| token.map_or_else(|| "nothing".to_owned(), Token::shown);
    let should = shown(expected.tokens.get(at));
    let headline = format!("the file reads {} where the document has {should}", shown(found.get(at)));
    let origin = expected.origin(at).filter(|origin| !origin.file.is_empty());
    let before: Vec<&str> = expected.tokens[..at].iter().rev().filter_map(word).take(CONTEXT).collect();
    let before: Vec<&str> = before.into_iter().rev().collect();
    let problem = differ(document, origin.map(place).unwrap_or_default(), headline);
    Some(if before.is_empty() { problem } else { problem.with_note(format!("after “{}”", before.join(" "))) })
}

fn word(token: &Token) -> Option<&str> {
    if let Token::Word(word) = token { Some(word) } else { None }
}

/// What is wrong with header, footer and marks of a page, if anything.
fn furniture(document: &Document, known: &BTreeSet<&str>, found: &str) -> Option<String> {
    let mut found = words(found);
    let parts = &document.parts;
    // The mark stands behind the words and above them.
    let marks = parts.draft.iter().chain(&parts.draft).map(|words| ("draft mark", words));
    let lines = parts.footer.iter().map(|words| ("footer line", words));
    for (name, line) in marks.chain(lines) {
        let line = words(line);
        if line.is_empty() {
            continue;
        }
        let Some(start) = found.windows(line.len()).position(|window| window == line) else {
            return Some(format!("lacks the {name} “{}”", line.join(" ")));
        };
        found.drain(start..start + line.len());
    }
    // The head of a table may return on each page; numbers are those of pages.
    let strange = found.iter().find(|word| word.chars().any(char::is_alphabetic) && !known.contains(word.as_str()));
    strange.map(|word| format!("has a word of its own: “{word}”"))
}

fn differ(document: &Document, place: Place, headline: String) -> Diagnostic {
    Diagnostic::error(Code::PdfWordsDiffer, place, headline)
        .with_note(format!("in `{}`, set with the layout `{}`", document.name, document.layout))
        .hint("the layout must print every part once, in the order of the document, and no words of its own")
}
