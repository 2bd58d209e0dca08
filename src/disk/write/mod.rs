//! Writing: each file appears whole or not at all, the manifest last.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::diag::{Code, Diagnostic, Failure, Place};
use crate::disk::digest::hex;

mod together;

pub use together::{Change, together};

/// The folder, beside the other papers, that holds a folder for each letter with all that a supporter needs to post it.
pub const PACKS: &str = "packs";

/// Name of the list of what a folder holds.
pub const MANIFEST: &str = "manifest.json";

/// Where a build keeps the case as it was, in the folder of the papers.
pub const BUILT_CASE: &str = "internal/case";

/// The folder of the newest day in which a case was built whole, below the folder of its papers.
#[must_use]
pub fn last_build(papers: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(papers).ok()?.flatten().map(|entry| entry.path());
    let is_day = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.parse::<chrono::NaiveDate>().is_ok() && path.join(BUILT_CASE).join("case.yaml").is_file()
    };
    entries.filter(is_day).max()
}

/// The manifest of a folder of papers, as far as it can be read.
#[must_use]
pub fn manifest(folder: &Path) -> Option<serde_json::Value> {
    serde_json::from_slice(&std::fs::read(folder.join(MANIFEST)).ok()?).ok()
}

/// What the manifest says of a paper that was not built anew when the case changed.
const OUTDATED: &str = "outdated";

/// How the name of a file begins that is not finished.
const UNFINISHED: &str = ".amparo-";

/// How it ends.
const UNFINISHED_END: &str = ".unfinished";

/// What a folder of papers holds and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the format.
    pub format: u32,
    /// The program and its version.
    pub amparo: String,
    /// Digest of the list of exact dependencies with which the program was built.
    pub cargo_lock: String,
    /// The case.
    pub case: String,
    /// The day of which the papers speak.
    pub as_of: String,
    /// `knowledge` or `event`.
    pub clock: String,
    /// Digest of each input, by its name.
    pub inputs: BTreeMap<String, String>,
    /// The files, by their name in the folder.
    pub files: BTreeMap<String, serde_json::Value>,
    /// Papers that were not made, and why.
    pub left_out: Vec<String>,
    /// Messages of the run.
    pub messages: Vec<String>,
}

/// A file to be written.
#[derive(Debug, Clone)]
pub struct Output {
    /// Name in the folder, with forward slashes.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What the manifest says of it, beside its digest.
    pub about: serde_json::Value,
}

/// What writing did.
#[derive(Debug, Default)]
pub struct Written {
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// What was strange about the folder.
    pub problems: Vec<Diagnostic>,
}

/// Writes a folder of papers. With `partial`, files of earlier runs that are not among `outputs` stay; else they go.
///
/// All bytes are on the disk before the first file changes its name: a full disk changes nothing.
///
/// # Errors
/// The folder cannot be written. What was there before is untouched, or whole and new.
pub fn write(folder: &Path, mut manifest: Manifest, outputs: &[Output], partial: bool) -> Result<Written, Failure> {
    let mut written = Written::default();
    let _alone = enter(folder)?;
    let before = read(folder, &mut written.problems);
    let mut staged = Vec::new();
    for output in outputs {
        let path = folder.join(&output.name);
        let own = folder_of(&path);
        std::fs::create_dir_all(own).map_err(|cause| Failure::write(own, cause))?;
        staged.push((stage(&path, &output.bytes)?, path));
        manifest.files.insert(output.name.clone(), entry(output));
    }
    let mut gone = Vec::new();
    if let Some(mut before) = before {
        if partial {
            written.problems.extend(outdated(folder, &mut before, &manifest));
        }
        for (name, about) in before.files {
            if !partial && !manifest.files.contains_key(&name) {
                gone.push(folder.join(&name));
            } else {
                manifest.files.entry(name).or_insert(about);
            }
        }
    }
    written.problems.extend(strangers(folder, |path, name| manifest.files.contains_key(name) || gone.contains(path)));
    let text = serde_json::to_string_pretty(&manifest).map_err(|fault| Failure::Internal(fault.to_string()))? + "\n";
    let list = folder.join(MANIFEST);
    let manifest = stage(&list, text.as_bytes())?;
    for (file, path) in staged {
        persist(file, &path)?;
        written.files.push(path);
    }
    gone.iter().try_for_each(|path| remove(path))?;
    persist(manifest, &list)?;
    // A pack whose papers are gone; a folder that holds anything else stays.
    for pack in packs(folder).iter().chain([&folder.join(PACKS)]) {
        let _ = std::fs::remove_dir(pack);
    }
    Ok(written)
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
fn read(folder: &Path, problems: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let path = folder.join(MANIFEST);
    if path.symlink_metadata().is_err() {
        return None;
    }
    let place = Place::file(path.to_string_lossy().into_owned());
    let Ok(mut manifest) = serde_json::from_slice::<Manifest>(&bytes(&path).unwrap_or_default()) else {
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
        let words = match bytes(&folder.join(name)) {
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

/// Marks the papers that a run for some papers leaves as they are, although the case or a template has changed since.
/// The mark stays in the manifest until they are built anew.
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

/// Papers in the folder that no build is known to have written: somebody could take them for checked ones.
fn strangers(folder: &Path, known: impl Fn(&PathBuf, &str) -> bool) -> Vec<Diagnostic> {
    let mut strange: Vec<String> = Vec::new();
    for place in std::iter::once(folder.to_owned()).chain(packs(folder)) {
        let before = place.strip_prefix(folder).unwrap_or(Path::new(""));
        let entries = std::fs::read_dir(&place).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| is_paper(name));
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

/// Whether a name is that of a paper.
fn is_paper(name: &str) -> bool {
    let kind = Path::new(name).extension().and_then(|kind| kind.to_str());
    kind.is_some_and(|kind| ["pdf", "md"].contains(&kind.to_ascii_lowercase().as_str()))
}

/// The folders of the packs. A link is none of ours.
fn packs(folder: &Path) -> Vec<PathBuf> {
    let packs = folder.join(PACKS);
    let entries = Some(&packs).filter(|packs| is_folder(packs)).and_then(|packs| std::fs::read_dir(packs).ok());
    let mut found: Vec<PathBuf> = entries.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    found.retain(|path| is_folder(path));
    found.sort_unstable();
    found
}

/// Whether a folder lies here, and not a link to one.
fn is_folder(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|about| about.is_dir())
}

/// Whether a name is that of a file in a pack: `packs/LETTER/FILE`.
fn is_in_pack(folder: &Path, name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let [PACKS, pack, file] = parts.as_slice() else { return false };
    let packs = folder.join(PACKS);
    is_plain(pack) && is_plain(file) && is_folder(&packs) && is_folder(&packs.join(pack))
}

/// Whether a name is that of a file in the folder itself. A manifest is a file that anybody can change: what it names
/// elsewhere is neither read nor removed.
fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let is_one = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    is_one && !name.contains(['/', '\\']) && name != MANIFEST
}

/// The bytes of a file; a link that took its place is not followed.
fn bytes(path: &Path) -> Option<Vec<u8>> {
    std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    std::fs::read(path).ok()
}

/// Puts a file in its place by renaming a whole one: whoever looks sees the old or the new, never half of it.
///
/// # Errors
/// The file cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let _alone = enter(folder_of(path))?;
    persist(stage(path, bytes)?, path)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder, waits until no other run writes there, and clears what a run that was stopped left behind. The
/// folder is ours for as long as the result lives; where folders cannot be locked, two runs must not write at once.
fn enter(folder: &Path) -> Result<Option<File>, Failure> {
    let fail = |cause| Failure::write(folder, cause);
    std::fs::create_dir_all(folder).map_err(fail)?;
    let alone = File::open(folder).ok().filter(|folder| folder.lock().is_ok());
    let inner = packs(folder).into_iter().flat_map(std::fs::read_dir).flatten().flatten();
    for entry in std::fs::read_dir(folder).map_err(fail)?.flatten().chain(inner) {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(UNFINISHED) && name.ends_with(UNFINISHED_END));
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = remove(&entry.path());
        }
    }
    Ok(alone)
}

/// Writes the bytes beside their place, to the end and to the disk.
fn stage(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
    let fail = |cause| Failure::write(path, cause);
    if path.is_dir() {
        return Err(fail(std::io::ErrorKind::IsADirectory.into()));
    }
    let mut file = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .suffix(UNFINISHED_END)
        .tempfile_in(folder_of(path))
        .map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private; a paper may be read by whoever may read the folder.
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644)).map_err(fail)?;
    }
    Ok(file)
}

fn persist(file: NamedTempFile, path: &Path) -> Result<(), Failure> {
    file.persist(path).map(drop).map_err(|error| Failure::write(path, error.error))
}

fn remove(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Failure::write(path, cause)),
        _ => Ok(()),
    }
}
