//! What a view is cut from, and what the cut leaves out.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use memchr::memmem::Finder;

use super::readers::Readers;
use crate::case::Case;
use crate::case::timeline::{Clock, Standing};
use crate::reference::audience::Audience;

/// Something that was cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// `facts.verdict`, `demands.counsel`…
    pub id: String,
    /// Why.
    pub why: &'static str,
}

/// The cut of a case: what it is made from, and what it has left out so far.
pub(super) struct Cut<'a> {
    pub(super) case: &'a Case,
    pub(super) standing: &'a Standing,
    pub(super) as_of: NaiveDate,
    pub(super) clock: Clock,
    pub(super) audience: Audience,
    pub(super) readers: Readers,
    /// Persons whom the paper must not name.
    pub(super) hidden: &'a BTreeSet<String>,
    /// Every spelling of those who are not named in this paper.
    pub(super) unspoken: Vec<Finder<'a>>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Cut<'_> {
    pub(super) fn drop(&mut self, kind: &str, id: &str, why: &'static str) {
        self.left_out.push(LeftOut { id: format!("{kind}.{id}"), why });
    }
}
