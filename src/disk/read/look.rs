//! What lies at a path, before anything is read.

use std::path::Path;

use crate::diag::Failure;

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// A file with so many bytes.
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
/// There is nothing, or it may not be looked at.
pub fn look(path: &Path) -> Result<Looked, Failure> {
    let found = std::fs::symlink_metadata(path).map_err(|cause| Failure::read(path, cause))?;
    Ok(match found.file_type() {
        kind if kind.is_symlink() => Looked::Link,
        kind if kind.is_file() => Looked::File(found.len()),
        kind if kind.is_dir() => Looked::Folder,
        _ => Looked::Other,
    })
}

/// Whether something lies at a path, a link that leads nowhere included.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    look(path).is_ok()
}

/// Whether a path is a symbolic link.
#[must_use]
pub fn is_link(path: &Path) -> bool {
    matches!(look(path), Ok(Looked::Link))
}

/// Whether a folder is there, or a link to one.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a file is there, or a link to one.
#[must_use]
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}
