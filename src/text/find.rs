//! Looking for a quotation in a source.

use std::ops::Range;
use std::sync::OnceLock;

use super::fold::{Folded, Tier};
use super::index::Index;
use super::nearest;
use super::pattern::Pattern;
use super::quotation::Quotation;

/// What the matcher says. That a source cannot be checked at all is for callers without a copy to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The words are there.
    Verified(Found),
    /// The words are in no paragraph that may be quoted.
    Absent {
        /// The most similar passage, if any is similar.
        nearest: Option<Nearest>,
    },
}

/// Where a quotation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Paragraph, from 0.
    pub paragraph: usize,
    /// The strictest tier at which it matches.
    pub tier: Tier,
    /// Bytes of the untouched paragraph, one range for each contiguous part; altered places lie outside.
    pub ranges: Vec<Range<usize>>,
}

/// The passage most like a quotation that was not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Paragraph, from 0.
    pub paragraph: usize,
    /// Bytes of the untouched paragraph.
    pub range: Range<usize>,
    /// The words that differ, in order. Punctuation that touches a word counts as part of it.
    pub differing: Vec<WordDifference>,
    /// How many words differ.
    pub words_differing: usize,
}

/// A word of the quotation or of the source without its match on the other side, or two that stand for each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordDifference {
    /// Bytes of [`Quotation::text`], and the word there.
    pub quoted: Option<(Range<usize>, String)>,
    /// The word of the source.
    pub source: Option<String>,
}

/// The paragraphs of a source, ready to be searched; folds and index are made when first needed and kept.
#[derive(Debug)]
pub struct Haystack {
    paragraphs: Vec<Straw>,
    index: OnceLock<Index>,
}

#[derive(Debug)]
struct Straw {
    text: String,
    folds: [OnceLock<Folded>; Tier::ALL.len()],
}

/// A quotation ready for every tier.
struct Query {
    tiers: Vec<(Tier, Vec<Pattern>)>,
}

impl Query {
    /// As plain text first: its brackets may be the source's own.
    fn new(quotation: &Quotation) -> Self {
        let patterns = |tier| {
            let marked = Pattern::marked(quotation, tier);
            (tier, [Pattern::literal(quotation, tier)].into_iter().chain(marked).collect())
        };
        Self { tiers: Tier::ALL.map(patterns).into() }
    }
}

impl Haystack {
    /// A source with these paragraphs.
    #[must_use]
    pub fn new(paragraphs: Vec<String>) -> Self {
        let paragraphs = paragraphs.into_iter().map(|text| Straw { text, folds: Default::default() }).collect();
        Self { paragraphs, index: OnceLock::new() }
    }

    /// How many paragraphs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.paragraphs.len()
    }

    /// True without paragraphs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// The untouched text of a paragraph, from 0.
    #[must_use]
    pub fn paragraph(&self, paragraph: usize) -> Option<&str> {
        self.paragraphs.get(paragraph).map(|straw| straw.text.as_str())
    }

    /// Looks for a quotation in the paragraph where it should be (from 0), then in the others, in order.
    ///
    /// `allowed` says which paragraphs (from 0) may be quoted; no other is looked at.
    pub fn verify(&self, quotation: &Quotation, preferred: Option<usize>, allowed: &dyn Fn(usize) -> bool) -> Verdict {
        let query = Query::new(quotation);
        let preferred = preferred.filter(|&paragraph| paragraph < self.len() && allowed(paragraph));
        let first = preferred.and_then(|paragraph| self.find_in(&query, paragraph));
        let found = first.or_else(|| self.find_all(&query, allowed).next());
        found.map_or_else(
            || Verdict::Absent { nearest: nearest::nearest(self, quotation, preferred, allowed) },
            Verdict::Verified,
        )
    }

    /// Every allowed paragraph that has the quotation, in order, each once.
    #[must_use]
    pub fn matches(&self, quotation: &Quotation, allowed: &dyn Fn(usize) -> bool) -> Vec<Found> {
        self.find_all(&Query::new(quotation), allowed).collect()
    }

    fn find_all(&self, query: &Query, allowed: &dyn Fn(usize) -> bool) -> impl Iterator<Item = Found> {
        let candidates = self.candidates(query).into_iter();
        candidates.filter(|&paragraph| allowed(paragraph)).filter_map(|paragraph| self.find_in(query, paragraph))
    }

    fn find_in(&self, query: &Query, paragraph: usize) -> Option<Found> {
        let text = &self.paragraphs[paragraph].text;
        query.tiers.iter().find_map(|(tier, patterns)| {
            let folded = self.folded(paragraph, *tier);
            let ranges = patterns.iter().find_map(|pattern| pattern.find(text, folded))?;
            Some(Found { paragraph, tier: *tier, ranges })
        })
    }

    /// Paragraphs that have all words of the quotation, before or after broken words are made whole.
    fn candidates(&self, query: &Query) -> Vec<usize> {
        let folded = query.tiers.iter().filter(|(tier, _)| *tier >= Tier::Unicode);
        let patterns = folded.flat_map(|(_, patterns)| patterns);
        let lists = patterns.map(|pattern| self.index().with_all(&pattern.atoms()));
        let mut all: Vec<usize> = lists.flat_map(|list| list.unwrap_or_else(|| (0..self.len()).collect())).collect();
        all.sort_unstable();
        all.dedup();
        all
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

    pub(super) fn folded(&self, paragraph: usize, tier: Tier) -> &Folded {
        let straw = &self.paragraphs[paragraph];
        straw.folds[tier as usize].get_or_init(|| Folded::new(&straw.text, tier))
    }
}
