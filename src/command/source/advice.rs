//! What to be careful about when a passage is quoted, and words for a statement that stay close to it.

use std::ops::Range;

use crate::case::load::{Input, Loaded};
use crate::diag::Failure;
use crate::reference::Reference;
use crate::reference::layers::{layers, reference_files};
use crate::source::Passage;
use crate::text::sense::{CutKind, Lexicon, QuotationCut, cuts};
use crate::yaml;

/// The most words of a sentence that is proposed as a statement; a longer one has to be divided by the author.
const MOST_WORDS: usize = 40;

/// Advice on a passage.
#[derive(Debug, Clone, Default)]
pub(super) struct Advice {
    /// What stands outside the quotation and turns its sense, in words.
    pub(super) careful: Vec<String>,
    /// The sentence of the quotation, as the text of a fact: `text: {en: …}`.
    pub(super) text: Option<String>,
}

/// The advice on each passage, in their order.
///
/// # Errors
/// A file of the templates cannot be read.
pub(super) fn advice(input: &Input, loaded: &mut Loaded, shown: &[Passage]) -> Result<Vec<Advice>, Failure> {
    let own = layers(Some(&input.case), &input.templates)?;
    let (reference, _) = Reference::load(&reference_files(&own, &mut loaded.files));
    let language = |passage: &Passage| {
        let record = loaded.records.get(&passage.source)?;
        Some(record.language.as_ref()?.code.as_str())
    };
    let one = |passage: &Passage| {
        let code = language(passage)?;
        of(passage, code, reference.lexicon(code)?)
    };
    Ok(shown.iter().map(|passage| one(passage).unwrap_or_default()).collect())
}

fn of(passage: &Passage, code: &str, lexicon: &Lexicon) -> Option<Advice> {
    let quoted = passage.phrase.as_ref()?.range.clone();
    let found = cuts(&passage.text, std::slice::from_ref(&quoted), lexicon);
    let careful = found.iter().map(|cut| careful(cut, &passage.text, lexicon)).collect();
    let around = |sentence: &Range<usize>| sentence.start <= quoted.start && quoted.end <= sentence.end;
    let sentence = lexicon.sentences(&passage.text).into_iter().find(around)?;
    let words = passage.text[sentence].trim();
    let is_short = words.split_whitespace().count() <= MOST_WORDS;
    let text = is_short.then(|| format!("text: {{{code}: {}}}", yaml::quoted(words)));
    Some(Advice { careful, text })
}

fn careful(cut: &QuotationCut, paragraph: &str, lexicon: &Lexicon) -> String {
    let words = &paragraph[cut.range.clone()];
    let says = cut.class.as_deref().map(|class| lexicon.label(class)).unwrap_or_default();
    match cut.kind {
        CutKind::StopsInside => format!("what `{words}` begins ({says}) goes on behind these words: quote all of it"),
        CutKind::StopsBefore => format!("`{words}` ({says}) stands behind these words: quote it too, or say it"),
        _ => format!("`{words}` ({says}) stands before these words: quote it too, or say it"),
    }
}
