//! A form as values: its sections and fields, each with its content.

use minijinja::Value;

use super::context::Maker;
use super::people::nothing;
use super::values::{Fields, put, thing, words};
use crate::assemble::form::{Fill, Filled, Form, Section, consented, fill, is_open, is_remedy};
use crate::case::Filing;
use crate::document::ClaimId;

impl<'a> Maker<'a> {
    /// The sections in their order, and whether all consents are recorded.
    pub(super) fn form(&mut self, form: &'a Form, filing: &Filing) -> Value {
        let mut filled = fill(form, self.view, filing, self.wanted.language).into_iter();
        let sections: Vec<Value> = form
            .sections
            .iter()
            .map(|section| {
                let fields: Vec<Filled> = filled.by_ref().take(section.fields.len()).collect();
                self.section(form, section, &fields)
            })
            .collect();
        let victims = self.view.victims.iter().filter_map(|id| self.view.names.get(id));
        let as_of = self.view.as_of;
        let consents = |named| form.consents.iter().all(|scope| consented(named, scope, as_of).is_some());
        let mut out = Fields::new();
        put(&mut out, "sections", sections);
        put(&mut out, "gaps", self.other_gaps(form));
        put(&mut out, "consented", !self.view.victims.is_empty() && victims.into_iter().all(consents));
        thing(out)
    }

    fn section(&mut self, form: &'a Form, section: &'a Section, filled: &[Filled<'a>]) -> Value {
        let mut fields = Fields::new();
        put(&mut fields, "id", section.id.clone());
        put(&mut fields, "label", self.printed(&section.label.value));
        let inner: Vec<Value> = filled.iter().map(|one| self.field(form, one)).collect();
        put(&mut fields, "fields", inner);
        thing(fields)
    }

    fn printed(&self, label: &std::collections::BTreeMap<String, String>) -> Value {
        label.get(self.wanted.language).map_or_else(nothing, |label| words(label.clone()))
    }

    fn field(&mut self, form: &'a Form, filled: &Filled<'a>) -> Value {
        let mut fields = Fields::new();
        let kind = match &filled.field.fill {
            Fill::Answers | Fill::Topic(_) => "facts",
            Fill::FamilyName | Fill::FirstName => "name",
            Fill::Story(_) => "story",
            Fill::Steps => "steps",
            Fill::Arguments => "arguments",
            Fill::Hand => "hand",
        };
        put(&mut fields, "id", filled.field.id.clone());
        put(&mut fields, "kind", kind);
        put(&mut fields, "label", self.printed(&filled.field.label.value));
        put(&mut fields, "stated", filled.stated);
        put(&mut fields, "words", filled.words.map_or_else(nothing, |part| words(part.to_owned())));
        let facts = filled.facts.iter().filter_map(|told| self.facts.get(&told.fact.id).cloned());
        put(&mut fields, "facts", facts.collect::<Vec<_>>());
        let gaps: Vec<Value> = filled.gaps.iter().filter_map(|gap| self.gap(gap)).collect();
        put(&mut fields, "gaps", gaps);
        put(&mut fields, "steps", if kind == "steps" { self.every_step() } else { Vec::new() });
        put(&mut fields, "arguments", if kind == "arguments" { self.claimed(form) } else { Vec::new() });
        thing(fields)
    }

    /// The gaps of the case that no field of the form asks for.
    fn other_gaps(&mut self, form: &Form) -> Vec<Value> {
        let asked = |gap: &&crate::case::Gap| gap.fields.iter().any(|id| form.fields().any(|field| field.id == *id));
        let asked: Vec<&str> = self.view.gaps.iter().filter(asked).map(|gap| gap.id.as_str()).collect();
        let is_asked =
            |gap: &Value| gap.get_attr("id").is_ok_and(|id| id.as_str().is_some_and(|id| asked.contains(&id)));
        self.gaps().into_iter().filter(|gap| !is_asked(gap)).collect()
    }

    fn gap(&mut self, gap: &'a crate::case::Gap) -> Option<Value> {
        let claim = self.words_of(ClaimId::Gap(gap.id.clone()), &gap.text, &gap.place)?;
        Some(self.claim(claim.resting_on(&gap.between, self.view), Fields::new()))
    }

    /// Every step, told in its words with its citations, or not told at all if no source supports it; `.open` if a part
    /// of it is unknown.
    fn every_step(&mut self) -> Vec<Value> {
        let view = self.view;
        let mut steps = Vec::new();
        for step in view.steps.iter().filter(|step| is_remedy(step)) {
            let claim = self.words_of(ClaimId::Step(step.body.clone()), &step.text, &step.place);
            let told = claim.filter(|_| !step.cites.is_empty());
            let told = told.map(|claim| self.claim(claim.cited(step.cites.clone(), Vec::new()), Fields::new()));
            let mut fields = Fields::new();
            put(&mut fields, "told", told.unwrap_or_else(nothing));
            put(&mut fields, "body", self.body(&step.body));
            put(&mut fields, "open", is_open(step));
            put(&mut fields, "outcome_known", step.outcome.is_some());
            steps.push(thing(fields));
        }
        steps
    }

    /// The name of a body: an office of the directory, or an institution of the case.
    fn body(&self, id: &str) -> Value {
        let language = self.wanted.language;
        let office = self.reference.office(id).and_then(|office| office.name.get(language));
        let office = office.map(super::people::declined);
        let named = || self.view.names.get(id)?.names.get(language).map(|name| words(name.plain()));
        office.or_else(named).unwrap_or_else(nothing)
    }

    /// The arguments under the categories of the form, in its order, each with the printed label.
    fn claimed(&mut self, form: &'a Form) -> Vec<Value> {
        let arguments = self.arguments();
        let of = |id: &str| {
            let is_own = |argument: &&Value| argument.get_attr("category").is_ok_and(|own| own.as_str() == Some(id));
            arguments.iter().find(is_own).cloned()
        };
        let language = self.wanted.language;
        let mut claimed = Vec::new();
        for category in &form.categories {
            let Some(argument) = of(&category.id) else { continue };
            let mut fields = Fields::new();
            put(&mut fields, "label", form.category(&category.id, language).map_or_else(nothing, words));
            put(&mut fields, "facts", argument.get_attr("facts").unwrap_or_default());
            put(&mut fields, "norms", argument.get_attr("norms").unwrap_or_default());
            put(&mut fields, "text", argument);
            claimed.push(thing(fields));
        }
        claimed
    }
}
