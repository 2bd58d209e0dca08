//! What lies on the disk: the file that is added, the case, and what an archive holds.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diag::Failure;

/// A file that is to be read.
#[derive(Debug)]
pub enum Looked {
    /// A file with so many bytes.
    File(u64),
    /// A symbolic link.
    Link,
    /// A folder, a pipe or a device.
    Other,
}

/// What lies at a path, without following a link.
///
/// # Errors
/// There is nothing, or it may not be looked at.
pub fn look(path: &Path) -> Result<Looked, Failure> {
    let found = std::fs::symlink_metadata(path).map_err(|cause| Failure::read(path, cause))?;
    Ok(match found {
        found if found.is_symlink() => Looked::Link,
        found if found.is_file() => Looked::File(found.len()),
        _ => Looked::Other,
    })
}

/// The bytes of a file.
///
/// # Errors
/// It cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|cause| Failure::read(path, cause))
}

/// The bytes of a file that need not be there.
///
/// # Errors
/// It is there and cannot be read.
pub fn bytes_if_any(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Failure::read(path, cause)),
    }
}

/// Whether there is a folder of a case.
///
/// # Errors
/// There is none.
pub fn case(folder: &Path) -> Result<(), Failure> {
    let file = folder.join("case.yaml");
    match std::fs::metadata(&file) {
        Ok(_) => Ok(()),
        Err(cause) => Err(Failure::read(file, cause)),
    }
}

/// Whether something lies at a path.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Whether a path is a symbolic link.
#[must_use]
pub fn is_link(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

/// The proofs that lie beside a file under its name.
#[must_use]
pub fn beside(file: &Path) -> Vec<PathBuf> {
    let name = file.file_name().unwrap_or_default();
    let with = |ending: &&str| {
        let mut name = name.to_owned();
        name.push(".");
        name.push(ending);
        file.with_file_name(name)
    };
    super::companion::ENDINGS.iter().map(with).filter(|path| path.is_file()).collect()
}

/// The names of the files of an archive, sorted.
///
/// # Errors
/// The folder cannot be read.
pub fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(Failure::read(folder, cause)),
    };
    let mut names: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}
