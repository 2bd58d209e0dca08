//! Compares a statement with the words it is cited to: words that no word of the source carries, and words that turn
//! the sense of others and stand on one side alone.
//!
//! Nothing here knows a language: all words come in a [`Lexicon`]. The doubts are questions for a human, never
//! verdicts.

mod cues;
mod cuts;
mod entries;
mod fast;
mod lexicon;
mod lists;
mod meanings;
mod numbers;
mod reading;
mod token;

use std::ops::Range;

pub use cuts::{CutKind, QuotationCut, cuts};
pub use lexicon::{Algorithm, Lexicon, Meaning};
pub use lists::{CueClass, CueReach, LexiconLists};

use reading::{Partners, ReadText};
use token::SenseToken;

/// A doubt about a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenseDoubt {
    /// The kind.
    pub kind: SenseDoubtKind,
    /// The bytes of the statement that raise it.
    pub range: Range<usize>,
    /// The words of the source that stand against it, if there are any.
    pub against: Option<String>,
}

/// The kind of a doubt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SenseDoubtKind {
    /// No word of the source carries it.
    Beyond,
    /// A number stands with other words than in the source.
    Number,
    /// A person or body is named who is not in the cited sentence, and no pronoun there can stand for them.
    Who,
    /// The statement has a cue of this class, and the source has none.
    Added(String),
    /// The source has a cue of this class, and the statement leaves it out.
    Dropped(String),
}

/// A statement, with the parts of it that are accounted for elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Statement<'a> {
    /// The text.
    pub text: &'a str,
    /// Bytes that need no word of the source: recorded names, words that follow by a recorded rule.
    pub known: Vec<Range<usize>>,
    /// Bytes of names of others than the person of the case.
    pub others: Vec<Range<usize>>,
}

/// A paragraph with the bytes of the quotations from it.
#[derive(Debug, Clone)]
pub struct CitedText<'a> {
    /// The paragraph.
    pub paragraph: &'a str,
    /// The bytes of the quoted words.
    pub quoted: Vec<Range<usize>>,
}

impl CitedText<'_> {
    /// The sentences in which the quoted words stand, each on a line.
    #[must_use]
    pub fn sentences(&self, lexicon: &Lexicon) -> String {
        let is_quoted = |range: &Range<usize>| {
            self.quoted.iter().any(|quoted| quoted.start < range.end && range.start < quoted.end)
        };
        let sentences = lexicon.sentences(self.paragraph).into_iter().filter(is_quoted);
        sentences.flat_map(|range| [self.paragraph[range].trim_end(), "\n"]).collect()
    }
}

/// The doubts about a statement, in the order of its words.
#[must_use]
pub fn doubts(statement: &Statement, cited: &[CitedText], lexicon: &Lexicon) -> Vec<SenseDoubt> {
    let near: String = cited.iter().map(|cited| cited.sentences(lexicon)).collect();
    let comparison = Comparison {
        statement: ReadText::new(statement.text, &statement.known, lexicon),
        near: ReadText::new(&near, &[], lexicon),
        lexicon,
    };
    let mut doubts = comparison.beyond(cited);
    let partners = Partners::new(&comparison.statement, &comparison.near, lexicon);
    doubts.extend(numbers::doubts(&comparison.statement, &comparison.near, &partners, lexicon));
    doubts.extend(comparison.who(&statement.others));
    doubts.extend(cues::doubts(&comparison.statement, &comparison.near, &partners, lexicon));
    doubts.sort_by_key(|doubt| doubt.range.start);
    doubts
}

/// A statement beside the sentences and the paragraphs that it is cited to.
struct Comparison<'a> {
    statement: ReadText,
    near: ReadText,
    lexicon: &'a Lexicon,
}

impl Comparison<'_> {
    /// Words that nothing carries. What was done must be carried by the cited sentence; a word of the paragraph carries
    /// who, where, when and things.
    fn beyond(&self, cited: &[CitedText]) -> Vec<SenseDoubt> {
        let near = self.near.carries(&self.statement);
        let mut open: Vec<usize> = (0..self.statement.tokens.len())
            .filter(|index| self.statement.is_content(*index) && !near[*index])
            .collect();
        let (acts, others): (Vec<usize>, Vec<usize>) =
            open.iter().partition(|index| self.statement.tells_act(**index, self.lexicon));
        if !others.is_empty() {
            let far: String = cited.iter().flat_map(|cited| [cited.paragraph, "\n"]).collect();
            let far = ReadText::new(&far, &[], self.lexicon).carries(&self.statement);
            open.retain(|index| acts.contains(index) || !far[*index]);
        }
        let open = open.into_iter();
        open.map(|index| SenseDoubt {
            kind: SenseDoubtKind::Beyond,
            range: self.statement.tokens[index].range.clone(),
            against: None,
        })
        .collect()
    }

    /// Names that are not in the cited sentences, where no pronoun there can stand for them.
    fn who(&self, names: &[Range<usize>]) -> Vec<SenseDoubt> {
        if self.near.tokens.iter().any(|token| self.lexicon.stands_for_somebody(token)) {
            return Vec::new();
        }
        let is_said = |name: &Range<usize>| {
            let within = |token: &&SenseToken| name.start <= token.range.start && token.range.end <= name.end;
            let words = self.statement.tokens.iter().filter(within).filter(|token| !self.lexicon.is_light(token));
            let words: Vec<&SenseToken> = words.collect();
            words.is_empty() || words.iter().any(|token| self.near.has_stem(&token.stem))
        };
        let open = names.iter().filter(|name| !is_said(name));
        open.map(|name| SenseDoubt { kind: SenseDoubtKind::Who, range: name.clone(), against: None }).collect()
    }
}
