//! What papers that were sent say, and whether it still is what we would say.

use chrono::NaiveDate;
use serde_json::Value;

use super::Side;
use super::words::{Diff, diff};
use crate::document::{ClaimId, ClaimKind, Document, Entry};

/// A paper that was sent, as a step records it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// To whom.
    pub body: String,
    /// Its name: `letter-official.fsin.ru`.
    pub paper: String,
    /// The day that it bears.
    pub day: NaiveDate,
    /// What it says; `None`: neither the paper's manifest nor the case can tell.
    pub claims: Option<Vec<SentClaim>>,
    /// No build of that day is at hand: the claims are those that the case would give the paper now.
    pub remade: bool,
}

/// What a paper says in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentClaim {
    /// What it puts into words.
    pub id: ClaimId,
    /// The words in the paper.
    pub text: String,
    /// The status of a fact when the paper was made.
    pub status: String,
}

/// Why a claim of a paper is not what we would say now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFinding {
    /// Whether it was wrong already on the day of the paper; else it was true then and something has happened since.
    pub wrong: bool,
    /// The words in the paper.
    pub said: String,
    /// What is to be said of them.
    pub why: String,
}

impl From<&Entry> for SentClaim {
    fn from(entry: &Entry) -> Self {
        Self { id: entry.id.clone(), text: entry.text.clone(), status: entry.status.clone() }
    }
}

/// What a paper says by the manifest with which it was built.
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

/// What a paper says by its tree.
#[must_use]
pub fn by_document(documents: &[Document], paper: &str) -> Option<Vec<SentClaim>> {
    let document = documents.iter().find(|document| document.name == paper)?;
    Some(document.ledger.entries.iter().map(SentClaim::from).collect())
}

/// What is to be said of a paper now.
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

/// What was open when the paper was made, and is known now: a decision that was awaited, a gap.
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

/// How many words two texts share.
fn similarity(one: &str, other: &str) -> usize {
    let words: std::collections::BTreeSet<&str> = one.split_whitespace().collect();
    other.split_whitespace().filter(|word| words.contains(word)).count()
}

/// Leaves out the states that a paper tells as history: the one that took their place stands in it too.
#[must_use]
pub fn told_as_history(sent: &Sent, after: &Side, claim_text: &str) -> bool {
    let claims = || sent.claims.iter().flatten();
    let Some(id) = claims().find(|claim| claim.text == claim_text).and_then(|claim| claim.id.fact()) else {
        return false;
    };
    let by = after.view.fact(id).and_then(|told| told.superseded_by.clone());
    by.is_some_and(|by| claims().any(|claim| claim.id.fact() == Some(&by)))
}
