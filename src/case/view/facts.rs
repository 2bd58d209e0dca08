//! The facts that may be told, with their citations and their firmness.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cut::Cut;
use crate::case::{Citation, Date, Fact, FactKind, Status};
use crate::document::{ClaimId, FactId};

/// A fact as it may be told.
#[derive(Debug, Clone)]
pub struct Told {
    /// The fact.
    pub fact: Fact,
    /// Its date; a detail has the date of its whole.
    pub date: Option<Date>,
    /// Its topic; a detail has the topic of its whole.
    pub topic: Option<String>,
    /// The sufficient set of citations that is printed.
    pub cites: Vec<Citation>,
    /// The citations that corroborate it.
    pub also: Vec<Citation>,
    /// Its firmness by the citations that remain after the cut.
    pub status: Status,
    /// The fact that replaced it.
    pub superseded_by: Option<FactId>,
}

impl Told {
    /// The first day on which the state is known to hold.
    #[must_use]
    pub fn known_since(&self) -> Option<NaiveDate> {
        let FactKind::State { from, seen, .. } = &self.fact.kind else { return None };
        from.as_ref().or(seen.as_ref()).map(|date| date.first)
    }

    /// The last day on which the state is known to hold.
    #[must_use]
    pub fn known_until(&self) -> Option<NaiveDate> {
        let FactKind::State { from, seen, until, .. } = &self.fact.kind else { return None };
        until.as_ref().or(seen.as_ref()).or(from.as_ref()).map(|date| date.last)
    }

    /// True if it still holds. An event always does.
    #[must_use]
    pub fn current(&self) -> bool {
        self.superseded_by.is_none()
    }
}

impl Cut<'_> {
    pub(super) fn facts(&mut self) -> Vec<Told> {
        let mut told: BTreeMap<FactId, Told> = BTreeMap::new();
        for fact in self.case.facts.values() {
            match self.tell(fact) {
                Ok(fact) => {
                    told.insert(fact.fact.id.clone(), fact);
                }
                Err(why) => self.drop(ClaimId::Fact(fact.id.clone()), why),
            }
        }
        self.cut_dependent(&mut told);
        let mut facts: Vec<Told> = told.into_values().collect();
        self.sort(&mut facts);
        facts
    }

    pub(super) fn sort(&self, facts: &mut [Told]) {
        facts.sort_by_cached_key(|told| {
            let date = told.date.as_ref().map(|date| date.last);
            (date, self.known_from(told), told.fact.order)
        });
    }

    /// The day from which a fact is known to this audience. Sources that the audience may not see do not count.
    fn known_from(&self, told: &Told) -> Option<NaiveDate> {
        let sets = told.fact.sets.iter().filter(|set| set.iter().all(|citation| self.allows(citation)));
        let known = sets.filter_map(|set| self.case.set_known_from(set)).min();
        known.or_else(|| self.standing.counted.get(&told.fact.id).copied().flatten())
    }

    fn tell(&self, fact: &Fact) -> Result<Told, &'static str> {
        if !self.standing.counted.contains_key(&fact.id) {
            return Err(if self.taken_back(fact) {
                "the sources on which it rests were taken back"
            } else {
                "not yet known on this date"
            });
        }
        if !self.readers.are_in(&fact.audience) {
            return Err("not for this audience");
        }
        if self.names_someone_cut(&fact.text) || self.names_someone_cut(&fact.dated) {
            return Err("names somebody of whom this audience is not told");
        }
        let whole_set = |set: &&Vec<Citation>| set.iter().all(|citation| self.allows(citation));
        let cites = fact.sets.iter().find(whole_set).cloned();
        if cites.is_none() && !fact.sets.is_empty() {
            return Err("no sufficient set of its citations is open to this audience");
        }
        let cites = self.printable(cites.unwrap_or_default());
        let spare = fact.sets.iter().filter(whole_set).flatten().chain(fact.also.iter().filter(|c| self.allows(c)));
        let also: Vec<Citation> =
            spare.filter(|one| !cites.iter().any(|other| other.place == one.place)).cloned().collect();
        let also = self.printable(also);
        let all: Vec<&Citation> = cites.iter().chain(&also).collect();
        Ok(Told {
            status: self.case.status(fact, &all),
            date: self.case.date_of(fact).cloned(),
            topic: self.case.topic_of(fact).map(str::to_owned),
            superseded_by: self.standing.superseded.get(&fact.id).cloned(),
            fact: fact.clone(),
            cites,
            also,
        })
    }

    /// True if the fact does not count only because sources were withdrawn.
    fn taken_back(&self, fact: &Fact) -> bool {
        let stands = |set: &&Vec<Citation>| {
            let record = |citation: &Citation| self.case.records.get(&citation.source);
            set.iter().all(|citation| record(citation).is_some_and(|record| record.withdrawn.is_none()))
        };
        let whole = fact.part_of.as_ref().and_then(|whole| self.case.facts.get(whole));
        let happened = self.case.date_of(fact).is_some_and(|date| date.last <= self.as_of);
        happened && (!fact.sets.is_empty() && !fact.sets.iter().any(|set| stands(&set)))
            || whole.is_some_and(|whole| self.taken_back(whole))
    }

    /// Drops details without their whole, derived facts without their inputs, and superseded states without their
    /// successor.
    pub(super) fn cut_dependent(&mut self, told: &mut BTreeMap<FactId, Told>) {
        loop {
            let gone: Vec<(FactId, &'static str)> = told
                .values()
                .filter_map(|one| dependency_gone(one, told).map(|why| (one.fact.id.clone(), why)))
                .collect();
            if gone.is_empty() {
                return;
            }
            for (id, why) in gone {
                told.remove(&id);
                self.drop(ClaimId::Fact(id.clone()), why);
            }
        }
    }
}

fn dependency_gone(one: &Told, told: &BTreeMap<FactId, Told>) -> Option<&'static str> {
    if one.fact.part_of.as_ref().is_some_and(|whole| !told.contains_key(whole)) {
        return Some("the fact it is a detail of is left out");
    }
    let mut inputs = one.fact.derived.iter().flat_map(|derived| &derived.from);
    if inputs.any(|input| !told.contains_key(input)) {
        return Some("a fact it follows from is left out");
    }
    if one.superseded_by.as_ref().is_some_and(|by| !told.contains_key(by)) {
        return Some("the state that took its place is left out");
    }
    if !one.fact.told_with.is_empty() && !one.fact.told_with.iter().any(|id| told.contains_key(id)) {
        return Some("nothing of what must be told with it may be told here");
    }
    None
}
