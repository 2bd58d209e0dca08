//! Waiting for a change in some folders, or for the end.
//!
//! What changed is not asked: editors save in many ways (in place, by renaming a new file over the old one, by several
//! writes), and a message may be lost. Whoever waits reads everything again and sees whether it is the same.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::diag::Failure;

/// A save is over when nothing has happened for so long. Editors need a few milliseconds between their steps.
const QUIET: Duration = Duration::from_millis(15);

/// A folder in which something always happens is read all the same after so long.
const PATIENCE: Duration = Duration::from_millis(300);

/// How often folders are looked for that are not there, or that others may have taken the place of: the system tells
/// nothing about them.
const GLANCE: Duration = Duration::from_millis(500);

enum Signal {
    Change,
    End,
}

/// Some folders under watch.
#[derive(Debug)]
pub struct Watch {
    folders: Vec<Folder>,
    watcher: RecommendedWatcher,
    signals: Receiver<Signal>,
}

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// Which folder stood there when the watch was last set up.
    found: Option<Identity>,
}

impl Watch {
    /// Watches folders and all that is in them. One that is not there is waited for. From now on Ctrl-C does not end
    /// the program, but the waiting.
    ///
    /// # Errors
    /// The system lets nothing be watched.
    pub fn new(folders: Vec<PathBuf>) -> Result<Self, Failure> {
        let (sender, signals) = channel();
        let watcher = watcher(sender.clone()).map_err(|fault| refused(&fault))?;
        let end = move || drop(sender.send(Signal::End));
        ctrlc::set_handler(end).map_err(|fault| Failure::Internal(fault.to_string()))?;
        let folders = folders.into_iter().map(|path| Folder { path, found: None }).collect();
        let mut watch = Self { folders, watcher, signals };
        watch.renew()?;
        Ok(watch)
    }

    /// Waits until something may have changed, and gives the moment of the first sign of it; `None` at the end.
    ///
    /// # Errors
    /// The system lets the folders be watched no longer.
    pub fn wait(&mut self) -> Result<Option<Instant>, Failure> {
        loop {
            match self.signals.recv_timeout(GLANCE) {
                Err(RecvTimeoutError::Timeout) if !self.has_moved() => continue,
                Ok(Signal::Change) | Err(RecvTimeoutError::Timeout) => {}
                Ok(Signal::End) | Err(RecvTimeoutError::Disconnected) => return Ok(None),
            }
            let since = Instant::now();
            if !self.settles(since) {
                return Ok(None);
            }
            // Before anything is read: a change that comes later is told by the new watch.
            self.renew()?;
            return Ok(Some(since));
        }
    }

    /// Waits for the end of a save; whether there is more to do.
    fn settles(&self, since: Instant) -> bool {
        while since.elapsed() < PATIENCE {
            match self.signals.recv_timeout(QUIET) {
                Ok(Signal::Change) => {}
                Ok(Signal::End) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => return true,
            }
        }
        true
    }

    fn has_moved(&self) -> bool {
        self.folders.iter().any(|folder| identity(&folder.path) != folder.found)
    }

    /// Sets the watch up anew. The system watches a folder and not a name: when a folder is removed and comes back,
    /// or another one takes its place, the old watch is of no use.
    fn renew(&mut self) -> Result<(), Failure> {
        for folder in &mut self.folders {
            folder.found = identity(&folder.path);
            // It may be gone already.
            let _ = self.watcher.unwatch(&folder.path);
            if folder.found.is_none() {
                continue;
            }
            match self.watcher.watch(&folder.path, RecursiveMode::Recursive) {
                // It went away while we looked; the next glance sees that.
                Err(_) if identity(&folder.path).is_none() => folder.found = None,
                other => other.map_err(|fault| refused(&fault))?,
            }
        }
        Ok(())
    }
}

fn watcher(changes: Sender<Signal>) -> notify::Result<RecommendedWatcher> {
    notify::recommended_watcher(move |event: notify::Result<Event>| {
        // That somebody reads is no change; we do so ourselves. A fault may hide a change.
        if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
            let _ = changes.send(Signal::Change);
        }
    })
}

fn refused(fault: &notify::Error) -> Failure {
    Failure::request(
        format!("the folders cannot be watched ({fault})"),
        "use `amparo build`; on Linux the number of watched folders has a limit, `fs.inotify.max_user_watches`",
    )
}

/// What tells a folder from another one of the same name.
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
