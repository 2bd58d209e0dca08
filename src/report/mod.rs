//! Reports for the team: the working report of a case, and the effect of a change of the case on its papers.

pub mod dossier;
pub mod update;
