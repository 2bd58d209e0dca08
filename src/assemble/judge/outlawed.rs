//! Organisations that the law closes for the readers of a paper.

use super::judgement::{Judged, Judgement};
use crate::check;
use crate::diag::Diagnostic;

/// No paper may name, not even in its notes, an organisation that the law closes for its readers.
pub(super) struct Outlawed;

impl Judgement for Outlawed {
    fn before(&self, judged: &mut Judged<'_>) -> Vec<Diagnostic> {
        let Judged { document, paper, view, case, reference, .. } = judged;
        let readers = view.readers.closed();
        let mut problems = check::outlawed(document, case, reference, readers, view.as_of);
        let collects = paper.collect.as_ref().filter(|_| paper.spec.signing.is_some());
        problems.extend(collects.and_then(|collect| check::organiser(collect, case, readers, view.as_of)));
        problems
    }
}
