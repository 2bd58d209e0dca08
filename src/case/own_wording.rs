//! Words of a fact that its source does not carry, answered for by the author.

use schemars::JsonSchema;
use serde::Deserialize;

use super::reader::CaseReader;
use crate::diag::Code;
use crate::yaml::At;

closed! {
    /// The kind of words that go beyond a source.
    OwnWordingKind {
        /// They say the same in fewer or other words.
        Summary = "summary",
        /// They follow from what the source says.
        Inference = "inference",
        /// They are the drafter's own: no source says them.
        Drafter = "drafter",
    }
}

/// Words of the text that the source does not carry, with the author's answer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawOwnWording {
    /// The words, as they stand in the text.
    pub words: At<String>,
    /// `summary` (the same in other words), `inference` (it follows) or `drafter` (the drafter's own).
    pub kind: At<String>,
    /// The reason that they may stand there.
    pub why: At<String>,
    /// The seal that `check` prints: it changes when the text or a citation changes.
    pub seal: At<String>,
}

/// Words of a statement that its source does not carry, with the author's answer.
#[derive(Debug, Clone)]
pub struct OwnWording {
    /// The words.
    pub words: At<String>,
    /// Their kind.
    pub kind: OwnWordingKind,
    /// The reason that they may stand there.
    pub why: String,
    /// The seal of the statement when the author answered.
    pub seal: At<String>,
}

/// The answers of one statement.
pub(super) fn own_words(raw: &[RawOwnWording], reader: &mut CaseReader) -> Vec<OwnWording> {
    raw.iter().filter_map(|own| own.convert(reader)).collect()
}

impl RawOwnWording {
    fn convert(&self, reader: &mut CaseReader) -> Option<OwnWording> {
        if !self.words.contains(char::is_alphanumeric) {
            reader.error(
                Code::CaseMissingKey,
                &self.words,
                "there are no words here",
                "write the words you answer for",
            );
            return None;
        }
        let kind = reader.word(&self.kind, &OwnWordingKind::ALL, OwnWordingKind::name)?;
        Some(OwnWording { words: self.words.clone(), kind, why: self.why.value.clone(), seal: self.seal.clone() })
    }
}
