//! `citations.lock`: the verified citations, for days on which the copies are absent.
//!
//! The file has one line per citation, sorted, so that a version history shows each changed citation. A seal over all
//! entries reveals changes by hand. It does not protect against forgery, because anybody can compute it.

use std::fmt::{self, Write as _};
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::diag::{Code, Diagnostic, Place};
use crate::disk::Digest;
use crate::disk::digest::hex;
use crate::reference::day;
use crate::yaml::{self, At};

use super::locator::Locator;
use super::record::Extractor;

const HEAD: &str = "# Written by `amparo check CASE --lock`. Do not edit by hand: the seal would no longer fit.\n";

/// The line before the open questions.
const QUESTIONS: &str = "questions:\n";

/// The format version that is written and read.
const VERSION: u32 = 1;

/// The first 16 hexadecimal digits of the SHA-256 of the exact words of a quotation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of a quotation as typed.
    #[must_use]
    pub fn of(quote: &str) -> Self {
        let mut hex = hex(quote.as_bytes());
        hex.truncate(16);
        Self(hex)
    }

    fn read(text: &str) -> Option<Self> {
        let shaped = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        shaped.then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One verified citation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Locked {
    /// Id of the source.
    pub source: String,
    /// The place in the source that is cited.
    pub at: Locator,
    /// Fingerprint of the quotation.
    pub quote: Fingerprint,
    /// `verified`.
    pub verdict: String,
    /// The tier the match needed: `exact`, `white-space`, `typographic`, `unicode`, `hyphenation`.
    pub tier: String,
    /// The paragraph of the canonical text in which the words were found, from 1.
    pub paragraph: usize,
    /// The day of the check.
    pub checked: NaiveDate,
    /// Digest of the copy.
    pub copy: Digest,
    /// The program that made the canonical text.
    pub extractor: Extractor,
    /// Version of the normaliser of the matcher.
    pub normaliser: u32,
}

/// Questions about a statement that were open when its sources were last at hand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LockedQuestions {
    /// The statement, as in a ledger: `facts.arrest`.
    pub claim: String,
    /// Its seal: another text, another citation or another copy makes another one.
    pub seal: String,
    /// How many were open.
    pub open: usize,
}

/// The verified citations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lock {
    entries: Vec<Locked>,
    questions: Vec<LockedQuestions>,
    broken: bool,
}

impl FromIterator<Locked> for Lock {
    /// Keeps one entry for each source, place and quotation: the one checked last.
    fn from_iter<I: IntoIterator<Item = Locked>>(entries: I) -> Self {
        let mut entries: Vec<Locked> = entries.into_iter().collect();
        entries.sort_by(|a, b| key(a).cmp(&key(b)).then(b.checked.cmp(&a.checked)).then(a.cmp(b)));
        entries.dedup_by(|later, kept| key(later) == key(kept));
        Self { entries, questions: Vec::new(), broken: false }
    }
}

fn key(entry: &Locked) -> (&str, Locator, &Fingerprint) {
    (&entry.source, entry.at, &entry.quote)
}

impl Lock {
    /// The entries, sorted by source, place and fingerprint.
    #[must_use]
    pub fn entries(&self) -> &[Locked] {
        &self.entries
    }

    /// This lock with other open questions.
    #[must_use]
    pub fn with_questions(mut self, questions: impl IntoIterator<Item = LockedQuestions>) -> Self {
        self.questions = questions.into_iter().collect();
        self.questions.sort();
        self
    }

    /// The number of questions that were open about a statement with this seal.
    #[must_use]
    pub fn questions(&self, claim: &str, seal: &str) -> usize {
        let own = self.questions.iter().filter(|_| !self.broken);
        own.filter(|question| question.claim == claim && question.seal == seal).map(|question| question.open).sum()
    }

    /// True if there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The verified citation of a quotation. `None` if there is none, or if the words have changed since.
    #[must_use]
    pub fn find(&self, source: &str, at: Locator, quote: &str) -> Option<&Locked> {
        let quote = Fingerprint::of(quote);
        let found = self.entries.binary_search_by(|entry| key(entry).cmp(&(source, at, &quote))).ok()?;
        self.entries.get(found).filter(|_| !self.broken)
    }

    /// The text of the file. The same entries give the same bytes.
    #[must_use]
    pub fn write(&self) -> String {
        let body = self.body();
        format!("{HEAD}version: {VERSION}\nseal: {}\n{body}", seal(&body))
    }

    fn body(&self) -> String {
        let empty = if self.entries.is_empty() { " []" } else { "" };
        let mut out = format!("citations:{empty}\n");
        for entry in &self.entries {
            let _ = writeln!(out, "  - {}", line(entry));
        }
        if !self.questions.is_empty() {
            out.push_str(QUESTIONS);
        }
        for LockedQuestions { claim, seal, open } in &self.questions {
            let claim = serde_json::json!(claim);
            let _ = writeln!(out, "  - {{claim: {claim}, seal: \"{seal}\", open: {open}}}");
        }
        out
    }

    /// The lock with exactly this text; the seal is then right too. Nearly every lock is unchanged since it was
    /// written, and reading YAML takes longer than all other work on it.
    fn unchanged(text: &str) -> Option<Self> {
        let (citations, questions) = text.split_once(QUESTIONS).unwrap_or((text, ""));
        let entries = citations.lines().filter_map(|line| line.strip_prefix("  - "));
        let lock: Self = entries.map(written).collect::<Option<_>>()?;
        let questions = questions.lines().filter_map(|line| line.strip_prefix("  - "));
        let questions: Vec<_> = questions.map(written_question).collect::<Option<_>>()?;
        let lock = lock.with_questions(questions);
        (lock.write() == text).then_some(lock)
    }

    /// Reads the text of the file. A lock that cannot be trusted is reported and gives no entries.
    #[must_use]
    pub fn read(file: &Arc<str>, text: &str) -> (Self, Vec<Diagnostic>) {
        // An escape may hide characters; the YAML reader finds them.
        let is_plain = !text.contains('\\') && yaml::unreadable(file, text).is_none();
        if let Some(lock) = is_plain.then(|| Self::unchanged(text)).flatten() {
            return (lock, Vec::new());
        }
        let broken = Self { broken: true, ..Self::default() };
        let raw = match yaml::read::<RawLock>(file, text) {
            Ok(raw) => raw,
            Err(mut problems) => {
                problems.push(stale(Place::file(file.clone()), "the lock cannot be read, so nothing in it counts"));
                return (broken, problems);
            }
        };
        if raw.version.value != VERSION {
            let words = format!("this lock has the format {}; this release reads {VERSION}", raw.version.value);
            return (broken, vec![stale(raw.version.place, &words)]);
        }
        let mut problems = Vec::new();
        let entries: Vec<_> = raw.citations.iter().filter_map(|entry| entry.read(&mut problems)).collect();
        let lock: Self = entries.into_iter().collect();
        let questions = raw.questions.iter().map(|question| LockedQuestions {
            claim: question.claim.value.clone(),
            seal: question.seal.value.clone(),
            open: question.open.value,
        });
        let mut lock = lock.with_questions(questions);
        // The seal is computed over the entries that were read: line ends and comments may change, entries may not.
        if problems.is_empty() && seal(&lock.body()) != raw.seal.value {
            problems.push(stale(raw.seal.place, "the lock was changed after it was written"));
        }
        lock.broken = !problems.is_empty();
        (lock, problems)
    }
}

fn line(entry: &Locked) -> String {
    let Locked { source, at, quote, verdict, tier, paragraph, checked, copy, extractor, normaliser } = entry;
    // Quotation marks keep an id such as `no` or `2031` a text. JSON's escapes are valid in YAML.
    let [source, verdict, tier, name, version] =
        [source, verdict, tier, &extractor.name, &extractor.version].map(|words| serde_json::json!(words).to_string());
    format!(
        "{{source: {source}, at: {at}, quote: \"{quote}\", verdict: {verdict}, tier: {tier}, paragraph: {paragraph}, \
         checked: {checked}, copy: \"{copy}\", extractor: {{name: {name}, version: {version}}}, \
         normaliser: {normaliser}}}"
    )
}

/// The questions of a line written by [`Lock::write`].
fn written_question(line: &str) -> Option<LockedQuestions> {
    let (claim, rest) = line.strip_prefix("{claim: ")?.strip_suffix('}')?.split_once(", seal: \"")?;
    let (seal, open) = rest.split_once("\", open: ")?;
    Some(LockedQuestions { claim: serde_json::from_str(claim).ok()?, seal: seal.to_owned(), open: open.parse().ok()? })
}

/// The entry of a line written by [`line()`]; the caller writes it anew and compares.
fn written(line: &str) -> Option<Locked> {
    let mut rest = line.strip_prefix("{source: ")?.strip_suffix('}')?;
    let mut until = |key: &str| {
        let (value, after) = rest.split_once(key)?;
        rest = after;
        Some(value)
    };
    let words = |json: &str| serde_json::from_str::<String>(json).ok();
    Some(Locked {
        source: words(until(", at: ")?)?,
        at: until(", quote: \"")?.parse().ok()?,
        quote: Fingerprint::read(until("\", verdict: ")?)?,
        verdict: words(until(", tier: ")?)?,
        tier: words(until(", paragraph: ")?)?,
        paragraph: until(", checked: ")?.parse().ok()?,
        checked: day(until(", copy: \"")?).ok()?,
        copy: until("\", extractor: {name: ")?.parse().ok()?,
        extractor: Extractor { name: words(until(", version: ")?)?, version: words(until("}, normaliser: ")?)? },
        normaliser: rest.parse().ok()?,
    })
}

fn seal(body: &str) -> String {
    format!("sha256:{}", hex(format!("{VERSION}\n{body}").as_bytes()))
}

fn stale(place: Place, words: &str) -> Diagnostic {
    Diagnostic::error(Code::CiteLockStale, place, words)
        .hint("run `amparo check CASE --lock` with the copies at hand; the lock is never written by hand")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawLock {
    version: At<u32>,
    seal: At<String>,
    citations: Vec<RawLocked>,
    #[serde(default)]
    questions: Vec<RawQuestions>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestions {
    claim: At<String>,
    seal: At<String>,
    open: At<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawLocked {
    source: At<String>,
    at: At<String>,
    quote: At<String>,
    verdict: At<String>,
    tier: At<String>,
    paragraph: At<usize>,
    checked: At<String>,
    copy: At<String>,
    extractor: RawExtractor,
    normaliser: At<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExtractor {
    name: String,
    version: String,
}

impl RawLocked {
    fn read(&self, problems: &mut Vec<Diagnostic>) -> Option<Locked> {
        let at = part(&self.at, Locator::from_str(&self.at).ok(), problems);
        let quote = part(&self.quote, Fingerprint::read(&self.quote), problems);
        let checked = part(&self.checked, day(&self.checked).ok(), problems);
        let copy = part(&self.copy, self.copy.parse().ok(), problems);
        Some(Locked {
            source: self.source.value.clone(),
            at: at?,
            quote: quote?,
            verdict: self.verdict.value.clone(),
            tier: self.tier.value.clone(),
            paragraph: self.paragraph.value,
            checked: checked?,
            copy: copy?,
            extractor: Extractor { name: self.extractor.name.clone(), version: self.extractor.version.clone() },
            normaliser: self.normaliser.value,
        })
    }
}

fn part<T>(typed: &At<String>, read: Option<T>, problems: &mut Vec<Diagnostic>) -> Option<T> {
    if read.is_none() {
        problems.push(stale(typed.place.clone(), &format!("`{}` was not written by a check", typed.value)));
    }
    read
}

#[cfg(test)]
#[path = "lock_tests.rs"]
mod tests;
