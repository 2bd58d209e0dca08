//! `amparo source list`: a line for each source, with the points that still must be looked at.

use std::path::Path;

use crate::case::load::Input;
use crate::command::outcome::Outcome;
use crate::diag::Failure;
use crate::disk::read;
use crate::source::Record;

use super::catalogue::finish;
use super::input::folder;
use super::register::Register;

/// Lists the sources of a case.
///
/// # Errors
/// A file cannot be read.
pub fn list(input: &Input) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let Some(case) = Register::open(input, &mut outcome)? else { return Ok(finish(outcome)) };
    outcome.problems.clear();
    let width = case.records.keys().map(String::len).max().unwrap_or_default();
    for (id, record) in &case.records {
        let copy = copy_of(record, &folder(input))?;
        outcome.said.push(format!("{id:width$}  {}", about(record, copy)));
    }
    if case.records.is_empty() {
        outcome.said.push("no sources yet: add one with `amparo source add CASE FILE`".to_owned());
    }
    Ok(finish(outcome))
}

/// The state of the copy of a source, in words.
fn copy_of(record: &Record, folder: &Path) -> Result<&'static str, Failure> {
    let Some(file) = &record.file else { return Ok("no copy named") };
    let found = read::if_any(read::digest(&folder.join(&file.value)))?;
    Ok(match (found, &record.digest) {
        (None, _) => "copy not at hand",
        (Some(_), None) => "copy without digest",
        (Some(found), Some(recorded)) if found == recorded.value => "copy at hand",
        _ => "copy is another one",
    })
}

fn about(record: &Record, copy: &str) -> String {
    let date =
        record.date.map(|date| date.first.to_string()).or_else(|| record.known_from().map(|day| format!("by {day}")));
    let language = record.language.as_ref().map_or("??", |language| language.code.as_str());
    let original = record.original.as_ref().and_then(|original| original.file.rsplit_once('.')).map(|(_, kind)| kind);
    let mut parts = vec![date.unwrap_or_else(|| "undated".to_owned()), language.to_owned(), copy.to_owned()];
    parts.push(
        original.map_or_else(|| "typed by hand".to_owned(), |kind| format!("from {kind} by {}", record.extractor)),
    );
    if record.withdrawn.is_some() {
        parts.push("withdrawn".to_owned());
    }
    if !record.guessed.is_empty() {
        parts.push(format!("to be looked at: {}", record.guessed.join(", ")));
    }
    parts.join("; ")
}
