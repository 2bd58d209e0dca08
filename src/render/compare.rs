//! Compares the words of a finished file with those of its document: none may be missing, added, changed or moved.

use super::fault::{internal, place};
use super::format::Format;
use crate::diag::{Code, Diagnostic, Place};
use crate::document::Document;
use crate::document::words::{Expected, Token, words};
use crate::render::reading::Reading;

/// The number of words before a difference in a message.
const CONTEXT: usize = 6;

/// The first difference in the running text, and each page with wrong header, footer or marks.
pub(super) fn compare(
    format: &dyn Format,
    document: &Document,
    expected: &Expected<'_>,
    reading: &Reading,
) -> Vec<Diagnostic> {
    let mut problems: Vec<Diagnostic> = running(document, expected, &reading.tokens).into_iter().collect();
    if !reading.stray.trim().is_empty() {
        problems.push(differ(
            document,
            Place::default(),
            format!("words outside the text: “{}”", reading.stray.trim()),
        ));
    }
    let known = known(document, expected);
    for (number, page) in (1..).zip(&reading.pages) {
        let fault = furniture(document, &known, &page.furniture);
        problems.extend(fault.map(|fault| differ(document, Place::default(), format!("page {number} {fault}"))));
    }
    let blamed = |problem: Diagnostic| {
        if format.has_pages() {
            problem
                .with_note(format!("set with the layout `{}`", document.layout))
                .hint("the layout must print every part once, in the order of the document, and no words of its own")
        } else {
            problem.with_note(format!("written as `{}`", format.name())).hint("this is a fault of amparo: report it")
        }
    };
    problems.into_iter().map(blamed).collect()
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
    let label = if before.is_empty() { String::new() } else { format!("after “{}”", before.join(" ")) };
    Some(differ(document, origin.map(place).unwrap_or_default(), headline).label(label))
}

fn word(token: &Token) -> Option<&str> {
    if let Token::Word(word) = token { Some(word) } else { None }
}

/// An error in the header, footer or marks of a page, if there is one.
///
/// White space does not count here: a file has none between the lines of a footer.
fn furniture(document: &Document, known: &str, found: &str) -> Option<String> {
    let squeezed = words(found).concat();
    let parts = &document.parts;
    // The mark is printed twice: behind the words and above them.
    let marks = parts.draft.iter().map(|words| ("draft mark", words, 2));
    let lines = parts.footer.iter().map(|words| ("footer line", words, document.feet()));
    let mut missing = marks.chain(lines).filter(|(_, line, times)| {
        let line = words(line).concat();
        !line.is_empty() && squeezed.matches(&line).count() < *times
    });
    if let Some((name, line, _)) = missing.next() {
        return Some(format!("lacks the {name} “{line}”"));
    }
    // The head of a table may be repeated on each page; numbers are page numbers.
    let strange = |word: &String| word.chars().any(char::is_alphabetic) && !known.contains(word.as_str());
    words(found).into_iter().find(strange).map(|word| format!("has a word of its own: “{word}”"))
}

/// All words that may stand on a page, each between spaces.
fn known(document: &Document, expected: &Expected<'_>) -> String {
    let furniture = document.parts.draft.iter().chain(&document.parts.footer).flat_map(|line| words(line));
    let text = expected.tokens.iter().filter_map(word).map(str::to_owned);
    furniture.chain(text).collect::<Vec<_>>().join(" ")
}

fn differ(document: &Document, place: Place, headline: String) -> Diagnostic {
    Diagnostic::error(Code::PdfWordsDiffer, place, headline).with_note(format!("in `{}`", document.name))
}

/// Notes without a reference in the text would never be printed, so they are an error in making the document.
pub(super) fn unreferenced(document: &Document, expected: &Expected<'_>) -> Vec<Diagnostic> {
    let unread = document.notes.iter().filter(|note| !expected.tokens.contains(&Token::Reference(note.number)));
    unread.map(|note| internal(document, format!("no text refers to note {}", note.number))).collect()
}
