//! The register of a case: its records and its custody log, as on the disk.

use std::path::Path;
use std::sync::Arc;

use crate::case::load::{self, Input};
use crate::command::outcome::Outcome;
use crate::diag::Failure;
use crate::disk::read;
use crate::source::archive::custody::{LOG, Log};
use crate::source::{Records, edit};

/// The records of a case and its custody log.
pub(super) struct Register {
    /// The file of the records, by its name in messages.
    pub(super) sources: Arc<str>,
    /// Its text, if the file exists.
    pub(super) text: Option<String>,
    /// The records.
    pub(super) records: Records,
    /// The file of the log, by its name in messages.
    pub(super) log_file: Arc<str>,
    /// Its text, if the file exists.
    pub(super) log_text: Option<String>,
    /// The log.
    pub(super) log: Log,
}

impl Register {
    /// Reads the register of a case, or reports the errors of its records.
    pub(super) fn open(input: &Input, outcome: &mut Outcome) -> Result<Option<Self>, Failure> {
        load::is_there(&input.case)?;
        let (path, log_path) = (input.case.join("sources.yaml"), input.case.join(LOG));
        let (sources, log_file) = (shown(&path), shown(&log_path));
        let (text, log_text) = (read::if_any(read::text(&path))?, read::if_any(read::text(&log_path))?);
        let records = edit::read(&sources, text.as_deref().unwrap_or_default());
        outcome.files.add(sources.clone(), text.clone().unwrap_or_default());
        let (log, problems) = Log::read(&log_file, log_text.as_deref().unwrap_or_default());
        outcome.problems.extend(problems);
        match records {
            Ok(records) => Ok(Some(Self { sources, text, records, log_file, log_text, log })),
            Err(problems) => {
                outcome.problems.extend(problems);
                Ok(None)
            }
        }
    }
}

/// A path as the user typed it, with forward slashes.
pub(super) fn shown(path: &Path) -> Arc<str> {
    path.to_string_lossy().replace('\\', "/").into()
}
