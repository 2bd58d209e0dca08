//! Judgements on finished papers, each in a file of its own.

mod age;
mod form;
mod judgement;
mod limits;
mod outlawed;
mod unanswered;
mod unverified;

pub use age::Ages;
pub use judgement::{Judged, Judgement};

use form::OpenForm;
use limits::PageLimits;
use outlawed::Outlawed;
use unanswered::Unanswered;
use unverified::Unverified;

/// All judgements in their order: later ones see the marks of earlier ones.
pub static JUDGEMENTS: [&dyn Judgement; 5] = [&Outlawed, &Unverified, &Unanswered, &OpenForm, &PageLimits];
