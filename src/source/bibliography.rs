//! The printed form of a source in a note and in the list of sources: a CSL style, run by Hayagriva's processor.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use hayagriva::citationberg::taxonomy::Locator as CslLocator;
use hayagriva::citationberg::{self, FontStyle, IndependentStyle, LocaleCode};
use hayagriva::types::Numeric;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, Entry,
    LocatorPayload, Rendered, SpecificLocator, TransparentLocator,
};

use crate::document::{Language, Span};
use crate::reference::Locale;

use super::entry::{self, ADDRESS, CLOSE, EntryWords, OPEN};
use super::locator::{self, Locator};
use super::record::Record;

/// Our own style: OSCOLA's rules, without “ibid”, with Russian terms.
pub const OUR_STYLE: &str = include_str!("../../templates/citation/notes.csl");

/// A style of citation in a locale.
pub struct Bibliography {
    style: IndependentStyle,
    /// True for the style that is built into the program.
    ours: bool,
    locale: LocaleCode,
    fallback: Vec<citationberg::Locale>,
}

impl fmt::Debug for Bibliography {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bibliography")
            .field("style", &self.style.info.title.value)
            .field("locale", &self.locale.0)
            .finish_non_exhaustive()
    }
}

/// A style file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleError(String);

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is not a complete CSL style: {}", self.0)
    }
}

impl std::error::Error for StyleError {}

/// One source in a note, with its cited places. It holds the record itself, so a note cannot name an unknown source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteItem<'a> {
    /// The source.
    pub source: &'a Record,
    /// The places, in any order.
    pub pinpoints: Vec<Locator>,
}

/// The sources that a note cites, in order. Notes are numbered from 1 in the order in which they are given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoteRequest<'a> {
    /// The sources. A source named twice is printed once, with all its places.
    pub items: Vec<NoteItem<'a>>,
}

impl Bibliography {
    /// A style from the text of a CSL file, for a locale such as `en-GB` or `ru-RU`.
    ///
    /// # Errors
    /// The text is not an independent CSL style.
    pub fn new(style_xml: &str, locale: &str) -> Result<Self, StyleError> {
        let style = IndependentStyle::from_xml(style_xml).map_err(|error| StyleError(error.to_string()))?;
        Ok(Self::of(style, style_xml == OUR_STYLE, locale))
    }

    /// The same style for another locale, without reading it again.
    #[must_use]
    pub fn in_locale(&self, locale: &str) -> Self {
        Self::of(self.style.clone(), self.ours, locale)
    }

    fn of(style: IndependentStyle, ours: bool, locale: &str) -> Self {
        // In its own languages our style brings every term it uses, so the shipped locales (some sixty files) need not
        // be decoded.
        let base = locale.split('-').next();
        let worded =
            style.locale.iter().filter_map(|words| words.lang.as_ref()).any(|lang| Some(lang.0.as_str()) == base);
        let fallback = if worded && ours { Vec::new() } else { hayagriva::archive::locales() };
        Self { style, ours, locale: LocaleCode(locale.to_owned()), fallback }
    }

    /// The words of each note: the first mention of a source in full, later ones short, with the number of the first
    /// note. They are in the language of this locale.
    #[must_use]
    pub fn cite(&self, notes: &[NoteRequest], locale: &Locale) -> Vec<Vec<Span>> {
        let notes: Vec<Vec<NoteItem>> = notes.iter().map(|note| merged(&note.items)).collect();
        let mut words = EntryWords::new(locale);
        let mut records: Vec<&Record> = Vec::new();
        for item in notes.iter().flatten() {
            if !records.iter().any(|known| known.id == item.source.id) {
                records.push(item.source);
            }
        }
        let alike = namesakes(&notes);
        let entry_of = |record: &&Record| {
            let mut entry = entry::entry(record, &mut words);
            if alike.contains(record.id.as_str()) {
                entry.set_volume_total(Numeric::new(1));
            }
            entry
        };
        let entries: Vec<Entry> = records.iter().map(entry_of).collect();
        let rendered = self.render(&notes, &entries);
        let print = Printer { words: &words, locale };
        rendered.citations.iter().zip(&notes).map(|(note, items)| print.spans(&note.citation, items)).collect()
    }

    /// The list of sources, in the order given.
    #[must_use]
    pub fn list(&self, records: &[&Record], locale: &Locale) -> Vec<Vec<Span>> {
        let mut words = EntryWords::new(locale);
        let entries: Vec<Entry> = records.iter().map(|record| entry::entry(record, &mut words)).collect();
        let notes: Vec<Vec<NoteItem>> =
            records.iter().map(|source| vec![NoteItem { source, pinpoints: Vec::new() }]).collect();
        let rendered = self.render(&notes, &entries);
        let print = Printer { words: &words, locale };
        let items = rendered.bibliography.map(|list| list.items).unwrap_or_default();
        let printed = |record: &&Record| items.iter().find(|item| item.key == record.id);
        records.iter().filter_map(printed).map(|item| print.spans(&item.content, &[])).collect()
    }

    fn render(&self, notes: &[Vec<NoteItem>], entries: &[Entry]) -> Rendered {
        let mut driver = BibliographyDriver::new();
        for (index, note) in notes.iter().enumerate() {
            let items = note.iter().filter_map(|item| citation_item(item, entries)).collect();
            let locale = Some(self.locale.clone());
            let request = CitationRequest::new(items, &self.style, locale, &self.fallback, Some(index + 1));
            driver.citation(request);
        }
        driver.finish(BibliographyRequest::new(&self.style, Some(self.locale.clone()), &self.fallback))
    }
}

/// Each source once, in the order of first mention, with all its places.
fn merged<'a>(items: &[NoteItem<'a>]) -> Vec<NoteItem<'a>> {
    let mut out: Vec<NoteItem<'a>> = Vec::new();
    for item in items {
        match out.iter_mut().find(|known| known.source.id == item.source.id) {
            Some(known) => known.pinpoints.extend(&item.pinpoints),
            None => out.push(item.clone()),
        }
    }
    out
}

/// The sources first named in the same note as another one of the same author: there “Lind (n 1)” would mean both.
fn namesakes<'a>(notes: &[Vec<NoteItem<'a>>]) -> BTreeSet<&'a str> {
    let (mut seen, mut alike) = (BTreeSet::new(), BTreeSet::new());
    for note in notes {
        let new: Vec<&Record> =
            note.iter().map(|item| item.source).filter(|source| seen.insert(source.id.as_str())).collect();
        for (index, one) in new.iter().enumerate() {
            let same = |other: &&&Record| other.authors == one.authors && publisher(other) == publisher(one);
            if let Some(other) = new[index + 1..].iter().find(same) {
                alike.extend([one.id.as_str(), other.id.as_str()]);
            }
        }
    }
    alike
}

/// The publisher's names. The mark for an inferred name is ignored: it only adds brackets and does not identify the
/// work.
fn publisher(record: &Record) -> Option<&BTreeMap<String, String>> {
    record.publisher_name.as_ref().map(|publisher| &publisher.name)
}

fn citation_item<'a>(item: &NoteItem, entries: &'a [Entry]) -> Option<CitationItem<'a, Entry>> {
    let entry = entries.iter().find(|entry| entry.key() == item.source.id)?;
    let transparent = || LocatorPayload::Transparent(TransparentLocator::new(item.pinpoints.clone()));
    // “Custom” prevents the processor from adding its own label before our words.
    let pinpoints = (!item.pinpoints.is_empty()).then(|| SpecificLocator(CslLocator::Custom, transparent()));
    Some(CitationItem::with_locator(entry, pinpoints))
}

/// Puts the words of the records back into what the processor returned.
struct Printer<'a> {
    words: &'a EntryWords<'a>,
    locale: &'a Locale,
}

impl Printer<'_> {
    fn spans(&self, children: &ElemChildren, items: &[NoteItem]) -> Vec<Span> {
        let mut out = Vec::new();
        self.children(children, items, &mut out);
        out
    }

    fn children(&self, children: &ElemChildren, items: &[NoteItem], out: &mut Vec<Span>) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) => {
                    self.text(&text.text, text.formatting.font_style == FontStyle::Italic, out);
                }
                ElemChild::Elem(elem) => self.children(&elem.children, items, out),
                ElemChild::Markup(words) => push(out, words, None, false),
                ElemChild::Link { text, .. } => {
                    let index = text.text.strip_prefix(ADDRESS).and_then(|number| number.parse().ok());
                    self.kept(index, false, out);
                }
                ElemChild::Transparent { cite_idx, format } => {
                    let places = items.get(*cite_idx).map(|item| item.pinpoints.as_slice()).unwrap_or_default();
                    let words = locator::words(places, &self.locale.notes);
                    push(out, &words, None, format.font_style == FontStyle::Italic);
                }
            }
        }
    }

    fn text(&self, text: &str, italic: bool, out: &mut Vec<Span>) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(OPEN) {
            push(out, before, None, italic);
            let (token, after) = after.split_once(CLOSE).unwrap_or((after, ""));
            self.kept(EntryWords::index(token), italic, out);
            rest = after;
        }
        // The processor cannot see that the words of a token end with a full stop.
        let doubled = rest.starts_with('.') && out.last().is_some_and(|span| span.text.ends_with('.'));
        push(out, if doubled { &rest[1..] } else { rest }, None, italic);
    }

    fn kept(&self, index: Option<usize>, italic: bool, out: &mut Vec<Span>) {
        if let Some((words, language)) = index.and_then(|index| self.words.get(index)) {
            push(out, words, language.as_ref(), italic);
        }
    }
}

fn push(out: &mut Vec<Span>, words: &str, language: Option<&Language>, italic: bool) {
    match out.last_mut() {
        _ if words.is_empty() => {}
        Some(last) if last.language.as_ref() == language && last.italic == italic => last.text.push_str(words),
        _ => out.push(Span { text: words.to_owned(), language: language.cloned(), italic }),
    }
}

#[cfg(test)]
#[path = "bibliography_tests.rs"]
mod tests;
