//! Reads typed values: resolves ids, parses days, dates and places, and collects every problem.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::date::{Date, RawDate};
use super::text::{RawText, Text};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{DemandId, FactId};
use crate::reference::audience::Audience;
use crate::reference::day;
use crate::source::{Locator, LocatorError};
use crate::yaml::{At, Entries, nearest};

/// The audiences that may be told.
pub type Audiences = BTreeSet<Audience>;

/// Kinds of ids, as messages call them.
pub(super) const NAMED: &str = "person, organisation, institution or place";
pub(super) const SOURCE: &str = "source";
pub(super) const FACT: &str = "fact";
pub(super) const DEMAND: &str = "demand";
pub(super) const CAVEAT: &str = "caveat";
pub(super) const TOPIC: &str = "topic";

/// Reads typed values and remembers problems.
#[derive(Default)]
pub(super) struct CaseReader<'a> {
    /// Every problem found.
    pub(super) problems: Vec<Diagnostic>,
    /// The languages of the case.
    languages: Vec<&'a str>,
    /// Ids that exist, by kind.
    known: BTreeMap<&'static str, BTreeSet<&'a str>>,
}

impl<'a> CaseReader<'a> {
    /// A reader for a case with these languages.
    pub(super) fn new(languages: &'a [At<String>]) -> Self {
        Self { languages: languages.iter().map(|language| language.value.as_str()).collect(), ..Self::default() }
    }

    /// Adds ids of a kind.
    pub(super) fn exist(&mut self, kind: &'static str, ids: impl Iterator<Item = &'a String>) {
        self.known.entry(kind).or_default().extend(ids.map(String::as_str));
    }

    /// Adds the ids that the case defines, and reports those that cannot be ids.
    pub(super) fn define<T>(&mut self, kind: &'static str, entries: &'a Entries<T>) {
        for (id, _) in entries {
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/.".contains(c);
            if id.is_empty() || !id.chars().all(fits) {
                self.error(Code::CaseBadValue, id, format!("`{}` is not an id", id.value), "use a-z, 0-9, `-` and `/`");
            }
            if !self.known.entry(kind).or_default().insert(&id.value) {
                let words = format!("the {kind} `{}` is defined a second time", id.value);
                self.error(Code::CaseDuplicateKey, id, words, "give each its own id");
            }
        }
    }

    pub(super) fn error<T>(&mut self, code: Code, at: &At<T>, words: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Diagnostic::error(code, at.place.clone(), words).hint(hint));
    }

    /// An id that must exist.
    pub(super) fn id(&mut self, kind: &'static str, id: &At<String>) -> String {
        let known = self.known.entry(kind).or_default();
        if !known.contains(id.value.as_str()) {
            let known: Vec<&str> = known.iter().copied().collect();
            let hint = nearest(&id.value, &known).unwrap_or_else(|| format!("define it, or name a {kind} that exists"));
            self.error(Code::CaseUnknownId, id, format!("there is no {kind} `{}`", id.value), hint);
        }
        id.value.clone()
    }

    /// Ids that must exist.
    pub(super) fn ids(&mut self, kind: &'static str, ids: &[At<String>]) -> Vec<String> {
        ids.iter().map(|id| self.id(kind, id)).collect()
    }

    /// A fact that must exist.
    pub(super) fn fact(&mut self, id: &At<String>) -> FactId {
        self.id(FACT, id).into()
    }

    /// Facts that must exist.
    pub(super) fn facts(&mut self, ids: &[At<String>]) -> Vec<FactId> {
        ids.iter().map(|id| self.fact(id)).collect()
    }

    /// Demands that must exist.
    pub(super) fn demands(&mut self, ids: &[At<String>]) -> Vec<DemandId> {
        ids.iter().map(|id| self.id(DEMAND, id).into()).collect()
    }

    /// A day of the calendar.
    pub(super) fn day(&mut self, text: &At<String>) -> NaiveDate {
        day(text).unwrap_or_else(|words| {
            self.error(
                Code::CaseBadDate,
                text,
                words,
                "correct the date, or write the month or year alone where one is allowed",
            );
            NaiveDate::default()
        })
    }

    /// A date of any precision.
    pub(super) fn date(&mut self, raw: &At<RawDate>) -> Date {
        self.read_date(raw, raw.parse())
    }

    /// A date that is typed without the words of its source.
    pub(super) fn plain_date(&mut self, text: &At<String>) -> Date {
        self.read_date(text, Date::parse(text))
    }

    fn read_date<T>(&mut self, at: &At<T>, read: Result<Date, String>) -> Date {
        read.unwrap_or_else(|words| {
            self.error(Code::CaseBadDate, at, words, "look the date up in the source again");
            Date::day(NaiveDate::default())
        })
    }

    /// One of a closed list of words.
    pub(super) fn word<T: Copy>(&mut self, at: &At<String>, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
        let found = all.iter().copied().find(|item| name(*item) == at.value);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|item| name(*item)).collect();
            let hint = nearest(&at.value, &names).unwrap_or_else(|| format!("use one of: {}", names.join(", ")));
            self.error(Code::CaseBadValue, at, format!("`{}` is not a value of this key", at.value), hint);
        }
        found
    }

    /// Words in every language of the case; if `needed`, none may be missing.
    pub(super) fn text(&mut self, raw: &RawText, needed: bool, place: &Place) -> Text {
        if needed || !raw.is_empty() {
            for language in self.languages.iter().filter(|language| raw.get(language).is_none()) {
                let words = format!("the words in `{language}` are missing here");
                let hint = format!("add `{language}: …`; a paper in that language would have a hole");
                self.problems.push(Diagnostic::error(Code::CaseLanguageMissing, place.clone(), words).hint(hint));
            }
        }
        self.words(raw)
    }

    /// Words in some languages of the case. Not all are needed: a quotation is not translated into its own language.
    pub(super) fn words(&mut self, raw: &RawText) -> Text {
        for (language, words) in raw {
            if words.trim().is_empty() {
                self.error(Code::CaseMissingKey, words, "there are no words here", "write them, or delete the key");
            }
            if !self.languages.is_empty() && !self.languages.contains(&language.value.as_str()) {
                let hint = format!("the case has: {}", self.languages.join(", "));
                self.error(
                    Code::CaseBadValue,
                    language,
                    format!("`{}` is not a language of this case", language.value),
                    hint,
                );
            }
        }
        raw.iter().map(|(language, words)| (language.value.clone(), words.clone())).collect()
    }

    /// The audiences, as typed.
    pub(super) fn audience(&mut self, raw: &[At<String>]) -> Audiences {
        raw.iter().filter_map(|name| self.word(name, &Audience::ALL, Audience::name)).collect()
    }

    /// The audience of an entry that is open to all unless the file limits it. Those who work on the case always see
    /// it.
    pub(super) fn open_audience(&mut self, raw: &[At<String>]) -> Audiences {
        if raw.is_empty() { Audiences::new() } else { self.closed_audience(raw) }
    }

    /// The audience of an entry that is closed to all unless the file opens it.
    pub(super) fn closed_audience(&mut self, raw: &[At<String>]) -> Audiences {
        let mut set = self.audience(raw);
        set.insert(Audience::Internal);
        set
    }

    /// A place in a source.
    pub(super) fn locator(&mut self, at: &At<String>) -> Locator {
        at.parse().unwrap_or_else(|error: LocatorError| {
            self.error(Code::CiteLocator, at, error.to_string(), "write `para 12`, `page 3` or `page 3 para 2`");
            Locator::Para(1)
        })
    }
}
