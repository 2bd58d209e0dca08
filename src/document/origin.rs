//! Where words came from.

use std::ops::Range;

/// Where words came from: a place in a file of the user.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The file as the user knows it: relative to the project, or `templates/…`.
    pub file: String,
    /// Line, from 1; 0 where unknown.
    pub line: usize,
    /// Byte range in that file, where known.
    pub bytes: Option<Range<usize>>,
}
