//! What a run of a command came to.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Files};

/// What a run came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The texts that messages point into.
    pub files: Files,
    /// All problems, in order.
    pub problems: Vec<Diagnostic>,
    /// Results for stdout, a line each.
    pub said: Vec<String>,
    /// Whether a problem stands in the way.
    pub blocked: bool,
    /// Whether something could not be checked.
    pub unchecked: bool,
    /// Digest of each file that was read, by its name.
    pub inputs: BTreeMap<String, String>,
}
