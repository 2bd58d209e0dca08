//! The integration tests, in one binary: Typst is linked once.

mod pdf;
mod text;
