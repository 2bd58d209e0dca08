//! What is begun on the disk and not finished. When the program is asked to end, it waits for the renames at hand and
//! removes the rest.

use std::collections::BTreeSet;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempPath;

use crate::diag::Failure;
use crate::disk::read::{self, Looked};

/// What this program has begun. Whoever holds the lock is the only one to make, rename or remove a file.
static BEGUN: Mutex<Begun> = Mutex::new(Begun { files: BTreeSet::new(), folders: Vec::new() });

struct Begun {
    /// Unfinished files and folders. One that is gone again does no harm: its name is never used twice.
    files: BTreeSet<PathBuf>,
    /// Folders that were made, the outer before the inner.
    folders: Vec<PathBuf>,
}

fn begun() -> MutexGuard<'static, Begun> {
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An unfinished file, made by `make`.
pub(super) fn begin<F: AsRef<Path>>(make: impl FnOnce() -> std::io::Result<F>) -> std::io::Result<F> {
    let mut begun = begun();
    let file = make()?;
    begun.files.insert(file.as_ref().to_owned());
    Ok(file)
}

/// Makes a folder. Returns the folders that were missing, the outermost first.
pub(super) fn make_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut begun = begun();
    let missing = folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !read::is_there(path));
    let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    missing.reverse();
    begun.folders.extend(missing.iter().cloned());
    let made = std::fs::create_dir_all(folder).and_then(|()| missing.iter().try_for_each(|made| may_be_used(made)));
    if let Err(cause) = made {
        for folder in missing.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
        return Err(Failure::write(folder, in_the_way(folder).unwrap_or(cause)));
    }
    Ok(missing)
}

/// The reason in words, if something that is no folder stands where a folder is needed.
fn in_the_way(folder: &Path) -> Option<Error> {
    let other = folder.ancestors().find(|path| read::is_there(path))?;
    let what = read::instead_of(other, Looked::Folder)?;
    Some(Error::new(ErrorKind::NotADirectory, format!("`{}` is {what}", other.display())))
}

/// Refuses a new folder that its owner may not use.
#[cfg(unix)]
fn may_be_used(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    const OWNER: u32 = 0o700;
    let mode = folder.metadata()?.permissions().mode();
    let words = "the `umask` takes away your own right to use new folders: set it to 022 or 077";
    if mode & OWNER == OWNER { Ok(()) } else { Err(Error::new(ErrorKind::PermissionDenied, words)) }
}

/// As above.
#[cfg(not(unix))]
fn may_be_used(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Refuses a folder below `root` that is reached through a link: what is written there would land elsewhere. `root`
/// itself may be a link.
///
/// # Errors
/// There is such a link.
pub fn no_links(root: &Path, folder: &Path) -> Result<(), Failure> {
    let link = folder.ancestors().take_while(|path| *path != root).find(|path| read::is_link(path));
    let Some(link) = link else { return Ok(()) };
    let words = format!("`{}` is a link: papers would be written to another folder", link.display());
    Err(Failure::request(words, "remove the link, or name the folder to which it leads with `--output`"))
}

/// Renames that belong together: the program does not end between them.
pub(super) struct Renames(MutexGuard<'static, Begun>);

impl Renames {
    pub(super) fn begin() -> Self {
        Self(begun())
    }

    /// Renames a staged file to its name.
    pub(super) fn persist(&mut self, file: TempPath, path: &Path) -> Result<(), Failure> {
        self.0.files.remove(&*file);
        file.persist(path).map_err(|error| Failure::write(path, error.error))
    }

    /// Gives a file or a folder another name.
    #[expect(clippy::unused_self, reason = "whoever holds it is the only one to rename")]
    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> Result<(), Failure> {
        std::fs::rename(from, to).map_err(|cause| Failure::write(to, cause))
    }
}

/// Waits for the renames at hand and removes what is unfinished. As long as the result lives, nothing is written.
pub(in crate::disk) fn give_up() -> impl Sized {
    let begun = begun();
    for path in &begun.files {
        let _ = std::fs::remove_file(path).or_else(|_| std::fs::remove_dir_all(path));
    }
    // A folder that holds anything stays.
    for folder in begun.folders.iter().rev() {
        let _ = std::fs::remove_dir(folder);
    }
    begun
}
