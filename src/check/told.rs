//! Where something stands in a text: words and names as bytes, numbers and dates with their values.

use std::ops::Range;

use crate::diag::Place;
use crate::reference::{Wording, words};
use crate::yaml::At;

/// A date in a text, perhaps without day or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ToldDate {
    pub day: Option<u32>,
    pub month: u32,
    pub year: Option<u32>,
}

impl ToldDate {
    /// True if it agrees with the date in all parts that both have.
    pub(super) fn falls_in(self, date: &crate::case::Date) -> bool {
        use chrono::Datelike;
        let year = u32::try_from(date.last.year()).ok();
        let day = date.precision != crate::reference::Precision::Day || self.day == Some(date.last.day());
        self.month == date.last.month() && day && (self.year.is_none() || self.year == year)
    }

    /// True if `self`, claimed, says no more than `other`, found.
    pub(super) fn is_within(self, other: ToldDate) -> bool {
        self.month == other.month
            && (self.day.is_none() || self.day == other.day)
            && (self.year.is_none() || self.year == other.year)
    }
}

/// The place of bytes of a value, if the value is written without escapes in its file.
pub(super) fn inside(text: &At<String>, range: &Range<usize>) -> Place {
    let place = text.place.clone();
    match &place.bytes {
        Some(bytes) if bytes.len() == text.value.len() => Place {
            bytes: Some(bytes.start + range.start..bytes.start + range.end),
            column: place.column + text.value[..range.start].chars().count(),
            ..place
        },
        _ => place,
    }
}

/// The byte ranges of some words, as whole words.
pub(super) fn places(text: &str, words: &str) -> Vec<Range<usize>> {
    let is_edge = |at: usize, inner: Option<char>, outer: Option<char>| {
        let _ = at;
        !(inner.is_some_and(char::is_alphanumeric) && outer.is_some_and(char::is_alphanumeric))
    };
    text.match_indices(words)
        .filter(|(at, found)| {
            let end = at + found.len();
            is_edge(*at, found.chars().next(), text[..*at].chars().next_back())
                && is_edge(end, found.chars().next_back(), text[end..].chars().next())
        })
        .map(|(at, found)| at..at + found.len())
        .collect()
}

/// The byte ranges of a name; at the beginning of a sentence its first letter may be a capital.
pub(super) fn capital_places(text: &str, name: &str) -> Vec<Range<usize>> {
    let mut found = places(text, name);
    let mut letters = name.chars();
    if let Some(first) = letters.next().filter(|first| first.is_lowercase()) {
        let capital: String = first.to_uppercase().chain(letters).collect();
        found.extend(places(text, &capital));
    }
    found
}

/// Numbers of a text in digits and in words, each as digits with its byte range: `205.2`, `fourteen` as `14`.
pub(super) fn numbers(text: &str, wording: &Wording) -> Vec<(String, Range<usize>)> {
    let mut out: Vec<(String, Range<usize>)> =
        figures(text).into_iter().map(|range| (text[range.clone()].replace(',', "."), range)).collect();
    out.extend(wording.numbers.find(text).into_iter().map(|(number, range)| (number.value.to_string(), range)));
    out
}

/// Byte ranges of digits, with the points and commas between them: `205.2`, `30.05.2023`.
pub(super) fn figures(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|offset| at + offset) {
        let joins = |c: char, next: Option<char>| {
            c.is_ascii_digit() || (matches!(c, '.' | ',') && next.is_some_and(|n| n.is_ascii_digit()))
        };
        let mut end = start;
        let mut letters = text[start..].chars().peekable();
        while let Some(letter) = letters.next() {
            if !joins(letter, letters.peek().copied()) {
                break;
            }
            end += letter.len_utf8();
        }
        out.push(start..end);
        at = end;
    }
    out
}

/// Dates of a text: a month by name with day or year around it, or three numbers with full stops between.
pub(super) fn dates(text: &str, wording: &Wording) -> Vec<(ToldDate, Range<usize>)> {
    let words = words(text);
    let mut out = Vec::new();
    out.extend(figures(text).into_iter().filter_map(|range| Some((dotted(&text[range.clone()])?, range))));
    for (index, word) in words.iter().enumerate() {
        let typed = &text[word.range.clone()];
        let Some(month) = wording.numbers.month(typed) else { continue };
        let number = |index: Option<usize>| {
            let word = words.get(index?)?;
            let value: u32 = text[word.range.clone()].trim_end_matches([',', '.']).parse().ok()?;
            Some((value, word.range.clone()))
        };
        let before = number(index.checked_sub(1)).filter(|(day, _)| (1..=31).contains(day));
        let after = number(Some(index + 1));
        // In "Feb. 24, 2022" the day follows the month.
        let (day, year_at) = match (&before, &after) {
            (Some((day, _)), _) => (Some(*day), index + 1),
            (None, Some((day, _))) if (1..=31).contains(day) => (Some(*day), index + 2),
            _ => (None, index + 1),
        };
        let year = number(Some(year_at)).filter(|(year, _)| (1000..=2999).contains(year));
        let start = before.as_ref().map_or(word.range.start, |(_, range)| range.start);
        let end = year.as_ref().map_or_else(
            || {
                after
                    .as_ref()
                    .filter(|_| day.is_some() && before.is_none())
                    .map_or(word.range.end, |(_, range)| range.end)
            },
            |(_, range)| range.end,
        );
        out.push((ToldDate { day, month, year: year.map(|(year, _)| year) }, start..end));
    }
    out
}

/// `30.05.2023`.
fn dotted(word: &str) -> Option<ToldDate> {
    let parts: Vec<&str> = word.split('.').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let (day, month, year) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    ((1..=31).contains(&day) && (1..=12).contains(&month) && (1000..=2999).contains(&year)).then_some(ToldDate {
        day: Some(day),
        month,
        year: Some(year),
    })
}
