//! The document: a tree of blocks with its ledger, made by assembling.
//!
//! It contains nothing of YAML, of a template language or of Typst. Every format reads the same events of the same tree
//! ([`events`]) and so has the same words.

mod block;
mod claim;
pub mod events;
mod flow;
mod id;
mod language;
mod ledger;
mod origin;
mod paper;
mod parts;
mod text;
mod tree;
mod walk;
pub mod words;

pub use block::{Block, BlockKind, Class, Inline, Note, SideBySide, Span, plain};
pub use claim::{ClaimId, ClaimKind};
pub use id::{DemandId, FactId};
pub use language::{Language, PROGRAM_LANGUAGE};
pub use ledger::{Cited, Entry, Ledger, Verdict};
pub use origin::Origin;
pub use paper::{PaperSize, Print};
pub use parts::{Line, Parts, Signing};
pub use text::{petition, texts};
pub use tree::{Attachment, Document, Relationship};
