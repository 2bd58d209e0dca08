//! The entries beside the facts: gaps, reservations, arguments, steps, topics, and awaited decisions.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cut::Cut;
use super::facts::Told;
use crate::case::{Argument, Gap, Step, Text, Topic};
use crate::diag::Place;
use crate::document::{ClaimId, FactId};
use crate::reference::audience::Audience;

/// A decision that is expected and not yet in the file.
#[derive(Debug, Clone)]
pub struct Awaited {
    /// The fact because of which it is expected.
    pub fact: FactId,
    /// The topic it would change.
    pub topic: String,
    /// The words until it comes.
    pub text: Text,
    /// Its place in the case file.
    pub place: Place,
}

impl Cut<'_> {
    pub(super) fn gaps(&mut self, facts: &[Told]) -> Vec<Gap> {
        let told = |id: &FactId| facts.iter().any(|told| told.fact.id == *id);
        let topic_stands = |topic: &String| facts.iter().any(|told| told.fact.topic() == Some(topic) && told.current());
        let (mut kept, cut): (Vec<_>, Vec<_>) = self.case.gaps.iter().partition(|gap| {
            self.readers.are_in(&gap.audience)
                && gap.between.iter().all(told)
                && gap.topic.as_ref().is_none_or(topic_stands)
        });
        for gap in cut {
            self.drop(ClaimId::Gap(gap.id.clone()), "not for this audience, or does not arise on this date");
        }
        kept.retain(|gap| self.may_say(ClaimId::Gap(gap.id.clone()), [&gap.text]));
        kept.into_iter().cloned().collect()
    }

    /// The reservations on facts that are told.
    pub(super) fn caveats(&mut self, facts: &[Told]) -> BTreeMap<String, Text> {
        let case = self.case;
        let mut kept = BTreeMap::new();
        for (id, caveat) in &case.caveats {
            let open = caveat.audience.is_empty()
                || self.audience == Audience::Internal
                || self.readers.are_in(&caveat.audience);
            let travels = || facts.iter().any(|told| told.fact.caveats.contains(id));
            if open && travels() && self.may_say(ClaimId::Caveat(id.clone()), [&caveat.text]) {
                kept.insert(id.clone(), caveat.text.clone());
            }
        }
        kept
    }

    pub(super) fn steps(&mut self) -> Vec<Step> {
        let case = self.case;
        let mut kept = Vec::new();
        for step in &case.steps {
            let taken = step.date.as_ref().is_none_or(|date| date.last <= self.as_of);
            let known = taken && step.cites.iter().all(|citation| self.allows(citation));
            if known && self.may_say(ClaimId::Step(step.body.clone()), [&step.text]) {
                kept.push(step.clone());
            }
        }
        kept
    }

    /// The awaited decisions. A later state of the topic ends the waiting, even if this audience may not be told of it.
    pub(super) fn awaited(&mut self, facts: &[Told]) -> Vec<Awaited> {
        let mut kept = Vec::new();
        for told in facts {
            let (Some((topic, text)), Some(date)) = (&told.fact.awaits, &told.date) else { continue };
            let id = &told.fact.id;
            if !self.is_decided(topic, date.last) && self.may_say(ClaimId::Awaited(id.clone()), [text]) {
                let place = told.fact.place.clone();
                kept.push(Awaited { fact: id.clone(), topic: topic.clone(), text: text.clone(), place });
            }
        }
        kept
    }

    /// True if a state of the topic is known that came after a day.
    fn is_decided(&self, topic: &str, since: NaiveDate) -> bool {
        let mut known = self.standing.counted.keys().filter_map(|id| self.case.facts.get(id));
        known.any(|fact| fact.topic() == Some(topic) && fact.date().is_some_and(|date| date.last > since))
    }

    /// The topics with a told fact or an awaited decision.
    pub(super) fn topics(&mut self, facts: &[Told], awaited: &[Awaited]) -> BTreeMap<String, Topic> {
        let case = self.case;
        let mut kept = BTreeMap::new();
        for (id, topic) in &case.topics {
            let told = facts.iter().any(|told| told.topic.as_ref() == Some(id));
            let arises = told || awaited.iter().any(|awaited| awaited.topic == *id);
            if arises && self.may_say(ClaimId::Topic(id.clone()), [&topic.title, &topic.unknown]) {
                kept.insert(id.clone(), topic.clone());
            }
        }
        kept
    }

    /// The arguments whose facts are all told.
    pub(super) fn arguments(&mut self, facts: &[Told]) -> Vec<Argument> {
        let case = self.case;
        let is_told = |id: &FactId| facts.iter().any(|told| told.fact.id == *id);
        let mut kept = Vec::new();
        for argument in &case.arguments {
            let open = self.readers.are_in(&argument.audience);
            let stands = open && argument.facts.iter().all(is_told);
            if stands && self.may_say(ClaimId::Argument(argument.category.clone()), [&argument.text]) {
                kept.push(argument.clone());
            }
        }
        kept
    }
}
