//! Passages of a copy that hold remembered words, each with a phrase to quote.

use std::ops::Range;

use memchr::memmem;

use super::{Locator, Record, paste};
use crate::text::phrase::{Phrase, phrase};
use crate::text::search::{Distance, Query, Sighting};
use crate::text::{Canonical, canonical};

/// A passage that has the words of a query.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Id of the source.
    pub source: String,
    /// Its title.
    pub title: String,
    /// The place.
    pub at: Locator,
    /// The paragraph.
    pub text: String,
    /// Bytes of the paragraph: from the first word of the query to the last.
    pub found: Range<usize>,
    /// The distance from the typed words.
    pub distance: Distance,
    /// The reason why it may not be quoted: it is not part of the text, or its source was withdrawn.
    pub barred: Option<String>,
    /// The phrase to quote.
    pub phrase: Option<Phrase>,
}

impl Passage {
    /// The passages for some sightings in the text of a copy; `None` if the paragraph no longer has the words.
    pub fn all<'a>(
        record: &Record,
        text: &str,
        query: &Query,
        slips: &[String],
        sightings: impl Iterator<Item = &'a Sighting>,
    ) -> Vec<Option<Self>> {
        let is_typed = record.extractor.is_plain();
        let pages = if is_typed { Vec::new() } else { Canonical::of_copy(text, is_typed).pages };
        sightings.map(|sighting| Self::new(record, text, &pages, query, slips, sighting)).collect()
    }

    fn new(
        record: &Record,
        text: &str,
        pages: &[Range<usize>],
        query: &Query,
        slips: &[String],
        sighting: &Sighting,
    ) -> Option<Self> {
        let line = text.get(sighting.line.clone())?;
        let paragraph = if record.extractor.is_plain() { canonical::paragraph(line) } else { line.trim().to_owned() };
        let (distance, found) = query.passage(&paragraph)?;
        let barred = barred(record, sighting.paragraph);
        let phrase = barred.is_none().then(|| quotable(text, &paragraph, &found, slips)).flatten();
        Some(Self {
            source: record.id.clone(),
            title: record.title.value.clone(),
            at: Locator::of(sighting.paragraph - 1, pages),
            text: paragraph,
            found,
            distance,
            barred,
            phrase,
        })
    }

    /// The words to quote.
    #[must_use]
    pub fn quote(&self) -> Option<&str> {
        self.text.get(self.phrase.as_ref()?.range.clone())
    }

    /// The entry of `cites:`, ready to paste.
    #[must_use]
    pub fn citation(&self) -> Option<String> {
        Some(paste::citation(&self.source, self.at, self.quote()?))
    }
}

/// The reason why a paragraph, from 1, may not be quoted.
#[must_use]
pub fn barred(record: &Record, paragraph: usize) -> Option<String> {
    let withdrawn = record.withdrawn.as_ref().map(|taken| format!("this source was taken back: {}", taken.why));
    withdrawn.or_else(|| record.excluded(paragraph).map(|why| format!("not part of the text: {why}")))
}

/// The phrase to quote around some words of a paragraph; it holds no known slip of the source.
pub(super) fn quotable(text: &str, paragraph: &str, found: &Range<usize>, slips: &[String]) -> Option<Phrase> {
    let has_slip = |words: &str| slips.iter().any(|slip| words.contains(slip.as_str()));
    let is_unique =
        |words: &str| !has_slip(words) && memmem::find_iter(text.as_bytes(), words.as_bytes()).nth(1).is_none();
    phrase(paragraph, found, &is_unique).filter(|phrase| !has_slip(&paragraph[phrase.range.clone()]))
}
