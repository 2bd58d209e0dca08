//! Dates as the sources give them: to the day, the month or the year.

use std::borrow::Cow;
use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::text::text_or_mapping;
use crate::diag::Place;
use crate::yaml::At;

/// A date with its precision, and where it was worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// To the day, the month or the year.
    pub precision: Precision,
    /// The first day it may mean.
    pub first: NaiveDate,
    /// The last day it may mean. A date counts from this day: before it nobody can be sure that it has come.
    pub last: NaiveDate,
    /// The words of the source.
    pub printed: Option<String>,
    /// How the value follows from the words.
    pub reckoning: Option<String>,
}

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

impl Date {
    /// Reads `2024-09-09`, `2024-01` or `2024`.
    ///
    /// # Errors
    /// In plain words: what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('-').collect();
        let widths_fit = parts.iter().zip([4, 2, 2]).all(|(part, width)| part.len() == width);
        let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        if parts.len() > 3 || !widths_fit || !digits {
            return Err(format!("`{text}` is not a date: write `2024-09-09`, `2024-09` or `2024`"));
        }
        let number = |index: usize| parts.get(index).and_then(|part| part.parse::<u32>().ok());
        let year = number(0).and_then(|year| i32::try_from(year).ok()).unwrap_or_default();
        let missing = || format!("there is no {text} in the calendar");
        let first =
            NaiveDate::from_ymd_opt(year, number(1).unwrap_or(1), number(2).unwrap_or(1)).ok_or_else(missing)?;
        let (precision, after) = match parts.len() {
            1 => (Precision::Year, first.checked_add_months(Months::new(12))),
            2 => (Precision::Month, first.checked_add_months(Months::new(1))),
            _ => (Precision::Day, first.succ_opt()),
        };
        let last = after.and_then(|day| day.pred_opt()).ok_or_else(missing)?;
        Ok(Self { precision, first, last, printed: None, reckoning: None })
    }

    /// Whether it was reckoned and stands in no source: then it is a bound, not the day itself.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.reckoning.is_some() && self.printed.is_none()
    }

    /// A day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self { precision: Precision::Day, first: day, last: day, printed: None, reckoning: None }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Year => write!(f, "{:04}", self.first.year()),
            Precision::Month => write!(f, "{}", self.first.format("%Y-%m")),
            Precision::Day => write!(f, "{}", self.first),
        }
    }
}

/// Reads a calendar day, `2024-09-09`.
///
/// # Errors
/// In plain words: what is wrong with it.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    match Date::parse(text)? {
        Date { precision: Precision::Day, first, .. } => Ok(first),
        _ => Err(format!("`{text}` is not a day: write `2024-09-09`")),
    }
}

/// A date as typed: `2024-09-09`, `2024-01`, `2024`, or with the printed words and the reckoning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDate {
    /// The value.
    pub value: At<String>,
    /// The words of the source.
    pub printed: Option<At<String>>,
    /// How the value follows from the words.
    pub reckoning: Option<At<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DateParts {
    value: At<String>,
    #[serde(default)]
    printed: Option<At<String>>,
    #[serde(default)]
    reckoning: Option<At<String>>,
}

impl<'de> Deserialize<'de> for RawDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RawDate;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a date (`2024-09-09`, `2024-01`, `2024`), or a mapping with `value`, `printed`, `reckoning`",
                )
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<RawDate, E> {
                let value = At { value: text.to_owned(), place: Place::default() };
                Ok(RawDate { value, printed: None, reckoning: None })
            }
            fn visit_u64<E: serde::de::Error>(self, year: u64) -> Result<RawDate, E> {
                self.visit_str(&year.to_string())
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawDate, A::Error> {
                let parts = DateParts::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawDate { value: parts.value, printed: parts.printed, reckoning: parts.reckoning })
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for RawDate {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        text_or_mapping(&["value", "printed", "reckoning"])
    }
}

impl RawDate {
    /// The date that is meant.
    ///
    /// # Errors
    /// In plain words: what is wrong with it.
    pub(super) fn parse(&self) -> Result<Date, String> {
        let words = |part: &Option<At<String>>| part.as_ref().map(|text| text.value.clone());
        let read = Date::parse(&self.value.value)?;
        Ok(Date { printed: words(&self.printed), reckoning: words(&self.reckoning), ..read })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_count_from_their_last_day() {
        let table = [
            ("2024-09-09", "2024-09-09"),
            ("2024-02", "2024-02-29"),
            ("2023-02", "2023-02-28"),
            ("2022", "2022-12-31"),
        ];
        for (text, last) in table {
            let date = Date::parse(text).expect(text);
            assert_eq!(date.last.to_string(), last);
            assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["2024-02-31", "2024-13", "24-01-01", "2024-1-1", "", "yesterday", "2024-01-01-01", "2024/01/01"] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }
}
