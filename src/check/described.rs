//! A source may be cited for a person without a name only if it is about that person: `said-by` of the relation lists
//! these sources.

use std::collections::BTreeSet;

use crate::case::{Case, Citation, Fact, Named};
use crate::diag::{Code, Diagnostic};
use crate::reference::{Pattern, words};
use crate::yaml::At;

/// Checks every fact that speaks of a person by a description.
pub fn check(case: &Case) -> Vec<Diagnostic> {
    let described: Vec<Described> = case.names().values().filter_map(Described::new).collect();
    let mut problems = Vec::new();
    for fact in case.facts().values() {
        for person in described.iter().filter(|person| person.is_in(fact)) {
            let silent = |citation: &&Citation| !person.said_by.contains(citation.source.as_str());
            problems.extend(fact.also.iter().filter(silent).map(|citation| problem(fact, person.named, citation)));
            let sets = fact.sets.iter().filter(|set| set.iter().all(|citation| silent(&citation)));
            problems.extend(sets.filter_map(|set| Some(problem(fact, person.named, set.first()?))));
        }
    }
    problems
}

/// A person without a name, by the description and the sources about them.
struct Described<'a> {
    named: &'a Named,
    said_by: BTreeSet<&'a str>,
    /// The last word of the description in each language, and a pattern for it with any ending.
    words: Vec<(&'a str, String, Pattern)>,
}

impl<'a> Described<'a> {
    fn new(named: &'a Named) -> Option<Self> {
        let said_by = named.relations.iter().flat_map(|relation| &relation.said_by).map(String::as_str).collect();
        let word = |(language, description): (&'a String, &At<String>)| {
            let last = words(description).pop()?.folded;
            let stem: String = last.chars().take(last.chars().count().saturating_sub(1)).collect();
            Some((language.as_str(), last, Pattern::new(&format!("{stem}*"))?))
        };
        let described = Self { said_by, words: named.describe.iter().filter_map(word).collect(), named };
        let known = named.names.is_empty() && !described.said_by.is_empty() && !described.words.is_empty();
        known.then_some(described)
    }

    /// True if a fact is about the person: each language has the word with some ending, and one has the exact word. A
    /// plural means others.
    fn is_in(&self, fact: &Fact) -> bool {
        let said = |language: &str| fact.text.get(language).map(|text| words(text));
        let by_stem = |(language, _, stem): &(&str, String, Pattern)| {
            said(language).is_some_and(|words| !stem.find(&words).is_empty())
        };
        let as_it_is = |(language, whole, _): &(&str, String, Pattern)| {
            said(language).is_some_and(|words| words.iter().any(|word| word.folded == *whole))
        };
        self.words.iter().all(by_stem) && self.words.iter().any(as_it_is)
    }
}

fn problem(fact: &Fact, named: &Named, citation: &Citation) -> Diagnostic {
    let words = format!("`{}` is cited for `{}`, of whom it does not speak", citation.source, named.id);
    Diagnostic::warning(Code::CitePerson, citation.place.clone(), words)
        .and_at(named.place.clone(), "`said-by` of the relation names the sources that do")
        .with_note(format!("fact `{}`", fact.id))
        .hint("make two facts of it, each with the sources that say it; or add the source under `said-by`, if it does speak of them")
}
