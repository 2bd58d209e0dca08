//! Places of folded words in a folded text. A hyphen at the end of a line that may belong to its word is there or is not:
//! `anti-⏎war` is both `anti-war` and `antiwar`.

use std::ops::Range;

use super::characters::READING_BREAK;
use super::fold::{FoldedText, Tier};

/// Words to be found in folded texts.
#[derive(Debug)]
pub(super) struct Needle {
    words: String,
    /// The places where the words were typed with a hyphen at the end of a line that may belong to the word.
    hyphens: Vec<usize>,
    /// The length of the words before the first hyphen inside them, certain or not.
    head: usize,
}

impl Needle {
    pub(super) fn new(text: &str, tier: Tier) -> Self {
        let folded = FoldedText::new(text, tier);
        let words = folded.as_str().trim().to_owned();
        // Only a tier that leaves nothing to trim removes hyphens.
        let hyphens = folded.hyphens().to_vec();
        let typed = words.match_indices('-').map(|(at, _)| at).find(|at| *at > 0);
        let head = [typed, hyphens.first().copied()].into_iter().flatten().min().unwrap_or(words.len());
        Self { words, hyphens, head }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.words
    }

    /// Every place in a text from the byte `from` on, including overlapping ones. A break of reading matches nothing.
    pub(super) fn places<'a>(&'a self, text: &'a FoldedText, from: usize) -> impl Iterator<Item = Range<usize>> + 'a {
        let is_simple = text.hyphens().is_empty() && self.hyphens.is_empty();
        let head = if is_simple { self.words.as_str() } else { &self.words[..self.head] };
        let step = head.chars().next().map_or(1, char::len_utf8);
        let mut next = if self.words.contains(READING_BREAK) { usize::MAX } else { from };
        std::iter::from_fn(move || {
            loop {
                let at = next + text.as_str().get(next..)?.find(head)?;
                next = at + step;
                let end = if is_simple { Some(at + head.len()) } else { self.end(text, at) };
                if let Some(end) = end {
                    return Some(at..end);
                }
            }
        })
    }

    /// The end of the words in a text, if they begin at this byte. Each uncertain hyphen is met at most once.
    fn end(&self, text: &FoldedText, start: usize) -> Option<usize> {
        let has = |hyphens: &[usize], at: usize| hyphens.binary_search(&at).is_ok();
        let (mut at, mut own) = (start, 0);
        let (mut met, mut own_met) = (None, None);
        while let Some(wanted) = self.words[own..].chars().next() {
            let found = text.as_str()[at..].chars().next();
            if found == Some(wanted) {
                at += wanted.len_utf8();
                own += wanted.len_utf8();
            } else if wanted == '-' && met != Some(at) && has(text.hyphens(), at) {
                met = Some(at);
                own += hyphen(&self.words[own..]);
            } else if found == Some('-') && own_met != Some(own) && has(&self.hyphens, own) {
                own_met = Some(own);
                at += hyphen(&text.as_str()[at..]);
            } else {
                return None;
            }
        }
        Some(at)
    }
}

/// The length of the hyphen with which a text begins, with the space behind it where its word is completed by another
/// one: `pre- and post-war`.
fn hyphen(text: &str) -> usize {
    if text[1..].starts_with(' ') { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source, words, and whether they stand in it.
    const PAIRS: &[(&str, &str, bool)] = &[
        ("Из-\u{2028}за", "Из-за", true),
        ("Из-\u{2028}за", "Изза", true),
        ("Из-\u{2028}за", "Из--за", false),
        ("Из-\u{2028}за", "Из за", false),
        ("pre-\u{2028}and post-\u{2028}war", "pre- and post-war", true),
        ("pre- and post-war", "pre-\nand post-war", true),
        ("pre- and post-war", "pre-and post-war", false),
        ("Из-за", "Изза", false),
        ("Изза", "Из-за", false),
        ("Из-за", "Из-\nза", true),
        ("Изза", "Из-\nза", true),
        ("Из--за", "Из-\nза", false),
        ("Из-\u{2028}за inter-\u{2028}national", "Из-за international", true),
        ("Из-\u{2028}за inter-\u{2028}national", "Изза inter-national", true),
        ("Из-\u{2028}за", "Из-на", false),
        ("Anglo-\u{2028}Saxon", "AngloSaxon", false),
        ("Anglo-\u{2028}Saxon", "Anglo-Saxon", true),
        ("22-\u{2028}147/2026", "22147/2026", false),
        ("22-\u{2028}147/2026", "22-147/2026", true),
        ("one\u{2029} two", "one two", false),
        ("one\u{2029} two", "one\u{2029} two", false),
    ];

    #[test]
    fn an_uncertain_hyphen_is_there_or_is_not() {
        for &(source, words, expected) in PAIRS {
            let text = FoldedText::new(source, Tier::Hyphenation);
            let found = Needle::new(words, Tier::Hyphenation).places(&text, 0).next();
            assert_eq!(found, expected.then_some(0..text.as_str().len()), "{words:?} in {source:?}");
        }
    }
}
