//! Words and their boundaries: UAX 29, with stricter rules where a cut would change the meaning of a source.
//!
//! A quotation may not begin or end inside a word. In addition to the standard, these bind: a hyphen inside a compound
//! (`seizure-free`), any dash or slash next to a digit (`5–6`, `159/3`), a sign or unit on a number (`−5`, `13%`,
//! `$500`), digits above or below the line (`10³`, `500¹²`), brackets between letters (`[T]he`), a hyphen at the end of a
//! line inside a word, consecutive full stops. A dash between letters (`word—word`) separates. Characters without width
//! are not seen: a word goes on across them.

use std::ops::Range;

use icu::properties::CodePointMapData;
use icu::properties::props::Script;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

use super::characters::{
    is_apostrophe, is_currency, is_dash, is_hyphen, is_letter_or_mark, is_script, is_transparent, is_word_character,
};
use super::line_end;

/// A mark above a letter: two points.
const DIAERESIS: char = '\u{308}';

/// The byte ranges of the words of a text, in order: every stretch between boundaries that has a letter or a digit.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let ends = text.char_indices().map(|(at, character)| at + character.len_utf8());
    ends.filter(|&end| is_boundary(text, end))
        .map(move |end| {
            let word = start..end;
            start = end;
            word
        })
        .filter(|word| text[word.clone()].chars().any(char::is_alphanumeric))
}

/// The number of words in a text.
#[must_use]
pub fn count(text: &str) -> usize {
    words(text).count()
}

/// True if the place `at` (a byte at the start of a character) is not inside a word.
#[must_use]
pub fn is_boundary(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev().filter(|character| !is_transparent(*character));
    let mut after = text[at..].chars().filter(|character| !is_transparent(*character));
    let (Some(left), Some(right)) = (before.next(), after.next()) else { return true };
    let bound = are_joined(left, right)
        || left == '.' && right == '.'
        || after.next().is_some_and(|next| binds(left, right, next))
        || is_signed(before.next(), left, right)
        || line_end::is_inside_word(text, at);
    !bound
}

/// The same word in lower case: for suggestions to a human, never for a verdict.
#[must_use]
pub fn fold_case_for_hint(word: &str) -> String {
    word.to_lowercase()
}

/// The letter without its optional mark: in Cyrillic the diaeresis. Other letters stay as they are.
#[must_use]
pub fn without_optional_mark(letter: char) -> char {
    let mut parts = ['\0'; 2];
    let mut count = 0;
    if !letter.is_ascii() {
        decompose_canonical(letter, |part| {
            parts.iter_mut().skip(count).take(1).for_each(|place| *place = part);
            count += 1;
        });
    }
    let is_cyrillic = |letter| CodePointMapData::<Script>::new().get(letter) == Script::Cyrillic;
    match parts {
        [base, DIAERESIS] if count == 2 && is_cyrillic(base) => base,
        _ => letter,
    }
}

/// The runs of letters and digits: the coarsest pieces that every whole-word match shares with its paragraph.
pub(super) fn atoms(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let mut previous = None;
    let ends = text.char_indices().map(|(at, character)| (at, Some(character)));
    ends.chain([(text.len(), None)]).filter_map(move |(at, character)| {
        let goes_on = previous.zip(character).is_some_and(|(left, right)| are_joined(left, right));
        previous = character;
        if goes_on {
            return None;
        }
        let atom = &text[start..at];
        start = at;
        atom.chars().any(char::is_alphanumeric).then_some(atom)
    })
}

/// True if two adjacent characters belong to one word.
fn are_joined(left: char, right: char) -> bool {
    // Latin, Greek, Cyrillic and Armenian, which are written with spaces.
    let is_plain = |character: char| character < '\u{590}' && character.is_alphanumeric();
    if is_plain(left) && is_plain(right) || is_combining_mark(right) {
        return true;
    }
    // An opening quotation mark after these letters is the Uzbek turned comma of oʻ and gʻ. A closing mark may be a
    // real one.
    if matches!(left, 'o' | 'O' | 'g' | 'G') && right == '‘' {
        return true;
    }
    let may_join = |character: char| is_word_character(character) || is_script(character);
    if !may_join(left) || !may_join(right) {
        return false;
    }
    if is_combining_mark(left) {
        return true;
    }
    if left.is_numeric() && right.is_numeric() || is_script(left) || is_script(right) {
        return true;
    }
    // Scripts written without spaces, and all other pairs, follow the standard.
    let pair: String = [left, right].iter().collect();
    pair.split_word_bounds().count() == 1
}

/// True if the middle character joins its two neighbours into one word.
fn binds(left: char, middle: char, right: char) -> bool {
    if !is_word_character(left) || !is_word_character(right) {
        return false;
    }
    let letters = is_letter_or_mark(left) && is_letter_or_mark(right);
    let digits = left.is_numeric() && right.is_numeric();
    match middle {
        _ if is_hyphen(middle) => true,
        _ if is_dash(middle) => left.is_numeric() || right.is_numeric(),
        _ if is_apostrophe(middle) => letters,
        '.' => letters || digits,
        ',' | ':' => digits,
        '/' => left.is_numeric() || right.is_numeric(),
        '[' | ']' | '(' | ')' => letters,
        '&' | '@' | '·' => true,
        _ => false,
    }
}

/// True if the place is inside a join that began to the left, or between a number and its sign or unit.
fn is_signed(before: Option<char>, left: char, right: char) -> bool {
    let is_minus = is_dash(left) && left != '—' && !before.is_some_and(is_word_character);
    before.is_some_and(|before| binds(before, left, right))
        || left.is_numeric() && ("%‰°".contains(right) || is_currency(right))
        || right.is_numeric() && (is_currency(left) || is_minus)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text, and its words.
    const WORDS: &[(&str, &[&str])] = &[
        ("The court, he said.", &["The", "court", "he", "said"]),
        ("seizure-free e‑mail", &["seizure-free", "e‑mail"]),
        ("don't o‘zbek tog‘ toʻgʻri l’État", &["don't", "o‘zbek", "tog‘", "toʻgʻri", "l’État"]),
        ("13.5 13% 1,000 −5 $500 5–6 159/3 159¹", &["13.5", "13%", "1,000", "−5", "$500", "5–6", "159/3", "159¹"]),
        ("word—word a – b", &["word", "word", "a", "b"]),
        ("word[38] [T]he arrest(ed)", &["word", "38", "T]he", "arrest(ed"]),
        ("e\u{301}te\u{301} и\u{306}", &["e\u{301}te\u{301}", "и\u{306}"]),
        ("impri\u{ad}son a\u{feff}b a\u{200b}b", &["impri\u{ad}son", "a\u{feff}b", "a\u{200b}b"]),
        ("snake_case U.N. «Слово»", &["snake_case", "U.N", "Слово"]),
        ("`code` ‘dog’", &["code", "dog"]),
        ("статья 159-1 УК", &["статья", "159-1", "УК"]),
        ("10⁴ x₁₂ 5⅓ 10⁻³ end.¹²", &["10⁴", "x₁₂", "5⅓", "10⁻³", "end", "¹²"]),
        ("Из-\u{2028}за 22-\u{2028}147/2026 a\u{2029}b", &["Из-\u{2028}за", "22-\u{2028}147/2026", "a", "b"]),
        ("自由", &["自", "由"]),
        (" … — ", &[]),
    ];

    #[test]
    fn words_are_cut_only_at_boundaries_of_meaning() {
        for &(text, expected) in WORDS {
            let found: Vec<&str> = words(text).map(|word| &text[word]).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_break_inside_a_word_is_no_boundary() {
        let text = "imprison-\n ment-\n\nx";
        assert!(!is_boundary(text, 8) && !is_boundary(text, 11));
        assert!(!is_boundary(text, 9) && is_boundary(text, 15));
    }

    #[test]
    fn atoms_are_runs_of_letters_and_digits() {
        let found: Vec<&str> = atoms("well-known 13.5% o'zbek").collect();
        assert_eq!(found, ["well", "known", "13", "5", "o", "zbek"]);
    }

    #[test]
    fn case_is_folded_for_hints_only() {
        assert_eq!(fold_case_for_hint("Суд ÉTAT"), "суд état");
    }

    #[test]
    fn an_optional_mark_is_removed_from_a_letter() {
        let bare = |word: &str| word.chars().map(without_optional_mark).collect::<String>();
        assert_eq!(bare("Ёлкин ещё й üöé a1"), "Елкин еще й üöé a1");
    }
}
