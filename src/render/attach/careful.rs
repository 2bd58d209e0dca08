//! Words that may be in the machine-readable part of a file.
//!
//! A quotation is chosen from a text of somebody else, and nobody chose the words around it. So the rule is narrow: a
//! word with a capital letter or a digit may be included only if the paper prints it, or if it is part of a name that
//! the audience may be told. That also protects people who are not in the case file at all.
//!
//! For entries of the case this rule is enough, and no other rule may apply: the view has no quotation with the name of
//! somebody hidden, and a ledger that knew more than the view would reveal it by its omissions. Words around a
//! quotation come from the copy, which no view has cut. So they are left out if they hold a name, variant or slip of
//! somebody hidden, or if their paragraph also has a quotation that is cited for something hidden.

use std::collections::BTreeSet;

use crate::case::view::View;
use crate::case::{Case, Citation, Named};
use crate::document::Document;
use crate::reference::{Name, Reference, WordList};

/// The words that may be told to the readers of one document.
pub(super) struct Careful<'a> {
    /// Words of the paper itself.
    printed: BTreeSet<String>,
    /// Words of names that its audience may be told.
    told: BTreeSet<String>,
    /// Names that are hidden from the audience, in small letters.
    hidden: Vec<String>,
    /// Source and place of each citation that is hidden from the audience.
    closed: BTreeSet<(String, String)>,
    reference: &'a Reference,
}

impl<'a> Careful<'a> {
    pub(super) fn new(case: &Case, view: &View, reference: &'a Reference, document: &Document) -> Self {
        let text = document.text();
        let notes = document.notes.iter().flat_map(|note| &note.content).map(|span| span.text.as_str());
        let printed = text.iter().map(String::as_str).chain(notes);
        let told = view.names.values().filter(|named| !named.protected).flat_map(spellings);
        let is_told = |named: &Named| view.names.contains_key(&named.id) && !named.protected;
        let hidden = case.names().values().filter(|named| !is_told(named)).flat_map(spellings);
        let closed = closed(case, view);
        Self {
            printed: printed.flat_map(atoms).map(str::to_owned).collect(),
            told: told.flat_map(atoms).map(str::to_owned).collect(),
            hidden: hidden.map(str::to_lowercase).collect(),
            closed,
            reference,
        }
    }

    /// True if a paragraph also has a quotation that is cited for something hidden from the audience.
    pub(super) fn is_shared(&self, source: &str, place: &str) -> bool {
        self.closed.contains(&(source.to_owned(), place.to_owned()))
    }

    /// True if these words of a quotation may be told unchanged.
    pub(super) fn allows(&self, words: &str) -> bool {
        atoms(words).all(|word| self.knows(word))
    }

    /// True if the paper itself prints these words.
    pub(super) fn prints(&self, words: &str) -> bool {
        atoms(words).all(|word| self.printed.contains(word))
    }

    /// True if these words contain a name that is hidden from the audience.
    pub(super) fn hides(&self, words: &str) -> bool {
        let small = words.to_lowercase();
        self.hidden.iter().any(|name| !name.is_empty() && small.contains(name.as_str()))
    }

    /// At most `most` words before a quotation, back to the first that may not be told.
    pub(super) fn before<'t>(&self, text: &'t str, most: usize, language: &str) -> &'t str {
        let mut start = text.len();
        for (at, word) in words(text).into_iter().rev().take(most) {
            if !self.may_stand_around(word, language) {
                break;
            }
            start = at;
        }
        text[start..].trim()
    }

    /// At most `most` words after a quotation, up to the first that may not be told.
    pub(super) fn after<'t>(&self, text: &'t str, most: usize, language: &str) -> &'t str {
        let mut end = 0;
        for (at, word) in words(text).into_iter().take(most) {
            if !self.may_stand_around(word, language) {
                break;
            }
            end = at + word.len();
        }
        text[..end].trim()
    }

    /// Guarded words are left out around a quotation, because nobody has checked who speaks them.
    fn may_stand_around(&self, word: &str, language: &str) -> bool {
        let wording = self.reference.wording(language);
        self.allows(word) && !self.hides(word) && wording.is_some_and(|wording| !wording.has(WordList::Guarded, word))
    }

    fn knows(&self, word: &str) -> bool {
        // A letter without a small form could begin a name.
        word.chars().all(char::is_lowercase) || self.printed.contains(word) || self.told.contains(word)
    }
}

/// Every spelling of a name.
fn spellings(named: &Named) -> impl Iterator<Item = &str> {
    let forms = named.names.values().flat_map(Name::forms);
    let found = named.variants.iter().chain(&named.slips).map(|spelling| spelling.spelling.value.as_str());
    forms.chain(found)
}

/// Runs of letters and digits.
fn atoms(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words of a text with their byte offsets, from 0.
fn words(text: &str) -> Vec<(usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(|word| (word.as_ptr() as usize - start, word)).collect()
}

/// Source and place of each citation of the case that the view leaves out.
fn closed(case: &Case, view: &View) -> BTreeSet<(String, String)> {
    let facts = view.facts.iter().flat_map(|told| told.cites.iter().chain(&told.also));
    let others = view.made.iter().flat_map(|made| &made.cites).chain(view.steps.iter().flat_map(|step| &step.cites));
    let told: Vec<&Citation> = facts.chain(others).collect();
    let is_told = |one: &Citation| {
        told.iter()
            .any(|other| (&other.source, other.at, &other.quote.value) == (&one.source, one.at, &one.quote.value))
    };
    let all = case.citations().into_iter().map(|(_, citation)| citation);
    all.filter(|one| !is_told(one)).map(|one| (one.source.clone(), one.at.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_have_their_offsets() {
        assert_eq!(words(" one  two"), [(1, "one"), (6, "two")]);
        assert_eq!(words(""), []);
    }
}
