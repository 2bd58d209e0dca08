//! Waiting for a change in some folders.
//!
//! The watch does not ask what changed: editors save in many ways (in place, by renaming a new file over the old one,
//! by several writes), and a message may be lost. The caller reads everything again and compares.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::diag::Failure;

/// A save is over when nothing has happened for this long. Editors need a few milliseconds between their steps.
const QUIET: Duration = Duration::from_millis(15);

/// The longest wait for the end of a save. A folder that changes all the time is read after this long.
const PATIENCE: Duration = Duration::from_millis(300);

/// The interval between looks at folders that are absent or may have been replaced: the system reports nothing about
/// those.
const GLANCE: Duration = Duration::from_millis(500);

/// Something may have changed.
struct Change;

/// A watch over some folders.
#[derive(Debug)]
pub struct Watch {
    folders: Vec<Folder>,
    watcher: RecommendedWatcher,
    changes: Receiver<Change>,
}

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// The folder that was at this path when the watch was last set up.
    found: Option<Identity>,
}

impl Watch {
    /// Watches folders and everything in them. An absent folder is waited for.
    ///
    /// # Errors
    /// The system refuses the watch.
    pub fn new(folders: Vec<PathBuf>) -> Result<Self, Failure> {
        let (sender, changes) = channel();
        let watcher = watcher(sender).map_err(|fault| refused(&fault))?;
        let folders = folders.into_iter().map(|path| Folder { path, found: None }).collect();
        let mut watch = Self { folders, watcher, changes };
        watch.renew()?;
        Ok(watch)
    }

    /// Waits until something may have changed. Gives the moment of the first sign of a change.
    ///
    /// # Errors
    /// The system no longer allows the watch.
    pub fn wait(&mut self) -> Result<Instant, Failure> {
        while self.changes.recv_timeout(GLANCE).is_err() {
            if self.has_moved() {
                break;
            }
        }
        let since = Instant::now();
        // The end of a save.
        while since.elapsed() < PATIENCE && self.changes.recv_timeout(QUIET).is_ok() {}
        // Before anything is read, so that the new watch reports every later change.
        self.renew()?;
        Ok(since)
    }

    fn has_moved(&self) -> bool {
        self.folders.iter().any(|folder| identity(&folder.path) != folder.found)
    }

    /// Sets the watch up anew. The system watches a folder and not a name: when a folder is removed and made again, or
    /// replaced by another one, the old watch is useless.
    fn renew(&mut self) -> Result<(), Failure> {
        for folder in &mut self.folders {
            folder.found = identity(&folder.path);
            // The folder may be gone already.
            let _ = self.watcher.unwatch(&folder.path);
            if folder.found.is_none() {
                continue;
            }
            match self.watcher.watch(&folder.path, RecursiveMode::Recursive) {
                // The folder was removed in the meantime; the next look notices that.
                Err(_) if identity(&folder.path).is_none() => folder.found = None,
                other => other.map_err(|fault| refused(&fault))?,
            }
        }
        Ok(())
    }
}

fn watcher(changes: Sender<Change>) -> notify::Result<RecommendedWatcher> {
    notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading is not a change; this program reads too. An error may hide a change.
        if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
            let _ = changes.send(Change);
        }
    })
}

fn refused(fault: &notify::Error) -> Failure {
    Failure::request(
        format!("the folders cannot be watched ({fault})"),
        "use `amparo build`; on Linux the number of watched folders has a limit, `fs.inotify.max_user_watches`",
    )
}

/// Data that tell a folder from another one of the same name.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let found = path.metadata().ok().filter(std::fs::Metadata::is_dir)?;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
type Identity = Option<std::time::SystemTime>;

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    let found = path.metadata().ok().filter(std::fs::Metadata::is_dir)?;
    Some(found.created().ok())
}
