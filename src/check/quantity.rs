//! Numbers with what they count: “fourteen years”, «13 лет 9 месяцев».

use std::ops::Range;

use super::overclaim::figures;
use crate::reference::{Wording, words};

/// The unit that the years of the calendar share with spans of time.
const YEAR: &str = "year";

/// From here on a number is taken for a year of the calendar.
const YEARS_BEGIN: u64 = 1000;

/// In so many bytes behind a number stand the words that say what it counts.
const NEAR: usize = 200;

/// How many letters of a word are compared: its ending changes.
const STEM: usize = 5;

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity {
    /// The unit of all languages, or the beginning of the word behind the number with its language.
    pub unit: String,
    /// The number.
    pub value: u64,
    /// As it is written, number and word.
    pub written: String,
}

impl Quantity {
    /// Whether they count the same thing.
    pub fn counts_as(&self, other: &Self) -> bool {
        self.unit == other.unit
    }
}

/// The quantities of a text. Ranks (“the second”) count nothing; a word for one is seldom a number.
pub fn quantities(text: &str, wording: &Wording) -> Vec<Quantity> {
    let whole = |range: Range<usize>| Some((text[range.clone()].parse::<u64>().ok()?, range));
    let mut numbers: Vec<(u64, Range<usize>)> = figures(text).into_iter().filter_map(whole).collect();
    let spelled = wording.numbers.find(text).into_iter();
    let cardinals = spelled.filter(|(number, _)| !number.ordinal && number.value > 1);
    numbers.extend(cardinals.map(|(number, range)| (number.value, range)));
    numbers.into_iter().filter_map(|(value, range)| quantity(text, value, &range, wording)).collect()
}

fn quantity(text: &str, value: u64, range: &Range<usize>, wording: &Wording) -> Option<Quantity> {
    let rest = &text[range.end..];
    // A mark parts the number from what follows; a hyphen and a space do not.
    let starts = rest.find(|c: char| c.is_alphanumeric())?;
    if rest[..starts].contains(|c: char| !c.is_whitespace() && !matches!(c, '-' | '‑' | '–')) {
        return None;
    }
    // Three words are enough, and they stand in far less.
    let behind = words(&rest[..rest.floor_char_boundary(NEAR)]);
    let first = behind.first()?;
    let word = &rest[first.range.clone()];
    let unit = match wording.unit(&behind[..behind.len().min(3)]) {
        Some(unit) => unit.to_owned(),
        None => other_unit(value, word, wording)?,
    };
    // «2031 года» is a date.
    if value >= YEARS_BEGIN && unit == YEAR {
        return None;
    }
    let written = format!("{} {word}", &text[range.clone()]);
    Some(Quantity { unit, value, written })
}

/// Any other word that can be counted: long enough to be no particle, and no month.
fn other_unit(value: u64, word: &str, wording: &Wording) -> Option<String> {
    let is_name = word.chars().next().is_some_and(char::is_uppercase);
    let counts = !is_name && word.chars().count() >= STEM && word.chars().all(char::is_alphabetic);
    let stem: String = word.to_lowercase().chars().take(STEM).collect();
    let is_month = wording.numbers.month(word).is_some();
    (counts && value < YEARS_BEGIN && !is_month).then(|| format!("{stem}… ({})", wording.language))
}
