//! A clean source, made once by [`super::records`] from the typed data.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::diag::Place;
use crate::disk::Digest;
use crate::document::Language;
use crate::reference::CalendarDate;
use crate::reference::audience::{Audience, AudienceSet};
use crate::yaml::At;

use super::interval::Interval;

/// The sources of a case, by id.
pub type Records = BTreeMap<String, Record>;

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Id in `sources.yaml`.
    pub id: String,
    /// The beginning of the record in the file.
    pub place: Place,
    /// The kind of document.
    pub kind: SourceKind,
    /// Title, with its short form and translations.
    pub title: Title,
    /// The authors.
    pub authors: Vec<Author>,
    /// Kind of text, per language: `press release`.
    pub genre: BTreeMap<String, String>,
    /// The kind of the site, newspaper or series.
    pub parent: ParentKind,
    /// The site, newspaper or series that contains it.
    pub site: Option<String>,
    /// Publisher, as printed.
    pub publisher: Option<String>,
    /// The publisher, stated or inferred.
    pub publisher_name: Option<PublisherName>,
    /// Number of the document.
    pub number: Option<String>,
    /// Address, verbatim.
    pub url: Option<String>,
    /// The day on which the address was visited.
    pub accessed: Option<NaiveDate>,
    /// Language of the text.
    pub language: Option<Language>,
    /// Name of the copy in the archive.
    pub file: Option<At<String>>,
    /// Digest of the copy.
    pub digest: Option<At<Digest>>,
    /// The file from which the copy was made.
    pub original: Option<Original>,
    /// The program that made the canonical text.
    pub extractor: Extractor,
    /// Keys that the program filled in by itself and that nobody has checked yet.
    pub guessed: Vec<String>,
    /// Date of publication as printed.
    pub date: Option<CalendarDate>,
    /// A reason to doubt that the text was written on the printed date.
    pub date_doubt: Option<String>,
    /// The time of publication. For a printed date, its first and last day.
    pub published: Interval,
    /// A recorded decision: the day from which an undated source counts, and the reason.
    pub counted_from: Option<(NaiveDate, String)>,
    /// Group of publishers: sources of one group are not independent.
    pub group: Option<String>,
    /// The person who speaks in it as “I”. Callers check the id.
    pub narrator: Option<At<String>>,
    /// The person whom all of it is about and whom it seldom names. Callers check the id.
    pub about: Option<At<String>>,
    /// The sources or organisations from which it has its information. Callers check the ids.
    pub rests_on: Vec<At<String>>,
    /// A description of the missing part of the copy.
    pub truncated: Option<String>,
    /// Paragraphs, from 1, that are not part of the text, with the reason. Sorted, without overlaps.
    pub excluded: Vec<(RangeInclusive<usize>, String)>,
    /// The number of words before and after a quotation that may be included in the ledger of a paper; 0 if nobody
    /// allowed any.
    pub context: usize,
    /// The audiences that may see it cited, apart from the law of a country. See [`Record::allowed`].
    pub audiences: AudienceSet,
    /// The legal status of its publisher in some countries.
    pub status: Vec<LegalStatus>,
    /// Its withdrawal, if it was withdrawn.
    pub withdrawn: Option<Withdrawn>,
}

impl Record {
    /// The day from which it counts as known: the last day of its printed date, otherwise the recorded decision,
    /// otherwise the end of the interval. `None` if it never counts.
    #[must_use]
    pub fn known_from(&self) -> Option<NaiveDate> {
        let decided = self.counted_from.as_ref().map(|(day, _)| *day);
        self.date.map(|date| date.last).or(decided).or(self.published.not_after)
    }

    /// True if this audience may see it cited on a day. Those who work on the case always may.
    #[must_use]
    pub fn allowed(&self, audience: Audience, on: NaiveDate) -> bool {
        audience == Audience::Internal
            || self.audiences.contains(audience)
                && !self.status.iter().any(|status| status.holds(on) && status.closes.contains(audience))
    }

    /// All names that would show in a note who published it or which site contains it.
    pub fn publishers(&self) -> impl Iterator<Item = &str> {
        let stated = self.publisher_name.iter().flat_map(|publisher| publisher.name.values());
        stated.chain(&self.publisher).chain(&self.site).map(String::as_str)
    }

    /// The same record for readers who may not learn its publisher: title, date and place remain.
    #[must_use]
    pub fn without_publisher(&self) -> Self {
        let (publisher, publisher_name, site, url) = (None, None, None, None);
        Self { site, publisher, publisher_name, url, ..self.clone() }
    }

    /// True for a document of the proceedings or the law itself, as opposed to a report about them.
    #[must_use]
    pub fn is_primary(&self) -> bool {
        matches!(self.kind, SourceKind::Case | SourceKind::Legislation)
    }

    /// The reason why a paragraph is not part of the text; `None` if it is. Paragraphs count from 1.
    #[must_use]
    pub fn excluded(&self, paragraph: usize) -> Option<&str> {
        self.excluded.iter().find(|(range, _)| range.contains(&paragraph)).map(|(_, why)| why.as_str())
    }
}

closed! {
    /// Kinds of documents. The names are Hayagriva's.
    SourceKind {
        /// A page of a site.
        Web = "web",
        /// An article of a newspaper, a journal or a site.
        Article = "article",
        /// A post of a blog.
        Blog = "blog",
        /// A post on a social network.
        Post = "post",
        /// A report.
        Report = "report",
        /// A judgment.
        Case = "case",
        /// A statute.
        Legislation = "legislation",
        /// Anything else.
        Misc = "misc",
    }
}

closed! {
    /// Kinds of things in which a text stands.
    #[derive(Default)]
    ParentKind {
        /// A site.
        #[default]
        Web = "web",
        /// A newspaper.
        Newspaper = "newspaper",
        /// A journal or magazine.
        Periodical = "periodical",
        /// A blog.
        Blog = "blog",
    }
}

/// A title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Title {
    /// As printed, verbatim.
    pub value: String,
    /// Short form for later notes.
    pub short: Option<String>,
    /// Translations, per language.
    pub translations: BTreeMap<String, String>,
}

/// An author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Family name, or the whole name of a person or a body.
    pub name: String,
    /// Given name.
    pub given_name: Option<String>,
}

/// The publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherName {
    /// The name per language.
    pub name: BTreeMap<String, String>,
    /// True if it was inferred and not stated in the copy; then it is printed in square brackets.
    pub inferred: bool,
    /// The way in which it was inferred.
    pub how: Option<String>,
}

/// An original file, unchanged: a page, a PDF, a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its name in the archive.
    pub file: At<String>,
    /// Its digest.
    pub digest: At<Digest>,
    /// The encoding of its letters, if somebody named it: without it, the file is read in the one that it shows.
    pub encoding: Option<String>,
}

/// The program that made the canonical text, with its version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Extractor {
    /// Its name, without spaces.
    pub name: String,
    /// Its version, without spaces.
    pub version: String,
}

impl Default for Extractor {
    fn default() -> Self {
        Self { name: Self::PLAIN.to_owned(), version: "1".to_owned() }
    }
}

impl Extractor {
    /// The name if no program was used and a person typed the copy.
    pub const PLAIN: &str = "plain";

    /// True if the copy is plain text or Markdown typed by a person, with marks that are not words.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.name == Self::PLAIN
    }
}

impl fmt::Display for Extractor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// The legal status of a publisher or another organisation in a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalStatus {
    /// ISO 3166 code.
    pub country: String,
    /// The first day. `None` if the date could not be read; then it always holds, which puts nobody at risk.
    pub from: Option<NaiveDate>,
    /// The last day, if it has ended.
    pub until: Option<NaiveDate>,
    /// The status in words, per language.
    pub what: BTreeMap<String, String>,
    /// Audiences that may not see the source cited, or the organisation named, from that day on.
    pub closes: AudienceSet,
    /// The source of this information.
    pub source: String,
    /// The day of the last check.
    pub verified_on: Option<NaiveDate>,
}

impl LegalStatus {
    /// True if it holds on a day.
    #[must_use]
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && !self.is_over(on)
    }

    /// True if it ended before a day.
    #[must_use]
    pub fn is_over(&self, on: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < on)
    }
}

/// The withdrawal of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The day. `None` if the date could not be read.
    pub on: Option<NaiveDate>,
    /// The reason.
    pub why: String,
}
