//! The integration tests, in one binary: Typst is linked once.

mod assemble;
mod cli;
mod golden;
mod example;
mod house;
mod papers;
mod pdf;
mod program;
mod schema;
mod suite;
mod support;
mod text;
