//! The integration tests, in one binary: Typst is linked once.

mod assemble;
mod example;
mod house;
mod pdf;
mod schema;
mod suite;
mod support;
mod text;
