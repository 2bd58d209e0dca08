//! Reading: one file, what lies at a path, all files of a folder.
//!
//! A pipe or a device is no file: it has no end. What a folder holds is read without following links out of it; a path
//! that somebody named is followed.

mod file;
mod folder;
mod look;

pub use file::{beginning, digest, file, if_any, limited, size, text};
pub(super) use folder::paths;
pub use folder::{beside, embedded, folder, fonts, is_free, names, texts};
pub use look::{Looked, is_file, is_folder, is_link, is_there, look};
