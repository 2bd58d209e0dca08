//! Writing: a file appears whole or not at all.
//!
//! - [`replace()`] puts one file in its place: written beside it, then renamed.
//! - [`together()`] changes several files of any folders, or none of them.
//! - [`Papers`] writes a folder of papers, each file whole and its manifest last.
//!
//! Two runs never write in one folder at once, if folders can be locked. A run clears the remains of an earlier run
//! that was stopped. Nothing is written through a link: the renamed file replaces the link.

mod manifest;
mod papers;
mod replace;
mod together;

pub use manifest::{BUILT_CASE, MANIFEST, Manifest, last_build, manifest};
pub use papers::{Output, PACKS, Papers, WrittenPapers};
pub use replace::replace;
pub use together::{FileChange, together};
