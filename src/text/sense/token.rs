//! Words of a text with their stems, sentences and clauses.

use std::ops::Range;

use snowball_stemmers_rs::Stemmer;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::line_end::{self, LINE_END, LineEndHyphen};
use crate::text::words;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SenseToken {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// The word, folded.
    pub(super) word: String,
    /// Its stem, where stems are asked for.
    pub(super) stem: String,
    /// True if it begins with a capital letter.
    pub(super) capital: bool,
    /// True if it has several letters, all of them capitals.
    pub(super) all_capitals: bool,
    /// The sentence it stands in, from 0; a semicolon ends one too.
    pub(super) sentence: usize,
    /// The clause it stands in, from 0, over the whole text.
    pub(super) clause: usize,
    /// True if a comma or another sign that divides clauses stands before it.
    pub(super) divided: bool,
}

impl SenseToken {
    /// True if it holds a digit.
    pub(super) fn has_digit(&self) -> bool {
        self.word.contains(char::is_numeric)
    }
}

/// Divides texts into words.
pub(super) struct SenseTokenizer<'a> {
    /// `None`: the words have no stems.
    pub(super) stemmer: Option<&'a Stemmer>,
    /// True for a folded word that opens a clause.
    pub(super) opens_clause: &'a dyn Fn(&str) -> bool,
    /// True for a folded word that is written with a full stop.
    pub(super) abbreviates: &'a dyn Fn(&str) -> bool,
}

impl SenseTokenizer<'_> {
    pub(super) fn tokens(&self, text: &str) -> Vec<SenseToken> {
        let mut out: Vec<SenseToken> = Vec::new();
        let mut sentence = 0;
        for bounds in self.sentences(text) {
            sentence += usize::from(!out.is_empty());
            let words = words::words(&text[bounds.clone()]);
            for range in words.flat_map(|word| parts(text, bounds.start + word.start..bounds.start + word.end)) {
                let between = &text[out.last().map_or(0, |last| last.range.end)..range.start];
                sentence += usize::from(!out.is_empty() && between.contains(';'));
                out.push(self.token(text, range, sentence, between, out.last()));
            }
        }
        out
    }

    fn token(
        &self,
        text: &str,
        range: Range<usize>,
        sentence: usize,
        between: &str,
        last: Option<&SenseToken>,
    ) -> SenseToken {
        let word = fold(&text[range.clone()]);
        let clause = last.map_or(0, |last| {
            let opens = last.sentence != sentence || divides(between) || (self.opens_clause)(&word);
            last.clause + usize::from(opens)
        });
        let capital = text[range.clone()].starts_with(char::is_uppercase);
        let all_capitals = range.len() > 1 && !text[range.clone()].contains(char::is_lowercase);
        SenseToken {
            stem: self.stemmer.map(|stemmer| stem(&word, stemmer)).unwrap_or_default(),
            word,
            capital,
            all_capitals,
            sentence,
            clause,
            divided: divides(between),
            range,
        }
    }

    /// The bytes of the sentences of a text. A full stop behind an abbreviation or an initial ends none.
    pub(super) fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for (at, sentence) in text.split_sentence_bound_indices() {
            let end = at + sentence.len();
            match out.last_mut() {
                Some(last) if self.is_open(&text[last.clone()]) => last.end = end,
                _ => out.push(at..end),
            }
        }
        out
    }

    /// True if a sentence goes on: the last full stop is that of an abbreviation or an initial, or a line ends in it.
    fn is_open(&self, sentence: &str) -> bool {
        if sentence.ends_with(LINE_END) {
            return true;
        }
        let Some(before) = sentence.trim_end_matches([' ', '\u{a0}']).strip_suffix('.') else { return false };
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        is_initial || (self.abbreviates)(&fold(word))
    }
}

/// True for signs between two words that end a clause.
fn divides(between: &str) -> bool {
    between.contains([',', ';', ':', '(', ')', '—', '–', '“', '”', '«', '»', '"'])
}

/// The parts of a compound: each is compared alone. `205-2` is one number, `13-year` two words. A word that a line
/// breaks is one.
fn parts(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let word = &text[range.clone()];
    let mut out = Vec::new();
    let mut start = range.start;
    for (at, mark) in word.match_indices(['-', '\u{2010}', '\u{2011}']) {
        let rest = &word[at..];
        let break_of_line = line_end::broken_word(word[..at].chars().rev(), rest.chars());
        if !matches!(break_of_line, None | Some((LineEndHyphen::Kept, _))) {
            continue;
        }
        out.push(start..range.start + at);
        let length = rest[mark.len()..].find(|c| c != LINE_END).unwrap_or_default();
        start = range.start + at + mark.len() + length;
    }
    out.push(start..range.end);
    out.retain(|part| !part.is_empty());
    let is_word = |part: &Range<usize>| !text[part.clone()].contains(char::is_numeric);
    if out.iter().any(is_word) { out } else { vec![range] }
}

/// The stem of a folded word.
pub(super) fn stem(word: &str, stemmer: &Stemmer) -> String {
    stemmer.stem(word).into_owned()
}

/// The word in small letters, with one kind of apostrophe, without optional marks and characters that are not seen.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() && !word.contains('`') {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for letter in line_end::joined(word).to_lowercase().chars() {
        match letter {
            '’' | '‘' | 'ʼ' | '`' | '´' => folded.push('\''),
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            letter => folded.push(words::without_optional_mark(letter)),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::SenseTokenizer;

    #[test]
    fn a_word_that_a_line_breaks_is_one_and_ends_no_sentence() {
        let no = |_: &str| false;
        let tokenizer = SenseTokenizer { stemmer: None, opens_clause: &no, abbreviates: &no };
        let tokens =
            tokenizer.tokens("The inter-\u{2028}national well-known court-\u{2028}Room 22-\u{2028}147/2026. It");
        let words: Vec<(&str, usize)> = tokens.iter().map(|token| (token.word.as_str(), token.sentence)).collect();
        let expected = [
            ("the", 0),
            ("international", 0),
            ("well", 0),
            ("known", 0),
            ("court", 0),
            ("room", 0),
            ("22-147/2026", 0),
            ("it", 1),
        ];
        assert_eq!(words, expected);
    }
}
