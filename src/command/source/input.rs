//! The case and the archive for a command on sources.

use std::path::PathBuf;

use crate::case::load::Input;
use crate::command::cli::source::ArchiveArgs;
use crate::command::options;

/// Resolves the case and the folder of its copies. Templates are not needed.
#[must_use]
pub fn input(of: &ArchiveArgs) -> Input {
    Input {
        case: of.case.clone(),
        archive: options::archive(of.archive.as_ref()),
        templates: PathBuf::new(),
        without: Vec::new(),
    }
}

/// The folder of the copies. It may be missing: `amparo source add` makes it.
pub(super) fn folder(input: &Input) -> PathBuf {
    input.archive.clone().unwrap_or_else(|| input.case.join("archive"))
}
