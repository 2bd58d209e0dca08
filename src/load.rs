//! Reading the disk: the one room that does. What cannot be read as text is a problem of the file; a folder that is
//! not there is a failure.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::case::{self, raw::RawCase};
use crate::diag::{Code, Diagnostic, Failure, Files, Place};
use crate::digest::hex;
use crate::job::Job;
use crate::source::raw::RawSources;
use crate::source::{Digest, Hasher, Lock, Records, Withdrawn};
use crate::yaml;

mod catalogue;
mod copies;
pub use catalogue::{archive, bytes, catalogue, copy};
pub use copies::{Archive, one_by_one};

/// The shipped templates, directory, law, wording, locales, layouts and citation style.
static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The digest of each shipped file, by `templates/` and its path.
static DIGESTS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/digests.rs"));

/// The invented example, for `amparo new --example`.
pub static EXAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/cases/example");

/// Name of the layer of templates that travels inside the program.
pub const SHIPPED_LAYER: &str = "shipped";

/// A layer of templates: its name for messages, and its files by path.
pub type Layer = (String, BTreeMap<String, String>);

/// Everything a run reads.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The texts, for messages that point into them.
    pub files: Files,
    /// What was wrong with them.
    pub problems: Vec<Diagnostic>,
    /// The case as typed, its files joined; `None` if it cannot be read.
    pub case: Option<RawCase>,
    /// How the case file is called in messages.
    pub case_file: Arc<str>,
    /// The records of the sources.
    pub records: Records,
    /// What was verified before.
    pub lock: Lock,
    /// Where the copies are. None of them is read yet.
    pub archive: Archive,
    /// Layers of templates in look-up order: the case's own, the project's, the shipped ones.
    pub layers: Vec<Layer>,
    /// Digest of each file that was read, by its name: `case.yaml`, `archive/herald.txt`, `templates/law/iccpr.yaml`.
    /// No folder of the user stands in it. Copies come to it when they are looked into.
    pub inputs: BTreeMap<String, String>,
}

/// Reads a case and all it needs.
///
/// # Errors
/// The folder of the case is not there or cannot be read.
pub fn load(job: &Job) -> Result<Loaded, Failure> {
    let mut loaded = Loaded { layers: layers(Some(&job.case), &job.templates)?, ..Loaded::default() };
    let main = job.case.join("case.yaml");
    loaded.case_file = name(&main);
    if !job.case.is_dir() {
        let cause = std::io::Error::new(ErrorKind::NotFound, "there is no such folder");
        return Err(Failure::read(&job.case, cause));
    }
    loaded.read_case(&job.case, &main)?;
    loaded.read_sources(&job.case)?;
    loaded.leave_out(&job.without)?;
    loaded.read_lock(&job.case)?;
    loaded.find_archive(job);
    let templates = digests(&loaded.layers);
    loaded.inputs.extend(templates);
    Ok(loaded)
}

/// The folders in which a change may change what is read.
#[must_use]
pub fn folders(job: &Job) -> Vec<PathBuf> {
    std::iter::once(&job.case).chain(&job.archive).chain([&job.templates]).cloned().collect()
}

/// Where a build keeps the case as it was, in the folder of the papers.
pub const BUILT_CASE: &str = "internal/case";

/// The folder of the newest day in which a case was built whole, below the folder of its papers.
#[must_use]
pub fn last_build(papers: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(papers).ok()?.flatten().map(|entry| entry.path());
    let is_day = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        case::day(name).is_ok() && path.join(BUILT_CASE).join("case.yaml").is_file()
    };
    entries.filter(is_day).max()
}

/// The manifest of a folder of papers, as far as it can be read.
#[must_use]
pub fn manifest(folder: &Path) -> Option<serde_json::Value> {
    serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).ok()?).ok()
}

impl Loaded {
    /// The files of the case itself, by name: what a build keeps, so that a later day can be compared with it.
    #[must_use]
    pub fn case_files(&self, job: &Job) -> Vec<(String, Arc<str>)> {
        let own = self.inputs.keys().filter(|input| !input.contains('/'));
        let text = |input: &String| Some((input.clone(), self.files.text(&name(&job.case.join(input)))?.into()));
        own.filter_map(text).collect()
    }

    /// A text file. What is no text becomes a problem of that file.
    fn text(&mut self, path: &Path) -> Result<Option<Arc<str>>, Failure> {
        let file = name(path);
        let size = std::fs::metadata(path).and_then(only_a_file).map_err(|cause| Failure::read(path, cause))?.len();
        if size > yaml::MOST_BYTES as u64 {
            let words = format!("this file has {} MiB; at most {} MiB are read", size >> 20, yaml::MOST_BYTES >> 20);
            self.problems.push(
                Diagnostic::error(Code::CaseTooLarge, Place::file(file), words)
                    .hint("split it: `case.yaml` may name several files under `includes`"),
            );
            return Ok(None);
        }
        let bytes = std::fs::read(path).map_err(|cause| Failure::read(path, cause))?;
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
                continue;
            }
            let path = folder.join(&include.value);
            if !path.is_file() {
                self.problems.push(
                    Diagnostic::error(
                        Code::CaseUnknownId,
                        include.place.clone(),
                        format!("there is no file `{}` in the folder of the case", include.value),
                    )
                    .hint("check the spelling, or create the file"),
                );
                continue;
            }
            match self.yaml(&path)? {
                Some(other) => others.push(other),
                None => whole = false,
            }
        }
        let (raw, problems) = case::merge(raw, others);
        self.problems.extend(problems);
        self.case = whole.then_some(raw);
        Ok(())
    }

    fn read_sources(&mut self, folder: &Path) -> Result<(), Failure> {
        let path = folder.join("sources.yaml");
        if !path.is_file() {
            self.problems.push(
                Diagnostic::error(Code::CaseMissingKey, Place::file(name(&path)), "the case has no `sources.yaml`")
                    .hint("create it: one record for each source, see `cases/README.md`"),
            );
            // Without it every citation of the case would be told to lead nowhere.
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

    /// Sources that were asked to be left out are taken back for this run.
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
        if !path.is_file() {
            return Ok(());
        }
        let Some(text) = self.text(&path)? else { return Ok(()) };
        let (lock, problems) = Lock::read(&name(&path), &text);
        self.lock = lock;
        self.problems.extend(problems);
        Ok(())
    }

    fn find_archive(&mut self, job: &Job) {
        let own = job.case.join("archive");
        self.archive = match &job.archive {
            Some(folder) if folder.is_dir() => Archive::Folder(folder.clone()),
            Some(folder) => Archive::Missing(folder.clone()),
            None if own.is_dir() => Archive::Folder(own),
            None => Archive::None,
        };
    }

    /// Remembers which copies were looked into.
    pub fn looked_into(&mut self, copies: &BTreeMap<String, Digest>) {
        for (id, digest) in copies {
            if let Some(file) = self.records.get(id).and_then(|record| record.file.as_ref()) {
                self.inputs.insert(format!("archive/{}", file.value), digest.hex());
            }
        }
    }
}

/// The digest of a file, read piece by piece: an original may be large. `None`: there is no such file.
///
/// # Errors
/// A file that cannot be read.
pub fn digest_of(path: &Path) -> Result<Option<Digest>, Failure> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Failure::read(path, cause)),
    };
    let mut hasher = Hasher::default();
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(Some(hasher.finish())),
            Ok(length) => hasher.add(&piece[..length]),
            Err(cause) => return Err(Failure::read(path, cause)),
        }
    }
}

/// The files of the directory, the law, the wording and the locales: of each, the one of the first layer that has it.
/// They become known to messages under the names that are returned.
#[must_use]
pub fn reference_files(loaded: &mut Loaded) -> Vec<(String, String)> {
    const FOLDERS: [&str; 4] = ["directory/", "law/", "wording/", "locales/"];
    let mut chosen: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for (layer, files) in &loaded.layers {
        let data = files.iter().filter(|(path, _)| FOLDERS.iter().any(|folder| path.starts_with(folder)));
        for (path, text) in data.filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "yaml")) {
            chosen.entry(path).or_insert((layer, text));
        }
    }
    let named = chosen.into_iter().map(|(path, (layer, text))| (format!("{}/{path}", shown(layer)), text.to_owned()));
    let files: Vec<(String, String)> = named.collect();
    for (name, text) in &files {
        loaded.files.add(name.as_str(), text.as_str());
    }
    files
}

/// Digests of the templates that are in use, by their path: a document or layout as a whole folder, else file by file.
fn digests(layers: &[Layer]) -> BTreeMap<String, String> {
    let mut from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut digests = BTreeMap::new();
    for (layer, files) in layers {
        for (path, text) in files.iter().filter(|(path, _)| path.contains('/')) {
            if *from.entry(unit(path)).or_insert(layer) == layer {
                let name = format!("templates/{path}");
                let digest = shipped_digest(&name, text).map_or_else(|| hex(text.as_bytes()), str::to_owned);
                digests.insert(name, digest);
            }
        }
    }
    digests
}

/// The digest of a shipped file, if this is one to the byte: the build script worked it out.
fn shipped_digest(name: &str, text: &str) -> Option<&'static str> {
    let shipped = SHIPPED.get_file(name.strip_prefix("templates/")?)?;
    let known = DIGESTS.iter().find(|(known, _)| *known == name)?;
    (shipped.contents() == text.as_bytes()).then_some(known.1)
}

/// What is overridden as a whole: `documents/appeal` of `documents/appeal/en.md`.
fn unit(path: &str) -> &str {
    let whole = path.starts_with("documents/") || path.starts_with("layouts/");
    let end = path.match_indices('/').nth(1).map(|(at, _)| at);
    if whole { &path[..end.unwrap_or(path.len())] } else { path }
}

/// How a layer is called in messages.
#[must_use]
pub fn shown(layer: &str) -> &str {
    if layer == SHIPPED_LAYER { "templates" } else { layer }
}

/// The layers of templates in look-up order. A folder that is not there is an empty layer.
///
/// # Errors
/// A folder that cannot be read.
pub fn layers(case: Option<&Path>, project: &Path) -> Result<Vec<Layer>, Failure> {
    let mut layers = Vec::new();
    let own = case.map(|case| case.join("templates"));
    for folder in own.as_deref().into_iter().chain([project]) {
        let mut files = BTreeMap::new();
        if folder.is_dir() {
            walk(folder, folder, &mut files)?;
        }
        layers.push((folder.display().to_string(), files));
    }
    layers.push((SHIPPED_LAYER.to_owned(), embedded(&SHIPPED)));
    // Schemas are for editors; no paper is made from them.
    for (_, files) in &mut layers {
        files.retain(|path, _| !path.starts_with("schema/"));
    }
    Ok(layers)
}

/// The text files of an embedded folder, by path.
#[must_use]
pub fn embedded(dir: &Dir<'_>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![dir];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        files.extend(
            dir.files()
                .filter_map(|file| Some((file.path().to_str()?.replace('\\', "/"), file.contents_utf8()?.to_owned()))),
        );
    }
    files
}

/// Symbolic links are not followed: a folder of templates holds what it holds.
fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) -> Result<(), Failure> {
    let entries = std::fs::read_dir(folder).map_err(|cause| Failure::read(folder, cause))?;
    for entry in entries {
        let entry = entry.map_err(|cause| Failure::read(folder, cause))?;
        let kind = entry.file_type().map_err(|cause| Failure::read(entry.path(), cause))?;
        let path = entry.path();
        if kind.is_dir() {
            walk(root, &path, files)?;
        } else if kind.is_file()
            && is_template(&path)
            && let Ok(inner) = path.strip_prefix(root)
        {
            let text = std::fs::read_to_string(&path).map_err(|cause| Failure::read(&path, cause))?;
            files.insert(inner.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(())
}

/// Whether a file is one that is read. It must then be readable: a template that is passed over would let another
/// one speak in its place. Pictures, and what editors leave behind, are passed over.
fn is_template(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && matches!(ending, Some("md" | "yaml" | "typ" | "csl"))
}

/// A pipe or a device has no end.
fn only_a_file(found: std::fs::Metadata) -> std::io::Result<std::fs::Metadata> {
    if found.is_file() { Ok(found) } else { Err(std::io::Error::new(ErrorKind::InvalidInput, "it is not a file")) }
}

/// The bytes of a file that is to be looked at.
///
/// # Errors
/// It cannot be read, or is no file.
pub fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::metadata(path).and_then(only_a_file).map_err(|cause| Failure::read(path, cause))?;
    std::fs::read(path).map_err(|cause| Failure::read(path, cause))
}

/// The bytes of a file that is to be looked at; of one that is larger than that, one byte more than that.
///
/// # Errors
/// It cannot be read, or is no file.
pub fn beginning(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    use std::io::Read as _;
    let failed = |cause| Failure::read(path, cause);
    std::fs::metadata(path).and_then(only_a_file).map_err(failed)?;
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(most as u64 + 1).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

/// The files of a folder and the folders in it, by their path there. Links are not followed.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn folder(root: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|cause| Failure::read(&folder, cause))? {
            let entry = entry.map_err(|cause| Failure::read(&folder, cause))?;
            let (path, kind) = (entry.path(), entry.file_type());
            match kind.map_err(|cause| Failure::read(entry.path(), cause))? {
                kind if kind.is_dir() => open.push(path),
                kind if kind.is_file() => {
                    let inner = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.push((inner, file(&path)?));
                }
                _ => {}
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The fonts of some folders, in the order of their names.
///
/// # Errors
/// A folder or font that cannot be read.
pub fn fonts(folders: &[PathBuf]) -> Result<Vec<Vec<u8>>, Failure> {
    let mut fonts = Vec::new();
    for folder in folders {
        let entries = std::fs::read_dir(folder).map_err(|cause| Failure::read(folder, cause))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let is_font = |path: &&PathBuf| {
            let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
            matches!(ending.as_deref(), Some("ttf" | "otf" | "ttc" | "otc"))
        };
        for path in paths.iter().filter(is_font) {
            fonts.push(std::fs::read(path).map_err(|cause| Failure::read(path, cause))?);
        }
    }
    Ok(fonts)
}

fn is_plain_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) && !name.contains('\\')
}

/// A path as the user typed it, with forward slashes.
fn name(path: &Path) -> Arc<str> {
    path.to_string_lossy().replace('\\', "/").into()
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, embedded, hex, shipped_digest};

    #[test]
    fn the_digest_of_a_shipped_file_is_known_only_while_it_is_that_file() {
        for (path, text) in embedded(&SHIPPED) {
            let name = format!("templates/{path}");
            assert_eq!(shipped_digest(&name, &text), Some(hex(text.as_bytes()).as_str()), "{name}");
            assert_eq!(shipped_digest(&name, &format!("{text} ")), None, "{name}");
        }
        assert_eq!(shipped_digest("templates/documents/mine/en.md", ""), None);
    }
}
