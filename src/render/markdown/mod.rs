//! Markdown, written and read back.

mod read;
mod words;
mod write;

pub use write::markdown;
