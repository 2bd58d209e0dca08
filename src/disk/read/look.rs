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

/// The thing at a path in words, if it is not a file or folder as wanted; a link to one is as good. `None` if it is.
#[must_use]
pub fn instead_of(path: &Path, wanted: Looked) -> Option<&'static str> {
    let Ok(found) = std::fs::metadata(path) else {
        return Some(if is_link(path) { "a link that leads nowhere" } else { "not there" });
    };
    let is_wanted = if wanted == Looked::Folder { found.is_dir() } else { found.is_file() };
    (!is_wanted).then(|| in_words(found.file_type()))
}

fn in_words(kind: std::fs::FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_file() => "a file",
        () => "a device",
    }
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
