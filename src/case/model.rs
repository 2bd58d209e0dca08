//! The case: all ids resolve, all dates exist, all changes of state are valid.
//!
//! Only [`super::convert()`] builds it, so a [`Case`] never has unresolved ids.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::argument::Argument;
use super::caveat::Caveat;
use super::citation::Citation;
use super::conflict::Conflict;
use super::demand::Demand;
use super::fact::Fact;
use super::gap::Gap;
use super::named::Named;
use super::paper::ListedPaper;
use super::step::Step;
use super::text::Text;
use super::topic::Topic;
use crate::document::{ClaimId, DemandId, FactId};
use crate::source::Records;

/// A valid case.
#[derive(Debug, Clone)]
pub struct Case {
    pub(crate) id: String,
    pub(crate) file: Arc<str>,
    pub(crate) country: String,
    pub(crate) languages: Vec<String>,
    pub(crate) victims: Vec<String>,
    pub(crate) date: Option<NaiveDate>,
    pub(crate) names: BTreeMap<String, Named>,
    pub(crate) topics: BTreeMap<String, Topic>,
    pub(crate) facts: BTreeMap<FactId, Fact>,
    pub(crate) demands: BTreeMap<DemandId, Demand>,
    pub(crate) caveats: BTreeMap<String, Caveat>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) steps: Vec<Step>,
    pub(crate) papers: Vec<ListedPaper>,
    pub(crate) records: Records,
}

impl Case {
    /// Id of the case.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of the case file, as the user typed it.
    #[must_use]
    pub fn file(&self) -> Arc<str> {
        self.file.clone()
    }

    /// The State concerned.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.country
    }

    /// The steps taken before.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The arguments of the drafter.
    #[must_use]
    pub fn arguments(&self) -> &[Argument] {
        &self.arguments
    }

    /// The questions that the sources leave open.
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The first language of the case.
    #[must_use]
    pub fn first_language(&self) -> &str {
        self.languages.first().map_or("", String::as_str)
    }

    /// The persons for whom the papers are written.
    #[must_use]
    pub fn victims(&self) -> &[String] {
        &self.victims
    }

    /// The date the documents bear, if the case file gives one.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        self.date
    }

    /// The papers it asks for.
    #[must_use]
    pub fn papers(&self) -> &[ListedPaper] {
        &self.papers
    }

    /// The records of its sources.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// The facts.
    #[must_use]
    pub fn facts(&self) -> &BTreeMap<FactId, Fact> {
        &self.facts
    }

    /// The demands.
    #[must_use]
    pub fn demands(&self) -> &BTreeMap<DemandId, Demand> {
        &self.demands
    }

    /// All named things: persons, organisations, institutions and places.
    #[must_use]
    pub fn names(&self) -> &BTreeMap<String, Named> {
        &self.names
    }

    /// The texts that are neither facts nor demands: caveats, gaps, arguments, steps, topics, descriptions.
    pub fn other_texts(&self) -> impl Iterator<Item = &Text> {
        let awaited = self.facts.values().filter_map(|fact| Some(&fact.awaits.as_ref()?.1));
        self.caveats
            .values()
            .map(|caveat| &caveat.text)
            .chain(self.gaps.iter().map(|gap| &gap.text))
            .chain(self.arguments.iter().map(|argument| &argument.text))
            .chain(self.steps.iter().map(|step| &step.text))
            .chain(self.topics.values().flat_map(|topic| [&topic.title, &topic.unknown]))
            .chain(self.names.values().map(|named| &named.describe))
            .chain(awaited)
    }

    /// True if something speaks against the printed date of a source as the day of its text.
    #[must_use]
    pub fn has_doubtful_date(&self, source: &str) -> bool {
        self.records.get(source).is_some_and(|record| record.date_doubt.is_some())
    }

    /// Every citation of the case with the claim it belongs to, in the order of the file.
    #[must_use]
    pub fn citations(&self) -> Vec<(ClaimId, &Citation)> {
        let facts = self
            .facts
            .values()
            .flat_map(|fact| fact.citations().map(move |citation| (ClaimId::Fact(fact.id.clone()), citation)));
        let demands = self.demands.values().flat_map(|demand| {
            let cites = demand.made_by.iter().flat_map(|made| &made.cites);
            cites.map(move |citation| (ClaimId::Demand(demand.id.clone()), citation))
        });
        let steps = self
            .steps
            .iter()
            .flat_map(|step| step.cites.iter().map(move |citation| (ClaimId::Step(step.body.clone()), citation)));
        let mut all: Vec<_> = facts.chain(demands).chain(steps).collect();
        let at = |citation: &'_ Citation| (citation.place.line, citation.place.column);
        all.sort_by(|(_, one), (_, other)| one.place.file.cmp(&other.place.file).then(at(one).cmp(&at(other))));
        all
    }
}
