//! A generated text that maps its bytes to the files of the user.

use std::ops::Range;

use crate::document::Origin;

/// A generated text that maps its bytes to the files of the user.
#[derive(Debug, Default)]
pub(super) struct Generated {
    /// The text.
    pub(super) text: String,
    /// In the order in which they were closed: an inner range comes before its outer one.
    origins: Vec<(Range<usize>, Origin)>,
}

impl Generated {
    /// The innermost known origin of the words at these bytes.
    pub(super) fn origin(&self, bytes: &Range<usize>) -> Option<&Origin> {
        let around = |range: &Range<usize>| range.start <= bytes.start && bytes.start < range.end;
        self.origins.iter().find(|(range, _)| around(range)).map(|(_, origin)| origin)
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds another generated text.
    pub(super) fn append(&mut self, other: Self) {
        let before = self.text.len();
        self.text.push_str(&other.text);
        let moved = |(range, origin): (Range<usize>, Origin)| (range.start + before..range.end + before, origin);
        self.origins.extend(other.origins.into_iter().map(moved));
    }

    /// Records the origin of the text since the byte `start`.
    pub(super) fn remember(&mut self, start: usize, origin: &Origin) {
        if !origin.file.is_empty() {
            self.origins.push((start..self.text.len(), origin.clone()));
        }
    }
}
