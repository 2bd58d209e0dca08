//! `amparo source add`: everything is worked out first, and then all of it is written or nothing.

use std::path::PathBuf;

use crate::command::outcome::Outcome;
use crate::diag::Failure;
use crate::disk::Digest;
use crate::disk::read;
use crate::disk::write::{FileChange, together};
use crate::source::archive::custody::{CustodyEvent, KeptFile, LOG, Proof};
use crate::source::archive::{self, NewRecord, companion};
use crate::source::edit;
use crate::source::extract::{self, Extracted, File};

use super::addition::Addition;
use super::catalogue::finish;
use super::guard;
use super::input::folder;
use super::register::Register;

/// Proofs of other programs, with their bytes.
type Proofs = Vec<(companion::ProofKind, Vec<u8>)>;

/// Adds a file to a case.
///
/// # Errors
/// A file cannot be read or written, or the language of its text cannot be found out.
pub fn add(addition: &Addition) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let Some(case) = Register::open(&addition.input, &mut outcome)? else { return Ok(finish(outcome)) };
    outcome.problems.extend(guard::links(&addition.input));
    let Some(bytes) = guard::read_file(&addition.file, &mut outcome)? else { return Ok(finish(outcome)) };
    if let Some(id) = &addition.id {
        outcome.problems.extend(archive::checked(id).err().map(|problem| *problem));
        outcome.problems.extend(case.records.contains_key(id).then(|| guard::taken(id)));
    }
    outcome.problems.extend(guard::known(&bytes, &case.records, &addition.file));
    let proofs = guard::proofs(addition, &bytes, &mut outcome.problems)?;
    if !outcome.problems.is_empty() {
        return Ok(finish(outcome));
    }
    let name = addition.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (encoding, url) = (addition.encoding.as_deref(), addition.url.as_deref());
    match extract::extract(File { name: &name, bytes: &bytes, encoding, url }) {
        Ok(read) => {
            let read = without_future(read, addition, &mut outcome);
            New::of(addition, &case, bytes, read)?.write(&case, proofs, outcome)
        }
        Err(refusal) => {
            outcome.problems.push(guard::refused(&addition.file, refusal));
            Ok(finish(outcome))
        }
    }
}

/// A source to write.
struct New<'a> {
    addition: &'a Addition,
    /// The folder of the copies.
    folder: PathBuf,
    id: String,
    read: Extracted,
    retrieved: String,
    bytes: Vec<u8>,
    text: String,
    original: KeptFile,
    words: KeptFile,
}

impl<'a> New<'a> {
    fn of(addition: &'a Addition, case: &Register, bytes: Vec<u8>, read: Extracted) -> Result<Self, Failure> {
        if addition.language.is_none() && read.about.language.is_none() {
            let words = format!("the language of `{}` cannot be told", addition.file.display());
            return Err(Failure::request(words, "name it, for instance `--language ru`; nothing was changed"));
        }
        let folder = folder(&addition.input);
        let taken = |id: &str| case.records.contains_key(id) || read::is_there(&folder.join(archive::text(id)));
        let proposed = || archive::free(&archive::proposed(&read.about, read.format), taken);
        let id = addition.id.clone().unwrap_or_else(proposed);
        let text = archive::canonical(&read);
        let digest = Digest::of(&bytes);
        let kept = |file: String, digest: Digest| KeptFile { file, digest: digest.to_string() };
        Ok(Self {
            original: kept(archive::original(digest, read.format.ending()), digest),
            words: kept(archive::text(&id), Digest::of(text.as_bytes())),
            retrieved: retrieved(addition, &read),
            addition,
            folder,
            id,
            read,
            bytes,
            text,
        })
    }

    /// Writes files, log and record: all of them or none.
    fn write(self, case: &Register, proofs: Proofs, mut outcome: Outcome) -> Result<Outcome, Failure> {
        let before = case.text.clone().unwrap_or_default();
        let record = [(self.id.clone(), self.entry().write())];
        let sources = match edit::append(&case.sources, &before, &record) {
            Ok(sources) => sources,
            Err(refused) => {
                outcome.problems.extend(guard::not_added(&case.sources, refused));
                return Ok(finish(outcome));
            }
        };
        outcome.problems.extend(guard::same_words(&self.words.digest, &case.records, &self.addition.file));
        let line = case.log.line(self.event(&proofs)).map_err(|fault| Failure::Internal(fault.to_string()))?;
        let log = case.log_text.clone().unwrap_or_default() + &line + "\n";
        let mut changes = self.files(proofs)?;
        let folder = &self.addition.input.case;
        let bytes = |text: &Option<String>| text.clone().map(String::into_bytes);
        changes.push(FileChange { path: folder.join(LOG), before: bytes(&case.log_text), after: log.into_bytes() });
        let path = folder.join("sources.yaml");
        changes.push(FileChange { path, before: bytes(&case.text), after: sources.into_bytes() });
        together(&changes)?;
        self.tell(&mut outcome);
        Ok(finish(outcome))
    }

    fn entry(&self) -> NewRecord<'_> {
        NewRecord {
            id: &self.id,
            read: &self.read,
            url: self.addition.url.as_deref(),
            language: self.addition.language.as_deref(),
            retrieved: &self.retrieved,
            text: &self.words,
            original: &self.original,
            encoding: self.addition.encoding.as_deref(),
        }
    }

    fn event(&self, proofs: &Proofs) -> CustodyEvent {
        let (name, version) = self.read.format.extractor();
        let proof = |(kind, bytes): &(companion::ProofKind, Vec<u8>)| Proof {
            kind: kind.name().to_owned(),
            kept: KeptFile { file: self.proof_name(*kind), digest: Digest::of(bytes).to_string() },
        };
        CustodyEvent {
            format: 1,
            event: CustodyEvent::ADDED.to_owned(),
            at: self.addition.now.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            by: self.addition.by.clone(),
            source: self.id.clone(),
            url: self.addition.url.clone().or_else(|| self.read.about.url.clone()),
            retrieved: self.retrieved.clone(),
            original: self.original.clone(),
            bytes: self.bytes.len() as u64,
            text: self.words.clone(),
            extractor: format!("{name} {version}"),
            beside: proofs.iter().map(proof).collect(),
            previous: None,
        }
    }

    fn proof_name(&self, kind: companion::ProofKind) -> String {
        format!("{}.{}", self.original.file, kind.ending())
    }

    /// The files of the archive. An original that is already there, from a deleted record, stays.
    fn files(&self, proofs: Proofs) -> Result<Vec<FileChange>, Failure> {
        let text = FileChange {
            path: self.folder.join(&self.words.file),
            before: None,
            after: self.text.clone().into_bytes(),
        };
        let mut changes = vec![text];
        let original = std::iter::once((self.original.file.clone(), self.bytes.clone()));
        let proofs = proofs.into_iter().map(|(kind, bytes)| (self.proof_name(kind), bytes));
        for (name, after) in original.chain(proofs) {
            let path = self.folder.join(name);
            changes.push(FileChange { before: read::if_any(read::file(&path))?, path, after });
        }
        Ok(changes)
    }

    /// The work done, and the next steps.
    fn tell(&self, outcome: &mut Outcome) {
        let (id, read) = (&self.id, &self.read);
        let pages = if read.pages > 0 { format!(", pages: {}", read.pages) } else { String::new() };
        let furniture = read.paragraphs.iter().filter(|paragraph| paragraph.furniture.is_some()).count();
        let case = self.addition.input.case.display();
        outcome.said.push(format!(
            "added `{id}`: {}, paragraphs: {}{pages}",
            read.format.name(),
            read.paragraphs.len()
        ));
        if furniture > 0 {
            outcome
                .said
                .push(format!("perhaps no part of the text: {furniture} paragraphs; look at `limits` in the record"));
        }
        outcome.said.extend(read.remarks.iter().map(|remark| format!("note: {remark}")));
        outcome.said.push(format!(
            "next: compare the end of `{case}/sources.yaml` and `{}` with the original, and write `audience`",
            self.folder.join(&self.words.file).display()
        ));
    }
}

/// Drops a date after the day of the run, which cannot be that of the text.
fn without_future(mut read: Extracted, addition: &Addition, outcome: &mut Outcome) -> Extracted {
    let today = addition.now.date().to_string();
    if let Some(date) = read.about.date.take_if(|date| *date > today) {
        outcome.said.push(format!("note: the file says it was published on {date}, a day to come; that was left out"));
    }
    read.about.retrieved.take_if(|day| *day > today);
    read
}

/// The day on which the copy was made: as typed, else from the file, else today.
fn retrieved(addition: &Addition, read: &Extracted) -> String {
    let typed = addition.retrieved.map(|day| day.to_string());
    typed.or_else(|| read.about.retrieved.clone()).unwrap_or_else(|| addition.now.date().to_string())
}
