//! Places where a quotation may begin or end: never inside a word, between a number and its sign, or before the
//! apostrophe of a word.
//!
//! A number without its sign is another number: `500` is not in `−500`, `65` not in `≥ 65`, `5` not in `5 %`. A word without
//! its apostrophe may be another word: `patients` is not in `patients’ files`.

use std::ops::Range;

use super::characters::{is_blank, is_currency, is_transparent, is_word_character};
use super::words::is_boundary;

/// Signs that stand before a number. A hyphen or dash directly before it binds as part of the word.
const BEFORE: &str = "−±∓≥≤≠≈∼~+=<>§№#";
/// Signs that stand before a number also with a space between.
const BEFORE_APART: &str = "−±∓≥≤≠≈+=<>§№";
/// Signs that stand after a number, also with a space between.
const AFTER: &str = "%‰‱°";
/// Signs that stand directly after a number.
const AFTER_CLOSE: &str = "′″+";
/// The most signs before a number.
const MOST_SIGNS: usize = 3;
/// The most characters before a closing quotation mark in which its opening one is looked for.
const LONGEST_QUOTATION: usize = 1000;

/// True if a quotation may begin or end at the place `at` (a byte at the start of a character).
#[must_use]
pub fn is_free(text: &str, at: usize) -> bool {
    is_boundary(text, at) && !parts_sign(text, at) && !cuts_apostrophe(text, at)
}

/// The range with its ends moved outwards to places where a quotation may begin and end.
#[must_use]
pub fn widened(text: &str, range: &Range<usize>) -> Range<usize> {
    let may = |at: &usize| text.is_char_boundary(*at) && is_free(text, *at);
    let start = (0..=range.start).rev().find(may).unwrap_or(range.start);
    let end = (range.end..=text.len()).find(may).unwrap_or(range.end);
    start..end
}

/// True if the place is between a number and its sign.
fn parts_sign(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].trim_end_matches(is_blank), text[at..].trim_start_matches(is_blank));
    let is_apart = before.len() + after.len() < text.len();
    let mut left = before.chars().rev().filter(|character| !is_transparent(*character));
    let Some(last) = left.next() else { return false };
    let beyond = left.next();
    leads(before, last, beyond, after, is_apart) || trails(last, beyond, after, is_apart)
}

/// True if the last character of `before` is a sign of the number with which `after` begins, perhaps behind more signs.
fn leads(before: &str, sign: char, beyond: Option<char>, after: &str, is_apart: bool) -> bool {
    let is_sign = |character: char| BEFORE.contains(character) || is_currency(character) || is_transparent(character);
    let number = after.chars().take(MOST_SIGNS + 1).find(|character| !is_sign(*character));
    if !number.is_some_and(char::is_numeric) {
        return false;
    }
    if !is_apart {
        let is_code = sign.is_alphabetic() && after.starts_with(is_currency);
        return BEFORE.contains(sign) || is_currency(sign) || is_code;
    }
    match sign {
        // `65+ 5`: the sign is that of the number before it.
        '+' => !beyond.is_some_and(char::is_numeric),
        // `> ` begins a line that is quoted in a letter.
        '>' => !before.trim_matches(|c: char| c == '>' || is_blank(c)).is_empty(),
        // `500 $ 600`
        _ if is_currency(sign) => {
            let rest = before.trim_end_matches(is_currency).trim_end_matches(is_blank);
            !rest.ends_with(char::is_numeric)
        }
        _ => BEFORE_APART.contains(sign),
    }
}

/// True if `after` begins with a sign of the number whose last character is `last`.
fn trails(last: char, beyond: Option<char>, after: &str, is_apart: bool) -> bool {
    let mut after = after.chars().filter(|character| !is_transparent(*character));
    let (Some(sign), next) = (after.next(), after.next()) else { return false };
    if last == '°' {
        return !is_apart && sign.is_alphabetic() && beyond.is_some_and(|c| c.is_numeric() || is_blank(c));
    }
    let is_money = is_currency(sign) && !(is_apart && next.is_some_and(char::is_numeric));
    last.is_numeric() && (AFTER.contains(sign) || is_money || !is_apart && AFTER_CLOSE.contains(sign))
}

/// True if the place is between a word and its apostrophe: `patients|’ files`, `’|90s`. A mark that closes a quotation is
/// no part of the word before it.
fn cuts_apostrophe(text: &str, at: usize) -> bool {
    let seen = |character: &char| !is_transparent(*character);
    let mut before = text[..at].chars().rev().filter(seen);
    let mut after = text[at..].chars().filter(seen);
    let (Some(left), Some(right)) = (before.next(), after.next()) else { return false };
    let goes_on = |next: Option<char>| next.is_some_and(is_word_character);
    match (left, right) {
        (_, '’' | '\'') => is_word_character(left) && !goes_on(after.next()) && !is_quoting(&text[..at]),
        ('’', _) => right.is_numeric() && !goes_on(before.next()),
        _ => false,
    }
}

/// True if a quotation between single marks is open at the end of this text.
fn is_quoting(text: &str) -> bool {
    let start = text.char_indices().rev().take(LONGEST_QUOTATION).last().map_or(0, |(at, _)| at);
    let mut depth = 0_usize;
    let mut before = ' ';
    let mut rest = text[start..].chars().peekable();
    while let Some(mark) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let opens = !is_word_character(before) && !next.is_whitespace();
        match mark {
            '‘' | '‚' | '‛' | '\'' | '`' if opens => depth += 1,
            '’' | '\'' | '‘' if !before.is_whitespace() && !is_word_character(next) => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        before = mark;
    }
    depth > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts with bars where a quotation may neither begin nor end.
    const BOUND: &[&str] = &[
        "The fine was −|500 crowns",
        "a loss of −|$|500",
        "aged ≥|65 years, aged ≥| |65, aged <| |18",
        "±|5, ≈|10, ~|10, =|3, +|5, §|159, §| |159, №| |12, №|12, #|7, €|5, £|5, US|$|500",
        "5|%, 5| |%, 5|‰, 5| |€, 5|€, 20|°|C, 20| |°|C, 65|+, 5|′",
        "a large percentage of patients|’ files",
        "the readers|' letters of the ’|90s",
        "O|’|Neill and don|'|t",
        "10|³ days, 500|¹|² crowns, twenty|-|four",
        "COVID|-|\u{2028}|19",
    ];

    /// Texts with bars where a quotation may begin or end.
    const FREE: &[&str] = &[
        "He read ‘|the books of the patients|’ and ‘|left|’.",
        "a 'quoted word|' of readers",
        "5| |− b, 500 $| |600, word –| |5, word -| |5",
        "> |5 days later",
        "A sentence|.|¹² And",
        "pre|- and post-war",
        "x =| y, a| < b",
    ];

    /// The text without bars, and the places of the bars.
    fn bars(text: &str) -> (String, Vec<usize>) {
        let mut plain = String::new();
        let mut places = Vec::new();
        for character in text.chars() {
            if character == '|' { places.push(plain.len()) } else { plain.push(character) }
        }
        (plain, places)
    }

    #[test]
    fn a_number_keeps_its_sign_and_a_word_its_apostrophe() {
        for (texts, expected) in [(BOUND, false), (FREE, true)] {
            for text in texts {
                let (plain, places) = bars(text);
                for at in places {
                    assert_eq!(is_free(&plain, at), expected, "{text}: {}|{}", &plain[..at], &plain[at..]);
                }
            }
        }
    }

    #[test]
    fn a_range_is_widened_to_free_places() {
        let text = "We have read the charge sheet of −500 crowns.";
        let start = text.find("harge").expect("there");
        let end = text.find("00 crowns").expect("there");
        assert_eq!(&text[widened(text, &(start..end))], "charge sheet of −500");
    }

    #[test]
    fn a_text_of_apostrophes_takes_no_time() {
        let text = "a' ".repeat(5000);
        assert!((0..text.len()).all(|at| is_free(&text, at) || text.as_bytes()[at] != b'a'));
    }
}
