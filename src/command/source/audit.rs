//! `amparo source audit`: compares the custody log with itself, the files and the records.

use std::collections::BTreeSet;
use std::path::Path;

use crate::case::load::Input;
use crate::command::outcome::Outcome;
use crate::diag::{Code, Diagnostic, Failure, Place};
use crate::disk::read;
use crate::source::archive;
use crate::source::archive::custody::{CustodyEvent, KeptFile, Log};
use crate::source::{Record, Records};

use super::catalogue::finish;
use super::input::folder;
use super::register::Register;

/// Compares the custody log of a case with itself, with the files and with the records.
///
/// # Errors
/// A file or folder cannot be read.
pub fn audit(input: &Input) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let Some(case) = Register::open(input, &mut outcome)? else { return Ok(finish(outcome)) };
    let folder = folder(input);
    let mut logged = BTreeSet::new();
    for (line, event) in &case.log.events {
        let last = case.log.last_of(&event.source).unwrap_or(event);
        let text = text_of(event, last);
        logged.insert(archive::kept(&event.text.file, &event.text.digest));
        let files = [&event.original, &text].into_iter().chain(event.beside.iter().map(|proof| &proof.kept));
        for kept in files {
            logged.insert(kept.file.clone());
            let place = Place::line(case.log_file.clone(), *line);
            outcome.problems.extend(differs(kept, &folder, place)?);
        }
        if last == event {
            let place = Place::line(case.log_file.clone(), *line);
            outcome.problems.extend(against_record(event, &case.records, place));
        }
    }
    let with_original = case.records.values().filter(|record| record.original.is_some());
    outcome.problems.extend(with_original.filter_map(|record| not_logged(record, &case.log)));
    let strangers: Vec<String> = unknown_files(&folder, &logged, &case.records)?;
    let again = case.log.events.iter().filter(|(_, event)| event.event == CustodyEvent::RE_READ).count();
    let read_again = if again > 0 { format!(", {again} times read again") } else { String::new() };
    outcome.said.push(format!(
        "{}: {} files added{read_again}, {} sources",
        input.case.display(),
        case.log.events.len() - again,
        case.records.len()
    ));
    let by_hand = case.records.values().filter(|record| record.original.is_none()).count();
    if by_hand > 0 {
        outcome.said.push(format!("{by_hand} sources were typed by hand; of them the log knows nothing"));
    }
    if !strangers.is_empty() {
        outcome.said.push(format!("in the archive, but of no source: {}", strangers.join(", ")));
    }
    if let Some(last) = case.log.last.as_ref().filter(|_| outcome.problems.is_empty()) {
        outcome
            .said
            .push(format!("the log agrees with itself, with the files and with the records; its last line has {last}"));
        outcome
            .said
            .push("write that digest down elsewhere: it proves later that nothing was changed before it".to_owned());
    }
    Ok(finish(outcome))
}

/// The text of an event where it is kept: an older one lies beside the one that replaced it.
fn text_of(event: &CustodyEvent, last: &CustodyEvent) -> KeptFile {
    let KeptFile { file, digest } = event.text.clone();
    if digest == last.text.digest {
        event.text.clone()
    } else {
        KeptFile { file: archive::kept(&file, &digest), digest }
    }
}

/// Reports a file that is gone or has changed.
fn differs(kept: &KeptFile, folder: &Path, place: Place) -> Result<Option<Diagnostic>, Failure> {
    let inside = !kept.file.is_empty() && !kept.file.contains(['/', '\\']) && !kept.file.starts_with('.');
    let found = if inside { read::if_any(read::digest(&folder.join(&kept.file)))? } else { None };
    let words = match found {
        Some(found) if found.to_string() == kept.digest => return Ok(None),
        Some(_) => format!("`{}` is not the file that was added", kept.file),
        None => format!("`{}` was added, but is not in the archive", kept.file),
    };
    Ok(Some(Diagnostic::error(Code::SourceCustody, place, words).hint("look for the file in a backup of the archive")))
}

/// Reports a record that names another file than the log.
fn against_record(event: &CustodyEvent, records: &Records, place: Place) -> Option<Diagnostic> {
    let Some(record) = records.get(&event.source) else {
        let words = format!("`{}` was added, but has no record any more", event.source);
        let hint = "a source that was taken back keeps its record, with `withdrawn`";
        return Some(Diagnostic::warning(Code::SourceCustody, place, words).hint(hint));
    };
    let original = record.original.as_ref().map(|original| original.digest.value.to_string());
    let text = record.digest.as_ref().map(|digest| digest.value.to_string());
    let (words, at) = if original.as_ref() != Some(&event.original.digest) {
        ("names another original", record.original.as_ref().map(|original| &original.digest.place))
    } else if text.as_ref() != Some(&event.text.digest) {
        ("names another text", record.digest.as_ref().map(|digest| &digest.place))
    } else if record.extractor.to_string() != event.extractor {
        ("names another extractor", None)
    } else {
        return None;
    };
    let headline = format!("the record of `{}` {words} than the custody log", event.source);
    Some(
        Diagnostic::error(Code::SourceCustody, at.unwrap_or(&record.place).clone(), headline)
            .and_at(place, "logged here")
            .hint(
                "take the record from an older copy of `sources.yaml`, or add the changed file as a source of its own",
            ),
    )
}

fn not_logged(record: &Record, log: &Log) -> Option<Diagnostic> {
    if log.events.iter().any(|(_, event)| event.source == record.id) {
        return None;
    }
    let words = format!("the custody log does not say how `{}` came into the case", record.id);
    Some(
        Diagnostic::error(Code::SourceCustody, record.place.clone(), words)
            .hint("the end of the log is missing, or the record was typed by hand: then delete its `original`"),
    )
}

/// Reports files of the archive that no line of the log and no record names.
fn unknown_files(folder: &Path, logged: &BTreeSet<String>, records: &Records) -> Result<Vec<String>, Failure> {
    let named: BTreeSet<&str> =
        records.values().filter_map(|record| record.file.as_ref()).map(|file| file.value.as_str()).collect();
    let mut strangers = read::names(folder)?;
    strangers.retain(|name| !logged.contains(name) && !named.contains(name.as_str()) && !name.starts_with('.'));
    Ok(strangers)
}
