//! Forbidden characters that are written as escapes: `"\u202e"` is as invisible on the page as the character itself.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_saphyr::Spanned;

use crate::diag::Place;

/// The forbidden characters in all scalars of a file, each with its place.
#[derive(Debug, Default)]
struct Hidden(Vec<(Place, char)>);

/// The first forbidden character that is written as an escape. A file that cannot be read gets its own message
/// elsewhere.
pub(super) fn first(text: &str) -> Option<(Place, char)> {
    if !text.contains('\\') {
        return None;
    }
    let tree = serde_saphyr::from_str_with_options::<Spanned<Hidden>>(text, super::options()).ok()?;
    Hidden::default().with(tree).0.into_iter().next()
}

/// True for a forbidden character. Line ends come from block scalars; tabs become spaces.
fn is_hidden(c: char) -> bool {
    super::forbidden(c) && !matches!(c, '\n' | '\t')
}

impl Hidden {
    fn of(words: &str) -> Self {
        Self(words.chars().find(|c| is_hidden(*c)).map(|c| (Place::default(), c)).into_iter().collect())
    }

    /// Adds the characters of a part. Those of its own words get its place.
    fn with(mut self, part: Spanned<Self>) -> Self {
        let here = super::place(part.referenced);
        let named = part.value.0.into_iter().map(|(place, c)| (if place.line == 0 { here.clone() } else { place }, c));
        self.0.extend(named);
        self
    }
}

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Hidden;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_str<E>(self, words: &str) -> Result<Hidden, E> {
        Ok(Hidden::of(words))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Hidden, E> {
        Ok(Hidden::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Hidden, E> {
        Ok(Hidden::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Hidden, E> {
        Ok(Hidden::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Hidden, E> {
        Ok(Hidden::default())
    }

    fn visit_unit<E>(self) -> Result<Hidden, E> {
        Ok(Hidden::default())
    }

    fn visit_none<E>(self) -> Result<Hidden, E> {
        Ok(Hidden::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Hidden, D::Error> {
        Hidden::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Hidden, A::Error> {
        let mut all = Hidden::default();
        while let Some(item) = items.next_element()? {
            all = all.with(item);
        }
        Ok(all)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Hidden, A::Error> {
        let mut all = Hidden::default();
        while let Some((key, value)) = entries.next_entry()? {
            all = all.with(key).with(value);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn escapes_are_found_only_where_yaml_reads_them() {
        for (text, found) in [
            ("a: \"x \\u202e y\"", Some((1, '\u{202e}'))),
            ("a:\n  b: [plain, \"\\ue000\"]", Some((2, '\u{e000}'))),
            ("a:\n  - {b: \"\\e[31m\"}", Some((2, '\u{1b}'))),
            ("\"\\x07\": b", Some((1, '\u{7}'))),
            ("a: '\\u202e'", None),
            ("a: \\u202e and \\b", None),
            ("a: \"\\u00a0 \\n \\t \\\\u202e\"", None),
            ("a: |\n  \\u202e\n  x", None),
            ("a: [\"\\u202e\"", None),
            ("a: 1\nb: true\nc: ~\nd: 1.5\ne: \"\\\"\"", None),
        ] {
            assert_eq!(first(text).map(|(place, c)| (place.line, c)), found, "{text}");
        }
    }
}
