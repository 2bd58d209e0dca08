//! The result of a command.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Files};

/// The result of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The texts to which messages point.
    pub files: Files,
    /// All problems, in order.
    pub problems: Vec<Diagnostic>,
    /// Results for stdout, a line each.
    pub said: Vec<String>,
    /// True if a problem blocks the build.
    pub blocked: bool,
    /// True if something could not be checked.
    pub unchecked: bool,
    /// Digest of each file that was read, by its name.
    pub inputs: BTreeMap<String, String>,
}
