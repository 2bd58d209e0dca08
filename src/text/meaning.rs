//! Doubts that remain although the words are exact: questions for a human, never verdicts.
//!
//! An omission may drop a `not` or an `unless`; a quotation may start just after a negation, or stop before the
//! condition of its sentence. Many such cases are harmless, for instance double negatives, so they only raise a
//! question.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::{FoldedText, Tier};
use super::words;

/// The distance, in words of the same sentence, within which a negation beside a quotation matters.
const NEAR: usize = 4;

/// Words to search for, given as data of one language. Case and typography do not matter.
///
/// An entry may have several words (`provided that`); one that starts with `*` is the end of a word (`*n't`).
#[derive(Debug, Clone, Copy)]
pub struct Lists<'a> {
    /// `not`, `never`, …
    pub negations: &'a [String],
    /// `except`, `unless`, …
    pub exceptions: &'a [String],
    /// `if`, `provided that`, …
    pub conditionals: &'a [String],
}

/// A question for a human.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// The kind of doubt.
    pub kind: PromptKind,
    /// The list that has the word.
    pub list: GuardList,
    /// The word or words of the source.
    pub word: String,
    /// Bytes of the unchanged paragraph.
    pub range: Range<usize>,
}

/// The kind of doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PromptKind {
    /// An omission or an alteration leaves the word out.
    Dropped,
    /// The word comes before the quotation in its sentence.
    StartsAfter,
    /// The word comes after the quotation in its sentence.
    StopsBefore,
    /// The word is in the last sentence of the quotation, which ends before the sentence does.
    StopsInside,
}

/// The lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuardList {
    /// [`Lists::negations`].
    Negation,
    /// [`Lists::exceptions`].
    Exception,
    /// [`Lists::conditionals`].
    Conditional,
}

/// The questions about a quotation that is found at `ranges` (bytes, in order) of `paragraph`.
#[must_use]
pub fn prompts(paragraph: &str, ranges: &[Range<usize>], lists: &Lists) -> Vec<Prompt> {
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return Vec::new() };
    let asker = Asker { paragraph, lists };
    let mut out = Vec::new();
    for pair in ranges.windows(2) {
        out.extend(asker.ask(PromptKind::Dropped, pair[0].end..pair[1].start, |_, _| true));
    }
    let before = sentence_start(paragraph, first.start)..first.start;
    out.extend(
        asker.ask(PromptKind::StartsAfter, before, |list, (_, to_end)| list != GuardList::Negation || to_end < NEAR),
    );
    let after = last.end..sentence_end(paragraph, last.end);
    if words::words(&paragraph[after.clone()]).next().is_some() {
        let inside = sentence_start(paragraph, last.end).max(last.start)..last.end;
        out.extend(asker.ask(PromptKind::StopsInside, inside, |list, _| list == GuardList::Conditional));
    }
    out.extend(
        asker.ask(PromptKind::StopsBefore, after, |list, (to_start, _)| list != GuardList::Negation || to_start < NEAR),
    );
    out
}

struct Asker<'a> {
    paragraph: &'a str,
    lists: &'a Lists<'a>,
}

/// A word in lower case and its bytes of the folded text.
type Spoken = (String, Range<usize>);

impl Asker<'_> {
    /// The listed words in a region for which `counts` is true; it is given the number of words before and after each.
    fn ask(
        &self,
        kind: PromptKind,
        region: Range<usize>,
        counts: impl Fn(GuardList, (usize, usize)) -> bool,
    ) -> Vec<Prompt> {
        let folded = FoldedText::new(&self.paragraph[region.clone()], Tier::Hyphenation);
        let spoken: Vec<Spoken> =
            words::words(folded.as_str()).map(|word| (lower(&folded.as_str()[word.clone()]), word)).collect();
        let mut out = Vec::new();
        for (list, entry) in self.entries() {
            let entry = lower(FoldedText::new(entry, Tier::Hyphenation).as_str());
            let entry: Vec<&str> = entry.split(' ').filter(|part| !part.is_empty()).collect();
            for (at, run) in spoken.windows(entry.len().max(1)).enumerate() {
                let rest = spoken.len() - at - run.len();
                if says(run, &entry) && counts(list, (at, rest)) {
                    let range = folded.original_range(run[0].1.start..run[run.len() - 1].1.end);
                    let range = region.start + range.start..region.start + range.end;
                    out.push(Prompt { kind, list, word: self.paragraph[range.clone()].to_owned(), range });
                }
            }
        }
        out.sort_by_key(|prompt| (prompt.range.start, prompt.list));
        out
    }

    fn entries(&self) -> impl Iterator<Item = (GuardList, &str)> {
        let Lists { negations, exceptions, conditionals } = *self.lists;
        let lists = [
            (GuardList::Negation, negations),
            (GuardList::Exception, exceptions),
            (GuardList::Conditional, conditionals),
        ];
        lists.into_iter().flat_map(|(list, entries)| entries.iter().map(move |entry| (list, entry.as_str())))
    }
}

fn says(run: &[Spoken], entry: &[&str]) -> bool {
    run.len() == entry.len()
        && run.iter().zip(entry).all(|((word, _), part)| {
            part.strip_prefix('*').map_or(word == part, |ending| !ending.is_empty() && word.ends_with(ending))
        })
}

fn lower(word: &str) -> String {
    words::fold_case_for_hint(word)
}

/// The byte at which the sentence around `at` begins.
fn sentence_start(paragraph: &str, at: usize) -> usize {
    sentences(paragraph).take_while(|sentence| sentence.start <= at).last().map_or(0, |sentence| sentence.start)
}

/// The byte at which the sentence that continues at `at` ends; `at` itself if a sentence ended just before.
fn sentence_end(paragraph: &str, at: usize) -> usize {
    let around = sentences(paragraph).find(|sentence| sentence.start < at && at <= sentence.end);
    around.map_or(at, |sentence| sentence.end.max(at))
}

fn sentences(paragraph: &str) -> impl Iterator<Item = Range<usize>> {
    paragraph.split_sentence_bound_indices().map(|(at, sentence)| at..at + sentence.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    use GuardList::{Conditional, Exception, Negation};
    use PromptKind::{Dropped, StartsAfter, StopsBefore, StopsInside};

    fn list(entries: &[&str]) -> Vec<String> {
        entries.iter().map(|entry| (*entry).to_owned()).collect()
    }

    /// A paragraph with the quoted parts between bars, and the expected questions.
    type Asked = (&'static str, &'static [(PromptKind, GuardList, &'static str)]);

    const ASKED: &[Asked] = &[
        ("|The court found| him |guilty|.", &[]),
        ("|The court found that he was| not |guilty of it|.", &[(Dropped, Negation, "not")]),
        ("|He is free|, except in winter, |to leave|.", &[(Dropped, Exception, "except")]),
        ("|He is free| provided  that he pays |and to leave|.", &[(Dropped, Conditional, "provided  that")]),
        ("He did not |commit the crime|.", &[(StartsAfter, Negation, "not")]),
        ("He didn’t |commit the crime|.", &[(StartsAfter, Negation, "didn’t")]),
        ("Not that it is known to all, |he left the town|.", &[]),
        ("If the court agrees to hear him, |he will be free|.", &[(StartsAfter, Conditional, "If")]),
        ("It did not. |He left the town|.", &[]),
        ("|He will be free|, unless they object. If so, no.", &[(StopsBefore, Exception, "unless")]),
        ("|He will be free if they pay| the whole sum.", &[(StopsInside, Conditional, "if")]),
        ("|He will be free if they pay|. Not now.", &[]),
        ("|Суд признал его| НЕ |виновным|.", &[(Dropped, Negation, "НЕ")]),
    ];

    #[test]
    fn omitted_and_nearby_words_raise_questions() {
        let negations = list(&["not", "не", "*n't"]);
        let exceptions = list(&["except", "unless"]);
        let conditionals = list(&["if", "provided that"]);
        let lists = Lists { negations: &negations, exceptions: &exceptions, conditionals: &conditionals };
        for &(marked, expected) in ASKED {
            let pieces: Vec<&str> = marked.split('|').collect();
            let mut ends = pieces.iter().scan(0, |end, piece| {
                *end += piece.len();
                Some(*end - piece.len()..*end)
            });
            let ranges: Vec<Range<usize>> = ends.by_ref().skip(1).step_by(2).collect();
            let asked = prompts(&pieces.concat(), &ranges, &lists);
            let found: Vec<_> = asked.iter().map(|prompt| (prompt.kind, prompt.list, prompt.word.as_str())).collect();
            assert_eq!(found, expected, "{marked:?}");
        }
    }

    #[test]
    fn no_quotation_raises_no_question() {
        assert_eq!(prompts("not", &[], &Lists { negations: &[], exceptions: &[], conditionals: &[] }), []);
    }
}
