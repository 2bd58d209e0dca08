//! The texts that diagnostics point into.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Place;

/// Every file that was read in this run, by the name that the user knows.
#[derive(Debug, Clone, Default)]
pub struct Files {
    texts: BTreeMap<Arc<str>, Arc<str>>,
}

impl Files {
    /// Keeps the text of a file.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) {
        self.texts.insert(name.into(), text.into());
    }

    /// The text of a file, if it was read.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(AsRef::as_ref)
    }

    /// The byte range of a place. It is worked out from line and column if the place has no range of its own.
    #[must_use]
    pub fn range(&self, place: &Place) -> Option<std::ops::Range<usize>> {
        let text = self.text(&place.file)?;
        if let Some(bytes) = &place.bytes
            && text.get(bytes.clone()).is_some()
        {
            return Some(bytes.clone());
        }
        let line = place.line.checked_sub(1)?;
        let start = if line == 0 { 0 } else { text.match_indices('\n').nth(line - 1)?.0 + 1 };
        let row = text[start..].lines().next().unwrap_or_default();
        if place.column == 0 {
            let blank = row.len() - row.trim_start().len();
            return Some(start + blank..start + row.trim_end().len().max(blank));
        }
        let offset = row.char_indices().nth(place.column - 1).map_or(row.len(), |(at, _)| at);
        let width = row[offset..].split([' ', ',', '}', ']']).next().map_or(0, str::len);
        Some(start + offset..start + offset + width)
    }
}
