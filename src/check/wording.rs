//! Guarded words, such as labels of a prosecution, need a named speaker: they must be quoted, attributed in the same
//! sentence, or inside the name of a law. Protected persons have no name.

use std::ops::Range;

use crate::case::{Case, Text};
use crate::diag::{Code, Diagnostic};
use crate::reference::{Reference, WordList, Wording, words};
use crate::yaml::At;

/// Checks every text of the case in every language.
pub fn check(case: &Case, reference: &Reference) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for text in texts(case) {
        for (language, words) in text {
            let Some(wording) = reference.wording(language) else { continue };
            for (range, word) in unattributed(&words.value, wording) {
                let place = inside(&words.place, &words.value, &range);
                problems.push(
                    Diagnostic::error(
                        Code::WordingUnattributed,
                        place,
                        format!("`{word}` stands here in our own voice"),
                    )
                    .hint("say whose word it is in the same sentence, quote it, or leave it out"),
                );
            }
        }
    }
    problems
}

pub(super) fn texts(case: &Case) -> impl Iterator<Item = &Text> {
    let facts = case.facts().values().flat_map(|fact| [&fact.text, &fact.dated]);
    let demands = case.demands().values().flat_map(|demand| std::iter::once(&demand.text).chain(demand.ask.values()));
    facts.chain(demands).chain(case.other_texts())
}

/// Reports guarded words in the id of a case, which names its folder: no speaker can be named there.
pub fn id(id: &At<String>, reference: &Reference) -> Option<Diagnostic> {
    let words = id.value.replace(['-', '/'], " ");
    let guarded =
        |language: &str| reference.wording(language).is_some_and(|wording| wording.has(WordList::Guarded, &words));
    reference.languages().any(guarded).then(|| {
        Diagnostic::error(Code::WordingUnattributed, id.place.clone(), "a guarded word stands in the name of the case")
            .hint("folders and files are named after it; name the case after the person")
    })
}

/// Guarded words of a text without a speaker, with their byte ranges.
fn unattributed(text: &str, wording: &Wording) -> Vec<(Range<usize>, String)> {
    let words = words(text);
    let find = |list| wording.find_among(list, &words).into_iter().map(|hit| hit.range);
    let mut hits: Vec<Range<usize>> = find(WordList::Guarded).collect();
    if hits.is_empty() {
        return Vec::new();
    }
    let laws: Vec<Range<usize>> = find(WordList::LawNames).collect();
    let voices: Vec<Range<usize>> = find(WordList::Attribution).collect();
    let sentences = sentences(text);
    let covers = |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
    hits.retain(|hit| {
        let sentence = sentences.iter().find(|sentence| covers(sentence, hit)).cloned().unwrap_or(0..text.len());
        let attributed = voices.iter().any(|voice| covers(&sentence, voice) && !overlaps(voice, hit));
        let in_law = laws.iter().any(|law| covers(law, hit));
        !attributed && !in_law && !quoted(text, hit)
    });
    hits.dedup_by(|later, earlier| overlaps(later, earlier));
    hits.into_iter().map(|hit| (hit.clone(), text[hit].to_owned())).collect()
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Byte ranges of sentences: up to a full stop, question or exclamation mark before a blank and a capital letter.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '!', '?']) {
        let end = at + mark.len();
        let mut rest = text[end..].chars();
        let ends = rest.next().is_none_or(char::is_whitespace) && rest.next().is_none_or(char::is_uppercase);
        if ends {
            out.push(start..end);
            start = end;
        }
    }
    out.push(start..text.len());
    out
}

/// True if a pair of quotation marks encloses these bytes.
fn quoted(text: &str, range: &Range<usize>) -> bool {
    [('“', '”'), ('‘', '’'), ('«', '»'), ('„', '“'), ('"', '"')].into_iter().any(|(open, close)| {
        let before = &text[..range.start];
        let opened = before.rfind(open);
        let closed = if open == close { None } else { before.rfind(close) };
        let odd = open != close || before.matches(open).count() % 2 == 1;
        opened.is_some() && odd && opened > closed && text[range.end..].contains(close)
    })
}

/// A place inside a value, if the value is written without escapes in the file.
fn inside(place: &crate::diag::Place, value: &str, range: &Range<usize>) -> crate::diag::Place {
    match &place.bytes {
        Some(bytes) if bytes.len() == value.len() => crate::diag::Place {
            bytes: Some(bytes.start + range.start..bytes.start + range.end),
            column: place.column + value[..range.start].chars().count(),
            ..place.clone()
        },
        _ => place.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, sentences};

    #[test]
    fn quotation_marks_are_pairs() {
        let table = [("he is “a terrorist” they say", true), ("“so” a terrorist “so”", false), ("a terrorist", false)];
        for (text, expected) in table {
            let at = text.find("terrorist").expect("the word");
            assert_eq!(quoted(text, &(at..at + 9)), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_ends_before_a_capital() {
        assert_eq!(sentences("On 1 Oct. he fell. He rose.").len(), 3);
    }
}
