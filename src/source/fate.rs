//! The fate of a quotation in a copy that may be newer than the one it was taken from: the same, moved, altered or
//! gone.

use super::copy::CopyText;
use super::locator::Locator;
use crate::text::{Nearest, Quotation, QuotationVerdict};

/// The fate of a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotationFate {
    /// It is at the cited place.
    Same,
    /// It is in other places.
    Moved(Vec<Locator>),
    /// It is only in a part that may not be quoted: the place, and the reason.
    NotText(Locator, String),
    /// Its words differ: the place, the words there, each pair of words.
    Altered {
        /// The place of the nearest passage.
        at: Locator,
        /// The words of that passage.
        reads: String,
        /// Each word of the quotation that differs, with the word of the source; either may be empty.
        words: Vec<(String, String)>,
    },
    /// Nothing similar is in the copy.
    Gone,
    /// The citation in the case file is not a quotation.
    Unreadable,
}

impl QuotationFate {
    /// Searches for the words cited at a place. Only paragraphs, from 0, for which `allowed` is true may hold them.
    #[must_use]
    pub fn of(copy: &CopyText, at: Locator, quote: &str, allowed: &dyn Fn(usize) -> bool) -> Self {
        let Ok(quotation) = Quotation::parse(quote) else { return Self::Unreadable };
        // The newer copy may no longer have the page; the words may be on another one.
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

    /// The name under which lists count it.
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
