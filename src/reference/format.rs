//! Dates, lists and plurals in the words of a language: dates of chrono become text.
//!
//! ICU supplies the words; it calculates nothing.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use icu::calendar::{Date, Gregorian};
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets;
use icu::list::ListFormatter;
use icu::list::options::{ListFormatterOptions, ListLength};
use icu::plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use schemars::JsonSchema;
use serde::Deserialize;

use super::calendar::Precision;
use super::words::fill;

closed! {
    /// Something that is counted.
    Counted {
        /// Pages of a document.
        Pages = "pages",
        /// Sources cited.
        Sources = "sources",
        /// Words.
        Words = "words",
        /// Days.
        Days = "days",
        /// Sheets of paper.
        Sheets = "sheets",
        /// Signatures.
        Signatures = "signatures",
    }
}

/// The forms of a counted thing; which are needed depends on the language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPlural {
    /// As in “1 page”, «21 страница».
    pub one: String,
    /// As in «3 страницы».
    pub few: Option<String>,
    /// As in «5 страниц».
    pub many: Option<String>,
    /// Every other number.
    pub other: String,
}

/// The word that joins the last two items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// All of them.
    And,
    /// One of them.
    Or,
}

/// The words of a language for dates, lists and plurals.
#[derive(Debug, Clone)]
pub struct LocaleFormat {
    locale: icu::locale::Locale,
    habits: Habits,
}

/// The habits of a language for dates and plurals that are not taken from ICU.
#[derive(Debug, Clone, Default)]
pub(super) struct Habits {
    /// Words to be written out in full in a month or a year.
    pub spelled_out: Vec<(String, String)>,
    /// The form of a year that stands alone.
    pub year: String,
    /// The form of a day in figures in notes; `None` if notes write days in words.
    pub day_in_notes: Option<String>,
    /// The plural forms of counted things.
    pub counted: BTreeMap<Counted, RawPlural>,
}

impl LocaleFormat {
    /// The format of a language by its ICU locale; `None` if ICU has no words for its dates.
    #[must_use]
    pub(super) fn new(icu: &str, habits: Habits) -> Option<Self> {
        let format = Self { locale: icu::locale::Locale::from_str(icu).ok()?, habits };
        let probe = NaiveDate::from_ymd_opt(2024, 10, 1)?;
        // A language without data of its own is shown as “2024 M10 1”.
        let known = format.date(probe).chars().filter(|c| c.is_alphabetic()).count() > 2;
        known.then_some(format)
    }

    /// The country whose habits are followed; empty if the locale names none.
    #[must_use]
    pub fn region(&self) -> &str {
        self.locale.id.region.as_ref().map_or("", |region| region.as_str())
    }

    /// A day in words: “1 October 2024”, «1 октября 2024 г.».
    #[must_use]
    pub fn date(&self, day: NaiveDate) -> String {
        let write = || {
            let long = fieldsets::YMD::long();
            let formatter = FixedCalendarDateTimeFormatter::try_new(self.locale.clone().into(), long).ok()?;
            Some(formatter.format(&gregorian(day)?).to_string())
        };
        write().unwrap_or_else(|| day.to_string())
    }

    /// A day as notes write it: “1 October 2024”, «01.10.2024».
    #[must_use]
    pub fn day_in_notes(&self, day: NaiveDate) -> String {
        let Some(figures) = &self.habits.day_in_notes else { return self.date(day) };
        let (of_day, of_month, of_year) = (day.format("%d"), day.format("%m"), day.format("%Y"));
        let slots = [("day", of_day.to_string()), ("month", of_month.to_string()), ("year", of_year.to_string())];
        fill(figures, &slots.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// A month in words: “January 2024”, «январь 2024 года».
    #[must_use]
    pub fn month(&self, day: NaiveDate) -> String {
        let write = || {
            let long = fieldsets::YM::long();
            let formatter = FixedCalendarDateTimeFormatter::try_new(self.locale.clone().into(), long).ok()?;
            Some(formatter.format(&gregorian(day)?).to_string())
        };
        let words = write().unwrap_or_else(|| day.format("%Y-%m").to_string());
        self.habits.spelled_out.iter().fold(words, |words, (short, full)| words.replace(short, full))
    }

    /// A year in words: “2024”, «2024 год».
    #[must_use]
    pub fn year(&self, day: NaiveDate) -> String {
        fill(&self.habits.year, &[("year", &day.year().to_string())])
    }

    /// A date in words, with the precision that is known.
    #[must_use]
    pub fn date_to(&self, day: NaiveDate, precision: Precision) -> String {
        match precision {
            Precision::Day => self.date(day),
            Precision::Month => self.month(day),
            Precision::Year => self.year(day),
        }
    }

    /// A list in words: “a, b and c”.
    #[must_use]
    pub fn list<S: AsRef<str>>(&self, items: &[S], join: Join) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        let options = ListFormatterOptions::default().with_length(ListLength::Wide);
        let preferences = (&self.locale).into();
        let formatter = match join {
            Join::And => ListFormatter::try_new_and(preferences, options),
            Join::Or => ListFormatter::try_new_or(preferences, options),
        };
        formatter.map_or_else(|_| items.join(", "), |formatter| formatter.format(items.iter()).to_string())
    }

    /// A number of things in words: “1 page”, «5 страниц».
    #[must_use]
    pub fn count(&self, what: Counted, number: usize) -> String {
        let Some(forms) = self.habits.counted.get(&what) else { return number.to_string() };
        let rules = PluralRules::try_new((&self.locale).into(), PluralRulesOptions::default());
        let form = match rules.map_or(PluralCategory::Other, |rules| rules.category_for(number)) {
            PluralCategory::One => &forms.one,
            PluralCategory::Few => forms.few.as_ref().unwrap_or(&forms.other),
            PluralCategory::Many => forms.many.as_ref().unwrap_or(&forms.other),
            _ => &forms.other,
        };
        fill(form, &[("n", &number.to_string())])
    }
}

fn gregorian(day: NaiveDate) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(day.year(), day.month().try_into().ok()?, day.day().try_into().ok()?).ok()
}
