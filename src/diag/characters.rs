//! Characters that hide words, or show them in another order than that in which they are read.

use std::borrow::Cow;

/// True for a mark that changes the direction of the text around it.
///
/// Source: Unicode Standard Annex 9, section 2, directional formatting characters.
#[must_use]
pub const fn is_direction(character: char) -> bool {
    matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// True for a character of the private-use areas of Unicode.
#[must_use]
pub const fn is_private(character: char) -> bool {
    matches!(character as u32, 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}

/// True for a character that could change what a terminal shows.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control() || is_direction(character)
}

/// A text for a terminal: each hidden character is replaced by one of its length, so that byte offsets stay valid. One
/// of a single byte is replaced by `single`.
#[must_use]
pub fn in_place(text: &str, single: impl Fn(char) -> char) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let seen = |character: char| match (is_hidden(character), character.len_utf8()) {
        (true, 1) => single(character),
        (true, 2) => '¤',
        (true, _) => char::REPLACEMENT_CHARACTER,
        (false, _) => character,
    };
    Cow::Owned(text.chars().map(seen).collect())
}
