//! Reservations that travel with facts.

use schemars::JsonSchema;
use serde::Deserialize;

use super::reader::{Audiences, CaseReader};
use super::text::{RawText, Text};
use crate::yaml::At;

/// A reservation.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawCaveat {
    /// In each language.
    pub text: RawText,
    /// The audiences that may be told of it; empty: all that are told of the fact.
    pub audience: Vec<At<String>>,
}

/// A reservation that travels with facts.
#[derive(Debug, Clone)]
pub struct Caveat {
    /// In each language.
    pub text: Text,
    /// The audiences that may be told; empty: all that are told of the fact.
    pub audience: Audiences,
}

impl RawCaveat {
    pub(super) fn convert(&self, id: &At<String>, reader: &mut CaseReader) -> Caveat {
        Caveat { text: reader.text(&self.text, true, &id.place), audience: reader.audience(&self.audience) }
    }
}
