//! Gaps: questions that the sources leave open.

use schemars::JsonSchema;
use serde::Deserialize;

use super::reader::{Audiences, CaseReader, TOPIC};
use super::text::{RawText, Text};
use crate::diag::Place;
use crate::document::FactId;
use crate::yaml::At;

/// Something the sources do not say.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawGap {
    /// A statement of what is not said, in each language.
    pub text: RawText,
    /// Fields of forms that stay empty for it.
    pub fields: Vec<At<String>>,
    /// The facts it lies behind or between, by id: it arises once they are told, and its note names their sources.
    pub between: Vec<At<String>>,
    /// Matters while this topic has a current state.
    pub topic: Option<At<String>>,
    /// The audiences that may be told. Without it: `internal` only.
    pub audience: Vec<At<String>>,
}

/// A question that the sources leave open.
#[derive(Debug, Clone)]
pub struct Gap {
    /// Id.
    pub id: String,
    /// Its words in each language.
    pub text: Text,
    /// Fields of forms that stay empty because of it.
    pub fields: Vec<String>,
    /// The facts behind or between which it lies.
    pub between: Vec<FactId>,
    /// The topic to which it belongs; it is told only while that topic has a current state.
    pub topic: Option<String>,
    /// The audiences that may be told.
    pub audience: Audiences,
    /// Its place in the case file.
    pub place: Place,
}

impl RawGap {
    pub(super) fn convert(&self, id: &At<String>, reader: &mut CaseReader) -> Gap {
        Gap {
            id: id.value.clone(),
            text: reader.text(&self.text, true, &id.place),
            fields: self.fields.iter().map(|field| field.value.clone()).collect(),
            between: reader.facts(&self.between),
            topic: self.topic.as_ref().map(|topic| reader.id(TOPIC, topic)),
            audience: reader.closed_audience(&self.audience),
            place: id.place.clone(),
        }
    }
}
