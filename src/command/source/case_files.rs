//! The typed files of a case, as they are and as they are to be.

use std::path::PathBuf;
use std::sync::Arc;

use crate::case::load::Loaded;
use crate::diag::Failure;
use crate::disk::read;
use crate::disk::write::FileChange;
use crate::yaml::{self, Replacement};

/// The mark at the beginning of some files, which is not part of their text.
const MARK: &str = "\u{FEFF}";

/// The typed files of a case, edited in memory.
pub(super) struct CaseFiles {
    on_disk: Vec<OnDisk>,
    /// Each file by its name in messages, with its text as edited.
    texts: Vec<(Arc<str>, String)>,
}

struct OnDisk {
    path: PathBuf,
    bytes: Vec<u8>,
    has_mark: bool,
    /// True for a link: what it leads to may belong to another case, and is never edited.
    is_link: bool,
}

impl CaseFiles {
    /// Reads the files again, and makes sure that they are those that were loaded.
    pub(super) fn open(loaded: &Loaded, files: Vec<(Arc<str>, PathBuf)>) -> Result<Self, Failure> {
        let (mut on_disk, mut texts) = (Vec::new(), Vec::new());
        for (name, path) in files {
            let text = read::text(&path)?;
            let has_mark = text.starts_with(MARK);
            let inner = text.strip_prefix(MARK).unwrap_or(&text).to_owned();
            if loaded.files.text(&name) != Some(inner.as_str()) {
                let words = format!("`{}` was changed by somebody else meanwhile", path.display());
                return Err(Failure::request(words, "run the command again; nothing was changed"));
            }
            let is_link = read::is_link(&path);
            on_disk.push(OnDisk { path, bytes: text.into_bytes(), has_mark, is_link });
            texts.push((name, inner));
        }
        Ok(Self { on_disk, texts })
    }

    /// The files as edited: name in messages, and text.
    pub(super) fn texts(&self) -> &[(Arc<str>, String)] {
        &self.texts
    }

    /// Other texts for the files, in their order.
    pub(super) fn set(&mut self, texts: Vec<String>) {
        for ((_, old), new) in self.texts.iter_mut().zip(texts) {
            *old = new;
        }
    }

    /// Replaces values, each in its file, where that is safe. `None` if anything else would change.
    pub(super) fn replace(&mut self, wanted: &[(Arc<str>, Replacement)]) -> Option<()> {
        for (file, (name, text)) in self.on_disk.iter().zip(&mut self.texts) {
            let own: Vec<Replacement> =
                wanted.iter().filter(|(file, _)| file == name).map(|(_, one)| one.clone()).collect();
            if !own.is_empty() && !file.is_link {
                *text = yaml::replaced(text, &own)?.0;
            }
        }
        Some(())
    }

    /// True if a text has been edited.
    pub(super) fn is_changed(&self) -> bool {
        !self.changes().is_empty()
    }

    /// The changes to write.
    pub(super) fn changes(&self) -> Vec<FileChange> {
        let all = self.on_disk.iter().zip(&self.texts).map(|(file, (_, text))| {
            let mark = if file.has_mark { MARK } else { "" };
            let after = format!("{mark}{text}").into_bytes();
            FileChange { path: file.path.clone(), before: Some(file.bytes.clone()), after }
        });
        all.filter(|change| change.before.as_ref() != Some(&change.after)).collect()
    }
}
