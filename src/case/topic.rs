//! Topics on which a state can change.

use schemars::JsonSchema;
use serde::Deserialize;

use super::reader::CaseReader;
use super::text::{RawText, Text};
use crate::diag::Place;
use crate::yaml::At;

/// A topic on which a state can change.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawTopic {
    /// Title per language.
    pub title: RawText,
    /// After how many days without news a state of this topic is too old to write about.
    pub stale_after: Option<At<u32>>,
    /// The words on what is unknown about the present state, for papers that print a box of it.
    pub unknown: RawText,
}

/// A topic on which a state can change.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Title per language.
    pub title: Text,
    /// Days after which a state last seen is too old to write about.
    pub stale_after: Option<u32>,
    /// The words on what is unknown about the present state.
    pub unknown: Text,
    /// Its place in the case file.
    pub place: Place,
}

impl RawTopic {
    pub(super) fn convert(&self, id: &At<String>, reader: &mut CaseReader) -> Topic {
        Topic {
            title: reader.text(&self.title, true, &id.place),
            stale_after: self.stale_after.as_ref().map(|days| days.value),
            unknown: reader.text(&self.unknown, false, &id.place),
            place: id.place.clone(),
        }
    }
}
