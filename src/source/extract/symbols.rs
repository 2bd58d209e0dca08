//! Fonts whose letters are symbols. A file holds a code of the font, often in the private-use area (U+F000 and on); the
//! reader sees the symbol.
//!
//! Source: Adobe's encoding of Symbol; for the others the pictures of the fonts, which Unicode 7.0 took in. Where two
//! characters look alike, the usual one is taken: ☐ for an empty box, → for any plain arrow.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A font, as far as it decides what letters mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Font {
    /// A font of letters.
    #[default]
    Letters,
    Symbol,
    Wingdings,
    Wingdings2,
    Webdings,
    /// A font of symbols that is not known.
    Unknown,
}

/// The characters of known fonts, by the name of the font and the code.
static CHARACTERS: LazyLock<HashMap<(&str, u32), char>> = LazyLock::new(|| {
    let row = |row: &'static str| {
        let (font, rest) = row.split_once('\t')?;
        let (first, characters) = rest.split_once('\t')?;
        let first = u32::from_str_radix(first, 16).ok()?;
        Some((0..).zip(characters.chars()).map(move |(index, character)| ((font, first + index), character)))
    };
    let rows = include_str!("symbols.tsv").lines().filter_map(row).flatten();
    rows.filter(|((_, code), character)| *character != ' ' || *code == 0x20).collect()
});

impl Font {
    /// The font of this name.
    pub(super) fn of(name: &str) -> Self {
        let name = name.trim().trim_matches(['\'', '"']).to_lowercase();
        match name.as_str() {
            "symbol" | "symbol mt" | "standard symbols ps" => Self::Symbol,
            "wingdings" => Self::Wingdings,
            "wingdings 2" => Self::Wingdings2,
            "webdings" => Self::Webdings,
            "wingdings 3" | "marlett" | "monotype sorts" | "zapfdingbats" | "zapf dingbats" | "mt extra" => {
                Self::Unknown
            }
            _ => Self::Letters,
        }
    }

    /// The character that a reader sees for a letter of a text in this font; `None` if that is not known.
    pub(super) fn seen(self, letter: char) -> Option<char> {
        let code = u32::from(letter);
        let is_private = matches!(code, 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF);
        match (self, code) {
            (Self::Letters, _) if is_private => None,
            (Self::Letters, _) | (_, 0..=0x20 | 0xA0 | 0xF020) => Some(if code == 0xF020 { ' ' } else { letter }),
            (_, 0xF000..=0xF0FF) => self.symbol(code & 0xFF),
            (_, 0x21..=0x7E) => self.symbol(code),
            _ if is_private => None,
            // The font has no such letter; programs take it from another one.
            _ => Some(letter),
        }
    }

    /// The character for a code of this font.
    fn symbol(self, code: u32) -> Option<char> {
        let own = match self {
            Self::Symbol => "symbol",
            Self::Wingdings => "wingdings",
            Self::Wingdings2 => "wingdings 2",
            Self::Webdings => "webdings",
            Self::Unknown => return None,
            Self::Letters => return char::from_u32(code),
        };
        CHARACTERS.get(&(own, code)).copied()
    }

    /// The character of an element that names a font and a code, such as `w:sym`.
    pub(super) fn named(self, code: u32) -> Option<char> {
        match self {
            Self::Letters => char::from_u32(code).and_then(|letter| self.seen(letter)),
            _ => self.symbol(if code >= 0xF000 { code & 0xFF } else { code }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Font;

    #[test]
    fn codes_of_symbol_fonts_are_what_the_reader_sees() {
        let cases = [
            ("Symbol", 0xF0B0, Some('°')),
            ("Symbol", 0xF062, Some('β')),
            ("Symbol", 0xB3, Some('≥')),
            ("Symbol", 0xF02D, Some('−')),
            ("Symbol", 0xF0AE, Some('→')),
            ("Symbol", 0xF0D5, Some('∏')),
            ("Symbol", 0xF0E5, Some('∑')),
            ("Symbol", 0xF0F2, Some('∫')),
            ("Symbol", 0xF0FE, Some('⎭')),
            ("Symbol", 0xF07E, Some('∼')),
            ("Wingdings", 0xF0A8, Some('☐')),
            ("Wingdings", 0xF0FE, Some('☑')),
            ("Wingdings", 0xF0FD, Some('☒')),
            ("Wingdings", 0xF0FC, Some('✓')),
            ("Wingdings", 0xF0E0, Some('→')),
            ("Wingdings", 0xF04A, Some('☺')),
            ("Wingdings", 0xF06F, Some('□')),
            ("Wingdings", 0xF078, Some('☒')),
            ("Wingdings", 0xF08C, Some('❶')),
            ("Wingdings", 0xF0AB, Some('★')),
            ("Wingdings 2", 0xF052, Some('☑')),
            ("Wingdings 2", 0xF0A3, Some('☐')),
            ("Wingdings 2", 0xF0FF, None),
            ("Webdings", 0xF061, Some('✓')),
            ("Wingdings 3", 0xF061, None),
            ("Arial", 0x2014, Some('—')),
            ("Arial", 0xF0A7, None),
        ];
        for (font, code, expected) in cases {
            assert_eq!(Font::of(font).named(code), expected, "{font} {code:x}");
        }
        assert_eq!(Font::Symbol.seen('D'), Some('Δ'));
        assert_eq!(Font::Symbol.seen('ж'), Some('ж'));
    }
}
