//! Facts that may say more than their sources.

use super::judgement::{Judged, Judgement};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{ClaimId, FactId};

/// A paper that prints a fact with open questions about its words has a mark on each page.
pub(super) struct Unanswered;

impl Judgement for Unanswered {
    fn before(&self, judged: &mut Judged<'_>) -> Vec<Diagnostic> {
        let told = judged.document.ledger.entries.iter().filter_map(|entry| match &entry.id {
            ClaimId::Fact(fact) => Some(fact),
            _ => None,
        });
        let open: Vec<&FactId> = told.filter(|fact| judged.carriage.is_open(fact)).collect();
        if open.is_empty() {
            return Vec::new();
        }
        let names: Vec<String> = open.iter().map(|fact| format!("`{fact}`")).collect();
        if judged.document.parts.draft.is_none()
            && let Some(locale) = judged.reference.locale(&judged.paper.language)
        {
            judged.document.parts.mark(&locale.words.draft);
        }
        let what = if names.len() == 1 { "a fact" } else { "facts" };
        let words = format!("`{}` is a draft: it tells {what} that may say more than the sources", judged.paper.name);
        let problem = Diagnostic::warning(Code::DocumentDraft, Place::file(judged.case.file()), words);
        vec![
            problem
                .with_note(names.join(", "))
                .hint("answer `fact/beyond-source` and `fact/sense`, which `amparo check` shows"),
        ]
    }
}
