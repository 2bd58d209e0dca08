//! Reading folders. Links in a folder are not followed, so nothing outside of the folder is read.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry};

use super::file::{file, if_any, text};
use super::look::{Looked, look};
use crate::diag::Failure;

/// The paths of the entries of a folder, sorted.
///
/// # Errors
/// The folder cannot be read.
pub(in crate::disk) fn paths(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder).map_err(|cause| Failure::read(folder, cause))?;
    let paths: Result<Vec<PathBuf>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(|cause| Failure::read(folder, cause))?;
    paths.sort();
    Ok(paths)
}

/// The names of the entries of a folder, sorted. An absent folder has none.
///
/// # Errors
/// The folder cannot be read.
pub fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let paths = if_any(paths(folder))?.unwrap_or_default();
    Ok(paths.iter().filter_map(|path| path.file_name()?.to_str().map(str::to_owned)).collect())
}

/// True if the path is free: nothing is there, or only an empty folder.
///
/// # Errors
/// The path cannot be looked at.
pub fn is_free(path: &Path) -> Result<bool, Failure> {
    match if_any(paths(path)) {
        Err(Failure::Read { cause, .. }) if cause.kind() == ErrorKind::NotADirectory => Ok(false),
        found => Ok(found?.is_none_or(|paths| paths.is_empty())),
    }
}

/// The files beside a file that have its name with one of these endings added.
#[must_use]
pub fn beside(file: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let name = file.file_name().unwrap_or_default();
    let with = |ending: &&str| {
        let mut name = name.to_owned();
        name.push(".");
        name.push(ending);
        file.with_file_name(name)
    };
    endings.iter().map(with).filter(|path| path.is_file()).collect()
}

/// The files of a folder and its subfolders, by their path inside it.
///
/// # Errors
/// A folder or file cannot be read.
pub fn folder(root: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    files(root)?.into_iter().map(|(inner, path)| Ok((inner, file(&path)?))).collect()
}

/// The wanted text files of a folder and its subfolders, by their path inside it. An absent folder has none.
///
/// # Errors
/// A folder or file cannot be read.
pub fn texts(root: &Path, wanted: fn(&Path) -> bool) -> Result<BTreeMap<String, String>, Failure> {
    let files = if root.is_dir() { files(root)? } else { Vec::new() };
    let wanted = files.into_iter().filter(|(_, path)| wanted(path));
    wanted.map(|(inner, path)| Ok((inner, text(&path)?))).collect()
}

/// The fonts of some folders, in the order of their names.
///
/// # Errors
/// A folder or font cannot be read.
pub fn fonts(folders: &[PathBuf]) -> Result<Vec<Vec<u8>>, Failure> {
    let is_font = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        matches!(ending.as_deref(), Some("ttf" | "otf" | "ttc" | "otc"))
    };
    let mut fonts = Vec::new();
    for folder in folders {
        for path in paths(folder)?.into_iter().filter(is_font) {
            fonts.push(file(&path)?);
        }
    }
    Ok(fonts)
}

/// The files of an embedded folder, by path.
#[must_use]
pub fn embedded<'a>(dir: &'a Dir<'a>) -> Vec<(&'a Path, &'a [u8])> {
    let files = dir.entries().iter().map(|entry| match entry {
        DirEntry::Dir(inner) => embedded(inner),
        DirEntry::File(file) => vec![(file.path(), file.contents())],
    });
    files.flatten().collect()
}

/// The files of a folder and its subfolders, sorted: the path inside it, with forward slashes, and the whole path.
fn files(root: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut files = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for path in paths(&folder)? {
            match look(&path)? {
                Looked::Folder => open.push(path),
                Looked::File(_) => {
                    let inner = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.push((inner, path));
                }
                Looked::Link | Looked::Other => {}
            }
        }
    }
    files.sort();
    Ok(files)
}
