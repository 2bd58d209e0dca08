//! Permission by people close to the person: the role of the one who gave it, the day and the way. Never a name.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::reader::CaseReader;
use crate::yaml::At;

/// The permission for a letter to the place of detention, or for a request.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawCleared {
    /// `family`, `counsel` or `organisation`.
    pub who: At<String>,
    /// When.
    pub on: At<String>,
    /// The way in which it was given, without a name.
    pub how: At<String>,
}

/// A confirmation that a state still holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawConfirmed {
    /// When.
    pub on: At<String>,
    /// The way in which it was confirmed, without a name.
    pub how: At<String>,
}

/// The role of a defence lawyer, as `cleared-by` names it.
pub(super) const COUNSEL: &str = "counsel";

/// Somebody close to the person has allowed something.
#[derive(Debug, Clone)]
pub struct Clearance {
    /// `family`, `counsel` or `organisation`.
    pub who: String,
    /// The day.
    pub on: NaiveDate,
    /// The way in which it was given, without a name.
    pub how: String,
}

impl RawCleared {
    pub(super) fn convert(&self, reader: &mut CaseReader) -> Option<Clearance> {
        let who = reader.word(&self.who, &["family", COUNSEL, "organisation"], |word| word)?;
        Some(Clearance { who: who.to_owned(), on: reader.day(&self.on), how: self.how.value.clone() })
    }
}

impl RawConfirmed {
    pub(super) fn convert(&self, reader: &mut CaseReader) -> (NaiveDate, String) {
        (reader.day(&self.on), self.how.value.clone())
    }
}
