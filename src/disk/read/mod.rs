//! Reading: one file, the kind of thing at a path, all files of a folder.
//!
//! A pipe or a device is not accepted as a file, because it may have no end. Links inside a folder are not followed; a
//! path that the user named is followed.

mod file;
mod folder;
mod look;

pub use file::{digest, file, if_any, limited, size, text};
pub(super) use folder::paths;
pub use folder::{beside, embedded, folder, fonts, is_free, names, texts};
pub use look::{Looked, instead_of, is_file, is_folder, is_link, is_there, look};
