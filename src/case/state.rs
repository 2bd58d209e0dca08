//! Kinds of facts: events, states that hold until something changes them, and details of either.

use schemars::JsonSchema;
use serde::Deserialize;

use super::date::{Date, RawDate};
use super::reader::{CaseReader, TOPIC};
use crate::diag::Code;
use crate::document::FactId;
use crate::yaml::At;

/// The step that led to a state, where no source reports it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawVia {
    /// `true`: no source reports the step.
    pub unknown: At<bool>,
    /// Between which dates it must have been.
    #[serde(default)]
    pub between: Vec<At<RawDate>>,
}

/// The kind of a fact.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "a case has some dozens of facts, most of them states")]
pub enum FactKind {
    /// It happened, and stays true.
    Event(Date),
    /// It holds on a topic until something changes it.
    State {
        /// The topic.
        topic: String,
        /// The date since which it holds.
        from: Option<Date>,
        /// The date on which it was last seen to hold.
        seen: Option<Date>,
        /// The date on which it ended.
        until: Option<Date>,
        /// The change to the state before it.
        change: StateChange,
        /// Dates between which a step lies that no source reports.
        via_unknown: Option<Vec<Date>>,
    },
    /// A detail of another fact, with the date and the standing of that fact.
    Detail,
}

/// The change that a state makes to the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StateChange {
    /// The first on its topic.
    First,
    /// It stands beside that state.
    Adds(FactId),
    /// It replaces that state.
    Replaces(FactId),
    /// It gives that state another legal name.
    Requalifies(FactId),
    /// It ends that state.
    Ends(FactId),
}

impl StateChange {
    /// The state that no longer holds because of this change.
    #[must_use]
    pub fn supersedes(&self) -> Option<&FactId> {
        match self {
            Self::Replaces(id) | Self::Requalifies(id) | Self::Ends(id) => Some(id),
            Self::First | Self::Adds(_) => None,
        }
    }

    /// The state it refers to.
    #[must_use]
    pub fn target(&self) -> Option<&FactId> {
        match self {
            Self::First => None,
            Self::Adds(id) | Self::Replaces(id) | Self::Requalifies(id) | Self::Ends(id) => Some(id),
        }
    }

    /// The word of the case file.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Adds(_) => "adds to",
            Self::Replaces(_) => "replaces",
            Self::Requalifies(_) => "requalifies",
            Self::Ends(_) => "ends",
        }
    }
}

/// The keys of a fact for its time and its change.
pub(super) struct Timing<'a> {
    pub(super) event: Option<&'a At<RawDate>>,
    pub(super) state: Option<&'a At<String>>,
    pub(super) is_detail: bool,
    pub(super) from: Option<&'a At<RawDate>>,
    pub(super) seen: Option<&'a At<RawDate>>,
    pub(super) until: Option<&'a At<RawDate>>,
    pub(super) adds: Option<&'a At<String>>,
    pub(super) replaces: Option<&'a At<String>>,
    pub(super) requalifies: Option<&'a At<String>>,
    pub(super) ends: Option<&'a At<String>>,
    pub(super) via: Option<&'a RawVia>,
}

impl Timing<'_> {
    pub(super) fn convert(&self, id: &At<String>, reader: &mut CaseReader) -> FactKind {
        match (self.event, self.state) {
            (Some(date), None) => {
                self.no_state_keys(id, reader);
                FactKind::Event(reader.date(date))
            }
            (None, Some(topic)) => self.state(id, topic, reader),
            (None, None) if self.is_detail => {
                self.no_state_keys(id, reader);
                FactKind::Detail
            }
            (None, None) => {
                reader.error(
                    Code::CaseMissingKey, id, format!("the fact `{}` is neither an event nor a state", id.value),
                    "add `event: DATE` if it happened, `state: TOPIC` if it holds until something changes it, or `part-of: FACT`",
                );
                FactKind::Detail
            }
            (Some(_), Some(topic)) => {
                reader.error(
                    Code::CaseBadValue,
                    topic,
                    format!("the fact `{}` is both an event and a state", id.value),
                    "an event is never superseded, a state may be: make two facts of it",
                );
                FactKind::Detail
            }
        }
    }

    fn no_state_keys(&self, id: &At<String>, reader: &mut CaseReader) {
        let is_dated = self.from.is_some() || self.seen.is_some() || self.until.is_some();
        if is_dated || self.changes().next().is_some() || self.via.is_some() {
            reader.error(
                Code::CaseBadValue,
                id,
                format!("the fact `{}` is no state, but has keys of a state", id.value),
                "only a state has `from`, `seen`, `until`, `adds`, `replaces`, `requalifies`, `ends` and `via`",
            );
        }
    }

    fn state(&self, id: &At<String>, topic: &At<String>, reader: &mut CaseReader) -> FactKind {
        let topic = reader.id(TOPIC, topic);
        if self.from.is_none() && self.seen.is_none() {
            reader.error(
                Code::CaseMissingKey,
                id,
                format!("the state `{}` has no date", id.value),
                "add `from: DATE` (since when) or `seen: DATE` (last seen to hold)",
            );
        }
        let via = self.via.filter(|via| via.unknown.value);
        FactKind::State {
            topic,
            from: self.from.map(|date| reader.date(date)),
            seen: self.seen.map(|date| reader.date(date)),
            until: self.until.map(|date| reader.date(date)),
            change: self.change(id, reader),
            via_unknown: via.map(|via| via.between.iter().map(|date| reader.date(date)).collect()),
        }
    }

    /// The typed changes: the id of the changed state, and the kind of change.
    fn changes(&self) -> impl Iterator<Item = (&At<String>, MakeChange)> {
        let all: [(_, MakeChange); 4] = [
            (self.adds, StateChange::Adds),
            (self.replaces, StateChange::Replaces),
            (self.requalifies, StateChange::Requalifies),
            (self.ends, StateChange::Ends),
        ];
        all.into_iter().filter_map(|(target, make)| Some((target?, make)))
    }

    fn change(&self, id: &At<String>, reader: &mut CaseReader) -> StateChange {
        match self.changes().collect::<Vec<_>>().as_slice() {
            [(target, _)] if target.value == "none" => StateChange::First,
            [(target, make)] => make(reader.fact(target)),
            [] => {
                reader.error(
                    Code::CaseMissingKey, id, format!("the state `{}` does not say what it changes", id.value),
                    "add `replaces: none` for the first state of its topic, else `adds`, `replaces`, `requalifies` or `ends` with the id of the state before it",
                );
                StateChange::First
            }
            [_, (second, _), ..] => {
                reader.error(
                    Code::CaseBadValue,
                    second,
                    "a state changes one thing in one way",
                    "keep one of the keys",
                );
                StateChange::First
            }
        }
    }
}

/// Makes a change of the state with this id.
type MakeChange = fn(FactId) -> StateChange;
