//! The fixed words of documents in each language, and the quotation marks of the language.
//!
//! Dates, lists and plurals are in [`super::format`].

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::format::{Counted, Habits, LocaleFormat, RawPlural};
use super::words::{NoteWords, Words, wrong_placeholders};
use crate::diag::{Code, Diagnostic, Place};
use crate::reference::audience::Audience;
use crate::reference::vocabulary::{Power, Status};
use crate::yaml::{At, Entries};

/// A language of documents: its fixed words and its habits of writing.
#[derive(Debug, Clone)]
pub struct Locale {
    /// The language: `en`, `ru`.
    pub language: String,
    /// Its own name: “English”, «русский».
    pub name: String,
    /// The ICU locale whose habits it follows: `en-GB`. Its country is recorded in documents.
    pub icu: String,
    /// The beginning of the file.
    pub place: Place,
    /// Fixed words.
    pub words: Words,
    /// The words of notes.
    pub notes: NoteWords,
    /// Words that precede a number: no line break comes between the two.
    pub before_numbers: Vec<String>,
    /// Quotation marks.
    pub quotes: Quotes,
    /// Dates, lists and plurals in words.
    pub format: LocaleFormat,
    statuses: BTreeMap<Status, String>,
    audiences: BTreeMap<Audience, String>,
    powers: BTreeMap<Power, String>,
}

/// The quotation marks of a language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Quotes {
    /// The opening and the closing mark.
    pub outer: [char; 2],
    /// The marks of a quotation inside another.
    pub inner: [char; 2],
}

impl Locale {
    /// The word for a status, as it stands before or beside a fact.
    #[must_use]
    pub fn status(&self, status: Status) -> &str {
        self.statuses.get(&status).map_or_else(|| status.name(), String::as_str)
    }

    /// The name of an audience.
    #[must_use]
    pub fn audience(&self, audience: Audience) -> &str {
        self.audiences.get(&audience).map_or_else(|| audience.name(), String::as_str)
    }

    /// The power of an office in words, for the table “who can do what”.
    #[must_use]
    pub fn power(&self, power: Power) -> &str {
        self.powers.get(&power).map_or_else(|| power.name(), String::as_str)
    }

    /// Words between quotation marks; pairs of marks already inside become inner ones. Apostrophes stay.
    #[must_use]
    pub fn quoted(&self, words: &str) -> String {
        let [open, close] = self.quotes.outer;
        let mut inside = String::new();
        let mut depth = 0_usize;
        let mut chars = words.chars().peekable();
        while let Some(c) = chars.next() {
            let ends_word = chars.peek().is_none_or(|next| !next.is_alphanumeric());
            inside.push(match c {
                c if c == open => {
                    depth += 1;
                    self.quotes.inner[0]
                }
                c if c == close && depth > 0 && ends_word => {
                    depth -= 1;
                    self.quotes.inner[1]
                }
                other => other,
            });
        }
        format!("{open}{inside}{close}")
    }
}

/// The fixed words of one language, as a file gives them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawLocale {
    /// The language: `en`, `ru`.
    pub language: At<String>,
    /// Its own name.
    pub name: String,
    /// The ICU locale that writes its dates, lists and plurals: `en-GB`, `ru`.
    pub icu: At<String>,
    /// The quotation marks.
    pub quotes: Quotes,
    /// Words that a month without a day, or a year alone, writes out in full: for instance «г.» as «года».
    #[serde(default)]
    pub spelled_out: Entries<String>,
    /// The form of a year that is written alone; `{year}` stands for it.
    pub year: At<String>,
    /// The form of a day in figures in notes, for instance `{day}.{month}.{year}`. Without it they write it in words.
    #[serde(default)]
    pub day_in_notes: Option<At<String>>,
    /// Words that lead to a number, such as “article”: no line ends between the two. In small letters.
    #[serde(default)]
    pub before_numbers: Vec<String>,
    /// The word for each status.
    pub statuses: BTreeMap<Status, String>,
    /// The name of each audience.
    pub audiences: BTreeMap<Audience, String>,
    /// For each power, the words for what an office with it can do.
    pub powers: BTreeMap<Power, String>,
    /// For each thing that is counted, its form for each plural category; `{n}` stands for the number.
    pub counted: BTreeMap<Counted, RawPlural>,
    /// The fixed words.
    pub words: At<Words>,
    /// The words of notes: where in a source, and what is said of a source beside its own words.
    pub notes: At<NoteWords>,
}

impl RawLocale {
    /// Converts the typed locale; `None` if its ICU locale is unknown.
    pub fn convert(&self, problems: &mut Vec<Diagnostic>) -> Option<Locale> {
        self.check_placeholders(problems);
        self.check_complete(problems);
        let Some(format) = LocaleFormat::new(&self.icu, self.habits()) else {
            problems.push(
                Diagnostic::error(
                    Code::CaseBadValue,
                    self.icu.place.clone(),
                    format!("`{}` is not a locale with words for dates", self.icu.value),
                )
                .hint("write the language, and the region where it matters: `en-GB`, `ru`, `de`"),
            );
            return None;
        };
        Some(Locale {
            language: self.language.value.clone(),
            name: self.name.clone(),
            icu: self.icu.value.clone(),
            place: self.language.place.clone(),
            words: self.words.value.clone(),
            notes: self.notes.value.clone(),
            before_numbers: self.before_numbers.iter().map(|word| word.to_lowercase()).collect(),
            quotes: self.quotes.clone(),
            format,
            statuses: self.statuses.clone(),
            audiences: self.audiences.clone(),
            powers: self.powers.clone(),
        })
    }

    fn habits(&self) -> Habits {
        Habits {
            spelled_out: self.spelled_out.iter().map(|(short, full)| (short.value.clone(), full.clone())).collect(),
            year: self.year.value.clone(),
            day_in_notes: self.day_in_notes.as_ref().map(|figures| figures.value.clone()),
            counted: self.counted.clone(),
        }
    }

    fn check_placeholders(&self, problems: &mut Vec<Diagnostic>) {
        let day = self.day_in_notes.iter();
        let day = day.map(|figures| ("day-in-notes".to_owned(), figures.as_str(), &["day", "month", "year"][..]));
        let day_place = self.day_in_notes.as_ref().map_or(&self.language.place, |figures| &figures.place);
        let groups =
            [(&self.words.place, self.words.all()), (&self.notes.place, self.notes.all()), (day_place, day.collect())];
        for (place, all) in groups {
            problems.extend(wrong_placeholders(&all).into_iter().map(|(key, wrong)| {
                Diagnostic::error(Code::CaseBadValue, place.clone(), format!("the words `{key}` {wrong}"))
                    .hint("keep the names in braces as they stand in the English file; only their order may change")
            }));
        }
    }

    fn check_complete(&self, problems: &mut Vec<Diagnostic>) {
        let missing = |what: &str, names: Vec<&'static str>| {
            (!names.is_empty()).then(|| {
                let words = format!("`{what}` has no words for: {}", names.join(", "));
                Diagnostic::error(Code::CaseMissingKey, self.language.place.clone(), words)
                    .hint("add a line for each of them")
            })
        };
        problems.extend(missing("statuses", absent(&Status::ALL, &self.statuses, Status::name)));
        problems.extend(missing("audiences", absent(&Audience::ALL, &self.audiences, Audience::name)));
        problems.extend(missing("powers", absent(&Power::ALL, &self.powers, Power::name)));
        problems.extend(missing("counted", absent(&Counted::ALL, &self.counted, Counted::name)));
    }
}

fn absent<K: Ord + Copy, V>(all: &[K], given: &BTreeMap<K, V>, name: fn(K) -> &'static str) -> Vec<&'static str> {
    all.iter().copied().filter(|key| !given.contains_key(key)).map(name).collect()
}
