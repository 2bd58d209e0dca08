//! `amparo source add`, `list` and `audit`: from what was typed to the files of a case.

use std::path::Path;
use std::sync::Arc;

use crate::case::load;
use crate::command::cli::source::Keep;
use crate::command::job::{Addition, Keeping};
use crate::command::pipeline::Outcome;
use crate::diag::{Failure, tidy};
use crate::disk::read;
use crate::source::Records;
use crate::source::archive;
use crate::source::archive::custody::{LOG, Log};

mod add;
mod audit;
mod guard;
mod list;

/// Carries out what was typed after `amparo source`.
///
/// # Errors
/// A file that cannot be read or written, or a date that does not exist.
pub fn keep(command: &Keep) -> Result<Outcome, Failure> {
    match command {
        Keep::Add(args) => add::add(&Addition::new(args)?),
        Keep::List(args) => list::list(&Keeping::new(args)),
        Keep::Audit(args) => audit::audit(&Keeping::new(args)),
    }
}

/// The records of a case and its log, as they lie on the disk.
struct Case {
    sources: Arc<str>,
    text: Option<String>,
    records: Records,
    log_file: Arc<str>,
    log_text: Option<String>,
    log: Log,
}

/// Reads a case, or says what is wrong with its records.
fn open(keeping: &Keeping, outcome: &mut Outcome) -> Result<Option<Case>, Failure> {
    load::is_there(&keeping.case)?;
    let (path, log_path) = (keeping.case.join("sources.yaml"), keeping.case.join(LOG));
    let (sources, log_file) = (shown(&path), shown(&log_path));
    let (text, log_text) = (read::if_any(read::text(&path))?, read::if_any(read::text(&log_path))?);
    let records = archive::read(&sources, text.as_deref().unwrap_or_default());
    outcome.files.add(sources.clone(), text.clone().unwrap_or_default());
    let (log, problems) = Log::read(&log_file, log_text.as_deref().unwrap_or_default());
    outcome.problems.extend(problems);
    match records {
        Ok(records) => Ok(Some(Case { sources, text, records, log_file, log_text, log })),
        Err(problems) => {
            outcome.problems.extend(problems);
            Ok(None)
        }
    }
}

/// A path as the user typed it, with forward slashes.
fn shown(path: &Path) -> Arc<str> {
    path.to_string_lossy().replace('\\', "/").into()
}

fn finish(mut outcome: Outcome) -> Outcome {
    tidy(&mut outcome.problems);
    outcome.blocked = outcome.problems.iter().any(|problem| crate::check::blocks(problem, false));
    outcome
}
