//! Matching one quotation against one folded paragraph.

use std::collections::HashSet;
use std::ops::Range;

use super::characters::{READING_BREAK, is_letter_or_mark};
use super::fold::{FoldedText, Tier};
use super::occurrences::Needle;
use super::quotation::{MarkKind, Quotation};
use super::{edges, words};

/// The most words that an omission may leave out.
pub const LONGEST_OMISSION: usize = 60;
/// The most words of the source that a bracket with words may replace.
pub const LONGEST_REPLACEMENT: usize = 3;
/// The most letters of the source that an altered ending may replace. With one more, `use[ful]` would match `useless`.
pub const LONGEST_ENDING: usize = 3;

/// A quotation folded for one tier: runs of words, and the marks between them.
#[derive(Debug)]
pub(super) struct QuotationPattern {
    runs: Vec<Run>,
    /// True if an altered ending follows the last run.
    ending: bool,
}

#[derive(Debug)]
struct Run {
    words: Needle,
    before: Option<Joint>,
}

/// The mark before a run.
#[derive(Debug)]
struct Joint {
    kind: MarkKind,
    /// The folded words inside the bracket.
    inside: String,
    /// True if the next run continues the same word.
    touches_next: bool,
}

/// The result of comparing the text between two runs with the mark between them.
#[derive(PartialEq)]
enum Fit {
    Yes,
    No,
    /// The text is too long; every later place would leave out still more.
    TooFar,
}

impl QuotationPattern {
    /// The quotation as plain text, its brackets included.
    pub(super) fn literal(quotation: &Quotation, tier: Tier) -> Self {
        let words = Needle::new(quotation.text(), tier);
        Self { runs: vec![Run { words, before: None }], ending: false }
    }

    /// The quotation with its marks read; `None` if it has none.
    pub(super) fn marked(quotation: &Quotation, tier: Tier) -> Option<Self> {
        let last = quotation.marks().last()?;
        let text = quotation.text();
        let has_words = |stretch: &Range<usize>| text[stretch.clone()].contains(char::is_alphanumeric);
        let joints = quotation.marks().iter().map(|mark| Some(Joint::new(text, mark.range.clone(), mark.kind, tier)));
        let stretches = quotation.stretches().zip([None].into_iter().chain(joints));
        // Only outside an altered first or last word are there no words; punctuation there is ignored.
        let runs = stretches
            .filter(|(stretch, _)| has_words(stretch))
            .map(|(stretch, before)| Run { words: Needle::new(&text[stretch], tier), before });
        Some(Self { runs: runs.collect(), ending: !has_words(&(last.range.end..text.len())) })
    }

    /// The places of the runs in the original, one range for each run; altered places lie outside the ranges.
    pub(super) fn find(&self, paragraph: &str, folded: &FoldedText) -> Option<Vec<Range<usize>>> {
        let mut search = Search { pattern: self, paragraph, folded, failed: HashSet::new(), places: Vec::new() };
        let first = self.runs.first()?;
        let found = first
            .words
            .places(folded, 0)
            .any(|place| search.starts_well(first, place.start) && search.goes_on(0, &place));
        found.then(|| search.ranges())
    }

    /// The runs of letters and digits that every matching paragraph must have.
    pub(super) fn atoms(&self) -> Vec<&str> {
        let mut atoms = Vec::new();
        for (at, run) in self.runs.iter().enumerate() {
            let mut whole: Vec<&str> = words::atoms(run.words.as_str()).collect();
            if self.ends_inside_word(at) {
                whole.pop();
            }
            let cut = usize::from(run.before.as_ref().is_some_and(|joint| joint.touches_next));
            atoms.extend(whole.into_iter().skip(cut));
        }
        atoms
    }

    fn ends_inside_word(&self, run: usize) -> bool {
        let next = self.runs.get(run + 1).map(|next| next.before.as_ref());
        next.map_or(self.ending, |joint| joint.is_some_and(|joint| joint.kind == MarkKind::Ending))
    }
}

impl Joint {
    fn new(text: &str, range: Range<usize>, kind: MarkKind, tier: Tier) -> Self {
        let touches_next = match kind {
            MarkKind::Omission | MarkKind::Words => false,
            MarkKind::Beginning => true,
            MarkKind::Ending => text[range.end..].starts_with(char::is_alphanumeric),
        };
        let inside = FoldedText::new(&text[range.start + 1..range.end - 1], tier).as_str().trim().to_owned();
        Self { kind, inside, touches_next }
    }
}

struct Search<'a> {
    pattern: &'a QuotationPattern,
    paragraph: &'a str,
    folded: &'a FoldedText,
    /// Runs and places from which the rest did not match; each is tried only once.
    failed: HashSet<(usize, usize)>,
    /// The places of the runs so far.
    places: Vec<Range<usize>>,
}

impl Search<'_> {
    fn text(&self) -> &str {
        self.folded.as_str()
    }

    /// True if the runs from `run` on match, with `run` at this place.
    fn goes_on(&mut self, run: usize, place: &Range<usize>) -> bool {
        if self.failed.contains(&(run, place.start)) {
            return false;
        }
        self.places.push(place.clone());
        if self.ends_well(run, place.end) && self.finds_next(run + 1, place.end) {
            return true;
        }
        self.places.pop();
        self.failed.insert((run, place.start));
        false
    }

    fn finds_next(&mut self, run: usize, from: usize) -> bool {
        let pattern = self.pattern;
        let folded = self.folded;
        let Some(next) = pattern.runs.get(run) else { return true };
        for place in next.words.places(folded, from) {
            match self.fit(next, from, place.start) {
                Fit::TooFar => return false,
                Fit::Yes if self.starts_well(next, place.start) && self.goes_on(run, &place) => return true,
                Fit::Yes | Fit::No => {}
            }
        }
        false
    }

    fn starts_well(&self, run: &Run, start: usize) -> bool {
        match &run.before {
            Some(joint) if joint.kind == MarkKind::Beginning => self.start_of_word(joint, start).is_some(),
            Some(joint) if joint.touches_next => self.folded.is_edge(start),
            _ => self.is_free(start, true),
        }
    }

    fn ends_well(&self, run: usize, end: usize) -> bool {
        if !self.pattern.ends_inside_word(run) {
            return self.is_free(end, false);
        }
        self.folded.is_edge(end) && (run + 1 < self.pattern.runs.len() || self.ending(end))
    }

    /// True if the end of the quotation is followed by a few letters and then the end of the word.
    fn ending(&self, from: usize) -> bool {
        let rest = self.text()[from..].char_indices();
        let letters = rest.take_while(|(_, character)| is_letter_or_mark(*character));
        let ends = letters.map(|(at, character)| from + at + character.len_utf8());
        [from].into_iter().chain(ends).take(LONGEST_ENDING + 1).any(|end| self.is_free(end, false))
    }

    /// The byte at which the altered first letters before `start` begin, if they differ from the bracket only in case.
    fn start_of_word(&self, joint: &Joint, start: usize) -> Option<usize> {
        let before = self.text()[..start].char_indices().rev().take(joint.inside.chars().count());
        let at = before.last().map(|(at, _)| at)?;
        let same = words::fold_case_for_hint(&self.text()[at..start]) == words::fold_case_for_hint(&joint.inside);
        (same && self.folded.is_edge(start) && self.is_free(at, true)).then_some(at)
    }

    fn fit(&self, run: &Run, from: usize, start: usize) -> Fit {
        let Some(joint) = &run.before else { return Fit::No };
        if self.text()[from..start].contains(READING_BREAK) {
            return Fit::TooFar;
        }
        match joint.kind {
            MarkKind::Omission => fits(words::count(&self.text()[from..start]) <= LONGEST_OMISSION),
            MarkKind::Words => self.fit_of_words(joint, from, start),
            MarkKind::Ending => fit_of_ending(joint, &self.text()[from..start]),
            MarkKind::Beginning => match self.start_of_word(joint, start) {
                Some(at) if self.text().get(from..at).is_some_and(|gap| gap.trim().is_empty()) => Fit::Yes,
                _ if start - from > joint.inside.len() * 3 + 8 => Fit::TooFar,
                _ => Fit::No,
            },
        }
    }

    /// The mark stands for a few words without digits in one sentence, or the source has the same bracket.
    fn fit_of_words(&self, joint: &Joint, from: usize, start: usize) -> Fit {
        let gap = self.text()[from..start].trim();
        if is_bracket(gap, &joint.inside) {
            return Fit::Yes;
        }
        let is_forbidden = |character: char| character.is_numeric() || ".!?;:".contains(character);
        if words::count(gap) > LONGEST_REPLACEMENT.max(words::count(&joint.inside)) {
            return Fit::TooFar;
        }
        if words::count(gap) > LONGEST_REPLACEMENT || gap.contains(is_forbidden) { Fit::No } else { Fit::Yes }
    }

    /// True if the place cuts neither a word, with its signs, nor a character.
    fn is_free(&self, at: usize, is_start: bool) -> bool {
        if !self.folded.is_edge(at) {
            return false;
        }
        let original = if is_start {
            let next = self.text()[at..].chars().next().map_or(0, char::len_utf8);
            self.folded.original_range(at..at + next).start
        } else {
            self.folded.original_range(0..at).end
        };
        edges::is_free(self.paragraph, original)
    }

    fn ranges(&self) -> Vec<Range<usize>> {
        self.places.iter().map(|place| self.folded.original_range(place.clone())).collect()
    }
}

fn fits(yes: bool) -> Fit {
    if yes { Fit::Yes } else { Fit::TooFar }
}

/// The mark stands for a few letters at the end of the word before, then white space, unless the next run continues the
/// word.
fn fit_of_ending(joint: &Joint, gap: &str) -> Fit {
    let letters = if joint.touches_next { gap } else { gap.trim_end() };
    if is_bracket(letters, &joint.inside) {
        return Fit::Yes;
    }
    if letters.chars().count() > LONGEST_ENDING.max(joint.inside.chars().count() + 2) {
        return Fit::TooFar;
    }
    let few = letters.chars().count() <= LONGEST_ENDING;
    if few && letters.chars().all(is_letter_or_mark) { Fit::Yes } else { Fit::No }
}

fn is_bracket(gap: &str, inside: &str) -> bool {
    gap.strip_prefix('[').and_then(|gap| gap.strip_suffix(']')).is_some_and(|gap| gap.trim() == inside)
}
