//! Sources: what was typed of each ([`raw`]), the clean [`Record`], where in a source ([`Locator`]), what was verified
//! ([`Lock`]), and how a source is printed in a note ([`Bibliography`]).
//!
//! Of a copy: its words ([`CopyText`]), passages to quote ([`Passage`]), what became of a quotation in it
//! ([`QuotationFate`]). Around it: words out of the files that people have ([`extract`]), the archive with its custody
//! log ([`archive`]), what other programs know ([`library`]), records added to `sources.yaml` ([`edit`]).
//! programs know ([`library`]), records added to `sources.yaml` ([`edit`]).
//!
//! This room reads no disk and no clock.

pub mod archive;
mod bibliography;
mod convert;
pub mod copy;
pub mod edit;
mod entry;
pub mod extract;
mod fate;
mod interval;
pub mod library;
mod locator;
mod lock;
pub mod passage;
mod paste;
pub mod raw;
mod record;

pub use bibliography::{Bibliography, NoteItem, NoteRequest, OUR_STYLE, StyleError};
pub use convert::{records, statuses};
pub use copy::CopyText;
pub use fate::QuotationFate;
pub use interval::Interval;
pub use locator::{Locator, LocatorError, words};
pub use lock::{Fingerprint, Lock, Locked};
pub use passage::Passage;
pub use record::{
    Author, Extractor, LegalStatus, Original, ParentKind, PublisherName, Record, Records, SourceKind, Title, Withdrawn,
};
