//! The paragraphs of a source, with the data computed from them.

use std::ops::Range;
use std::sync::OnceLock;

use super::fold::{self, FoldedText, Tier};
use super::index::Index;
use super::words;

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
                let whole = self.folded(paragraph, Tier::Hyphenation);
                index.add(paragraph, composed);
                if whole.as_str() != composed {
                    index.add(paragraph, whole.as_str());
                }
                for part in parts(whole) {
                    index.add(paragraph, part);
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

/// The most uncertain hyphens of one word of which each choice is entered in the index.
const MOST_HYPHENS: usize = 8;

/// What a word may be cut into at its uncertain hyphens: each of them may belong to the word or not. The whole word is
/// not among the parts.
fn parts(folded: &FoldedText) -> Vec<&str> {
    let base = folded.as_str().as_ptr() as usize;
    let atoms = if folded.hyphens().is_empty() { None } else { Some(words::atoms(folded.as_str())) };
    let ranges = atoms.into_iter().flatten().map(|atom| {
        let start = atom.as_ptr() as usize - base;
        start..start + atom.len()
    });
    ranges.flat_map(|word| cut(folded, &word)).collect()
}

fn cut<'a>(folded: &'a FoldedText, word: &Range<usize>) -> Vec<&'a str> {
    let first = folded.hyphens().partition_point(|at| *at <= word.start);
    let inside = folded.hyphens()[first..].iter().copied().take_while(|at| *at < word.end).take(MOST_HYPHENS);
    let places: Vec<usize> = [word.start].into_iter().chain(inside).chain([word.end]).collect();
    let starts = places.iter().enumerate();
    let pairs = starts.flat_map(|(at, start)| places[at + 1..].iter().map(|end| *start..*end));
    pairs.filter(|part| part != word).map(|part| &folded.as_str()[part]).collect()
}
