//! The kind of thing at a path, found without reading it.

use std::path::Path;

use crate::diag::Failure;

/// The kind of thing at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// A file and its size in bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe or a device.
    Other,
}

/// Looks at a path without following a link.
///
/// # Errors
/// Nothing is at the path, or it may not be looked at.
pub fn look(path: &Path) -> Result<Looked, Failure> {
    let found = std::fs::symlink_metadata(path).map_err(|cause| Failure::read(path, cause))?;
    Ok(match found.file_type() {
        kind if kind.is_symlink() => Looked::Link,
        kind if kind.is_file() => Looked::File(found.len()),
        kind if kind.is_dir() => Looked::Folder,
        _ => Looked::Other,
    })
}

/// True if anything is at the path, including a link whose target is missing.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    look(path).is_ok()
}

/// True if the path is a symbolic link.
#[must_use]
pub fn is_link(path: &Path) -> bool {
    matches!(look(path), Ok(Looked::Link))
}

/// True if the path is a folder or a link to one.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// True if the path is a file or a link to one.
#[must_use]
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}
