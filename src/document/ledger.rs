//! The ledger: each claim of a document with its grounds and citations.

use super::{ClaimId, FactId, Origin};

/// The ledger of one document: each demand and fact used, its citations, and the result of their verification.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// The entries in the order of their first use in the document.
    pub entries: Vec<Entry>,
}

/// One claim of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The id of the claim.
    pub id: ClaimId,
    /// Its words in this document.
    pub text: String,
    /// The facts on which it rests.
    pub grounds: Vec<FactId>,
    /// Its citations.
    pub citations: Vec<Cited>,
    /// Its place in the case file.
    pub origin: Origin,
    /// The firmness in this document: `established`, `reported`, … Empty for demands and norms.
    pub status: String,
}

/// One citation of a claim, as verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Id of the source.
    pub source: String,
    /// The place in the source, for instance `para 12`.
    pub locator: String,
    /// The quoted phrase.
    pub quote: String,
    /// The result of the comparison with the copy.
    pub verdict: Verdict,
    /// The tier of the match: `exact`, `white-space`, `typographic`, `unicode`, `hyphenation`. Empty if there is none.
    pub tier: String,
    /// SHA-256 of the copy, in hexadecimal.
    pub digest: String,
}

closed! {
    /// The result of comparing a citation with its copy.
    Verdict {
        /// The words are in the copy, at their place.
        Verified = "verified",
        /// They were there at the last comparison, with a copy of a recorded digest.
        Locked = "locked",
        /// There is no copy, or it cannot be read.
        NotCheckable = "not-checkable",
        /// They are not there.
        Absent = "absent",
    }
}

impl Verdict {
    /// True if the citation may be used in a paper that is not a draft.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        matches!(self, Self::Verified | Self::Locked)
    }
}
