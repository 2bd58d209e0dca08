//! Numbers with their units: “fourteen years”, «13 лет 9 месяцев».

use std::ops::Range;

use super::told::figures;
use crate::reference::{Wording, words};

/// The unit that calendar years share with spans of time.
const YEAR: &str = "year";

/// The smallest number that is taken for a calendar year.
const YEARS_BEGIN: u64 = 1000;

/// The number of bytes after a number in which its unit is looked for.
const NEAR: usize = 200;

/// The number of letters of a word that are compared, because its ending changes.
const STEM: usize = 5;

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity {
    /// The name of a unit of all languages, or the beginning of the word after the number with its language.
    pub unit: String,
    /// The number.
    pub value: u64,
    /// Number and word, as written.
    pub written: String,
}

impl Quantity {
    /// True if both have the same unit.
    pub fn counts_as(&self, other: &Self) -> bool {
        self.unit == other.unit
    }
}

/// The quantities of a text. Ranks (“the second”) are none; a word for one is seldom a number.
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
    // A punctuation mark separates the number from the next word; a hyphen and a space do not.
    let starts = rest.find(|c: char| c.is_alphanumeric())?;
    if rest[..starts].contains(|c: char| !c.is_whitespace() && !matches!(c, '-' | '‑' | '–')) {
        return None;
    }
    // Three words are enough, and fit well into these bytes.
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

/// Any other word that can be counted: too long for a particle, and not a month.
fn other_unit(value: u64, word: &str, wording: &Wording) -> Option<String> {
    let is_name = word.chars().next().is_some_and(char::is_uppercase);
    let counts = !is_name && word.chars().count() >= STEM && word.chars().all(char::is_alphabetic);
    let stem: String = word.to_lowercase().chars().take(STEM).collect();
    let is_month = wording.numbers.month(word).is_some();
    (counts && value < YEARS_BEGIN && !is_month).then(|| format!("{stem}… ({})", wording.language))
}
