//! `amparo` assembles legal petitions in which each demand is cited back to its source document.
#![forbid(unsafe_code)]

pub mod assemble;
pub mod audience;
pub mod case;
pub mod check;
pub mod cli;
pub mod diag;
pub mod digest;
pub mod document;
pub mod dossier;
pub mod help;
pub mod job;
pub mod load;
pub mod make;
pub mod new;
pub mod pipeline;
pub mod plan;
pub mod reference;
pub mod render;
pub mod source;
pub mod text;
pub mod view;
pub mod vocabulary;
pub mod write;
pub mod yaml;

mod run;
pub use run::run;
