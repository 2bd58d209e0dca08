//! `amparo source`: a file for each of its commands. Only `recheck --write` changes a copy.

mod add;
mod addition;
mod advice;
mod audit;
mod case_files;
mod catalogue;
mod export;
mod filing;
mod find;
mod guard;
mod import;
mod input;
mod list;
mod quoted;
mod reading;
mod recheck;
mod register;
mod renew;
mod renewed;
mod show;
mod words;

pub use add::add;
pub use addition::Addition;
pub use audit::audit;
pub use export::export;
pub use find::{Passages, find};
pub use import::import;
pub use input::input;
pub use list::list;
pub use recheck::recheck;
pub use renew::renew;
pub use show::show;
