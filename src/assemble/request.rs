//! What document is wanted.

use chrono::NaiveDate;

use crate::case::{Citation, Collect, Filing};
use crate::document::{Cited, Document, PaperSize};
use crate::reference::Office;
use crate::source::Bibliography;

/// One document that is wanted.
#[derive(Clone)]
pub struct Request<'a> {
    /// Id of the template.
    pub template: &'a str,
    /// Language of the document.
    pub language: &'a str,
    /// The office addressed, where there is one.
    pub recipient: Option<&'a Office>,
    /// The offices that a document for supporters names.
    pub recipients: Vec<&'a Office>,
    /// The letter that the document goes with, where it goes with one.
    pub letter: Option<&'a Document>,
    /// What the case says for a form.
    pub filing: &'a Filing,
    /// Sheet of paper.
    pub paper: PaperSize,
    /// Until when the document may be used, if it may be sent at all.
    pub use_until: NaiveDate,
    /// The day given as today: values of the directory are judged by it.
    pub made_on: NaiveDate,
    /// It speaks as of an earlier day than it was made.
    pub reconstruction: bool,
    /// It is made as if a source of the case did not exist.
    pub without_source: bool,
    /// How signatures are gathered, where people sign.
    pub gathering: Gathering<'a>,
    /// How each citation was verified.
    pub verdict: &'a dyn Fn(&Citation) -> Cited,
    /// How sources are printed.
    pub bibliography: &'a Bibliography,
    /// File name without its ending.
    pub name: String,
    /// Seed of the file's stable identifier.
    pub identity: String,
}

/// How signatures are gathered.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gathering<'a> {
    /// So many sheets or cards in one file.
    pub copies: usize,
    /// The paper is in a language of the country itself.
    pub inside: bool,
    /// Who collects, as far as it is given.
    pub collect: Option<&'a Collect>,
}
