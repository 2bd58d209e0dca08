//! The demands that may be asked, and the demands of sources that may be told.

use std::collections::BTreeMap;

use super::cut::Cut;
use super::facts::Told;
use crate::case::{Citation, Date, Demand, MadeBy, Named, Power, Text};
use crate::diag::Place;
use crate::document::{ClaimId, DemandId, FactId};
use crate::yaml::At;

/// A demand of ours that is current on the date.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Id.
    pub id: DemandId,
    /// The order; 1 comes first.
    pub priority: u32,
    /// Facts from which it follows.
    pub grounds: Vec<FactId>,
    /// Norms it rests on.
    pub norms: Vec<At<String>>,
    /// One wording per power.
    pub wording: BTreeMap<Power, Text>,
    /// Its place in the case file.
    pub place: Place,
}

/// A demand that a source made.
#[derive(Debug, Clone)]
pub struct MadeDemand {
    /// Id.
    pub id: DemandId,
    /// The organisation that made it.
    pub who: String,
    /// The day on which it was made.
    pub on: Option<Date>,
    /// True if the day is that of the page, and the record doubts that the words are of that day.
    pub on_page: bool,
    /// The demand in words.
    pub text: Text,
    /// The citations for it.
    pub cites: Vec<Citation>,
    /// True if it still fits the state of the case.
    pub current: bool,
    /// The demand of ours that replaces it today.
    pub restated_by: Option<DemandId>,
    /// Its place in the case file.
    pub place: Place,
}

impl Cut<'_> {
    pub(super) fn asks(&mut self, facts: &[Told]) -> Vec<Ask> {
        let case = self.case;
        let mut asks = Vec::new();
        for demand in case.demands.values().filter(|demand| demand.made_by.is_none()) {
            match self.why_not_asked(demand, facts) {
                Some(why) => self.drop(ClaimId::Demand(demand.id.clone()), why),
                None => asks.push(Ask::from(demand)),
            }
        }
        asks.sort_by(|a, b| (a.priority, &a.id).cmp(&(b.priority, &b.id)));
        asks.retain(|ask| self.may_say(ClaimId::Demand(ask.id.clone()), ask.wording.values()));
        asks
    }

    fn why_not_asked(&self, demand: &Demand, facts: &[Told]) -> Option<&'static str> {
        if !demand.audience.contains(&self.audience) {
            Some("not for this audience")
        } else if !grounds_stand(demand, facts) {
            Some("its grounds are gone, or not yet known")
        } else if !self.is_its_stage(demand) {
            Some("the stage of the case in which it helps is over, or not yet there")
        } else if demand.needs_counsel && !demand.is_cleared(self.as_of) {
            Some("counsel has not agreed to it")
        } else {
            None
        }
    }

    /// True if a request helps at the present stage and time. All that is known counts, whatever the audience may be
    /// told.
    fn is_its_stage(&self, demand: &Demand) -> bool {
        let Some(stage) = &demand.only_while else { return true };
        let present =
            |id: &FactId| self.standing.counted.contains_key(id) && !self.standing.superseded.contains_key(id);
        let began = stage.states.iter().filter_map(|id| self.case.date_of(self.case.facts.get(id)?));
        let newest = began.map(|date| date.last).max();
        let in_time = stage
            .days
            .is_none_or(|days| newest.is_some_and(|newest| (self.as_of - newest).num_days() <= i64::from(days)));
        stage.states.iter().all(present) && in_time
    }

    pub(super) fn made(&mut self, facts: &[Told], asks: &[Ask], names: &BTreeMap<String, Named>) -> Vec<MadeDemand> {
        let case = self.case;
        let mut all = Vec::new();
        for demand in case.demands.values() {
            let Some(by) = &demand.made_by else { continue };
            match self.tell_made(demand, by, facts, asks, names) {
                Ok(made) => all.push(made),
                Err(why) => self.drop(ClaimId::Demand(demand.id.clone()), why),
            }
        }
        all.sort_by(|a, b| {
            let key = |made: &MadeDemand| made.on.as_ref().map(|date| date.last);
            (key(a), &a.id).cmp(&(key(b), &b.id))
        });
        all.retain(|made| self.may_say(ClaimId::Demand(made.id.clone()), [&made.text]));
        all
    }

    /// A demand of a source as it may be told, or the reason against it.
    fn tell_made(
        &self,
        demand: &Demand,
        by: &MadeBy,
        facts: &[Told],
        asks: &[Ask],
        names: &BTreeMap<String, Named>,
    ) -> Result<MadeDemand, &'static str> {
        let published = || by.cites.first().and_then(|one| self.case.records.get(&one.source)?.known_from());
        let on = by.on.clone().or_else(|| published().map(Date::day));
        let said = on.as_ref().is_some_and(|on| on.last <= self.as_of);
        if !said || !by.cites.iter().all(|citation| self.allows(citation)) {
            return Err("not yet made, or its source is not open to this audience");
        }
        if !self.readers.are_in(&demand.audience) {
            return Err("not for this audience");
        }
        if !names.contains_key(&by.who) || self.names_someone_cut(&demand.text) {
            return Err("names somebody of whom this audience is not told");
        }
        let current = grounds_stand(demand, facts);
        let restated_by = demand.restated_by.iter().find(|id| asks.iter().any(|ask| ask.id == **id)).cloned();
        if !current && restated_by.is_none() {
            return Err("its grounds are gone and nothing restates it");
        }
        Ok(MadeDemand {
            id: demand.id.clone(),
            who: by.who.clone(),
            on_page: by.cites.iter().any(|citation| self.case.has_doubtful_date(&citation.source)),
            on,
            text: demand.text.clone(),
            cites: self.printable(by.cites.clone()),
            current,
            restated_by,
            place: demand.place.clone(),
        })
    }
}

impl From<&Demand> for Ask {
    fn from(demand: &Demand) -> Self {
        Self {
            id: demand.id.clone(),
            priority: demand.priority,
            grounds: demand.grounds.iter().map(|ground| ground.value.clone()).collect(),
            norms: demand.norms.clone(),
            wording: demand.ask.clone(),
            place: demand.place.clone(),
        }
    }
}

/// True if each ground may be told and is still current.
fn grounds_stand(demand: &Demand, facts: &[Told]) -> bool {
    demand.grounds.iter().all(|ground| facts.iter().any(|told| told.fact.id == ground.value && told.current()))
}
