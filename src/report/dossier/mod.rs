//! The working report of a case: everything that is known, how firmly, and what it rests on.
//!
//! It is for those who work on the case and for nobody else, and bears that mark on each page. It is in English, with
//! the words of the case in every language that they have. It speaks of everything in the file: what is later than the
//! day of the report is in it too, and marked as not counted.

mod age;
mod audiences;
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
