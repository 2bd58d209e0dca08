//! Verdicts in words: a line or a short page each for people; one JSON object per line for programs.

use std::fmt::Write as _;

use super::{Check, FileVerdict, Result, State};
use crate::diag::Code;

/// The limits of the checks.
pub(super) const LIMITS: &str = "what the eye sees can differ from the words of a file, if the shapes of its letters were \
                                 altered or something covers them; only building it again (`--case`) shows that. No check \
                                 tells who made a paper";

/// A verdict for people. With `whole` it has every check, else only those with errors or doubts.
#[must_use]
pub fn human(verdict: &FileVerdict, whole: bool) -> String {
    let mut out = format!("{}: {}", result(verdict.result()), verdict.file);
    let open = verdict.checks.iter().filter(|check| matches!(check.state, State::NotChecked | State::Partly));
    let open: Vec<&str> = open.map(|check| name(check.code)).collect();
    if !whole && verdict.result() == Result::Verified && !open.is_empty() {
        let _ = write!(out, " (not or not wholly checked: {})", open.join(", "));
    }
    for check in &verdict.checks {
        if whole || matches!(check.state, State::Failed | State::Impossible) {
            let _ = write!(out, "\n  {:8} {:11} {}", name(check.code), state(check.state), check.says);
            for finding in &check.findings {
                let _ = write!(out, "\n    [{}] {}", finding.code.name(), finding.words);
            }
        }
    }
    if whole && verdict.carried.is_some() {
        let _ = write!(out, "\n  = {LIMITS}.");
    }
    out
}

/// A verdict for programs.
#[must_use]
pub fn json(verdict: &FileVerdict) -> String {
    let checks: Vec<serde_json::Value> = verdict.checks.iter().map(of_check).collect();
    let digest = &verdict.digest;
    serde_json::json!({ "file": verdict.file, "sha256": digest, "result": key(verdict.result()), "checks": checks })
        .to_string()
}

fn of_check(check: &Check) -> serde_json::Value {
    let finding = |one: &super::Finding| serde_json::json!({ "code": one.code.name(), "message": one.words });
    let findings: Vec<serde_json::Value> = check.findings.iter().map(finding).collect();
    let state = match check.state {
        State::Passed => "passed",
        State::Partly => "partly",
        State::Failed => "failed",
        State::Impossible => "impossible",
        State::NotChecked => "not-checked",
    };
    serde_json::json!({ "check": name(check.code), "state": state, "message": check.says, "findings": findings })
}

/// The number of files with each result.
#[must_use]
pub fn summary(results: &[Result]) -> String {
    let count = |wanted: Result| results.iter().filter(|result| **result == wanted).count();
    let each = [Result::Verified, Result::Wrong, Result::Unchecked].map(|wanted| (count(wanted), result(wanted)));
    let parts = each.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
    format!("{} files: {}", results.len(), parts.collect::<Vec<_>>().join(", "))
}

/// A check by its short name.
pub(super) fn name(code: Code) -> &'static str {
    match code {
        Code::VerifyText => "text",
        Code::VerifySources => "sources",
        Code::VerifyRebuild => "rebuild",
        _ => "ledger",
    }
}

pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Passed => "passed",
        State::Partly => "partly",
        State::Failed => "WRONG",
        State::Impossible | State::NotChecked => "not checked",
    }
}

fn result(result: Result) -> &'static str {
    match result {
        Result::Verified => "verified",
        Result::Unchecked => "not checked",
        Result::Wrong => "WRONG",
    }
}

fn key(result: Result) -> &'static str {
    match result {
        Result::Verified => "verified",
        Result::Unchecked => "not-checked",
        Result::Wrong => "wrong",
    }
}
