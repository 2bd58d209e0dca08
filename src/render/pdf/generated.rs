//! A generated text with the way back from its bytes to the user's files.

use std::ops::Range;

use crate::document::Origin;

/// A generated text with the way back from its bytes to the user's files.
#[derive(Debug, Default)]
pub(super) struct Generated {
    /// The text.
    pub(super) text: String,
    /// In the order in which they were closed: the inner range before the outer one.
    origins: Vec<(Range<usize>, Origin)>,
}

impl Generated {
    /// Where the words at these bytes came from: the innermost known place.
    pub(super) fn origin(&self, bytes: &Range<usize>) -> Option<&Origin> {
        let around = |range: &Range<usize>| range.start <= bytes.start && bytes.start < range.end;
        self.origins.iter().find(|(range, _)| around(range)).map(|(_, origin)| origin)
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds what was generated apart.
    pub(super) fn append(&mut self, other: Self) {
        let before = self.text.len();
        self.text.push_str(&other.text);
        let moved = |(range, origin): (Range<usize>, Origin)| (range.start + before..range.end + before, origin);
        self.origins.extend(other.origins.into_iter().map(moved));
    }

    /// Remembers where the text since a byte came from.
    pub(super) fn remember(&mut self, start: usize, origin: &Origin) {
        if !origin.file.is_empty() {
            self.origins.push((start..self.text.len(), origin.clone()));
        }
    }
}
