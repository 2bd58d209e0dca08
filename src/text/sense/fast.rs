//! Maps and sets with a fast hash, for the tables of a lexicon.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

/// A map with a fast hash.
pub(super) type FastMap<K, V> = HashMap<K, V, RandomState>;

/// A set with a fast hash.
pub(super) type FastSet<T> = HashSet<T, RandomState>;
