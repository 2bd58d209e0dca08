//! An index of the paragraphs that have a word, so that a quotation is compared with few paragraphs.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::words;

/// The paragraphs, from 0 and ascending, that have each word. Words are kept as hashes: a rare collision only adds one
/// paragraph to compare.
#[derive(Debug, Default)]
pub(super) struct Index {
    paragraphs: HashMap<u64, Vec<u32>>,
}

impl Index {
    /// Adds the words of a paragraph. Paragraphs come in order; one may be added several times.
    pub(super) fn add(&mut self, paragraph: usize, folded: &str) {
        let paragraph = u32::try_from(paragraph).expect("a source has fewer than four thousand million paragraphs");
        for atom in words::atoms(folded) {
            let list = self.paragraphs.entry(hash(atom)).or_default();
            if list.last() != Some(&paragraph) {
                list.push(paragraph);
            }
        }
    }

    /// The paragraphs that have this word.
    pub(super) fn with(&self, atom: &str) -> &[u32] {
        self.paragraphs.get(&hash(atom)).map_or(&[], Vec::as_slice)
    }

    /// The paragraphs that have all these words; `None` if no words are given.
    pub(super) fn with_all(&self, atoms: &[&str]) -> Option<Vec<usize>> {
        let mut lists: Vec<&[u32]> = atoms.iter().map(|atom| self.with(atom)).collect();
        lists.sort_by_key(|list| list.len());
        let (rarest, others) = lists.split_first()?;
        let has_all = |paragraph: &&u32| others.iter().all(|list| list.binary_search(paragraph).is_ok());
        Some(rarest.iter().filter(has_all).map(|paragraph| *paragraph as usize).collect())
    }
}

fn hash(atom: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    atom.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_with_all_words_are_found() {
        let mut index = Index::default();
        for (paragraph, text) in ["the court held", "the judge", "a court, the judge; the court"].iter().enumerate() {
            index.add(paragraph, text);
        }
        assert_eq!(index.with("court"), [0, 2]);
        assert_eq!(index.with_all(&["the", "judge"]), Some(vec![1, 2]));
        assert_eq!(index.with_all(&["held", "judge"]), Some(vec![]));
        assert_eq!(index.with_all(&[]), None);
    }
}
