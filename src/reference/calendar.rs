//! Calendar dates as people type them: `2024-09-09`, `2024-09` or `2024`. Every date from a file or from the command
//! line is read here.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

/// The precision of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
}

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CalendarDate {
    /// The precision: day, month or year.
    pub precision: Precision,
    /// The first possible day.
    pub first: NaiveDate,
    /// The last possible day.
    pub last: NaiveDate,
}

impl CalendarDate {
    /// A day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self { precision: Precision::Day, first: day, last: day }
    }

    /// Reads a day, a month or a year; each part must have all its digits, noughts included.
    ///
    /// # Errors
    /// The fault of the text in plain words.
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
        Ok(Self { precision, first, last })
    }

    /// Year, month and day; `None` for a part that the date does not give.
    #[must_use]
    pub fn parts(self) -> (i32, Option<u32>, Option<u32>) {
        let month = (self.precision >= Precision::Month).then(|| self.first.month());
        let day = (self.precision == Precision::Day).then(|| self.first.day());
        (self.first.year(), month, day)
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Year => write!(f, "{:04}", self.first.year()),
            Precision::Month => write!(f, "{}", self.first.format("%Y-%m")),
            Precision::Day => write!(f, "{}", self.first),
        }
    }
}

/// Reads a day, `2024-09-09`.
///
/// # Errors
/// The fault of the text in plain words.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    match CalendarDate::parse(text)? {
        CalendarDate { precision: Precision::Day, first, .. } => Ok(first),
        _ => Err(format!("`{text}` is not a day: write `2024-09-09`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_a_first_and_a_last_day() {
        let table = [
            ("2024-09-09", "2024-09-09", "2024-09-09", (2024, Some(9), Some(9))),
            ("2024-02", "2024-02-01", "2024-02-29", (2024, Some(2), None)),
            ("2023-02", "2023-02-01", "2023-02-28", (2023, Some(2), None)),
            ("2022", "2022-01-01", "2022-12-31", (2022, None, None)),
        ];
        for (text, first, last, parts) in table {
            let date = CalendarDate::parse(text).expect(text);
            assert_eq!((date.first.to_string().as_str(), date.last.to_string().as_str()), (first, last));
            assert_eq!((date.parts(), date.to_string().as_str()), (parts, text));
        }
    }

    #[test]
    fn text_that_is_no_date_is_refused() {
        for text in ["2024-02-31", "2024-13", "24-01-01", "2024-1-1", "", "yesterday", "2024-01-01-01", "2024/01/01"] {
            assert!(CalendarDate::parse(text).is_err() && day(text).is_err(), "{text}");
        }
        assert!(day("2024-09").is_err() && day("2024").is_err());
        assert_eq!(day("2024-02-29").map(|day| day.to_string()).as_deref(), Ok("2024-02-29"));
    }
}
