//! Finds names that a source spells almost like the case. They are compared in Latin letters, so that a name from a
//! Russian source is also compared with the English form.

use std::collections::BTreeSet;

use any_ascii::any_ascii;

use super::evidence::Evidence;
use crate::case::{Case, Citation, Named, NamedKind};
use crate::diag::{Code, Diagnostic};
use crate::reference::{Name, words};

/// The fewest letters of a name that is compared: shorter ones are too often like another word.
const FEWEST_LETTERS: usize = 5;

/// The fewest letters of a name in which two letters may differ.
const LONG: usize = 8;

/// Reports each spelling once, at the first citation whose paragraph has it.
pub fn check(case: &Case, evidence: &Evidence) -> Vec<Diagnostic> {
    let recorded: Vec<(String, &Named)> = case.names().values().flat_map(forms).collect();
    let known: BTreeSet<&str> = recorded.iter().map(|(form, _)| form.as_str()).collect();
    let comparable: Vec<&(String, &Named)> = recorded.iter().filter(|(_, named)| is_distinct(named)).collect();
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for (_, citation) in case.citations() {
        let text = evidence.paragraph(citation).unwrap_or(&citation.quote.value);
        for word in words(text) {
            let typed = &text[word.range.clone()];
            let letters = skeleton(&word.folded);
            if !is_name(typed, &letters) || known.contains(letters.as_str()) {
                continue;
            }
            let near = comparable.iter().find(|(form, _)| is_near(&letters, form));
            if let Some((_, named)) = near
                && seen.insert((citation.source.clone(), letters))
            {
                problems.push(problem(citation, typed, named));
            }
        }
    }
    problems
}

/// Every word of every recorded spelling, in Latin letters.
fn forms(named: &Named) -> Vec<(String, &Named)> {
    let own = named.names.values().flat_map(Name::forms);
    let others = named.variants.iter().chain(&named.slips).map(|spelling| spelling.spelling.value.as_str());
    let all: Vec<&str> = own.chain(others).flat_map(|name| name.split_whitespace()).collect();
    all.into_iter().map(|word| (skeleton(word), named)).filter(|(form, _)| form.len() >= FEWEST_LETTERS).collect()
}

/// True for a word that means nothing else: a word of a person's name, and a name of one word.
fn is_distinct(named: &Named) -> bool {
    let is_word = || named.names.values().flat_map(Name::forms).all(|form| !form.contains(char::is_whitespace));
    named.kind == NamedKind::Person || (named.kind == NamedKind::Organisation && is_word())
}

fn is_name(typed: &str, letters: &str) -> bool {
    letters.len() >= FEWEST_LETTERS && typed.chars().next().is_some_and(char::is_uppercase)
}

/// Small Latin letters alone: `Хамроев` gives `khamroev`.
fn skeleton(word: &str) -> String {
    any_ascii(word).chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}

/// True if one letter differs, or two in a long name. An added or dropped ending is grammar and not another spelling.
fn is_near(word: &str, form: &str) -> bool {
    let is_ending = word.starts_with(form) || form.starts_with(word);
    let most = if form.len() >= LONG { 2 } else { 1 };
    !is_ending && word.chars().next() == form.chars().next() && strsim::osa_distance(word, form) <= most
}

fn problem(citation: &Citation, typed: &str, named: &Named) -> Diagnostic {
    let words = format!("`{}` spells a name `{typed}`, almost as `{}`", citation.source, named.id);
    Diagnostic::warning(Code::FactConflict, citation.place.clone(), words)
        .and_at(named.place.clone(), "the name")
        .with_note(format!("{} {}", citation.source, citation.at))
        .hint("if it is the same name, record the spelling under `variants`, or under `slips` if the source is wrong")
}
