//! The choice between several forms of the same words in a letter.

use std::collections::{HashMap, HashSet};

use super::ExtractedParagraph;

/// The number of words in which two forms may differ without a remark: a twentieth, such as the marks of a list. A word
/// with a digit always counts.
const SMALL: usize = 20;

/// The most words that a remark names.
const NAMED: usize = 8;

/// One form of the words of a letter.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Plain,
    Page,
}

/// The choice between the plain text and the page of a letter, and a remark if they say different words. If both say the
/// same, the plain text is read, because it keeps the marks of quotation; otherwise the one that is richer in words.
///
/// Source: RFC 2046, 5.1.4: the forms should say the same, and programs show the page.
pub(super) fn choice(plain: &[ExtractedParagraph], page: &[ExtractedParagraph]) -> (Choice, Option<String>) {
    let (plain, page) = (Words::of(plain), Words::of(page));
    let only_plain = plain.without(&page);
    let only_page = page.without(&plain);
    let told = |read: &str| {
        let remark = format!(
            "the plain text and the page of the letter say different words: the {read} is read; most programs show the \
             page (only in the plain text: {}; only in the page: {})",
            shown(&only_plain),
            shown(&only_page)
        );
        Some(remark)
    };
    match (plain.differs_by(&only_plain), page.differs_by(&only_page)) {
        (false, false) => (Choice::Plain, None),
        (false, true) => (Choice::Page, None),
        _ if plain.0.len() > page.0.len() => (Choice::Plain, told("plain text")),
        _ => (Choice::Page, told("page")),
    }
}

fn shown(words: &[&str]) -> String {
    let mut known = HashSet::new();
    let words: Vec<&str> = words.iter().copied().filter(|word| known.insert(*word)).collect();
    let more = if words.len() > NAMED { format!(" and {} more", words.len() - NAMED) } else { String::new() };
    let named = words.iter().take(NAMED).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    if named.is_empty() { "none".to_owned() } else { named + &more }
}

/// The words of a text, in order.
struct Words(Vec<String>);

impl Words {
    fn of(paragraphs: &[ExtractedParagraph]) -> Self {
        let is_address = |word: &&str| word.contains("://") || word.contains("www.") || word.contains('@');
        let mut order = Vec::new();
        for paragraph in paragraphs {
            for word in paragraph.text.split_whitespace().filter(|word| !is_address(word)) {
                let parts = word.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
                order.extend(parts.map(str::to_lowercase));
            }
        }
        Self(order)
    }

    /// The words that the other text does not have, or not as often.
    fn without(&self, other: &Self) -> Vec<&str> {
        let mut left: HashMap<&str, usize> = HashMap::new();
        for word in &other.0 {
            *left.entry(word).or_default() += 1;
        }
        let mut found = Vec::new();
        for word in &self.0 {
            match left.get_mut(word.as_str()) {
                Some(count) if *count > 0 => *count -= 1,
                _ => found.push(word.as_str()),
            }
        }
        found
    }

    fn differs_by(&self, words: &[&str]) -> bool {
        words.len() * SMALL > self.0.len() || words.iter().any(|word| word.contains(|c: char| c.is_numeric()))
    }
}
