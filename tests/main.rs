//! The integration tests, in one binary: Typst is linked once.

mod assemble;
mod example;
mod pdf;
mod text;
