//! The words of a language by which a statement is compared with its source: `sense.yaml` and `lexicon.txt`.

use std::sync::{Arc, OnceLock};

use schemars::JsonSchema;
use serde::Deserialize;

use super::wording::Wording;
use crate::diag::{Code, Diagnostic, Place};
use crate::text::sense::{Algorithm, CueClass, Lexicon, LexiconLists, Meaning};
use crate::yaml::{At, Entries};

/// The words of a language; the lexicon is made of them when it is first used.
#[derive(Debug, Clone)]
pub struct SenseWords {
    /// The language.
    pub language: String,
    /// The beginning of the file.
    pub place: Place,
    algorithm: Algorithm,
    lists: LexiconLists,
    meanings: LexiconText,
    lexicon: OnceLock<Arc<Lexicon>>,
}

impl SenseWords {
    /// The lexicon, with the words for numbers of the same language.
    #[must_use]
    pub fn lexicon(&self, wording: &Wording) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            let mut lists = self.lists.clone();
            lists.numbers.extend(wording.numbers.cardinals().map(|(word, value)| (word.to_owned(), value.to_string())));
            lists.light.extend(wording.numbers.ordinals().map(str::to_owned));
            lists.abbreviations.extend(wording.numbers.months().map(str::to_owned));
            Arc::new(Lexicon::new(self.algorithm, &lists, self.meanings.words(), self.meanings.all()))
        })
    }

    /// Takes the meanings of a `lexicon.txt`.
    pub(super) fn mean(&mut self, meanings: LexiconText) {
        self.meanings = meanings;
    }
}

/// The words that turn the sense of others, and those that carry nothing, as a file gives them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawSense {
    /// The language: `en`, `ru`.
    pub language: At<String>,
    /// The Snowball stemmer of the language, by its English name: `English`.
    pub stemmer: At<String>,
    /// The number of first letters by which words are taken for one family, such as “complain” and “complaint”.
    pub family_letters: usize,
    /// Words and phrases that say nothing that a source would have to carry.
    pub light: Vec<String>,
    /// Words that may stand inside a phrase: articles, pronouns.
    #[serde(default)]
    pub inside: Vec<String>,
    /// Words that open a clause.
    pub clause: Vec<String>,
    /// Words that join a second statement to the first, behind a comma: `and`, `but`.
    #[serde(default)]
    pub joining: Vec<String>,
    /// Words that open a clause with what is said, found or asked: `that`, `whether`.
    #[serde(default)]
    pub content: Vec<String>,
    /// Words that open a clause about the word before it: `who`, `which`.
    #[serde(default)]
    pub relative: Vec<String>,
    /// Words that are written with a full stop.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Pronouns that stand for somebody who acts.
    pub subjects: Vec<String>,
    /// Words that stand for whoever speaks: `I`, `us`.
    #[serde(default)]
    pub speaker: Vec<String>,
    /// For each kind of pronoun, as a case records it under `pronouns` of a person, its words that stand for a person.
    #[serde(default)]
    pub pronouns: Entries<Vec<String>>,
    /// Words behind which a word tells an act.
    #[serde(default)]
    pub before_acts: Vec<String>,
    /// Endings of words that tell an act.
    #[serde(default)]
    pub act_endings: Vec<String>,
    /// What a request may ask for, whatever its facts tell: words and phrases.
    #[serde(default)]
    pub requests: Vec<String>,
    /// Words for who, where and when: it is enough if the cited paragraph has them.
    pub circumstances: Vec<String>,
    /// Classes of words that turn the sense of others, by name.
    pub cues: Entries<CueClass>,
}

impl RawSense {
    pub(super) fn convert(self, problems: &mut Vec<Diagnostic>) -> Option<SenseWords> {
        let Some(algorithm) = algorithm(&self.stemmer) else {
            let words = format!("there is no Snowball stemmer `{}`", self.stemmer.value);
            problems.push(
                Diagnostic::error(Code::CaseBadValue, self.stemmer.place.clone(), words)
                    .hint("write the English name of the language, for instance `English`"),
            );
            return None;
        };
        let lists = LexiconLists {
            light: self.light,
            inside: self.inside,
            clause: self.clause,
            joining: self.joining,
            content: self.content,
            relative: self.relative,
            abbreviations: self.abbreviations,
            subjects: self.subjects,
            speaker: self.speaker,
            pronouns: self.pronouns.iter().map(|(kind, words)| (kind.value.clone(), words.clone())).collect(),
            before_acts: self.before_acts,
            act_endings: self.act_endings,
            requests: self.requests,
            circumstances: self.circumstances,
            family_letters: self.family_letters,
            cues: self
                .cues
                .iter()
                .map(|(name, class)| CueClass { name: name.value.clone(), ..class.clone() })
                .collect(),
            ..LexiconLists::default()
        };
        let (language, place) = (self.language.value, self.language.place);
        Some(SenseWords {
            language,
            place,
            algorithm,
            lists,
            meanings: LexiconText::default(),
            lexicon: OnceLock::new(),
        })
    }
}

/// The stemmer with this name.
fn algorithm(name: &str) -> Option<Algorithm> {
    let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
    Algorithm::deserialize(name).ok()
}

/// A `lexicon.txt`: lines such as `die, death, dead` (the same) and `surgeon > doctor, physician` (says that too).
#[derive(Debug, Clone, Default)]
pub(super) struct LexiconText(String);

impl LexiconText {
    /// Takes the text of a file, and reports each line that gives no words with their meaning.
    pub(super) fn read(name: &Arc<str>, text: &str, problems: &mut Vec<Diagnostic>) -> Self {
        let wrong = text.lines().enumerate().filter(|(_, line)| !bare(line).is_empty() && meaning(line).is_none());
        problems.extend(wrong.map(|(index, line)| {
            let words = format!("`{}` gives no words with their meaning", bare(line));
            Diagnostic::error(Code::CaseSyntax, Place::line(name.clone(), index + 1), words)
                .hint("write `die, death, dead` for the same, or `surgeon > doctor` for what a word says besides")
        }));
        Self(text.to_owned())
    }

    fn all(&self) -> impl Iterator<Item = Meaning<'_>> {
        self.0.lines().filter_map(meaning)
    }

    /// The number of words, or a few more.
    fn words(&self) -> usize {
        self.0.matches([',', '>', '\n']).count()
    }
}

/// A line without its remark.
fn bare(line: &str) -> &str {
    line.split('#').next().unwrap_or_default().trim()
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

fn meaning(line: &str) -> Option<Meaning<'_>> {
    let is_word = |word: &str| word.contains(char::is_alphanumeric);
    let line = bare(line);
    if let Some((word, others)) = line.split_once('>') {
        let fits = is_word(word) && !word.contains(',') && words(others).all(is_word);
        return fits.then_some(Meaning::Implied(word.trim(), others));
    }
    (line.contains(',') && words(line).all(is_word)).then_some(Meaning::Same(line))
}
