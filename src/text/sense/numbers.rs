//! Numbers that stand with other words in the statement than in the source: "nine withdrew" for "nine signed, two
//! withdrew", "admitted at 00:40" for "returned at 00:40 and was admitted at 01:25".

use super::lexicon::Lexicon;
use super::reading::{Partners, ReadText};
use super::{SenseDoubt, SenseDoubtKind};

/// The number of words behind a number among which the counted thing is looked for.
const NEAR: usize = 3;

pub(super) fn doubts(
    statement: &ReadText,
    source: &ReadText,
    partners: &Partners,
    lexicon: &Lexicon,
) -> Vec<SenseDoubt> {
    let pairing = Pairing { statement, source, partners, lexicon };
    let open = (0..statement.tokens.len()).filter(|index| pairing.is_swapped(*index));
    open.map(|index| SenseDoubt {
        kind: SenseDoubtKind::Number,
        range: statement.tokens[index].range.clone(),
        against: None,
    })
    .collect()
}

struct Pairing<'a> {
    statement: &'a ReadText,
    source: &'a ReadText,
    partners: &'a Partners,
    lexicon: &'a Lexicon,
}

impl Pairing<'_> {
    /// True for a number of the source that stands with words which belong to another number there.
    fn is_swapped(&self, index: usize) -> bool {
        let Some(value) = self.lexicon.value(&self.statement.tokens[index]) else { return false };
        // A date is compared as a whole, and the number of an article counts nothing.
        if self.statement.is_known(index) || value.contains('.') || is_year_or_one(value) {
            return false;
        }
        let is_same = |at: &usize| self.lexicon.value(&self.source.tokens[*at]) == Some(value);
        let there: Vec<usize> = (0..self.source.tokens.len()).filter(is_same).collect();
        !there.is_empty()
            && (self.counts_another_thing(index, &there) || self.stands_in_another_clause(index, value, &there))
    }

    /// True if the thing that the number counts stands in the source, but not near this number.
    fn counts_another_thing(&self, index: usize, there: &[usize]) -> bool {
        let Some(thing) = self.counted(index) else { return false };
        let partners = self.partners.of(thing);
        let is_near = |own: &usize| (own.saturating_sub(NEAR)..=own + NEAR + 1).any(|at| partners.contains(&at));
        !partners.is_empty() && !there.iter().any(is_near)
    }

    /// The first content word behind a number, if it stands near in the same clause.
    fn counted(&self, index: usize) -> Option<usize> {
        let tokens = &self.statement.tokens;
        let near = (index + 1..tokens.len()).take(NEAR);
        near.take_while(|at| tokens[*at].clause == tokens[index].clause).find(|at| !self.lexicon.is_light(&tokens[*at]))
    }

    /// True if no word of the number's clause stands in its clause of the source, and one stands beside another number.
    fn stands_in_another_clause(&self, index: usize, value: &str, there: &[usize]) -> bool {
        let (own, source) = (&self.statement.tokens, &self.source.tokens);
        let beside = (0..own.len()).filter(|at| *at != index && own[*at].clause == own[index].clause);
        let beside: Vec<usize> =
            beside.filter(|at| !self.lexicon.is_light(&own[*at]) && !self.partners.of(*at).is_empty()).collect();
        let together = |at: &usize| there.iter().any(|number| source[*number].clause == source[*at].clause);
        let by_another = |at: &usize| {
            let clause = source.iter().filter(|token| token.clause == source[*at].clause);
            clause.filter_map(|token| self.lexicon.value(token)).any(|other| other != value)
        };
        !beside.is_empty()
            && !beside.iter().any(|word| self.partners.of(*word).iter().any(together))
            && beside.iter().any(|word| self.partners.of(*word).iter().all(by_another))
    }
}

/// True for a year, which counts nothing, and for one, which is seldom a count.
fn is_year_or_one(value: &str) -> bool {
    value.parse().is_ok_and(|number: u32| number == 1 || (1900..2100).contains(&number))
}
