//! Kinds of characters, as the matcher sees them.

use unicode_normalization::char::is_combining_mark;

pub(super) const SOFT_HYPHEN: char = '\u{ad}';

/// A place inside a paragraph that no quotation crosses: the reader of the file could not tell in which order the words
/// before and after it are read. It matches nothing.
pub const READING_BREAK: char = '\u{2029}';

/// True for a character without width. It is ignored in every word, as in the ledger of a paper.
///
/// U+200B and U+2060 allow or forbid a line break, U+200C and U+200D choose the form of a letter, U+FEFF marks the order
/// of bytes.
pub(super) fn is_silent(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// True for characters that readers ignore inside a word.
pub(super) fn is_transparent(character: char) -> bool {
    character == SOFT_HYPHEN || is_silent(character)
}

pub(super) fn is_apostrophe(character: char) -> bool {
    // The last two are canonically equal to the grave and the acute; composition comes later.
    matches!(character, '\'' | '‘' | '’' | '‚' | '‛' | 'ʻ' | 'ʼ' | 'ʽ' | '`' | '´' | '\u{1fef}' | '\u{1ffd}')
}

pub(super) fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}')
}

pub(super) fn is_dash(character: char) -> bool {
    is_hyphen(character) || matches!(character, '–' | '—' | '―' | '−')
}

pub(super) fn is_letter_or_mark(character: char) -> bool {
    character.is_alphabetic() || is_combining_mark(character)
}

pub(super) fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || is_combining_mark(character)
}

/// True for digits and signs above or below the line.
pub(super) fn is_script(character: char) -> bool {
    matches!(character, '²' | '³' | '¹' | '\u{2070}'..='\u{209c}')
}

/// True for the sign of a currency, such as `$` and `€`.
pub(super) fn is_currency(character: char) -> bool {
    matches!(character, '$' | '¢'..='¥' | '\u{58f}' | '\u{60b}' | '\u{e3f}' | '\u{20a0}'..='\u{20c0}')
}

/// True for white space between words. A break of reading is more than that.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() && character != READING_BREAK
}

#[cfg(test)]
mod tests {
    use super::is_transparent;
    use crate::document::words::is_silent;

    #[test]
    fn what_the_ledger_does_not_see_the_matcher_does_not_see() {
        for character in ('\0'..=char::MAX).filter(|character| is_silent(*character)) {
            assert!(is_transparent(character), "{character:?}");
        }
    }
}
