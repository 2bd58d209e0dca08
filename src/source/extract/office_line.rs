//! The words of a paragraph of an office text, with the height at which they stand.

use std::collections::BTreeSet;

use super::office_look::LetterHeight;
use super::raised::{self, Raised};

/// How much of the text before a raised mark decides what it is, in bytes.
const LOOK_BACK: usize = 64;

/// A paragraph while it is read.
#[derive(Debug, Default)]
pub(super) struct OfficeLine {
    pieces: Vec<(LetterHeight, String)>,
    has_words: bool,
    /// An equation was added last.
    has_equation_last: bool,
}

impl OfficeLine {
    /// Adds words.
    pub(super) fn push(&mut self, height: LetterHeight, words: &str) {
        let is_beside_equation = std::mem::take(&mut self.has_equation_last) && height == LetterHeight::OnLine;
        if is_beside_equation && self.would_make_a_number(words) {
            self.push(height, " ");
        }
        self.has_words |= !words.trim().is_empty();
        match self.pieces.last_mut() {
            Some((last, text)) if *last == height => text.push_str(words),
            _ => self.pieces.push((height, words.to_owned())),
        }
    }

    /// Adds an equation. Its digits are no part of a number before or after it: 3 and ½ are not 31/2.
    pub(super) fn push_equation(&mut self, linear: &str) {
        self.has_equation_last = true;
        self.push(LetterHeight::OnLine, linear);
        self.has_equation_last = true;
    }

    /// True if these words begin with a digit, and a digit stands before them.
    fn would_make_a_number(&self, words: &str) -> bool {
        let ends = self.pieces.last().is_some_and(|(_, text)| text.ends_with(char::is_numeric));
        ends && words.starts_with(char::is_numeric)
    }

    /// The number of bytes of its words.
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|(_, words)| words.len()).sum()
    }

    /// Adds another paragraph.
    pub(super) fn append(&mut self, other: Self) {
        for (height, words) in other.pieces {
            self.push(height, &words);
        }
    }

    /// Puts words before all others.
    pub(super) fn begin_with(&mut self, words: &str) {
        self.has_words |= !words.trim().is_empty();
        self.pieces.insert(0, (LetterHeight::OnLine, words.to_owned()));
    }

    /// True if nobody sees anything in it.
    pub(super) fn is_blank(&self) -> bool {
        !self.has_words
    }

    /// The raised mark with which it begins, as a note that was typed by hand does.
    pub(super) fn mark(&self) -> Option<&str> {
        let mut pieces = self.pieces.iter().filter(|(_, words)| !words.trim().is_empty());
        pieces.next().filter(|(height, _)| *height == LetterHeight::Raised).map(|(_, words)| words.trim())
    }

    /// Its text. `notes` are the marks of notes that were typed by hand; marks that are left out are added to `left_out`.
    pub(super) fn text(self, notes: &BTreeSet<String>, left_out: &mut Vec<String>) -> String {
        let mut text = String::new();
        for (height, words) in self.pieces {
            match height {
                LetterHeight::OnLine => text.push_str(&words),
                LetterHeight::Lowered => text.push_str(&raised::lowered(&text, &words)),
                LetterHeight::Raised if text.trim().is_empty() => text.extend([words.as_str(), " "]),
                LetterHeight::Raised => raise(&mut text, &words, notes, left_out),
            }
        }
        text
    }
}

/// Adds raised words. Spaces at their ends are part of the line.
fn raise(text: &mut String, words: &str, notes: &BTreeSet<String>, left_out: &mut Vec<String>) {
    let mark = words.trim();
    if words.starts_with(char::is_whitespace) || mark.is_empty() {
        text.push(' ');
    }
    if !mark.is_empty() {
        match raised::raised(end_of(text), mark, notes.contains(mark)) {
            Raised::Note => left_out.push(mark.to_owned()),
            Raised::Part(part) => text.push_str(&part),
        }
        if words.ends_with(char::is_whitespace) {
            text.push(' ');
        }
    }
}

/// The last part of a text.
fn end_of(text: &str) -> &str {
    let from = text.len().saturating_sub(LOOK_BACK);
    (from..text.len()).find_map(|at| text.get(at..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{BTreeSet, LetterHeight, OfficeLine};

    #[test]
    fn raised_words_are_exponents_marks_or_words() {
        let cases = [
            ("held 10", "3", "held 10³ days"),
            ("the 2", "nd", "the 2nd days"),
            ("of the court", "1", "of the court days"),
            ("see ", "as said above", "see as said above days"),
        ];
        for (before, mark, expected) in cases {
            let mut line = OfficeLine::default();
            line.push(LetterHeight::OnLine, before);
            line.push(LetterHeight::Raised, mark);
            line.push(LetterHeight::OnLine, " days");
            assert_eq!(line.text(&BTreeSet::new(), &mut Vec::new()), expected);
        }
    }
}
