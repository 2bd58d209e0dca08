//! A source, clean: made once by [`super::records`] from what was typed.

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
    /// Where the record begins.
    pub place: Place,
    /// What kind of document.
    pub kind: SourceKind,
    /// Title, with its short form and translations.
    pub title: Title,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Kind of text, per language: `press release`.
    pub genre: BTreeMap<String, String>,
    /// What kind of thing the site is.
    pub parent: ParentKind,
    /// The site, newspaper or series in which it stands.
    pub site: Option<String>,
    /// Publisher, as printed.
    pub publisher: Option<String>,
    /// Who published it, stated or inferred.
    pub publisher_name: Option<PublisherName>,
    /// Number of the document.
    pub number: Option<String>,
    /// Address, verbatim.
    pub url: Option<String>,
    /// When the address was visited.
    pub accessed: Option<NaiveDate>,
    /// Language of the text.
    pub language: Option<Language>,
    /// Name of the copy in the archive.
    pub file: Option<At<String>>,
    /// Digest of the copy.
    pub digest: Option<At<Digest>>,
    /// The file from which the copy was made.
    pub original: Option<Original>,
    /// What made the canonical text.
    pub extractor: Extractor,
    /// Keys that the program filled in by itself, and at which nobody has looked yet.
    pub guessed: Vec<String>,
    /// Date of publication as printed.
    pub date: Option<CalendarDate>,
    /// What speaks against the printed date being the day on which its text was written.
    pub date_doubt: Option<String>,
    /// When it was published. For a printed date, the first and the last day of it.
    pub published: Interval,
    /// A recorded decision from which day on an undated source counts, and why.
    pub counted_from: Option<(NaiveDate, String)>,
    /// Group of publishers: sources of one group are not independent.
    pub group: Option<String>,
    /// Sources or organisations from which it has what it says. Callers check the ids.
    pub rests_on: Vec<At<String>>,
    /// What the copy lacks.
    pub truncated: Option<String>,
    /// Paragraphs that are not part of the text, and why. Sorted, none overlaps another.
    pub excluded: Vec<(RangeInclusive<usize>, String)>,
    /// How many words before and after a quotation may travel in the ledger of a paper: 0 where nobody allowed any.
    pub context: usize,
    /// Who may see it cited, the law of a country aside. See [`Record::allowed`].
    pub audiences: AudienceSet,
    /// What the law of a country says of its publisher.
    pub status: Vec<LegalStatus>,
    /// Taken back.
    pub withdrawn: Option<Withdrawn>,
}

impl Record {
    /// From which day on it counts as known: the last day of its printed date, else the recorded decision, else the
    /// end of the interval. `None`: it never counts.
    #[must_use]
    pub fn known_from(&self) -> Option<NaiveDate> {
        let decided = self.counted_from.as_ref().map(|(day, _)| *day);
        self.date.map(|date| date.last).or(decided).or(self.published.not_after)
    }

    /// Whether this audience may see it cited on a day. Those who work on the case always may.
    #[must_use]
    pub fn allowed(&self, audience: Audience, on: NaiveDate) -> bool {
        audience == Audience::Internal
            || self.audiences.contains(audience)
                && !self.status.iter().any(|status| status.holds(on) && status.closes.contains(audience))
    }

    /// Every name under which a note would say who published it or where it stands.
    pub fn publishers(&self) -> impl Iterator<Item = &str> {
        let stated = self.publisher_name.iter().flat_map(|publisher| publisher.name.values());
        stated.chain(&self.publisher).chain(&self.site).map(String::as_str)
    }

    /// The same record for readers to whom nobody may say who published it: title, date and place remain.
    #[must_use]
    pub fn without_publisher(&self) -> Self {
        let (publisher, publisher_name, site, url) = (None, None, None, None);
        Self { site, publisher, publisher_name, url, ..self.clone() }
    }

    /// Whether it is a document of the proceedings or the law themselves, and not a report about them.
    #[must_use]
    pub fn is_primary(&self) -> bool {
        matches!(self.kind, SourceKind::Case | SourceKind::Legislation)
    }

    /// Why a paragraph is not part of the text; `None` if it is. Paragraphs count from 1.
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

/// Who published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherName {
    /// Per language.
    pub name: BTreeMap<String, String>,
    /// Inferred, not stated in the copy: printed in square brackets.
    pub inferred: bool,
    /// How it was inferred.
    pub how: Option<String>,
}

/// A file as it was found: a page, a PDF, a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its name in the archive.
    pub file: At<String>,
    /// Its digest.
    pub digest: At<Digest>,
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
    /// The name that stands for no program: somebody typed the copy.
    pub const PLAIN: &str = "plain";

    /// Whether the copy is plain text or Markdown as somebody typed it, with marks that are no words.
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

/// What the law of a country says of a publisher or of another organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalStatus {
    /// ISO 3166 code.
    pub country: String,
    /// Since when. `None` where the date could not be read: then it holds always, which puts nobody at risk.
    pub from: Option<NaiveDate>,
    /// The last day on which it held, where it has ended.
    pub until: Option<NaiveDate>,
    /// What, per language.
    pub what: BTreeMap<String, String>,
    /// Audiences that may not see the source cited, or the organisation named, from that day on.
    pub closes: AudienceSet,
    /// Where that is said.
    pub source: String,
    /// When somebody last looked it up.
    pub verified_on: Option<NaiveDate>,
}

impl LegalStatus {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && !self.is_over(on)
    }

    /// Whether it has ended before a day.
    #[must_use]
    pub fn is_over(&self, on: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < on)
    }
}

/// A source was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// When. `None` where the date could not be read.
    pub on: Option<NaiveDate>,
    /// Why.
    pub why: String,
}
