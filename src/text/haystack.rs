//! The paragraphs of a source, with the data computed from them.

use std::sync::OnceLock;

use super::fold::{self, FoldedText, Tier};
use super::index::Index;

/// The paragraphs of a source, ready to be searched. Folds and index are computed on first use and kept.
#[derive(Debug)]
pub struct Haystack {
    paragraphs: Vec<Straw>,
    index: OnceLock<Index>,
}

#[derive(Debug)]
struct Straw {
    text: String,
    folds: [OnceLock<FoldedText>; Tier::ALL.len()],
}

impl Haystack {
    /// A source with these paragraphs.
    #[must_use]
    pub fn new(paragraphs: Vec<String>) -> Self {
        let paragraphs = paragraphs.into_iter().map(|text| Straw { text, folds: Default::default() }).collect();
        Self { paragraphs, index: OnceLock::new() }
    }

    /// The number of paragraphs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.paragraphs.len()
    }

    /// True if there are no paragraphs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// The untouched text of a paragraph, from 0.
    #[must_use]
    pub fn paragraph(&self, paragraph: usize) -> Option<&str> {
        self.paragraphs.get(paragraph).map(|straw| straw.text.as_str())
    }

    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            for paragraph in 0..self.len() {
                let composed = self.folded(paragraph, Tier::Unicode).as_str();
                let whole = self.folded(paragraph, Tier::Hyphenation).as_str();
                index.add(paragraph, composed);
                if whole != composed {
                    index.add(paragraph, whole);
                }
            }
            index
        })
    }

    pub(super) fn folded(&self, paragraph: usize, tier: Tier) -> &FoldedText {
        let straw = &self.paragraphs[paragraph];
        // If no word can be broken, the last two tiers give the same text; folding is the most expensive step here.
        let tier = if fold::can_be_hyphenated(&straw.text) { tier } else { tier.min(Tier::Unicode) };
        straw.folds[tier as usize].get_or_init(|| FoldedText::new(&straw.text, tier))
    }
}
