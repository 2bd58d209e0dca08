//! The copy of a source in the form in which quotations are searched for, and the messages about a faulty copy.

use std::ops::Range;

use super::{Locator, Record};
use crate::diag::{Code, Diagnostic};
use crate::disk::Digest;
use crate::text::{Canonical, Haystack, Quotation, QuotationVerdict};

/// The words of a copy, read as its record says: with pages if an extractor wrote them.
#[derive(Debug)]
pub struct CopyText<'a> {
    /// The record of the source.
    pub record: &'a Record,
    /// Its paragraphs, ready to be searched.
    pub haystack: Haystack,
    /// The paragraphs of each page, from 0; empty if the copy has no pages.
    pub pages: Vec<Range<usize>>,
}

impl<'a> CopyText<'a> {
    /// Reads the text of a copy.
    #[must_use]
    pub fn new(record: &'a Record, text: &str) -> Self {
        let Canonical { paragraphs, pages } = Canonical::of_copy(text, record.extractor.is_plain());
        let paragraphs = paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
        Self { record, haystack: Haystack::new(paragraphs), pages }
    }

    /// True if a paragraph, from 0, is part of the text, so that it may be quoted.
    #[must_use]
    pub fn is_part(&self, paragraph: usize) -> bool {
        self.record.excluded(paragraph + 1).is_none()
    }

    /// The locator of a paragraph, from 0.
    #[must_use]
    pub fn place(&self, paragraph: usize) -> Locator {
        Locator::of(paragraph, &self.pages)
    }

    /// Searches for a quotation at the cited place, then anywhere in the text. `None` if the copy has no such place.
    pub fn find(
        &self,
        at: Locator,
        quotation: &Quotation,
        allowed: &dyn Fn(usize) -> bool,
    ) -> Option<QuotationVerdict> {
        let here = at.paragraphs(&self.pages)?;
        let there = |paragraph: usize| here.contains(&paragraph) && allowed(paragraph);
        let found = self.haystack.matches(quotation, &there).into_iter().next();
        Some(
            found
                .map_or_else(|| self.haystack.verify(quotation, Some(here.start), allowed), QuotationVerdict::Verified),
        )
    }
}

/// The text of a copy.
///
/// # Errors
/// The bytes are not UTF-8 text.
pub fn text<'a>(record: &Record, bytes: &'a [u8]) -> Result<&'a str, Box<Diagnostic>> {
    std::str::from_utf8(bytes).map_err(|_| {
        let words = format!("the copy of `{}` is not UTF-8 text", record.id);
        let problem = Diagnostic::error(Code::SourceNotText, record.place.clone(), words);
        Box::new(problem.hint("save the text of the source as UTF-8 and record that file"))
    })
}

/// A message if a copy with this digest is not the recorded one.
#[must_use]
pub fn differs(record: &Record, found: Digest) -> Option<Diagnostic> {
    let recorded = record.digest.as_ref().filter(|recorded| recorded.value != found)?;
    let words = format!("the copy of `{}` is not the one that was recorded", record.id);
    let problem = Diagnostic::warning(Code::SourceDigestDiffers, recorded.place.clone(), words);
    Some(problem.label("recorded here").with_note(format!("the copy has {found}")))
}

/// The message that a copy is absent.
#[must_use]
pub fn missing(record: &Record) -> Diagnostic {
    let place = record.file.as_ref().map_or(&record.place, |file| &file.place).clone();
    let hint = match &record.file {
        Some(file) => format!("put `{}` into the archive folder, or correct `file`", file.value),
        None => "add a line `file: …` with the name of the copy".to_owned(),
    };
    Diagnostic::warning(Code::SourceCopyMissing, place, format!("the archive has no copy of `{}`", record.id))
        .hint(hint)
}
