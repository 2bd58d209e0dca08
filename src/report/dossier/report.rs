//! The input of a report, and the report during writing.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::case::Case;
use crate::case::timeline::{Clock, Standing};
use crate::case::view::View;
use crate::check::{Carriage, Comparison, Evidence};
use crate::diag::Diagnostic;
use crate::document::{self, Block};
use crate::reference::Reference;
use crate::reference::audience::Audience;

/// The input of a report.
#[derive(Debug)]
pub struct DossierRequest<'a> {
    /// The case.
    pub case: &'a Case,
    /// The result for each citation.
    pub evidence: &'a Evidence,
    /// The comparison of the sources of each fact.
    pub comparison: &'a Comparison,
    /// The comparison of each fact with the words it is cited to.
    pub carriage: &'a Carriage,
    /// The shipped data, which do not depend on the case.
    pub reference: &'a Reference,
    /// The view of each audience on the day of the report.
    pub views: &'a BTreeMap<Audience, View>,
    /// The papers of a build.
    pub papers: Vec<DossierPaper>,
    /// The categories of all forms that there are: `wgad/II`.
    pub categories: Vec<String>,
    /// The problems from checking and planning, without those that depend on the day of the run.
    pub problems: Vec<&'a Diagnostic>,
    /// The clock by which facts count.
    pub clock: Clock,
    /// True if it is for an earlier day than the case's own.
    pub reconstruction: bool,
    /// Size of the sheet.
    pub paper: document::PaperSize,
}

/// A paper of a build.
#[derive(Debug)]
pub struct DossierPaper {
    /// Its name, for instance `letter-official.ombudsman.ru`.
    pub name: String,
    /// The audience that is told.
    pub audience: Audience,
    /// The offices that it is written to, or that it names.
    pub offices: Vec<String>,
    /// The last day of its use.
    pub use_until: NaiveDate,
}

/// A report during writing.
pub(super) struct Report<'a> {
    pub(super) case: &'a Case,
    pub(super) request: &'a DossierRequest<'a>,
    /// The view of the team itself.
    pub(super) view: &'a View,
    pub(super) standing: Standing,
    pub(super) as_of: NaiveDate,
    pub(super) blocks: Vec<Block>,
}

/// The sections after the first, each with the id for links.
pub(super) const SECTIONS: [(&str, &str); 22] = [
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
    ("carriage", "Statements beside their sources"),
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
