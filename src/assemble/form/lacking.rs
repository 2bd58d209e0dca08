//! Finds what must be done before a form is filed: consents, counsel's knowledge, unknown steps, mandatory fields,
//! facts for the claims. None of these is an error: the paper is built, as a draft if it must not be sent yet.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::fill::{Filled, fill, is_of, is_open};
use super::{Fill, Form, Required};
use crate::case::view::View;
use crate::case::{Case, Consent, Filing, Named, NamedKind};
use crate::diag::{Code, Diagnostic, Place};
use crate::reference::Doubt;
use crate::reference::audience::Audience;
use crate::yaml::nearest;

/// The consent that counts on a day. A withdrawn consent never counts, not even for an earlier date: the paper goes out
/// after the withdrawal.
#[must_use]
pub fn consented<'a>(named: &'a Named, scope: &str, as_of: NaiveDate) -> Option<&'a Consent> {
    named.consents.iter().find(|one| one.scope == scope && one.on <= as_of && one.withdrawn_on.is_none())
}

/// The scope of consent that a paper for this reader needs before it names a person.
#[must_use]
pub fn scope(reader: Audience) -> Option<&'static str> {
    match reader {
        Audience::Un => Some("submit-to-un"),
        Audience::Custodian | Audience::State | Audience::OtherState => Some("name-to-government"),
        Audience::Public | Audience::InsideCountry => Some("public-campaign"),
        Audience::Internal => None,
    }
}

/// The persons whom a form for this victim must not name: other named persons who have not consented to everything that
/// the form needs.
#[must_use]
pub fn hidden(form: &Form, case: &Case, victim: &str, as_of: NaiveDate) -> BTreeSet<String> {
    let persons = case.names().values().filter(|named| named.kind == NamedKind::Person && !named.names.is_empty());
    let lacking = |named: &&Named| form.consents.iter().any(|scope| consented(named, scope, as_of).is_none());
    persons.filter(|named| named.id != victim).filter(lacking).map(|named| named.id.clone()).collect()
}

/// True for a problem that keeps the paper a draft.
#[must_use]
pub fn keeps_draft(problem: &Diagnostic) -> bool {
    matches!(problem.code, Code::FormConsent | Code::FormStep)
}

/// Everything that is still needed, for the paper `name`. `place` is that of the paper in the case.
#[must_use]
pub fn lacking(form: &Form, view: &View, filing: &Filing, name: &str, place: &Place) -> Vec<Diagnostic> {
    let judge = Judge { form, view, filing, name, place };
    let mut problems = judge.answers();
    problems.extend(judge.consents());
    problems.extend(judge.steps());
    problems.extend(judge.fields());
    problems.extend(judge.holes());
    problems.extend(judge.categories());
    problems
}

struct Judge<'a> {
    form: &'a Form,
    view: &'a View,
    filing: &'a Filing,
    name: &'a str,
    place: &'a Place,
}

impl Judge<'_> {
    fn warning(&self, code: Code, place: &Place, words: &str, hint: &str) -> Diagnostic {
        Diagnostic::warning(code, place.clone(), format!("`{}`{words}", self.name)).hint(hint.to_owned())
    }

    /// Reports answers to fields that the form does not have, and answers that this audience may not be told.
    fn answers(&self) -> Vec<Diagnostic> {
        let known: Vec<&str> = self.form.fields().map(|field| field.id.as_str()).collect();
        let mut problems = Vec::new();
        for (field, facts) in &self.filing.answers {
            if !known.contains(&field.value.as_str()) {
                let hint = nearest(field, &known).unwrap_or_else(|| format!("it has: {}", known.join(", ")));
                let words = format!("the form has no field `{}`", field.value);
                problems.push(Diagnostic::error(Code::CaseUnknownId, field.place.clone(), words).hint(hint));
            }
            for fact in facts.iter().filter(|fact| self.view.fact(*fact).is_none()) {
                let words =
                    format!(": the field `{}` is not answered by `{fact}`, which may not be told here", field.value);
                let hint = "look at the fact's date, its `audience`, its sources and whom it names; or answer with another fact";
                // The manifest lies beside the papers, so it must not have the id of a fact that is cut.
                problems.push(self.warning(Code::FormFieldMissing, &field.place, &words, hint).of_today());
            }
        }
        problems
    }

    fn consents(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let victims = self.view.victims.iter().filter_map(|id| self.view.names.get(id));
        for (named, scope) in victims.flat_map(|named| self.form.consents.iter().map(move |scope| (named, scope))) {
            if consented(named, scope, self.view.as_of).is_none() {
                let withdrawn = named.consents.iter().any(|one| one.scope == scope.value && one.withdrawn_on.is_some());
                let what = if withdrawn { "was withdrawn" } else { "is not recorded" };
                let words = format!(" is a draft: the consent `{}` of `{}` {what}", scope.value, named.id);
                let hint = "ask the person, a relative or counsel; then record it under `consent` of the person";
                problems.push(self.warning(Code::FormConsent, &named.place, &words, hint));
            }
        }
        let informed = self.filing.counsel_informed.as_ref().is_some_and(|(on, _)| *on <= self.view.as_of);
        if self.form.counsel && !informed {
            let words = " is a draft: no note says that counsel knows of it";
            let hint = "speak with counsel; then add `counsel-informed: {on: DATE, how: …}` to the paper";
            problems.push(self.warning(Code::FormConsent, self.place, words, hint));
        }
        problems
    }

    /// Reports steps with unknown parts, and a case without any record of steps: a reader could take it for no steps.
    fn steps(&self) -> Vec<Diagnostic> {
        if !self.form.fields().any(|field| field.fill == Fill::Steps) {
            return Vec::new();
        }
        let hint =
            "ask family and counsel what was filed and what came of it; then record it under `steps` with its source";
        if self.view.steps.is_empty() {
            return vec![self.warning(
                Code::FormStep,
                self.place,
                " is a draft: no step taken before is recorded",
                hint,
            )];
        }
        let mut problems = Vec::new();
        for step in &self.view.steps {
            if is_open(step) {
                let words = format!(" is a draft: not all is known of the step before `{}`", step.body);
                problems.push(self.warning(Code::FormStep, &step.place, &words, hint));
            }
            for procedure in self.form.procedures.iter().filter(|procedure| procedure.body == step.body) {
                let words = format!(": a step before `{}` matters here", step.body);
                let told =
                    self.warning(Code::FormProcedure, &step.place, &words, "decide with counsel before you file it");
                problems.push(told.with_note(procedure.means.value.clone()));
            }
        }
        problems
    }

    fn fields(&self) -> Vec<Diagnostic> {
        let language = self.name.rsplit('.').next().unwrap_or_default();
        let fields = fill(self.form, self.view, self.filing, language);
        let empty = fields
            .into_iter()
            .filter(|one| one.field.required == Required::Mandatory && !one.stated && one.field.fill != Fill::Hand);
        let told = empty.map(|one| {
            let words = format!(": the mandatory field `{}` is empty", one.field.id);
            let hint = match one.field.fill {
                Fill::FamilyName | Fill::FirstName => "add `family-name` and `first-name` to the person",
                Fill::Steps => "record under `steps` what was done before, or that it is unknown",
                Fill::Arguments => "argue a category under `arguments`",
                _ => "find a fact for it and name it under `answers` of the paper",
            };
            self.warning(Code::FormFieldMissing, self.place, &words, hint)
        });
        told.collect()
    }

    /// Reports periods that a field does not cover, if no gap says that the sources are silent on them.
    fn holes(&self) -> Vec<Diagnostic> {
        let fields = fill(self.form, self.view, self.filing, "");
        let open = fields.iter().filter(|one| one.gaps.is_empty());
        open.filter_map(|one| Some((one, one.field.unbroken_within?)))
            .flat_map(|(one, most)| self.between(one, most))
            .collect()
    }

    fn between(&self, filled: &Filled, most: u32) -> Vec<Diagnostic> {
        let pairs = filled.facts.iter().zip(filled.facts.iter().skip(1));
        let told = pairs.filter_map(|(one, next)| {
            let days = next.known_since()?.signed_duration_since(one.known_until()?).num_days();
            let words = format!(
                ": `{}` says nothing of the {days} days between `{}` and `{}`",
                filled.field.id, one.fact.id, next.fact.id
            );
            let hint =
                "find a source for them, or record under `gaps` that there is none, with `fields` naming this field";
            // Ids of facts that this audience is told.
            (days > i64::from(most)).then(|| self.warning(Code::FormGap, &next.fact.place, &words, hint))
        });
        told.collect()
    }

    fn categories(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let claimed: Vec<_> = self
            .view
            .arguments
            .iter()
            .filter(|argument| argument.claimed && is_of(self.form, &argument.category))
            .collect();
        if claimed.is_empty() && !self.form.categories.is_empty() {
            let words = " claims no category that can be told";
            let hint = "add an argument with `claimed: true`; all its facts must be open to the audience of the form";
            problems.push(self.warning(Code::FormCategory, self.place, words, hint));
        }
        let least = self.form.facts_per_category;
        for argument in claimed.into_iter().filter(|argument| argument.facts.len() < least) {
            let words = format!(
                " claims `{}` on {} cited facts; at least {least} are wanted",
                argument.category,
                argument.facts.len()
            );
            let hint = "add facts to the argument, or do not claim the category";
            problems.push(self.warning(Code::FormCategory, &argument.place, &words, hint));
        }
        problems
    }
}

/// Warns of entries of the form that are printed or relied on but not verified on this day: one message for each kind.
#[must_use]
pub fn doubts(form: &Form, template: &str, on: NaiveDate) -> Vec<Diagnostic> {
    let (unverified, old) = unsure(form, on);
    let told = |ids: Vec<String>, place: Place, words: &str| {
        let words = format!("{} values of the form `{template}` {words}", ids.len());
        Diagnostic::warning(Code::DirectoryUnverified, place, words)
            .with_note(ids.join(", "))
            // It is about shipped data and not about these papers, so it is not in their manifest.
            .of_today()
            .hint("look them up at their source, and write the day under `verified-on`")
    };
    let place = form.fields().next().map(|field| field.place.clone()).unwrap_or_default();
    let mut problems = Vec::new();
    if !unverified.is_empty() {
        problems.push(told(unverified, place.clone(), "were never compared with their source"));
    }
    if !old.is_empty() {
        problems.push(told(old, place, "were verified too long ago"));
    }
    problems
}

/// Ids of entries that were never verified, and of those that were verified too long ago.
pub(super) fn unsure(form: &Form, on: NaiveDate) -> (Vec<String>, Vec<String>) {
    let (mut unverified, mut old) = (Vec::new(), Vec::new());
    let mut judge = |id: String, doubt: Option<Doubt>| match doubt {
        Some(Doubt::Unverified) => unverified.push(id),
        Some(_) => old.push(id),
        None => {}
    };
    for section in &form.sections {
        judge(format!("section {}", section.id), section.label.doubt(on));
        section.fields.iter().for_each(|field| judge(field.id.clone(), field.label.doubt(on)));
    }
    form.categories.iter().for_each(|category| judge(category.id.clone(), category.label.doubt(on)));
    judge("pages".to_owned(), form.pages.as_ref().and_then(|pages| pages.doubt(on)));
    judge("languages".to_owned(), form.languages.as_ref().and_then(|languages| languages.doubt(on)));
    form.procedures.iter().for_each(|one| judge(format!("procedure {}", one.body), one.means.doubt(on)));
    (unverified, old)
}
