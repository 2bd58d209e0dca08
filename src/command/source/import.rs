//! `amparo source import`: makes entries of `sources.yaml` from records of other programs, and citations to paste from
//! annotations. Either all records are imported or none.

use std::sync::Arc;

use super::catalogue::{opened, outcome};
use super::register::shown;
use crate::case::load::{self, Input, Loaded};
use crate::command::cli::source::ImportArgs;
use crate::command::outcome::Outcome;
use crate::diag::{Code, Diagnostic, Failure, Place};
use crate::disk::{read, write};
use crate::source::edit::{self, Refused};
use crate::source::library::anchor::AnchoredCitation;
use crate::source::library::annotations::{Annotation, Annotations, Unmarked};
use crate::source::library::{self, Imported, Library, anchor};
use crate::source::{CopyText, copy};

/// Imports a file of another program.
///
/// # Errors
/// A case or file cannot be read, or a case cannot be written.
pub fn import(input: &Input, args: &ImportArgs) -> Result<Outcome, Failure> {
    let bytes = read::limited(&args.file)?;
    let file = shown(&args.file);
    let mut loaded = load::catalogue(input)?;
    let Ok(text) = String::from_utf8(bytes) else {
        let problem = Diagnostic::error(Code::SourceImport, Place::file(file), "this file is not UTF-8 text")
            .hint("export the library as UTF-8");
        return Ok(outcome(loaded, vec![problem], Vec::new()));
    };
    loaded.files.add(file.clone(), text.as_str());
    match library::read(&file, &text) {
        Err(problems) => Ok(outcome(loaded, problems, Vec::new())),
        Ok(Library::Records(records)) => add(input, loaded, &file, &records),
        Ok(Library::Annotations(annotations)) => cite(input, loaded, &file, &annotations),
    }
}

fn add(input: &Input, loaded: Loaded, file: &Arc<str>, records: &[Imported]) -> Result<Outcome, Failure> {
    let path = input.case.join("sources.yaml");
    let name = shown(&path);
    let Some(text) = loaded.files.text(&name).map(str::to_owned) else {
        return Ok(outcome(loaded, Vec::new(), Vec::new()));
    };
    let mut problems = twice(file, records);
    let lines: Vec<(String, String)> = records.iter().map(|record| (record.id.clone(), record.write())).collect();
    if problems.is_empty() {
        match edit::append(&name, &text, &lines) {
            Ok(text) => {
                write::replace(&path, text.as_bytes())?;
                problems.extend(records.iter().filter_map(|record| record.told(file)));
                let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
                let said = vec![
                    format!("added to {}: {}", path.display(), ids.join(", ")),
                    "next: name each copy with `file`, say who may see the source with `audience`, then `amparo check`"
                        .to_owned(),
                ];
                return Ok(outcome(loaded, problems, said));
            }
            Err(refused) => problems.extend(told(&name, file, records, refused)),
        }
    }
    Ok(outcome(loaded, problems, Vec::new()))
}

/// Reports two records of the file with one id.
fn twice(file: &Arc<str>, records: &[Imported]) -> Vec<Diagnostic> {
    let again = records.iter().enumerate().filter(|(at, one)| records[..*at].iter().any(|other| other.id == one.id));
    again
        .map(|(_, one)| {
            let words = format!("two records of this file have the id `{}`", one.id);
            Diagnostic::error(Code::SourceImport, Place::line(file.clone(), one.line), words)
                .hint("give one of them another id there; nothing was added")
        })
        .collect()
}

fn told(sources: &Arc<str>, file: &Arc<str>, records: &[Imported], refused: Refused) -> Vec<Diagnostic> {
    match refused {
        Refused::Unreadable(problems) => problems,
        Refused::Shape(_) => vec![
            Diagnostic::error(
                Code::SourceImport,
                Place::file(sources.clone()),
                "nothing can be added at the end of this file",
            )
            .hint("write each source as a block of its own, `id:` at the start of a line; nothing was added"),
        ],
        Refused::Taken(taken) => taken
            .into_iter()
            .map(|(id, line)| {
                let own = records.iter().find(|record| record.id == id).map_or(0, |record| record.line);
                let words = format!("the case already has a source `{id}`");
                Diagnostic::error(Code::SourceImport, Place::line(file.clone(), own), words)
                    .and_at(Place::line(sources.clone(), line), "it stands here")
                    .hint("give the new record another id in the library, or leave it out; nothing was added")
            })
            .collect(),
    }
}

/// Each annotation with words in a copy, as a citation.
fn cite(input: &Input, loaded: Loaded, file: &Arc<str>, annotations: &Annotations) -> Result<Outcome, Failure> {
    let folder = load::archive(input)?;
    let mut problems: Vec<Diagnostic> = annotations.unmarked.iter().map(|one| unmarked(file, one)).collect();
    let mut open: Vec<(CopyText, String)> = Vec::new();
    for record in loaded.records.values() {
        let Some(bytes) = load::copy(&folder, record)? else {
            problems.push(copy::missing(record));
            continue;
        };
        open.extend(opened(record, &bytes, &mut problems).map(|(copy, text)| (copy, text.to_owned())));
    }
    let mut said = Vec::new();
    for annotation in &annotations.marked {
        // The intended text comes first; a page may have been cited under another address.
        let meant = open.iter().filter(|(copy, _)| anchor::is_of(copy.record, &annotation.target));
        let others = open.iter().filter(|(copy, _)| !anchor::is_of(copy.record, &annotation.target));
        match meant.chain(others).find_map(|(copy, text)| anchor::citation(copy, text, annotation)) {
            Some(found) => {
                problems.extend(changed(file, annotation, &found));
                said.push(found.citation);
            }
            None => problems.push(not_found(file, annotation)),
        }
    }
    Ok(outcome(loaded, problems, said))
}

/// The message that a citation has other words than the selection of its annotation.
fn changed(file: &Arc<str>, annotation: &Annotation, found: &AnchoredCitation) -> Option<Diagnostic> {
    let words = format!("the selection of annotation {}: {}", annotation.number, found.changes.join("; "));
    let hint = format!(
        "the whole selection stays in `{file}`; if other words of it carry the statement, quote those instead (`amparo source find`)"
    );
    let problem = Diagnostic::note(Code::SourceImport, Place::file(file.clone()), words);
    (!found.changes.is_empty()).then(|| problem.hint(hint))
}

fn not_found(file: &Arc<str>, annotation: &Annotation) -> Diagnostic {
    let words = anchor::excerpt(&annotation.exact);
    let headline = format!("the words of annotation {} stand in no copy: “{words}”", annotation.number);
    Diagnostic::warning(Code::SourceImport, Place::file(file.clone()), headline)
        .hint("add its source with a copy; if the page has changed, look for the words with `amparo source find`")
}

/// The message that an annotation without words was left out.
fn unmarked(file: &Arc<str>, (number, why): &(usize, Unmarked)) -> Diagnostic {
    let (place, words) = (Place::file(file.clone()), format!("annotation {number} is left out: {why}"));
    match why {
        Unmarked::PageNote => Diagnostic::note(Code::SourceImport, place, words)
            .hint("nothing, if the page alone was meant; else mark the words there and export again"),
        Unmarked::Empty | Unmarked::NoWords(_) => Diagnostic::warning(Code::SourceImport, place, words)
            .hint("mark the words on the page again and export again, or look for them with `amparo source find`"),
    }
}
