//! A text with its words and the entries of the lexicon that stand in it.

use std::ops::Range;

use super::fast::{FastMap, FastSet};
use super::lexicon::Lexicon;
use super::token::SenseToken;

/// The number of letters by which the shorter of two words of a family may go on behind their common beginning.
const SHORT_REST: usize = 2;

/// The same for the longer one.
const LONG_REST: usize = 4;

/// A text with its words and the entries of the lexicon that stand in it.
pub(super) struct ReadText {
    pub(super) tokens: Vec<SenseToken>,
    /// The entries, each with the indices of its words.
    entries: Vec<(usize, Vec<usize>)>,
    /// All entries that they carry.
    carried: FastSet<usize>,
    stems: Stems,
    /// For each word: true if it says something that has to be carried.
    content: Vec<bool>,
    /// For each word: true if it is accounted for.
    known: Vec<bool>,
}

impl ReadText {
    /// Reads a text; `known` are bytes that are accounted for.
    pub(super) fn new(text: &str, known: &[Range<usize>], lexicon: &Lexicon) -> Self {
        let tokens = lexicon.tokens(text);
        let entries = lexicon.entries(&tokens);
        let carried = entries.iter().flat_map(|(entry, _)| lexicon.carried_by(*entry)).copied().collect();
        let stems = Stems::new(&tokens, lexicon.family_letters());
        let is_known = |token: &SenseToken| {
            known.iter().any(|known| known.start < token.range.end && token.range.start < known.end)
        };
        let known: Vec<bool> = tokens.iter().map(is_known).collect();
        let mut content: Vec<bool> =
            tokens.iter().zip(&known).map(|(token, known)| !lexicon.is_light(token) && !known).collect();
        let phrases = entries.iter().filter(|(entry, _)| lexicon.is_light_phrase(*entry));
        for index in phrases.flat_map(|(_, at)| at) {
            content[*index] = false;
        }
        Self { tokens, entries, carried, stems, content, known }
    }

    /// True if the word at an index says something that has to be carried.
    pub(super) fn is_content(&self, index: usize) -> bool {
        self.content[index]
    }

    /// True if the word at an index is accounted for, as a part of a name or date.
    pub(super) fn is_known(&self, index: usize) -> bool {
        self.known[index]
    }

    /// True if the word at an index is likely to tell an act and not who, where or when.
    pub(super) fn tells_act(&self, index: usize, lexicon: &Lexicon) -> bool {
        let is_circumstance = self.tokens[index].capital && index > 0
            || self.entries.iter().any(|(entry, at)| at.contains(&index) && lexicon.is_circumstance(*entry));
        !is_circumstance && lexicon.tells_act(&self.tokens, index)
    }

    /// True if a word with this stem, or of its family, stands in the text.
    pub(super) fn has_stem(&self, stem: &str) -> bool {
        !self.stems.alike(stem).is_empty()
    }

    /// For each word of a statement: true if a word of this text carries it.
    pub(super) fn carries(&self, statement: &Self) -> Vec<bool> {
        let mut carried: Vec<bool> = statement.tokens.iter().map(|token| self.has_stem(&token.stem)).collect();
        for (_, at) in statement.entries.iter().filter(|(entry, _)| self.carried.contains(entry)) {
            for index in at {
                carried[*index] = true;
            }
        }
        carried
    }
}

/// The words of a text by the first letters of their stems: words of one family share them.
struct Stems {
    letters: usize,
    /// The indices of the words that begin so; a stem that is shorter stands alone.
    by_beginning: FastMap<String, Vec<(usize, String)>>,
}

impl Stems {
    fn new(tokens: &[SenseToken], letters: usize) -> Self {
        let mut by_beginning: FastMap<String, Vec<(usize, String)>> = FastMap::default();
        for (index, token) in tokens.iter().enumerate() {
            let family = by_beginning.entry(beginning(&token.stem, letters).to_owned()).or_default();
            family.push((index, token.stem.clone()));
        }
        Self { letters, by_beginning }
    }

    /// The indices of the words with this stem, or of its family.
    fn alike(&self, stem: &str) -> Vec<usize> {
        let family = self.by_beginning.get(beginning(stem, self.letters)).into_iter().flatten();
        family.filter(|(_, own)| own == stem || self.are_family(own, stem)).map(|(index, _)| *index).collect()
    }

    /// True if two stems begin with so many same letters that they are taken for one family of words.
    fn are_family(&self, a: &str, b: &str) -> bool {
        let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        let (a, b) = (a.chars().count() - shared, b.chars().count() - shared);
        shared >= self.letters && a.min(b) <= SHORT_REST && a.max(b) <= LONG_REST
    }
}

/// The first letters of a stem.
fn beginning(stem: &str, letters: usize) -> &str {
    stem.char_indices().nth(letters).map_or(stem, |(end, _)| &stem[..end])
}

/// For each word of a statement: the words of the source that carry it or that it carries.
pub(super) struct Partners(Vec<Vec<usize>>);

impl Partners {
    pub(super) fn new(statement: &ReadText, source: &ReadText, lexicon: &Lexicon) -> Self {
        let alike = |token: &SenseToken| source.stems.alike(&token.stem).into_iter().collect::<FastSet<usize>>();
        let mut all: Vec<FastSet<usize>> = statement.tokens.iter().map(alike).collect();
        for (entry, at) in &statement.entries {
            let fits =
                |other: usize| lexicon.carried_by(other).contains(entry) || lexicon.carried_by(*entry).contains(&other);
            for (_, there) in source.entries.iter().filter(|(other, _)| fits(*other)) {
                for index in at {
                    all[*index].extend(there);
                }
            }
        }
        Self(all.into_iter().map(|set| set.into_iter().collect()).collect())
    }

    /// The words of the source, by index, that belong to a word of the statement.
    pub(super) fn of(&self, index: usize) -> &[usize] {
        &self.0[index]
    }
}
