//! Writing several files at once: all of them change, or none.

use std::path::PathBuf;

use super::begun::Renames;
use super::replace::{enter, fill, folder_of, remove, stage};
use crate::diag::Failure;
use crate::disk::read;

/// The change of one file.
#[derive(Debug)]
pub struct FileChange {
    /// The file.
    pub path: PathBuf,
    /// The content on which the change was based; `None` if the file was absent.
    pub before: Option<Vec<u8>>,
    /// The new content.
    pub after: Vec<u8>,
}

/// Makes all changes, or none. All bytes are on the disk before the first file is renamed; if a rename fails, the files
/// that were already renamed get their old content back.
///
/// # Errors
/// A file cannot be written, or another run has changed one in the meantime. All files are as they were.
pub fn together(changes: &[FileChange]) -> Result<(), Failure> {
    let mut folders: Vec<PathBuf> = changes.iter().map(|change| folder_of(&change.path).to_owned()).collect();
    folders.sort();
    folders.dedup();
    let new: Vec<&PathBuf> = folders.iter().filter(|folder| !folder.exists()).collect();
    let alone = folders.iter().map(|folder| enter(folder)).collect::<Result<Vec<_>, Failure>>();
    let done = alone.and_then(|alone| {
        let done = all_or_none(changes);
        drop(alone);
        done
    });
    if done.is_err() {
        // Empty folders that were made for the files are removed; others stay.
        for folder in new {
            let _ = std::fs::remove_dir(folder);
        }
    }
    done
}

fn all_or_none(changes: &[FileChange]) -> Result<(), Failure> {
    for change in changes {
        let now = read::file(&change.path).ok();
        if now != change.before {
            let words = format!("`{}` was changed by somebody else meanwhile", change.path.display());
            return Err(Failure::request(words, "run the command again; nothing was changed"));
        }
    }
    let staged =
        changes.iter().map(|change| stage(&change.path, &change.after)).collect::<Result<Vec<_>, Failure>>()?;
    let mut renames = Renames::begin();
    for (index, (file, change)) in staged.into_iter().zip(changes).enumerate() {
        if let Err(failure) = renames.persist(file, &change.path) {
            changes[..index].iter().for_each(|change| undo(change, &mut renames));
            return Err(failure);
        }
    }
    Ok(())
}

/// Gives a file its old content back. An error here is ignored: nothing better can be done.
fn undo(change: &FileChange, renames: &mut Renames) {
    let path = change.path.as_path();
    let _ = match &change.before {
        None => remove(path),
        Some(bytes) => fill(path, bytes, |make| make()).and_then(|file| renames.persist(file, path)),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: PathBuf, before: Option<&[u8]>, after: &[u8]) -> FileChange {
        FileChange { path, before: before.map(<[u8]>::to_vec), after: after.to_vec() }
    }

    #[test]
    fn all_files_change_or_none() {
        let dir = tempfile::tempdir().expect("a folder");
        let (old, new) = (dir.path().join("old"), dir.path().join("inner/new"));
        std::fs::write(&old, "old").expect("written");
        // A non-empty folder has the name of the last file.
        let taken = dir.path().join("taken");
        std::fs::create_dir_all(taken.join("x")).expect("made");
        let changes =
            [change(new.clone(), None, b"n"), change(old.clone(), Some(b"old"), b"changed"), change(taken, None, b"x")];
        assert!(together(&changes).is_err());
        assert_eq!(std::fs::read(&old).expect("there"), b"old");
        assert!(!new.exists() && !dir.path().join("inner").exists());

        assert!(together(&changes[..2]).is_ok());
        assert_eq!(
            (std::fs::read(&old).expect("there"), std::fs::read(&new).expect("there")),
            (b"changed".to_vec(), b"n".to_vec())
        );
        // The change was based on content that has changed since.
        assert!(together(&changes[..2]).is_err());
    }

    #[test]
    fn renamed_files_get_their_old_content_back() {
        let dir = tempfile::tempdir().expect("a folder");
        let (old, new) = (dir.path().join("old"), dir.path().join("new"));
        std::fs::write(&old, "changed").expect("written");
        std::fs::write(&new, "n").expect("written");
        let mut renames = Renames::begin();
        undo(&change(old.clone(), Some(b"old"), b"changed"), &mut renames);
        undo(&change(new.clone(), None, b"n"), &mut renames);
        assert_eq!(std::fs::read(&old).expect("there"), b"old");
        assert!(!new.exists());
    }
}
