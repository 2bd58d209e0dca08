//! What became of a quotation: the same, moved, altered or gone in a copy that may be newer than the one it was taken from.

use super::copy::CopyText;
use super::locator::Locator;
use crate::text::{Nearest, Quotation, QuotationVerdict};

/// What became of a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotationFate {
    /// It stands where it is cited.
    Same,
    /// It stands in other places.
    Moved(Vec<Locator>),
    /// It stands only where nothing may be quoted: the place, and why.
    NotText(Locator, String),
    /// Its words differ: the place, what stands there, each pair of words.
    Altered {
        /// Where the nearest passage stands.
        at: Locator,
        /// Its words.
        reads: String,
        /// Each word of the quotation that differs, with the word that stands there; either may be empty.
        words: Vec<(String, String)>,
    },
    /// Nothing like it is there.
    Gone,
    /// The case file does not hold a quotation here.
    Unreadable,
}

impl QuotationFate {
    /// Looks for the words that are cited at a place. Only paragraphs that are `allowed`, from 0, may hold them.
    #[must_use]
    pub fn of(copy: &CopyText, at: Locator, quote: &str, allowed: &dyn Fn(usize) -> bool) -> Self {
        let Ok(quotation) = Quotation::parse(quote) else { return Self::Unreadable };
        // A page that a newer copy no longer has: the words may stand on another.
        let here = at.paragraphs(&copy.pages);
        let verdict = copy.find(at, &quotation, allowed);
        match verdict.unwrap_or_else(|| copy.haystack.verify(&quotation, None, allowed)) {
            QuotationVerdict::Verified(found) if here.is_some_and(|here| here.contains(&found.paragraph)) => Self::Same,
            QuotationVerdict::Verified(_) => {
                let found = copy.haystack.matches(&quotation, allowed);
                Self::Moved(found.iter().map(|found| copy.place(found.paragraph)).collect())
            }
            QuotationVerdict::Absent { nearest } => match copy.haystack.verify(&quotation, None, &|_| true) {
                QuotationVerdict::Verified(found) => {
                    let why = copy.record.excluded(found.paragraph + 1).unwrap_or_default();
                    Self::NotText(copy.place(found.paragraph), why.to_owned())
                }
                QuotationVerdict::Absent { .. } => nearest.map_or(Self::Gone, |nearest| Self::altered(copy, &nearest)),
            },
        }
    }

    fn altered(copy: &CopyText, nearest: &Nearest) -> Self {
        let passage = copy.haystack.paragraph(nearest.paragraph).and_then(|text| text.get(nearest.range.clone()));
        let words = nearest.differing.iter().map(|pair| {
            let quoted = pair.quoted.as_ref().map(|(_, word)| word.clone()).unwrap_or_default();
            (quoted, pair.source.clone().unwrap_or_default())
        });
        Self::Altered {
            at: copy.place(nearest.paragraph),
            reads: passage.unwrap_or_default().to_owned(),
            words: words.collect(),
        }
    }

    /// The name under which listings count it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Same => "same place",
            Self::Moved(_) => "moved",
            Self::NotText(..) => "not part of the text",
            Self::Altered { .. } => "altered",
            Self::Gone => "gone",
            Self::Unreadable => "no quotation",
        }
    }
}
