//! The stages of folding: each takes characters with their places and returns characters with their places.

use std::iter::once;
use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::characters::{SOFT_HYPHEN, is_apostrophe, is_blank, is_dash, is_silent};
use super::line_end::{self, LINE_END, LineEndHyphen};

/// A character on its way to the folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) character: char,
    /// The bytes of the original from which it comes.
    pub(super) original: Range<usize>,
    /// True if it is the unchanged character of the original.
    pub(super) same: bool,
    /// True if a hyphen before it was removed that may belong to the word.
    pub(super) after_hyphen: bool,
}

impl Cell {
    fn made(character: char, original: Range<usize>) -> Self {
        Self { character, original, same: false, after_hyphen: false }
    }

    fn replaced(&self, character: char) -> Self {
        let same = self.same && self.character == character;
        Self { character, original: self.original.clone(), same, after_hyphen: self.after_hyphen }
    }
}

pub(super) fn cells(text: &str) -> Vec<Cell> {
    text.char_indices()
        .map(|(at, character)| Cell { same: true, ..Cell::made(character, at..at + character.len_utf8()) })
        .collect()
}

/// Removes soft hyphens, and makes words whole that go on behind a hyphen at the end of a line.
///
/// A hyphen that belongs to the word stays: `Anglo-⏎Saxon`, `1937-⏎1938`. One that may belong to it (`inter-⏎national`,
/// `well-⏎known`) is removed, and the letter after it remembers it: see [`super::occurrences`].
pub(super) fn dehyphenate(cells: &[Cell]) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut at = 0;
    let mut after_hyphen = false;
    while let Some(cell) = cells.get(at) {
        if let Some((kind, length)) = broken_word(&out, &cells[at..]) {
            if kind == LineEndHyphen::Kept {
                out.push(cell.clone());
            }
            after_hyphen = kind == LineEndHyphen::Uncertain;
            at += length;
            continue;
        }
        if cell.character != SOFT_HYPHEN {
            out.push(Cell { after_hyphen, ..cell.clone() });
            after_hyphen = false;
        }
        at += 1;
    }
    out
}

/// The hyphen at the end of a line that stands here inside a word, and its length in characters.
fn broken_word(before: &[Cell], rest: &[Cell]) -> Option<(LineEndHyphen, usize)> {
    let character = |cell: &Cell| cell.character;
    line_end::broken_word(before.iter().rev().map(character), rest.iter().map(character))
}

/// Replaces each run of white space by one space, and trims the ends; characters without width are removed.
///
/// After a hyphen that belongs to a word, the end of a line is no white space: it stays as its mark, so that the two parts
/// match neither with a space nor without it. A break of reading stays too.
pub(super) fn collapse_white_space(cells: &[Cell]) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut at = 0;
    while let Some(cell) = cells.get(at) {
        if !is_gap(cell.character) {
            out.push(cell.clone());
            let (before, rest) = cells.split_at(at);
            at += 1;
            if let Some((mark, length)) = kept_line_end(before, rest) {
                out.push(mark.clone());
                at += length;
            }
            continue;
        }
        let length = cells[at..].iter().take_while(|cell| is_gap(cell.character)).count();
        let run = &cells[at..at + length];
        at += length;
        let is_space = run.iter().any(|cell| is_blank(cell.character));
        if is_space && !out.is_empty() && at < cells.len() {
            out.push(space(run));
        }
    }
    out
}

/// The mark of the end of a line after the hyphen with which `rest` begins, if that hyphen belongs to a word, and the
/// number of characters between hyphen and word.
fn kept_line_end<'a>(before: &[Cell], rest: &'a [Cell]) -> Option<(&'a Cell, usize)> {
    let (kind, length) = broken_word(before, rest)?;
    let mark = rest[1..length].iter().find(|cell| cell.character == LINE_END)?;
    (kind == LineEndHyphen::Kept).then_some((mark, length - 1))
}

fn is_gap(character: char) -> bool {
    is_blank(character) || is_silent(character)
}

fn space(run: &[Cell]) -> Cell {
    match run {
        [only] => only.replaced(' '),
        _ => Cell::made(' ', run[0].original.start..run[run.len() - 1].original.end),
    }
}

/// Gives one form to each punctuation mark that typesetters vary.
///
/// Spaces around dashes stay: `a — b` separates and `a-b` binds, and the program cannot know which was meant. The space
/// inside guillemets is removed only if the guillemet clearly opens (`« a`) or closes (`a »`). German `»a« b` keeps its
/// space; so do straight marks, which do not show whether they open or close.
pub(super) fn unify_marks(cells: &[Cell]) -> Vec<Cell> {
    let mut out = Vec::with_capacity(cells.len());
    for (at, cell) in cells.iter().enumerate() {
        if cell.character == ' ' && is_inside_guillemets(cells, at) {
            continue;
        }
        if cell.character == '…' {
            out.extend((0..3).map(|_| Cell::made('.', cell.original.clone())));
        } else {
            out.push(cell.replaced(unified(cell.character)));
        }
    }
    out
}

fn is_inside_guillemets(cells: &[Cell], space: usize) -> bool {
    let character = |at: Option<usize>| at.and_then(|at| cells.get(at)).map(|cell| cell.character);
    let opens = matches!(character(space.checked_sub(1)), Some('«' | '‹'))
        && matches!(character(space.checked_sub(2)), None | Some(' ' | '(' | '[' | '«' | '—' | '–'));
    let closes = matches!(character(Some(space + 1)), Some('»' | '›'))
        && matches!(character(Some(space + 2)), None | Some(' ' | ')' | ']' | '»' | '.' | ',' | ';' | ':' | '!' | '?'));
    opens || closes
}

/// The common form of a mark. Primes stay: they stand for feet, minutes and seconds.
fn unified(character: char) -> char {
    match character {
        '“' | '”' | '„' | '‟' | '«' | '»' | '\u{2e42}' => '"',
        '‹' | '›' => '\'',
        _ if is_apostrophe(character) => '\'',
        _ if is_dash(character) => '-',
        _ => character,
    }
}

/// Applies canonical composition, one normalisation segment at a time, and writes the f-ligatures as letters.
///
/// The ligatures ﬀ ﬁ ﬂ ﬃ ﬄ ﬆ come from typesetting and never carry meaning. No other compatibility form is folded: `½`,
/// `²`, `№` and `ﬅ` (a long s) differ in meaning from their parts.
pub(super) fn compose(cells: &[Cell]) -> Vec<Cell> {
    let mut out = Vec::with_capacity(cells.len());
    let mut start = 0;
    while start < cells.len() {
        let length = 1 + cells[start + 1..].iter().take_while(|cell| !starts_segment(cell.character)).count();
        compose_segment(&cells[start..start + length], &mut out);
        start += length;
    }
    out
}

/// True for Latin and Cyrillic letters and common punctuation: starters that no character before them changes. Most
/// text is made of these, and the tables are slow; a test compares the two.
fn is_composed(character: char) -> bool {
    matches!(character, '\0'..='\u{2ff}' | '\u{400}'..='\u{482}' | '\u{2010}'..='\u{2027}')
}

/// True if no earlier character can compose or change places with this one or with later ones.
fn starts_segment(character: char) -> bool {
    if is_composed(character) {
        return true;
    }
    let mut first = character;
    let mut seen = false;
    decompose_canonical(character, |part| {
        if !seen {
            first = part;
            seen = true;
        }
    });
    // A decomposition may begin with a mark even if the character itself is a starter.
    canonical_combining_class(first) == 0 && is_nfc_quick(once(character)) != IsNormalized::Maybe
}

fn compose_segment(segment: &[Cell], out: &mut Vec<Cell>) {
    if let [only] = segment
        && is_composed(only.character)
    {
        out.push(only.clone());
        return;
    }
    let before = || segment.iter().map(|cell| cell.character);
    let after: Vec<char> = before().flat_map(spelled).nfc().collect();
    if before().eq(after.iter().copied()) {
        out.extend_from_slice(segment);
        return;
    }
    let original = segment[0].original.start..segment[segment.len() - 1].original.end;
    let first = out.len();
    out.extend(after.into_iter().map(|character| Cell::made(character, original.clone())));
    if let Some(cell) = out.get_mut(first) {
        cell.after_hyphen = segment[0].after_hyphen;
    }
}

fn spelled(character: char) -> impl Iterator<Item = char> {
    let (one, rest) = match character {
        'ﬀ' => ('f', "f"),
        'ﬁ' => ('f', "i"),
        'ﬂ' => ('f', "l"),
        'ﬃ' => ('f', "fi"),
        'ﬄ' => ('f', "fl"),
        'ﬆ' => ('s', "t"),
        _ => (character, ""),
    };
    once(one).chain(rest.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fast_check_agrees_with_the_tables() {
        for character in ('\0'..='\u{ffff}').filter(|character| is_composed(*character)) {
            let mut parts = Vec::new();
            decompose_canonical(character, |part| parts.push(part));
            assert_eq!(canonical_combining_class(parts[0]), 0, "{character:?}");
            assert_eq!(is_nfc_quick(once(character)), IsNormalized::Yes, "{character:?}");
            assert!(spelled(character).eq(once(character)), "{character:?}");
        }
    }
}
