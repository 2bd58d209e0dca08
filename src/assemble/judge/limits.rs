//! The number of pages of a paper.

use super::judgement::Judgement;
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Document, Print};

/// A paper must not have more pages than its limit, except in large print.
pub(super) struct PageLimits;

impl Judgement for PageLimits {
    fn after(&self, document: &Document, pages: usize, case: &Place) -> Vec<Diagnostic> {
        let limit = document.most_pages.filter(|most| document.print == Print::Normal && pages > *most);
        let told = limit.map(|most| {
            let words = format!("`{}` has {pages} pages; at most {most} are wanted", document.name);
            Diagnostic::warning(Code::DocumentLimit, case.clone(), words)
                .hint("tell fewer facts, or shorten their words in the case file")
        });
        told.into_iter().collect()
    }
}
