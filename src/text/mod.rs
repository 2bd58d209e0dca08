//! The matcher: it tells whether a quotation is in its source, word for word, and where.
//!
//! This room uses no other room, except for the macro `closed!`. One normaliser ([`FoldedText`]) serves both sides, in
//! tiers from exact to dehyphenated, and keeps the way back to the unchanged text. A [`Haystack`] answers with a
//! [`QuotationVerdict`], never with a boolean; [`sense`] raises questions for a human about exact quotations. [`search`] and
//! [`mod@phrase`] help to find words to quote, and prove nothing.

pub mod canonical;
mod characters;
pub mod edges;
pub mod find;
pub mod fold;
mod haystack;
mod index;
mod line_end;
mod nearest;
mod occurrences;
mod pattern;
pub mod phrase;
pub mod quotation;
pub mod search;
pub mod sense;
mod stages;
pub mod words;

pub use canonical::{Canonical, PAGE, Paragraph};
pub use characters::READING_BREAK;
pub use find::{FoundQuotation, QuotationVerdict};
pub use fold::{FoldedText, Tier};
pub use haystack::Haystack;
pub use nearest::{Nearest, WordDifference};
pub use pattern::{LONGEST_ENDING, LONGEST_OMISSION, LONGEST_REPLACEMENT};
pub use quotation::{Quotation, QuotationError};
