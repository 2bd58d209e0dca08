//! The command line: what was typed and what it means, a file for each command, printing and exit codes. The only room
//! that joins all others.

pub mod cli;
pub mod dossier;
pub mod help;
pub mod job;
pub mod make;
pub mod new;
pub mod pipeline;
mod run;
mod source;
pub mod update;
pub mod verify;
pub mod watch;

pub use run::run;
