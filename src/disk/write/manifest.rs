//! The manifest: the list of the files in a folder of papers, with their origin. Anybody can change the manifest, so no
//! file that it names outside of its folder is read or removed.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::replace::{folder_of, unfinished};
use crate::diag::Failure;
use crate::disk::read::{self, Looked};

/// Name of the manifest file.
pub const MANIFEST: &str = "manifest.json";

/// Name of the manifest of the earlier run while files are renamed.
pub(super) const MANIFEST_BEFORE: &str = "manifest.before.json";

/// The folder of working papers, beside the papers.
pub const INTERNAL: &str = "internal";

/// The folder, beside the other papers, with one subfolder per letter that holds everything a supporter needs to post
/// it.
pub const PACKS: &str = "packs";

/// The place in the folder of papers where a build keeps a copy of the case.
pub const BUILT_CASE: &str = "internal/case";

/// The list of the files in a folder of papers, with their origin.
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
    /// The day as of which the papers speak.
    pub as_of: String,
    /// `knowledge` or `event`.
    pub clock: String,
    /// Digest of each input, by its name.
    pub inputs: BTreeMap<String, String>,
    /// The files, by their name in the folder.
    pub files: BTreeMap<String, serde_json::Value>,
    /// Papers that were not made, with the reason.
    pub left_out: Vec<String>,
    /// Messages of the run.
    pub messages: Vec<String>,
}

impl Manifest {
    /// The text of the file.
    pub(super) fn text(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self).map_err(|fault| Failure::Internal(fault.to_string()))?;
        Ok(text + "\n")
    }
}

/// The manifest of a folder of papers; `None` if it is absent or cannot be read.
#[must_use]
pub fn manifest(folder: &Path) -> Option<serde_json::Value> {
    serde_json::from_slice(&read::file(&folder.join(MANIFEST)).ok()?).ok()
}

/// The folder of papers in which a paper lies, alone or in a pack.
#[must_use]
pub fn set_of(paper: &Path) -> &Path {
    let folder = folder_of(paper);
    let packs = folder.parent().filter(|packs| packs.file_name().is_some_and(|name| name == PACKS));
    packs.map_or(folder, folder_of)
}

/// True if a build was broken off while it put its papers into a folder, or does so now.
#[must_use]
pub fn is_incomplete(folder: &Path) -> bool {
    let begun = || unfinished(folder).is_ok_and(|files| !files.is_empty());
    !read::is_there(&folder.join(MANIFEST)) && (read::is_there(&folder.join(MANIFEST_BEFORE)) || begun())
}

/// The folder of the newest day with a complete build of a case, below the folder of its papers.
#[must_use]
pub fn last_build(papers: &Path) -> Option<PathBuf> {
    let is_build = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        // The folder was named by a build; dates typed by people are read by `reference::day`.
        name.parse::<chrono::NaiveDate>().is_ok() && read::is_file(&path.join(BUILT_CASE).join("case.yaml"))
    };
    read::paths(papers).ok()?.into_iter().rfind(is_build)
}

/// True if a name is that of a file directly in the folder.
pub(super) fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let is_one = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    is_one && !name.contains(['/', '\\']) && name != MANIFEST
}

/// The bytes of a file; a link in its place is not followed.
pub(super) fn own_bytes(path: &Path) -> Option<Vec<u8>> {
    matches!(read::look(path), Ok(Looked::File(_))).then(|| read::file(path).ok()).flatten()
}
