//! The words of a quotation in another language. They are ours or a translator's, never those of the source: a document
//! prints them beside the original, with the translator, the day and the degree of reliability.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::reader::CaseReader;
use super::text::{RawText, Text};
use crate::diag::{Code, Place};
use crate::yaml::At;

/// A translation of a quotation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawTranslation {
    /// The words per language.
    pub text: RawText,
    /// By whom: a role or a name, in the words in which it is printed.
    pub by: At<String>,
    /// When.
    pub on: At<String>,
    /// Its reliability: `draft`, `checked` (a second person has compared it) or `official` (sworn, or of the body that
    /// wrote the original).
    pub status: At<String>,
    /// The seal that `check` prints: it changes when the quotation or the translation changes.
    #[serde(default)]
    pub seal: Option<At<String>>,
}

closed! {
    /// The degree of reliability of a translation.
    TranslationStatus {
        /// Only the translator has read it.
        Draft = "draft",
        /// A second person has compared it with the original.
        Checked = "checked",
        /// Made or certified by a sworn translator or by the body that wrote the original.
        Official = "official",
    }
}

/// A translation of a quotation.
#[derive(Debug, Clone)]
pub struct Translation {
    /// The words per language.
    pub text: Text,
    /// The translator, as printed.
    pub by: String,
    /// The day of the translation.
    pub on: NaiveDate,
    /// The degree of reliability.
    pub status: TranslationStatus,
    /// The seal on that day.
    pub seal: Option<At<String>>,
    /// Its place in the case file.
    pub place: Place,
}

impl Translation {
    /// The seal of a quotation and its translation: the first eight hexadecimal digits of a digest over the words of
    /// both. Any change of a word on either side changes it.
    #[must_use]
    pub fn seal_of(&self, quote: &str) -> String {
        let mut hash = Sha256::new();
        let pairs = self.text.iter().flat_map(|(language, words)| [language.as_str(), words.value.as_str()]);
        for part in std::iter::once(quote).chain(pairs) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        format!("{:08x}", u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]))
    }

    /// True if its seal shows that it translates these words.
    #[must_use]
    pub fn fits(&self, quote: &str) -> bool {
        self.seal.as_ref().is_some_and(|seal| seal.value == self.seal_of(quote))
    }
}

impl RawTranslation {
    pub(super) fn convert(&self, reader: &mut CaseReader) -> Translation {
        if self.text.is_empty() {
            reader.error(
                Code::CaseMissingKey,
                &self.by,
                "the translation has no words",
                "add them, by language: `text: {en: …}`",
            );
        }
        let status = reader.word(&self.status, &TranslationStatus::ALL, TranslationStatus::name);
        Translation {
            text: reader.words(&self.text),
            by: self.by.value.clone(),
            on: reader.day(&self.on),
            status: status.unwrap_or(TranslationStatus::Draft),
            seal: self.seal.clone(),
            place: self.by.place.clone(),
        }
    }
}
