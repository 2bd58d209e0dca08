//! HTML: one page that needs nothing else, for the screen and for the telephone. It runs no script.
//!
//! It carries its ledger as a block of data, and its head bears a checksum of all its bytes.

mod format;
mod read;
mod seal;
mod vocabulary;
mod write;

pub use format::Html;
