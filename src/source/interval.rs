//! The time of publication of an undated source.

use chrono::NaiveDate;

/// The time of publication of an undated source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interval {
    /// The first possible day.
    pub not_before: Option<NaiveDate>,
    /// The last possible day.
    pub not_after: Option<NaiveDate>,
    /// The reasons for these days.
    pub basis: Option<String>,
    /// A reason to doubt them.
    pub doubt: Option<String>,
}
