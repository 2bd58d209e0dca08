//! `amparo` assembles legal petitions in which each demand is cited back to its source document.
//!
//! # The life of one paper
//!
//! ```text
//! cases/<id> ──► case::load ──► check ──► case::view ──► assemble ──► render ──► disk::write ──► output/<id>/<date>/
//!                RawCase        Case      View           Document     bytes      files + manifest
//! archive ──────────────────────┘                         ▲            ▲
//! templates (words) ──────────────────────────────────────┘            │
//! templates (layouts) ─────────────────────────────────────────────────┘
//! ```
//!
//! The types are the contract. A [`case::raw::RawCase`] is what was typed, with places. A [`case::Case`] cannot have
//! dangling ends. A [`case::view::View`] is what may be said, on a date, to an audience: it is cut *before* a template
//! runs. A [`document::Document`] is a tree of blocks with its ledger, in which nothing of YAML, of the template language
//! or of Typst is left. Every stage is a function that gives its output and a list of [`diag::Diagnostic`]s.
//!
//! # The rooms
//!
//! A room knows only those above it in this table; a test keeps this true (`tests/house.rs`).
//!
//! | room | its one job |
//! | --- | --- |
//! | [`diag`] | diagnostics: a closed list of codes, their manual, the one place that draws them |
//! | [`text`] | the matcher: is a quotation in its source, word for word, and where |
//! | [`disk`] | reads, watches and writes: each file whole or not at all, the manifest last |
//! | [`yaml`] | YAML with places, every structural problem at once |
//! | [`document`] | the finished document: blocks, notes, ledger, words in reading order |
//! | [`mod@reference`] | what ages and is shipped as data: directory, law, languages |
//! | [`source`] | records of sources, the lock, printed notes, the archive, words out of the files that people have |
//! | [`case`] | what was typed, what it means, how it stands on a date, what may be said |
//! | [`check`] | everything that can be known without building |
//! | [`assemble`] | which papers go to whom; templates in Markdown with Jinja become documents |
//! | [`render`] | PDF through Typst, Markdown and HTML from the same events, each read back and compared; the ledger inside a file |
//! | [`verify`] | a finished file against its ledger and its sources |
//! | [`report`] | what a colleague reads: the working report, what a change does |
//! | [`command`] | what was typed and what it means, a file for each command, printing, exit codes. It joins all others |
//!
//! The macro `closed!`, in `diag/closed.rs`, makes a closed list of words for any of them.
//!
//! # Promises kept by construction
//!
//! - A template cannot print a demand without its source, nor change its words: a claim has no words while the template
//!   runs ([`assemble`]).
//! - Nobody is told an old state as the present one because the news of its end is not for them ([`case::view`]).
//! - A quotation with one changed word never verifies ([`text`]); a statement that says more than its paragraphs is
//!   found ([`check`]).
//! - What the page says is what the document says: every file is read back before it leaves ([`render`]).
#![forbid(unsafe_code)]

// First: the macro `closed!` of this room is used in all others.
#[macro_use]
pub mod diag;

pub mod assemble;
pub mod case;
pub mod check;
pub mod command;
pub mod disk;
pub mod document;
pub mod reference;
pub mod render;
pub mod report;
pub mod source;
pub mod text;
pub mod verify;
pub mod yaml;

pub use command::run;
