//! Common parts of the commands that read copies: a record by its id, and the outcome with the files that were read.

use crate::case::load::Loaded;
use crate::command::outcome::Outcome;
use crate::diag::{Diagnostic, Failure, tidy};
use crate::source::{CopyText, Record, copy};
use crate::yaml::nearest;

/// A record by its id.
pub(super) fn record<'a>(loaded: &'a Loaded, id: &str) -> Result<&'a Record, Failure> {
    loaded.records.get(id).ok_or_else(|| {
        let known: Vec<&str> = loaded.records.keys().map(String::as_str).collect();
        let near = nearest(id, &known);
        Failure::request(
            format!("`sources.yaml` has no source `{id}`"),
            near.unwrap_or_else(|| format!("use one of: {}", known.join(", "))),
        )
    })
}

/// Opens a copy and its text, and reports its problems.
pub(super) fn opened<'a, 'b>(
    record: &'a Record,
    bytes: &'b [u8],
    problems: &mut Vec<Diagnostic>,
) -> Option<(CopyText<'a>, &'b str)> {
    problems.extend(differs(record, bytes));
    let text = copy::text(record, bytes).map_err(|problem| problems.push(*problem)).ok()?;
    Some((CopyText::new(record, text), text))
}

/// Reports a copy that is not the recorded one, with the next steps.
pub(super) fn differs(record: &Record, bytes: &[u8]) -> Option<Diagnostic> {
    let hint = "compare its quotations with `amparo source recheck`, then record the new digest";
    Some(copy::differs(record, crate::disk::Digest::of(bytes))?.hint(hint))
}

/// An outcome in which the problems of the loaded files come before the others.
pub(super) fn outcome(mut loaded: Loaded, mut problems: Vec<Diagnostic>, said: Vec<String>) -> Outcome {
    problems.append(&mut loaded.problems);
    finish(Outcome { files: loaded.files, problems, said, inputs: loaded.inputs, ..Outcome::default() })
}

/// Sorts the problems and marks the outcome as blocked if one of them blocks.
pub(super) fn finish(mut outcome: Outcome) -> Outcome {
    tidy(&mut outcome.problems);
    outcome.blocked = outcome.problems.iter().any(|problem| crate::check::blocks(problem, false));
    outcome
}
