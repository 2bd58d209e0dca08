//! Checks before a file is added: no links, no second copy, and proofs that belong to this file.

use std::path::Path;
use std::sync::Arc;

use crate::case::load::Input;
use crate::command::outcome::Outcome;
use crate::diag::{Code, Diagnostic, Failure, Place};
use crate::disk::Digest;
use crate::disk::read::{self, Looked};
use crate::source::archive::companion::{self, Wrong};
use crate::source::archive::custody::LOG;
use crate::source::edit;
use crate::source::extract::{self, ImportRefusal};
use crate::source::{Record, Records};

use super::addition::Addition;
use super::input::folder;
use super::register::shown;

/// Links that could put a file elsewhere.
pub(super) fn links(input: &Input) -> Vec<Diagnostic> {
    let case = &input.case;
    let places = [case.join("sources.yaml"), case.join(LOG), folder(input)];
    let links = places.iter().filter(|path| read::is_link(path));
    let hint = "put the folder or file itself there; or name the folder that is meant with `--archive`";
    links.map(|path| is_link(path, hint)).collect()
}

fn is_link(path: &Path, hint: &str) -> Diagnostic {
    let words = format!("`{}` is a symbolic link", path.display());
    Diagnostic::error(Code::SourceName, Place::file(shown(path)), words).hint(hint)
}

/// The bytes of the file that is added.
pub(super) fn read_file(path: &Path, outcome: &mut Outcome) -> Result<Option<Vec<u8>>, Failure> {
    let place = || Place::file(shown(path));
    match read::look(path)? {
        Looked::Link => outcome.problems.push(is_link(path, "name the file itself")),
        Looked::Folder | Looked::Other => {
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
        Looked::File(_) => return read::file(path).map(Some),
    }
    Ok(None)
}

/// Reports the reason for which the words of a file cannot be read.
pub(super) fn refused(path: &Path, refusal: ImportRefusal) -> Diagnostic {
    Diagnostic::error(refusal.code, Place::file(shown(path)), refusal.words)
        .hint(refusal.hint)
        .with_note("nothing was changed")
}

/// Reports that an id is in use.
pub(super) fn taken(id: &str) -> Diagnostic {
    let words = format!("the case has a source `{id}` already");
    Diagnostic::error(Code::SourceTwice, Place::file("--id"), words)
        .hint("choose another id; a newer copy of the same page is a source of its own")
}

/// Reports the source that already has this file.
pub(super) fn known(file: &[u8], records: &Records, path: &Path) -> Option<Diagnostic> {
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

/// Reports a source with the same words: two copies of one text are not two sources.
pub(super) fn same_words(text: &str, records: &Records, path: &Path) -> Option<Diagnostic> {
    let record =
        records.values().find(|record| record.digest.as_ref().is_some_and(|known| known.value.to_string() == text))?;
    let words = format!("its words are those of `{}`, letter by letter", record.id);
    let hint = "two copies of one text do not confirm each other: give both one `group`, or delete the new record";
    let place = Place::file(shown(path));
    Some(Diagnostic::warning(Code::SourceTwice, place, words).and_at(record.place.clone(), "here").hint(hint))
}

/// Reports the reason for which a record was not added to the file of the records.
pub(super) fn not_added(sources: &Arc<str>, why: edit::Refused) -> Vec<Diagnostic> {
    let read = match why {
        edit::Refused::Unreadable(problems) => return problems,
        edit::Refused::Shape(read) => read,
        edit::Refused::Taken(_) => None,
    };
    let words = "a record cannot be added to the end of this file";
    let hint = "write each source as lines of its own, not between braces, and run the command again";
    let problem = Diagnostic::error(Code::SourceRecord, Place::file(sources.clone()), words).hint(hint);
    vec![match read {
        Some(read) => problem.with_note(format!("with the record it would say: {}", read.headline)),
        None => problem,
    }]
}

/// The proofs to keep: those that the user named, and those beside the file.
pub(super) fn proofs(
    addition: &Addition,
    original: &[u8],
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<(companion::ProofKind, Vec<u8>)>, Failure> {
    let mut found: Vec<(companion::ProofKind, Vec<u8>)> = Vec::new();
    let mut paths = addition.beside.clone();
    paths.extend(
        read::beside(&addition.file, &companion::ENDINGS).into_iter().filter(|path| !addition.beside.contains(path)),
    );
    for path in paths {
        let bytes = read::file(&path)?;
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
            // A JSON file of another program beside it need not be a proof.
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
