//! The fonts of a page: how wide a glyph is, how high, and which characters it stands for.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Encoding, Object};
use unicode_normalization::char::decompose_canonical;

use super::number;

/// A composite font whose codes are two bytes long, as Typst writes all of them.
pub(super) struct Font<'a> {
    pub(super) name: String,
    /// How high the highest glyph stands above the line, in units of the size.
    ascent: f64,
    /// Below the line, negative, in units of the size.
    pub(super) descent: f64,
    encoding: Encoding<'a>,
    /// Widths by code, in units of the size.
    widths: BTreeMap<u16, f64>,
    default: f64,
}

/// A glyph that was shown.
pub(super) struct Glyph {
    pub(super) characters: String,
    /// In units of the size.
    pub(super) width: f64,
    /// How high it stands above the line at most, in units of the size.
    pub(super) height: f64,
}

/// What no letter of Libertinus Serif exceeds but capitals with an accent and a few others: its highest is Ґ.
///
/// Source: outlines of the four faces; Ґ reaches 0.769, quotation marks 0.736, brackets 0.72, б 0.701.
const PLAIN: f64 = 0.77;

/// Whether a character stands higher than [`PLAIN`].
fn is_high(character: char) -> bool {
    let mut parts = 0;
    decompose_canonical(character, |_| parts += 1);
    let accented = parts > 1;
    accented && character.is_uppercase() || matches!(character, 'ĺ' | 'ĥ' | 'Ѯ' | 'ѯ' | 'Ѽ' | 'ѽ')
}

impl<'a> Font<'a> {
    pub(super) fn read(pdf: &'a Document, font: &'a Dictionary) -> Self {
        let encoded = font.get(b"Encoding").and_then(Object::as_name).expect("an encoding");
        assert_eq!(encoded, b"Identity-H", "a code is the number of its glyph");
        let inner = font.get_deref(b"DescendantFonts", pdf).and_then(Object::as_array).expect("an inner font");
        let inner = pdf.dereference(&inner[0]).and_then(|(_, inner)| inner.as_dict()).expect("an inner font");
        let about = inner.get_deref(b"FontDescriptor", pdf).and_then(Object::as_dict).expect("a description");
        let measure = |key: &[u8]| about.get(key).map(number).expect("a measure") / 1000.0;
        let name = about.get(b"FontName").and_then(Object::as_name).expect("a name");
        let name = String::from_utf8_lossy(name);
        Self {
            name: name.split_once('+').map_or(&*name, |(_, name)| name).to_owned(),
            ascent: measure(b"Ascent"),
            descent: measure(b"Descent"),
            encoding: font.get_font_encoding(pdf).expect("characters of glyphs"),
            widths: widths(inner.get_deref(b"W", pdf).and_then(Object::as_array).map_or(&[], Vec::as_slice)),
            default: inner.get(b"DW").map_or(1.0, |width| number(width) / 1000.0),
        }
    }

    pub(super) fn glyphs(&self, bytes: &[u8]) -> Vec<Glyph> {
        assert_eq!(bytes.len() % 2, 0, "codes have two bytes");
        let glyph = |code: &[u8]| {
            let characters = Document::decode_text(&self.encoding, code).expect("characters of a glyph");
            let width = self.widths.get(&u16::from_be_bytes([code[0], code[1]]));
            let plain = self.name.starts_with("LibertinusSerif") && !characters.chars().any(is_high);
            let height = if plain { PLAIN } else { self.ascent };
            Glyph { characters, width: width.copied().unwrap_or(self.default), height }
        };
        bytes.chunks(2).map(glyph).collect()
    }
}

/// Source: ISO 32000-1, 9.7.4.3: `first [width width …]` and `first last width`.
fn widths(rows: &[Object]) -> BTreeMap<u16, f64> {
    let code = |object: &Object| object.as_i64().ok().and_then(|code| u16::try_from(code).ok()).expect("a code");
    let mut out = BTreeMap::new();
    let mut rest = rows;
    while let [first, second, more @ ..] = rest {
        if let Object::Array(each) = second {
            out.extend((code(first)..).zip(each.iter().map(|width| number(width) / 1000.0)));
            rest = more;
        } else {
            let width = more.first().map(number).expect("a width") / 1000.0;
            out.extend((code(first)..=code(second)).map(|code| (code, width)));
            rest = &more[1..];
        }
    }
    out
}
