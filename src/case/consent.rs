//! Consents: the uses of a name that its bearer has allowed.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::reader::CaseReader;
use crate::yaml::At;

/// A consent, or its absence.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawConsent {
    /// The role of the one who gave it: the person, a relative, counsel. Never a name.
    pub given_by: At<String>,
    /// When.
    pub on: At<String>,
    /// The place where the evidence is kept.
    #[serde(default)]
    pub evidence: Option<At<String>>,
    /// When it was withdrawn.
    #[serde(default)]
    pub withdrawn_on: Option<At<String>>,
}

/// A consent.
#[derive(Debug, Clone)]
pub struct Consent {
    /// The use that is allowed.
    pub scope: String,
    /// The role of the one who gave it.
    pub given_by: String,
    /// The day on which it was given.
    pub on: NaiveDate,
    /// The day on which it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
}

impl RawConsent {
    pub(super) fn convert(&self, scope: &At<String>, reader: &mut CaseReader) -> Consent {
        let withdrawn_on = self.withdrawn_on.as_ref().map(|day| reader.day(day));
        Consent {
            scope: scope.value.clone(),
            given_by: self.given_by.value.clone(),
            on: reader.day(&self.on),
            withdrawn_on,
        }
    }
}
