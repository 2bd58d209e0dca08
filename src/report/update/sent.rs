//! The claims of papers that were sent, and the differences to what we would say now.

use chrono::NaiveDate;
use serde_json::Value;

use super::Side;
use super::words::{Diff, diff};
use crate::document::{ClaimId, ClaimKind, Document, Entry};

/// A paper that was sent, as a step records it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The body to which it was sent.
    pub body: String,
    /// Its name: `letter-official.fsin.ru`.
    pub paper: String,
    /// The date that it bears.
    pub day: NaiveDate,
    /// Its claims; `None`: neither the manifest of the paper nor the case has them.
    pub claims: Option<Vec<SentClaim>>,
    /// True if there is no build of that day: the claims are those that the case would give the paper now.
    pub remade: bool,
}

/// A claim in one place of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentClaim {
    /// Its id.
    pub id: ClaimId,
    /// The words in the paper.
    pub text: String,
    /// The status of a fact when the paper was made.
    pub status: String,
}

/// A claim of a paper that we would not make now, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFinding {
    /// True if it was wrong already on the day of the paper; else it was true then and has changed since.
    pub wrong: bool,
    /// The words in the paper.
    pub said: String,
    /// The reason.
    pub why: String,
}

impl From<&Entry> for SentClaim {
    fn from(entry: &Entry) -> Self {
        Self { id: entry.id.clone(), text: entry.text.clone(), status: entry.status.clone() }
    }
}

/// The claims of a paper, from the manifest of its build.
#[must_use]
pub fn by_manifest(manifest: &Value, paper: &str) -> Option<Vec<SentClaim>> {
    let files = manifest.get("files")?.as_object()?;
    let is_paper = |name: &str| {
        let file = name.rsplit('/').next().unwrap_or(name);
        file.strip_prefix(paper).is_some_and(|ending| matches!(ending, ".pdf" | ".md"))
    };
    let (_, about) = files.iter().find(|(name, _)| is_paper(name))?;
    let word = |entry: &Value, key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let claim = |entry: &Value| {
        let id = ClaimId::read(&word(entry, "id"), ClaimKind::from_name(&word(entry, "kind")))?;
        Some(SentClaim { id, text: word(entry, "text"), status: word(entry, "status") })
    };
    about.get("ledger")?.as_array()?.iter().map(claim).collect()
}

/// The claims of a paper, from its tree.
#[must_use]
pub fn by_document(documents: &[Document], paper: &str) -> Option<Vec<SentClaim>> {
    let document = documents.iter().find(|document| document.name == paper)?;
    Some(document.ledger.entries.iter().map(SentClaim::from).collect())
}

/// The claims of a paper that we would not make now.
#[must_use]
pub fn judge(sent: &Sent, after: &Side) -> Vec<SentFinding> {
    let claims = sent.claims.iter().flatten();
    let judged = claims.filter_map(|claim| {
        open(claim, after).or_else(|| fact(claim, sent.day, after)).or_else(|| demand(claim, after))
    });
    judged.collect()
}

fn finding(wrong: bool, claim: &SentClaim, why: impl Into<String>) -> SentFinding {
    SentFinding { wrong, said: claim.text.clone(), why: why.into() }
}

/// A point that was open when the paper was made and is known now: an awaited decision, or a gap.
fn open(claim: &SentClaim, after: &Side) -> Option<SentFinding> {
    let is_open = match &claim.id {
        ClaimId::Gap(gap) => after.view.gaps.iter().any(|own| own.id == *gap),
        ClaimId::Awaited(fact) => after.view.awaited.iter().any(|awaited| awaited.fact == *fact),
        _ => return None,
    };
    (!is_open).then(|| finding(false, claim, "this is no longer open: see the facts"))
}

fn fact(claim: &SentClaim, day: NaiveDate, after: &Side) -> Option<SentFinding> {
    let id = claim.id.fact()?;
    let Some(told) = after.view.fact(id) else {
        let why = after.view.why_left_out(&claim.id.clone().into());
        return Some(finding(true, claim, why.unwrap_or("it is no longer in the case")));
    };
    if let Some(by) = told.superseded_by.as_ref().and_then(|by| after.view.fact(by)) {
        let since = by.date.as_ref().map(|date| date.last);
        let words = after.words(&by.fact.text);
        return Some(if since.is_none_or(|since| since <= day) {
            finding(true, claim, format!("on that day it was already otherwise: {words}"))
        } else {
            finding(false, claim, format!("since then: {words}"))
        });
    }
    let ours: Vec<&str> = told.fact.text.values().map(|words| words.value.as_str()).collect();
    if !ours.contains(&claim.text.as_str()) {
        let nearest = ours.iter().max_by_key(|words| similarity(&claim.text, words));
        let Diff::Changed(lines) = diff(&claim.text, nearest.copied().unwrap_or_default()) else { return None };
        return Some(finding(true, claim, format!("it now says: {}", lines.join(" "))));
    }
    let status = told.status.name();
    let is_weaker = claim.status == "established" && status != "established";
    is_weaker.then(|| finding(true, claim, format!("it was told as established and is now {status}")))
}

fn demand(claim: &SentClaim, after: &Side) -> Option<SentFinding> {
    let ClaimId::Demand(id) = &claim.id else { return None };
    let asked = after.view.asks.iter().any(|ask| ask.id == *id) || after.view.made.iter().any(|made| made.id == *id);
    (!asked).then(|| finding(false, claim, "we no longer ask this: its grounds are gone"))
}

/// The number of words of `other` that `one` has too.
fn similarity(one: &str, other: &str) -> usize {
    let words: std::collections::BTreeSet<&str> = one.split_whitespace().collect();
    other.split_whitespace().filter(|word| words.contains(word)).count()
}

/// True for a state that a paper tells as history: the paper also has the state that replaced it.
#[must_use]
pub fn told_as_history(sent: &Sent, after: &Side, claim_text: &str) -> bool {
    let claims = || sent.claims.iter().flatten();
    let Some(id) = claims().find(|claim| claim.text == claim_text).and_then(|claim| claim.id.fact()) else {
        return false;
    };
    let by = after.view.fact(id).and_then(|told| told.superseded_by.clone());
    by.is_some_and(|by| claims().any(|claim| claim.id.fact() == Some(&by)))
}
