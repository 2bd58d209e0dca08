//! Markdown, written and read back.

mod format;
mod read;
mod words;
mod write;

pub use format::Markdown;
pub use write::markdown;
