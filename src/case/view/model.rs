//! The view itself.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::cut::{CutEntry, LeftOut};
use super::demands::{Ask, MadeDemand};
use super::facts::Told;
use super::freshness::Stale;
use super::open::Awaited;
use super::readers::Readers;
use crate::case::timeline::Clock;
use crate::case::{Argument, Gap, Named, Step, Text, Topic};
use crate::document::FactId;
use crate::reference::audience::Audience;
use crate::source::Record;

/// The topic of the place of detention.
pub const PLACE_OF_DETENTION: &str = "place-of-detention";

/// The topic of the sentence.
pub const SENTENCE: &str = "sentence";

/// The part of a case that an audience may be told on a date.
#[derive(Debug, Clone)]
pub struct View {
    /// Id of the case.
    pub case: String,
    /// The State concerned.
    pub country: String,
    /// The day for which it is made.
    pub as_of: NaiveDate,
    /// The clock by which facts count.
    pub clock: Clock,
    /// The audience.
    pub audience: Audience,
    /// All readers: the view holds nothing that one of them may not know.
    pub readers: Readers,
    /// The persons for whom the papers are written.
    pub victims: Vec<String>,
    /// The persons and things that may be named.
    pub names: BTreeMap<String, Named>,
    /// Topics.
    pub topics: BTreeMap<String, Topic>,
    /// Facts in the order of their dates.
    pub facts: Vec<Told>,
    /// The demands of ours for this day, most important first.
    pub asks: Vec<Ask>,
    /// The demands of sources.
    pub made: Vec<MadeDemand>,
    /// The questions that the sources leave open.
    pub gaps: Vec<Gap>,
    /// Arguments.
    pub arguments: Vec<Argument>,
    /// Steps taken before.
    pub steps: Vec<Step>,
    /// Decisions that are expected and not in the file.
    pub awaited: Vec<Awaited>,
    /// Present states whose last news is too old on this day.
    pub stale: Vec<Stale>,
    /// Reservations that travel with facts.
    pub caveats: BTreeMap<String, Text>,
    /// Sources that may be cited. A publisher that a reader must not be told is removed.
    pub sources: BTreeMap<String, Record>,
    /// The sources whose publisher was removed.
    pub withheld: BTreeSet<String>,
    /// The entries that were left out, with the reasons: for the report, never for a document.
    pub left_out: Vec<LeftOut>,
}

impl View {
    /// The fact with this id, if it may be told.
    #[must_use]
    pub fn fact<Id: Eq + ?Sized>(&self, id: &Id) -> Option<&Told>
    where
        FactId: Borrow<Id>,
    {
        self.facts.iter().find(|told| told.fact.id.borrow() == id)
    }

    /// The reason for leaving something out; `None` if it is not left out.
    #[must_use]
    pub fn why_left_out(&self, what: &CutEntry) -> Option<&'static str> {
        self.left_out.iter().find(|left| left.what == *what).map(|left| left.why)
    }

    /// The present state of a topic.
    #[must_use]
    pub fn current(&self, topic: &str) -> Option<&Told> {
        self.facts.iter().rev().find(|told| told.fact.topic() == Some(topic) && told.current())
    }

    /// The institution in which the victim is held, as far as this audience may be told.
    #[must_use]
    pub fn place_of_detention(&self) -> Option<&Named> {
        self.names.get(self.current(PLACE_OF_DETENTION)?.fact.at.as_ref()?)
    }
}
