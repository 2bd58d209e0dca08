//! Raised and lowered letters: marks of notes, exponents, endings of ordinal numbers. One rule for every format.

/// What a raised word is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raised {
    /// The mark of a note: it is no part of the text.
    Note,
    /// A part of the word before it, in this spelling.
    Part(String),
}

/// The longest unit that may have an exponent: m², km³.
const LONGEST_UNIT: usize = 2;

/// The longest mark of a note that is made of letters, such as "iii". More letters are words that stand higher.
const LONGEST_MARK: usize = 4;

/// The bases of powers: a raised number behind them is an exponent.
const BASES: [&str; 2] = ["10", "2"];

/// Decides what a raised word is, if the format does not say it. `before` is the text before it; `has_note` tells
/// whether there is a note with this mark.
pub(super) fn raised(before: &str, mark: &str, has_note: bool) -> Raised {
    if mark.chars().all(|c| c.is_numeric() || "-−+,–*†‡§[]() ".contains(c)) {
        return number(before, mark, has_note);
    }
    if mark.chars().filter(|c| c.is_alphabetic()).count() > LONGEST_MARK {
        return Raised::Part(mark.to_owned());
    }
    // "2nd", "1.er", "nº", "Mme": letters belong to the word; a single one behind a long word is the mark of a note, and
    // several behind a space are words.
    let word = last_word(before.trim_end_matches('.'));
    let is_single = mark.chars().count() == 1;
    let is_long = word.chars().count() > 3 && word.chars().all(char::is_alphabetic);
    let is_apart = before.ends_with(char::is_whitespace) && !is_single;
    if !is_apart && (is_single && is_long || word.is_empty()) { Raised::Note } else { Raised::Part(mark.to_owned()) }
}

fn number(before: &str, mark: &str, has_note: bool) -> Raised {
    let word = last_word(before);
    let part = || Raised::Part(superscript(mark));
    let digits = mark.chars().any(char::is_numeric);
    let is_exponent = BASES.contains(&word) || is_unit(before, word) || is_quantity(word, has_note);
    if digits && is_exponent {
        return part();
    }
    // Behind another number nobody can tell; with the sign, the number alone cannot be quoted.
    if digits && word.ends_with(char::is_numeric) && !has_note { part() } else { Raised::Note }
}

/// True for a short word behind a number: "12 km".
fn is_unit(before: &str, word: &str) -> bool {
    let number = before.strip_suffix(word).map_or("", str::trim_end);
    let is_short = (1..=LONGEST_UNIT).contains(&word.chars().count())
        && word.chars().all(|c| c.is_alphabetic() && !c.is_uppercase());
    is_short && number.ends_with(char::is_numeric)
}

/// True for the letter of a quantity: x, ℝ. A capital may have a note, too: "Block C".
fn is_quantity(word: &str, has_note: bool) -> bool {
    let mut letters = word.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
    letter.is_ascii_lowercase() || letter.is_uppercase() && !has_note
}

fn last_word(text: &str) -> &str {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
    if end.len() != text.len() {
        return "";
    }
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// A raised number in the characters for exponents.
pub(super) fn superscript(number: &str) -> String {
    written(number, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
}

/// What lowered words are: the number of atoms stays a number (CO2), an index behind a number keeps its sign.
pub(super) fn lowered(before: &str, word: &str) -> String {
    let is_index = before.ends_with(|c: char| !c.is_alphabetic()) && word.chars().all(char::is_numeric);
    if is_index { subscript(word) } else { word.to_owned() }
}

/// A lowered number in the characters for indices.
pub(super) fn subscript(number: &str) -> String {
    written(number, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋")
}

fn written(number: &str, signs: &str) -> String {
    let sign = |c: char| signs.chars().nth("0123456789+-−–".chars().position(|known| known == c)?);
    number.chars().map(|c| sign(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Raised, raised};

    #[test]
    fn marks_of_notes_go_and_parts_of_words_stay() {
        let part = |text: &str| Raised::Part(text.to_owned());
        let cases = [
            ("of the court", "1", false, Raised::Note),
            ("the end.", "12", false, Raised::Note),
            ("was 500", "12", true, Raised::Note),
            ("was 500", "12", false, part("¹²")),
            ("about 10", "3", false, part("³")),
            ("has 12 m", "2", false, part("²")),
            ("has 12 m", "2", true, part("²")),
            ("مساحتها 24 م", "2", false, part("²")),
            ("the 2", "nd", false, part("nd")),
            ("el 1.", "er", false, part("er")),
            ("n.", "o", false, part("o")),
            ("le 1", "er", false, part("er")),
            ("M", "me", false, part("me")),
            ("n", "o", false, part("o")),
            ("the prisoners", "a", false, Raised::Note),
            ("the prisoners", "*", false, Raised::Note),
            ("x", "2", false, part("²")),
            ("R", "2", false, part("²")),
            ("in Block C", "2", true, Raised::Note),
            ("to work on 24 ", "or", false, part("or")),
            ("the prisoners ", "a", false, Raised::Note),
            ("the end. ", "as in the law", false, part("as in the law")),
        ];
        for (before, mark, has_note, expected) in cases {
            assert_eq!(raised(before, mark, has_note), expected, "{before} {mark}");
        }
    }
}
