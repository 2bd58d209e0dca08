//! The archive of a case: the original files, their words, their records, and the log of who added them when.
//!
//! This room works on data in memory; only [`crate::disk`] reads and writes files.

pub mod companion;
pub mod custody;
mod entry;
mod name;

pub use entry::{NewRecord, canonical, furniture};
pub use name::{checked, free, kept, original, proposed, text};
