//! What is said of a paper that is finished, before it leaves: each judgement in a file of its own.

mod age;
mod form;
mod judgement;
mod limits;
mod outlawed;
mod unverified;

pub use age::Ages;
pub use judgement::{Judged, Judgement};

use form::OpenForm;
use limits::PageLimits;
use outlawed::Outlawed;
use unverified::Unverified;

/// All judgements, in their order: a mark that one puts on a paper is there for the next.
pub static JUDGEMENTS: [&dyn Judgement; 4] = [&Outlawed, &Unverified, &OpenForm, &PageLimits];
