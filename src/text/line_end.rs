//! Words that go on in the next line, behind a hyphen.

use std::borrow::Cow;

use super::characters::{SOFT_HYPHEN, is_blank, is_letter_or_mark, is_script, is_transparent, is_word_character};

/// The mark of an extractor for the end of a line inside a word.
pub(super) const LINE_END: char = '\u{2028}';

/// What the hyphen is at the end of a line inside a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEndHyphen {
    /// A soft hyphen: it is no part of the word.
    Soft,
    /// The file does not tell whether it belongs to the word: `inter-⏎national`, `anti-⏎war`.
    Uncertain,
    /// It belongs to the word: between digits or capitals, or in a reference such as `22-⏎147/2026`.
    Kept,
}

/// The most characters of a reference that are looked at on each side of a hyphen.
const LONGEST_REFERENCE: usize = 64;

/// The hyphen at the end of a line with which `rest` begins, if a word goes on behind it: its kind, and its length in
/// characters, with the white space that has the end of the line. `before` goes backwards from the hyphen.
pub(super) fn broken_word(
    before: impl Iterator<Item = char>,
    rest: impl Iterator<Item = char>,
) -> Option<(LineEndHyphen, usize)> {
    let mut rest = rest.peekable();
    let hyphen = rest.next_if(|character| may_end_line(*character))?;
    let mut length = 1;
    let mut ends = 0;
    while let Some(gap) = rest.next_if(|next| is_blank(*next) || is_transparent(*next)) {
        length += 1;
        ends += usize::from(matches!(gap, '\n' | LINE_END));
    }
    let next = *rest.peek().filter(|next| ends == 1 && is_word_character(**next))?;
    let mut before = before.filter(|character| !is_transparent(*character)).peekable();
    let last = *before.peek().filter(|last| is_word_character(**last))?;
    let is_plain = is_letter_or_mark(last) && !last.is_uppercase() && next.is_lowercase();
    let kind = if hyphen == SOFT_HYPHEN {
        LineEndHyphen::Soft
    } else if is_plain && !is_in_reference(before) && !is_in_reference(rest) {
        LineEndHyphen::Uncertain
    } else {
        LineEndHyphen::Kept
    };
    Some((kind, length))
}

/// A word without the ends of lines inside of it, and without the hyphens that may be no part of it.
pub(super) fn joined(word: &str) -> Cow<'_, str> {
    if !word.contains(LINE_END) {
        return word.into();
    }
    let mut joined = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(next) = rest.chars().next() {
        let broken = broken_word(joined.chars().rev(), rest.chars());
        let is_kept = broken.as_ref().is_none_or(|(kind, _)| *kind == LineEndHyphen::Kept);
        joined.extend(is_kept.then_some(next));
        let length = broken.map_or(1, |(_, length)| length);
        rest = &rest[rest.chars().take(length).map(char::len_utf8).sum()..];
    }
    joined.into()
}

/// True if the place is inside a word that goes on behind a hyphen at the end of a line.
pub(super) fn is_inside_word(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| is_blank(c) || is_transparent(c) && c != SOFT_HYPHEN);
    let last = before.char_indices().next_back().filter(|(_, character)| may_end_line(*character));
    let mut hyphens = [Some(at), last.map(|(start, _)| start)].into_iter().flatten();
    hyphens.any(|hyphen| broken_word(text[..hyphen].chars().rev(), text[hyphen..].chars()).is_some())
}

/// True for a hyphen with which a line of a broken word may end.
fn may_end_line(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | SOFT_HYPHEN)
}

/// True if the next characters, up to a space or another mark, have a digit: a reference is never broken with a hyphen
/// that is not its own.
fn is_in_reference(characters: impl Iterator<Item = char>) -> bool {
    let is_inside = |c: &char| (c.is_alphanumeric() || matches!(c, '/' | '_' | '@' | '-')) && !is_script(*c);
    characters.take(LONGEST_REFERENCE).take_while(is_inside).any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_is_certain_only_where_the_word_tells() {
        use LineEndHyphen::{Kept, Soft, Uncertain};
        for (before, after, expected) in [
            ("inter", "-\u{2028}national", Some(Uncertain)),
            ("Из", "-\n за", Some(Uncertain)),
            ("anti", "\u{2010}\u{2028}war[38]", Some(Uncertain)),
            ("word", "-\u{2028}s¹²", Some(Uncertain)),
            ("imprison", "\u{ad}\u{2028}ment", Some(Soft)),
            ("22", "-\u{2028}147/2026", Some(Kept)),
            ("COVID", "-\u{2028}19", Some(Kept)),
            ("COVID", "-\u{2028}related", Some(Kept)),
            ("Anglo", "-\u{2028}Saxon", Some(Kept)),
            ("1937", "-\u{2028}1938", Some(Kept)),
            ("A/12/wgad", "-\u{2028}b", Some(Kept)),
            ("wgad", "-\u{2028}b/2024", Some(Kept)),
            ("3", "-\u{2028}й", Some(Kept)),
            ("a ", "-\u{2028}b", None),
            ("a", "-\u{2028}\u{2028}b", None),
            ("a", "-\u{2029}b", None),
            ("a", "- b", None),
        ] {
            let found = broken_word(before.chars().rev(), after.chars()).map(|(kind, _)| kind);
            assert_eq!(found, expected, "{before}{after}");
        }
    }
}
