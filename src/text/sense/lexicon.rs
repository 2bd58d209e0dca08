//! The words of a language: what means the same, what says more, which words turn the sense of others.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use snowball_stemmers_rs::Stemmer;

use super::entries::EntryTable;
use super::fast::{FastMap, FastSet};
use super::lists::{CueClass, LexiconLists};
use super::meanings::Meanings;
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

/// A word or phrase of a class of cues.
struct CueWords {
    /// Index of the class.
    class: usize,
    words: Vec<String>,
    /// True if it raises no question where a statement has it.
    in_source: bool,
}

/// The words that are divided by commas.
fn list(words: &str) -> impl Iterator<Item = &str> {
    words.split(',').map(str::trim)
}

/// What words mean.
#[derive(Debug, Clone, Copy)]
pub enum Meaning<'a> {
    /// Words, divided by commas, that mean the same: each carries the others.
    Same(&'a str),
    /// A word, and the words, divided by commas, that it says besides itself.
    Implied(&'a str, &'a str),
}

/// The words of a language.
pub struct Lexicon {
    stemmer: Stemmer,
    /// Stems of words that carry nothing by themselves.
    light: FastSet<String>,
    /// Phrases that carry nothing.
    light_phrases: FastSet<usize>,
    inside: FastSet<String>,
    clause: FastSet<String>,
    joining: FastSet<String>,
    content: FastSet<String>,
    relative: FastSet<String>,
    abbreviations: FastSet<String>,
    subjects: FastSet<String>,
    speaker: FastSet<String>,
    /// The kind of each pronoun.
    pronouns: FastMap<String, String>,
    before_acts: FastSet<String>,
    act_endings: Vec<String>,
    numbers: FastMap<String, String>,
    circumstances: FastSet<usize>,
    requests: FastSet<usize>,
    entries: EntryTable,
    meanings: Meanings,
    classes: Vec<CueClass>,
    /// The cues by their first word; those whose first word has any ending, by its first letter.
    cues: FastMap<String, Vec<CueWords>>,
    family_letters: usize,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Lexicon").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Lexicon {
    /// A lexicon of these lists, with a stemmer of the language. `words` is the number of words with a meaning, as far as
    /// it is known.
    pub fn new<'m>(
        algorithm: Algorithm,
        lists: &LexiconLists,
        words: usize,
        meanings: impl Iterator<Item = Meaning<'m>>,
    ) -> Self {
        let capacity = words + lists.light.len() + lists.circumstances.len() + lists.requests.len();
        let words = |list: &[String]| list.iter().map(|word| token::fold(word)).collect();
        let mut lexicon = Self {
            stemmer: Stemmer::create(algorithm),
            light: FastSet::default(),
            light_phrases: FastSet::default(),
            inside: words(&lists.inside),
            clause: words(&lists.clause),
            joining: words(&lists.joining),
            content: words(&lists.content),
            relative: words(&lists.relative),
            abbreviations: words(&lists.abbreviations),
            subjects: words(&lists.subjects),
            speaker: words(&lists.speaker),
            pronouns: lists
                .pronouns
                .iter()
                .flat_map(|(kind, words)| words.iter().map(|word| (token::fold(word), kind.clone())))
                .collect(),
            before_acts: words(&lists.before_acts),
            act_endings: lists.act_endings.clone(),
            numbers: lists.numbers.iter().map(|(word, value)| (token::fold(word), value.clone())).collect(),
            circumstances: FastSet::default(),
            requests: FastSet::default(),
            entries: EntryTable::with_capacity(capacity),
            meanings: Meanings::default(),
            classes: lists.cues.clone(),
            cues: FastMap::default(),
            family_letters: lists.family_letters,
        };
        let (phrases, light): (Vec<&String>, Vec<&String>) = lists.light.iter().partition(|word| word.contains(' '));
        lexicon.light = light.iter().map(|word| token::stem(&token::fold(word), &lexicon.stemmer)).collect();
        lexicon.light_phrases = phrases.iter().map(|phrase| lexicon.entry(phrase)).collect();
        lexicon.circumstances = lists.circumstances.iter().map(|word| lexicon.entry(word)).collect();
        lexicon.requests = lists.requests.iter().map(|word| lexicon.entry(word)).collect();
        lexicon.read_cues();
        meanings.for_each(|meaning| lexicon.add(&meaning));
        lexicon.meanings.finish(lexicon.entries.len());
        lexicon
    }

    fn add(&mut self, meaning: &Meaning) {
        match meaning {
            Meaning::Same(words) => {
                let set: Vec<usize> = list(words).map(|word| self.entry(word)).collect();
                self.meanings.add_same(set);
            }
            Meaning::Implied(word, others) => {
                let word = self.entry(word);
                let others: Vec<usize> = list(others).map(|other| self.entry(other)).collect();
                self.meanings.add_implied(word, others);
            }
        }
    }

    fn read_cues(&mut self) {
        for (class, cue) in self.classes.iter().enumerate() {
            let typed = cue.words.iter().map(|typed| (typed, false));
            for (typed, in_source) in typed.chain(cue.in_source.iter().map(|typed| (typed, true))) {
                let words: Vec<String> = typed.split_whitespace().map(token::fold).collect();
                let first = words.first().map_or("", |word| word.trim_start_matches(OPENS));
                let key = if first.ends_with(ENDING) { initial(first) } else { first };
                self.cues.entry(key.to_owned()).or_default().push(CueWords { class, words, in_source });
            }
        }
    }

    /// The number of an entry, which is added if it is new. Words that may stand inside a phrase do not count.
    fn entry(&mut self, typed: &str) -> usize {
        let mut words: Vec<String> = typed.split([' ', '-']).map(token::fold).filter(|word| !word.is_empty()).collect();
        if words.iter().any(|word| !self.inside.contains(word)) {
            words.retain(|word| !self.inside.contains(word));
        }
        let stemmer = &self.stemmer;
        self.entries.add(words, |word| token::stem(word, stemmer))
    }

    fn with_tokenizer<T>(&self, stems: bool, job: impl FnOnce(&SenseTokenizer) -> T) -> T {
        job(&SenseTokenizer {
            stemmer: stems.then_some(&self.stemmer),
            opens_clause: &|word| self.clause.contains(word),
            abbreviates: &|word| self.abbreviations.contains(word),
        })
    }

    pub(super) fn tokens(&self, text: &str) -> Vec<SenseToken> {
        self.with_tokenizer(true, |tokenizer| tokenizer.tokens(text))
    }

    /// The words of a text without their stems, for what looks at cues alone.
    fn plain_tokens(&self, text: &str) -> Vec<SenseToken> {
        self.with_tokenizer(false, |tokenizer| tokenizer.tokens(text))
    }

    /// The bytes of the sentences of a text. A full stop behind an abbreviation or an initial ends none.
    #[must_use]
    pub fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        self.with_tokenizer(false, |tokenizer| tokenizer.sentences(text))
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

    /// The bytes of the words of a request that may be asked for whatever its facts tell.
    #[must_use]
    pub fn asked_for(&self, text: &str) -> Vec<Range<usize>> {
        let tokens = self.tokens(text);
        let found = self.entries(&tokens).into_iter().filter(|(entry, _)| self.requests.contains(entry));
        found.flat_map(|(_, at)| at).map(|index| tokens[index].range.clone()).collect()
    }

    /// The bytes of the sentences of an argument that tell no fact of the case: suppositions, and sentences of law, in which
    /// neither a name of `named` nor a pronoun stands.
    #[must_use]
    pub fn suppositions(&self, text: &str, named: &[Range<usize>]) -> Vec<Range<usize>> {
        let tells = |sentence: &Range<usize>| {
            let words = &text[sentence.clone()];
            let is_named = named.iter().any(|name| sentence.start <= name.start && name.end <= sentence.end);
            let supposes = self.cues(&self.plain_tokens(words)).iter().any(|cue| cue.class.supposes);
            (is_named || self.has_pronoun(words)) && !supposes
        };
        self.sentences(text).into_iter().filter(|sentence| !tells(sentence)).collect()
    }

    /// True if a text has a cue of this class, or of one that stands for it.
    #[must_use]
    pub fn has_cue(&self, text: &str, class: &str) -> bool {
        let stands_for: &[String] =
            self.classes.iter().find(|own| own.name == class).map_or(&[], |own| own.stands_for.as_slice());
        let fits = |cue: FoundCue| cue.class.name == class || stands_for.contains(&cue.class.name);
        self.cues(&self.plain_tokens(text)).into_iter().any(fits)
    }

    /// What a text says that a text of the same fact in another language must say too.
    #[must_use]
    pub fn says_across(&self, text: &str) -> BTreeSet<&str> {
        self.cues(&self.plain_tokens(text)).into_iter().filter_map(|cue| cue.class.across.as_deref()).collect()
    }

    /// What a text answers for that another language says.
    #[must_use]
    pub fn answers_across(&self, text: &str) -> BTreeSet<&str> {
        let classes = self.cues(&self.plain_tokens(text)).into_iter().map(|cue| cue.class);
        classes.flat_map(|class| [&class.across, &class.across_weak]).filter_map(|said| said.as_deref()).collect()
    }

    /// What the words of a class say, in the language of messages.
    #[must_use]
    pub fn label<'a>(&'a self, class: &'a str) -> &'a str {
        let label = self.classes.iter().find(|own| own.name == class).map(|own| own.label.as_str());
        label.filter(|label| !label.is_empty()).unwrap_or(class)
    }

    /// True for a class that tells whose words something is.
    #[must_use]
    pub fn is_about_speech(&self, class: &str) -> bool {
        self.classes.iter().any(|own| own.name == class && own.speech)
    }

    /// True for a class that tells what somebody asked for.
    #[must_use]
    pub fn is_about_asking(&self, class: &str) -> bool {
        self.classes.iter().any(|own| own.name == class && own.asks)
    }

    /// The kind and the bytes of the pronoun with which a text begins: only words that carry nothing and the bytes of
    /// `known` stand before it, so that it stands for nobody whom the text names.
    #[must_use]
    pub fn first_pronoun(&self, text: &str, known: &[Range<usize>]) -> Option<(&str, Range<usize>)> {
        for token in self.tokens(text) {
            if let Some(kind) = self.pronouns.get(&token.word) {
                return Some((kind, token.range));
            }
            let is_known = known.iter().any(|known| known.start < token.range.end && token.range.start < known.end);
            if !self.is_light(&token) && !is_known {
                return None;
            }
        }
        None
    }

    /// True if a text has a pronoun that stands for somebody.
    #[must_use]
    pub fn has_pronoun(&self, text: &str) -> bool {
        words::words(text).any(|word| self.subjects.contains(&token::fold(&text[word])))
    }

    /// True if a text has a word that stands for whoever speaks.
    #[must_use]
    pub fn has_speaker(&self, text: &str) -> bool {
        words::words(text).any(|word| self.speaker.contains(&token::fold(&text[word])))
    }

    /// True for a pronoun that stands for somebody who acts.
    pub(super) fn stands_for_somebody(&self, token: &SenseToken) -> bool {
        self.subjects.contains(&token.word)
    }

    /// True if the word at an index joins a second statement to the first.
    pub(super) fn joins(&self, tokens: &[SenseToken], index: usize) -> bool {
        // "charged with this, and ‘that’": a quotation goes on with what stands before.
        let goes_on = tokens.get(index + 1).is_some_and(|next| next.divided || self.content.contains(&next.word));
        tokens[index].divided && self.joining.contains(&tokens[index].word) && !goes_on
    }

    /// True for a word that opens a clause with what is said, found or asked.
    pub(super) fn opens_content(&self, token: &SenseToken) -> bool {
        self.content.contains(&token.word)
    }

    /// True if a clause about the word before it begins with the word at an index: `who`, `in which`.
    pub(super) fn opens_relative(&self, tokens: &[SenseToken], index: usize) -> bool {
        tokens[index].divided && tokens[index..].iter().take(2).any(|token| self.relative.contains(&token.word))
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
        self.entries.find(tokens, |token| self.inside.contains(&token.word))
    }

    /// All entries that an entry carries.
    pub(super) fn carried_by(&self, entry: usize) -> &[usize] {
        self.meanings.carried_by(entry)
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
        // A capital inside a sentence begins a name, or a month: "23 May", "May 23"; behind a comma or a quotation mark it
        // can begin what somebody says: “Nobody came”.
        let is_inside = start > 0 && tokens[start - 1].sentence == rest[0].sentence && !rest[0].divided;
        let is_dated = rest.get(1).is_some_and(SenseToken::has_digit);
        let is_name = rest[0].capital && !rest[0].all_capitals && (is_inside || is_dated);
        let word = rest[0].word.as_str();
        let keys = std::iter::once(word).chain((initial(word) != word).then(|| initial(word)));
        let mut fitting: Vec<&CueWords> = keys
            .filter_map(|key| self.cues.get(key))
            .flatten()
            .filter(|cue| !is_numbering && !is_name && self.fits(&cue.words, rest, opens))
            .collect();
        fitting.sort_by_key(|cue| (std::cmp::Reverse(cue.words.len()), cue.class));
        let longest = fitting.first().map_or(0, |cue| cue.words.len());
        fitting
            .into_iter()
            .take_while(|cue| cue.words.len() == longest)
            .map(|cue| FoundCue {
                class: &self.classes[cue.class],
                words: start..start + longest,
                in_source: cue.in_source,
            })
            .collect()
    }

    fn fits(&self, key: &[String], tokens: &[SenseToken], opens: bool) -> bool {
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

/// The first letter of a word.
fn initial(word: &str) -> &str {
    word.chars().next().map_or("", |first| &word[..first.len_utf8()])
}

/// A cue that stands in a text.
pub(super) struct FoundCue<'a> {
    pub(super) class: &'a CueClass,
    /// The indices of its words.
    pub(super) words: Range<usize>,
    /// True if it raises no question where a statement has it.
    pub(super) in_source: bool,
}
