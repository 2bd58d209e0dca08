//! Reviews: the comparison of a fact with its paragraphs. A review is void when either side changes.

use sha2::{Digest as _, Sha256};

use crate::case::{Case, Fact};
use crate::diag::{Code, Diagnostic};

/// The seal of a fact: the first eight hexadecimal digits of a digest over its words, its citations and the digests of
/// the cited copies.
#[must_use]
pub fn seal(case: &Case, fact: &Fact) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    };
    for (language, words) in fact.wordings() {
        add(language);
        add(words);
    }
    for citation in fact.citations() {
        add(&citation.source);
        add(&citation.at.to_string());
        add(&citation.quote);
        let digest = case.records().get(&citation.source).and_then(|record| record.digest.as_ref());
        add(&digest.map(|digest| digest.value.to_string()).unwrap_or_default());
    }
    let digest = hash.finalize();
    let first = [digest[0], digest[1], digest[2], digest[3]];
    format!("{:08x}", u32::from_be_bytes(first))
}

/// Reports reviews whose seal no longer fits.
pub fn check(case: &Case) -> Vec<Diagnostic> {
    let reviewed = case.facts().values().filter_map(|fact| Some((fact, fact.reviewed.as_ref()?)));
    reviewed
        .filter_map(|(fact, review)| {
            let now = seal(case, fact);
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
