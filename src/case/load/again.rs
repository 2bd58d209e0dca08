//! Reads a case from texts in memory, to see what an edit of its files would come to.

use std::sync::Arc;

use super::{Loaded, name};
use crate::case::{merge, raw::RawCase};
use crate::yaml;

impl Loaded {
    /// The typed files of the case by their names in messages, the main one first, each with its path.
    #[must_use]
    pub fn typed(&self, folder: &std::path::Path) -> Vec<(Arc<str>, std::path::PathBuf)> {
        let includes = self.case.iter().flat_map(|case| &case.includes).map(|include| folder.join(&include.value));
        std::iter::once(folder.join("case.yaml")).chain(includes).map(|path| (name(&path), path)).collect()
    }
}

/// A case from its texts, the main one first; `None` if one of them cannot be read.
#[must_use]
pub fn joined(texts: &[(Arc<str>, String)]) -> Option<RawCase> {
    let mut all =
        texts.iter().map(|(file, text)| yaml::read::<RawCase>(file, text).ok()).collect::<Option<Vec<_>>>()?;
    let others = if all.is_empty() { return None } else { all.split_off(1) };
    Some(merge(all.pop()?, others).0)
}
