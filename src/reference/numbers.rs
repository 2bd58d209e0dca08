//! Numbers and months that are written as words.

use std::collections::BTreeMap;

use super::pattern::{Word, fold, words};
use crate::diag::{Code, Diagnostic, Place};
use crate::yaml::{At, Entries};

/// The meaning of a word for a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The number.
    pub value: u64,
    /// True for a rank: “third” and not “three”.
    pub ordinal: bool,
}

/// The words of one language for numbers and months.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    words: BTreeMap<String, Number>,
    joiners: Vec<String>,
    months: BTreeMap<String, (u32, String)>,
}

/// The words of one language for numbers and months, as a file gives them.
pub(super) struct NumberWords<'a> {
    /// For each number, every form of the word for it.
    pub cardinals: &'a Entries<Vec<At<String>>>,
    /// For each number, every form of the word for its rank.
    pub ordinals: &'a Entries<Vec<At<String>>>,
    /// Words that may stand inside a number.
    pub joiners: &'a [At<String>],
    /// For each month, every form of its name.
    pub months: &'a Entries<Vec<At<String>>>,
}

impl Numbers {
    /// The meaning of one word: “thirteen”, «тринадцати», “thirteenth”.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<Number> {
        self.words.get(&fold(word)).copied()
    }

    /// Each word for a number, folded, with its number.
    pub fn cardinals(&self) -> impl Iterator<Item = (&str, u64)> {
        let cardinals = self.words.iter().filter(|(_, number)| !number.ordinal);
        cardinals.map(|(word, number)| (word.as_str(), number.value))
    }

    /// Each word for a rank, folded.
    pub fn ordinals(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|(_, number)| number.ordinal).map(|(word, _)| word.as_str())
    }

    /// The names and abbreviations of months, folded, without a full stop.
    pub fn months(&self) -> impl Iterator<Item = &str> {
        self.months.keys().map(String::as_str)
    }

    /// The month, from 1 to 12, that a word names. A name that is written with a capital letter must have one: “may” is
    /// not a month.
    #[must_use]
    pub fn month(&self, word: &str) -> Option<u32> {
        let (month, typed) = self.months.get(&fold(word))?;
        let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        (!capital(typed) || capital(word)).then_some(*month)
    }

    /// The number at the beginning of these words, and the count of words it takes: “twenty-one”, «двадцать первого».
    #[must_use]
    pub fn read_at(&self, words: &[Word]) -> Option<(Number, usize)> {
        let mut sum = Sum::default();
        let mut taken = 0;
        let mut ordinal = false;
        while let Some(word) = words.get(taken) {
            let joined = taken > 0 && self.joiners.contains(&word.folded);
            let at = taken + usize::from(joined);
            let Some(number) = words.get(at).and_then(|word| self.words.get(&word.folded)) else { break };
            if (joined && !sum.waits_for_rest()) || !sum.add(number.value) {
                break;
            }
            taken = at + 1;
            ordinal = number.ordinal;
            if ordinal {
                break;
            }
        }
        (taken > 0).then(|| (Number { value: sum.value(), ordinal }, taken))
    }

    /// Every number written as words in a text, with its byte range.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<(Number, std::ops::Range<usize>)> {
        let words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.read_at(&words[at..]) {
                Some((number, taken)) => {
                    found.push((number, words[at].range.start..words[at + taken - 1].range.end));
                    at += taken;
                }
                None => at += 1,
            }
        }
        found
    }

    pub(super) fn read(raw: &NumberWords<'_>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut numbers = Self { joiners: raw.joiners.iter().map(|word| fold(word)).collect(), ..Self::default() };
        for (ordinal, entries) in [(false, raw.cardinals), (true, raw.ordinals)] {
            for_each_form(entries, problems, |value, form| {
                let number = Number { value, ordinal };
                numbers.words.insert(fold(form), number).is_none_or(|before| before == number)
            });
        }
        for_each_form(raw.months, problems, |value, form| {
            let Some(month) = u32::try_from(value).ok().filter(|month| (1..=12).contains(month)) else { return false };
            let name = form.trim_end_matches('.');
            let before = numbers.months.insert(fold(name), (month, name.to_owned()));
            before.is_none_or(|(before, _)| before == month)
        });
        numbers
    }
}

/// Calls `keep` for each form with its number; it returns true if the form can have this number.
fn for_each_form(
    entries: &Entries<Vec<At<String>>>,
    problems: &mut Vec<Diagnostic>,
    mut keep: impl FnMut(u64, &str) -> bool,
) {
    let problem = |place: &Place, words: String, hint: &str| {
        Diagnostic::error(Code::CaseBadValue, place.clone(), words).hint(hint)
    };
    for (key, forms) in entries {
        let Ok(value) = key.parse::<u64>() else {
            let words = format!("`{}` is not a number", key.value);
            problems.push(problem(&key.place, words, "the key of a list of number words is the number in digits"));
            continue;
        };
        for form in forms {
            if !keep(value, form) {
                let words = format!("`{}` cannot stand for {value} here", form.value);
                problems.push(problem(&form.place, words, "a word stands for one number, a month is from 1 to 12"));
            }
        }
    }
}

/// The parts of a number read so far, from left to right.
#[derive(Debug, Default)]
struct Sum {
    thousands: u64,
    rest: u64,
    started: bool,
}

impl Sum {
    /// Adds the next part if it can follow the parts read so far.
    fn add(&mut self, part: u64) -> bool {
        let next = match part {
            0 => (!self.started).then_some(0),
            1..=9 => (self.rest.is_multiple_of(10) && self.rest % 100 != 10).then_some(self.rest + part),
            10..=99 => self.rest.is_multiple_of(100).then_some(self.rest + part),
            100 if (1..=9).contains(&self.rest) => Some(self.rest * 100),
            100..=999 => (self.rest == 0).then_some(part),
            1000 if self.thousands == 0 => {
                self.thousands = self.rest.max(1) * 1000;
                Some(0)
            }
            _ => None,
        };
        let closed = self.started && self.value() == 0;
        let Some(next) = next.filter(|_| !closed) else { return false };
        self.rest = next;
        self.started = true;
        true
    }

    /// True if a joining word may follow: only after hundreds or thousands.
    fn waits_for_rest(&self) -> bool {
        self.rest.is_multiple_of(100) && self.value() >= 100
    }

    fn value(&self) -> u64 {
        self.thousands + self.rest
    }
}
