//! Statements that may say more than their sources.

use std::collections::BTreeSet;

use super::judgement::{Judged, Judgement};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::ClaimId;

/// A paper that prints a statement with open questions about its words has a mark on each page.
pub(super) struct Unanswered;

impl Judgement for Unanswered {
    fn before(&self, judged: &mut Judged<'_>) -> Vec<Diagnostic> {
        let told = judged.document.ledger.entries.iter().map(|entry| &entry.id);
        let open: BTreeSet<&ClaimId> = told.filter(|claim| judged.carriage.open(claim) > 0).collect();
        if open.is_empty() {
            return Vec::new();
        }
        let names: Vec<String> = open.iter().map(|claim| format!("`{claim}`")).collect();
        if judged.document.parts.draft.is_none()
            && let Some(locale) = judged.reference.locale(&judged.paper.language)
        {
            judged.document.parts.mark(&locale.words.draft);
        }
        let what = if names.len() == 1 { "a statement" } else { "statements" };
        let words = format!("`{}` is a draft: it has {what} that may say more than the sources", judged.paper.name);
        let problem = Diagnostic::warning(Code::DocumentDraft, Place::file(judged.case.file()), words);
        vec![
            problem
                .with_note(names.join(", "))
                .hint("answer `fact/beyond-source`, `fact/sense` and `quote/meaning`, which `amparo check` shows"),
        ]
    }
}
