//! HTML: one page without other files, for computers and telephones. It runs no script.
//!
//! It contains its ledger as a block of data, and its head has a checksum of all its bytes.

mod format;
mod read;
mod seal;
mod vocabulary;
mod write;

pub use format::Html;
