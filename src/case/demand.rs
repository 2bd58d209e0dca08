//! Demands: ours, which follow from facts, and those that sources made.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::citation::{Citation, RawCitation, citations};
use super::clearance::{COUNSEL, Clearance, RawCleared};
use super::date::{Date, RawDate};
use super::own_wording::{OwnWording, RawOwnWording, own_words};
use super::reader::{Audiences, CaseReader, NAMED};
use super::text::{RawText, Text};
use crate::diag::{Code, Place};
use crate::document::{DemandId, FactId};
use crate::reference::vocabulary::Power;
use crate::yaml::{At, Entries};

/// A demand.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawDemand {
    /// Order among the asks: 1 first. Safety of the person comes first.
    pub priority: Option<At<u32>>,
    /// Facts from which it follows. Current only while they are.
    pub following_from: Vec<At<String>>,
    /// The organisation that made it, with the day and the citations.
    pub made_by: Option<RawMadeBy>,
    /// For a source's demand: it stands while these facts do. Afterwards it is restated or not used.
    #[serde(rename = "while")]
    pub while_: Vec<At<String>>,
    /// Demands of ours that say today what this one said then; the first that is current counts.
    pub restated_by: Vec<At<String>>,
    /// The demand in words, told as that of the organisation that made it.
    pub text: RawText,
    /// Norms it rests on.
    pub norms: Vec<At<String>>,
    /// One wording per power: `do`, `order`, `inspect`, `investigate`, `review`, `visit`, `raise`.
    pub ask: Entries<RawText>,
    /// The stage and the time in which this request helps. Outside of them it is asked in no paper.
    pub only_while: Option<RawStage>,
    /// The harm that this request can do to the person, with where that is said.
    pub risk: Option<RawRisk>,
    /// `true`: it is asked in no paper until counsel has agreed (`cleared-by`).
    pub needs_counsel: bool,
    /// The permission for this request: from whom, when and how.
    pub cleared_by: Option<RawCleared>,
    /// Words that its facts or its source do not carry, with the author's answer.
    pub own_words: Vec<RawOwnWording>,
    /// The audiences that may be told. Without it: `internal` only.
    pub audience: Vec<At<String>>,
}

/// The stage of the case in which a request helps.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawStage {
    /// The states that must be the present ones, by id.
    pub states: Vec<At<String>>,
    /// At most so many days after the newest of them began, where a law or a rule sets a time.
    #[serde(default)]
    pub days: Option<At<u32>>,
    /// The source that sets this time.
    #[serde(default)]
    pub source: Option<At<String>>,
    /// The day on which somebody looked it up. Leave it out while nobody has.
    #[serde(default)]
    pub verified_on: Option<At<String>>,
}

/// The harm that a request can do.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawRisk {
    /// The possible harm, in a sentence for those who work on the case.
    pub says: At<String>,
    /// The source that says so: an address on the web, or a document.
    pub source: At<String>,
    /// The day on which somebody looked it up. Leave it out while nobody has.
    #[serde(default)]
    pub verified_on: Option<At<String>>,
}

/// The organisation that made a demand, with the day and the citations.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawMadeBy {
    /// Id of the organisation.
    pub who: At<String>,
    /// When; without it, when the source was published.
    #[serde(default)]
    pub on: Option<At<RawDate>>,
    /// The citations in which it stands.
    pub cites: Vec<RawCitation>,
}

/// A request of ours, or one that a source made.
#[derive(Debug, Clone)]
pub struct Demand {
    /// Id.
    pub id: DemandId,
    /// The order among the requests; 1 comes first.
    pub priority: u32,
    /// Facts from which it follows. A demand of a source stands as long as these facts do.
    pub grounds: Vec<At<FactId>>,
    /// The organisation that made it; `None` for a demand of ours.
    pub made_by: Option<MadeBy>,
    /// Demands of ours that replace it today; the first that is current counts.
    pub restated_by: Vec<DemandId>,
    /// The demand in words, told as that of the organisation.
    pub text: Text,
    /// Norms it rests on.
    pub norms: Vec<At<String>>,
    /// One wording per power.
    pub ask: BTreeMap<Power, Text>,
    /// The stage and the time in which it helps; without one, as long as its grounds stand.
    pub only_while: Option<StageOfCase>,
    /// The harm that it can do to the person.
    pub risk: Option<Risk>,
    /// True if it is asked only after counsel has agreed.
    pub needs_counsel: bool,
    /// The permission for it.
    pub cleared_by: Option<Clearance>,
    /// Words that its facts or its source do not carry, with the author's answer.
    pub own_words: Vec<OwnWording>,
    /// The audiences that may be told.
    pub audience: Audiences,
    /// Its place in the case file.
    pub place: Place,
}

impl Demand {
    /// True if counsel has agreed on or before the day `on`.
    #[must_use]
    pub fn is_cleared(&self, on: NaiveDate) -> bool {
        self.cleared_by.as_ref().is_some_and(|cleared| cleared.who == COUNSEL && cleared.on <= on)
    }
}

/// The stage of a case, and the time in it, in which a request helps.
#[derive(Debug, Clone)]
pub struct StageOfCase {
    /// States that must be the present ones.
    pub states: Vec<FactId>,
    /// The most days after the beginning of the newest of them.
    pub days: Option<u32>,
}

/// The harm that a request can do.
#[derive(Debug, Clone)]
pub struct Risk {
    /// The possible harm in words.
    pub says: At<String>,
    /// The source that says so.
    pub source: String,
    /// The day on which it was looked up.
    pub verified_on: Option<NaiveDate>,
}

/// The organisation that made a demand, with the day and the citations.
#[derive(Debug, Clone)]
pub struct MadeBy {
    /// The organisation.
    pub who: String,
    /// The day; `None`: the day on which the source was published.
    pub on: Option<Date>,
    /// The citations in which it stands.
    pub cites: Vec<Citation>,
}

impl RawDemand {
    pub(super) fn convert(&self, id: &At<String>, reader: &mut CaseReader) -> Demand {
        self.check_grounds(id, reader);
        self.check_ask(id, reader);
        let mut ask = BTreeMap::new();
        for (power, words) in &self.ask {
            if let Some(known) = reader.word(power, &Power::ALL, Power::name) {
                ask.insert(known, reader.text(words, true, &power.place));
            }
        }
        Demand {
            id: id.value.as_str().into(),
            priority: self.priority.as_ref().map_or(100, |priority| priority.value),
            grounds: self.grounds().map(|ground| ground.with(ground.value.as_str().into())).collect(),
            made_by: self.made_by.as_ref().map(|made| made.convert(reader)),
            restated_by: reader.demands(&self.restated_by),
            text: reader.text(&self.text, self.made_by.is_some(), &id.place),
            norms: self.norms.clone(),
            ask,
            only_while: self.only_while.as_ref().map(|stage| stage.convert(reader)),
            risk: self.risk.as_ref().map(|risk| risk.convert(reader)),
            needs_counsel: self.needs_counsel,
            cleared_by: self.cleared_by.as_ref().and_then(|cleared| cleared.convert(reader)),
            own_words: own_words(&self.own_words, reader),
            audience: reader.closed_audience(&self.audience),
            place: id.place.clone(),
        }
    }

    fn grounds(&self) -> impl Iterator<Item = &At<String>> {
        self.following_from.iter().chain(&self.while_)
    }

    /// A demand rests on facts, or on a source that made it.
    fn check_grounds(&self, id: &At<String>, reader: &mut CaseReader) {
        for ground in self.grounds() {
            reader.fact(ground);
        }
        let misplaced = if self.made_by.is_some() { self.following_from.first() } else { self.while_.first() };
        if let Some(ground) = misplaced {
            let words = "a source's demand stands `while` facts do; a demand of ours is `following-from` them";
            reader.error(Code::CaseBadValue, ground, words, "use the other key");
        }
        if self.following_from.is_empty() && self.made_by.is_none() {
            reader.error(
                Code::DemandNoGround,
                id,
                format!("the demand `{}` rests on nothing", id.value),
                "add `following-from: [facts]`, or `made-by` with who made it and where it stands",
            );
        }
    }

    /// A demand of ours has a wording for each request; a demand of a source has none.
    fn check_ask(&self, id: &At<String>, reader: &mut CaseReader) {
        if self.made_by.is_some() && !self.ask.is_empty() {
            reader.error(
                Code::CaseBadValue, id, format!("the demand `{}` is a source's demand and an ask of ours at once", id.value),
                "make two demands: one with `made-by`, one with `following-from` and `ask`; join them with `restated-by`",
            );
        }
        if self.made_by.is_none() && self.ask.is_empty() {
            reader.error(
                Code::CaseMissingKey,
                id,
                format!("the demand `{}` says nothing to ask", id.value),
                "add `ask:` with one wording per power",
            );
        }
    }
}

impl RawMadeBy {
    fn convert(&self, reader: &mut CaseReader) -> MadeBy {
        MadeBy {
            who: reader.id(NAMED, &self.who),
            on: self.on.as_ref().map(|date| reader.date(date)),
            cites: citations(&self.cites, reader),
        }
    }
}

impl RawRisk {
    fn convert(&self, reader: &mut CaseReader) -> Risk {
        Risk {
            says: self.says.clone(),
            source: self.source.value.clone(),
            verified_on: self.verified_on.as_ref().map(|day| reader.day(day)),
        }
    }
}

impl RawStage {
    fn convert(&self, reader: &mut CaseReader) -> StageOfCase {
        if let Some(days) = self.days.as_ref().filter(|_| self.source.is_none()) {
            let hint = "add `source`, and `verified-on` once somebody has looked it up";
            reader.error(Code::CaseMissingKey, days, "a time is set without where it stands", hint);
        }
        self.verified_on.iter().for_each(|day| _ = reader.day(day));
        StageOfCase { states: reader.facts(&self.states), days: self.days.as_ref().map(|days| days.value) }
    }
}
