//! What a colleague reads: the working report of a case, and what a change of the case does to its papers.

pub mod dossier;
pub mod update;
