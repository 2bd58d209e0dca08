//! Steps taken before: filings, letters, decisions, refusals.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::citation::{Citation, RawCitation, citations};
use super::date::Date;
use super::own_wording::{OwnWording, RawOwnWording, own_words};
use super::reader::CaseReader;
use super::text::{RawText, Text};
use crate::diag::{Code, Place};
use crate::yaml::At;

/// A step taken before.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawStep {
    /// The body: an id of the directory, an avenue, or an institution of the case.
    pub body: At<String>,
    /// When, or `unknown`.
    pub date: At<String>,
    /// The outcome, or `unknown`.
    pub outcome: At<String>,
    /// A description of the step, in each language.
    #[serde(default)]
    pub text: RawText,
    /// The papers that were sent, by their names in `output/`: `letter-official.fsin.ru`.
    #[serde(default)]
    pub sent: Vec<At<String>>,
    /// The day that those papers bear, where it is not the day on which they were sent.
    #[serde(default)]
    pub as_of: Option<At<String>>,
    /// The citations in which it is reported.
    #[serde(default)]
    pub cites: Vec<RawCitation>,
    /// Words that its source does not carry, with the author's answer.
    #[serde(default)]
    pub own_words: Vec<RawOwnWording>,
}

/// A step taken before.
#[derive(Debug, Clone)]
pub struct Step {
    /// The body.
    pub body: String,
    /// The date; `None`: unknown.
    pub date: Option<Date>,
    /// Outcome; `None`: unknown.
    pub outcome: Option<String>,
    /// The step in words.
    pub text: Text,
    /// The papers that were sent, by name.
    pub sent: Vec<String>,
    /// The date that those papers bear.
    pub bears: Option<NaiveDate>,
    /// The citations for it.
    pub cites: Vec<Citation>,
    /// Words that its source does not carry, with the author's answer.
    pub own_words: Vec<OwnWording>,
    /// Its place in the case file.
    pub place: Place,
}

impl RawStep {
    pub(super) fn convert(&self, reader: &mut CaseReader) -> Step {
        Step {
            sent: self.sent.iter().map(|paper| paper.value.clone()).collect(),
            bears: self.bears(reader),
            body: self.body.value.clone(),
            date: known(&self.date).map(|date| reader.plain_date(date)),
            outcome: known(&self.outcome).map(|outcome| outcome.value.clone()),
            text: reader.text(&self.text, false, &self.body.place),
            cites: citations(&self.cites, reader),
            own_words: own_words(&self.own_words, reader),
            place: self.body.place.clone(),
        }
    }

    /// The date that the papers of a step bear: as typed, else that of the step.
    fn bears(&self, reader: &mut CaseReader) -> Option<NaiveDate> {
        let day = known(&self.date);
        if let Some(sent) = self.sent.first().filter(|_| day.is_none() && self.as_of.is_none()) {
            let hint = "add `as-of: 2024-10-01`, the date that is printed on the paper";
            reader.error(Code::CaseMissingKey, sent, "it is not said of which day this paper is", hint);
        }
        let typed = self.as_of.as_ref().or(day.filter(|_| !self.sent.is_empty()))?;
        Some(reader.day(typed))
    }
}

fn known(value: &At<String>) -> Option<&At<String>> {
    (value.value != "unknown").then_some(value)
}
