//! Verifying: whether a finished file says what its ledger says, and whether that stands in the sources that it names.
//!
//! Four checks, each with a state of its own; what was not checked is never told as passed. Everything is done offline, on
//! bytes that were passed in. The fourth check, building the paper again, needs the whole program: its result is passed
//! in too ([`rebuild`]).

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

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// All that the paper offers was checked, and is right.
    Passed,
    /// What could be checked is right; the paper does not carry all of it.
    Partly,
    /// Something is wrong.
    Failed,
    /// It was asked for, or could have been expected, and could not be done.
    Impossible,
    /// Nobody asked for it, or this kind of paper has nothing to check.
    NotChecked,
}

/// One of the four checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which: the code of its findings in general.
    pub code: Code,
    /// How it came out.
    pub state: State,
    /// What was checked, or why not.
    pub says: String,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Something that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The stable code.
    pub code: Code,
    /// In words.
    pub words: String,
}

/// What verifying one file came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVerdict {
    /// The file, as the user named it.
    pub file: String,
    /// The SHA-256 of its bytes; empty if it could not be read.
    pub digest: String,
    /// The ledger, the text, the sources, the rebuilding.
    pub checks: Vec<Check>,
    /// The ledger, if it could be read.
    pub carried: Option<Carried>,
}

/// The result for one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Result {
    /// Nothing that was asked for is wrong or open.
    Verified,
    /// Something could not be checked.
    Unchecked,
    /// Something is wrong.
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
    /// Right if nothing is wrong; then it says what was found right.
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

    /// Without findings: not done, or not wholly.
    fn not(code: Code, state: State, says: impl Into<String>) -> Self {
        Self { code, state, says: says.into(), findings: Vec::new() }
    }
}

impl Finding {
    fn new(code: Code, words: impl Into<String>) -> Self {
        Self { code, words: words.into() }
    }
}

/// The verdict on a file that could not even be read.
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
