//! Which case and which archive a command on sources works with.

use std::path::PathBuf;

use crate::case::load::Input;
use crate::command::cli::source::ArchiveArgs;
use crate::command::options;

/// Resolves which case is meant and where its copies are. Templates play no part.
#[must_use]
pub fn input(of: &ArchiveArgs) -> Input {
    Input {
        case: of.case.clone(),
        archive: options::archive(of.archive.as_ref()),
        templates: PathBuf::new(),
        without: Vec::new(),
    }
}

/// The folder of the copies, which need not be there: `amparo source add` makes it.
pub(super) fn folder(input: &Input) -> PathBuf {
    input.archive.clone().unwrap_or_else(|| input.case.join("archive"))
}
