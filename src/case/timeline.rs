//! The state of a case on a date: the facts that count, the replaced states, the awaited decisions.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::citation::Citation;
use super::date::Date;
use super::fact::Fact;
use super::model::Case;
use super::state::{FactKind, StateChange};
use crate::document::FactId;

/// The clock by which a fact counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// It counts once it had happened.
    Event,
    /// It counts once a source had published it, so that a dated paper could know it.
    #[default]
    Knowledge,
}

/// The state of a case on a date, before any audience is considered.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The facts that count, with the day from which each is known.
    pub counted: BTreeMap<FactId, Option<NaiveDate>>,
    /// Facts that no longer hold, with the fact that took their place.
    pub superseded: BTreeMap<FactId, FactId>,
    /// Pairs of current states of one topic without an order between them: topic, one, other.
    pub ties: Vec<(String, FactId, FactId)>,
}

impl Case {
    /// The state of the case at the end of the day `as_of`.
    #[must_use]
    pub fn standing(&self, as_of: NaiveDate, clock: Clock) -> Standing {
        let counted: BTreeMap<FactId, Option<NaiveDate>> = self
            .facts
            .values()
            .filter(|fact| self.counts(fact, as_of, clock))
            .map(|fact| (fact.id.clone(), self.known_from(fact)))
            .collect();
        let mut superseded = BTreeMap::new();
        for id in counted.keys() {
            self.supersede(&self.facts[id], as_of, &mut superseded);
        }
        for id in counted.keys() {
            if let Some(by) = self.whole_of(id).and_then(|whole| superseded.get(whole)).cloned() {
                superseded.entry(id.clone()).or_insert(by);
            }
        }
        let ties = self.ties(&counted, &superseded);
        Standing { counted, superseded, ties }
    }

    /// A change also reaches past states that do not count: replacing the second state replaces the first too.
    fn supersede(&self, fact: &Fact, as_of: NaiveDate, superseded: &mut BTreeMap<FactId, FactId>) {
        let FactKind::State { change, until, .. } = &fact.kind else { return };
        if until.as_ref().is_some_and(|until| until.last <= as_of) {
            superseded.entry(fact.id.clone()).or_insert_with(|| fact.id.clone());
        }
        let mut target = change.supersedes();
        while let Some(id) = target {
            let newest = superseded.get(id).and_then(|by| self.facts.get(by)).and_then(Fact::date);
            if newest.is_none_or(|newest| fact.date().is_some_and(|date| date.last < newest.last)) {
                superseded.insert(id.clone(), fact.id.clone());
            }
            target = self.facts.get(id).and_then(|fact| fact.change()?.supersedes());
        }
    }

    fn ties(
        &self,
        counted: &BTreeMap<FactId, Option<NaiveDate>>,
        superseded: &BTreeMap<FactId, FactId>,
    ) -> Vec<(String, FactId, FactId)> {
        let mut current: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
        for id in counted.keys().filter(|id| !superseded.contains_key(*id)) {
            let fact = &self.facts[id];
            if let FactKind::State { topic, change, .. } = &fact.kind
                && !matches!(change, StateChange::Adds(_))
            {
                current.entry(topic).or_default().push(fact);
            }
        }
        let pairs = current.into_iter().filter(|(_, facts)| facts.len() > 1);
        pairs.map(|(topic, facts)| (topic.to_owned(), facts[0].id.clone(), facts[1].id.clone())).collect()
    }

    fn counts(&self, fact: &Fact, as_of: NaiveDate, clock: Clock) -> bool {
        let happened = self.date_of(fact).is_some_and(|date| date.last <= as_of);
        let known = match clock {
            Clock::Event => fact.sets.iter().any(|set| self.survives(set)) || fact.sets.is_empty(),
            Clock::Knowledge => self.known_from(fact).is_some_and(|day| day <= as_of),
        };
        let whole = fact.part_of.as_ref().and_then(|whole| self.facts.get(whole));
        happened && known && whole.is_none_or(|whole| self.counts(whole, as_of, clock))
    }

    /// The date of a fact; a detail has that of its whole, a derived fact that of its latest input.
    #[must_use]
    pub fn date_of<'a>(&'a self, fact: &'a Fact) -> Option<&'a Date> {
        fact.date().or_else(|| {
            let whole = fact.part_of.as_ref().and_then(|whole| self.facts.get(whole))?;
            self.date_of(whole)
        })
    }

    /// The topic of a fact; a detail has that of its whole.
    #[must_use]
    pub fn topic_of<'a>(&'a self, fact: &'a Fact) -> Option<&'a str> {
        fact.topic().or_else(|| {
            let whole = fact.part_of.as_ref().and_then(|whole| self.facts.get(whole))?;
            self.topic_of(whole)
        })
    }

    fn whole_of(&self, id: &FactId) -> Option<&FactId> {
        self.facts.get(id)?.part_of.as_ref()
    }

    /// The day from which a fact is known: when the last source of its earliest sufficient set was published.
    #[must_use]
    pub fn known_from(&self, fact: &Fact) -> Option<NaiveDate> {
        let by_sets =
            fact.sets.iter().filter(|set| self.survives(set)).filter_map(|set| self.set_known_from(set)).min();
        by_sets.or_else(|| {
            let inputs: Vec<&Fact> =
                fact.derived.iter().flat_map(|derived| &derived.from).filter_map(|id| self.facts.get(id)).collect();
            let known: Option<Vec<NaiveDate>> = inputs.iter().map(|input| self.known_from(input)).collect();
            known?.into_iter().max()
        })
    }

    /// The day from which every source of a set was published.
    #[must_use]
    pub fn set_known_from(&self, set: &[Citation]) -> Option<NaiveDate> {
        let days: Option<Vec<NaiveDate>> =
            set.iter().map(|citation| self.records.get(&citation.source)?.known_from()).collect();
        days?.into_iter().max()
    }

    /// The case as it would be if every source still stood.
    #[must_use]
    pub fn as_if_nothing_was_withdrawn(&self) -> Self {
        let mut case = self.clone();
        case.records.values_mut().for_each(|record| record.withdrawn = None);
        case
    }

    /// True if no source of the set was withdrawn.
    fn survives(&self, set: &[Citation]) -> bool {
        !set.is_empty()
            && set
                .iter()
                .all(|citation| self.records.get(&citation.source).is_some_and(|record| record.withdrawn.is_none()))
    }
}
