//! The entries of a lexicon, words and phrases, by their stems.

use super::fast::FastMap;
use super::token::SenseToken;

/// The number of a stem.
type StemNumber = u32;

/// The entries of a lexicon; each has a number, from 0.
#[derive(Default)]
pub(super) struct EntryTable {
    /// The number of each stem that stands in an entry.
    stems: FastMap<String, StemNumber>,
    /// The stem of each word that stands in an entry.
    stems_of: FastMap<String, StemNumber>,
    /// The number of each entry, by its stems.
    entries: FastMap<Vec<StemNumber>, usize>,
    /// For each stem: the number of stems of the longest entry that begins with it.
    longest: Vec<usize>,
}

impl EntryTable {
    /// A table with room for so many entries: a table that grows is copied many times.
    pub(super) fn with_capacity(entries: usize) -> Self {
        let mut table = Self::default();
        table.stems.reserve(entries);
        table.stems_of.reserve(entries);
        table.entries.reserve(entries);
        table.longest.reserve(entries);
        table
    }

    /// The number of entries.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The number of an entry of these words, which is added if it is new.
    pub(super) fn add(&mut self, words: Vec<String>, stem: impl Fn(&str) -> String) -> usize {
        let key: Vec<StemNumber> = words.into_iter().map(|word| self.stem_number(word, &stem)).collect();
        if let Some(first) = key.first() {
            let longest = &mut self.longest[*first as usize];
            *longest = key.len().max(*longest);
        }
        let next = self.entries.len();
        *self.entries.entry(key).or_insert(next)
    }

    fn stem_number(&mut self, word: String, stem: impl Fn(&str) -> String) -> StemNumber {
        if let Some(number) = self.stems_of.get(&word) {
            return *number;
        }
        let next = StemNumber::try_from(self.longest.len()).expect("a lexicon has fewer than 2³² stems");
        let number = *self.stems.entry(stem(&word)).or_insert(next);
        if number == next {
            self.longest.push(0);
        }
        self.stems_of.insert(word, number);
        number
    }

    /// The entries that stand in the words of a text, each with the indices of its words. Words for which `is_inside` is
    /// true may stand inside an entry and do not count.
    pub(super) fn find(
        &self,
        tokens: &[SenseToken],
        is_inside: impl Fn(&SenseToken) -> bool,
    ) -> Vec<(usize, Vec<usize>)> {
        let stems: Vec<Option<StemNumber>> = tokens.iter().map(|token| self.stems.get(&token.stem).copied()).collect();
        (0..tokens.len()).flat_map(|start| self.find_at(tokens, &stems, start, &is_inside)).collect()
    }

    fn find_at(
        &self,
        tokens: &[SenseToken],
        stems: &[Option<StemNumber>],
        start: usize,
        is_inside: impl Fn(&SenseToken) -> bool,
    ) -> Vec<(usize, Vec<usize>)> {
        let longest = stems[start].map_or(0, |stem| self.longest[stem as usize]);
        let sentence =
            tokens.iter().enumerate().skip(start).take_while(|(_, token)| token.sentence == tokens[start].sentence);
        let counted = sentence.filter(|(index, token)| *index == start || !is_inside(token)).take(longest);
        let (mut key, mut at, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for (index, _) in counted {
            // A stem that stands in no entry ends every entry.
            let Some(stem) = stems[index] else { break };
            key.push(stem);
            at.push(index);
            found.extend(self.entries.get(&key).map(|entry| (*entry, at.clone())));
        }
        found
    }
}
