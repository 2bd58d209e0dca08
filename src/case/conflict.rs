//! Conflicts: sources that differ, and the version that the case follows.

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
    /// The subject on which they differ.
    pub about: At<String>,
    /// The version of each source.
    pub values: Vec<RawValue>,
    /// The version that the case follows.
    pub resolution: At<String>,
    /// Why.
    pub why: At<String>,
    /// Facts to which it matters.
    #[serde(default)]
    pub facts: Vec<At<String>>,
}

/// The version of one source in a conflict.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawValue {
    /// In our words.
    pub says: At<String>,
    /// Which source.
    pub source: At<String>,
    /// The place in the source.
    pub at: At<String>,
}

/// Sources that differ.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The kind of difference.
    pub kind: ConflictKind,
    /// The subject on which they differ.
    pub about: String,
    /// The version of each source: words, source, place.
    pub values: Vec<(String, String, Locator)>,
    /// The version that the case follows.
    pub resolution: String,
    /// The reason for it.
    pub why: String,
    /// Facts to which it matters.
    pub facts: Vec<FactId>,
    /// Its place in the case file.
    pub place: Place,
}

closed! {
    /// The kinds of disagreement between sources.
    ConflictKind {
        /// One fact replaces another in time.
        Succession = "succession",
        /// Both cannot be true.
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
