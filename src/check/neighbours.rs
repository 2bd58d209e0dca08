//! Facts that need others beside them: an accusation needs the defence, a decision that upholds another needs the step
//! before, and an old state needs its day.

use super::told::dates;
use crate::case::{Case, Fact, FactAbout, FactKind, StateChange};
use crate::diag::{Code, Diagnostic};
use crate::reference::audience::Audience;
use crate::reference::{Precision, Reference, WordList};

/// Checks every fact that is open to readers outside.
pub fn check(case: &Case, reference: &Reference) -> Vec<Diagnostic> {
    let told = |fact: &&Fact| fact.audience.iter().any(|audience| *audience != Audience::Internal);
    let told = case.facts().values().filter(told);
    told.flat_map(|fact| {
        [unanswered(case, fact, reference), missing_step(case, fact, reference)]
            .into_iter()
            .flatten()
            .chain(undated(fact, reference))
    })
    .collect()
}

fn has(fact: &Fact, reference: &Reference, list: WordList) -> bool {
    let mut texts = fact.text.iter().filter_map(|(language, words)| Some((reference.wording(language)?, words)));
    texts.any(|(wording, words)| wording.has(list, words))
}

/// Reports an accusation or a conviction in the words of the law without an answer to it. A detail is told only with
/// its whole, so the answer to the whole is enough.
fn unanswered(case: &Case, fact: &Fact, reference: &Reference) -> Option<Diagnostic> {
    let is_accusation =
        matches!(fact.about, FactAbout::Arrest | FactAbout::Charge | FactAbout::Trial | FactAbout::Sentence)
            && (has(fact, reference, WordList::Guarded) || has(fact, reference, WordList::LawNames));
    let whole = fact.part_of.as_ref().and_then(|whole| case.facts().get(whole));
    let answered = !fact.told_with.is_empty()
        || fact.unanswered.is_some()
        || whole.is_some_and(|whole| !whole.told_with.is_empty() || whole.unanswered.is_some());
    // The answer to an accusation may repeat its words.
    let answers = case.facts().values().any(|other| other.told_with.contains(&fact.id));
    (is_accusation && !answered && !answers).then(|| {
        let words = format!("`{}` tells an accusation and nothing that is answered to it", fact.id);
        Diagnostic::warning(Code::FactUnanswered, fact.place.clone(), words).hint(
            "name under `told-with` the facts that say what it rests on and what is answered; where no source has an answer, \
             say so under `unanswered`",
        )
    })
}

/// Reports a state that is said to have been upheld, if the state before it is another and no source reports the step
/// between.
fn missing_step(case: &Case, fact: &Fact, reference: &Reference) -> Option<Diagnostic> {
    let FactKind::State { change: StateChange::Replaces(before), via_unknown: Some(_), .. } = &fact.kind else {
        return None;
    };
    let told = fact.told_with.contains(before) || !has(fact, reference, WordList::Upholding);
    (!told).then(|| {
        let words =
            format!("`{}` says that something was upheld, and what was decided first was another thing", fact.id);
        let place = case.facts().get(before).map(|fact| fact.place.clone()).unwrap_or_default();
        Diagnostic::warning(Code::FactMissingStep, fact.place.clone(), words)
            .and_at(place, "what was decided first")
            .hint(format!("add `told-with: [{before}]`: whoever reads the one reads the other"))
    })
}

/// Reports words for an old state that do not name the day on which it was last seen.
fn undated(fact: &Fact, reference: &Reference) -> Vec<Diagnostic> {
    let Some(last) = fact.last_known() else { return Vec::new() };
    let names_it = |language: &str, words: &str| {
        let Some(wording) = reference.wording(language) else { return true };
        let year = last.last.format("%Y").to_string();
        match last.precision {
            Precision::Year => words.contains(&year),
            _ => dates(words, wording).iter().any(|(told, _)| told.falls_in(last)),
        }
    };
    let lacking = fact.dated.iter().filter(|(language, words)| !names_it(language, words));
    let problem = |(_, words): (&String, &crate::yaml::At<String>)| {
        let headline =
            format!("the dated words of `{}` do not name the day on which it was last seen ({last})", fact.id);
        Diagnostic::error(Code::FactDated, words.place.clone(), headline)
            .hint("write the day into them: “On 9 September 2024 he was in …”")
    };
    lacking.map(problem).collect()
}
