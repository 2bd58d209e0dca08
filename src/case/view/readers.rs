//! The readers of a paper.

use crate::case::Audiences;
use crate::reference::audience::{Audience, AudienceSet};

/// All readers of one paper; each may be told all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readers {
    /// The audience for which it is made; requests are worded for it.
    pub first: Audience,
    /// Further readers, such as the office to which a petition goes.
    pub also: AudienceSet,
    /// True if it can reach the country itself: whatever the law there closes for readers inside is then closed for
    /// all.
    pub inside: bool,
}

impl Readers {
    /// One audience, outside the country.
    #[must_use]
    pub fn only(first: Audience) -> Self {
        Self { first, also: AudienceSet::default(), inside: false }
    }

    /// True if `told` holds for each of them.
    pub(super) fn all_in(self, told: impl Fn(Audience) -> bool) -> bool {
        told(self.first) && self.also.iter().all(told)
    }

    /// True if each of them is among these.
    pub(super) fn are_in(self, told: &Audiences) -> bool {
        self.all_in(|reader| told.contains(&reader))
    }

    /// The audiences to look up in lists of closed names: all readers, and those inside the country if it can get
    /// there.
    #[must_use]
    pub fn closed(self) -> AudienceSet {
        let all = self.also.with(self.first);
        if self.inside { all.with(Audience::InsideCountry) } else { all }
    }
}
