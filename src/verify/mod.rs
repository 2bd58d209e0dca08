//! Verifying: a finished file must say the same as its ledger, and the ledger the same as the sources that it names.
//!
//! There are four checks, each with its own state; a check that was not made never counts as passed. Everything is done
//! offline, on bytes that are passed in. The fourth check, building the paper again, needs the whole program, so its
//! result is passed in too ([`rebuild`]).

mod attachment;
pub mod inspect;
pub mod rebuild;
mod report;
mod shown;
mod sources;
mod text;

pub use attachment::{Opened, open};
pub use report::{REPORT, report};
pub use shown::{human, json, summary};
pub use sources::ArchiveCopies;

use crate::diag::Code;
use crate::disk::digest::hex;
use crate::render::ledger::Carried;

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everything in the paper was checked, and is right.
    Passed,
    /// Everything that could be checked is right, but the paper lacks a part of it.
    Partly,
    /// There is an error.
    Failed,
    /// It was asked for or expected, but was not possible.
    Impossible,
    /// It was not asked for, or this kind of paper has nothing to check.
    NotChecked,
}

/// One of the four checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The check, as the code of its general findings.
    pub code: Code,
    /// Its result.
    pub state: State,
    /// The things that were checked, or the reason for not checking.
    pub says: String,
    /// The errors found.
    pub findings: Vec<Finding>,
}

/// An error in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The stable code.
    pub code: Code,
    /// Its description in words.
    pub words: String,
}

/// The result of verifying one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVerdict {
    /// The file, as the user named it.
    pub file: String,
    /// The SHA-256 of its bytes; empty if it could not be read.
    pub digest: String,
    /// The checks of the ledger, the text, the sources and the rebuilding.
    pub checks: Vec<Check>,
    /// The ledger, if it could be read.
    pub carried: Option<Carried>,
}

/// The result for one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Result {
    /// Nothing that was asked for is wrong or unchecked.
    Verified,
    /// A part could not be checked.
    Unchecked,
    /// There is an error.
    Wrong,
}

impl FileVerdict {
    /// The result.
    #[must_use]
    pub fn result(&self) -> Result {
        let has = |state: State| self.checks.iter().any(|check| check.state == state);
        if has(State::Failed) {
            Result::Wrong
        } else if has(State::Impossible) {
            Result::Unchecked
        } else {
            Result::Verified
        }
    }

    /// All findings, in order.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.checks.iter().flat_map(|check| &check.findings)
    }
}

impl Check {
    /// Passed if there are no findings; `says` then tells what was found right.
    fn of(code: Code, findings: Vec<Finding>, says: String) -> Self {
        if findings.is_empty() {
            return Self { code, state: State::Passed, says, findings };
        }
        let says = match code {
            Code::VerifyText => "the pages do not say what the ledger says",
            Code::VerifySources => "not every quotation stands where the ledger says",
            Code::VerifyRebuild => "building it again gives another file",
            _ => "the file is not as amparo made it",
        };
        Self { code, state: State::Failed, says: says.to_owned(), findings }
    }

    /// A check without findings that was not made, or only in part.
    fn not(code: Code, state: State, says: impl Into<String>) -> Self {
        Self { code, state, says: says.into(), findings: Vec::new() }
    }
}

impl Finding {
    fn new(code: Code, words: impl Into<String>) -> Self {
        Self { code, words: words.into() }
    }
}

/// The verdict on a file that could not be read.
#[must_use]
pub fn unread(file: &str, why: impl Into<String>) -> FileVerdict {
    let checks = vec![Check::not(Code::VerifyAttachment, State::Impossible, why)];
    FileVerdict { file: file.to_owned(), digest: String::new(), checks, carried: None }
}

/// Verifies one file, without building it again.
#[must_use]
pub fn verify(name: &str, bytes: &[u8], copies: &ArchiveCopies) -> FileVerdict {
    let opened = open(bytes);
    let mut checks = vec![opened.check.clone()];
    if let (Some(file), Some(carried)) = (&opened.file, &opened.carried) {
        checks.push(text::check(&**file, carried));
        checks.push(sources::check(carried, &opened.copies, copies));
    } else {
        let state = if opened.check.state == State::Failed { State::NotChecked } else { State::Impossible };
        for code in [Code::VerifyText, Code::VerifySources] {
            checks.push(Check::not(code, state, "without its ledger there is nothing to compare it with"));
        }
    }
    let why = "it was not built again: name the folder of its case with `--case DIR`";
    checks.push(Check::not(Code::VerifyRebuild, State::NotChecked, why));
    FileVerdict { file: name.to_owned(), digest: hex(bytes), checks, carried: opened.carried }
}
