//! Replacing single values in the user's own files: comments, order, quotation marks and line ends stay, and every other
//! value is proven to be unchanged.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span};

use super::{At, scalar};

/// A value that gets other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    bytes: Range<usize>,
    from: String,
    to: String,
    is_number: bool,
}

impl Replacement {
    /// Other words at the place of a value; `None` if the place is not known.
    #[must_use]
    pub fn of(typed: &At<String>, to: impl Into<String>) -> Option<Self> {
        let bytes = typed.place.bytes.clone()?;
        Some(Self { bytes, from: typed.value.clone(), to: to.into(), is_number: false })
    }

    /// Another number at the place of a number; `None` if the place is not known.
    #[must_use]
    pub fn number(typed: &At<usize>, to: usize) -> Option<Self> {
        let bytes = typed.place.bytes.clone()?;
        Some(Self { bytes, from: typed.value.to_string(), to: to.to_string(), is_number: true })
    }

    /// True if the value stands there by itself on one line: as typed, without an anchor from which it is repeated.
    fn fits(&self, nodes: &[Node]) -> bool {
        nodes.iter().any(|(event, span)| match event {
            Event::Scalar(value, style, anchor, _) => {
                let is_here = span.byte_range().is_some_and(|bytes| bytes == self.bytes);
                is_here && *value == self.from && *anchor == 0 && is_on_one_line(*style)
            }
            _ => false,
        })
    }

    /// The new words, between the quotation marks of the old ones.
    fn written(&self, old: &str) -> String {
        match old.chars().next() {
            Some('"') => super::quoted(&self.to),
            Some('\'') => format!("'{}'", self.to.replace('\'', "''")),
            _ if self.is_number || is_word(&self.to) => self.to.clone(),
            _ => scalar(&self.to),
        }
    }
}

/// True for a word that no reader takes for a number: `sha256:0a1b`.
fn is_word(value: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '+' | '-' | '_' | '.');
    value.contains(':')
        && value.starts_with(|c: char| c.is_ascii_alphabetic())
        && !value.ends_with(':')
        && value.chars().all(is_plain)
}

fn is_on_one_line(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
}

type Node<'a> = (Event<'a>, Span);

/// The nodes of a text; `None` if it cannot be read.
fn nodes(text: &str) -> Option<Vec<Node<'_>>> {
    Parser::new_from_str(text).collect::<Result<_, _>>().ok()
}

/// The text with other values at some places, and the replacements that were not made: a value is left if it is not
/// written there by itself (`*alias`, `&anchor`, several lines), or if two replacements want different words for it.
/// `None` if anything else would change.
#[must_use]
pub fn replaced(text: &str, wanted: &[Replacement]) -> Option<(String, Vec<Replacement>)> {
    let before = nodes(text)?;
    let clashes = |one: &Replacement| wanted.iter().any(|two| two.bytes == one.bytes && two.to != one.to);
    let (mut made, left): (Vec<&Replacement>, Vec<&Replacement>) =
        wanted.iter().partition(|one| one.fits(&before) && !clashes(one));
    made.sort_by_key(|one| one.bytes.start);
    made.dedup();
    let mut out = text.to_owned();
    for one in made.iter().rev() {
        let new = one.written(text.get(one.bytes.clone())?);
        out.replace_range(one.bytes.clone(), &new);
    }
    let after = nodes(&out)?;
    let is_as_wanted = |((old, span), (new, _)): (&Node, &Node)| {
        let here = span.byte_range().and_then(|bytes| made.iter().find(|one| one.bytes == bytes));
        match (here, old, new) {
            (Some(one), Event::Scalar(_, _, _, tag), Event::Scalar(value, _, 0, now)) => *value == one.to && tag == now,
            _ => old == new,
        }
    };
    let is_right = before.len() == after.len() && before.iter().zip(&after).all(is_as_wanted);
    is_right.then(|| (out, left.into_iter().cloned().collect()))
}

/// The text with a key and its value behind the entry whose value stands at a place: between the same braces, or on a
/// line of its own. `None` if anything else would change.
#[must_use]
pub fn with_entry_after(text: &str, typed: &At<String>, key: &str, value: &str) -> Option<String> {
    let end = typed.place.bytes.as_ref()?.end;
    let start = text.get(..end)?.rfind('\n').map_or(0, |at| at + 1);
    let row = text[start..].lines().next()?;
    let indent = &row[..row.len() - row.trim_start().len()];
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let value = scalar(value);
    let within = (end, format!(", {key}: {value}"));
    let below = (start + row.len(), format!("{line_end}{indent}{key}: {value}"));
    let tries = [within, below].into_iter().map(|(at, words)| format!("{}{words}{}", &text[..at], &text[at..]));
    let before = nodes(text)?;
    tries.into_iter().find(|out| {
        let Some(after) = nodes(out) else { return false };
        let at = before.iter().zip(&after).take_while(|((old, _), (new, _))| old == new).count();
        let is = |index: usize, words: &str| matches!(&after.get(index), Some((Event::Scalar(value, ..), _)) if value.as_ref() == words);
        after.len() == before.len() + 2
            && is(at, key)
            && is(at + 1, value.trim_matches('"'))
            && before[at..].iter().zip(&after[at + 2..]).all(|((old, _), (new, _))| old == new)
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Item {
        at: At<String>,
        n: At<usize>,
    }

    const TEXT: &str = "# é first\na: {at: para 4, n: 3}  # one\nb:\n  n: 7\n  at: 'para 4'\nc: {n: 1, at: \"para 5\"}\n\
                        d: {at: &x para 9, n: 1}\ne: {at: *x, n: 2}\nf:\n  n: 1\n  at: >\n    para 2\n";

    fn items(text: &str) -> Vec<(String, Item)> {
        let read: super::super::Entries<Item> = super::super::read(&"a.yaml".into(), text).expect("readable");
        read.0.into_iter().map(|(key, item)| (key.value, item)).collect()
    }

    #[test]
    fn only_the_wanted_values_change_and_keep_their_quotation_marks() {
        let wanted: Vec<Replacement> =
            items(TEXT).iter().filter_map(|(_, item)| Replacement::of(&item.at, "para 12")).collect();
        let (out, left) = replaced(TEXT, &wanted).expect("replaced");
        let expected = TEXT.replace("at: para 4", "at: para 12").replace("'para 4'", "'para 12'");
        assert_eq!(out, expected.replace("\"para 5\"", "\"para 12\""));
        // The anchored value, its alias and the value on several lines are left.
        assert_eq!(left.len(), wanted.len() - 3);
        let (_, one) = &items(TEXT)[0];
        let wanted =
            [Replacement::number(&one.n, 12).expect("a place"), Replacement::of(&one.at, "12ab").expect("a place")];
        let (out, _) = replaced(TEXT, &wanted).expect("replaced");
        assert_eq!(out, TEXT.replace("at: para 4, n: 3", "at: \"12ab\", n: 12"));
        let both = [Replacement::of(&one.at, "x").expect("a place"), Replacement::of(&one.at, "y").expect("a place")];
        assert_eq!(replaced(TEXT, &both).expect("read"), (TEXT.to_owned(), both.to_vec()));
    }

    #[test]
    fn an_entry_is_added_between_braces_or_on_a_line_of_its_own() {
        for (text, expected) in [
            ("a: {n: 1, at: x} # y\nb: z\n", "a: {n: 1, at: x, code: koi8-r} # y\nb: z\n"),
            ("a:\n  at: \"x\" # y\n  n: 1\n", "a:\n  at: \"x\" # y\n  code: koi8-r\n  n: 1\n"),
        ] {
            let text = text.replace("b: z\n", "");
            let (_, item) = &items(&text)[0];
            let out = with_entry_after(&text, &item.at, "code", "koi8-r").expect("added");
            assert_eq!(out, expected.replace("b: z\n", ""));
        }
    }
}
