//! Reviews: the comparison of a fact with its paragraphs. A review is void when either side changes.

use sha2::{Digest as _, Sha256};

use super::languages::is_in_language;
use crate::case::{Case, Citation, Fact};
use crate::diag::{Code, Diagnostic};
use crate::yaml::At;

/// The seal of a fact: it changes with its words, its citations and the digests of the cited copies.
#[must_use]
pub fn fact_seal(case: &Case, fact: &Fact) -> String {
    let texts: Vec<_> = fact.wordings().map(|(language, words)| (language.as_str(), words)).collect();
    seal_of(case, &texts, &[], &fact.citations().collect::<Vec<_>>())
}

/// True if nobody who reads both languages has compared a text of a fact with its sources: all of them are in another
/// language, and the fact has no review that holds.
#[must_use]
pub fn is_unread(case: &Case, fact: &Fact, language: &str) -> bool {
    let reviewed = fact.reviewed.as_ref().is_some_and(|review| review.seal.value == fact_seal(case, fact));
    let is_own = |set: &Vec<Citation>| is_in_language(case, set, language);
    !reviewed && fact.text.contains_key(language) && !fact.sets.is_empty() && !fact.sets.iter().any(is_own)
}

/// The seal of a statement: the first eight hexadecimal digits of a digest over its words, those of the facts on which it
/// rests, its citations and the digests of the cited copies.
pub(super) fn seal_of(case: &Case, texts: &[(&str, &At<String>)], facts: &[&Fact], citations: &[&Citation]) -> String {
    let mut digest = Digesting::default();
    for (language, words) in texts {
        digest.add(language);
        digest.add(words);
    }
    // What a request or an argument is compared with.
    for (language, words) in facts.iter().flat_map(|fact| &fact.text) {
        digest.add(language);
        digest.add(words);
    }
    for citation in citations {
        digest.add_citation(case, citation);
    }
    digest.finish()
}

/// The seal of a quotation: it changes with its words, its place and the digest of the copy.
pub(super) fn quotation_seal(case: &Case, citation: &Citation) -> String {
    let mut digest = Digesting::default();
    digest.add_citation(case, citation);
    digest.finish()
}

/// A digest of parts, each with its length before it.
#[derive(Default)]
struct Digesting(Sha256);

impl Digesting {
    fn add(&mut self, part: &str) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part.as_bytes());
    }

    fn add_citation(&mut self, case: &Case, citation: &Citation) {
        self.add(&citation.source);
        self.add(&citation.at.to_string());
        self.add(&citation.quote);
        let digest = case.records().get(&citation.source).and_then(|record| record.digest.as_ref());
        self.add(&digest.map(|digest| digest.value.to_string()).unwrap_or_default());
    }

    /// The first eight hexadecimal digits.
    fn finish(self) -> String {
        let digest = self.0.finalize();
        let first = [digest[0], digest[1], digest[2], digest[3]];
        format!("{:08x}", u32::from_be_bytes(first))
    }
}

/// Reports reviews whose seal no longer fits.
pub fn check(case: &Case) -> Vec<Diagnostic> {
    let reviewed = case.facts().values().filter_map(|fact| Some((fact, fact.reviewed.as_ref()?)));
    reviewed
        .filter_map(|(fact, review)| {
            let now = fact_seal(case, fact);
            (review.seal.value != now).then(|| {
                Diagnostic::warning(
                    Code::FactReview,
                    review.seal.place.clone(),
                    format!("`{}` has changed since it was reviewed on {}", fact.id, review.on),
                )
                .hint(format!("compare the fact with its paragraphs again; then write `seal: {now}` and the new date"))
            })
        })
        .collect()
}
