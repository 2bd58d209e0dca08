//! The moment for which a case is read.

use chrono::NaiveDate;

use super::Case;
use super::timeline::Clock;

/// The moment for which a case is read: the day of the papers, the clock by which facts count, and the day of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day for the papers, if the user gave one.
    pub asked: Option<NaiveDate>,
    /// The clock by which facts count.
    pub clock: Clock,
    /// The day of the run, in UTC.
    pub today: NaiveDate,
}

impl Moment {
    /// The day of the papers: the user's, else that of the case, else the day of the run.
    #[must_use]
    pub fn as_of(&self, case: &Case) -> NaiveDate {
        self.asked.or(case.date()).unwrap_or(self.today)
    }

    /// True if the papers are for an earlier day than the case's own.
    #[must_use]
    pub fn is_reconstruction(&self, case: &Case) -> bool {
        self.asked.is_some_and(|as_of| as_of < case.date().unwrap_or(self.today))
    }
}
