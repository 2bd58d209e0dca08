//! Several files at once: all are as they should be, or all are as they were.

use std::path::PathBuf;

use super::replace::{enter, folder_of, persist, remove, stage};
use crate::diag::Failure;
use crate::disk::read;

/// What becomes of a file.
#[derive(Debug)]
pub struct FileChange {
    /// The file.
    pub path: PathBuf,
    /// What it held when the change was worked out; `None`: it was not there.
    pub before: Option<Vec<u8>>,
    /// What it shall hold.
    pub after: Vec<u8>,
}

/// Makes all changes, or none. Every byte is on the disk before the first file changes its name; where a name cannot be
/// changed, the files before it get back what they held.
///
/// # Errors
/// A file cannot be written, or another run has changed one meanwhile. All files are as they were.
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
        // Empty folders that were made for it go; any other stays.
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
    for (index, (file, change)) in staged.into_iter().zip(changes).enumerate() {
        if let Err(failure) = persist(file, &change.path) {
            changes[..index].iter().for_each(undo);
            return Err(failure);
        }
    }
    Ok(())
}

/// Gives a file back what it held. What cannot be undone stays: there is no better place for it.
fn undo(change: &FileChange) {
    let _ = match &change.before {
        None => remove(&change.path),
        Some(bytes) => stage(&change.path, bytes).and_then(|file| persist(file, &change.path)),
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
        // The name of the last one is taken by a folder with something in it.
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
        // Worked out from what is no longer so.
        assert!(together(&changes[..2]).is_err());
    }

    #[test]
    fn what_was_renamed_is_given_back() {
        let dir = tempfile::tempdir().expect("a folder");
        let (old, new) = (dir.path().join("old"), dir.path().join("new"));
        std::fs::write(&old, "changed").expect("written");
        std::fs::write(&new, "n").expect("written");
        undo(&change(old.clone(), Some(b"old"), b"changed"));
        undo(&change(new.clone(), None, b"n"));
        assert_eq!(std::fs::read(&old).expect("there"), b"old");
        assert!(!new.exists());
    }
}
