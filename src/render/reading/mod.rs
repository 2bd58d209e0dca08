//! Reads the words of a finished PDF, for comparison with those of a document in the same order.
//!
//! The typesetter's output is read back here before it is returned, and `amparo verify` reads files here. This room
//! renders nothing: words come from the structure tree and the marked content of the pages. Anything that cannot be
//! understood is a fault and is never skipped.

mod faces;
pub mod file;
mod marked;
mod operations;
mod readback;
pub mod seal;
mod xmp;

pub use readback::{Element, Page, Reading, read};
