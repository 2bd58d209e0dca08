//! `amparo` assembles legal petitions in which each demand is cited back to its source document.
#![forbid(unsafe_code)]

pub mod audience;
pub mod case;
pub mod diag;
pub mod document;
pub mod render;
pub mod source;
pub mod text;
pub mod view;
pub mod yaml;
