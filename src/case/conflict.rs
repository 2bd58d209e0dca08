//! Conflicts: what sources say differently, and what we go by.

use schemars::JsonSchema;
use serde::Deserialize;

use super::reader::{CaseReader, SOURCE};
use crate::diag::Place;
use crate::document::FactId;
use crate::source::Locator;
use crate::yaml::At;

/// Sources that differ.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawConflict {
    /// `succession`, `contradiction`, `slip`, `wording`.
    pub kind: At<String>,
    /// What about.
    pub about: At<String>,
    /// What each source says.
    pub values: Vec<RawValue>,
    /// What we go by.
    pub resolution: At<String>,
    /// Why.
    pub why: At<String>,
    /// Facts to which it matters.
    #[serde(default)]
    pub facts: Vec<At<String>>,
}

/// What a source says in a conflict.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawValue {
    /// In our words.
    pub says: At<String>,
    /// Which source.
    pub source: At<String>,
    /// Where.
    pub at: At<String>,
}

/// Sources that differ.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// What kind of difference.
    pub kind: ConflictKind,
    /// What about.
    pub about: String,
    /// What each says: words, source, place.
    pub values: Vec<(String, String, Locator)>,
    /// What we go by.
    pub resolution: String,
    /// Why.
    pub why: String,
    /// Facts to which it matters.
    pub facts: Vec<FactId>,
    /// Where it was recorded.
    pub place: Place,
}

closed! {
    /// The kinds of disagreement between sources.
    ConflictKind {
        /// One fact takes the place of another in time.
        Succession = "succession",
        /// They cannot both be true.
        Contradiction = "contradiction",
        /// One is a slip of the pen.
        Slip = "slip",
        /// Different words for one thing.
        Wording = "wording",
    }
}

impl RawConflict {
    pub(super) fn convert(&self, reader: &mut CaseReader) -> Conflict {
        Conflict {
            kind: reader.word(&self.kind, &ConflictKind::ALL, ConflictKind::name).unwrap_or(ConflictKind::Wording),
            about: self.about.value.clone(),
            values: self.values.iter().map(|value| value.convert(reader)).collect(),
            resolution: self.resolution.value.clone(),
            why: self.why.value.clone(),
            facts: reader.facts(&self.facts),
            place: self.kind.place.clone(),
        }
    }
}

impl RawValue {
    fn convert(&self, reader: &mut CaseReader) -> (String, String, Locator) {
        (self.says.value.clone(), reader.id(SOURCE, &self.source), reader.locator(&self.at))
    }
}
