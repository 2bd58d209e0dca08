//! Reads a case and all it needs. A file that is not text is a problem of that file; a missing folder is a failure.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{merge, raw::RawCase};
use crate::diag::{Code, Diagnostic, Failure, Files, Place};
use crate::disk::read::{self, Looked};
use crate::disk::{Digest, digest::hex};
use crate::reference::layers::{Layer, digests, layers};
use crate::source::raw::RawSources;
use crate::source::{Lock, Records, Withdrawn};
use crate::yaml;

mod again;
mod catalogue;
mod copies;
pub use again::joined;
pub use catalogue::{archive, catalogue, copy};
pub use copies::Archive;

/// The places from which a run reads.
#[derive(Debug, Clone)]
pub struct Input {
    /// The folder of the case.
    pub case: PathBuf,
    /// The folder with the copies, if one was named.
    pub archive: Option<PathBuf>,
    /// The project's own templates.
    pub templates: PathBuf,
    /// Sources to leave out, as if they had been withdrawn.
    pub without: Vec<String>,
}

/// Everything a run reads.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The texts, for messages that point into them.
    pub files: Files,
    /// The problems of the files.
    pub problems: Vec<Diagnostic>,
    /// The case as typed, its files joined; `None` if it cannot be read.
    pub case: Option<RawCase>,
    /// The name of the case file in messages.
    pub case_file: Arc<str>,
    /// The records of the sources.
    pub records: Records,
    /// The results of earlier verification.
    pub lock: Lock,
    /// The copies. None of them is read yet.
    pub archive: Archive,
    /// Layers of templates in look-up order: the case's own, the project's, the shipped ones.
    pub layers: Vec<Layer>,
    /// The digest of each file that was read, by its name: `case.yaml`, `archive/herald.txt`,
    /// `templates/law/iccpr.yaml`. The names contain no folder of the user. Copies are added when they are opened.
    pub inputs: BTreeMap<String, String>,
}

/// Reads a case and all it needs.
///
/// # Errors
/// The folder of the case is missing or cannot be read.
pub fn load(input: &Input) -> Result<Loaded, Failure> {
    let mut loaded = Loaded { layers: layers(Some(&input.case), &input.templates)?, ..Loaded::default() };
    let main = input.case.join("case.yaml");
    loaded.case_file = name(&main);
    if !read::is_folder(&input.case) {
        let cause = match read::instead_of(&input.case, Looked::Folder) {
            Some(what) if read::is_there(&input.case) => {
                std::io::Error::new(ErrorKind::NotADirectory, format!("it is {what}, not the folder of a case"))
            }
            _ => std::io::Error::new(ErrorKind::NotFound, "there is no such folder"),
        };
        return Err(Failure::read(&input.case, cause));
    }
    loaded.read_case(&input.case, &main)?;
    loaded.read_sources(&input.case)?;
    loaded.leave_out(&input.without)?;
    loaded.read_lock(&input.case)?;
    loaded.find_archive(input);
    let templates = digests(&loaded.layers);
    loaded.inputs.extend(templates);
    Ok(loaded)
}

/// Checks that a folder contains a case.
///
/// # Errors
/// There is no case in it.
pub fn is_there(folder: &Path) -> Result<(), Failure> {
    read::size(&folder.join("case.yaml")).map(drop)
}

/// The folders to watch: a change in them may change the input.
#[must_use]
pub fn folders(input: &Input) -> Vec<PathBuf> {
    std::iter::once(&input.case).chain(&input.archive).chain([&input.templates]).cloned().collect()
}

impl Loaded {
    /// The files of the case itself, by name. A build keeps them, so that a later day can be compared with it.
    #[must_use]
    pub fn case_files(&self, folder: &Path) -> Vec<(String, Arc<str>)> {
        let own = self.inputs.keys().filter(|input| !input.contains('/'));
        let text = |input: &String| Some((input.clone(), self.files.text(&name(&folder.join(input)))?.into()));
        own.filter_map(text).collect()
    }

    /// Reads a text file. A file that is not text becomes a problem of that file.
    fn text(&mut self, path: &Path) -> Result<Option<Arc<str>>, Failure> {
        let file = name(path);
        let size = read::size(path)?;
        if size > yaml::MOST_BYTES as u64 {
            let words = format!("this file has {} MiB; at most {} MiB are read", size >> 20, yaml::MOST_BYTES >> 20);
            self.problems.push(
                Diagnostic::error(Code::CaseTooLarge, Place::file(file), words)
                    .hint("split it: `case.yaml` may name several files under `includes`"),
            );
            return Ok(None);
        }
        let bytes = read::file(path)?;
        let inner = path.file_name().unwrap_or_default();
        self.inputs.insert(inner.to_string_lossy().into_owned(), hex(&bytes));
        let Ok(text) = String::from_utf8(bytes) else {
            self.problems.push(
                Diagnostic::error(Code::CaseNotText, Place::file(file), "this file is not UTF-8 text")
                    .hint("save it as UTF-8 in your editor; a picture or an archive cannot be read here"),
            );
            return Ok(None);
        };
        let text: Arc<str> = text.strip_prefix('\u{FEFF}').unwrap_or(&text).into();
        self.files.add(file, text.clone());
        Ok(Some(text))
    }

    fn yaml<T: serde::de::DeserializeOwned>(&mut self, path: &Path) -> Result<Option<T>, Failure> {
        let Some(text) = self.text(path)? else { return Ok(None) };
        match yaml::read(&name(path), &text) {
            Ok(value) => Ok(Some(value)),
            Err(problems) => {
                self.problems.extend(problems);
                Ok(None)
            }
        }
    }

    fn read_case(&mut self, folder: &Path, main: &Path) -> Result<(), Failure> {
        let Some(raw) = self.yaml::<RawCase>(main)? else { return Ok(()) };
        let mut others = Vec::new();
        let mut whole = true;
        for include in &raw.includes {
            if !is_plain_name(include) {
                self.problems.push(
                    Diagnostic::error(
                        Code::CaseBadValue,
                        include.place.clone(),
                        format!("`{}` leaves the folder of the case", include.value),
                    )
                    .hint("name a file in this folder"),
                );
                whole = false;
                continue;
            }
            let path = folder.join(&include.value);
            if let Some(what) = read::instead_of(&path, Looked::File(0)) {
                let words = if read::is_there(&path) {
                    format!("`{}` is {what}, not a file of the case", include.value)
                } else {
                    format!("there is no file `{}` in the folder of the case", include.value)
                };
                self.problems.push(
                    Diagnostic::error(Code::CaseUnknownId, include.place.clone(), words)
                        .hint("check the spelling, or create the file"),
                );
                whole = false;
                continue;
            }
            match self.yaml(&path)? {
                Some(other) => others.push(other),
                None => whole = false,
            }
        }
        // Without one of its files, everything that the others say of it would be reported as leading nowhere.
        if !whole {
            return Ok(());
        }
        let (raw, problems) = merge(raw, others);
        self.problems.extend(problems);
        self.case = Some(raw);
        Ok(())
    }

    fn read_sources(&mut self, folder: &Path) -> Result<(), Failure> {
        let path = folder.join("sources.yaml");
        if let Some(what) = read::instead_of(&path, Looked::File(0)) {
            let words = if read::is_there(&path) {
                format!("`sources.yaml` is {what}, not a file")
            } else {
                "the case has no `sources.yaml`".to_owned()
            };
            self.problems.push(
                Diagnostic::error(Code::CaseMissingKey, Place::file(name(&path)), words)
                    .hint("create it: one record for each source, see `cases/README.md`"),
            );
            // Without the records every citation would be reported as leading nowhere.
            self.case = None;
            return Ok(());
        }
        let Some(raw) = self.yaml::<RawSources>(&path)? else {
            self.case = None;
            return Ok(());
        };
        let (records, problems) = crate::source::records(&raw);
        self.records = records;
        self.problems.extend(problems);
        Ok(())
    }

    /// Marks the sources in `without` as withdrawn for this run.
    fn leave_out(&mut self, without: &[String]) -> Result<(), Failure> {
        for id in without {
            let known: Vec<&str> = self.records.keys().map(String::as_str).collect();
            let hint = yaml::nearest(id, &known).unwrap_or_else(|| format!("use one of: {}", known.join(", ")));
            let Some(record) = self.records.get_mut(id) else {
                return Err(Failure::request(format!("`sources.yaml` has no source `{id}`"), hint));
            };
            record.withdrawn.get_or_insert(Withdrawn { on: None, why: "left out with `--without`".to_owned() });
        }
        Ok(())
    }

    fn read_lock(&mut self, folder: &Path) -> Result<(), Failure> {
        let path = folder.join("citations.lock");
        if !read::is_there(&path) {
            return Ok(());
        }
        let Some(text) = self.text(&path)? else { return Ok(()) };
        let (lock, problems) = Lock::read(&name(&path), &text);
        self.lock = lock;
        self.problems.extend(problems);
        Ok(())
    }

    fn find_archive(&mut self, input: &Input) {
        let own = input.case.join("archive");
        self.archive = match &input.archive {
            Some(folder) if read::is_folder(folder) => Archive::Folder(folder.clone()),
            Some(folder) => Archive::Missing(folder.clone()),
            None if read::is_folder(&own) => Archive::Folder(own),
            None => Archive::None,
        };
    }

    /// Records the digests of the copies that were opened.
    pub fn looked_into(&mut self, copies: &BTreeMap<String, Digest>) {
        for (id, digest) in copies {
            if let Some(file) = self.records.get(id).and_then(|record| record.file.as_ref()) {
                self.inputs.insert(format!("archive/{}", file.value), digest.hex());
            }
        }
    }
}

fn is_plain_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) && !name.contains('\\')
}

/// A path as the user typed it, with forward slashes.
fn name(path: &Path) -> Arc<str> {
    path.to_string_lossy().replace('\\', "/").into()
}
