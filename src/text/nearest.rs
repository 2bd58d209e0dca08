//! The passage most similar to a quotation that was not found: help for a human, at a bounded cost.

use std::collections::HashMap;
use std::ops::Range;

use super::characters::READING_BREAK;
use super::fold::{FoldedText, Tier};
use super::haystack::Haystack;
use super::quotation::{Mark, MarkKind, Quotation};
use super::{edges, words};

/// The most words of the quotation that are compared; later words are left out.
const MOST_QUOTED: usize = 120;
/// The most words of a paragraph that are compared.
const MOST_SOURCE: usize = 6000;
/// The most paragraphs that a rare word may be in; all of them are then considered.
const MOST_PARAGRAPHS: usize = 256;
/// The most paragraphs that are compared word by word.
const MOST_CANDIDATES: usize = 4;

/// The passage most similar to a quotation that was not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Paragraph, from 0.
    pub paragraph: usize,
    /// Bytes of the unchanged paragraph.
    pub range: Range<usize>,
    /// The words that differ, in order. Punctuation that touches a word counts as part of it.
    pub differing: Vec<WordDifference>,
    /// The number of words that differ.
    pub words_differing: usize,
    /// True if a place lies inside the passage at which the reader of the file could not tell the order of its words.
    pub has_reading_break: bool,
}

/// A word of the quotation or of the source without a match on the other side, or two words that take each other's
/// place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordDifference {
    /// Bytes of [`Quotation::text`], and the word there; `None` if the source has a word more.
    pub quoted: Option<(Range<usize>, String)>,
    /// The word of the source; `None` if the quotation has a word more.
    pub source: Option<String>,
}

/// A word with the punctuation that touches it.
struct Word {
    text: String,
    /// Bytes of the unchanged text.
    range: Range<usize>,
    /// Bytes of the folded text.
    folded: Range<usize>,
    /// True if a mark changes it; then any word matches.
    altered: bool,
    /// True if an omission follows; then any number of source words may follow.
    gap_after: bool,
}

pub(super) fn nearest(
    haystack: &Haystack,
    quotation: &Quotation,
    preferred: Option<usize>,
    allowed: &dyn Fn(usize) -> bool,
) -> Option<Nearest> {
    let quoted = quoted_words(quotation);
    let candidates = candidates(haystack, &quoted, preferred, allowed);
    let compared = candidates.into_iter().filter_map(|paragraph| compare(haystack, paragraph, &quoted));
    let best = compared.min_by_key(|nearest| nearest.words_differing)?;
    // A passage with more differing words than shared ones would only confuse.
    (best.words_differing <= quoted.len().div_ceil(2)).then_some(best)
}

/// The paragraphs that share the rarest words, the preferred paragraph first.
fn candidates(
    haystack: &Haystack,
    quoted: &[Word],
    preferred: Option<usize>,
    allowed: &dyn Fn(usize) -> bool,
) -> Vec<usize> {
    let mut scores: HashMap<usize, f64> = HashMap::new();
    for atom in quoted.iter().flat_map(|word| words::atoms(&word.text)) {
        let list = haystack.index().with(atom);
        for &paragraph in list.iter().take(MOST_PARAGRAPHS) {
            *scores.entry(paragraph as usize).or_default() += weight(list.len());
        }
    }
    scores.retain(|paragraph, _| allowed(*paragraph) && Some(*paragraph) != preferred);
    let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    preferred.into_iter().chain(ranked.into_iter().map(|(paragraph, _)| paragraph)).take(MOST_CANDIDATES).collect()
}

/// The weight of a word: the fewer paragraphs have it, the greater.
fn weight(paragraphs: usize) -> f64 {
    let paragraphs = u32::try_from(paragraphs).unwrap_or(u32::MAX);
    1.0 / (1.0 + f64::from(paragraphs).ln())
}

fn compare(haystack: &Haystack, paragraph: usize, quoted: &[Word]) -> Option<Nearest> {
    let folded = haystack.folded(paragraph, Tier::Hyphenation);
    let text = haystack.paragraph(paragraph)?;
    let source = separated(folded, MOST_SOURCE);
    let steps = Alignment::new(quoted, &source).steps();
    let used = || steps.iter().filter_map(|step| step.1);
    let range = source[used().min()?].range.start..source[used().max()?].range.end;
    let cut = |step: Option<&Step>, is_start: bool| {
        let (Some(own), Some(other), 0) = *step? else { return None };
        cut_word(text, folded, &quoted[own], &source[other], is_start)
    };
    let inside = steps.iter().filter_map(|&step| difference(quoted, &source, step));
    let differing: Vec<WordDifference> =
        cut(steps.first(), true).into_iter().chain(inside).chain(cut(steps.last(), false)).collect();
    let has_reading_break = text[range.clone()].contains(READING_BREAK);
    Some(Nearest { paragraph, range, words_differing: differing.len(), differing, has_reading_break })
}

/// The first or last word of the quotation, if the source has there a word, sign or apostrophe that it cuts.
fn cut_word(text: &str, folded: &FoldedText, quoted: &Word, source: &Word, is_start: bool) -> Option<WordDifference> {
    let length = quoted.text.len();
    let at = if quoted.altered {
        return None;
    } else if is_start && source.text.ends_with(&quoted.text) {
        folded.original_range(source.folded.end - length..source.folded.end).start
    } else if !is_start && source.text.starts_with(&quoted.text) {
        folded.original_range(source.folded.start..source.folded.start + length).end
    } else {
        return None;
    };
    let whole = edges::widened(text, &if is_start { at..source.range.end } else { source.range.start..at });
    let is_cut = if is_start { whole.start < at } else { whole.end > at };
    let source = text.get(if is_start { whole.start..source.range.end } else { source.range.start..whole.end })?;
    is_cut.then(|| WordDifference {
        quoted: Some((quoted.range.clone(), quoted.text.clone())),
        source: Some(source.to_owned()),
    })
}

fn difference(quoted: &[Word], source: &[Word], step: Step) -> Option<WordDifference> {
    let (left, right, cost) = step;
    (cost > 0).then(|| WordDifference {
        quoted: left.map(|at| (quoted[at].range.clone(), quoted[at].text.clone())),
        source: right.map(|at| source[at].text.clone()),
    })
}

fn quoted_words(quotation: &Quotation) -> Vec<Word> {
    let all = separated(&FoldedText::new(quotation.text(), Tier::Hyphenation), MOST_QUOTED);
    let mut kept: Vec<Word> = Vec::with_capacity(all.len());
    for mut word in all {
        let touches = |mark: &&Mark| mark.range.start < word.range.end && word.range.start < mark.range.end;
        match quotation.marks().iter().find(touches).map(|mark| mark.kind) {
            Some(MarkKind::Omission | MarkKind::Words) => {
                kept.iter_mut().rev().take(1).for_each(|before| before.gap_after = true);
            }
            mark => {
                word.altered = mark.is_some();
                kept.push(word);
            }
        }
    }
    kept
}

fn separated(folded: &FoldedText, most: usize) -> Vec<Word> {
    let mut at = 0;
    let tokens = folded.as_str().split_inclusive([' ', READING_BREAK]).map(|token| {
        let start = at;
        at += token.len();
        (start, token.trim_end_matches([' ', READING_BREAK]))
    });
    let tokens = tokens.filter(|(_, token)| !token.is_empty()).take(most);
    tokens
        .map(|(start, token)| Word {
            text: token.to_owned(),
            range: folded.original_range(start..start + token.len()),
            folded: start..start + token.len(),
            altered: false,
            gap_after: false,
        })
        .collect()
}

/// A word of the quotation, a word of the source, and whether they differ (0 or 1).
type Step = (Option<usize>, Option<usize>, u16);

/// A way to reach a cell: total cost, the cell before, the step.
type Choice = (u16, (usize, usize), Step);

/// The cheapest alignment of the quotation with one passage of the source; the passage may begin and end anywhere.
struct Alignment<'a> {
    quoted: &'a [Word],
    source: &'a [Word],
    /// The costs row by row, one row for each prefix of the quotation.
    costs: Vec<u16>,
}

impl<'a> Alignment<'a> {
    fn new(quoted: &'a [Word], source: &'a [Word]) -> Self {
        let mut alignment = Self { quoted, source, costs: vec![0; (quoted.len() + 1) * (source.len() + 1)] };
        for row in 1..=quoted.len() {
            for column in 0..=source.len() {
                let best = alignment.choices(row, column).into_iter().flatten().map(|(cost, _, _)| cost).min();
                let at = alignment.at(row, column);
                alignment.costs[at] = best.unwrap_or_default();
            }
        }
        alignment
    }

    fn at(&self, row: usize, column: usize) -> usize {
        row * (self.source.len() + 1) + column
    }

    /// The ways to reach a cell. A pair of words comes first.
    fn choices(&self, row: usize, column: usize) -> [Option<Choice>; 3] {
        let reach = |row: usize, column: usize, step: Step| {
            Some((self.costs[self.at(row, column)].saturating_add(step.2), (row, column), step))
        };
        let quoted = row - 1;
        let skip_source = u16::from(!self.quoted[quoted].gap_after && row < self.quoted.len());
        let free_end = row == self.quoted.len();
        match column.checked_sub(1) {
            None => [reach(quoted, 0, (Some(quoted), None, 1)), None, None],
            Some(source) => {
                let cost = u16::from(!self.are_same(quoted, source));
                let added = if free_end { None } else { reach(row, source, (None, Some(source), skip_source)) };
                [
                    reach(quoted, source, (Some(quoted), Some(source), cost)),
                    reach(quoted, column, (Some(quoted), None, 1)),
                    added,
                ]
            }
        }
    }

    /// True if two words match. At the ends of the quotation the source may have more punctuation.
    fn are_same(&self, quoted: usize, source: usize) -> bool {
        let (word, other) = (&self.quoted[quoted], self.source[source].text.as_str());
        let without_words = |rest: &str| !rest.contains(char::is_alphanumeric);
        word.altered
            || word.text == other
            || quoted == 0 && other.strip_suffix(&word.text).is_some_and(without_words)
            || quoted + 1 == self.quoted.len() && other.strip_prefix(&word.text).is_some_and(without_words)
    }

    fn steps(&self) -> Vec<Step> {
        let mut row = self.quoted.len();
        // At the same cost, a longer word in the place of the last one says more than a word too many: it was cut.
        let is_cut = |column: usize| {
            let (quoted, source) = (self.quoted.last()?, self.source.get(column.checked_sub(1)?)?);
            source.text.starts_with(&quoted.text).then_some(())
        };
        let last = |column: &usize| (self.costs[self.at(row, *column)], is_cut(*column).is_none());
        let mut column = (0..=self.source.len()).min_by_key(last).unwrap_or_default();
        let mut steps = Vec::new();
        while row > 0 {
            let best = self.choices(row, column).into_iter().flatten().min_by_key(|(cost, _, _)| *cost);
            let Some((_, before, step)) = best else { break };
            (row, column) = before;
            steps.push(step);
        }
        steps.reverse();
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::super::find::QuotationVerdict;
    use super::*;

    const SOURCE: &[&str] = &[
        "On 24 February 2022, officers took the activist from his flat.",
        "The court sentenced him to 13.5 years, he said.",
        "They saw three women. He was arrested and was not beaten in custody.",
        "The judge spoke of the law to the others.",
        "The fine was −500 crowns for readers aged ≥ 65 years, or 5 % of it; she saw the patients’ files.",
    ];

    fn haystack() -> Haystack {
        Haystack::new(SOURCE.iter().map(|&paragraph| paragraph.to_owned()).collect())
    }

    /// Quotation, nearest passage, pairs of differing words.
    type Near = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

    const NEAREST: &[Near] = &[
        ("court sentenced her to 13.5 years", "court sentenced him to 13.5 years,", &[("her", "him")]),
        ("officers took activist from his", "officers took the activist from his", &[("", "the")]),
        ("officers took the old activist from", "officers took the activist from", &[("old", "")]),
        (
            "[h]e was arrested […] beat in custody",
            "He was arrested and was not beaten in custody.",
            &[("beat", "beaten")],
        ),
        ("500 crowns for readers", "−500 crowns for readers", &[("500", "−500")]),
        ("65 years, or 5", "65 years, or 5", &[("65", "≥ 65"), ("5", "5 %")]),
        ("she saw the patients", "she saw the patients’", &[("patients", "patients’")]),
        ("and was not beaten, in custody", "and was not beaten in custody.", &[("beaten,", "beaten")]),
    ];

    #[test]
    fn an_absent_quotation_gets_its_nearest_passage() {
        for &(typed, passage, differing) in NEAREST {
            let quotation = Quotation::parse(typed).expect(typed);
            let verdict = haystack().verify(&quotation, Some(3), &|_| true);
            let QuotationVerdict::Absent { nearest: Some(nearest) } = verdict else { panic!("{typed:?}: {verdict:?}") };
            assert_eq!(&SOURCE[nearest.paragraph][nearest.range.clone()], passage, "{typed:?}");
            let word = |word: &Option<String>| word.clone().unwrap_or_default();
            let pairs = nearest.differing.iter().map(|difference| {
                let quoted = difference.quoted.as_ref().map(|(range, word)| {
                    assert_eq!(&quotation.text()[range.clone()], word);
                    word.clone()
                });
                (word(&quoted), word(&difference.source))
            });
            let expected = differing.iter().map(|&(quoted, source)| (quoted.to_owned(), source.to_owned()));
            assert_eq!(pairs.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{typed:?}");
            assert_eq!(nearest.words_differing, differing.len());
        }
    }

    #[test]
    fn a_passage_across_a_break_of_reading_is_told() {
        let haystack = Haystack::new(vec!["The court held that\u{2029} the fine was paid.".to_owned()]);
        for typed in ["court held that the fine", "court held […] the fine was paid"] {
            let quotation = Quotation::parse(typed).expect(typed);
            let verdict = haystack.verify(&quotation, None, &|_| true);
            let QuotationVerdict::Absent { nearest: Some(nearest) } = verdict else { panic!("{typed:?}: {verdict:?}") };
            assert_eq!((nearest.words_differing, nearest.has_reading_break), (0, true), "{typed}");
        }
    }

    #[test]
    fn words_unlike_the_source_have_no_nearest_passage() {
        let quotation = Quotation::parse("entirely other matters altogether").expect("a quotation");
        assert_eq!(haystack().verify(&quotation, None, &|_| true), QuotationVerdict::Absent { nearest: None });
    }
}
