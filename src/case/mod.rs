//! The case: what was typed ([`raw`]), what it means ([`Case`]), and how it stands on a date ([`timeline`]).

mod convert;
mod date;
mod include;
pub mod load;
mod model;
mod moment;
mod origins;
pub mod raw;
mod shape;
pub mod timeline;
mod translation;
pub mod view;

pub use crate::reference::{Power, Status};
pub use convert::convert;
pub use date::Date;
pub use include::merge;
pub use model::{
    About, Argument, Audiences, Case, Caveat, Change, Citation, Clearance, Collect, Conflict, ConflictKind, Consent,
    Demand, Derived, Fact, Filing, Gap, InstitutionKind, Kind, MadeBy, Named, NamedKind, Paper, Relation, Review, Risk,
    Spelling, StageOfCase, Step, Text, Topic,
};
pub use moment::Moment;
pub use translation::{Translation, TranslationStatus};
