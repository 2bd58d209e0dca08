//! The archive of a case: files as they were found, their words, their records, and the log of who added them when.
//!
//! Everything here works on what was read; [`crate::disk`] alone reads and writes.

pub mod companion;
pub mod custody;
mod entry;
mod name;

pub use entry::{NewRecord, canonical};
pub use name::{checked, free, original, proposed, text};
