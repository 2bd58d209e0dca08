//! The moment at which a case is looked at.

use chrono::NaiveDate;

use super::Case;
use super::timeline::Clock;

/// The moment at which a case is looked at: the day of which its papers speak, by what facts count, and the day of the
/// run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day to speak of, if one was asked for.
    pub asked: Option<NaiveDate>,
    /// By what facts count.
    pub clock: Clock,
    /// The day of the run, in UTC.
    pub today: NaiveDate,
}

impl Moment {
    /// The day of which the papers speak: asked for, else the case's own, else the day of the run.
    #[must_use]
    pub fn as_of(&self, case: &Case) -> NaiveDate {
        self.asked.or(case.date()).unwrap_or(self.today)
    }

    /// Whether the papers speak of an earlier day than the case's own.
    #[must_use]
    pub fn is_reconstruction(&self, case: &Case) -> bool {
        self.asked.is_some_and(|as_of| as_of < case.date().unwrap_or(self.today))
    }
}
