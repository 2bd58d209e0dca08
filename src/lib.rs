//! `amparo` assembles legal petitions in which each demand is cited back to its source document.
#![forbid(unsafe_code)]

pub mod assemble;
pub mod audience;
pub mod case;
pub mod diag;
pub mod document;
pub mod reference;
pub mod source;
pub mod view;
pub mod yaml;
