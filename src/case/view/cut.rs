//! The cut of a view: its input, and the entries that it leaves out.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use memchr::memmem::Finder;

use super::readers::Readers;
use crate::case::Case;
use crate::case::timeline::{Clock, Standing};
use crate::document::ClaimId;
use crate::reference::audience::Audience;

/// An entry that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The entry.
    pub what: CutEntry,
    /// The reason.
    pub why: &'static str,
}

/// An entry of the case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CutEntry {
    /// A named thing, by its id.
    Name(String),
    /// A claim.
    Claim(ClaimId),
}

impl From<ClaimId> for CutEntry {
    fn from(id: ClaimId) -> Self {
        Self::Claim(id)
    }
}

/// The form for reports: `names.anna`, `facts.verdict`.
impl fmt::Display for CutEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(id) => write!(f, "names.{id}"),
            Self::Claim(id) => id.fmt(f),
        }
    }
}

/// The cut of a case: its input, and the entries left out so far.
pub(super) struct Cut<'a> {
    pub(super) case: &'a Case,
    pub(super) standing: &'a Standing,
    pub(super) as_of: NaiveDate,
    pub(super) clock: Clock,
    pub(super) audience: Audience,
    pub(super) readers: Readers,
    /// Persons whom the paper must not name.
    pub(super) hidden: &'a BTreeSet<String>,
    /// Every spelling of the persons and organisations that this paper does not name.
    pub(super) unspoken: Vec<Finder<'a>>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Cut<'_> {
    pub(super) fn drop(&mut self, what: impl Into<CutEntry>, why: &'static str) {
        self.left_out.push(LeftOut { what: what.into(), why });
    }
}
