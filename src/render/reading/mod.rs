//! Reading: what a finished PDF says, word by word, and what a document must say, in the same order.
//!
//! Both the press, which reads each file back before it leaves, and `amparo verify` look at files through this room. It
//! renders nothing: words come from the structure tree and the marked content of the pages. What it does not understand
//! is a fault, never passed over.

mod faces;
pub mod file;
mod marked;
mod operations;
mod readback;
pub mod seal;
mod xmp;

pub use readback::{Element, Page, Reading, read};
