//! Arguments of the drafter: facts joined to norms under a category.

use schemars::JsonSchema;
use serde::Deserialize;

use super::own_wording::{OwnWording, RawOwnWording, own_words};
use super::reader::{Audiences, CaseReader};
use super::text::{RawText, Text};
use crate::diag::{Code, Place};
use crate::document::FactId;
use crate::yaml::At;

/// An argument of the drafter.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawArgument {
    /// True if the category is claimed.
    pub claimed: At<bool>,
    /// Facts it joins to norms.
    #[serde(default)]
    pub facts: Vec<At<String>>,
    /// The norms.
    #[serde(default)]
    pub norms: Vec<At<String>>,
    /// Why it does no harm to rely on a norm that concedes something (`concedes` in the file of the law).
    #[serde(default)]
    pub concession: Option<At<String>>,
    /// The argument, in the drafter's voice.
    #[serde(default)]
    pub text: RawText,
    /// Why it is not claimed.
    #[serde(default)]
    pub why: Option<At<String>>,
    /// Words that its facts do not carry, with the author's answer.
    #[serde(default)]
    pub own_words: Vec<RawOwnWording>,
    /// The audiences that may be told. Without it: `internal` only.
    #[serde(default)]
    pub audience: Vec<At<String>>,
}

/// An argument of the drafter.
#[derive(Debug, Clone)]
pub struct Argument {
    /// Category: `wgad/II`.
    pub category: String,
    /// True if the category is claimed.
    pub claimed: bool,
    /// Facts.
    pub facts: Vec<FactId>,
    /// Norms.
    pub norms: Vec<At<String>>,
    /// The reason that it does no harm to rely on a norm that concedes something.
    pub concession: Option<String>,
    /// The argument, in the drafter's voice.
    pub text: Text,
    /// The reason that it is not claimed.
    pub why: Option<String>,
    /// Words that its facts do not carry, with the author's answer.
    pub own_words: Vec<OwnWording>,
    /// The audiences that may be told.
    pub audience: Audiences,
    /// Its place in the case file.
    pub place: Place,
}

impl RawArgument {
    pub(super) fn convert(&self, category: &At<String>, reader: &mut CaseReader) -> Argument {
        if self.claimed.value && (self.facts.is_empty() || self.norms.is_empty()) {
            reader.error(
                Code::CaseMissingKey,
                category,
                "a claimed category joins facts to norms",
                "add `facts:` and `norms:`, or write `claimed: false` with `why:`",
            );
        }
        if !self.claimed.value && self.why.is_none() {
            reader.error(Code::CaseMissingKey, category, "a category that is not claimed says why", "add `why: …`");
        }
        Argument {
            category: category.value.clone(),
            claimed: self.claimed.value,
            facts: reader.facts(&self.facts),
            norms: self.norms.clone(),
            concession: self.concession.as_ref().map(|why| why.value.clone()),
            text: reader.text(&self.text, self.claimed.value, &category.place),
            why: self.why.as_ref().map(|why| why.value.clone()),
            own_words: own_words(&self.own_words, reader),
            audience: reader.closed_audience(&self.audience),
            place: category.place.clone(),
        }
    }
}
