//! What the case records must agree with the text of a fact: the day, whether it is feared or happened, and the pronoun of
//! the person.

use chrono::Datelike as _;

use super::told::{ToldDate, dates, inside};
use crate::case::{Case, Date, Fact, FactKind, Status};
use crate::diag::{Code, Diagnostic};
use crate::reference::{Reference, WordList};
use crate::yaml::At;

/// Checks every fact.
pub fn check(case: &Case, reference: &Reference) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for fact in case.facts().values() {
        for (language, text) in &fact.text {
            let Some(wording) = reference.wording(language) else { continue };
            let told = dates(text, wording);
            let recorded = recorded(fact);
            let fits = |date: &&Date| told.iter().any(|(told, _)| agree(*told, date));
            if !told.is_empty() && !recorded.is_empty() && !recorded.iter().any(fits) {
                problems.push(other_day(fact, text, &recorded));
            }
            problems.extend(other_pronoun(case, reference, fact, language, text));
            if fact.ceiling == Some(Status::Feared) && !wording.has(WordList::Hedges, text) {
                problems.push(not_feared(fact, text));
            }
        }
    }
    problems
}

/// The dates that a fact records itself.
fn recorded(fact: &Fact) -> Vec<&Date> {
    match &fact.kind {
        FactKind::Event(date) => vec![date],
        FactKind::State { from, seen, until, .. } => from.iter().chain(seen).chain(until).collect(),
        FactKind::Detail => Vec::new(),
    }
}

/// True if a told date says nothing else than the recorded one, in the parts that both have.
fn agree(told: ToldDate, date: &Date) -> bool {
    told.falls_in(date) || told.day.is_none() && ToldDate { day: Some(date.last.day()), ..told }.falls_in(date)
}

fn other_day(fact: &Fact, text: &At<String>, recorded: &[&Date]) -> Diagnostic {
    let days: Vec<String> = recorded.iter().map(ToString::to_string).collect();
    let words = format!("`{}` is recorded on {}, and its text tells another date", fact.id, days.join(", "));
    Diagnostic::warning(Code::FactRecord, text.place.clone(), words)
        .hint("correct the one that is wrong; a date of something else belongs into a fact of its own")
}

/// Reports a text that begins with a pronoun which none of the persons has for whom the papers are written.
fn other_pronoun(
    case: &Case,
    reference: &Reference,
    fact: &Fact,
    language: &str,
    text: &At<String>,
) -> Option<Diagnostic> {
    let victims = case.victims().iter().filter_map(|id| case.names().get(id));
    let recorded: Vec<&str> =
        victims.map(|named| named.pronouns.get(language).map(|kind| kind.value.as_str())).collect::<Option<_>>()?;
    let dates = dates(text, reference.wording(language)?).into_iter().map(|(_, range)| range);
    let (kind, range) = reference.lexicon(language)?.first_pronoun(text, &dates.collect::<Vec<_>>())?;
    if recorded.is_empty() || recorded.contains(&kind) {
        return None;
    }
    let words = format!("`{}` begins with `{}`, and the person has `{}`", fact.id, &text[range.clone()], recorded[0]);
    Some(
        Diagnostic::warning(Code::FactRecord, inside(text, &range), words)
            .hint("correct the pronoun, or name whom you mean; what a person is called stands under `pronouns`"),
    )
}

fn not_feared(fact: &Fact, text: &At<String>) -> Diagnostic {
    let words = format!("`{}` is recorded as feared, and its text tells it as if it had happened", fact.id);
    Diagnostic::warning(Code::FactRecord, text.place.clone(), words).hint("say who fears it: `Her family fears that …`")
}
