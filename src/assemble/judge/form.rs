//! The missing parts of a form.

use std::collections::BTreeSet;

use super::judgement::{Judged, Judgement};
use crate::assemble::form;
use crate::case::Case;
use crate::check;
use crate::diag::{Code, Diagnostic, Place};
use crate::document::Document;

/// A form is a draft as long as consents are missing or steps are unknown.
pub(super) struct OpenForm;

impl Judgement for OpenForm {
    fn before(&self, judged: &mut Judged<'_>) -> Vec<Diagnostic> {
        let Judged { document, paper, view, case, reference, today, .. } = judged;
        let Some(form) = &paper.spec.form else { return Vec::new() };
        let mut problems = form::lacking(form, view, &paper.filing, &paper.name, &Place::file(case.file()));
        if problems.iter().any(form::keeps_draft) && document.parts.draft.is_none() {
            document.parts.draft = reference.locale(&paper.language).map(|locale| locale.words.draft_form.clone());
        }
        problems.extend(unread(document, case, &paper.name));
        problems.extend(form::doubts(form, &paper.spec.id, *today));
        problems
    }
}

/// The facts of a form that nobody who reads both languages has compared with their sources.
fn unread(document: &Document, case: &Case, name: &str) -> Option<Diagnostic> {
    let facts = document.ledger.entries.iter().filter_map(|entry| case.facts().get(entry.id.fact()?));
    let unread = facts.filter(|fact| check::is_unread(case, fact, &document.language.code));
    let ids: BTreeSet<&str> = unread.map(|fact| fact.id.as_str()).collect();
    if ids.is_empty() {
        return None;
    }
    let facts =
        if ids.len() == 1 { "1 fact with its sources" } else { &format!("{} facts with their sources", ids.len()) };
    let words = format!("`{name}`: nobody who reads both languages has compared {facts}");
    let names: Vec<&str> = ids.into_iter().collect();
    Some(Diagnostic::note(Code::FormReview, Place::file(case.file()), words).with_note(names.join(", ")).hint(
        "ask somebody who does; then record it under `reviewed` of the fact, with the seal that the dossier prints",
    ))
}
