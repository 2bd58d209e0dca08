//! Dates as the sources give them: to the day, the month or the year.

use std::fmt;

use chrono::NaiveDate;

use crate::reference::{CalendarDate, Precision};

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

impl Date {
    /// Reads `2024-09-09`, `2024-01` or `2024`.
    ///
    /// # Errors
    /// In plain words: what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let CalendarDate { precision, first, last } = CalendarDate::parse(text)?;
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
        let Self { precision, first, last, .. } = *self;
        CalendarDate { precision, first, last }.fmt(f)
    }
}
