//! The copies of a case, each read when it is looked into: no more of them is in memory than is looked into at a time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{copy, digest_of};
use crate::diag::Failure;
use crate::source::{Digest, Record, Records};

/// Where the copies of the sources are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Archive {
    /// No folder was named, and the case has none.
    #[default]
    None,
    /// The folder that was named is not there.
    Missing(PathBuf),
    /// Their folder.
    Folder(PathBuf),
}

impl Archive {
    /// The folder, if it is there.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            Self::None | Self::Missing(_) => None,
        }
    }

    /// The copy of a source; `None` where there is none.
    ///
    /// # Errors
    /// A file that cannot be read, or is larger than any text.
    pub fn copy(&self, record: &Record) -> Result<Option<Vec<u8>>, Failure> {
        self.folder().map_or(Ok(None), |folder| copy(folder, record))
    }

    /// The digest of the file from which a copy was made; `None` where there is none.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn original(&self, record: &Record) -> Result<Option<Digest>, Failure> {
        match (self.folder(), &record.original) {
            (Some(folder), Some(original)) => digest_of(&folder.join(&original.file.value)),
            _ => Ok(None),
        }
    }

    /// The digest of each copy that is there, and of each file from which one was made, by name.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn digests(&self, records: &Records) -> Result<BTreeMap<String, Digest>, Failure> {
        let Some(folder) = self.folder() else { return Ok(BTreeMap::new()) };
        let originals = records.values().filter_map(|record| Some(&record.original.as_ref()?.file.value));
        let copies = records.values().filter_map(|record| Some(&record.file.as_ref()?.value));
        let digest = |file: &String| Ok(digest_of(&folder.join(file))?.map(|digest| (file.clone(), digest)));
        copies.chain(originals).map(digest).filter_map(Result::transpose).collect()
    }
}

/// What comes of each of some things, in their order, whichever of a few threads does it. Each thread does one at a
/// time: so many copies are in memory at most.
///
/// # Panics
/// Where the work does.
pub fn one_by_one<I: Sync, T: Send>(items: &[I], threads: usize, work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let thread = || {
        let mut done: Vec<(usize, T)> = Vec::new();
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(at)
        {
            done.push((at, work(item)));
        }
        done
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(threads).min(items.len());
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(thread)).collect();
        let own = thread();
        let joined = others.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.chain([own]).flatten().collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::one_by_one;

    #[test]
    fn what_comes_is_in_order_and_few_are_at_work() {
        let (working, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items: Vec<usize> = (0..200).collect();
        let work = |item: &usize| {
            most.fetch_max(working.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::yield_now();
            working.fetch_sub(1, Ordering::SeqCst);
            item * 2
        };
        for threads in [1, 2] {
            let done = one_by_one(&items, threads, work);
            assert!(done.iter().eq(items.iter().map(|item| item * 2).collect::<Vec<_>>().iter()), "{threads}");
            assert!(most.load(Ordering::SeqCst) <= threads, "{threads}");
        }
        assert!(one_by_one(&[] as &[usize], 2, work).is_empty());
    }
}
