//! Search for remembered words: tolerant, unlike the matcher. The results are shown to a person and prove nothing; a
//! quotation is verified by [`super::Haystack`].
//!
//! Case, punctuation and optional marks (`ё` for `е`) are ignored. A word of four letters may have one slip (a letter
//! added, missing, wrong or exchanged with its neighbour), one of nine letters two; a number may have none. Other words
//! may come between two words, and one of four words may be missing.
//!
//! A text is read once. Most of it is skipped by searching for pieces of the rarest word: if a word has one slip, one
//! of its two halves is unchanged.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::{memchr, memchr_iter, memmem, memrchr};

use super::fold::{FoldedText, Tier};
use super::words;

/// The fewest letters of a word that may have one slip.
const ONE_SLIP: usize = 4;
/// The fewest letters of a word that may have two slips.
const TWO_SLIPS: usize = 9;
/// The most other words between two words of the query.
const MOST_BETWEEN: usize = 3;
/// The fewest words of a query of which one may be missing.
const WORDS_FOR_ONE_MISSING: usize = 4;
/// The most words of a query; a longer query is cut after its first words.
const MOST_WORDS: usize = 24;
/// The assumed letters of a word in between, to find the stretch of text in which all words of the query are searched
/// for.
const LONG_WORD: usize = 12;

/// Words to search for.
#[derive(Debug)]
pub struct Query {
    words: Vec<Wanted>,
    /// The longest words, of which one must be present.
    anchors: Vec<usize>,
    pieces: AhoCorasick,
    reach: usize,
    may_miss: usize,
}

#[derive(Debug)]
struct Wanted {
    /// The text, folded and in lower case.
    text: String,
    length: usize,
    slips: usize,
    /// A text without any of these pieces does not have the word.
    pieces: AhoCorasick,
}

/// The distance of a passage from the typed words. Less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Distance {
    /// Number of missing words.
    pub missing: usize,
    /// Number of differing letters.
    pub slips: usize,
    /// Number of other words in between.
    pub between: usize,
}

/// A paragraph that has the words, or nearly all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Number of the paragraph, from 1.
    pub paragraph: usize,
    /// The byte range of its line in the text.
    pub line: Range<usize>,
    /// The distance of its best passage from the query.
    pub distance: Distance,
}

impl Query {
    /// Reads the words to search for; `None` if they have no letter and no digit.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let folded = FoldedText::new(typed.trim(), Tier::Hyphenation);
        let words: Vec<Wanted> = words::atoms(folded.as_str()).take(MOST_WORDS).filter_map(Wanted::new).collect();
        if words.is_empty() {
            return None;
        }
        let may_miss = usize::from(words.len() >= WORDS_FOR_ONE_MISSING);
        let mut anchors: Vec<usize> = (0..words.len()).collect();
        anchors.sort_by_key(|&at| std::cmp::Reverse(words[at].length));
        anchors.truncate(1 + may_miss);
        let patterns: BTreeSet<String> =
            anchors.iter().flat_map(|&at| pieces(&words[at].text, words[at].slips)).collect();
        let pieces = finder(patterns)?;
        let own: usize = words.iter().map(|word| word.text.len() + TWO_SLIPS).sum();
        let width = if typed.is_ascii() { 1 } else { 2 };
        let reach = own + words.len() * MOST_BETWEEN * LONG_WORD * width;
        Some(Self { words, anchors, pieces, reach, may_miss })
    }

    /// The paragraphs of a source's text that have the words, in order.
    #[must_use]
    pub fn sightings(&self, text: &str) -> Vec<Sighting> {
        let mut found: Vec<Sighting> = Vec::new();
        let mut counter = Counter { text, line: 0, paragraphs: 0 };
        let mut at = 0;
        while let Some(hit) = text.as_bytes().get(at..).and_then(|rest| self.pieces.find(rest)) {
            let word = stretch(text, at + hit.start());
            at = word.end.max(at + hit.end());
            let Some(slips) = self.anchor(&text[word.clone()]) else { continue };
            let line = line_around(text, word.start);
            let distance = if let [_] = self.words.as_slice() {
                Distance { slips, ..Distance::default() }
            } else {
                let around = &text[self.around(text, &word, &line)];
                let Some((distance, _)) = self.may_be_in(around).then(|| self.best(&seen(around))).flatten() else {
                    continue;
                };
                distance
            };
            let paragraph = counter.number(line.start);
            match found.last_mut().filter(|last| last.line == line) {
                Some(last) => last.distance = last.distance.min(distance),
                None => found.push(Sighting { paragraph, line, distance }),
            }
        }
        found
    }

    /// The passage of a paragraph that is nearest to the words: its byte range, from the first word to the last.
    #[must_use]
    pub fn passage(&self, paragraph: &str) -> Option<(Distance, Range<usize>)> {
        self.best(paragraph)
    }

    /// A word with a hyphen at the end of a line is looked for as one word, then as two.
    fn best(&self, text: &str) -> Option<(Distance, Range<usize>)> {
        let whole = FoldedText::new(text, Tier::Hyphenation);
        let parts = || (!whole.hyphens().is_empty()).then(|| FoldedText::new(text, Tier::Unicode));
        self.best_in(&whole).or_else(|| self.best_in(&parts()?))
    }

    fn best_in(&self, folded: &FoldedText) -> Option<(Distance, Range<usize>)> {
        let base = folded.as_str().as_ptr() as usize;
        let atoms: Vec<(Range<usize>, Cow<str>)> = words::atoms(folded.as_str())
            .map(|atom| {
                let start = atom.as_ptr() as usize - base;
                (start..start + atom.len(), comparable(atom))
            })
            .collect();
        let starts = (0..atoms.len()).flat_map(|start| (0..=self.may_miss).map(move |skipped| (start, skipped)));
        let ways = starts.filter_map(|(start, skipped)| self.aligned(&atoms, start, skipped));
        let (distance, range) = ways.min_by_key(|(distance, range)| (*distance, range.start))?;
        Some((distance, folded.original_range(range)))
    }

    /// Aligns the words from one place on; the first `skipped` of them are missing.
    fn aligned(
        &self,
        atoms: &[(Range<usize>, Cow<str>)],
        start: usize,
        skipped: usize,
    ) -> Option<(Distance, Range<usize>)> {
        let first = self.words[skipped].slips_in(&atoms[start].1)?;
        let mut distance = Distance { missing: skipped, slips: first, between: 0 };
        let mut last = start;
        for word in &self.words[skipped + 1..] {
            let ahead = atoms.iter().enumerate().skip(last + 1).take(MOST_BETWEEN + 1);
            let next = ahead.filter_map(|(at, (_, atom))| Some((word.slips_in(atom)?, at))).min();
            match next {
                Some((slips, at)) => {
                    distance.slips += slips;
                    distance.between += at - last - 1;
                    last = at;
                }
                None if distance.missing < self.may_miss => distance.missing += 1,
                None => return None,
            }
        }
        Some((distance, atoms[start].0.start..atoms[last].0.end))
    }

    /// The slips of the required word, if this stretch has it.
    fn anchor(&self, stretch: &str) -> Option<usize> {
        let slips = |atom: &str| {
            let atom = comparable(atom);
            self.anchors.iter().filter_map(|&at| self.words[at].slips_in(&atom)).min()
        };
        // Nearly always true: letters that no stage of folding would change.
        if stretch.chars().all(|letter| letter.is_alphanumeric() && letter < '\u{fb00}') {
            return slips(stretch);
        }
        let folded = FoldedText::new(stretch, Tier::Hyphenation);
        words::atoms(folded.as_str()).filter_map(slips).min()
    }

    /// True if a stretch of text has pieces of all words, except for those that may be missing.
    fn may_be_in(&self, stretch: &str) -> bool {
        let absent = self.words.iter().filter(|word| !word.pieces.is_match(stretch));
        absent.take(self.may_miss + 1).count() <= self.may_miss
    }

    /// The bytes around a word that may hold the other words: whole words of its line.
    fn around(&self, text: &str, word: &Range<usize>, line: &Range<usize>) -> Range<usize> {
        let bytes = text.as_bytes();
        let from = word.start.saturating_sub(self.reach).max(line.start);
        let to = (word.end + self.reach).min(line.end);
        let start = memrchr(b' ', &bytes[line.start..from]).map_or(line.start, |at| line.start + at + 1);
        let end = memchr(b' ', &bytes[to..line.end]).map_or(line.end, |at| to + at);
        start..end
    }
}

impl Wanted {
    fn new(atom: &str) -> Option<Self> {
        let text = comparable(atom).into_owned();
        let length = text.chars().count();
        let slips = match length {
            _ if text.contains(char::is_numeric) => 0,
            TWO_SLIPS.. => 2,
            ONE_SLIP.. => 1,
            _ => 0,
        };
        let pieces = finder(pieces(&text, slips))?;
        Some(Self { text, length, slips, pieces })
    }

    /// The number of differing letters, if the word is the same or nearly.
    fn slips_in(&self, atom: &str) -> Option<usize> {
        if self.text == atom {
            return Some(0);
        }
        if self.slips == 0 || self.length.abs_diff(atom.chars().count()) > self.slips {
            return None;
        }
        Some(strsim::osa_distance(&self.text, atom)).filter(|slips| *slips <= self.slips)
    }
}

/// Pieces of a word: a text with this word has at least one of them, with any allowed slips and in any capitals.
fn pieces(word: &str, slips: usize) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    let count = slips + 1;
    let edge = |piece: usize| piece * letters.len() / count;
    let part = |piece: usize| letters[edge(piece)..edge(piece + 1)].iter().collect::<String>();
    let mut pieces: Vec<String> = (0..count).map(part).collect();
    if count == 2 {
        // If two letters are exchanged at the border of the halves, both halves change.
        let mut exchanged = letters.clone();
        exchanged.swap(edge(1) - 1, edge(1));
        pieces.push(exchanged.into_iter().collect());
    }
    pieces.iter().flat_map(|piece| [piece.clone(), piece.to_uppercase(), title(piece)]).collect()
}

fn finder(patterns: BTreeSet<String>) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(patterns).ok()
}

/// A word with a capital first letter.
fn title(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A word in the form in which it is compared here.
fn comparable(atom: &str) -> Cow<'_, str> {
    if atom.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(atom);
    }
    Cow::Owned(words::fold_case_for_hint(atom).chars().map(words::without_optional_mark).collect())
}

/// The text around a byte, up to white space or ASCII punctuation on both sides.
fn stretch(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let start = at - bytes[..at].iter().rev().take_while(|byte| inside(byte)).count();
    let end = at + bytes[at..].iter().take_while(|byte| inside(byte)).count();
    start..end
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |before| before + 1);
    let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |after| at + after);
    start..end
}

/// The words of a link without its address, which would count as words in between.
fn seen(line: &str) -> Cow<'_, str> {
    if memmem::find(line.as_bytes(), b"](").is_some() {
        return Cow::Owned(super::canonical::paragraph(line));
    }
    Cow::Borrowed(line)
}

/// Counts the paragraphs of a text in one pass.
struct Counter<'a> {
    text: &'a str,
    /// The start of the line up to which paragraphs were counted.
    line: usize,
    /// The number of paragraphs before it.
    paragraphs: usize,
}

impl Counter<'_> {
    /// The number, from 1, of the paragraph whose line starts here; lines must come in order.
    fn number(&mut self, line: usize) -> usize {
        let mut start = self.line;
        for end in memchr_iter(b'\n', &self.text.as_bytes()[self.line..line]) {
            let end = self.line + end;
            self.paragraphs += usize::from(!is_blank(&self.text[start..end]));
            start = end + 1;
        }
        self.line = line;
        self.paragraphs + 1
    }
}

fn is_blank(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}# Court news\n\n  \nOn 24 February 2022 the court upheld a **13-years** and 9-months \
        sentence.\nThe Years 13 and 14.\r\nСуд приговорил Его к 13 годам; адвокат Ёлкин не согласен.\n\
        See [the report](https://example.org/13-years) of the visit.\nHis impri\u{ad}sonment goes on. Из-\u{2028}за дела.\n";

    /// A paragraph, and its numbers of missing words, slips and words in between.
    type There = (usize, usize, usize, usize);

    /// A query, and the paragraphs that have it.
    const FOUND: &[(&str, &[There])] = &[
        ("13-years", &[(2, 0, 0, 0)]),
        ("13 YEARS", &[(2, 0, 0, 0)]),
        ("13–yaers", &[(2, 0, 1, 0)]),
        ("13 yers", &[(2, 0, 1, 0)]),
        ("15 years", &[]),
        ("years 13", &[(3, 0, 0, 0)]),
        ("upheld 13-years", &[(2, 0, 0, 1)]),
        ("court has upheld a 13-years", &[(2, 1, 0, 0)]),
        ("приговорил его", &[(4, 0, 0, 0)]),
        ("пригаворил его к 13 годам", &[(4, 0, 1, 0)]),
        ("елкин", &[(4, 0, 0, 0)]),
        ("report of the visit", &[(5, 0, 0, 0)]),
        ("imprisonment", &[(6, 0, 0, 0)]),
        ("imprisoment", &[(6, 0, 1, 0)]),
        ("из-за дела", &[(6, 0, 0, 0)]),
        ("impirsonment", &[(6, 0, 1, 0)]),
        ("court", &[(1, 0, 0, 0), (2, 0, 0, 0)]),
        ("fortress", &[]),
    ];

    #[test]
    fn words_are_found_as_people_remember_them() {
        for &(typed, expected) in FOUND {
            let query = Query::new(typed).expect(typed);
            let places = query.sightings(TEXT).into_iter().map(|sighting| {
                let Distance { missing, slips, between } = sighting.distance;
                (sighting.paragraph, missing, slips, between)
            });
            let found: Vec<_> = places.collect();
            assert_eq!(found, expected, "{typed}");
        }
    }

    #[test]
    fn the_passage_goes_from_the_first_word_to_the_last() {
        let query = Query::new("upheld a 13 years").expect("words");
        let paragraph = "Judges upheld, as a rule, it; the court upheld a “13-years” sentence.";
        let (_, range) = query.passage(paragraph).expect("a passage");
        assert_eq!(&paragraph[range], "upheld a “13-years");
    }

    #[test]
    fn text_without_words_is_no_query() {
        assert!(Query::new(" — ").is_none());
    }
}
