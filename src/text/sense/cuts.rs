//! Quotations that are cut in the wrong place: a word outside of them turns the sense of words inside.

use std::ops::Range;

use super::cues::{Cue, cues};
use super::lexicon::Lexicon;
use super::reading::ReadText;
use super::token::SenseToken;

/// A word outside a quotation that turns words inside, or an omission that joins what the source keeps apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotationCut {
    /// The kind.
    pub kind: CutKind,
    /// The class of the words outside; `None` for an omission.
    pub class: Option<String>,
    /// The words outside, as bytes of the paragraph.
    pub range: Range<usize>,
}

/// The place of the words outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CutKind {
    /// They stand before the quotation.
    StartsAfter,
    /// They stand behind it.
    StopsBefore,
    /// They stand inside, and the clause that they open goes on behind it.
    StopsInside,
    /// An omission leaves them out.
    LeavesOut,
    /// An omission joins two sentences.
    JoinsSentences,
    /// An omission leaves out who does what follows.
    ChangesSubject,
}

/// The places at which a quotation is cut in a way that can change its sense; `quoted` are the bytes of its parts in
/// the paragraph, in order.
#[must_use]
pub fn cuts(paragraph: &str, quoted: &[Range<usize>], lexicon: &Lexicon) -> Vec<QuotationCut> {
    let touches = |sentence: &Range<usize>| quoted.iter().any(|part| overlap(part, sentence));
    let sentences: Vec<Range<usize>> = lexicon.sentences(paragraph).into_iter().filter(touches).collect();
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return Vec::new() };
    let start = first.start;
    let text = ReadText::new(&paragraph[start..last.end], &[], lexicon);
    let inside = quoted.iter().map(|part| part.start.saturating_sub(start)..part.end.saturating_sub(start)).collect();
    let cutting = Cutting { text, inside, start, lexicon };
    let mut cuts = cutting.turned();
    cuts.extend(cutting.joined());
    cuts
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A quotation in its sentences.
struct Cutting<'a> {
    text: ReadText,
    /// The parts of the quotation, as bytes of the text.
    inside: Vec<Range<usize>>,
    /// The first byte of the text in its paragraph.
    start: usize,
    lexicon: &'a Lexicon,
}

impl Cutting<'_> {
    /// The part in which a word stands.
    fn part(&self, word: usize) -> Option<usize> {
        self.inside.iter().position(|part| overlap(part, &self.text.tokens[word].range))
    }

    /// Cues outside that turn a word inside, and suppositions that go on outside.
    fn turned(&self) -> Vec<QuotationCut> {
        let all = cues(&self.text, self.lexicon).into_iter().filter(|cue| cue.class.cut);
        let cut = all.filter_map(|cue| {
            let range = self.bytes(&cue.words);
            let is_outside = cue.words.clone().any(|word| self.part(word).is_none());
            let kind = if is_outside {
                cue.turned.iter().any(|word| self.part(*word).is_some()).then(|| self.kind(&range))
            } else {
                (cue.class.supposes && self.goes_on(&cue)).then_some(CutKind::StopsInside)
            };
            Some(QuotationCut { kind: kind?, class: Some(cue.class.name.clone()), range })
        });
        cut.collect()
    }

    /// True if the clause of a cue inside goes on behind the quotation.
    fn goes_on(&self, cue: &Cue) -> bool {
        let tokens = &self.text.tokens;
        let end = self.inside.last().map_or(0, |last| last.end);
        let is_in_clause = |token: &&SenseToken| token.clause == tokens[cue.words.end - 1].clause;
        tokens.iter().filter(is_in_clause).any(|token| token.range.start >= end)
    }

    fn kind(&self, range: &Range<usize>) -> CutKind {
        let at = range.start - self.start;
        if self.inside.first().is_some_and(|first| at < first.start) {
            CutKind::StartsAfter
        } else if self.inside.last().is_some_and(|last| last.end <= at) {
            CutKind::StopsBefore
        } else {
            CutKind::LeavesOut
        }
    }

    /// The bytes of words in the paragraph.
    fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        let tokens = &self.text.tokens;
        self.start + tokens[words.start].range.start..self.start + tokens[words.end - 1].range.end
    }

    /// Omissions that join two sentences, or leave out who does what follows.
    fn joined(&self) -> Vec<QuotationCut> {
        let of = |part: usize| (0..self.text.tokens.len()).filter(move |word| self.part(*word) == Some(part));
        let gaps = (1..self.inside.len()).filter_map(|part| Some((of(part - 1).next_back()?, of(part).next()?)));
        gaps.filter_map(|(before, after)| self.joins(before, after)).collect()
    }

    fn joins(&self, before: usize, after: usize) -> Option<QuotationCut> {
        let tokens = &self.text.tokens;
        let left_out = before + 1..after;
        if left_out.is_empty() {
            return None;
        }
        let kind = if tokens[before].sentence != tokens[after].sentence {
            CutKind::JoinsSentences
        } else if (before + 1..=after).any(|word| self.opens_with_another(word)) {
            CutKind::ChangesSubject
        } else {
            return None;
        };
        Some(QuotationCut { kind, class: None, range: self.bytes(&left_out) })
    }

    /// True if a second statement begins at this word, or a clause with a name.
    fn opens_with_another(&self, word: usize) -> bool {
        let tokens = &self.text.tokens;
        let opens = word > 0 && tokens[word - 1].clause != tokens[word].clause;
        let is_relative = self.lexicon.opens_relative(tokens, word);
        self.lexicon.joins(tokens, word) || opens && !is_relative && tokens[word].capital
    }
}
