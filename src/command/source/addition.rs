//! The options of `amparo source add`.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};

use super::input::input;
use crate::case::load::Input;
use crate::command::cli::source::AddArgs;
use crate::command::options::now;
use crate::diag::Failure;
use crate::reference::day;

/// A file to add.
#[derive(Debug, Clone)]
pub struct Addition {
    /// The case, and the folder of its copies.
    pub input: Input,
    /// The file.
    pub file: PathBuf,
    /// The address from which it comes.
    pub url: Option<String>,
    /// The day on which it was fetched.
    pub retrieved: Option<NaiveDate>,
    /// The id that the user chose.
    pub id: Option<String>,
    /// The language of its text.
    pub language: Option<String>,
    /// The encoding of its text.
    pub encoding: Option<String>,
    /// The person who adds it.
    pub by: Option<String>,
    /// Proofs to keep beside it.
    pub beside: Vec<PathBuf>,
    /// The moment of the run, in UTC.
    pub now: NaiveDateTime,
}

impl Addition {
    /// Resolves the options of an addition.
    ///
    /// # Errors
    /// A date does not exist or is in the future, or an address or a language is not valid.
    pub fn new(args: &AddArgs) -> Result<Self, Failure> {
        let now = now();
        let wrong = |words: String, hint: &str| Err(Failure::request(words, hint));
        let retrieved = args.retrieved.as_deref().map(day).transpose();
        let retrieved = retrieved.map_err(|words| Failure::request(words, "write `--retrieved 2024-10-01`"))?;
        if let Some(later) = retrieved.filter(|day| *day > now.date()) {
            return wrong(format!("{later} is yet to come"), "write the day on which the copy was made");
        }
        if let Some(url) = args.url.as_ref().filter(|url| !is_address(url)) {
            return wrong(format!("`{url}` is not an address of a page"), "write it as the browser shows it");
        }
        if let Some(tag) = args.language.as_ref().filter(|tag| !is_language(tag)) {
            return wrong(format!("`{tag}` is not a language code"), "write `--language en`, `ru` or `en-GB`");
        }
        Ok(Self {
            input: input(&args.of),
            file: args.file.clone(),
            url: args.url.clone(),
            retrieved,
            id: args.id.clone(),
            language: args.language.clone(),
            encoding: args.encoding.clone(),
            by: args.by.as_ref().map(|who| who.trim().to_owned()).filter(|who| !who.is_empty()),
            beside: args.beside.clone(),
            now,
        })
    }
}

fn is_address(url: &str) -> bool {
    !url.is_empty() && !url.contains([' ', '<', '>', '"']) && !url.contains(char::is_control)
}

fn is_language(tag: &str) -> bool {
    let (code, region) = tag.split_once('-').unwrap_or((tag, "XX"));
    let lower = matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    lower && region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())
}
