//! Writing: each file appears whole or not at all, the manifest last.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::{Code, Diagnostic, Failure, Place};
use crate::digest::hex;

/// Name of the list of what a folder holds.
pub const MANIFEST: &str = "manifest.json";

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
/// # Errors
/// The folder cannot be written. What was there before is untouched, or whole and new.
pub fn write(folder: &Path, mut manifest: Manifest, outputs: &[Output], partial: bool) -> Result<Written, Failure> {
    let mut written = Written::default();
    let before = read(folder, &mut written.problems);
    std::fs::create_dir_all(folder).map_err(|cause| Failure::write(folder, cause))?;
    for output in outputs {
        let path = folder.join(&output.name);
        replace(&path, &output.bytes)?;
        written.files.push(path);
        manifest.files.insert(output.name.clone(), entry(output));
    }
    if let Some(before) = before {
        for (name, about) in before.files {
            if manifest.files.contains_key(&name) {
                continue;
            }
            if partial {
                manifest.files.insert(name, about);
            } else {
                remove(&folder.join(&name))?;
            }
        }
    }
    let text = serde_json::to_string_pretty(&manifest).map_err(|fault| Failure::Internal(fault.to_string()))? + "\n";
    replace(&folder.join(MANIFEST), text.as_bytes())?;
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
    let text = std::fs::read_to_string(&path).ok()?;
    let place = Place::file(path.to_string_lossy().into_owned());
    let Ok(manifest) = serde_json::from_str::<Manifest>(&text) else {
        problems.push(
            Diagnostic::warning(Code::OutputChanged, place, "the manifest of this folder cannot be read")
                .hint("it is written anew; files that it does not name stay where they are"),
        );
        return None;
    };
    for (name, about) in &manifest.files {
        let recorded = about.get("sha256").and_then(serde_json::Value::as_str).unwrap_or_default();
        let words = match std::fs::read(folder.join(name)) {
            Ok(bytes) if hex(&bytes) == recorded => continue,
            Ok(_) => format!("`{name}` was changed after it was built"),
            Err(_) => format!("`{name}` was built here, but is gone"),
        };
        problems.push(
            Diagnostic::warning(Code::OutputChanged, place.clone(), words)
                .hint("change the case or the template instead: a paper is only what its manifest says it is"),
        );
    }
    Some(manifest)
}

/// Puts a file in its place by renaming a whole one: whoever looks sees the old or the new, never half of it.
///
/// # Errors
/// The file cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let fail = |cause| Failure::write(path, cause);
    std::fs::create_dir_all(folder).map_err(fail)?;
    let mut file = tempfile::Builder::new().prefix(".amparo-").tempfile_in(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private; a paper may be read by whoever may read the folder.
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644)).map_err(fail)?;
    }
    file.persist(path).map_err(|error| Failure::write(path, error.error))?;
    Ok(())
}

fn remove(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Failure::write(path, cause)),
        _ => Ok(()),
    }
}
