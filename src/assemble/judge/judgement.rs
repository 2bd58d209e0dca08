//! Judgements on finished papers.

use chrono::NaiveDate;

use crate::assemble::plan::Planned;
use crate::case::Case;
use crate::case::view::View;
use crate::check::Carriage;
use crate::diag::{Diagnostic, Place};
use crate::document::Document;
use crate::reference::Reference;

/// A paper that is judged.
pub struct Judged<'a> {
    /// The paper; a judgement may put a mark on it.
    pub document: &'a mut Document,
    /// Its plan.
    pub paper: &'a Planned<'a>,
    /// The part of the case that its readers may be told.
    pub view: &'a View,
    /// The case.
    pub case: &'a Case,
    /// The comparison of each fact with the words it is cited to.
    pub carriage: &'a Carriage,
    /// The shipped data, which do not depend on the case.
    pub reference: &'a Reference,
    /// The day of the run.
    pub today: NaiveDate,
}

/// A judgement on a finished paper.
pub trait Judgement: Sync {
    /// The problems of a paper before it is rendered.
    fn before(&self, _: &mut Judged<'_>) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// The problems of a paper once its number of pages is known. Messages about the case point to `case`.
    fn after(&self, _document: &Document, _pages: usize, _case: &Place) -> Vec<Diagnostic> {
        Vec::new()
    }
}
