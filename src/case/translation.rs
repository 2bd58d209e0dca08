//! The words of a quotation in another language. They are ours or somebody's, never the source's: a document prints
//! them beside the original, with who made them, when, and how far they can be relied on.

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use super::Text;
use crate::diag::Place;
use crate::reference::vocabulary::closed;
use crate::yaml::At;

closed! {
    /// How far a translation can be relied on.
    TranslationStatus {
        /// Nobody but the translator has read it.
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
    /// By whom, as it is printed.
    pub by: String,
    /// When.
    pub on: NaiveDate,
    /// How far it can be relied on.
    pub status: TranslationStatus,
    /// The seal at that time.
    pub seal: Option<At<String>>,
    /// Where it was typed.
    pub place: Place,
}

impl Translation {
    /// The seal of a quotation and its translation as they are now: the first eight hexadecimal digits of a digest over
    /// the words of both. A word changed on either side changes it.
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

    /// Whether it is a translation of these words, as far as its seal says.
    #[must_use]
    pub fn fits(&self, quote: &str) -> bool {
        self.seal.as_ref().is_some_and(|seal| seal.value == self.seal_of(quote))
    }
}
