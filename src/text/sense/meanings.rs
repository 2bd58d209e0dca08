//! What the entries of a lexicon carry: what means the same, and what a word says besides itself.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

/// What entries mean, by their numbers.
#[derive(Default)]
pub(super) struct Meanings {
    /// The entries of all sets, one set behind the other.
    members: Vec<usize>,
    /// The end of each set in `members`.
    ends: Vec<usize>,
    /// Each entry with the index of a set it stands in, in order.
    sets_of: Vec<(usize, usize)>,
    /// Each entry with another that it says besides itself, in order.
    broader: Vec<(usize, usize)>,
    /// For each entry: all entries that it carries, worked out when it is first asked for.
    carried: Vec<OnceLock<Vec<usize>>>,
}

impl Meanings {
    /// Adds entries that mean the same.
    pub(super) fn add_same(&mut self, set: impl IntoIterator<Item = usize>) {
        let (start, number) = (self.members.len(), self.ends.len());
        self.members.extend(set);
        self.ends.push(self.members.len());
        self.sets_of.extend(self.members[start..].iter().map(|entry| (*entry, number)));
    }

    /// Adds what an entry says besides itself.
    pub(super) fn add_implied(&mut self, entry: usize, others: impl IntoIterator<Item = usize>) {
        self.broader.extend(others.into_iter().map(|other| (entry, other)));
    }

    /// Orders what was added, for so many entries; nothing is added afterwards.
    pub(super) fn finish(&mut self, entries: usize) {
        self.sets_of.sort_unstable();
        self.broader.sort_unstable();
        self.carried.resize_with(entries, OnceLock::new);
    }

    /// All entries that an entry carries.
    pub(super) fn carried_by(&self, entry: usize) -> &[usize] {
        self.carried[entry].get_or_init(|| self.reached(entry))
    }

    /// All entries that an entry carries: itself, what means the same, what these say besides, and what means the same
    /// as that. It goes no further: over many steps every word would carry every other.
    fn reached(&self, entry: usize) -> Vec<usize> {
        let own = self.with_same([entry]);
        let besides = own.iter().flat_map(|one| of(&self.broader, *one));
        let besides = self.with_same(besides);
        own.union(&besides).copied().collect()
    }

    fn with_same(&self, entries: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let mut all = BTreeSet::new();
        for entry in entries {
            all.insert(entry);
            all.extend(of(&self.sets_of, entry).flat_map(|set| &self.members[self.bounds(set)]));
        }
        all
    }

    fn bounds(&self, set: usize) -> Range<usize> {
        set.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[set]
    }
}

/// What stands with an entry in ordered pairs.
fn of(pairs: &[(usize, usize)], entry: usize) -> impl Iterator<Item = usize> {
    let start = pairs.partition_point(|(own, _)| *own < entry);
    pairs[start..].iter().take_while(move |(own, _)| *own == entry).map(|(_, other)| *other)
}
