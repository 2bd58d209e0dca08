//! The answers of an author to questions about own words: which of them are used, void or idle.

use std::ops::Range;

use super::claims::CaseClaim;
use super::told::places;
use crate::case::{OwnWording, OwnWordingKind};
use crate::diag::{Code, Diagnostic};

/// The answers of one statement.
pub(super) struct Answers<'a> {
    claim: &'a CaseClaim<'a>,
    /// For each answer: true once a question was about its words.
    used: Vec<bool>,
}

impl<'a> Answers<'a> {
    pub(super) fn of(claim: &'a CaseClaim<'a>) -> Self {
        Self { claim, used: vec![false; claim.own_words.len()] }
    }

    /// True if the author has answered for these bytes of a text; marks the answers that are used.
    pub(super) fn covers(&mut self, text: &str, range: &Range<usize>) -> bool {
        let mut answered = false;
        for (own, used) in self.claim.own_words.iter().zip(&mut self.used) {
            if places(text, &own.words).iter().any(|at| at.start < range.end && range.start < at.end) {
                *used = true;
                answered |= own.seal.value == self.claim.seal;
            }
        }
        answered
    }

    /// The kinds of the answers that count.
    pub(super) fn kinds(&self) -> impl Iterator<Item = OwnWordingKind> {
        let all = self.claim.own_words.iter().zip(&self.used);
        all.filter(|(own, used)| **used && own.seal.value == self.claim.seal).map(|(own, _)| own.kind)
    }

    /// Reports answers that are void, and answers to no question; where nothing was compared, nothing was asked.
    pub(super) fn problems(&self, was_compared: bool) -> Vec<Diagnostic> {
        let all = self.claim.own_words.iter().zip(&self.used);
        all.filter_map(|(own, used)| self.problem(own, *used || !was_compared)).collect()
    }

    fn problem(&self, own: &OwnWording, used: bool) -> Option<Diagnostic> {
        let CaseClaim { name, seal, texts, .. } = self.claim;
        let (words, hint) = if !texts.iter().any(|(_, text)| !places(text, &own.words).is_empty()) {
            let words = format!("the words `{}` stand in no text of the {name}", own.words.value);
            (words, "correct the words, or delete the entry".to_owned())
        } else if own.seal.value != *seal {
            let words = format!("the {name} has changed since its own words were answered for");
            (words, format!("read it beside its source again; then write `seal: {seal}`"))
        } else if !used {
            let words = format!("nobody asks about `{}`: it is carried", own.words.value);
            (words, "delete the entry".to_owned())
        } else {
            return None;
        };
        Some(Diagnostic::warning(Code::FactOwnWords, own.words.place.clone(), words).hint(hint))
    }
}
