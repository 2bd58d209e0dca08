//! Cues that stand on one side alone: a negation that the statement leaves out, a "may" that became a fact.

use std::ops::Range;

use super::fast::FastSet;
use super::lexicon::{FoundCue, Lexicon};
use super::lists::{CueClass, CueReach};
use super::reading::{Partners, ReadText};
use super::{SenseDoubt, SenseDoubtKind};

/// The number of content words that a cue with the reach [`CueReach::Next`] turns.
const NEXT: usize = 2;

/// A cue in a text.
pub(super) struct Cue<'a> {
    pub(super) class: &'a CueClass,
    /// The indices of its words.
    pub(super) words: Range<usize>,
    /// The content words that it turns.
    pub(super) turned: Vec<usize>,
    /// All content words of its clause.
    beside: Vec<usize>,
    /// True if it raises no question where a statement has it.
    in_source: bool,
}

impl Cue<'_> {
    /// True if this cue may stand where the other one stands.
    fn stands_for(&self, other: &Cue) -> bool {
        self.class.name == other.class.name || other.class.stands_for.contains(&self.class.name)
    }

    fn touches(&self, words: &[usize]) -> bool {
        self.turned.iter().chain(&self.beside).any(|index| words.contains(index))
    }
}

pub(super) fn doubts(
    statement: &ReadText,
    source: &ReadText,
    partners: &Partners,
    lexicon: &Lexicon,
) -> Vec<SenseDoubt> {
    let sides = Sides { statement, source, partners, own: cues(statement, lexicon), theirs: cues(source, lexicon) };
    let mut doubts = sides.added();
    doubts.extend(sides.dropped());
    doubts
}

/// The cues of both sides.
struct Sides<'a> {
    statement: &'a ReadText,
    source: &'a ReadText,
    partners: &'a Partners,
    own: Vec<Cue<'a>>,
    theirs: Vec<Cue<'a>>,
}

impl Sides<'_> {
    /// Cues of the statement for which the source has none.
    fn added(&self) -> Vec<SenseDoubt> {
        let open = self.own.iter().filter(|cue| cue.class.added && !cue.in_source && !self.is_grounded(cue));
        let range = |words: &Range<usize>| {
            self.statement.tokens[words.start].range.start..self.statement.tokens[words.end - 1].range.end
        };
        open.map(|cue| SenseDoubt {
            kind: SenseDoubtKind::Added(cue.class.name.clone()),
            range: range(&cue.words),
            against: None,
        })
        .collect()
    }

    /// True if the statement has as many cues of a paired class as the source: each may answer for one there.
    fn are_as_many(&self, class: &CueClass) -> bool {
        let count = |cues: &[Cue]| cues.iter().filter(|cue| cue.class.name == class.name).count();
        class.paired && count(&self.own) == count(&self.theirs)
    }

    fn is_grounded(&self, cue: &Cue) -> bool {
        if self.are_as_many(cue.class) {
            return true;
        }
        let own = cue.turned.iter().chain(&cue.beside);
        let met: Vec<usize> = own.flat_map(|index| self.partners.of(*index)).copied().collect();
        let fits = |other: &Cue| !cue.class.paired || met.is_empty() || other.touches(&met);
        self.theirs.iter().filter(|other| other.stands_for(cue)).any(fits)
    }

    /// Cues of the source that the statement leaves out at the same words.
    fn dropped(&self) -> Vec<SenseDoubt> {
        let mut doubts = Vec::new();
        let mut used = FastSet::default();
        for cue in self.theirs.iter().filter(|cue| cue.class.dropped && !self.are_as_many(cue.class)) {
            let met = self.met(cue);
            let Some(first) = met.first() else { continue };
            let fits = |(number, own): &(usize, &Cue)| {
                own.stands_for(cue) && (!cue.class.paired || !used.contains(number) && own.touches(&met))
            };
            match self.own.iter().enumerate().find(fits) {
                Some((number, _)) => {
                    used.insert(number);
                }
                None => doubts.push(SenseDoubt {
                    kind: SenseDoubtKind::Dropped(cue.class.name.clone()),
                    range: self.statement.tokens[*first].range.clone(),
                    against: Some(self.words(cue)),
                }),
            }
        }
        doubts
    }

    /// The content words of the statement that a cue turns in the source, and that stand nowhere in the source without
    /// it.
    fn met(&self, cue: &Cue) -> Vec<usize> {
        let is_turned = |index: &usize| {
            let there = self.partners.of(*index);
            self.statement.is_content(*index) && !there.is_empty() && there.iter().all(|at| cue.turned.contains(at))
        };
        (0..self.statement.tokens.len()).filter(is_turned).collect()
    }

    fn words(&self, cue: &Cue) -> String {
        let words = self.source.tokens[cue.words.clone()].iter().map(|token| token.word.as_str());
        words.collect::<Vec<_>>().join(" ")
    }
}

/// The cues of a text, without those in a name or date.
pub(super) fn cues<'a>(text: &ReadText, lexicon: &'a Lexicon) -> Vec<Cue<'a>> {
    let found = lexicon.cues(&text.tokens).into_iter();
    found
        .filter(|found| !found.words.clone().any(|index| text.is_known(index)))
        .map(|FoundCue { class, words, in_source }| {
            let scope = Scope { text, lexicon, words: &words };
            let (turned, beside) = (scope.turned(class.reach), scope.beside());
            Cue { class, words, turned, beside, in_source }
        })
        .collect()
}

/// The surroundings of a cue.
struct Scope<'a> {
    text: &'a ReadText,
    lexicon: &'a Lexicon,
    words: &'a Range<usize>,
}

impl Scope<'_> {
    fn turned(&self, reach: CueReach) -> Vec<usize> {
        match reach {
            CueReach::Next => self.next(),
            CueReach::Clause => self.clause(),
            CueReach::Rest if self.ends_clause() => Vec::new(),
            CueReach::Rest => self.rest(),
            CueReach::Speech => self.speech(),
            CueReach::Sentence => self.sentence(self.statement()),
        }
    }

    fn behind(&self) -> Range<usize> {
        self.words.end..self.text.tokens.len()
    }

    fn is_in_clause(&self, index: usize) -> bool {
        self.text.tokens[index].clause == self.text.tokens[self.words.end - 1].clause
    }

    /// All content words of the clause.
    fn beside(&self) -> Vec<usize> {
        let others = (0..self.text.tokens.len()).filter(|index| !self.words.contains(index));
        others.filter(|index| self.is_in_clause(*index) && self.text.is_content(*index)).collect()
    }

    /// The next content words of the clause; without any, the last of the clause; without those, the next of the
    /// sentence. If a clause with what is said follows, all of it: "found no evidence that …".
    fn next(&self) -> Vec<usize> {
        let clause = self.behind().take_while(|index| self.is_in_clause(*index));
        let clause: Vec<usize> = clause.collect();
        let after = clause.last().map_or(self.words.end, |last| last + 1);
        let said = self.text.tokens.get(after).is_some_and(|token| self.lexicon.opens_content(token));
        let content: Vec<usize> = clause.into_iter().filter(|index| self.text.is_content(*index)).collect();
        if said && content.len() <= NEXT {
            return self.content_clause(after);
        }
        if !content.is_empty() {
            return content.into_iter().take(NEXT).collect();
        }
        let mut beside = self.beside();
        if beside.is_empty() {
            return self.rest().into_iter().take(NEXT).collect();
        }
        beside.reverse();
        beside.truncate(NEXT);
        beside
    }

    /// The content words of what is said from a word on, up to the comma that ends it.
    fn content_clause(&self, opener: usize) -> Vec<usize> {
        let tokens = &self.text.tokens;
        let goes_on =
            |index: usize| self.lexicon.opens_content(&tokens[index]) || self.lexicon.opens_relative(tokens, index);
        let ends = |index: &usize| tokens[*index].divided && !goes_on(*index);
        let end = (opener + 1..tokens.len()).find(ends).unwrap_or(tokens.len());
        self.rest().into_iter().filter(|index| *index < end).collect()
    }

    /// The content words of the rest of the clause; if there are none, of the rest of the statement.
    fn clause(&self) -> Vec<usize> {
        let clause = self.behind().take_while(|index| self.is_in_clause(*index));
        let clause: Vec<usize> = clause.filter(|index| self.text.is_content(*index)).collect();
        if clause.is_empty() { self.rest() } else { clause }
    }

    fn rest(&self) -> Vec<usize> {
        self.sentence(self.words.end..self.statement().end)
    }

    /// True if a comma stands behind the cue: "imprisoned on these charges, he …".
    fn ends_clause(&self) -> bool {
        let next = self.text.tokens.get(self.words.end);
        next.is_some_and(|next| next.divided && !self.lexicon.opens_content(next)) && self.words.start > 0
    }

    /// The words of the statement in which the cue stands: a clause with `and` or `but`, or a clause inserted between
    /// commas.
    fn statement(&self) -> Range<usize> {
        let tokens = &self.text.tokens;
        let opens = |index: usize| self.lexicon.opens_relative(tokens, index);
        let divided =
            |index: &usize| tokens[*index].divided || tokens[*index].sentence != tokens[self.words.start].sentence;
        let inserted = (0..=self.words.start).rev().find(divided).filter(|index| opens(*index));
        if let Some(start) = inserted {
            let end = self.behind().find(divided).unwrap_or(tokens.len());
            return start..end;
        }
        let joins = |index: &usize| self.lexicon.joins(tokens, *index);
        // The cue can begin with such a word itself: "but not".
        let start = (0..self.words.start).rev().find(joins).unwrap_or(0);
        let end = self.behind().find(joins).unwrap_or(tokens.len());
        start..end
    }

    /// The words said: the rest of the sentence, or the part before the cue if the sentence ends with the speaker.
    fn speech(&self) -> Vec<usize> {
        let rest = self.rest();
        if rest.iter().all(|index| self.text.tokens[*index].capital) {
            self.sentence(self.statement().start..self.words.start)
        } else {
            rest
        }
    }

    /// The content words of the sentence in a part of the text.
    fn sentence(&self, within: Range<usize>) -> Vec<usize> {
        let sentence = self.text.tokens[self.words.start].sentence;
        let others = within.filter(|index| !self.words.contains(index));
        others.filter(|index| self.text.tokens[*index].sentence == sentence && self.text.is_content(*index)).collect()
    }
}
