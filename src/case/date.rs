//! Dates as the sources give them: to the day, the month or the year.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::text::text_or_mapping;
use crate::diag::Place;
use crate::reference::{CalendarDate, Precision};
use crate::yaml::At;

/// A date with its precision, and the reckoning where it was worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// To the day, the month or the year.
    pub precision: Precision,
    /// The first day it may mean.
    pub first: NaiveDate,
    /// The last day it may mean. A date counts from this day: only then is it certain to have come.
    pub last: NaiveDate,
    /// The words of the source.
    pub printed: Option<String>,
    /// The way from the words to the value.
    pub reckoning: Option<String>,
}

impl Date {
    /// Reads `2024-09-09`, `2024-01` or `2024`.
    ///
    /// # Errors
    /// The fault of the text, in plain words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let CalendarDate { precision, first, last } = CalendarDate::parse(text)?;
        Ok(Self { precision, first, last, printed: None, reckoning: None })
    }

    /// True for a date that was worked out and stands in no source: it is a bound, not the day itself.
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
        let Self { precision, first, last, .. } = *self;
        CalendarDate { precision, first, last }.fmt(f)
    }
}

/// A date as typed: `2024-09-09`, `2024-01`, `2024`, or with the printed words and the reckoning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDate {
    /// The value.
    pub value: At<String>,
    /// The words of the source.
    pub printed: Option<At<String>>,
    /// The way from the words to the value.
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
    /// The date that the typed text means.
    ///
    /// # Errors
    /// The fault of the text, in plain words.
    pub(super) fn parse(&self) -> Result<Date, String> {
        let words = |part: &Option<At<String>>| part.as_ref().map(|text| text.value.clone());
        let read = Date::parse(&self.value.value)?;
        Ok(Date { printed: words(&self.printed), reckoning: words(&self.reckoning), ..read })
    }
}
