//! A folder of papers: each file appears whole, the manifest last. All bytes are on the disk before the first file is
//! renamed, so a full disk changes nothing. Files that disagree with the manifest of an earlier run are reported.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::begun::{Renames, make_folder, no_links};
use super::manifest::{
    BUILT_CASE, INTERNAL, MANIFEST, MANIFEST_BEFORE, Manifest, PACKS, is_incomplete, is_plain, own_bytes,
};
use super::replace::{clear, folder_of, lock, remove, set_aside, stage};
use crate::diag::{Code, Diagnostic, Failure, Place};
use crate::disk::digest::hex;
use crate::disk::read::{self, Looked};

/// The mark in the manifest of a paper that was not built anew when the case changed.
const OUTDATED: &str = "outdated";

/// A file to be written.
#[derive(Debug, Clone)]
pub struct Output {
    /// Name in the folder, with forward slashes.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The entry of the manifest for this file, besides its digest.
    pub about: serde_json::Value,
}

/// The result of writing.
#[derive(Debug, Default)]
pub struct WrittenPapers {
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// Problems found in the folder.
    pub problems: Vec<Diagnostic>,
}

/// A folder of papers that is being written. Each added paper is written to the disk beside its place; files are
/// renamed only when all of them are there. Without [`Papers::finish`] the folder stays as it was. While files are
/// renamed there is no manifest, so a set that a power cut leaves half renamed is known as such ([`is_incomplete()`]).
///
/// [`is_incomplete()`]: super::is_incomplete
pub struct Papers {
    /// The folder that the user named. Below it nothing is written through a link.
    root: PathBuf,
    folder: PathBuf,
    /// True if the folder was prepared for writing.
    entered: bool,
    /// True if an earlier build of the folder was broken off.
    broken_off: bool,
    /// The locks of the folder and of its working papers, if folders can be locked.
    alone: Vec<File>,
    /// Folders that were made for the papers, the outermost first.
    made: Vec<PathBuf>,
    staged: Vec<(TempPath, PathBuf)>,
    /// Staged files that are no papers.
    beside: Vec<(TempPath, PathBuf)>,
    entries: BTreeMap<String, serde_json::Value>,
}

impl Papers {
    /// A folder of papers in which nothing is written yet, below the folder that the user named.
    #[must_use]
    pub fn new(root: &Path, folder: PathBuf) -> Self {
        Self {
            root: root.to_owned(),
            folder,
            entered: false,
            broken_off: false,
            alone: Vec::new(),
            made: Vec::new(),
            staged: Vec::new(),
            beside: Vec::new(),
            entries: BTreeMap::new(),
        }
    }

    /// Writes a paper to the disk; its bytes are then no longer needed.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn add(&mut self, output: &Output) -> Result<(), Failure> {
        let staged = self.stage(&output.name, &output.bytes)?;
        self.staged.push(staged);
        self.entries.insert(output.name.clone(), entry(output));
        Ok(())
    }

    /// Writes a file to the disk that comes with the papers and is none: the manifest does not name it.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn add_beside(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let staged = self.stage(name, bytes)?;
        self.beside.push(staged);
        Ok(())
    }

    fn stage(&mut self, name: &str, bytes: &[u8]) -> Result<(TempPath, PathBuf), Failure> {
        self.enter()?;
        let path = self.folder.join(name);
        self.make(folder_of(&path))?;
        Ok((stage(&path, bytes)?, path))
    }

    /// Renames all files to their names, and the manifest last. With `partial`, files of earlier runs that were not
    /// added stay; otherwise they are removed.
    ///
    /// # Errors
    /// The folder cannot be written to. The earlier content is then untouched, or whole and new.
    pub fn finish(mut self, mut manifest: Manifest, partial: bool) -> Result<WrittenPapers, Failure> {
        self.enter()?;
        let mut written = WrittenPapers::default();
        manifest.files.append(&mut self.entries);
        let gone = self.earlier(&mut manifest, partial, &mut written.problems);
        let list = self.folder.join(MANIFEST);
        let manifest = stage(&list, manifest.text()?.as_bytes())?;
        self.made.clear();
        let mut renames = Renames::begin();
        let before = self.folder.join(MANIFEST_BEFORE);
        set_aside(&list, &before)?;
        for (file, path) in std::mem::take(&mut self.beside) {
            renames.persist(file, &path)?;
        }
        for (file, path) in std::mem::take(&mut self.staged) {
            renames.persist(file, &path)?;
            written.files.push(path);
        }
        gone.iter().try_for_each(|path| remove(path))?;
        renames.persist(manifest, &list)?;
        remove(&before)?;
        // A pack without papers is removed; a folder that holds anything else stays.
        for pack in packs(&self.folder).iter().chain([&self.folder.join(PACKS)]) {
            let _ = std::fs::remove_dir(pack);
        }
        Ok(written)
    }

    /// Copies the entries of an earlier run into the manifest, or returns the files that are to be removed.
    fn earlier(&self, manifest: &mut Manifest, partial: bool, problems: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
        let folder = self.folder.as_path();
        let mut gone = Vec::new();
        if let Some(mut before) = earlier(folder, self.broken_off, problems) {
            if partial {
                problems.extend(outdated(folder, &mut before, manifest));
            }
            for (name, about) in before.files {
                if !partial && !manifest.files.contains_key(&name) {
                    gone.push(folder.join(&name));
                } else {
                    manifest.files.entry(name).or_insert(about);
                }
            }
        }
        problems.extend(strangers(folder, |path, name| manifest.files.contains_key(name) || gone.contains(path)));
        gone
    }

    fn enter(&mut self) -> Result<(), Failure> {
        if !self.entered {
            let folder = self.folder.clone();
            for own in [folder.clone(), folder.join(INTERNAL)] {
                self.make(&own)?;
                self.alone.extend(lock(&own));
            }
            self.entered = true;
            self.broken_off = is_incomplete(&folder);
            let inner = [folder.join(INTERNAL), folder.join(BUILT_CASE)];
            for own in packs(&folder).iter().chain(&inner).chain([&folder]) {
                let _ = clear(own);
            }
        }
        Ok(())
    }

    /// Makes a folder, and records which folders were made.
    fn make(&mut self, folder: &Path) -> Result<(), Failure> {
        no_links(&self.root, folder)?;
        self.made.extend(make_folder(folder)?);
        Ok(())
    }
}

impl Drop for Papers {
    fn drop(&mut self) {
        self.staged.clear();
        self.beside.clear();
        // Empty folders that were made for the papers are removed; others stay.
        for folder in self.made.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

fn entry(output: &Output) -> serde_json::Value {
    let mut about = output.about.clone();
    if let Some(map) = about.as_object_mut() {
        map.insert("sha256".into(), hex(&output.bytes).into());
        map.insert("bytes".into(), output.bytes.len().into());
    }
    about
}

/// The manifest of an earlier run; files that no longer agree with it are reported.
fn earlier(folder: &Path, broken_off: bool, problems: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let list = folder.join(MANIFEST);
    let place = Place::file(list.to_string_lossy().into_owned());
    if broken_off {
        let words = "an earlier build was broken off here: new papers lie among old ones";
        let hint = "build the whole case before you send any of them";
        problems.push(Diagnostic::warning(Code::OutputIncomplete, place.clone(), words).hint(hint));
    }
    let path = if broken_off { folder.join(MANIFEST_BEFORE) } else { list };
    if !read::is_there(&path) {
        return None;
    }
    let Ok(mut manifest) = serde_json::from_slice::<Manifest>(&own_bytes(&path).unwrap_or_default()) else {
        problems.push(
            Diagnostic::warning(Code::OutputChanged, place, "the manifest of this folder cannot be read")
                .hint("it is written anew; files that it does not name stay where they are"),
        );
        return None;
    };
    manifest.files.retain(|name, _| {
        let inside = is_plain(name) || is_in_pack(folder, name);
        if !inside {
            problems.push(
                Diagnostic::warning(
                    Code::OutputChanged,
                    place.clone(),
                    format!("the manifest names `{name}`, which no build wrote here"),
                )
                .hint("that file is left alone; the manifest is written anew"),
            );
        }
        inside
    });
    for (name, about) in &manifest.files {
        let recorded = about.get("sha256").and_then(serde_json::Value::as_str).unwrap_or_default();
        let words = match own_bytes(&folder.join(name)) {
            Some(bytes) if hex(&bytes) == recorded => continue,
            Some(_) => format!("`{name}` was changed after it was built"),
            None => format!("`{name}` was built here, but is gone"),
        };
        problems.push(
            Diagnostic::warning(Code::OutputChanged, place.clone(), words)
                .hint("change the case or the template instead: a paper is only what its manifest says it is"),
        );
    }
    Some(manifest)
}

/// Marks the papers that a partial run leaves unchanged although the case or a template has changed since. The mark
/// stays in the manifest until they are built anew.
fn outdated(folder: &Path, before: &mut Manifest, now: &Manifest) -> Option<Diagnostic> {
    let changed = before.inputs.iter().any(|(name, hash)| now.inputs.get(name).is_some_and(|new| new != hash));
    let mut kept = Vec::new();
    for (name, about) in before.files.iter_mut().filter(|(name, _)| is_paper(name) && !now.files.contains_key(*name)) {
        let Some(about) = about.as_object_mut() else { continue };
        if changed || about.contains_key(OUTDATED) {
            about.insert(OUTDATED.to_owned(), true.into());
            kept.push(format!("`{name}`"));
        }
    }
    let words = format!("not built anew, although the case or its templates have changed: {}", kept.join(", "));
    let place = Place::file(folder.join(MANIFEST).to_string_lossy().into_owned());
    let hint = "build the whole case before you send any of them";
    (!kept.is_empty()).then(|| Diagnostic::warning(Code::OutputChanged, place, words).hint(hint))
}

/// Papers in the folder that no build is known to have written: they could be mistaken for checked ones.
fn strangers(folder: &Path, known: impl Fn(&PathBuf, &str) -> bool) -> Vec<Diagnostic> {
    let mut strange: Vec<String> = Vec::new();
    for place in std::iter::once(folder.to_owned()).chain(packs(folder)) {
        let before = place.strip_prefix(folder).unwrap_or(Path::new(""));
        let names = read::names(&place).unwrap_or_default().into_iter().filter(|name| is_paper(name));
        let paths = names.filter_map(|name| before.join(name).to_str().map(|path| path.replace('\\', "/")));
        strange.extend(paths.filter(|name| !known(&folder.join(name), name)));
    }
    strange.sort_unstable();
    let told = |name: String| {
        let place = Place::file(folder.join(&name).to_string_lossy().into_owned());
        Diagnostic::warning(
            Code::OutputChanged,
            place,
            format!("`{name}` lies among the papers, but no build wrote it"),
        )
        .hint("move it elsewhere: what it says was not checked")
    };
    strange.into_iter().map(told).collect()
}

/// True if a name could be that of a paper, in any format: it has an ending, and is neither data nor hidden.
fn is_paper(name: &str) -> bool {
    let kind = Path::new(name).extension().and_then(|kind| kind.to_str());
    let hidden = name.rsplit('/').next().is_some_and(|name| name.starts_with('.'));
    kind.is_some_and(|kind| !kind.eq_ignore_ascii_case("json")) && !hidden
}

/// The folders of the packs. Links are not counted.
fn packs(folder: &Path) -> Vec<PathBuf> {
    let packs = folder.join(PACKS);
    let mut found = if is_own_folder(&packs) { read::paths(&packs).unwrap_or_default() } else { Vec::new() };
    found.retain(|path| is_own_folder(path));
    found
}

/// True if a path is a folder and not a link to one.
fn is_own_folder(path: &Path) -> bool {
    matches!(read::look(path), Ok(Looked::Folder))
}

/// True for the name of a file in a pack: `packs/LETTER/FILE`.
fn is_in_pack(folder: &Path, name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let [PACKS, pack, file] = parts.as_slice() else { return false };
    let packs = folder.join(PACKS);
    is_plain(pack) && is_plain(file) && is_own_folder(&packs) && is_own_folder(&packs.join(pack))
}
