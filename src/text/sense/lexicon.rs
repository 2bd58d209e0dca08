//! The words of a language: what means the same, what says more, which words turn the sense of others.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use snowball_stemmers_rs::Stemmer;

use super::lists::{CueClass, LexiconLists};
use super::token::{self, SenseToken, SenseTokenizer};
use crate::text::words;

pub use snowball_stemmers_rs::Algorithm;

/// Any number, in a cue.
const NUMBER: &str = "#";

/// Any ending, at the end of a word of a cue.
const ENDING: char = '*';

/// Before a cue that must open its clause.
const OPENS: char = '^';

/// The shortest beginning before an ending that tells an act, in bytes.
const BEFORE_ENDING: usize = 3;

/// An entry, as its stems, or the words of a cue.
type Key = Vec<String>;

/// A word or phrase of a class of cues.
struct CueWords {
    /// Index of the class.
    class: usize,
    words: Key,
    /// True if it raises no question where a statement has it.
    in_source: bool,
}

/// The words of a language.
pub struct Lexicon {
    stemmer: Stemmer,
    /// Stems of words that carry nothing by themselves.
    light: HashSet<String>,
    /// Phrases that carry nothing.
    light_phrases: HashSet<usize>,
    inside: HashSet<String>,
    clause: HashSet<String>,
    abbreviations: HashSet<String>,
    subjects: HashSet<String>,
    before_acts: HashSet<String>,
    act_endings: Vec<String>,
    numbers: HashMap<String, String>,
    circumstances: HashSet<usize>,
    /// The number of each entry.
    entries: HashMap<Key, usize>,
    /// The number of stems of the longest entry that begins with a stem.
    longest: HashMap<String, usize>,
    meanings: Meanings,
    /// For each entry: all entries that it carries, worked out when it is first asked for.
    carries: Vec<OnceLock<Vec<usize>>>,
    classes: Vec<CueClass>,
    /// The cues by the first letter of their first word, the longest first.
    cues: HashMap<char, Vec<CueWords>>,
    family_letters: usize,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Lexicon").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Lexicon {
    /// A lexicon of these lists, still without meanings, with a stemmer of the language.
    #[must_use]
    pub fn new(algorithm: Algorithm, lists: &LexiconLists) -> Self {
        let words = |list: &[String]| list.iter().map(|word| token::fold(word)).collect();
        let mut lexicon = Self {
            stemmer: Stemmer::create(algorithm),
            light: HashSet::new(),
            light_phrases: HashSet::new(),
            inside: words(&lists.inside),
            clause: words(&lists.clause),
            abbreviations: words(&lists.abbreviations),
            subjects: words(&lists.subjects),
            before_acts: words(&lists.before_acts),
            act_endings: lists.act_endings.clone(),
            numbers: lists.numbers.iter().map(|(word, value)| (token::fold(word), value.clone())).collect(),
            circumstances: HashSet::new(),
            entries: HashMap::new(),
            longest: HashMap::new(),
            meanings: Meanings::default(),
            carries: Vec::new(),
            classes: lists.cues.clone(),
            cues: HashMap::new(),
            family_letters: lists.family_letters,
        };
        let (phrases, light): (Vec<&String>, Vec<&String>) = lists.light.iter().partition(|word| word.contains(' '));
        lexicon.light = light.iter().map(|word| token::stem(&token::fold(word), &lexicon.stemmer)).collect();
        lexicon.light_phrases = phrases.iter().map(|phrase| lexicon.entry(phrase)).collect();
        lexicon.circumstances = lists.circumstances.iter().map(|word| lexicon.entry(word)).collect();
        lexicon.read_cues();
        lexicon
    }

    /// Adds words that mean the same: each carries the others.
    pub fn add_same<'w>(&mut self, words: impl Iterator<Item = &'w str>) {
        let set: Vec<usize> = words.map(|word| self.entry(word)).collect();
        for word in &set {
            self.meanings.sets_of.entry(*word).or_default().push(self.meanings.sets.len());
        }
        self.meanings.sets.push(set);
    }

    /// Adds what a word says besides itself.
    pub fn add_implied<'w>(&mut self, word: &str, others: impl Iterator<Item = &'w str>) {
        let word = self.entry(word);
        let others: Vec<usize> = others.map(|other| self.entry(other)).collect();
        self.meanings.broader.entry(word).or_default().extend(others);
    }

    fn read_cues(&mut self) {
        for (class, cue) in self.classes.iter().enumerate() {
            let typed = cue.words.iter().map(|typed| (typed, false));
            for (typed, in_source) in typed.chain(cue.in_source.iter().map(|typed| (typed, true))) {
                let words: Key = typed.split_whitespace().map(token::fold).collect();
                let first = words.first().and_then(|word| word.trim_start_matches(OPENS).chars().next());
                self.cues.entry(first.unwrap_or_default()).or_default().push(CueWords { class, words, in_source });
            }
        }
        for cues in self.cues.values_mut() {
            cues.sort_by_key(|cue| std::cmp::Reverse(cue.words.len()));
        }
    }

    /// The number of an entry, which is added if it is new.
    fn entry(&mut self, typed: &str) -> usize {
        let key = self.key(typed);
        if let Some(first) = key.first() {
            let longest = self.longest.entry(first.clone()).or_default();
            *longest = key.len().max(*longest);
        }
        let next = self.entries.len();
        let number = *self.entries.entry(key).or_insert(next);
        if number == next {
            self.carries.push(OnceLock::new());
        }
        number
    }

    /// The stems of an entry. Words that may stand inside a phrase do not count.
    fn key(&self, typed: &str) -> Key {
        let words: Vec<String> = typed.split([' ', '-']).map(token::fold).filter(|word| !word.is_empty()).collect();
        let counted: Vec<&String> = words.iter().filter(|word| !self.inside.contains(*word)).collect();
        let all = words.iter().collect();
        let counted = if counted.is_empty() { all } else { counted };
        counted.into_iter().map(|word| token::stem(word, &self.stemmer)).collect()
    }

    fn with_tokenizer<T>(&self, job: impl FnOnce(&SenseTokenizer) -> T) -> T {
        job(&SenseTokenizer {
            stemmer: &self.stemmer,
            opens_clause: &|word| self.clause.contains(word),
            abbreviates: &|word| self.abbreviations.contains(word),
        })
    }

    pub(super) fn tokens(&self, text: &str) -> Vec<SenseToken> {
        self.with_tokenizer(|tokenizer| tokenizer.tokens(text))
    }

    /// The bytes of the sentences of a text. A full stop behind an abbreviation or an initial ends none.
    #[must_use]
    pub fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        self.with_tokenizer(|tokenizer| tokenizer.sentences(text))
    }

    pub(super) fn family_letters(&self) -> usize {
        self.family_letters
    }

    /// The value of a number in digits or words.
    pub(super) fn value<'a>(&'a self, token: &'a SenseToken) -> Option<&'a str> {
        if token.has_digit() { Some(&token.word) } else { self.numbers.get(&token.word).map(String::as_str) }
    }

    /// True if a word carries nothing by itself. Numbers are compared elsewhere.
    pub(super) fn is_light(&self, token: &SenseToken) -> bool {
        self.value(token).is_some() || self.light.contains(&token.stem) || self.inside.contains(&token.word)
    }

    /// True if a text has a pronoun that stands for somebody.
    #[must_use]
    pub fn has_pronoun(&self, text: &str) -> bool {
        words::words(text).any(|word| self.subjects.contains(&token::fold(&text[word])))
    }

    /// True for a pronoun that stands for somebody who acts.
    pub(super) fn stands_for_somebody(&self, token: &SenseToken) -> bool {
        self.subjects.contains(&token.word)
    }

    /// True if the word at an index is likely to tell an act, by its ending or by the word before it.
    pub(super) fn tells_act(&self, tokens: &[SenseToken], index: usize) -> bool {
        let word = &tokens[index].word;
        let ends = |ending: &String| word.len() >= ending.len() + BEFORE_ENDING && word.ends_with(ending.as_str());
        let before = index.checked_sub(1).map(|before| &tokens[before].word);
        self.act_endings.iter().any(ends) || before.is_some_and(|before| self.before_acts.contains(before))
    }

    /// The entries that stand in the words, each with the indices of its words.
    pub(super) fn entries(&self, tokens: &[SenseToken]) -> Vec<(usize, Vec<usize>)> {
        (0..tokens.len()).flat_map(|start| self.entries_at(tokens, start)).collect()
    }

    fn entries_at(&self, tokens: &[SenseToken], start: usize) -> Vec<(usize, Vec<usize>)> {
        let longest = self.longest.get(&tokens[start].stem).copied().unwrap_or_default();
        let is_inside = |token: &SenseToken| self.inside.contains(&token.word);
        let sentence =
            tokens.iter().enumerate().skip(start).take_while(|(_, token)| token.sentence == tokens[start].sentence);
        let counted = sentence.filter(|(index, token)| *index == start || !is_inside(token)).take(longest);
        let (mut key, mut at, mut found) = (Key::new(), Vec::new(), Vec::new());
        for (index, token) in counted {
            key.push(token.stem.clone());
            at.push(index);
            found.extend(self.entries.get(&key).map(|entry| (*entry, at.clone())));
        }
        found
    }

    /// All entries that an entry carries.
    pub(super) fn carried_by(&self, entry: usize) -> &[usize] {
        self.carries[entry].get_or_init(|| self.meanings.reached(entry))
    }

    /// True for a phrase that carries nothing.
    pub(super) fn is_light_phrase(&self, entry: usize) -> bool {
        self.light_phrases.contains(&entry)
    }

    /// True for an entry that tells who, where or when.
    pub(super) fn is_circumstance(&self, entry: usize) -> bool {
        self.circumstances.contains(&entry)
    }

    /// The cues in the words, the longest at each place.
    pub(super) fn cues(&self, tokens: &[SenseToken]) -> Vec<FoundCue<'_>> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < tokens.len() {
            let here = self.cues_at(tokens, start);
            start = here.first().map_or(start + 1, |cue| cue.words.end);
            found.extend(here);
        }
        found
    }

    /// The longest cues that begin at a word.
    fn cues_at(&self, tokens: &[SenseToken], start: usize) -> Vec<FoundCue<'_>> {
        let opens = start == 0 || tokens[start - 1].clause != tokens[start].clause;
        let rest = &tokens[start..];
        // In "Prison No. 2" the word is no cue.
        let is_numbering = self.abbreviations.contains(&rest[0].word) && rest.get(1).is_some_and(SenseToken::has_digit);
        let initial = rest[0].word.chars().next().unwrap_or_default();
        let fitting = self.cues.get(&initial).into_iter().flatten();
        let mut fitting = fitting.filter(|cue| !is_numbering && self.fits(&cue.words, rest, opens)).peekable();
        let longest = fitting.peek().map_or(0, |cue| cue.words.len());
        fitting
            .take_while(|cue| cue.words.len() == longest)
            .map(|cue| FoundCue {
                class: &self.classes[cue.class],
                words: start..start + longest,
                in_source: cue.in_source,
            })
            .collect()
    }

    fn fits(&self, key: &Key, tokens: &[SenseToken], opens: bool) -> bool {
        let fits = |typed: &str, token: &SenseToken| match typed.strip_suffix(ENDING) {
            Some(beginning) => token.word.starts_with(beginning),
            None if typed == NUMBER => self.value(token).is_some(),
            None => token.word == typed,
        };
        key.len() <= tokens.len()
            && (opens || !key[0].starts_with(OPENS))
            && key.iter().zip(tokens).all(|(typed, token)| fits(typed.trim_start_matches(OPENS), token))
    }
}

/// A cue that stands in a text.
pub(super) struct FoundCue<'a> {
    pub(super) class: &'a CueClass,
    /// The indices of its words.
    pub(super) words: Range<usize>,
    /// True if it raises no question where a statement has it.
    pub(super) in_source: bool,
}

/// What entries mean.
#[derive(Default)]
struct Meanings {
    /// Sets of entries that mean the same.
    sets: Vec<Vec<usize>>,
    /// For each entry: the indices of its sets.
    sets_of: HashMap<usize, Vec<usize>>,
    /// For each entry: what it says besides itself.
    broader: HashMap<usize, Vec<usize>>,
}

impl Meanings {
    /// All entries that an entry carries: itself, what means the same, what these say besides, and what means the same
    /// as that. It goes no further: over many steps every word would carry every other.
    fn reached(&self, entry: usize) -> Vec<usize> {
        let own = self.with_same([entry]);
        let besides = own.iter().filter_map(|one| self.broader.get(one)).flatten().copied();
        let besides = self.with_same(besides);
        own.union(&besides).copied().collect()
    }

    fn with_same(&self, entries: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let mut all = BTreeSet::new();
        for entry in entries {
            all.insert(entry);
            let sets = self.sets_of.get(&entry).into_iter().flatten();
            all.extend(sets.flat_map(|set| &self.sets[*set]));
        }
        all
    }
}
