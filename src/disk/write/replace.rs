//! Writing one file: it is written whole to the disk beside its place, then renamed. Readers see the old file or the
//! new one, never half of one.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use tempfile::TempPath;

use crate::diag::Failure;
use crate::disk::read::{self, Looked};

/// The beginning of the name of an unfinished file.
const UNFINISHED: &str = ".amparo-";

/// The end of the name of an unfinished file.
const UNFINISHED_END: &str = ".unfinished";

/// Puts a file in its place.
///
/// # Errors
/// The file cannot be written. The earlier file is then untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let _alone = enter(folder_of(path))?;
    persist(stage(path, bytes)?, path)
}

/// The folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder.
pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|cause| Failure::write(folder, cause))
}

/// Makes a folder, waits until no other run writes there, and clears it. The lock lasts as long as the result lives; if
/// folders cannot be locked, two runs must not write at once.
pub(super) fn enter(folder: &Path) -> Result<Option<File>, Failure> {
    make_folder(folder)?;
    let alone = File::open(folder).ok().filter(|folder| folder.lock().is_ok());
    clear(folder)?;
    Ok(alone)
}

/// Removes the unfinished files of a run that was stopped.
pub(super) fn clear(folder: &Path) -> Result<(), Failure> {
    let is_unfinished = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_ours = name.starts_with(UNFINISHED) && name.ends_with(UNFINISHED_END);
        is_ours && matches!(read::look(path), Ok(Looked::File(_)))
    };
    for entry in std::fs::read_dir(folder).map_err(|cause| Failure::write(folder, cause))?.flatten() {
        if is_unfinished(&entry.path()) {
            // An unfinished file that cannot be removed does no harm: its name is never taken for that of a paper.
            let _ = remove(&entry.path());
        }
    }
    Ok(())
}

/// Writes the bytes beside their place, whole and to the disk. The file is closed afterwards.
pub(super) fn stage(path: &Path, bytes: &[u8]) -> Result<TempPath, Failure> {
    let fail = |cause| Failure::write(path, cause);
    if path.is_dir() {
        return Err(fail(std::io::ErrorKind::IsADirectory.into()));
    }
    let mut file = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .suffix(UNFINISHED_END)
        .tempfile_in(folder_of(path))
        .map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private, but everyone who may read the folder may read a paper.
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644)).map_err(fail)?;
    }
    Ok(file.into_temp_path())
}

/// Renames a staged file to its name.
pub(super) fn persist(file: TempPath, path: &Path) -> Result<(), Failure> {
    file.persist(path).map_err(|error| Failure::write(path, error.error))
}

/// Removes a file if it exists.
pub(super) fn remove(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Failure::write(path, cause)),
        _ => Ok(()),
    }
}
