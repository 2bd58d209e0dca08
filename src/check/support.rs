//! How far a citation can be relied on.

use crate::source::Locked;
use crate::text::FoundQuotation;

/// How far a citation can be relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Support {
    /// Found in the copy, now.
    Now(FoundQuotation),
    /// Found before, against a copy with the recorded digest.
    Locked(Locked),
    /// There is no copy, and the lock does not know this citation.
    Unchecked,
    /// The copy does not say so.
    Failed,
}
