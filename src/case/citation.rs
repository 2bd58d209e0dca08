//! Citations: a source, a place in it, and its words.

use schemars::JsonSchema;
use serde::Deserialize;

use super::reader::{Audiences, CaseReader, NAMED, SOURCE};
use super::translation::{RawTranslation, Translation};
use crate::diag::Place;
use crate::source::Locator;
use crate::yaml::At;

/// A citation: source, place and words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawCitation {
    /// Id of the source.
    pub source: At<String>,
    /// `para 12`, `page 3`, `page 3 para 2`.
    pub at: At<String>,
    /// The exact words: a phrase of at most about a dozen.
    pub quote: At<String>,
    /// The speakers, nearest first, where the source itself quotes: organisations, persons or institutions.
    #[serde(default)]
    pub voice: Vec<At<String>>,
    /// A translation of the phrase, printed as such.
    #[serde(default)]
    pub translation: Option<RawTranslation>,
    /// The answer to a question about the meaning of this phrase.
    #[serde(default)]
    pub meaning: Option<RawMeaning>,
    /// The audiences that may see this citation; empty: all that may see the source.
    #[serde(default)]
    pub audience: Vec<At<String>>,
}

/// The author's answer to the question whether a phrase, cut as it is, still means what its sentence says.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawMeaning {
    /// The reason that it does.
    pub why: At<String>,
    /// The seal that `check` prints: it changes when the phrase, its place or the copy changes.
    pub seal: At<String>,
}

/// The author's answer to the question whether a phrase still means what its sentence says.
#[derive(Debug, Clone)]
pub struct QuotationMeaning {
    /// The reason that it does.
    pub why: String,
    /// The seal of the citation when the author answered.
    pub seal: At<String>,
}

impl RawMeaning {
    fn convert(&self) -> QuotationMeaning {
        QuotationMeaning { why: self.why.value.clone(), seal: self.seal.clone() }
    }
}

/// A citation.
#[derive(Debug, Clone)]
pub struct Citation {
    /// Id of the source.
    pub source: String,
    /// The place in the source.
    pub at: Locator,
    /// That place as typed.
    pub typed_at: At<String>,
    /// The phrase.
    pub quote: At<String>,
    /// The speakers that the source quotes, nearest first.
    pub voices: Vec<String>,
    /// A translation of the phrase.
    pub translation: Option<Translation>,
    /// The answer to a question about its meaning.
    pub meaning: Option<QuotationMeaning>,
    /// The audiences that may see it; empty: all that may see the source.
    pub audience: Audiences,
    /// Its place in the case file.
    pub place: Place,
}

impl RawCitation {
    fn convert(&self, reader: &mut CaseReader) -> Citation {
        Citation {
            source: reader.id(SOURCE, &self.source),
            at: reader.locator(&self.at),
            typed_at: self.at.clone(),
            quote: self.quote.clone(),
            voices: reader.ids(NAMED, &self.voice),
            translation: self.translation.as_ref().map(|translation| translation.convert(reader)),
            meaning: self.meaning.as_ref().map(RawMeaning::convert),
            audience: reader.open_audience(&self.audience),
            place: self.quote.place.clone(),
        }
    }
}

/// Citations of one set: all of them are needed.
pub(super) fn citations(raw: &[RawCitation], reader: &mut CaseReader) -> Vec<Citation> {
    raw.iter().map(|citation| citation.convert(reader)).collect()
}
