//! Everything in a case that bears a seal over cited copies, with the seal that it would bear now.

use super::claims::claims;
use super::review::{fact_seal, quotation_seal};
use crate::case::{Case, Citation};
use crate::reference::Reference;
use crate::yaml::At;

/// A review or an answer with its seal.
#[derive(Debug)]
pub struct Sealed<'a> {
    /// What it is, in words: ``the review of the fact `arrest` ``.
    pub name: String,
    /// The seal in the case file.
    pub seal: &'a At<String>,
    /// The seal that fits the case as it is.
    pub now: String,
    /// The citations over which it goes.
    pub citations: Vec<&'a Citation>,
}

impl Sealed<'_> {
    /// True if the seal holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.seal.value == self.now
    }
}

/// All reviews and answers of a case. Two cases that differ only in places and digests have them in the same order.
#[must_use]
pub fn sealed<'a>(case: &'a Case, reference: &'a Reference) -> Vec<Sealed<'a>> {
    let reviews = case.facts().values().filter_map(|fact| {
        let seal = &fact.reviewed.as_ref()?.seal;
        let name = format!("the review of the fact `{}`", fact.id);
        Some(Sealed { name, seal, now: fact_seal(case, fact), citations: fact.citations().collect() })
    });
    let own = claims(case, reference).into_iter().flat_map(|claim| {
        let sealed = |own: &'a crate::case::OwnWording| Sealed {
            name: format!("the answer for `{}` in the {}", own.words.value, claim.name),
            seal: &own.seal,
            now: claim.seal.clone(),
            citations: claim.citations.clone(),
        };
        claim.own_words.iter().map(sealed).collect::<Vec<_>>()
    });
    let meanings = case.citations().into_iter().filter_map(|(_, citation)| {
        let seal = &citation.meaning.as_ref()?.seal;
        let name = format!("the answer about the meaning of “{}”", citation.quote.value);
        Some(Sealed { name, seal, now: quotation_seal(case, citation), citations: vec![citation] })
    });
    reviews.chain(own).chain(meanings).collect()
}
