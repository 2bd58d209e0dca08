//! The records of a case, and its copies one by one: for those who look into the copies and build nothing.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Loaded, name, only_a_file};
use crate::diag::Failure;
use crate::job::Job;
use crate::source::Record;

/// The largest copy that is looked into, in bytes. A book has one or two million.
const MOST_BYTES: u64 = 256 << 20;

/// Reads what was typed, without copies and templates.
///
/// # Errors
/// The folder of the case is not there or cannot be read.
pub fn catalogue(job: &Job) -> Result<Loaded, Failure> {
    if !job.case.is_dir() {
        return Err(Failure::read(&job.case, std::io::Error::new(ErrorKind::NotFound, "there is no such folder")));
    }
    let main = job.case.join("case.yaml");
    let mut loaded = Loaded { case_file: name(&main), ..Loaded::default() };
    loaded.read_case(&job.case, &main)?;
    loaded.read_sources(&job.case)?;
    Ok(loaded)
}

/// The folder with the copies.
///
/// # Errors
/// There is none.
pub fn archive(job: &Job) -> Result<PathBuf, Failure> {
    let own = job.case.join("archive");
    match &job.archive {
        Some(folder) if folder.is_dir() => Ok(folder.clone()),
        Some(folder) => Err(Failure::request(
            format!("there is no archive folder `{}`", folder.display()),
            "check the spelling of `--archive`",
        )),
        None if own.is_dir() => Ok(own),
        None => Err(Failure::request(
            "no copies of the sources are at hand",
            "name the folder of the copies with `--archive DIR`",
        )),
    }
}

/// The copy of a source; `None` where its file is not in the folder, or its record names none.
///
/// # Errors
/// A file that cannot be read, or is larger than any text.
pub fn copy(folder: &Path, record: &Record) -> Result<Option<Vec<u8>>, Failure> {
    let Some(file) = &record.file else { return Ok(None) };
    match bytes(&folder.join(&file.value)) {
        Err(Failure::Read { cause, .. }) if cause.kind() == ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

/// The bytes of a file that somebody named.
///
/// # Errors
/// A file that cannot be read, or is larger than any text.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let about = std::fs::metadata(path).and_then(only_a_file).map_err(|cause| Failure::read(path, cause))?;
    if about.len() > MOST_BYTES {
        let words = format!("it has {} MiB; at most {} MiB are read", about.len() >> 20, MOST_BYTES >> 20);
        return Err(Failure::read(path, std::io::Error::new(ErrorKind::FileTooLarge, words)));
    }
    std::fs::read(path).map_err(|cause| Failure::read(path, cause))
}
