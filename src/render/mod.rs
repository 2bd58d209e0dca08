//! Renders documents to bytes: every format reads the same events and so has the same words.
//!
//! This room reads no disk, no clock and no environment; it only measures how long a document takes. Fonts and the Typst text of layouts are passed in. Each file
//! is read back before it is returned ([`mod@print`]).

pub mod attach;
mod characters;
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
