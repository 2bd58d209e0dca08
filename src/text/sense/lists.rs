//! The lists of words from which a lexicon is made.

use schemars::JsonSchema;
use serde::Deserialize;

closed! {
    /// The reach of a cue.
    CueReach {
        /// The next two content words of its clause.
        Next = "next",
        /// The rest of its clause.
        Clause = "clause",
        /// The rest of its sentence.
        Rest = "rest",
        /// The rest of its sentence; at the end of a sentence, what stands before it.
        Speech = "speech",
        /// The whole sentence.
        Sentence = "sentence",
    }
}

/// A class of cues: words that turn the sense of others.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CueClass {
    /// Its name, the key in the file: `negation`.
    #[serde(skip)]
    pub name: String,
    /// What its words say, in the language of messages: `a negation`. Needed where it raises questions.
    #[serde(default)]
    pub label: String,
    /// The words that it turns: `next` (two content words), `clause`, `rest` (of the sentence), `speech` (the rest, or
    /// what stands before if the sentence ends with the speaker), `sentence`.
    pub reach: CueReach,
    /// True if a statement must not have it where the source has none.
    #[serde(default)]
    pub added: bool,
    /// True if a statement must not leave it out where the source has it.
    #[serde(default)]
    pub dropped: bool,
    /// True if it tells whose words something is: not asked about where the citation names the voice.
    #[serde(default)]
    pub speech: bool,
    /// What its words say that a text of the same fact in another language must say too: `a negation`.
    #[serde(default)]
    pub across: Option<String>,
    /// What its words can say in another language: they answer for it there, and ask for nothing.
    #[serde(default)]
    pub across_weak: Option<String>,
    /// True if it tells what somebody asked for: a demand need not say so.
    #[serde(default)]
    pub asks: bool,
    /// True if it makes a supposition of its sentence: an argument may suppose what no fact tells.
    #[serde(default)]
    pub supposes: bool,
    /// True if a quotation must not be cut between it and the words that it turns.
    #[serde(default)]
    pub cut: bool,
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

/// The lists from which a [`super::Lexicon`] is made. Entries are words or phrases.
#[derive(Debug, Clone, Default)]
pub struct LexiconLists {
    /// Words that carry nothing by themselves.
    pub light: Vec<String>,
    /// Words that may stand inside a phrase: articles, pronouns.
    pub inside: Vec<String>,
    /// Words that open a clause.
    pub clause: Vec<String>,
    /// Words that join a second statement to the first, behind a comma.
    pub joining: Vec<String>,
    /// Words that open a clause with what is said, found or asked: `that`, `whether`.
    pub content: Vec<String>,
    /// Words that open a clause about the word before it.
    pub relative: Vec<String>,
    /// Words that are written with a full stop.
    pub abbreviations: Vec<String>,
    /// Pronouns that stand for somebody who acts: `she`, `who`.
    pub subjects: Vec<String>,
    /// Words that stand for whoever speaks: `I`, `us`.
    pub speaker: Vec<String>,
    /// For each kind of pronoun, as a case records it for a person, its words that stand for nobody else: `she`.
    pub pronouns: Vec<(String, Vec<String>)>,
    /// Words behind which a word tells an act: `was`, `to`, `not`.
    pub before_acts: Vec<String>,
    /// Endings of words that tell an act.
    pub act_endings: Vec<String>,
    /// What a request may ask for, whatever its facts tell.
    pub requests: Vec<String>,
    /// Words for who, where and when: a word of the cited paragraph carries them.
    pub circumstances: Vec<String>,
    /// Words for numbers with their values.
    pub numbers: Vec<(String, String)>,
    /// The cues.
    pub cues: Vec<CueClass>,
    /// The number of first letters by which the words of one family are known.
    pub family_letters: usize,
}
