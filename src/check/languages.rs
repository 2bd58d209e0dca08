//! The languages of a fact must tell the same: its numbers, its dates, the names in it, whether it denies something and
//! whether it says that something may be.
//!
//! Somebody who reads both has to compare the rest; the program cannot.

use std::collections::BTreeSet;
use std::ops::Range;

use super::told::{capital_places, dates, numbers};
use crate::case::{Case, Citation, Fact, NamedKind};
use crate::diag::{Code, Diagnostic};
use crate::reference::{Name, Reference};
use crate::text::sense::Lexicon;
use crate::yaml::At;

/// True if all sources of a set are in this language, so that its words can be compared.
pub(super) fn is_in_language(case: &Case, set: &[Citation], language: &str) -> bool {
    let code = |citation: &Citation| case.records().get(&citation.source)?.language.as_ref().map(|own| &own.code);
    set.iter().all(|citation| code(citation).is_some_and(|code| code == language))
}

/// Compares each text of a fact with the one in the first language of the case.
pub fn check(case: &Case, reference: &Reference) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for fact in case.facts().values() {
        for texts in [&fact.text, &fact.dated] {
            let Some(first) = texts.get(case.first_language()) else { continue };
            let first = (case.first_language(), first);
            let others = texts.iter().filter(|(language, _)| *language != first.0);
            problems.extend(
                others.filter_map(|(language, text)| differs(case, fact, reference, first, (language.as_str(), text))),
            );
        }
    }
    problems
}

/// A text with its language.
type InLanguage<'a> = (&'a str, &'a At<String>);

fn differs(case: &Case, fact: &Fact, reference: &Reference, one: InLanguage, other: InLanguage) -> Option<Diagnostic> {
    let what = [
        ("numbers", told_numbers(reference, one)?, told_numbers(reference, other)?),
        ("dates", told_dates(reference, one)?, told_dates(reference, other)?),
        ("names", told_names(case, one), told_names(case, other)),
    ];
    let what = what.into_iter().chain(told_across(reference, one, other));
    let (what, ours, theirs) = what.into_iter().find(|(_, ours, theirs)| ours != theirs)?;
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>().join(", ");
    let (here, there) = (only(&theirs, &ours), only(&ours, &theirs));
    let or_none = |words: String| if words.is_empty() { "nothing".to_owned() } else { words };
    let headline = format!("`{}` tells other {what} in `{}` than in `{}`", fact.id, other.0, one.0);
    Some(
        Diagnostic::warning(Code::FactLanguages, other.1.place.clone(), headline)
            .with_note(format!("only in `{}`: {}; only in `{}`: {}", one.0, or_none(there), other.0, or_none(here)))
            .and_at(one.1.place.clone(), "the same fact")
            .hint("let both languages tell the same"),
    )
}

/// Negations and doubts that only one of the texts has.
fn told_across(
    reference: &Reference,
    one: InLanguage,
    other: InLanguage,
) -> Option<(&'static str, BTreeSet<String>, BTreeSet<String>)> {
    let (ours, theirs) = (reference.lexicon(one.0)?, reference.lexicon(other.0)?);
    let alone = |here: (&Lexicon, &str), there: (&Lexicon, &str)| -> BTreeSet<String> {
        here.0.says_across(here.1).difference(&there.0.answers_across(there.1)).map(|said| (*said).to_owned()).collect()
    };
    let (one, other) = ((ours, one.1.value.as_str()), (theirs, other.1.value.as_str()));
    Some(("sense", alone(one, other), alone(other, one)))
}

/// The numbers of a text. A word for one is seldom a number, and ranks are told in many ways.
fn told_numbers(reference: &Reference, (language, text): InLanguage) -> Option<BTreeSet<String>> {
    let found = numbers(text, reference.wording(language)?).into_iter();
    Some(found.map(|(number, _)| number).filter(|number| number != "1").collect())
}

fn told_dates(reference: &Reference, (language, text): InLanguage) -> Option<BTreeSet<String>> {
    let found = dates(text, reference.wording(language)?).into_iter();
    let part = |part: Option<u32>| part.map_or_else(String::new, |part| format!("-{part}"));
    Some(found.map(|(date, _)| format!("{}{}{}", date.month, part(date.day), part(date.year))).collect())
}

/// Ids of persons, organisations and bodies that a text names. A place is often told by an adjective, and a thing
/// without a name in each language cannot be compared.
fn told_names(case: &Case, (language, text): InLanguage) -> BTreeSet<String> {
    let compared = case.names().values().filter(|named| named.kind != NamedKind::Place && named.names.len() > 1);
    let found: Vec<(&str, Range<usize>)> = compared
        .flat_map(|named| {
            let forms = named.names.get(language).into_iter().flat_map(Name::forms);
            forms.flat_map(|form| capital_places(text, form)).map(|place| (named.id.as_str(), place))
        })
        .collect();
    let is_part = |place: &Range<usize>| {
        found.iter().any(|(_, other)| other.start <= place.start && place.end <= other.end && other.len() > place.len())
    };
    found.iter().filter(|(_, place)| !is_part(place)).map(|(id, _)| (*id).to_owned()).collect()
}
