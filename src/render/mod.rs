//! From the document to bytes: every format reads the same events and says the same words.
//!
//! This room reads no disk, no clock and no environment. What it needs beside the document (fonts, the Typst text of
//! layouts) is passed in. Each file is read back before it leaves ([`mod@print`]).

pub mod attach;
mod compare;
mod fault;
pub mod format;
pub mod formats;
pub mod html;
pub mod ledger;
pub mod markdown;
pub mod pdf;
pub mod print;
pub mod reading;
mod run;
