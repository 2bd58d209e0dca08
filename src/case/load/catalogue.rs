//! The records of a case, and its copies one by one, for commands that read copies and build nothing.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Input, Loaded, name};
use crate::diag::Failure;
use crate::disk::read;
use crate::source::Record;

/// Reads the typed files, without copies and templates.
///
/// # Errors
/// The folder of the case is missing or cannot be read.
pub fn catalogue(input: &Input) -> Result<Loaded, Failure> {
    if !read::is_folder(&input.case) {
        return Err(Failure::read(&input.case, std::io::Error::new(ErrorKind::NotFound, "there is no such folder")));
    }
    let main = input.case.join("case.yaml");
    let mut loaded = Loaded { case_file: name(&main), ..Loaded::default() };
    loaded.read_case(&input.case, &main)?;
    loaded.read_sources(&input.case)?;
    Ok(loaded)
}

/// The folder with the copies.
///
/// # Errors
/// There is no such folder.
pub fn archive(input: &Input) -> Result<PathBuf, Failure> {
    let own = input.case.join("archive");
    match &input.archive {
        Some(folder) if read::is_folder(folder) => Ok(folder.clone()),
        Some(folder) => Err(Failure::request(
            format!("there is no archive folder `{}`", folder.display()),
            "check the spelling of `--archive`",
        )),
        None if read::is_folder(&own) => Ok(own),
        None => Err(Failure::request(
            "no copies of the sources are at hand",
            "name the folder of the copies with `--archive DIR`",
        )),
    }
}

/// The copy of a source; `None` where its file is not in the folder, or its record names none.
///
/// # Errors
/// A file cannot be read, or is larger than the limit for a text.
pub fn copy(folder: &Path, record: &Record) -> Result<Option<Vec<u8>>, Failure> {
    let Some(file) = &record.file else { return Ok(None) };
    read::if_any(read::limited(&folder.join(&file.value)))
}
