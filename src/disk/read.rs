//! Reading files and folders. A pipe or a device is no file: it has no end.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io::{Error, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry};

use super::{Digest, Hasher};
use crate::diag::Failure;

/// The largest file that is read whole at somebody's word, in bytes. A book has one or two million.
const MOST_BYTES: u64 = 256 << 20;

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

/// The names of the files of a folder, sorted. A folder that is not there has none.
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

/// The files that lie beside a file under its name and one of these endings.
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

/// The size of a file in bytes.
///
/// # Errors
/// It cannot be looked at, or is no file.
pub fn size(path: &Path) -> Result<u64, Failure> {
    std::fs::metadata(path).and_then(only_a_file).map(|found| found.len()).map_err(|cause| Failure::read(path, cause))
}

/// Whether a folder is there.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a file is there.
#[must_use]
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether nothing lies at a path, or a folder with nothing in it.
///
/// # Errors
/// It cannot be looked at.
pub fn is_free(path: &Path) -> Result<bool, Failure> {
    match std::fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(true),
        Err(cause) if cause.kind() == ErrorKind::NotADirectory => Ok(false),
        Err(cause) => Err(Failure::read(path, cause)),
    }
}

/// The folders in a folder, as paths; none where it cannot be read.
#[must_use]
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

/// The digest of a file, read piece by piece: an original may be large. `None`: there is no such file.
///
/// # Errors
/// A file that cannot be read.
pub fn digest_of(path: &Path) -> Result<Option<Digest>, Failure> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Failure::read(path, cause)),
    };
    let mut hasher = Hasher::default();
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(Some(hasher.finish())),
            Ok(length) => hasher.add(&piece[..length]),
            Err(cause) => return Err(Failure::read(path, cause)),
        }
    }
}

/// A pipe or a device has no end.
fn only_a_file(found: Metadata) -> std::io::Result<Metadata> {
    if found.is_file() { Ok(found) } else { Err(Error::new(ErrorKind::InvalidInput, "it is not a file")) }
}

/// The bytes of a file that is to be looked at.
///
/// # Errors
/// It cannot be read, or is no file.
pub fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::metadata(path).and_then(only_a_file).map_err(|cause| Failure::read(path, cause))?;
    std::fs::read(path).map_err(|cause| Failure::read(path, cause))
}

/// The bytes of a file that is to be looked at; of one that is larger than that, one byte more than that.
///
/// # Errors
/// It cannot be read, or is no file.
pub fn beginning(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let failed = |cause| Failure::read(path, cause);
    std::fs::metadata(path).and_then(only_a_file).map_err(failed)?;
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(most as u64 + 1).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

/// The files of a folder and the folders in it, by their path there. Links are not followed.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn folder(root: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|cause| Failure::read(&folder, cause))? {
            let entry = entry.map_err(|cause| Failure::read(&folder, cause))?;
            let (path, kind) = (entry.path(), entry.file_type());
            match kind.map_err(|cause| Failure::read(entry.path(), cause))? {
                kind if kind.is_dir() => open.push(path),
                kind if kind.is_file() => {
                    let inner = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.push((inner, file(&path)?));
                }
                _ => {}
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The fonts of some folders, in the order of their names.
///
/// # Errors
/// A folder or font that cannot be read.
pub fn fonts(folders: &[PathBuf]) -> Result<Vec<Vec<u8>>, Failure> {
    let mut fonts = Vec::new();
    for folder in folders {
        let entries = std::fs::read_dir(folder).map_err(|cause| Failure::read(folder, cause))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let is_font = |path: &&PathBuf| {
            let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
            matches!(ending.as_deref(), Some("ttf" | "otf" | "ttc" | "otc"))
        };
        for path in paths.iter().filter(is_font) {
            fonts.push(std::fs::read(path).map_err(|cause| Failure::read(path, cause))?);
        }
    }
    Ok(fonts)
}

/// The text files of a folder that are wanted, by their path there. A folder that is not there has none. Symbolic links
/// are not followed: a folder holds what it holds.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn texts(folder: &Path, wanted: fn(&Path) -> bool) -> Result<BTreeMap<String, String>, Failure> {
    let mut files = BTreeMap::new();
    if folder.is_dir() {
        walk(folder, folder, wanted, &mut files)?;
    }
    Ok(files)
}

fn walk(
    root: &Path,
    folder: &Path,
    wanted: fn(&Path) -> bool,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Failure> {
    let entries = std::fs::read_dir(folder).map_err(|cause| Failure::read(folder, cause))?;
    for entry in entries {
        let entry = entry.map_err(|cause| Failure::read(folder, cause))?;
        let kind = entry.file_type().map_err(|cause| Failure::read(entry.path(), cause))?;
        let path = entry.path();
        if kind.is_dir() {
            walk(root, &path, wanted, files)?;
        } else if kind.is_file()
            && wanted(&path)
            && let Ok(inner) = path.strip_prefix(root)
        {
            let text = std::fs::read_to_string(&path).map_err(|cause| Failure::read(&path, cause))?;
            files.insert(inner.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(())
}

/// The bytes of a file that somebody named.
///
/// # Errors
/// A file that cannot be read, or is larger than any text.
pub fn limited(path: &Path) -> Result<Vec<u8>, Failure> {
    let about = std::fs::metadata(path).and_then(only_a_file).map_err(|cause| Failure::read(path, cause))?;
    if about.len() > MOST_BYTES {
        let words = format!("it has {} MiB; at most {} MiB are read", about.len() >> 20, MOST_BYTES >> 20);
        return Err(Failure::read(path, Error::new(ErrorKind::FileTooLarge, words)));
    }
    std::fs::read(path).map_err(|cause| Failure::read(path, cause))
}

/// The text files of an embedded folder, by path.
#[must_use]
pub fn embedded<'a>(dir: &'a Dir<'a>) -> Vec<(&'a Path, &'a [u8])> {
    let files = dir.entries().iter().map(|entry| match entry {
        DirEntry::Dir(inner) => embedded(inner),
        DirEntry::File(file) => vec![(file.path(), file.contents())],
    });
    files.flatten().collect()
}
