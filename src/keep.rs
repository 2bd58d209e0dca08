//! `amparo source add`, `list` and `audit`: from what was typed to the files of a case.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::archive::companion::{self, Wrong};
use crate::archive::custody::{Event, Kept, LOG, Log, Proof};
use crate::archive::disk::{self, Looked};
use crate::archive::{self, Entry};
use crate::cli_source::Keep;
use crate::diag::{Code, Diagnostic, Failure, Place, tidy};
use crate::extract::{self, Extracted, File, Refusal};
use crate::job::{Addition, Keeping};
use crate::load::digest_of;
use crate::pipeline::Outcome;
use crate::source::{Digest, Record, Records};
use crate::write::{Change, together};

/// Carries out what was typed after `amparo source`.
///
/// # Errors
/// A file that cannot be read or written, or a date that does not exist.
pub fn keep(command: &Keep) -> Result<Outcome, Failure> {
    match command {
        Keep::Add(args) => add(&Addition::new(args)?),
        Keep::List(args) => list(&Keeping::new(args)),
        Keep::Audit(args) => audit(&Keeping::new(args)),
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
    disk::case(&keeping.case)?;
    let (path, log_path) = (keeping.case.join("sources.yaml"), keeping.case.join(LOG));
    let (sources, log_file) = (shown(&path), shown(&log_path));
    let (text, log_text) = (text_of(&path)?, text_of(&log_path)?);
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

fn text_of(path: &Path) -> Result<Option<String>, Failure> {
    let Some(bytes) = disk::bytes_if_any(path)? else { return Ok(None) };
    let invalid = |_| Failure::read(path, std::io::ErrorKind::InvalidData.into());
    String::from_utf8(bytes).map(Some).map_err(invalid)
}

/// A path as the user typed it, with forward slashes.
fn shown(path: &Path) -> Arc<str> {
    path.to_string_lossy().replace('\\', "/").into()
}

/// `amparo source add`. Nothing is written until everything is known, and then all of it or nothing.
fn add(addition: &Addition) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let Some(case) = open(&addition.keeping, &mut outcome)? else { return Ok(finish(outcome)) };
    outcome.problems.extend(links(addition));
    let Some(file) = read_file(&addition.file, &mut outcome)? else { return Ok(finish(outcome)) };
    if let Some(id) = &addition.id {
        outcome.problems.extend(archive::checked(id).err().map(|problem| *problem));
        if case.records.contains_key(id) {
            outcome.problems.push(taken(id));
        }
    }
    outcome.problems.extend(known(&file, &case.records, &addition.file));
    let proofs = proofs(addition, &file, &mut outcome.problems)?;
    if !outcome.problems.is_empty() {
        return Ok(finish(outcome));
    }
    let name = addition.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let input =
        File { name: &name, bytes: &file, encoding: addition.encoding.as_deref(), url: addition.url.as_deref() };
    match extract::extract(input) {
        Ok(read) => write(addition, &case, &file, &read, proofs, outcome),
        Err(refusal) => {
            outcome.problems.push(refused(&addition.file, refusal));
            Ok(finish(outcome))
        }
    }
}

/// Everything that is written for a new source.
fn write(
    addition: &Addition,
    case: &Case,
    file: &[u8],
    read: &Extracted,
    proofs: Vec<(companion::Kind, Vec<u8>)>,
    mut outcome: Outcome,
) -> Result<Outcome, Failure> {
    if addition.language.is_none() && read.about.language.is_none() {
        let words = format!("the language of `{}` cannot be told", addition.file.display());
        return Err(Failure::request(words, "name it, for instance `--language ru`; nothing was changed"));
    }
    let folder = addition.keeping.folder();
    let read = &without_future(read, addition, &mut outcome);
    let id = addition.id.clone().unwrap_or_else(|| {
        let taken = |id: &str| case.records.contains_key(id) || disk::is_there(&folder.join(archive::text(id)));
        archive::free(&archive::proposed(&read.about, read.format), taken)
    });
    let (text, text_name) = (archive::canonical(read), archive::text(&id));
    let digest = Digest::of(file);
    let original = archive::original(digest, read.format.ending());
    let retrieved = retrieved(addition, read);
    let text_digest = Digest::of(text.as_bytes());
    let entry = Entry {
        id: &id,
        read,
        url: addition.url.as_deref(),
        language: addition.language.as_deref(),
        retrieved: &retrieved,
        text: (&text_name, text_digest),
        original: (&original, digest),
    };
    let before = case.text.clone().unwrap_or_default();
    let sources = match archive::add(&case.sources, &before, &id, &entry.write()) {
        Ok(sources) => sources,
        Err(problems) => {
            outcome.problems.extend(problems);
            return Ok(finish(outcome));
        }
    };
    let kept = |file: &str, digest: Digest| Kept { file: file.to_owned(), digest: digest.to_string() };
    let proof_name = |kind: companion::Kind| format!("{original}.{}", kind.ending());
    let (name, version) = read.format.extractor();
    let event = Event {
        format: 1,
        event: "added".to_owned(),
        at: addition.now.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        by: addition.by.clone(),
        source: id.clone(),
        url: addition.url.clone().or_else(|| read.about.url.clone()),
        retrieved,
        original: kept(&original, digest),
        bytes: file.len() as u64,
        text: kept(&text_name, text_digest),
        extractor: format!("{name} {version}"),
        beside: proofs
            .iter()
            .map(|(kind, bytes)| Proof {
                kind: kind.name().to_owned(),
                kept: kept(&proof_name(*kind), Digest::of(bytes)),
            })
            .collect(),
        previous: None,
    };
    let line = case.log.line(event).map_err(|fault| Failure::Internal(fault.to_string()))?;
    let log = case.log_text.clone().unwrap_or_default() + &line + "\n";
    let mut changes = vec![
        Change {
            path: folder.join(&original),
            before: disk::bytes_if_any(&folder.join(&original))?,
            after: file.to_vec(),
        },
        Change { path: folder.join(&text_name), before: None, after: text.into_bytes() },
    ];
    for (kind, bytes) in proofs {
        let path = folder.join(proof_name(kind));
        changes.push(Change { before: disk::bytes_if_any(&path)?, path, after: bytes });
    }
    let bytes = |text: &Option<String>| text.clone().map(String::into_bytes);
    changes.push(Change {
        path: addition.keeping.case.join(LOG),
        before: bytes(&case.log_text),
        after: log.into_bytes(),
    });
    let path = addition.keeping.case.join("sources.yaml");
    changes.push(Change { path, before: bytes(&case.text), after: sources.into_bytes() });
    together(&changes)?;
    tell(addition, &id, read, &text_name, &mut outcome);
    Ok(finish(outcome))
}

/// A date after the day of the run cannot be that of the text.
fn without_future(read: &Extracted, addition: &Addition, outcome: &mut Outcome) -> Extracted {
    let mut read = read.clone();
    let today = addition.now.date().to_string();
    if let Some(date) = read.about.date.take_if(|date| *date > today) {
        outcome.said.push(format!("note: the file says it was published on {date}, a day to come; that was left out"));
    }
    read.about.retrieved.take_if(|day| *day > today);
    read
}

/// The day on which the copy was made: as typed, as the file says, else today.
fn retrieved(addition: &Addition, read: &Extracted) -> String {
    let typed = addition.retrieved.map(|day| day.to_string());
    typed.or_else(|| read.about.retrieved.clone()).unwrap_or_else(|| addition.now.date().to_string())
}

/// What was done, and what to do next.
fn tell(addition: &Addition, id: &str, read: &Extracted, text: &str, outcome: &mut Outcome) {
    let pages = if read.pages > 0 { format!(" on {} pages", read.pages) } else { String::new() };
    let count = read.paragraphs.len();
    let furniture = read.paragraphs.iter().filter(|paragraph| paragraph.furniture.is_some()).count();
    let case = addition.keeping.case.display();
    outcome.said.push(format!("added `{id}`: {}, {count} paragraphs{pages}", read.format.name()));
    if furniture > 0 {
        outcome.said.push(format!("{furniture} of them may be no part of the text: look at `limits` in the record"));
    }
    outcome.said.extend(read.remarks.iter().map(|remark| format!("note: {remark}")));
    outcome.said.push(format!(
        "next: compare the end of `{case}/sources.yaml` and `{}` with the original, and write `audience`",
        addition.keeping.folder().join(text).display()
    ));
}

/// Links that could put a file elsewhere.
fn links(addition: &Addition) -> Vec<Diagnostic> {
    let case = &addition.keeping.case;
    let places = [case.join("sources.yaml"), case.join(LOG), addition.keeping.folder()];
    let links = places.iter().filter(|path| disk::is_link(path));
    let hint = "put the folder or file itself there; or name the folder that is meant with `--archive`";
    links.map(|path| is_link(path, hint)).collect()
}

fn is_link(path: &Path, hint: &str) -> Diagnostic {
    let words = format!("`{}` is a symbolic link", path.display());
    Diagnostic::error(Code::SourceName, Place::file(shown(path)), words).hint(hint)
}

/// The bytes of the file that is added.
fn read_file(path: &Path, outcome: &mut Outcome) -> Result<Option<Vec<u8>>, Failure> {
    let place = || Place::file(shown(path));
    match disk::look(path)? {
        Looked::Link => outcome.problems.push(is_link(path, "name the file itself")),
        Looked::Other => {
            let words = format!("`{}` is not a file", path.display());
            let hint = "name a file; of a folder, add each file by itself";
            outcome.problems.push(Diagnostic::error(Code::SourceFormat, place(), words).hint(hint));
        }
        Looked::File(size) if size > extract::MOST_BYTES => {
            let most = extract::MOST_BYTES >> 20;
            let words = format!("`{}` has {} MiB; at most {most} MiB are read", path.display(), size >> 20);
            let hint = "add the part that matters as a file of its own";
            outcome.problems.push(Diagnostic::error(Code::SourceTooLarge, place(), words).hint(hint));
        }
        Looked::File(_) => return disk::bytes(path).map(Some),
    }
    Ok(None)
}

fn refused(path: &Path, refusal: Refusal) -> Diagnostic {
    Diagnostic::error(refusal.code, Place::file(shown(path)), refusal.words)
        .hint(refusal.hint)
        .with_note("nothing was changed")
}

fn taken(id: &str) -> Diagnostic {
    let words = format!("the case has a source `{id}` already");
    Diagnostic::error(Code::SourceTwice, Place::file("--id"), words)
        .hint("choose another id; a newer copy of the same page is a source of its own")
}

/// The source that is this file already.
fn known(file: &[u8], records: &Records, path: &Path) -> Option<Diagnostic> {
    let digest = Digest::of(file);
    let is = |record: &&Record| {
        let original = record.original.as_ref().map(|original| &original.digest);
        original.into_iter().chain(&record.digest).any(|known| known.value == digest)
    };
    let record = records.values().find(is)?;
    let words = format!("this file is in the case already, as `{}`", record.id);
    let hint = format!("cite `{}`; nothing was changed", record.id);
    Some(
        Diagnostic::error(Code::SourceTwice, Place::file(shown(path)), words)
            .and_at(record.place.clone(), "here")
            .hint(hint),
    )
}

/// The proofs to keep: those that were named, and those that lie beside the file.
fn proofs(
    addition: &Addition,
    original: &[u8],
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<(companion::Kind, Vec<u8>)>, Failure> {
    let mut found: Vec<(companion::Kind, Vec<u8>)> = Vec::new();
    let mut paths = addition.beside.clone();
    paths.extend(disk::beside(&addition.file).into_iter().filter(|path| !addition.beside.contains(path)));
    for path in paths {
        let bytes = disk::bytes(&path)?;
        let named = addition.beside.contains(&path);
        let place = Place::file(shown(&path));
        let name = path.display();
        match companion::recognise(&bytes, original) {
            Ok(kind) if found.iter().any(|(known, _)| *known == kind) => {
                let words = format!("`{name}` is a second proof of the kind {}", kind.name());
                problems.push(
                    Diagnostic::error(Code::SourceCompanion, place, words).hint("keep one of each kind beside a file"),
                );
            }
            Ok(kind) => found.push((kind, bytes)),
            // A JSON file of another program that happens to lie there is no proof.
            Err(Wrong::Unknown) if !named && path.extension().is_some_and(|ending| ending == "json") => {}
            Err(wrong) => {
                let words = match wrong {
                    Wrong::OfAnother(kind) => format!("the proof `{name}` ({}) is of another file", kind.name()),
                    Wrong::Unknown => format!("`{name}` is no proof of a known kind"),
                };
                let hint = "find the one that was made for this file, or leave it out; known are RFC 3161 tokens, \
                            OpenTimestamps proofs and the metadata of Auto Archiver";
                problems.push(Diagnostic::error(Code::SourceCompanion, place, words).hint(hint));
            }
        }
    }
    Ok(found)
}

/// `amparo source list`.
fn list(keeping: &Keeping) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let Some(case) = open(keeping, &mut outcome)? else { return Ok(finish(outcome)) };
    outcome.problems.clear();
    let width = case.records.keys().map(String::len).max().unwrap_or_default();
    for (id, record) in &case.records {
        let copy = copy_of(record, &keeping.folder())?;
        outcome.said.push(format!("{id:width$}  {}", about(record, copy)));
    }
    if case.records.is_empty() {
        outcome.said.push("no sources yet: add one with `amparo source add CASE FILE`".to_owned());
    }
    Ok(finish(outcome))
}

/// Whether the copy of a source is at hand, in words.
fn copy_of(record: &Record, folder: &Path) -> Result<&'static str, Failure> {
    let Some(file) = &record.file else { return Ok("no copy named") };
    let found = digest_of(&folder.join(&file.value))?;
    Ok(match (found, &record.digest) {
        (None, _) => "copy not at hand",
        (Some(_), None) => "copy without digest",
        (Some(found), Some(recorded)) if found == recorded.value => "copy at hand",
        _ => "copy is another one",
    })
}

fn about(record: &Record, copy: &str) -> String {
    let date = record
        .date
        .map(|date| date.first_day().to_string())
        .or_else(|| record.known_from().map(|day| format!("by {day}")));
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

/// `amparo source audit`.
fn audit(keeping: &Keeping) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let Some(case) = open(keeping, &mut outcome)? else { return Ok(finish(outcome)) };
    let folder = keeping.folder();
    let mut logged = BTreeSet::new();
    for (line, event) in &case.log.events {
        let files = [&event.original, &event.text].into_iter().chain(event.beside.iter().map(|proof| &proof.kept));
        for kept in files {
            logged.insert(kept.file.clone());
            let place = Place::line(case.log_file.clone(), *line);
            outcome.problems.extend(differs(kept, &folder, place)?);
        }
        let place = Place::line(case.log_file.clone(), *line);
        outcome.problems.extend(against_record(event, &case.records, place));
    }
    let with_original = case.records.values().filter(|record| record.original.is_some());
    outcome.problems.extend(with_original.filter_map(|record| not_logged(record, &case.log)));
    let strangers: Vec<String> = unknown_files(&folder, &logged, &case.records)?;
    outcome.said.push(format!(
        "{}: {} files added, {} sources",
        keeping.case.display(),
        case.log.events.len(),
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

/// A file that is gone or another one.
fn differs(kept: &Kept, folder: &Path, place: Place) -> Result<Option<Diagnostic>, Failure> {
    let inside = !kept.file.is_empty() && !kept.file.contains(['/', '\\']) && !kept.file.starts_with('.');
    let found = if inside { digest_of(&folder.join(&kept.file))? } else { None };
    let words = match found {
        Some(found) if found.to_string() == kept.digest => return Ok(None),
        Some(_) => format!("`{}` is not the file that was added", kept.file),
        None => format!("`{}` was added, but is not in the archive", kept.file),
    };
    Ok(Some(Diagnostic::error(Code::SourceCustody, place, words).hint("look for the file in a backup of the archive")))
}

/// A record that names another file than the log.
fn against_record(event: &Event, records: &Records, place: Place) -> Option<Diagnostic> {
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

/// Files of the archive that no line of the log and no record names.
fn unknown_files(folder: &Path, logged: &BTreeSet<String>, records: &Records) -> Result<Vec<String>, Failure> {
    let named: BTreeSet<&str> =
        records.values().filter_map(|record| record.file.as_ref()).map(|file| file.value.as_str()).collect();
    let mut names = disk::names(folder)?;
    names.retain(|name| !logged.contains(name) && !named.contains(name.as_str()) && !name.starts_with('.'));
    Ok(names)
}

fn finish(mut outcome: Outcome) -> Outcome {
    tidy(&mut outcome.problems);
    outcome.blocked = outcome.problems.iter().any(|problem| crate::check::blocks(problem, false));
    outcome
}
