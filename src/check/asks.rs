//! Requests must not harm the person, and must ask for the same in each language.

use std::collections::{BTreeMap, BTreeSet};

use super::told::numbers;
use crate::case::{Case, Demand, Text};
use crate::diag::{Code, Diagnostic};
use crate::reference::{Reference, WordList};
use crate::yaml::At;

/// Checks every demand of ours, in each wording and language.
pub fn check(case: &Case, reference: &Reference) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for demand in case.demands().values().filter(|demand| demand.made_by.is_none()) {
        for text in demand.ask.values() {
            problems.extend(text.iter().filter_map(|(language, words)| harm(demand, language, words, reference)));
            problems.extend(differences(demand, text, reference));
        }
    }
    problems
}

/// A request to the prosecution that can turn against the person.
fn harm(demand: &Demand, language: &str, words: &At<String>, reference: &Reference) -> Option<Diagnostic> {
    let wording = reference.wording(language)?;
    let is_appeal = wording.has(WordList::ProsecutionAppeals, words);
    let is_review = wording.has(WordList::ProsecutionReviews, words);
    let known = demand.risk.is_some();
    let problem = |what: &str, hint: &str| {
        let headline = format!("the request `{}` {what}", demand.id);
        Some(Diagnostic::error(Code::DemandHarm, words.place.clone(), headline).hint(hint.to_owned()))
    };
    if is_appeal && !(known && demand.needs_counsel) {
        return problem(
            "asks the prosecution to appeal, which can allow a court to raise the sentence",
            "leave it out; or record the harm under `risk` with its source, and `needs-counsel: true`: it is then asked only \
             once counsel has agreed",
        );
    }
    if is_review && !wording.has(WordList::InFavour, words) {
        return problem(
            "asks the prosecution for a review and does not say in whose favour",
            "say it in these words, in each language: “in his favour”, “with a view to her release”",
        );
    }
    if is_review && !known {
        return problem(
            "asks the prosecution for a review, and nobody has recorded what harm that can do",
            "find out whether a review can end worse for the person; record it under `risk` with its source",
        );
    }
    None
}

/// Differences between the requests in two languages.
fn differences(demand: &Demand, text: &Text, reference: &Reference) -> Vec<Diagnostic> {
    let mut said: BTreeMap<&str, (BTreeSet<String>, &At<String>)> = BTreeMap::new();
    for (language, words) in text {
        let Some(wording) = reference.wording(language) else { continue };
        let mut things: BTreeSet<String> = wording.asked(words).map(str::to_owned).collect();
        let lists = [WordList::ProsecutionAppeals, WordList::ProsecutionReviews, WordList::InFavour];
        things.extend(lists.into_iter().filter(|list| wording.has(*list, words)).map(|list| list.name().to_owned()));
        let numbers = numbers(words, wording).into_iter().filter(|(number, _)| number != "1");
        things.extend(numbers.map(|(number, _)| format!("the number {number}")));
        said.insert(language, (things, words));
    }
    let all: BTreeSet<&String> = said.values().flat_map(|(things, _)| things).collect();
    let mut problems = Vec::new();
    for thing in all {
        let compares = |language: &str| {
            let listed = reference.wording(language).is_some_and(|wording| wording.compares(thing));
            listed || thing.starts_with("the number") || WordList::from_name(thing).is_some()
        };
        let lacking = said.iter().find(|(language, (things, _))| compares(language) && !things.contains(thing));
        let having = said.iter().find(|(_, (things, _))| things.contains(thing));
        if let (Some((without, (_, words))), Some((with, _))) = (lacking, having) {
            let headline =
                format!("the request `{}` asks for something else in `{without}` than in `{with}`", demand.id);
            problems.push(
                Diagnostic::warning(Code::DemandLanguages, words.place.clone(), headline)
                    .with_note(format!("only `{with}` has: {thing}"))
                    .hint("let both say the same; what the words are compared by stands in `wording.yaml` of each language (`requests`)"),
            );
        }
    }
    problems
}
