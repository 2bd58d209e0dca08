//! The support for a citation.

use crate::source::Locked;
use crate::text::FoundQuotation;

/// The support for a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Support {
    /// It was found in the copy, in this run.
    Now(FoundQuotation),
    /// It was found earlier, in a copy with the recorded digest.
    Locked(Locked),
    /// There is no copy, and the lock has no entry for it.
    Unchecked,
    /// It is not in the copy.
    Failed,
}
