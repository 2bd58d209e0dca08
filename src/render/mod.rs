//! From the tree to bytes: every format reads the same [`Document`](crate::document::Document) and says the same words.
//!
//! This room reads no disk, no clock and no environment. What it needs beside the document (fonts, the Typst text of
//! layouts) is passed in.

pub mod attach;
pub mod ledger;
pub mod markdown;
pub mod pdf;
pub mod reading;
