//! Values that age: their source, the day of the last check, and the days between which they hold.
//!
//! Source: forms specification, 0.2, rule 2: values that can change are data with a source and a date, never code.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::calendar::day;
use crate::diag::{Code, Diagnostic, Place};
use crate::yaml::At;

/// The age in days at which a verified value should be checked again. Source: forms specification, 0.2, rule 2.
pub const FRESH_DAYS: i64 = 180;

/// One value for each language, by its code (`en`, `ru`).
pub type PerLanguage<T> = BTreeMap<String, T>;

/// A value that can age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// The value itself.
    pub value: T,
    /// The document or address from which it comes.
    pub source: Option<String>,
    /// The copy in which it was read, if it was not read in the source itself.
    pub verified_in: Option<String>,
    /// The day on which somebody last found it in its source; `None` if nobody has.
    pub verified_on: Option<NaiveDate>,
    /// The first day on which it holds, if known.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it holds, if known.
    pub valid_to: Option<NaiveDate>,
    /// True if it was invented for an example; then there is nothing to verify.
    pub invented: bool,
    /// The place at which it was typed.
    pub place: Place,
}

/// The reason why a value should not be printed without a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Nobody has compared it with its source.
    Unverified,
    /// It was verified too long ago.
    Old(NaiveDate),
    /// It holds only from this day on.
    NotYet(NaiveDate),
    /// It held only until this day.
    Over(NaiveDate),
}

impl<T> Dated<T> {
    /// The reason against printing the value in a document of this date; `None` if there is none.
    #[must_use]
    pub fn doubt(&self, on: NaiveDate) -> Option<Doubt> {
        if let Some(from) = self.valid_from.filter(|from| on < *from) {
            return Some(Doubt::NotYet(from));
        }
        if let Some(to) = self.valid_to.filter(|to| on > *to) {
            return Some(Doubt::Over(to));
        }
        match self.verified_on {
            _ if self.invented => None,
            None => Some(Doubt::Unverified),
            Some(verified) if (on - verified).num_days() > FRESH_DAYS => Some(Doubt::Old(verified)),
            Some(_) => None,
        }
    }

    /// The value changed by a function; age and place stay.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Dated<U> {
        Dated {
            value: change(self.value),
            source: self.source,
            verified_in: self.verified_in,
            verified_on: self.verified_on,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            invented: self.invented,
            place: self.place,
        }
    }
}

/// A value that can age, as a file gives it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawDated<T> {
    /// The value itself.
    pub value: At<T>,
    /// The source: an address on the web, or a document.
    pub source: Option<At<String>>,
    /// The copy in which it was read, where that was not the source itself.
    pub verified_in: Option<At<String>>,
    /// The day on which somebody found it in its source (YYYY-MM-DD). Leave it out while nobody has.
    pub verified_on: Option<At<String>>,
    /// The first day on which it holds (YYYY-MM-DD).
    pub valid_from: Option<At<String>>,
    /// The last day on which it holds (YYYY-MM-DD).
    pub valid_to: Option<At<String>>,
}

impl<T: Clone> RawDated<T> {
    /// Converts the typed value. A date that does not exist is a problem.
    pub fn dated(&self, invented: bool, problems: &mut Vec<Diagnostic>) -> Dated<T> {
        if let (Some(verified), None) = (&self.verified_on, &self.source) {
            let words = "this value says when it was verified, but not against which source";
            problems.push(
                Diagnostic::error(Code::CaseMissingKey, verified.place.clone(), words)
                    .hint("add a line `source: …`, or delete `verified-on`"),
            );
        }
        Dated {
            value: self.value.value.clone(),
            source: self.source.as_deref().cloned(),
            verified_in: self.verified_in.as_deref().cloned(),
            verified_on: date(self.verified_on.as_ref(), problems),
            valid_from: date(self.valid_from.as_ref(), problems),
            valid_to: date(self.valid_to.as_ref(), problems),
            invented,
            place: self.value.place.clone(),
        }
    }
}

/// A date typed as YYYY-MM-DD.
pub fn date(typed: Option<&At<String>>, problems: &mut Vec<Diagnostic>) -> Option<NaiveDate> {
    let typed = typed?;
    match day(typed) {
        Ok(day) => Some(day),
        Err(words) => {
            problems.push(
                Diagnostic::error(Code::CaseBadDate, typed.place.clone(), words)
                    .hint("write the year, month and day as YYYY-MM-DD, for instance 2024-02-29"),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn load(text: &str) -> (Dated<String>, Vec<&'static str>) {
        let raw: RawDated<String> = read(&"d.yaml".into(), text).expect("well-formed");
        let mut problems = Vec::new();
        let dated = raw.dated(false, &mut problems);
        (dated, problems.iter().map(|problem| problem.code.name()).collect())
    }

    #[test]
    fn a_value_gives_the_reasons_for_doubt() {
        let table = [
            ("value: x\n", "2026-01-01", Some(Doubt::Unverified)),
            ("value: x\nsource: s\nverified-on: 2026-01-01\n", "2026-06-30", None),
            ("value: x\nsource: s\nverified-on: 2026-01-01\n", "2026-07-01", Some(Doubt::Old(day("2026-01-01")))),
            ("value: x\nsource: s\nverified-on: 2026-01-01\n", "2023-06-01", None),
            ("value: x\nvalid-from: 2026-01-01\n", "2025-12-31", Some(Doubt::NotYet(day("2026-01-01")))),
            ("value: x\nvalid-to: 2026-01-01\n", "2026-01-02", Some(Doubt::Over(day("2026-01-01")))),
            ("value: x\nvalid-to: 2026-01-01\n", "2026-01-01", Some(Doubt::Unverified)),
        ];
        for (text, on, expected) in table {
            assert_eq!(load(text).0.doubt(day(on)), expected, "{text} on {on}");
        }
    }

    #[test]
    fn an_invented_value_needs_no_verification() {
        let dated = Dated { invented: true, ..load("value: x\n").0 };
        assert_eq!(dated.doubt(day("2026-01-01")), None);
    }

    #[test]
    fn dates_exist_and_verification_names_its_source() {
        let table: &[(&str, &[&str])] = &[
            ("value: x\nsource: s\nverified-on: 2024-02-29\n", &[]),
            ("value: x\nsource: s\nverified-on: 2023-02-29\n", &["case/bad-date"]),
            ("value: x\nsource: s\nverified-on: 2023-2-9\n", &["case/bad-date"]),
            ("value: x\nverified-on: 2024-02-29\n", &["case/missing-key"]),
        ];
        for (text, expected) in table {
            assert_eq!(load(text).1, *expected, "{text}");
        }
    }
}
