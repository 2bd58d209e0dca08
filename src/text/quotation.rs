//! A quotation as typed in the case file, with its marks of omission and alteration.
//!
//! `[…]` or `[...]` marks an omission. A short bracket marks an alteration: `[h]e` and `arrest[ed]` change letters of
//! one word, `[the activist]` stands for a few words. A bracket that cannot be such a mark (`[38]` after a word without
//! a space, a bracket at the very start or end, two in a row) is text. Marks are marks in the quotation only, and the
//! matcher tries every quotation as plain text first.

use std::fmt;
use std::ops::Range;

use super::characters::is_letter_or_mark;
use super::words;

/// The most characters inside a bracket that can mark an alteration.
const LONGEST_MARK: usize = 40;
/// The fewest words that a quotation needs outside its marks, unless it has [`FEWEST_CHARACTERS`].
const FEWEST_WORDS: usize = 3;
/// The fewest letters and digits that a quotation needs outside its marks, unless it has [`FEWEST_WORDS`].
const FEWEST_CHARACTERS: usize = 12;
/// The fewest letters of a word that an altered ending must leave outside its bracket.
const SHORTEST_STEM: usize = 3;

/// A quotation that can be searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    text: String,
    marks: Vec<Mark>,
}

/// A mark in a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the quotation's text, brackets included.
    pub range: Range<usize>,
    /// The kind of the mark.
    pub kind: MarkKind,
}

/// The kind of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// Words were left out.
    Omission,
    /// The first letters of a word are in another case: `[h]e`.
    Beginning,
    /// Letters in the middle or at the end of a word were changed: `wom[e]n`, `arrest[ed]`.
    Ending,
    /// A few words were inserted or replaced: `[the activist]`.
    Words,
}

/// The reason why words cannot be a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotationError {
    /// No letter and no digit.
    Empty,
    /// Fewer than three words and fewer than twelve letters outside the marks: such words match too much.
    TooShort,
    /// A mark of omission at the start or the end, where it has no meaning.
    MarkAtEdge,
    /// A mark of omission next to another mark, without words between them.
    MarksInARow,
}

impl fmt::Display for QuotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the quotation is empty",
            Self::TooShort => "the quotation needs at least three words or twelve letters outside its marks",
            Self::MarkAtEdge => "the quotation starts or ends with a mark of omission",
            Self::MarksInARow => "the quotation has two marks without words between them",
        })
    }
}

impl std::error::Error for QuotationError {}

impl Quotation {
    /// Reads a quotation as typed; white space at its ends is ignored.
    ///
    /// # Errors
    /// See [`QuotationError`].
    pub fn parse(typed: &str) -> Result<Self, QuotationError> {
        let text = typed.trim();
        if !has_words(text) {
            return Err(QuotationError::Empty);
        }
        let marks = marks(text);
        check_omissions(text, &marks)?;
        let quotation = Self { text: text.to_owned(), marks: readable(text, &marks) };
        if quotation.is_too_short() {
            return Err(QuotationError::TooShort);
        }
        Ok(quotation)
    }

    /// The text as typed, trimmed. Ranges in a quotation are bytes of this text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The marks, in order.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The stretches outside the marks, in order, as byte ranges of the text: one more than there are marks.
    ///
    /// Only the first and the last can be without words: if the quotation starts or ends with an altered word.
    pub fn stretches(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = [0].into_iter().chain(self.marks.iter().map(|mark| mark.range.end));
        let ends = self.marks.iter().map(|mark| mark.range.start).chain([self.text.len()]);
        starts.zip(ends).map(|(start, end)| start..end)
    }

    /// The number of words outside the marks; the rest of an altered word counts as one.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.stretches().map(|stretch| words::count(&self.text[stretch])).sum()
    }

    fn is_too_short(&self) -> bool {
        let stretches = self.stretches().flat_map(|stretch| self.text[stretch].chars());
        let characters = stretches.filter(|character| character.is_alphanumeric()).count();
        characters < FEWEST_CHARACTERS && self.word_count() < FEWEST_WORDS
    }
}

/// Every bracket that could be a mark. The letters beside it decide its kind.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('[').map(|at| from + at) {
        from = open + 1;
        let Some(close) = text[from..].find(['[', ']']).map(|at| from + at) else { break };
        if text[close..].starts_with(']') {
            let range = open..close + 1;
            marks.extend(kind(text, &range).map(|kind| Mark { range, kind }));
            from = close + 1;
        }
    }
    marks
}

fn kind(text: &str, range: &Range<usize>) -> Option<MarkKind> {
    let inside = &text[range.start + 1..range.end - 1];
    if matches!(inside.trim(), "…" | "..." | ". . .") {
        return Some(MarkKind::Omission);
    }
    if !(1..=LONGEST_MARK).contains(&inside.chars().count()) || !has_words(inside) {
        return None;
    }
    let letters = inside.chars().all(is_letter_or_mark);
    match (letters_before(&text[..range.start]), letters_after(&text[range.end..])) {
        (Some(before), Some(after)) => (letters && before + after >= SHORTEST_STEM).then_some(MarkKind::Ending),
        (Some(before), None) => (letters && before >= SHORTEST_STEM).then_some(MarkKind::Ending),
        (None, Some(after)) => (letters && after > 0).then_some(MarkKind::Beginning),
        (None, None) => Some(MarkKind::Words),
    }
}

/// The number of letters directly left of the bracket; `None` if no word is there.
fn letters_before(text: &str) -> Option<usize> {
    letters(text.chars().rev())
}

fn letters_after(text: &str) -> Option<usize> {
    letters(text.chars())
}

fn letters(characters: impl Iterator<Item = char> + Clone) -> Option<usize> {
    characters.clone().next().filter(|next| next.is_alphanumeric())?;
    Some(characters.take_while(|character| is_letter_or_mark(*character)).count())
}

fn check_omissions(text: &str, marks: &[Mark]) -> Result<(), QuotationError> {
    let is_omission = |mark: &Mark| mark.kind == MarkKind::Omission;
    let edges = marks.first().filter(|mark| !has_words(&text[..mark.range.start]));
    let mut edges = edges.into_iter().chain(marks.last().filter(|mark| !has_words(&text[mark.range.end..])));
    if edges.any(is_omission) {
        return Err(QuotationError::MarkAtEdge);
    }
    let mut pairs = marks.windows(2).filter(|pair| !has_words(&text[pair[0].range.end..pair[1].range.start]));
    if pairs.any(|pair| pair.iter().any(is_omission)) {
        return Err(QuotationError::MarksInARow);
    }
    Ok(())
}

/// The marks that have words of the source on the required sides; other brackets are text.
fn readable(text: &str, marks: &[Mark]) -> Vec<Mark> {
    let mut kept: Vec<Mark> = Vec::with_capacity(marks.len());
    for (at, mark) in marks.iter().enumerate() {
        let start = at.checked_sub(1).map_or(0, |before| marks[before].range.end);
        let end = marks.get(at + 1).map_or(text.len(), |after| after.range.start);
        let before = has_words(&text[start..mark.range.start]);
        let after = has_words(&text[mark.range.end..end]);
        let open_start = at == 0 && mark.kind == MarkKind::Beginning;
        let open_end = at + 1 == marks.len() && mark.kind == MarkKind::Ending;
        if (before || open_start) && (after || open_end) {
            kept.push(mark.clone());
        }
    }
    kept
}

fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    use MarkKind::{Beginning, Ending, Omission, Words};

    /// As typed, the kinds of the marks, the number of words outside them.
    const READ: &[(&str, &[MarkKind], usize)] = &[
        ("  the court held that\n", &[], 4),
        ("the court […] held that", &[Omission], 4),
        ("the court [...] held that", &[Omission], 4),
        ("[h]e was arrested", &[Beginning], 3),
        ("that [h]e was arrested", &[Beginning], 4),
        ("he was arrest[ed]", &[Ending], 3),
        ("two wom[e]n were seen", &[Ending], 5),
        ("when [the activist] was seen", &[Words], 3),
        ("words[38] and other words", &[], 5),
        ("[38] and other words", &[], 4),
        ("and other words [sic]", &[], 4),
        ("and [38] [39] other words", &[], 5),
        ("it is [a bracket that is far too long to be a mark of anything] here", &[], 16),
        ("it [is open", &[], 3),
        ("it ] is [[ open", &[], 3),
        ("imprisonment", &[], 1),
    ];

    #[test]
    fn only_brackets_that_can_be_marks_are_marks() {
        for &(typed, kinds, count) in READ {
            let quotation = Quotation::parse(typed).expect(typed);
            let found: Vec<MarkKind> = quotation.marks().iter().map(|mark| mark.kind).collect();
            assert_eq!((found.as_slice(), quotation.word_count()), (kinds, count), "{typed:?}");
        }
    }

    /// As typed, the reason of the refusal.
    const REFUSED: &[(&str, QuotationError)] = &[
        ("  ", QuotationError::Empty),
        ("[…]", QuotationError::Empty),
        ("— «…»", QuotationError::Empty),
        ("two words", QuotationError::TooShort),
        ("[h]e was", QuotationError::TooShort),
        ("two […] words", QuotationError::TooShort),
        ("[…] the court held", QuotationError::MarkAtEdge),
        ("the court held […].", QuotationError::MarkAtEdge),
        ("the court […] [...] held", QuotationError::MarksInARow),
        ("the court […], [t]he judge held", QuotationError::MarksInARow),
    ];

    #[test]
    fn quotations_that_match_too_much_are_refused() {
        for &(typed, error) in REFUSED {
            assert_eq!(Quotation::parse(typed), Err(error), "{typed:?}");
        }
    }
}
