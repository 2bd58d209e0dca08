//! Assembling: a view of the case and the words of a template become a document.
//!
//! The engine expands the Markdown of the language ([`environment`]); claims travel through it as marks without words
//! ([`marks`]), so a template can neither change a claim nor print it without its source. The Markdown becomes blocks
//! ([`markdown`]), the blocks are checked ([`checks`]), notes and ledger are made from them ([`notes`]).
//!
//! This room takes a [`View`](crate::case::view::View), never a case; it reads no disk, no clock and no environment.

mod annexes;
mod assembler;
mod beside;
mod checks;
mod claims;
mod context;
mod demands;
mod describe;
mod document;
mod environment;
mod escape;
mod explain;
mod fields;
mod filters;
mod folder;
pub mod form;
mod freshness;
mod inline;
pub mod judge;
mod layout;
mod leaf;
mod markdown;
mod marks;
mod notes;
mod parts;
mod people;
pub mod plan;
mod prepare;
mod reader;
mod refuse;
mod request;
mod signing;
mod spec;
mod template;
mod translations;
mod values;

pub use describe::{Offered, describe};
pub use document::assemble;
pub use folder::{Folder, TemplateFiles};
pub use layout::RawLayout;
pub use request::{Gathering, Request};
pub use spec::{Companion, Dating, Limits, PartsSpec, RawSpec, SigningSpec, Spec, TemplateNeed, VALID_DAYS};
pub use template::Templates;
