//! Conversion of a [`Record`] to an entry of the citation processor that contains none of the record's words.
//!
//! The processor folds case, drops doubled marks and re-encodes addresses. Therefore it gets a token of private-use
//! characters for each piece of text, and the words are put back into its result.

use chrono::NaiveDate;
use hayagriva::Entry;
use hayagriva::types::{Date, EntryType, FormatString, Person, Publisher, QualifiedUrl, SerialNumber, StringChunk};

use crate::document::Language;
use crate::reference::{CalendarDate, Locale, fill};

use super::interval::Interval;
use super::record::{ParentKind, Record, SourceKind};

/// Opens a token. Private-use characters are refused in every file of the user, so no word holds one.
pub(super) const OPEN: char = '\u{E000}';
/// Closes a token.
pub(super) const CLOSE: char = '\u{E001}';
/// The character for the digit 0 of a token.
const ZERO: u32 = 0xE010;
/// The prefix of an address for the processor, which accepts only addresses that it can parse.
pub(super) const ADDRESS: &str = "words:";

/// Words that are hidden from the processor.
pub(super) struct EntryWords<'a> {
    /// The language of the document.
    locale: &'a Locale,
    /// The words, each once: the processor recognises works of one author by comparing tokens.
    kept: Vec<(String, Option<Language>)>,
}

impl<'a> EntryWords<'a> {
    /// An empty list, for a document in the language of this locale.
    pub(super) fn new(locale: &'a Locale) -> Self {
        Self { locale, kept: Vec::new() }
    }

    /// The words with this number.
    pub(super) fn get(&self, index: usize) -> Option<&(String, Option<Language>)> {
        self.kept.get(index)
    }

    /// The number of a token, given the characters between its two marks.
    pub(super) fn index(token: &str) -> Option<usize> {
        token.chars().try_fold(0_usize, |number, c| {
            let digit = u32::from(c).checked_sub(ZERO).filter(|digit| *digit < 10)?;
            number.checked_mul(10)?.checked_add(usize::try_from(digit).ok()?)
        })
    }

    fn keep(&mut self, words: &str, language: Option<&Language>) -> usize {
        let foreign = language.filter(|language| language.code != self.locale.language).cloned();
        let kept = (words.to_owned(), foreign);
        self.kept.iter().position(|known| *known == kept).unwrap_or_else(|| {
            self.kept.push(kept);
            self.kept.len() - 1
        })
    }

    fn token(&mut self, words: &str, language: Option<&Language>) -> String {
        let number = self.keep(words, language).to_string();
        let digits = number.bytes().filter_map(|byte| char::from_u32(ZERO + u32::from(byte - b'0')));
        std::iter::once(OPEN).chain(digits).chain([CLOSE]).collect()
    }

    fn verbatim(&mut self, words: &str, language: Option<&Language>) -> FormatString {
        StringChunk::verbatim(self.token(words, language)).into()
    }
}

/// The entry of a record, worded for the language of the document.
pub(super) fn entry(record: &Record, words: &mut EntryWords) -> Entry {
    let own = record.language.as_ref();
    let mut entry = Entry::new(&record.id, entry_type(record));
    set_title(record, words, &mut entry);
    let author = set_authors(record, words, &mut entry);
    set_container(record, author.as_deref(), words, &mut entry);
    if let Some(genre) = record.genre.get(&words.locale.language) {
        entry.set_genre(words.verbatim(genre, None));
    }
    if let Some(number) = &record.number {
        entry.set_serial_number(SerialNumber([("serial".to_owned(), words.token(number, own))].into()));
    }
    match record.date {
        Some(date) => entry.set_date(printed_date(date)),
        None => entry.set_note(words.verbatim(&undated(&record.published, words.locale), None)),
    }
    if record.truncated.is_some() {
        entry.set_archive(words.verbatim(&words.locale.notes.incomplete, None));
    }
    set_address(record, words, &mut entry);
    entry
}

/// Sets the title in its own words, with its translation. A source without a title is described in square brackets, in
/// the language of the document and without quotation marks, because the description is ours.
fn set_title(record: &Record, words: &mut EntryWords, entry: &mut Entry) {
    let own = record.language.as_ref();
    let translated = translated(record, &words.locale.language);
    if let Some(description) = described(&record.title.value) {
        let translated = translated.as_deref().map(|words| described(words).unwrap_or(words).to_owned());
        let words = words.verbatim(&translated.unwrap_or_else(|| description.to_owned()), None);
        entry.set_abstract_(words);
        return;
    }
    let mut title = words.verbatim(&record.title.value, own);
    if let Some(short) = &record.title.short {
        title.short = Some(Box::new(words.verbatim(short, own).value));
    }
    entry.set_title(title);
    if let Some(translated) = translated {
        entry.set_abstract_(words.verbatim(&translated, None));
    }
}

/// The words between the square brackets of a description.
fn described(title: &str) -> Option<&str> {
    title.strip_prefix('[')?.strip_suffix(']')
}

fn entry_type(record: &Record) -> EntryType {
    match record.kind {
        SourceKind::Web => EntryType::Web,
        SourceKind::Article | SourceKind::Blog => EntryType::Article,
        SourceKind::Post => EntryType::Post,
        SourceKind::Report => EntryType::Report,
        SourceKind::Case => EntryType::Case,
        SourceKind::Legislation => EntryType::Legislation,
        // The processor recognises a site only for pages of a site.
        SourceKind::Misc if record.site.is_some() => EntryType::Web,
        SourceKind::Misc => EntryType::Misc,
    }
}

/// The type under which the processor finds the site of a record; `None` if it looks for none.
fn container_type(record: &Record) -> Option<EntryType> {
    match record.kind {
        SourceKind::Case | SourceKind::Legislation => None,
        SourceKind::Report => Some(EntryType::Anthology),
        SourceKind::Blog => Some(EntryType::Blog),
        SourceKind::Article => Some(match record.parent {
            ParentKind::Web => EntryType::Web,
            ParentKind::Newspaper => EntryType::Newspaper,
            ParentKind::Periodical => EntryType::Periodical,
            ParentKind::Blog => EntryType::Blog,
        }),
        SourceKind::Web | SourceKind::Post | SourceKind::Misc => Some(EntryType::Web),
    }
}

fn set_container(record: &Record, author: Option<&str>, words: &mut EntryWords, entry: &mut Entry) {
    let own = record.language.as_ref();
    let site = record.site.as_deref().filter(|site| Some(*site) != author);
    let container = container_type(record);
    if let (Some(kind), Some(site)) = (container, site) {
        let mut parent = Entry::new(&record.id, kind);
        parent.set_title(words.verbatim(site, own));
        entry.set_parents(vec![parent]);
    }
    let publisher = record.publisher.as_deref().or(if container.is_none() { site } else { None });
    // A name is printed only once in a note.
    if let Some(name) = publisher.filter(|name| Some(*name) != author && (container.is_none() || Some(*name) != site)) {
        entry.set_publisher(Publisher::new(Some(words.verbatim(name, own)), None));
    }
}

/// Sets the authors, or the publishing body if there are none. Returns the name as printed, so that it is printed only
/// once.
fn set_authors(record: &Record, words: &mut EntryWords, entry: &mut Entry) -> Option<String> {
    let own = record.language.as_ref();
    if !record.authors.is_empty() {
        let persons = record.authors.iter().map(|author| Person {
            name: words.token(&author.name, own),
            given_name: author.given_name.as_ref().map(|given| words.token(given, own)),
            prefix: None,
            suffix: None,
            comma_suffix: false,
            alias: None,
        });
        entry.set_authors(persons.collect());
        return record.authors.first().filter(|_| record.authors.len() == 1).map(|author| author.name.clone());
    }
    // A court or a legislator is not an author.
    let named = record
        .publisher_name
        .as_ref()
        .filter(|_| !matches!(record.kind, SourceKind::Case | SourceKind::Legislation))?;
    let (language, name) = named.name.get_key_value(&words.locale.language).or_else(|| named.name.iter().next())?;
    let language = Language { code: language.clone(), region: String::new() };
    let printed = if named.inferred { format!("[{name}]") } else { name.clone() };
    let token = words.token(&printed, Some(&language));
    entry.set_authors(vec![Person {
        name: token,
        given_name: None,
        prefix: None,
        suffix: None,
        comma_suffix: false,
        alias: None,
    }]);
    Some(name.clone())
}

fn set_address(record: &Record, words: &mut EntryWords, entry: &mut Entry) {
    let Some(url) = &record.url else { return };
    let index = words.keep(url, None);
    if let Ok(mut address) = format!("{ADDRESS}{index}").parse::<QualifiedUrl>() {
        address.visit_date = record.accessed.map(|day| printed_date(CalendarDate::day(day)));
        entry.set_url(address);
    }
}

/// The title in the language of the document, if the source has another language.
fn translated(record: &Record, language: &str) -> Option<String> {
    let foreign = record.language.as_ref().is_none_or(|own| own.code != language);
    record.title.translations.get(language).filter(|_| foreign).cloned()
}

fn printed_date(date: CalendarDate) -> Date {
    let (year, month, day) = date.parts();
    let from_nought = |number: u32| u8::try_from(number).ok()?.checked_sub(1);
    Date { year, month: month.and_then(from_nought), day: day.and_then(from_nought), approximate: false, season: None }
}

/// “undated, on or after 9 September 2024”.
fn undated(interval: &Interval, locale: &Locale) -> String {
    let phrase = |words: &str, day: NaiveDate| fill(words, &[("date", &locale.format.day_in_notes(day))]);
    match (interval.not_before, interval.not_after) {
        // The beginning comes from the text itself; the end is mostly the day of our copy, which is printed as
        // accessed.
        (Some(day), _) => phrase(&locale.notes.undated_since, day),
        (None, Some(day)) => phrase(&locale.notes.undated_until, day),
        (None, None) => locale.notes.undated.clone(),
    }
}
