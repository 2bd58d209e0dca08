//! Reads the newer file of a source, or its recorded one once more.

use std::ops::RangeInclusive;
use std::path::Path;

use super::catalogue::record as record_of;
use crate::command::cli::source::RecheckArgs;
use crate::command::prepared::Prepared;
use crate::diag::Failure;
use crate::disk::Digest;
use crate::disk::read;
use crate::source::archive;
use crate::source::extract::{self, Extracted, File};
use crate::source::{Extractor, Record};

/// Another reading of a source.
pub(super) struct OtherReading {
    /// The canonical text; for a copy that was typed by hand, the newer copy itself.
    pub(super) text: Vec<u8>,
    /// The program that made it.
    pub(super) extractor: Extractor,
    /// The file that was read, unless the copy was typed by hand.
    pub(super) original: Option<OtherOriginal>,
    /// The day on which a newer file was made, if it says so.
    pub(super) retrieved: Option<String>,
    /// True if a newer file was read.
    pub(super) is_newer: bool,
    /// The paragraphs, from 1, that the extractor takes for no part of the text, with the reason.
    pub(super) furniture: Vec<(RangeInclusive<usize>, &'static str)>,
    /// Remarks of the extractor.
    pub(super) remarks: Vec<String>,
}

/// The file of another reading.
pub(super) struct OtherOriginal {
    /// Its name in the archive.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) digest: Digest,
    pub(super) encoding: Option<String>,
}

impl OtherReading {
    /// Reads the newer file that was named, otherwise the recorded one.
    pub(super) fn of(prepared: &Prepared, record: &Record, args: &RecheckArgs) -> Result<Self, Failure> {
        if let Some(url) = args.url.as_ref().filter(|url| record.url.as_ref() != Some(url)) {
            let words = format!("`{url}` is not the address of `{}`", record.id);
            return Err(Failure::request(words, "add the page as a source of its own, or correct `url` in the record"));
        }
        match &args.new_file {
            Some(path) => Self::newer(record, path, args),
            None => Self::recorded(prepared, record),
        }
    }

    fn newer(record: &Record, path: &Path, args: &RecheckArgs) -> Result<Self, Failure> {
        let bytes = with_words(path)?;
        let encoding = encoding(record, args);
        if record.original.is_none() && record.extractor.is_plain() && encoding.is_none() {
            if std::str::from_utf8(&bytes).is_err() {
                let words = format!("`{}` is not UTF-8 text", path.display());
                return Err(Failure::request(words, "save it as UTF-8, or name its `--encoding`"));
            }
            let extractor = record.extractor.clone();
            let (original, retrieved, furniture, remarks) = (None, None, Vec::new(), Vec::new());
            return Ok(Self { text: bytes, extractor, original, retrieved, is_newer: true, furniture, remarks });
        }
        let read = extracted(record, path, &bytes, args)?;
        let digest = Digest::of(&bytes);
        let name = archive::original(digest, read.format.ending());
        let original = record.original.is_some().then_some(OtherOriginal { name, bytes, digest, encoding });
        let retrieved = read.about.retrieved.clone();
        Ok(Self { original, retrieved, ..Self::with(read, true) })
    }

    fn recorded(prepared: &Prepared, record: &Record) -> Result<Self, Failure> {
        let id = &record.id;
        let Some(original) = &record.original else {
            let words = format!("no file is recorded from which the text of `{id}` was made");
            return Err(Failure::request(words, "name the newer copy behind the id"));
        };
        let name = original.file.value.clone();
        let Some(bytes) = prepared.loaded.archive.original_bytes(record)? else {
            let words = format!("the archive has no file `{name}`, from which the text of `{id}` was made");
            return Err(Failure::request(words, "put it back from a backup, or name a newer file behind the id"));
        };
        let digest = Digest::of(&bytes);
        if digest != original.digest.value {
            let words = format!("the file `{name}`, from which the text of `{id}` was made, has been changed");
            return Err(Failure::request(words, "put the file that was added back from a backup"));
        }
        let encoding = original.encoding.clone();
        let file = File { name: &name, bytes: &bytes, encoding: encoding.as_deref(), url: record.url.as_deref() };
        let read = of_its_kind(record, file)?;
        let original = Some(OtherOriginal { name, bytes, digest, encoding });
        Ok(Self { original, ..Self::with(read, false) })
    }

    fn with(read: Extracted, is_newer: bool) -> Self {
        let text = archive::canonical(&read).into_bytes();
        let (name, version) = read.format.extractor();
        let extractor = Extractor { name: name.to_owned(), version: version.to_owned() };
        let furniture = archive::furniture(&read);
        Self { text, extractor, original: None, retrieved: None, is_newer, furniture, remarks: read.remarks }
    }
}

/// The file that replaces the copy, in the form of the copy: it is extracted if the copy was.
pub(super) fn newer(prepared: &Prepared, args: &RecheckArgs) -> Result<Option<Vec<u8>>, Failure> {
    let (Some(path), Some(id)) = (&args.new_file, &args.id) else { return Ok(None) };
    let record = record_of(&prepared.loaded, id)?;
    let bytes = with_words(path)?;
    if record.extractor.is_plain() && encoding(record, args).is_none() {
        return Ok(Some(bytes));
    }
    Ok(Some(archive::canonical(&extracted(record, path, &bytes, args)?).into_bytes()))
}

fn with_words(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read::limited(path)?;
    if bytes.trim_ascii().is_empty() {
        let words = format!("`{}` has no words, so nothing can be compared with it", path.display());
        return Err(Failure::request(words, "name the newer copy of the source"));
    }
    Ok(bytes)
}

/// The encoding that was typed, otherwise the recorded one.
fn encoding(record: &Record, args: &RecheckArgs) -> Option<String> {
    let recorded = || record.original.as_ref().and_then(|original| original.encoding.clone());
    args.encoding.clone().or_else(recorded)
}

fn extracted(record: &Record, path: &Path, bytes: &[u8], args: &RecheckArgs) -> Result<Extracted, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let url = args.url.as_deref().or(record.url.as_deref());
    of_its_kind(record, File { name: &name, bytes, encoding: encoding(record, args).as_deref(), url })
}

/// Reads a file, which has to be of the kind of the recorded one.
fn of_its_kind(record: &Record, file: File) -> Result<Extracted, Failure> {
    let read = extract::extract(file).map_err(|refusal| Failure::request(refusal.words, refusal.hint))?;
    let (kind, _) = read.format.extractor();
    if kind != record.extractor.name {
        let (id, known, name) = (&record.id, &record.extractor.name, file.name);
        let words = format!("the text of `{id}` was made by {known}; `{name}` would be read by {kind}");
        return Err(Failure::request(words, "give a file of the same kind, or add this one as a new source"));
    }
    Ok(read)
}
