//! Citations that are not verified.

use super::judgement::{Judged, Judgement};
use crate::diag::{Code, Diagnostic, Place};

/// A paper with unverified citations has a mark on each page.
pub(super) struct Unverified;

impl Judgement for Unverified {
    fn before(&self, judged: &mut Judged<'_>) -> Vec<Diagnostic> {
        let entries = judged.document.ledger.entries.iter();
        let count = entries.flat_map(|entry| &entry.citations).filter(|cited| !cited.verdict.is_verified()).count();
        if count == 0 {
            return Vec::new();
        }
        if let Some(locale) = judged.reference.locale(&judged.paper.language) {
            judged.document.parts.mark(&locale.words.draft);
        }
        let words = format!("`{}` is a draft: {count} of its citations are not verified", judged.paper.name);
        let problem = Diagnostic::warning(Code::DocumentDraft, Place::file(judged.case.file()), words);
        vec![problem.hint("name the folder of the copies with `--archive DIR`, then `amparo check CASE --lock`")]
    }
}
