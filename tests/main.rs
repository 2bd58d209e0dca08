//! The integration tests, in one binary: Typst is linked once.

// A test that is skipped says so where people look.
#![allow(clippy::print_stdout)]

mod assemble;
mod audiences;
mod bad;
mod cli;
mod copies;
mod corroboration;
mod cuts;
mod dossier;
mod example;
mod fonts;
mod forms;
mod fuzz;
mod geometry;
mod golden;
mod harm;
mod hostile;
mod house;
mod html;
mod measured;
mod papers;
mod pdf;
mod petition;
mod program;
mod readers;
mod readme;
mod requests;
mod roundtrip;
mod schema;
mod sentences;
mod sheets;
mod sources;
mod suite;
mod support;
mod text;
mod verify;
