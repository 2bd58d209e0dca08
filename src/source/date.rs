//! When a source was published: a date as printed, or an interval.

use chrono::{Datelike, Days, Months, NaiveDate};

/// A date as a source prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceDate {
    /// A day.
    Day(NaiveDate),
    /// A month: its first day.
    Month(NaiveDate),
    /// A year: its first day.
    Year(NaiveDate),
}

impl SourceDate {
    /// Reads `2024-09-09`, `2024-09` or `2024`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.len() {
            10 => day(text).map(Self::Day),
            7 => day(&format!("{text}-01")).map(Self::Month),
            4 => day(&format!("{text}-01-01")).map(Self::Year),
            _ => None,
        }
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::Month(day) | Self::Year(day) => day,
        }
    }

    /// The last day: a precision below a day counts from there.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let months = match self {
            Self::Day(day) => return day,
            Self::Month(_) => 1,
            Self::Year(_) => 12,
        };
        let next = self.first_day().checked_add_months(Months::new(months));
        next.and_then(|day| day.checked_sub_days(Days::new(1))).unwrap_or(NaiveDate::MAX)
    }

    /// Year, month and day as far as they are known.
    #[must_use]
    pub fn parts(self) -> (i32, Option<u32>, Option<u32>) {
        let first = self.first_day();
        match self {
            Self::Day(_) => (first.year(), Some(first.month()), Some(first.day())),
            Self::Month(_) => (first.year(), Some(first.month()), None),
            Self::Year(_) => (first.year(), None, None),
        }
    }
}

/// Reads a day written as `2024-09-09`, with all its noughts.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if shaped { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

/// When an undated source was published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interval {
    /// Not before this day.
    pub not_before: Option<NaiveDate>,
    /// Not after this day.
    pub not_after: Option<NaiveDate>,
    /// From what this follows.
    pub basis: Option<String>,
    /// What speaks against it.
    pub doubt: Option<String>,
}
