//! The working report of a case: everything that is known, its firmness, and its sources.
//!
//! It is only for those who work on the case, and has that mark on each page. It is in English, with the words of the
//! case in all their languages. It contains everything in the file. Facts that are later than the day of the report are
//! marked as not counted.

mod age;
mod audiences;
mod carriage;
mod chronology;
mod comparison;
mod demands;
mod firmness;
mod page;
mod people;
mod record;
mod report;
mod sources;
mod states;
mod today;
mod whole;

pub use report::{DossierPaper, DossierRequest};
pub use whole::dossier;
