//! Making a folder with files: it appears whole or not at all.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::begun::{Renames, begin, make_folder};
use super::replace::{UNFINISHED, UNFINISHED_END, folder_of, is_unfinished, lock};
use crate::diag::Failure;
use crate::disk::read;

/// Makes a folder with these files, by their path in it. The folder is absent or empty. Everything is written under
/// another name first, and renamed when it is whole.
///
/// # Errors
/// A file cannot be written. Then everything is as it was.
pub fn make(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
    let is_new = !read::is_there(folder);
    // A folder that is there may be the one in which somebody stands, or a disk of its own: it is filled, not replaced.
    let beside = if is_new { folder_of(folder) } else { folder };
    let made = make_folder(beside)?;
    let done = fill(folder, beside, is_new, files);
    if done.is_err() {
        for folder in made.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
    done
}

fn fill(folder: &Path, beside: &Path, is_new: bool, files: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
    let fail = |cause| Failure::write(folder, cause);
    let _alone = lock(beside);
    for left in read::paths(beside)?.iter().filter(|path| is_unfinished(path)) {
        let _ = std::fs::remove_dir_all(left);
    }
    let draft = begin(|| tempfile::Builder::new().prefix(UNFINISHED).suffix(UNFINISHED_END).tempdir_in(beside));
    let draft = draft.map_err(fail)?;
    // A temporary folder is private; the one in it is like any other.
    let whole = draft.path().join("whole");
    for (inner, bytes) in files {
        write(&whole.join(inner), bytes).map_err(|cause| Failure::write(folder.join(inner), cause))?;
    }
    let mut renames = Renames::begin();
    if is_new {
        return renames.rename(&whole, folder);
    }
    for path in read::paths(&whole)? {
        renames.rename(&path, &folder.join(path.file_name().unwrap_or_default()))?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder_of(path))?;
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
