//! Sources: the typed data of each ([`raw`]), the clean [`Record`], places in a source ([`Locator`]), the verified
//! citations ([`Lock`]), and the printed form of a source in a note ([`Bibliography`]).
//!
//! For a copy: its words ([`CopyText`]), passages to quote ([`Passage`]), the fate of a quotation in it ([`QuotationFate`]).
//! Also here: reading words from common file formats ([`extract`]), the archive with its custody log ([`archive`]),
//! records of other programs ([`library`]), and adding records to `sources.yaml` ([`edit`]).
//!
//! This room uses neither disk nor clock.

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
pub mod placeholder;
pub mod raw;
mod record;
mod rereading;

pub use bibliography::{Bibliography, NoteItem, NoteRequest, OUR_STYLE, StyleError};
pub use convert::{records, statuses};
pub use copy::CopyText;
pub use fate::QuotationFate;
pub use interval::Interval;
pub use locator::{Locator, LocatorError, words};
pub use lock::{Fingerprint, Lock, Locked, LockedQuestions};
pub use passage::Passage;
pub use record::{
    Author, Extractor, LegalStatus, Original, ParentKind, PublisherName, Record, Records, SourceKind, Title, Withdrawn,
};
pub use rereading::{MovedRange, Rereading};
