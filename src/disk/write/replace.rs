//! Writing one file: it is written whole to the disk beside its place, then renamed. Readers see the old file or the
//! new one, never half of one.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::begun::{Renames, begin, make_folder};
use crate::diag::Failure;
use crate::disk::read::{self, Looked};

/// The beginning of the name of an unfinished file.
pub(super) const UNFINISHED: &str = ".amparo-";

/// The end of the name of an unfinished file.
pub(super) const UNFINISHED_END: &str = ".unfinished";

/// Puts a file in its place.
///
/// # Errors
/// The file cannot be written. The earlier file is then untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let _alone = enter(folder_of(path))?;
    let file = stage(path, bytes)?;
    Renames::begin().persist(file, path)
}

/// The folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder, waits until no other run writes there, and clears it. The lock lasts as long as the result lives; if
/// folders cannot be locked, two runs must not write at once.
pub(super) fn enter(folder: &Path) -> Result<Option<File>, Failure> {
    make_folder(folder)?;
    let alone = lock(folder);
    clear(folder)?;
    Ok(alone)
}

/// Waits until no other run writes in a folder.
pub(super) fn lock(folder: &Path) -> Option<File> {
    File::open(folder).ok().filter(|folder| folder.lock().is_ok())
}

/// Removes the unfinished files of a run that was stopped.
pub(super) fn clear(folder: &Path) -> Result<(), Failure> {
    for path in unfinished(folder)? {
        // An unfinished file that cannot be removed does no harm: its name is never taken for that of a paper.
        let _ = remove(&path);
    }
    Ok(())
}

/// The unfinished files of a folder.
pub(super) fn unfinished(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let is_ours = |path: &PathBuf| is_unfinished(path) && matches!(read::look(path), Ok(Looked::File(_)));
    let entries = std::fs::read_dir(folder).map_err(|cause| Failure::write(folder, cause))?;
    Ok(entries.flatten().map(|entry| entry.path()).filter(is_ours).collect())
}

/// True for the name of an unfinished file or folder.
pub(super) fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with(UNFINISHED) && name.ends_with(UNFINISHED_END)
}

/// Writes the bytes beside their place, whole and to the disk. The file is closed afterwards.
pub(super) fn stage(path: &Path, bytes: &[u8]) -> Result<TempPath, Failure> {
    fill(path, bytes, |make| begin(make))
}

/// Makes an unfinished file.
type Make<'a> = &'a dyn Fn() -> std::io::Result<NamedTempFile>;

/// Writes the bytes into an unfinished file, which is made as `begin` says.
pub(super) fn fill(
    path: &Path,
    bytes: &[u8],
    begin: impl FnOnce(Make) -> std::io::Result<NamedTempFile>,
) -> Result<TempPath, Failure> {
    let fail = |cause| Failure::write(path, cause);
    if path.is_dir() {
        return Err(fail(std::io::ErrorKind::IsADirectory.into()));
    }
    let make = || tempfile::Builder::new().prefix(UNFINISHED).suffix(UNFINISHED_END).tempfile_in(folder_of(path));
    let mut file = begin(&make).map_err(fail)?;
    file.as_file_mut().write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private, but everyone who may read the folder may read a paper.
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644)).map_err(fail)?;
    }
    Ok(file.into_temp_path())
}

/// Gives a file another name, if it exists.
pub(super) fn set_aside(path: &Path, aside: &Path) -> Result<(), Failure> {
    match std::fs::rename(path, aside) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Failure::write(path, cause)),
        _ => Ok(()),
    }
}

/// Removes a file if it exists.
pub(super) fn remove(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Failure::write(path, cause)),
        _ => Ok(()),
    }
}
