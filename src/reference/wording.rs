//! Lists of words per language: labels that need attribution, words that claim more than a source may say, numbers
//! and months.
//! The lists are prompts for a check, not a grammar. A case can add labels of its own.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::numbers::{NumberWords, Numbers};
use super::pattern::{Pattern, Word, fold, words};
use crate::diag::{Code, Diagnostic, Place};
use crate::yaml::{At, Entries};

closed! {
    /// A list of words.
    WordList {
        /// Labels that may appear only quoted, attributed, or inside the name of a law.
        Guarded = "guarded",
        /// Names of laws that hold a guarded word.
        LawNames = "law-names",
        /// Words that say whose claim a sentence is.
        Attribution = "attribution",
        /// Words that mark what is reported, alleged or feared.
        Hedges = "hedges",
        /// Words that claim a cause.
        Cause = "cause",
        /// Words that claim who did it.
        Agent = "agent",
        /// Words that claim that it happened more than once, or goes on.
        Repetition = "repetition",
        /// Words that claim a legal effect.
        LegalEffect = "legal-effect",
        /// Words that say that a court left an earlier decision as it was.
        Upholding = "upholding",
        /// Requests that the prosecution appeal against a judgment, which can raise the sentence.
        ProsecutionAppeals = "prosecution-appeals",
        /// Requests that the prosecution bring a final judgment to a review.
        ProsecutionReviews = "prosecution-reviews",
        /// Words that bind a request to the benefit of the person.
        InFavour = "in-favour",
    }
}

impl WordList {
    /// The classes of words that need a quotation which contains them.
    pub const OVERCLAIM: [Self; 4] = [Self::Cause, Self::Agent, Self::Repetition, Self::LegalEffect];
}

/// The words of one language.
#[derive(Debug, Clone)]
pub struct Wording {
    /// The language of the lists.
    pub language: String,
    /// The beginning of the file.
    pub place: Place,
    /// Words for numbers and months.
    pub numbers: Numbers,
    /// Letters that change at the end of a word, folded for comparison.
    pub ending_letters: String,
    lists: BTreeMap<WordList, Patterns>,
    units: Vec<(String, Pattern)>,
    requests: Vec<(String, Vec<Pattern>)>,
}

/// The patterns of a list, in order, and by their first letter, because most words of a text begin no pattern.
#[derive(Debug, Clone, Default)]
struct Patterns {
    all: Vec<Pattern>,
    by_initial: BTreeMap<char, Vec<usize>>,
}

impl Patterns {
    fn add(&mut self, pattern: Pattern) {
        if let Some(initial) = pattern.initial() {
            self.by_initial.entry(initial).or_default().push(self.all.len());
            self.all.push(pattern);
        }
    }

    fn beginning_with(&self, initial: Option<char>) -> impl Iterator<Item = &Pattern> {
        let found = initial.and_then(|initial| self.by_initial.get(&initial));
        found.into_iter().flatten().filter_map(|index| self.all.get(*index))
    }

    fn has(&self, pattern: &Pattern) -> bool {
        self.beginning_with(pattern.initial()).any(|own| own == pattern)
    }

    /// Every place where a pattern matches: word by word, and at each word in the order of the list.
    fn find<'a>(&'a self, words: &[Word]) -> impl Iterator<Item = Hit<'a>> {
        words.iter().enumerate().flat_map(move |(at, word)| {
            self.beginning_with(word.folded.chars().next()).filter_map(move |pattern| {
                let length = pattern.fits(&words[at..]).filter(|length| *length > 0)?;
                Some(Hit { range: word.range.start..words[at + length - 1].range.end, pattern })
            })
        })
    }
}

/// A place in a text where a pattern of a list matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The byte range in the text.
    pub range: Range<usize>,
    /// The pattern that was found.
    pub pattern: &'a Pattern,
}

impl Wording {
    /// The patterns of a list.
    #[must_use]
    pub fn list(&self, list: WordList) -> &[Pattern] {
        self.lists.get(&list).map_or(&[], |patterns| patterns.all.as_slice())
    }

    /// Every place in the text where a word of the list is found, in the order of the text, the longest first.
    #[must_use]
    pub fn find(&self, list: WordList, text: &str) -> Vec<Hit<'_>> {
        self.find_among(list, &words(text))
    }

    /// The same, for a text that is already divided into words.
    #[must_use]
    pub fn find_among<'a>(&'a self, list: WordList, words: &[Word]) -> Vec<Hit<'a>> {
        let mut hits: Vec<Hit<'a>> = self.lists.get(&list).into_iter().flat_map(|own| own.find(words)).collect();
        hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end)));
        hits
    }

    /// True if a word of the list is in the text. The month of a date is not counted: “23 May” is no hedge.
    #[must_use]
    pub fn has(&self, list: WordList, text: &str) -> bool {
        let words = words(text);
        let is_number =
            |word: Option<&Word>| word.is_some_and(|word| word.folded.starts_with(|c: char| c.is_ascii_digit()));
        let is_date = |range: &Range<usize>| {
            let at = words
                .iter()
                .position(|word| word.range == *range && self.numbers.month(&text[range.clone()]).is_some());
            at.is_some_and(|at| is_number(words.get(at + 1)) || at > 0 && is_number(words.get(at - 1)))
        };
        self.lists.get(&list).is_some_and(|own| own.find(&words).any(|hit| !is_date(&hit.range)))
    }

    /// The things that a request asks for, among those by which the languages of one request are compared: `urgent`,
    /// `private`…
    pub fn asked(&self, text: &str) -> impl Iterator<Item = &str> {
        let words = words(text);
        let asked = self.requests.iter().filter(move |(_, all)| all.iter().any(|one| !one.find(&words).is_empty()));
        asked.map(|(what, _)| what.as_str())
    }

    /// True if requests of this language are compared by this thing.
    #[must_use]
    pub fn compares(&self, what: &str) -> bool {
        self.requests.iter().any(|(own, _)| own == what)
    }

    /// The unit named by the words after a number; if two fit, the one with more words.
    #[must_use]
    pub fn unit(&self, words: &[Word]) -> Option<&str> {
        let fitting = self.units.iter().filter_map(|(unit, pattern)| Some((pattern.fits(words)?, unit.as_str())));
        fitting.max_by_key(|(length, _)| *length).map(|(_, unit)| unit)
    }

    /// Adds words to a list; an entry without a word is a problem.
    pub(super) fn add(&mut self, list: WordList, typed: &[At<String>], problems: &mut Vec<Diagnostic>) {
        let patterns = self.lists.entry(list).or_default();
        for typed in typed {
            match Pattern::new(typed) {
                Some(pattern) if patterns.has(&pattern) => problems.push(
                    Diagnostic::warning(
                        Code::CaseDuplicateKey,
                        typed.place.clone(),
                        format!("`{}` is already in the list `{}`", typed.value, list.name()),
                    )
                    .hint("delete one of the two"),
                ),
                Some(pattern) => patterns.add(pattern),
                None => problems.push(
                    Diagnostic::error(
                        Code::CaseBadValue,
                        typed.place.clone(),
                        format!("`{}` holds no word to look for", typed.value),
                    )
                    .hint("write a word, a phrase, a beginning with `*` at its end, or two words with `…` between"),
                ),
            }
        }
    }
}

/// The words of one language, as a file gives them. `*` at the end of a word stands for any ending, `…` for some words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawWording {
    /// The language: `en`, `ru`.
    pub language: At<String>,
    /// Labels that may appear only quoted, attributed, or inside the name of a law.
    pub guarded: Vec<At<String>>,
    /// Names of laws that hold a guarded word.
    pub law_names: Vec<At<String>>,
    /// Words that say whose claim a sentence is.
    pub attribution: Vec<At<String>>,
    /// Words that mark what is reported, alleged or feared.
    pub hedges: Vec<At<String>>,
    /// Words that claim more than a source may say, by class.
    pub overclaim: RawOverclaim,
    /// Words that say that a court left an earlier decision as it was.
    #[serde(default)]
    pub upholding: Vec<At<String>>,
    /// Requests that the prosecution appeal against a judgment, which can raise the sentence.
    #[serde(default)]
    pub prosecution_appeals: Vec<At<String>>,
    /// Requests that the prosecution bring a final judgment to a review.
    #[serde(default)]
    pub prosecution_reviews: Vec<At<String>>,
    /// Words that bind a request to the benefit of the person.
    #[serde(default)]
    pub in_favour: Vec<At<String>>,
    /// The things that a request may ask for, each with its words. A thing has one name in all languages: by it the
    /// languages of a request are compared.
    #[serde(default)]
    pub requests: Entries<Vec<At<String>>>,
    /// For each number, every form of the word for it.
    pub cardinals: Entries<Vec<At<String>>>,
    /// For each number, every form of the word for its rank.
    pub ordinals: Entries<Vec<At<String>>>,
    /// Words that may stand inside a number, as in “one hundred and five”.
    #[serde(default)]
    pub number_joiners: Vec<At<String>>,
    /// For each month from 1 to 12, every form of its name and abbreviation.
    pub months: Entries<Vec<At<String>>>,
    /// Letters that change at the end of a word: a name is then also found with another ending. Empty where endings are
    /// only put on.
    pub ending_letters: String,
    /// For each unit in which something is counted, its words behind a number. A unit has one name in all languages.
    #[serde(default)]
    pub units: Entries<Vec<At<String>>>,
}

/// Words that need a quotation which carries them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawOverclaim {
    /// Words that claim a cause.
    pub cause: Vec<At<String>>,
    /// Words that claim who did it.
    pub agent: Vec<At<String>>,
    /// Words that claim that it happened more than once, or goes on.
    pub repetition: Vec<At<String>>,
    /// Words that claim a legal effect.
    pub legal_effect: Vec<At<String>>,
}

impl RawWording {
    fn number_words(&self) -> NumberWords<'_> {
        NumberWords {
            cardinals: &self.cardinals,
            ordinals: &self.ordinals,
            joiners: &self.number_joiners,
            months: &self.months,
        }
    }

    /// Converts the typed lists.
    pub fn convert(&self, problems: &mut Vec<Diagnostic>) -> Wording {
        let mut wording = Wording {
            language: self.language.value.clone(),
            place: self.language.place.clone(),
            numbers: Numbers::read(&self.number_words(), problems),
            ending_letters: fold(&self.ending_letters),
            lists: BTreeMap::new(),
            units: Vec::new(),
            requests: Vec::new(),
        };
        for (what, forms) in &self.requests {
            let patterns = forms.iter().filter_map(|form| Pattern::new(form)).collect();
            wording.requests.push((what.value.clone(), patterns));
        }
        for (unit, forms) in &self.units {
            wording.units.extend(forms.iter().filter_map(|form| Some((unit.value.clone(), Pattern::new(form)?))));
        }
        let lists = [
            (WordList::Guarded, &self.guarded),
            (WordList::LawNames, &self.law_names),
            (WordList::Attribution, &self.attribution),
            (WordList::Hedges, &self.hedges),
            (WordList::Cause, &self.overclaim.cause),
            (WordList::Agent, &self.overclaim.agent),
            (WordList::Repetition, &self.overclaim.repetition),
            (WordList::LegalEffect, &self.overclaim.legal_effect),
            (WordList::Upholding, &self.upholding),
            (WordList::ProsecutionAppeals, &self.prosecution_appeals),
            (WordList::ProsecutionReviews, &self.prosecution_reviews),
            (WordList::InFavour, &self.in_favour),
        ];
        for (list, typed) in lists {
            wording.add(list, typed, problems);
        }
        wording
    }
}
