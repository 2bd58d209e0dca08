//! Sources: what was typed of each ([`raw`]), the clean [`Record`], where in a source ([`Locator`]), what was
//! verified ([`Lock`]), and how a source is printed in a note ([`Bibliography`]).
//!
//! This room reads no disk and no clock.

pub mod append;
pub mod archive;
mod bibliography;
mod convert;
mod date;
mod entry;
pub mod extract;
pub mod library;
mod locator;
mod lock;
pub mod paste;
pub mod raw;
mod record;

pub use bibliography::{Bibliography, NoteItem, NoteRequest, OUR_STYLE, StyleError};
pub use convert::{GUESSED, records, statuses};
pub use date::{Interval, SourceDate};
pub use locator::{Locator, LocatorError, words};
pub use lock::{Fingerprint, Lock, Locked};
pub use record::{
    Author, Extractor, Kind, Original, ParentKind, PublisherName, Record, Records, Status, Title, Withdrawn,
};
