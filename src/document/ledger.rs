//! The ledger: each claim of a document with what it rests on.

use super::{ClaimId, FactId, Origin};

/// For one document: each demand and fact used, its citations, and how each was verified.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// In the order in which the document first uses them.
    pub entries: Vec<Entry>,
}

/// One claim of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it puts into words.
    pub id: ClaimId,
    /// Its words in this document.
    pub text: String,
    /// The facts that it rests on.
    pub grounds: Vec<FactId>,
    /// What it is cited to.
    pub citations: Vec<Cited>,
    /// Where it stands in the case file.
    pub origin: Origin,
    /// The status worked out for this document: `established`, `reported`, … Empty for demands and norms.
    pub status: String,
}

/// One citation of a claim, as verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Id of the source.
    pub source: String,
    /// Where in the source, for instance `para 12`.
    pub locator: String,
    /// The quoted phrase.
    pub quote: String,
    /// What comparing it with its copy gave.
    pub verdict: Verdict,
    /// The tier the match needed: `exact`, `white-space`, `typographic`, `unicode`, `hyphenation`. Empty if none.
    pub tier: String,
    /// SHA-256 of the copy, in hexadecimal.
    pub digest: String,
}

closed! {
    /// What comparing a citation with its copy gave.
    Verdict {
        /// The words stand in the copy, at their place.
        Verified = "verified",
        /// They did when the citation was last compared, with a copy of a recorded digest.
        Locked = "locked",
        /// There is no copy, or none that can be read.
        NotCheckable = "not-checkable",
        /// They do not stand there.
        Absent = "absent",
    }
}

impl Verdict {
    /// Whether the citation may stand in a paper that is no draft.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        matches!(self, Self::Verified | Self::Locked)
    }
}
