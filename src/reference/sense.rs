//! The words of a language by which a statement is compared with its source: `sense.yaml` and `lexicon.txt`.

use std::sync::{Arc, OnceLock};

use schemars::JsonSchema;
use serde::Deserialize;

use super::wording::Wording;
use crate::diag::{Code, Diagnostic, Place};
use crate::text::sense::{Algorithm, CueClass, CueReach, Lexicon, LexiconLists};
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
            Arc::new(Lexicon::new(self.algorithm, &lists))
        })
    }

    /// Adds the entries of a `lexicon.txt`.
    pub(super) fn add(&mut self, meanings: Meanings) {
        self.lists.same.extend(meanings.same);
        self.lists.implies.extend(meanings.implies);
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
    /// Words that are written with a full stop.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Pronouns that stand for somebody who acts.
    pub subjects: Vec<String>,
    /// Words behind which a word tells an act.
    #[serde(default)]
    pub before_acts: Vec<String>,
    /// Endings of words that tell an act.
    #[serde(default)]
    pub act_endings: Vec<String>,
    /// Words for who, where and when: it is enough if the cited paragraph has them.
    pub circumstances: Vec<String>,
    /// Classes of words that turn the sense of others, by name.
    pub cues: Entries<RawCueClass>,
}

/// A class of words that turn the sense of others.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawCueClass {
    /// The words that it turns: `next` (two content words), `clause`, `rest` (of the sentence), `speech` (the rest, or
    /// what stands before if the sentence ends with the speaker), `sentence`.
    pub reach: CueReach,
    /// True if a statement must not have it where the source has none.
    #[serde(default)]
    pub added: bool,
    /// True if a statement must not leave it out where the source has it.
    #[serde(default)]
    pub dropped: bool,
    /// True if each needs one of its own on the other side, at the same words.
    #[serde(default)]
    pub paired: bool,
    /// Other classes that stand for it.
    #[serde(default)]
    pub stands_for: Vec<String>,
    /// Its words and phrases: `*` at the end of a word stands for any ending, `#` for a number, `^` before the first
    /// word for the beginning of a clause.
    pub words: Vec<String>,
    /// Words that stand for it in a source, and ask nothing of a statement.
    #[serde(default)]
    pub in_source: Vec<String>,
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
            abbreviations: self.abbreviations,
            subjects: self.subjects,
            before_acts: self.before_acts,
            act_endings: self.act_endings,
            circumstances: self.circumstances,
            family_letters: self.family_letters,
            cues: self.cues.iter().map(|(name, raw)| raw.clone().convert(name.value.clone())).collect(),
            ..LexiconLists::default()
        };
        let (language, place) = (self.language.value, self.language.place);
        Some(SenseWords { language, place, algorithm, lists, lexicon: OnceLock::new() })
    }
}

impl RawCueClass {
    fn convert(self, name: String) -> CueClass {
        let Self { reach, added, dropped, paired, stands_for, words, in_source } = self;
        CueClass { name, reach, added, dropped, paired, stands_for, words, in_source }
    }
}

/// The stemmer with this name.
fn algorithm(name: &str) -> Option<Algorithm> {
    let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
    Algorithm::deserialize(name).ok()
}

/// The meanings of words, from a `lexicon.txt`.
#[derive(Debug, Clone, Default)]
pub(super) struct Meanings {
    same: Vec<Vec<String>>,
    implies: Vec<(String, Vec<String>)>,
}

impl Meanings {
    /// Reads the lines `die, death, dead` (the same) and `surgeon > doctor, physician` (says that too).
    pub(super) fn read(name: &Arc<str>, text: &str, problems: &mut Vec<Diagnostic>) -> Self {
        let mut meanings = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            let is_read = line.is_empty() || meanings.line(line);
            if !is_read {
                let place = Place::line(name.clone(), index + 1);
                problems.push(
                    Diagnostic::error(Code::CaseSyntax, place, format!("`{line}` gives no words with their meaning"))
                        .hint(
                            "write `die, death, dead` for the same, or `surgeon > doctor` for what a word says besides",
                        ),
                );
            }
        }
        meanings
    }

    fn line(&mut self, line: &str) -> bool {
        let words = |part: &str| part.split(',').map(|word| word.trim().to_owned()).collect::<Vec<String>>();
        let is_whole = |words: &[String]| words.iter().all(|word| word.contains(char::is_alphanumeric));
        if let Some((word, others)) = line.split_once('>') {
            let (word, others) = (word.trim().to_owned(), words(others));
            let whole = is_whole(&others) && word.contains(char::is_alphanumeric) && !word.contains(',');
            self.implies.push((word, others));
            whole
        } else {
            let set = words(line);
            let whole = set.len() > 1 && is_whole(&set);
            self.same.push(set);
            whole
        }
    }
}
