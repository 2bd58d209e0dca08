//! Present states whose last news is too old to write about.

use std::collections::BTreeMap;

use super::cut::Cut;
use super::facts::Told;
use crate::case::FactKind;
use crate::diag::Place;
use crate::document::{ClaimId, FactId};
use crate::reference::audience::Audience;

/// A present state whose last news is too old on the day of the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The fact.
    pub fact: FactId,
    /// The days between the last news and the day of the view.
    pub days: i64,
    /// True if it is told in the words with its day; without such words it is left out.
    pub told: bool,
    /// Its place in the case file.
    pub place: Place,
}

impl Cut<'_> {
    /// The present states whose last news is too old. Each is told in the words with its day; without such words it is
    /// left out, together with all that depends on it.
    pub(super) fn stale(&mut self, facts: &mut Vec<Told>) -> Vec<Stale> {
        let mut stale = Vec::new();
        for told in facts.iter_mut() {
            let Some(days) = self.days_too_old(told) else { continue };
            let place = told.fact.place.clone();
            // People who work on the case read the fact in its own words: they must find out if it still holds.
            let internal = self.audience == Audience::Internal;
            stale.push(Stale {
                fact: told.fact.id.clone(),
                days,
                told: internal || !told.fact.dated.is_empty(),
                place,
            });
            if !internal && !told.fact.dated.is_empty() {
                told.fact.text.clone_from(&told.fact.dated);
            }
        }
        if stale.iter().any(|stale| !stale.told) {
            let mut kept: BTreeMap<FactId, Told> = facts.drain(..).map(|told| (told.fact.id.clone(), told)).collect();
            for stale in stale.iter().filter(|stale| !stale.told) {
                kept.remove(&stale.fact);
                self.drop(
                    ClaimId::Fact(stale.fact.clone()),
                    "too old on this date, and nobody wrote `dated` words for it",
                );
            }
            self.cut_dependent(&mut kept);
            *facts = kept.into_values().collect();
            self.sort(facts);
        }
        stale
    }

    /// The age in days of the last news of a present state, if that is too old.
    fn days_too_old(&self, told: &Told) -> Option<i64> {
        let FactKind::State { topic, .. } = &told.fact.kind else { return None };
        let limit = self.case.topics.get(topic)?.stale_after.filter(|_| told.current())?;
        let confirmed = told.fact.confirmed.as_ref().map(|(on, _)| *on).filter(|on| *on <= self.as_of);
        let last = told.fact.last_known().map(|date| date.last).max(confirmed)?;
        let days = (self.as_of - last).num_days();
        (days > i64::from(limit)).then_some(days)
    }
}
