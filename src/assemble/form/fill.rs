//! Fills each field of a form from a view.

use super::{Field, Fill, Form};
use crate::case::view::{Told, View};
use crate::case::{FactAbout, Filing, Gap, Step};

/// A field with its content.
#[derive(Debug)]
pub struct Filled<'a> {
    /// The field.
    pub field: &'a Field,
    /// A part of the person's name.
    pub words: Option<&'a str>,
    /// Facts, in their order.
    pub facts: Vec<&'a Told>,
    /// The gaps of the sources here.
    pub gaps: Vec<&'a Gap>,
    /// True if the field has a name, a fact, a step or an argument.
    pub stated: bool,
}

/// Fills the fields of a form, in its order.
#[must_use]
pub fn fill<'a>(form: &'a Form, view: &'a View, filing: &Filing, language: &str) -> Vec<Filled<'a>> {
    form.fields().map(|field| filled(form, field, view, filing, language)).collect()
}

fn filled<'a>(form: &'a Form, field: &'a Field, view: &'a View, filing: &Filing, language: &str) -> Filled<'a> {
    let words = words(field, view, language);
    let facts = facts(field, view, filing);
    let gaps = view.gaps.iter().filter(|gap| gap.fields.contains(&field.id)).collect();
    let stated = match field.fill {
        Fill::Steps => !view.steps.is_empty(),
        Fill::Arguments => view.arguments.iter().any(|one| one.claimed && is_of(form, &one.category)),
        _ => words.is_some() || !facts.is_empty(),
    };
    Filled { field, words, facts, gaps, stated }
}

/// True for a category of this form.
pub(super) fn is_of(form: &Form, category: &str) -> bool {
    form.categories.iter().any(|own| own.id == category)
}

fn words<'a>(field: &Field, view: &'a View, language: &str) -> Option<&'a str> {
    let victim = view.names.get(view.victims.first()?)?;
    let part = match field.fill {
        Fill::FamilyName => &victim.family_name,
        Fill::FirstName => &victim.first_name,
        _ => return None,
    };
    part.get(language).map(|words| words.value.as_str())
}

/// The facts that the case names for the field; else those of its topic or its parts of the story.
fn facts<'a>(field: &Field, view: &'a View, filing: &Filing) -> Vec<&'a Told> {
    let named = filing.answers.iter().filter(|(id, _)| id.value == field.id).flat_map(|(_, facts)| facts);
    let answers: Vec<&Told> = named.filter_map(|id| view.fact(id)).collect();
    if !answers.is_empty() {
        return answers;
    }
    let all = view.facts.iter();
    match &field.fill {
        Fill::Topic(topic) => all.filter(|told| told.fact.topic() == Some(topic)).collect(),
        Fill::Story(parts) => story(&all.filter(|told| parts.contains(&told.fact.about)).collect::<Vec<_>>()),
        _ => Vec::new(),
    }
}

/// First facts about the person, then the events by date; each detail comes after its whole.
fn story<'a>(facts: &[&'a Told]) -> Vec<&'a Told> {
    let whole = |told: &&&Told| match &told.fact.part_of {
        Some(whole) => !facts.iter().any(|other| other.fact.id == *whole),
        None => true,
    };
    let (persons, others): (Vec<&Told>, Vec<&Told>) =
        facts.iter().filter(whole).copied().partition(|told| told.fact.about == FactAbout::Person);
    let mut out = Vec::new();
    for told in persons.into_iter().chain(others) {
        with_details(told, facts, &mut out);
    }
    out
}

/// Adds a fact and, in the order of the case, its details with theirs. The case has no circles of details.
fn with_details<'a>(told: &'a Told, facts: &[&'a Told], out: &mut Vec<&'a Told>) {
    out.push(told);
    let mut details: Vec<&Told> =
        facts.iter().copied().filter(|one| one.fact.part_of.as_ref() == Some(&told.fact.id)).collect();
    details.sort_by_key(|one| one.fact.order);
    for detail in details {
        with_details(detail, facts, out);
    }
}

/// True for a step in the person's own proceedings; a letter that supporters sent is not one.
#[must_use]
pub fn is_remedy(step: &Step) -> bool {
    step.sent.is_empty()
}

/// True if the step or its outcome is unknown, or no source supports it.
#[must_use]
pub fn is_open(step: &Step) -> bool {
    // A paper of ours that was sent is its own source.
    let sourced = !step.cites.is_empty() || !step.sent.is_empty();
    step.date.is_none() || step.outcome.is_none() || step.text.is_empty() || !sourced
}
