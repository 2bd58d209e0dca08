//! The view: a copy of the case as it stands on a date, cut for one audience *before* any template runs.
//!
//! The supersession of states is worked out on everything that was known; the cut comes after it. So an old state is
//! never told as the present one where the news of its end is closed to the audience: both are cut.

mod cut;
mod demands;
mod facts;
mod freshness;
mod make;
mod model;
mod names;
mod open;
mod readers;
mod sources;
mod support;

pub use cut::{CutEntry, LeftOut};
pub use demands::{Ask, MadeDemand};
pub use facts::Told;
pub use freshness::Stale;
pub use model::{PLACE_OF_DETENTION, SENTENCE, View};
pub use open::Awaited;
pub use readers::Readers;
