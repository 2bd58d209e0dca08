//! Each translation must belong to the present words of its quotation.

use std::collections::BTreeSet;

use super::told::numbers;
use crate::case::{Case, Citation, Translation};
use crate::diag::{Code, Diagnostic};
use crate::reference::Reference;

/// Reports translations without a seal, with a seal that does not fit, and with other numbers than the quotation.
pub fn check(case: &Case, reference: &Reference) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (_, citation) in case.citations() {
        let Some(translation) = &citation.translation else { continue };
        problems.extend(seal(citation, translation));
        problems.extend(figures(case, citation, translation, reference));
    }
    problems
}

fn seal(citation: &Citation, translation: &Translation) -> Option<Diagnostic> {
    let now = translation.seal_of(&citation.quote);
    let (place, words) = match &translation.seal {
        Some(seal) if seal.value == now => return None,
        Some(seal) => {
            let on = translation.on;
            (&seal.place, format!("the quotation or its translation has changed since {on}: it is not printed"))
        }
        None => (&translation.place, "the translation has no seal: it is not printed".to_owned()),
    };
    Some(
        Diagnostic::warning(Code::QuoteTranslation, place.clone(), words)
            .and_at(citation.quote.place.clone(), "the quotation")
            .hint(format!("compare both; then write `seal: {now}`, and as `on` the day on which you compared them")),
    )
}

/// Compares numbers, which are the same in every language: a difference is a slip of the translator.
fn figures(case: &Case, citation: &Citation, translation: &Translation, reference: &Reference) -> Vec<Diagnostic> {
    let language = case.records().get(&citation.source).and_then(|record| record.language.as_ref());
    let read = |language: &str, text: &str| -> Option<BTreeSet<String>> {
        let found = numbers(text, reference.wording(language)?).into_iter();
        // A word for one is seldom a number.
        Some(found.map(|(number, _)| number).filter(|number| number != "1").collect())
    };
    let Some(original) = language.and_then(|language| read(&language.code, &citation.quote)) else { return Vec::new() };
    let differing = translation.text.iter().filter_map(|(language, words)| {
        let found = read(language, words)?;
        let number = original.symmetric_difference(&found).next()?.clone();
        Some((words, number))
    });
    differing
        .map(|(words, number)| {
            let headline = format!("only one of the quotation and its translation has the number {number}");
            Diagnostic::warning(Code::QuoteTranslation, words.place.clone(), headline)
                .and_at(citation.quote.place.clone(), "the quotation")
                .hint("correct the translation")
        })
        .collect()
}
