//! Writing: a file appears whole or not at all.
//!
//! - [`replace()`] puts one file in its place: written beside it, then renamed.
//! - [`make()`] makes a folder with files, or nothing.
//! - [`together()`] changes several files of any folders, or none of them.
//! - [`Papers`] writes a folder of papers, each file whole and its manifest last.
//!
//! Two runs never write in one folder at once, if folders can be locked. A run clears the remains of an earlier run
//! that was stopped. A request to end the program waits for the renames at hand. Nothing is written through a link: the renamed file replaces the link.

mod begun;
mod manifest;
mod papers;
mod replace;
mod together;
mod whole;

pub(in crate::disk) use begun::give_up;
pub use begun::no_links;
pub use manifest::{BUILT_CASE, INTERNAL, MANIFEST, Manifest, PACKS, is_incomplete, last_build, manifest, set_of};
pub use papers::{Output, Papers, WrittenPapers};
pub use replace::replace;
pub use together::{FileChange, together};
pub use whole::make;
