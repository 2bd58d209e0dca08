//! The copies of a case. Each is read only when it is needed, so that few of them are in memory at a time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::copy;
use crate::diag::Failure;
use crate::disk::Digest;
use crate::disk::read::{self, if_any};
use crate::source::{Record, Records};

/// The folder with the copies of the sources.
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

    /// The copy of a source; `None` if there is none.
    ///
    /// # Errors
    /// A file cannot be read, or is larger than the limit for a text.
    pub fn copy(&self, record: &Record) -> Result<Option<Vec<u8>>, Failure> {
        self.folder().map_or(Ok(None), |folder| copy(folder, record))
    }

    /// The digest of the file from which a copy was made; `None` if there is none.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn original(&self, record: &Record) -> Result<Option<Digest>, Failure> {
        match (self.folder(), &record.original) {
            (Some(folder), Some(original)) => if_any(read::digest(&folder.join(&original.file.value))),
            _ => Ok(None),
        }
    }

    /// The bytes of the file from which a copy was made; `None` if there is none.
    ///
    /// # Errors
    /// The file cannot be read, or is larger than the limit.
    pub fn original_bytes(&self, record: &Record) -> Result<Option<Vec<u8>>, Failure> {
        match (self.folder(), &record.original) {
            (Some(folder), Some(original)) => if_any(read::limited(&folder.join(&original.file.value))),
            _ => Ok(None),
        }
    }

    /// The digest of each copy that is there, and of each file from which a copy was made, by name.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn digests(&self, records: &Records) -> Result<BTreeMap<String, Digest>, Failure> {
        let Some(folder) = self.folder() else { return Ok(BTreeMap::new()) };
        let originals = records.values().filter_map(|record| Some(&record.original.as_ref()?.file.value));
        let copies = records.values().filter_map(|record| Some(&record.file.as_ref()?.value));
        let digest = |file: &String| Ok(if_any(read::digest(&folder.join(file)))?.map(|digest| (file.clone(), digest)));
        copies.chain(originals).map(digest).filter_map(Result::transpose).collect()
    }
}
