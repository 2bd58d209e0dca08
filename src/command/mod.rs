//! The command line: typed options and their meaning, a file for each command, output and exit codes. Only this room
//! knows all others.

pub mod build;
pub mod check;
pub mod cli;
pub mod dossier;
pub mod help;
pub mod new;
mod nothing;
pub mod options;
pub mod outcome;
pub mod papers;
pub mod prepared;
mod run;
mod source;
pub mod templates;
pub mod update;
pub mod verify;
pub mod watch;

pub use run::run;
