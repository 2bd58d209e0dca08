//! The origin of words.

use std::ops::Range;

/// The origin of words: a place in a file of the user.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The name by which the user knows the file: relative to the project, or `templates/…`.
    pub file: String,
    /// Line, from 1; 0 if unknown.
    pub line: usize,
    /// Byte range in that file, from 0, if known.
    pub bytes: Option<Range<usize>>,
}
