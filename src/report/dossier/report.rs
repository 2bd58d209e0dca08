//! What a report is made from, and the report that is being written.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::case::Case;
use crate::case::timeline::{Clock, Standing};
use crate::case::view::View;
use crate::check::{Comparison, Evidence};
use crate::diag::Diagnostic;
use crate::document::{self, Block};
use crate::reference::Reference;
use crate::reference::audience::Audience;

/// What a report is made from.
#[derive(Debug)]
pub struct DossierRequest<'a> {
    /// The case.
    pub case: &'a Case,
    /// For each citation, what it was found to be.
    pub evidence: &'a Evidence,
    /// For each fact, how its sources stand to one another.
    pub comparison: &'a Comparison,
    /// What is known independently of the case.
    pub reference: &'a Reference,
    /// What may be said to each audience on the day of the report.
    pub views: &'a BTreeMap<Audience, View>,
    /// The papers that a build would make.
    pub papers: Vec<DossierPaper>,
    /// The categories of the forms that the case lists: `wgad/II`.
    pub categories: Vec<String>,
    /// What checking and planning found, without what is true only on the day of the run.
    pub problems: Vec<&'a Diagnostic>,
    /// By what facts count.
    pub clock: Clock,
    /// Whether it speaks of an earlier day than the case's own.
    pub reconstruction: bool,
    /// Sheet of paper.
    pub paper: document::PaperSize,
}

/// A paper that a build would make.
#[derive(Debug)]
pub struct DossierPaper {
    /// Its name, for instance `letter-official.ombudsman.ru`.
    pub name: String,
    /// Who is told.
    pub audience: Audience,
    /// The offices that it is written to, or names.
    pub offices: Vec<String>,
    /// The last day of its use.
    pub use_until: NaiveDate,
}

/// A report that is being written.
pub(super) struct Report<'a> {
    pub(super) case: &'a Case,
    pub(super) request: &'a DossierRequest<'a>,
    /// What the team itself may know.
    pub(super) view: &'a View,
    pub(super) standing: Standing,
    pub(super) as_of: NaiveDate,
    pub(super) blocks: Vec<Block>,
}

/// The sections after the first, with the names that links lead to.
pub(super) const SECTIONS: [(&str, &str); 21] = [
    ("about", "About this report"),
    ("chronology", "Chronology"),
    ("states", "States and how each changed"),
    ("people", "Who and what appears"),
    ("conflicts", "Where the sources differ"),
    ("comparison", "How the sources compare"),
    ("firmness", "What rests on one source or one publisher"),
    ("caveats", "Caveats"),
    ("voices", "Voices"),
    ("derived", "Derived values"),
    ("gaps", "What the sources do not say"),
    ("categories", "Categories of forms"),
    ("demands", "Demands"),
    ("audiences", "Who may be told what"),
    ("age", "How old it is"),
    ("steps", "Steps taken before"),
    ("consents", "Consents"),
    ("reviews", "Who compared what"),
    ("citations", "Every citation"),
    ("sources", "Sources"),
    ("today", "What needs you today"),
];
