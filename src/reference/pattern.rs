//! Patterns of words in the lists of a language, and the search for them in a text.
//!
//! A pattern is one or more words. A word with `*` at its end stands for every word with this beginning; `…` stands for
//! up to [`GAP`] words of any kind. Not distinguished are small and capital letters, letters with and without an
//! optional mark («ё» and «е»), and straight and curly apostrophes. Whole words are compared: «суд» is not found in
//! «осуждён».

use std::ops::Range;

use crate::text::words::without_optional_mark;

/// The most words for which the mark `…` may stand.
pub const GAP: usize = 6;

/// One word of a text: its letters, folded for comparison, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The folded letters.
    pub folded: String,
    /// Its byte range in the text.
    pub range: Range<usize>,
}

/// The words of a text. Hyphens separate words; a possessive ending (’s) is not part of a word.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, belongs(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.extend(word(text, from..at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn belongs(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{0301}' | '*')
}

fn word(text: &str, range: Range<usize>) -> Option<Word> {
    let folded = fold(&text[range.clone()]);
    let bare = folded.trim_matches('\'');
    let bare = bare.strip_suffix("'s").unwrap_or(bare);
    (!bare.is_empty()).then(|| Word { folded: bare.to_owned(), range })
}

/// Letters in the form in which they are compared: small, without optional marks, one kind of apostrophe, no stress
/// marks.
#[must_use]
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            '’' => folded.push('\''),
            '\u{0301}' => {}
            other => folded.extend(other.to_lowercase().map(without_optional_mark)),
        }
    }
    folded
}

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word(String),
    Stem(String),
    Gap,
}

/// A word or phrase to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The pattern as it was typed.
    pub typed: String,
    parts: Vec<Part>,
}

impl Pattern {
    /// Reads a pattern; `None` when it holds no word, or begins or ends with `…`.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let mut parts = Vec::new();
        for (index, piece) in typed.split('…').enumerate() {
            if index > 0 {
                parts.push(Part::Gap);
            }
            parts.extend(words(piece).into_iter().filter_map(|word| match word.folded.strip_suffix('*') {
                Some(stem) => (!stem.is_empty()).then(|| Part::Stem(stem.to_owned())),
                None => Some(Part::Word(word.folded)),
            }));
        }
        let open = matches!(parts.first(), None | Some(Part::Gap)) || parts.last() == Some(&Part::Gap);
        (!open).then(|| Self { typed: typed.to_owned(), parts })
    }

    /// The first letter of its first word. Every place where the pattern matches begins with it.
    #[must_use]
    pub fn initial(&self) -> Option<char> {
        match self.parts.first()? {
            Part::Word(letters) | Part::Stem(letters) => letters.chars().next(),
            Part::Gap => None,
        }
    }

    /// The count of words that the pattern covers at the beginning of `words`, if it fits there.
    #[must_use]
    pub fn fits(&self, words: &[Word]) -> Option<usize> {
        fits(&self.parts, words)
    }

    /// The byte range of every place in the text where the pattern matches.
    #[must_use]
    pub fn find(&self, words: &[Word]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for at in 0..words.len() {
            if let Some(length) = self.fits(&words[at..]).filter(|length| *length > 0) {
                found.push(words[at].range.start..words[at + length - 1].range.end);
            }
        }
        found
    }
}

fn fits(parts: &[Part], words: &[Word]) -> Option<usize> {
    let Some((first, rest)) = parts.split_first() else { return Some(0) };
    let fits_here = |word: &Word| match first {
        Part::Word(own) => word.folded == *own,
        Part::Stem(stem) => word.folded.starts_with(stem.as_str()),
        Part::Gap => false,
    };
    if *first == Part::Gap {
        return (0..=GAP.min(words.len())).find_map(|skip| fits(rest, &words[skip..]).map(|length| skip + length));
    }
    words.first().filter(|word| fits_here(word))?;
    fits(rest, &words[1..]).map(|length| length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_find_whole_words_only() {
        let table: &[(&str, &str, &[&str])] = &[
            ("terroris*", "He was called a “terrorist”.", &["terrorist"]),
            ("because of", "Because  of this, and because it rained", &["Because  of"]),
            ("so-called", "the so-called state", &["so-called"]),
            ("foreign agent", "as “foreign\u{a0}agents” or a foreign agent’s", &["foreign agent’s"]),
            ("суд", "он осуждён судом", &[]),
            ("обвинен*", "обвинённый и обвинение", &["обвинённый", "обвинение"]),
            (
                "article … of the Criminal Code",
                "under Article 205.2 (part 2) of the Criminal Code",
                &["Article 205.2 (part 2) of the Criminal Code"],
            ),
            ("статья … УК", "по ст. 205; статья 205.5 УК РФ", &["статья 205.5 УК"]),
            ("again", "against; AGAIN!", &["AGAIN"]),
        ];
        for (pattern, text, expected) in table {
            let pattern = Pattern::new(pattern).expect("a pattern");
            let found: Vec<&str> = pattern.find(&words(text)).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, *expected, "{pattern:?} in {text}");
        }
    }

    #[test]
    fn a_pattern_without_words_is_refused() {
        for typed in ["", " — ", "…", "… of", "of …", "*"] {
            assert_eq!(Pattern::new(typed), None, "{typed}");
        }
    }
}
