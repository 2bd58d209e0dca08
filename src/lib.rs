//! `amparo` assembles legal petitions in which each demand is cited back to its source document.
//!
//! # The flow
//!
//! ```text
//! cases/<id> ──► load ──► check ──► view ──► assemble ──► render ──► write ──► output/<id>/<date>/
//!                RawCase  Case      View     Document     bytes      files + manifest
//! archive ─────────────────┘                    ▲           ▲
//! templates (words) ────────────────────────────┘           │
//! templates (layouts) ──────────────────────────────────────┘
//! ```
//!
//! The types are the contract. A [`case::raw::RawCase`] is what was typed, with places. A [`case::Case`] cannot have
//! dangling ends. A [`view::View`] is what may be said, on a date, to an audience: it is cut *before* a template runs. A
//! [`document::Document`] is a tree of blocks with its ledger, in which nothing of YAML, of the template language or of
//! Typst is left. Every stage is a function that gives its output and a list of [`diag::Diagnostic`]s.
//!
//! Read [`pipeline`] next: it is the whole program on one page. `amparo watch` goes the same way again after each
//! change ([`rounds`]).
//!
//! # The rooms
//!
//! A room knows only the rooms before it in the flow; a test keeps this true (`tests/house.rs`).
//!
//! | room | its one job |
//! | --- | --- |
//! | [`cli`], [`job`] | what was typed; what it means. The job alone asks the clock and the environment |
//! | [`load`] | the one room that reads the disk |
//! | [`yaml`] | YAML with places, every structural problem at once |
//! | [`diag`] | diagnostics: a closed list of codes, their manual, the one place that draws them |
//! | [`text`] | the matcher: is a quotation in its source, word for word, and where |
//! | [`source`] | records of sources, the lock, printed notes |
//! | [`extract`] | words out of the files that people have: HTML, PDF, DOCX, letters, web archives |
//! | [`archive`] | files as they were found, their records, the log of who added them when |
//! | [`case`] | what was typed, what it means, how it stands on a date |
//! | [`mod@reference`] | what ages and is shipped as data: directory, law, wording, locales |
//! | [`check`] | everything that can be known without building |
//! | [`view`] | what may be said |
//! | [`form`] | a form of a body: what fills its fields, what is missing, which consent is lacking |
//! | [`assemble`] | templates in Markdown with Jinja become a document; claims travel as marks |
//! | [`reading`] | what a PDF says, and what a document must say, word by word |
//! | [`ledger`], [`attach`] | the ledger that each PDF carries; what travels inside a file, cut once more |
//! | [`render`] | PDF through Typst, read back and compared; Markdown from the same tree |
//! | [`dossier`], [`report`] | the working report; its way through the rooms |
//! | [`copies`] | looking into the copies: find, show, compare; exchange with other programs |
//! | [`cli_source`], [`keep`] | `amparo source add`, `list` and `audit` |
//! | [`update`] | what a change of the case does to facts, demands and papers |
//! | [`mod@write`] | each file whole or not at all, the manifest last |
//! | [`plan`], [`make`] | which papers go to whom; the way of one paper through the rooms |
//! | [`verify`], [`proof`] | a finished PDF against its ledger, the sources and the case |
//! | [`mod@before`] | two states of a case, prepared to be compared |
//! | [`watch`], [`rounds`] | waiting for a change of what was read; a build after each change |
//!
//! # Promises kept by construction
//!
//! - A template cannot print a demand without its source, nor change its words: a claim has no words while the template
//!   runs ([`assemble`]).
//! - Nobody is told an old state as the present one because the news of its end is not for them ([`view`]).
//! - A quotation with one changed word never verifies ([`text`]); a statement that says more than its paragraphs is
//!   found ([`check`]).
//! - What the page says is what the document says: every PDF is read back before it leaves ([`render::pdf`]).
#![forbid(unsafe_code)]

pub mod archive;
pub mod assemble;
pub mod attach;
pub mod audience;
pub mod before;
pub mod case;
pub mod check;
pub mod cli;
pub mod cli_source;
pub mod copies;
pub mod diag;
pub mod digest;
pub mod document;
pub mod dossier;
pub mod extract;
pub mod form;
pub mod help;
pub mod job;
pub mod keep;
pub mod ledger;
pub mod load;
pub mod make;
pub mod new;
pub mod pipeline;
pub mod plan;
pub mod proof;
pub mod reading;
pub mod reference;
pub mod render;
pub mod report;
pub mod rounds;
pub mod source;
pub mod text;
pub mod update;
pub mod verify;
pub mod view;
pub mod vocabulary;
pub mod watch;
pub mod write;
pub mod yaml;

mod run;
pub use run::run;
