//! When an undated source was published.

use chrono::NaiveDate;

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
