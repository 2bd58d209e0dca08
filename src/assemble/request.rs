//! The order for one document.

use chrono::NaiveDate;

use crate::case::{Citation, Collect, Filing};
use crate::document::{Cited, Document, FactId, PaperSize};
use crate::reference::Office;
use crate::source::Bibliography;

/// The order for one document.
#[derive(Clone)]
pub struct Request<'a> {
    /// Id of the template.
    pub template: &'a str,
    /// Language of the document.
    pub language: &'a str,
    /// The office addressed, if there is one.
    pub recipient: Option<&'a Office>,
    /// The offices that a document for supporters names.
    pub recipients: Vec<&'a Office>,
    /// The letter that the document goes with, if there is one.
    pub letter: Option<&'a Document>,
    /// The entries of the case for a form.
    pub filing: &'a Filing,
    /// Size of the sheet.
    pub paper: PaperSize,
    /// The last day on which the document may be used, if it may be sent at all.
    pub use_until: NaiveDate,
    /// The day of the run: values of the directory must be verified by then.
    pub made_on: NaiveDate,
    /// True if the document is for an earlier day than that of the run.
    pub reconstruction: bool,
    /// True if a source of the case is left out.
    pub without_source: bool,
    /// The gathering of signatures, if people sign.
    pub gathering: Gathering<'a>,
    /// The result of the verification of each citation.
    pub verdict: &'a dyn Fn(&Citation) -> Cited,
    /// True if nobody who reads both languages has compared the text of a fact in a language with its sources.
    pub unread: &'a dyn Fn(&FactId, &str) -> bool,
    /// The printed form of sources.
    pub bibliography: &'a Bibliography,
    /// File name without its ending.
    pub name: String,
    /// Seed of the file's stable identifier.
    pub identity: String,
}

/// The gathering of signatures.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gathering<'a> {
    /// The number of sheets or cards in one file.
    pub copies: usize,
    /// True if the paper is in a language of the country itself.
    pub inside: bool,
    /// The collector, as far as it is known.
    pub collect: Option<&'a Collect>,
}
