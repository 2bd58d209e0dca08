//! What the case records of a fact must agree with its text: the day, and whether it is feared or happened.

use chrono::Datelike as _;

use super::told::{ToldDate, dates};
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

fn not_feared(fact: &Fact, text: &At<String>) -> Diagnostic {
    let words = format!("`{}` is recorded as feared, and its text tells it as if it had happened", fact.id);
    Diagnostic::warning(Code::FactRecord, text.place.clone(), words).hint("say who fears it: `Her family fears that …`")
}
