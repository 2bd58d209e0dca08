//! Who reads a paper.

use crate::case::Audiences;
use crate::reference::audience::{Audience, AudienceSet};

/// All who come to read one paper, each of whom may be told all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readers {
    /// Whom it is made for: what is asked is worded for them.
    pub first: Audience,
    /// Whoever else reads it: the office to which a petition goes.
    pub also: AudienceSet,
    /// It can come into the country itself: what the law there closes for readers inside is closed for all.
    pub inside: bool,
}

impl Readers {
    /// One audience, outside the country.
    #[must_use]
    pub fn only(first: Audience) -> Self {
        Self { first, also: AudienceSet::default(), inside: false }
    }

    /// Whether each of them is told of what this set is told.
    pub(super) fn all_in(self, told: impl Fn(Audience) -> bool) -> bool {
        told(self.first) && self.also.iter().all(told)
    }

    /// Whether each of them is among these.
    pub(super) fn are_in(self, told: &Audiences) -> bool {
        self.all_in(|reader| told.contains(&reader))
    }

    /// Those for whom what the law closes is closed.
    #[must_use]
    pub fn closed(self) -> AudienceSet {
        let all = self.also.with(self.first);
        if self.inside { all.with(Audience::InsideCountry) } else { all }
    }
}
