//! The missing parts of a form.

use super::judgement::{Judged, Judgement};
use crate::assemble::form;
use crate::diag::{Diagnostic, Place};

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
        problems.extend(form::doubts(form, &paper.spec.id, *today));
        problems
    }
}
