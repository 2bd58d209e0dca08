//! The phrase to quote: as short as possible around a passage, and long enough to be found again.

use std::cmp::Reverse;
use std::ops::Range;

use super::{Haystack, Quotation, QuotationVerdict, words};

/// The most words of a phrase: enough to find the place, short enough for a quotation.
pub const MOST_WORDS: usize = 12;

/// The most words that a phrase may have beyond the shortest one, so that it begins and ends with heavy words.
const SPARE: usize = 3;
/// The fewest words of a phrase that is complete in itself.
const THOUGHT: usize = 3;
/// The fewest letters of a heavy word: `defender` is heavy, `with` is not.
const HEAVY: usize = 5;

/// A phrase that may be quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Bytes of the paragraph.
    pub range: Range<usize>,
    /// True if the source has it only once.
    pub unique: bool,
}

/// The shortest phrase around a passage (bytes of the paragraph) that the matcher accepts and that is unique in its
/// source according to `is_unique`. If no phrase of up to [`MOST_WORDS`] words is unique, the shortest accepted phrase
/// is given. A longer passage is quoted by its first words, as many as are allowed. `None` if nothing may be quoted,
/// for instance in a paragraph of one short word.
///
/// Of several phrases of one length, the one is taken that has no end of a sentence inside and the heaviest first and
/// last words. A few more words are taken if the shortest phrase would end with a word like `with`.
pub fn phrase(paragraph: &str, passage: &Range<usize>, is_unique: &dyn Fn(&str) -> bool) -> Option<Phrase> {
    let all: Vec<Range<usize>> = words::words(paragraph).collect();
    let first = all.iter().position(|word| word.end > passage.start)?;
    let last = all.iter().rposition(|word| word.start < passage.end)?.max(first);
    let typed = last;
    let last = last.min(first + MOST_WORDS - SPARE - 1);
    let haystack = Haystack::new(vec![paragraph.to_owned()]);
    if last < typed {
        let longest = MOST_WORDS.min(typed - first + 1);
        let ways = (THOUGHT..=longest).rev().map(|length| all[first].start..all[first + length - 1].end);
        let all_of_it = |range: &Range<usize>| range.end == all[typed].end;
        let well = |range: &Range<usize>| ends_well(paragraph, range) && !weight(&paragraph[range.clone()]).0;
        let mut whole = ways.filter(|range| all_of_it(range) || well(range));
        let good = |range: &Range<usize>| {
            let words = &paragraph[range.clone()];
            is_quotable(&haystack, words) && is_unique(words)
        };
        if let Some(range) = whole.find(good) {
            return Some(Phrase { range, unique: true });
        }
    }
    let mut shortest: Option<Phrase> = None;
    let mut most = MOST_WORDS.min(all.len());
    for length in last - first + 1..=MOST_WORDS.min(all.len()) {
        if length > most {
            break;
        }
        let from = (last + 1).saturating_sub(length)..=first.min(all.len() - length);
        let mut ways: Vec<Range<usize>> = from.map(|from| all[from].start..all[from + length - 1].end).collect();
        ways.sort_by_key(|range| weight(&paragraph[range.clone()]));
        for range in ways {
            let words = &paragraph[range.clone()];
            if !is_quotable(&haystack, words) {
                continue;
            }
            let unique = is_unique(words);
            // Words that the user typed are taken as a complete phrase.
            let as_typed = last == typed && length == last - first + 1 && length >= THOUGHT;
            if unique && (as_typed || is_whole(paragraph, &range)) {
                return Some(Phrase { range, unique });
            }
            if shortest.as_ref().is_none_or(|known| unique && !known.unique) {
                most = if unique { most.min(length + SPARE) } else { most };
                shortest = Some(Phrase { range, unique });
            }
        }
    }
    shortest
}

/// True for three words or more that begin and end with heavy words, or at the bounds of the sentence, without an end
/// of a sentence inside. A number is kept with the word after it.
fn is_whole(paragraph: &str, range: &Range<usize>) -> bool {
    let phrase = &paragraph[range.clone()];
    let mut words = phrase.split_whitespace();
    let (Some(first), Some(_), Some(_)) = (words.next(), words.next(), words.next()) else { return false };
    let before = paragraph[..range.start].trim_end();
    let begins =
        before.is_empty() || before.ends_with(['.', '!', '?', ';', ':', '“', '«', '(']) || letters(first) >= HEAVY;
    begins && ends_well(paragraph, range) && !weight(phrase).0
}

/// True if it ends at a stop of the sentence, or with a heavy word that is not a number.
fn ends_well(paragraph: &str, range: &Range<usize>) -> bool {
    let last = paragraph[range.clone()].split_whitespace().next_back().unwrap_or_default();
    let is_number = last.chars().all(|letter| letter.is_numeric() || letter.is_ascii_punctuation());
    !paragraph[range.end..].starts_with(char::is_whitespace) || letters(last) >= HEAVY && !is_number
}

/// The number of letters and digits of a word, at least [`HEAVY`] for a number.
fn letters(word: &str) -> usize {
    let all = word.chars().filter(|letter| letter.is_alphanumeric()).count();
    if word.contains(char::is_numeric) { all.max(HEAVY) } else { all }
}

/// True if the strict matcher finds the words unchanged.
fn is_quotable(haystack: &Haystack, words: &str) -> bool {
    let Ok(quotation) = Quotation::parse(words) else { return false };
    matches!(haystack.verify(&quotation, Some(0), &|_| true), QuotationVerdict::Verified(_))
}

/// A smaller weight is better: first phrases without an end of a sentence inside, then heavy words at both ends.
fn weight(phrase: &str) -> (bool, Reverse<usize>, Reverse<usize>) {
    let mut words = phrase.split_whitespace();
    let first = words.next().map_or(0, letters);
    let last = words.next_back().map_or(first, letters);
    let ends = phrase.split_whitespace().rev().skip(1);
    let cut = ends.filter(|word| letters(word) > 1).any(|word| word.ends_with(['.', '!', '?', ';', '…']));
    (cut, Reverse(first.min(last)), Reverse(letters(phrase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraph, passage, the rest of the source, the phrase, true if it is unique.
    const PHRASES: &[(&str, &str, &str, &str, bool)] = &[
        ("The court upheld a 13-years and 9-months sentence.", "13-years", "", "13-years and 9-months", true),
        (
            "He was sentenced to 14 years, with three of them in a prison.",
            "14 years",
            "",
            "sentenced to 14 years",
            true,
        ),
        (
            "The court upheld a 13-years and 9-months sentence.",
            "13-years",
            "13-years and 9-months",
            "upheld a 13-years",
            true,
        ),
        ("He is ill. Her lawyer was turned away at the gate.", "lawyer", "", "lawyer was turned", true),
        ("Imprisonment for writers.", "Imprisonment", "", "Imprisonment for writers", true),
        ("The visit was refused.", "visit", "The visit was refused again.", "visit was refused", false),
        ("U.N. experts met her.", "experts", "", "experts met her", true),
    ];

    #[test]
    fn the_shortest_phrase_is_taken() {
        for &(paragraph, passage, rest, expected, unique) in PHRASES {
            let start = paragraph.find(passage).expect("the passage");
            let source = format!("{paragraph}\n{rest}");
            let is_unique = |phrase: &str| source.matches(phrase).count() == 1;
            let found = phrase(paragraph, &(start..start + passage.len()), &is_unique).expect(paragraph);
            assert_eq!((&paragraph[found.range], found.unique), (expected, unique), "{paragraph}");
        }
    }

    #[test]
    fn a_long_passage_is_quoted_by_its_first_words() {
        let paragraph = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
        let found = phrase(paragraph, &(0..paragraph.len()), &|_| true).expect("a phrase");
        assert_eq!(&paragraph[found.range], "one two three four five six seven eight nine ten eleven twelve");
    }

    #[test]
    fn a_passage_of_ten_words_is_quoted_whole() {
        let paragraph = "one two three four five six seven eight nine of";
        let found = phrase(paragraph, &(0..paragraph.len()), &|_| true).expect("a phrase");
        assert_eq!(found.range, 0..paragraph.len());
    }

    #[test]
    fn a_paragraph_too_short_to_quote_gives_no_phrase() {
        assert_eq!(phrase("Page 3", &(0..4), &|_| true), None);
    }
}
