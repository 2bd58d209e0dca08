//! The one normaliser. It keeps an exact way back to the unchanged text.
//!
//! The work of each tier is listed at [`Tier`], its implementation is in the stages. In every tier: case is never
//! folded, two words are never joined into one, and folding a folded text changes nothing.

use std::ops::Range;

use super::characters::SOFT_HYPHEN;
use super::stages;

/// Version of the folding rules. A recorded verdict holds only for the version that gave it.
pub const VERSION: u32 = 2;

closed! {
    /// The degree to which both sides are folded before they are compared. Each tier includes the ones before it.
    Tier {
        /// Nothing is folded.
        Exact = "exact",
        /// Each run of white space, line breaks and no-break spaces included, is one space; the ends are trimmed.
        /// Characters without width are removed.
        WhiteSpace = "white-space",
        /// Quotation marks, apostrophes, dashes and the ellipsis have one form each.
        Typographic = "typographic",
        /// Canonical composition (NFC), and the Latin f-ligatures as letters.
        Unicode = "unicode",
        /// Soft hyphens are removed, and a word that goes on in the next line is whole: with its hyphen where that
        /// belongs to the word, with or without it where the file does not tell.
        Hyphenation = "hyphenation",
    }
}

/// A folded text with the origin of each of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedText {
    text: String,
    pieces: Vec<Piece>,
    /// The bytes, in order, before which a hyphen was removed that may belong to the word.
    hyphens: Vec<usize>,
}

/// A stretch of the folded text with its place in the original. Removed characters lie between the pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    folded: Range<usize>,
    original: Range<usize>,
    /// True if both sides have the same bytes, so that a place inside one is a place inside the other.
    same: bool,
}

impl FoldedText {
    /// Folds `text` as far as `tier` says.
    #[must_use]
    pub fn new(text: &str, tier: Tier) -> Self {
        if tier == Tier::Exact || is_settled(text) {
            return Self::unchanged(text);
        }
        let mut cells = stages::cells(text);
        // First, because collapsing white space removes line breaks, and because a soft hyphen prevents composition.
        if tier >= Tier::Hyphenation {
            cells = stages::dehyphenate(&cells);
        }
        cells = stages::collapse_white_space(&cells);
        if tier >= Tier::Typographic {
            cells = stages::unify_marks(&cells);
        }
        if tier >= Tier::Unicode {
            cells = stages::compose(&cells);
        }
        Self::from_cells(&cells)
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The places, as bytes in order, where a hyphen at the end of a line was removed that may belong to the word.
    #[must_use]
    pub fn hyphens(&self) -> &[usize] {
        &self.hyphens
    }

    /// The bytes of the original from which these bytes of the folded text come.
    ///
    /// A range that touches one of several characters made from one original stretch gives the whole stretch.
    #[must_use]
    pub fn original_range(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.original_start(folded.start);
        if folded.is_empty() {
            return start..start;
        }
        start..self.original_end(folded.end)
    }

    /// True if the place `at` (a byte of the folded text) does not cut a character of the original in two.
    #[must_use]
    pub fn is_edge(&self, at: usize) -> bool {
        self.piece_at(at).is_none_or(|piece| piece.same || at == piece.folded.start || at >= piece.folded.end)
    }

    fn original_start(&self, at: usize) -> usize {
        match self.piece_at(at) {
            Some(piece) if at >= piece.folded.end => piece.original.end,
            Some(piece) if piece.same => piece.original.start + (at - piece.folded.start),
            Some(piece) => piece.original.start,
            None => 0,
        }
    }

    fn original_end(&self, at: usize) -> usize {
        match self.piece_at(at - 1) {
            Some(piece) if piece.same => piece.original.start + (at - piece.folded.start),
            Some(piece) => piece.original.end,
            None => 0,
        }
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.folded.start <= at);
        self.pieces[..after].last()
    }

    fn unchanged(text: &str) -> Self {
        let whole = Piece { folded: 0..text.len(), original: 0..text.len(), same: true };
        Self { text: text.to_owned(), pieces: vec![whole], hyphens: Vec::new() }
    }

    fn from_cells(cells: &[stages::Cell]) -> Self {
        let mut folded = Self { text: String::with_capacity(cells.len()), pieces: Vec::new(), hyphens: Vec::new() };
        for cell in cells {
            folded.push(cell);
        }
        folded
    }

    fn push(&mut self, cell: &stages::Cell) {
        let start = self.text.len();
        self.hyphens.extend(cell.after_hyphen.then_some(start));
        self.text.push(cell.character);
        let end = self.text.len();
        match self.pieces.last_mut() {
            Some(last) if last.same && cell.same && last.original.end == cell.original.start => {
                last.folded.end = end;
                last.original.end = cell.original.end;
            }
            // Characters from one original stretch form one piece, even if a later mark was joined to the stretch.
            Some(last) if !last.same && !cell.same && cell.original.start < last.original.end => {
                last.folded.end = end;
                last.original.end = cell.original.end;
            }
            _ => self.pieces.push(Piece { folded: start..end, original: cell.original.clone(), same: cell.same }),
        }
    }
}

/// False if the last tier would change nothing.
pub(super) fn can_be_hyphenated(text: &str) -> bool {
    text.contains(['\n', '\u{2028}', SOFT_HYPHEN])
}

/// True for text that no stage would change. Most paragraphs in English are such, so one quick look at the bytes pays.
fn is_settled(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| matches!(byte, b' '..=b'_' | b'a'..=b'~'))
        && !bytes.windows(2).any(|pair| pair == b"  ")
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, tier, folded text.
    const FOLDS: &[(&str, Tier, &str)] = &[
        ("  a\u{a0}b ", Tier::Exact, "  a\u{a0}b "),
        ("  a\u{a0}\u{202f}\r\n b ", Tier::WhiteSpace, "a b"),
        ("a\u{feff}b c\u{2060}d", Tier::WhiteSpace, "ab cd"),
        ("a\u{200b}b\u{200c}\u{200d} \u{200b}c", Tier::WhiteSpace, "ab c"),
        ("a\u{2029} b", Tier::Hyphenation, "a\u{2029} b"),
        ("«\u{200b}a", Tier::WhiteSpace, "«a"),
        ("“a” „b“ «c» 'd' ‘e’", Tier::Typographic, "\"a\" \"b\" \"c\" 'd' 'e'"),
        ("oʻzbek o‘zbek o`zbek", Tier::Typographic, "o'zbek o'zbek o'zbek"),
        ("a – b — c ‑ −5…", Tier::Typographic, "a - b - c - -5..."),
        ("a «\u{202f}b\u{202f}», c", Tier::Typographic, "a \"b\", c"),
        ("»a« b", Tier::Typographic, "\"a\" b"),
        ("A \" b \"", Tier::Typographic, "A \" b \""),
        ("e\u{301}и\u{306}", Tier::Typographic, "e\u{301}и\u{306}"),
        ("e\u{301}и\u{306} ½ x² №", Tier::Unicode, "\u{e9}й ½ x² №"),
        ("oﬃce ﬁrst", Tier::Unicode, "office first"),
        ("\u{1100}\u{1161}", Tier::Unicode, "\u{ac00}"),
        ("impri\u{ad}son", Tier::Unicode, "impri\u{ad}son"),
        ("impri\u{ad}son e\u{ad}\u{301}", Tier::Hyphenation, "imprison \u{e9}"),
        ("imprison-\n  ment", Tier::Hyphenation, "imprisonment"),
        ("заклю\u{ad}\r\nчение", Tier::Hyphenation, "заключение"),
        ("Anglo-\nSaxon 1937-\n1938", Tier::Hyphenation, "Anglo-Saxon 1937-1938"),
        ("Anglo-\u{2028}Saxon Из-\u{2028}за", Tier::Unicode, "Anglo-\u{2028}Saxon Из- за"),
        ("Anglo-\u{2028}Saxon Из-\u{2028}за", Tier::Hyphenation, "Anglo-Saxon Изза"),
        ("22-\u{2028}147/2026", Tier::Hyphenation, "22-147/2026"),
        ("imprison-\n\nment a -\nb", Tier::Hyphenation, "imprison- ment a - b"),
        ("well-known", Tier::Hyphenation, "well-known"),
        ("He Не", Tier::Hyphenation, "He Не"),
        ("", Tier::Hyphenation, ""),
        (" \n\u{200b}", Tier::Hyphenation, ""),
    ];

    #[test]
    fn each_tier_folds_only_its_own_characters() {
        for &(text, tier, expected) in FOLDS {
            assert_eq!(FoldedText::new(text, tier).as_str(), expected, "{text:?} at {tier:?}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for &(text, _, _) in FOLDS {
            for tier in Tier::ALL {
                let once = FoldedText::new(text, tier);
                assert_eq!(FoldedText::new(once.as_str(), tier).as_str(), once.as_str(), "{text:?} at {tier:?}");
            }
        }
    }

    /// Text, tier, a piece of the folded text, the same place in the original.
    const PLACES: &[(&str, Tier, &str, &str)] = &[
        ("  one \u{a0} two ", Tier::WhiteSpace, "one two", "one \u{a0} two"),
        ("“cafe\u{301}” bar", Tier::Unicode, "caf\u{e9}", "cafe\u{301}"),
        ("a… b", Tier::Typographic, "...", "…"),
        ("a… b", Tier::Typographic, "b", "b"),
        ("the impri\u{ad}sonment", Tier::Hyphenation, "imprisonment", "impri\u{ad}sonment"),
        ("an oﬃce", Tier::Unicode, "f", "ﬃ"),
    ];

    #[test]
    fn folded_ranges_lead_back_to_the_original() {
        for &(text, tier, part, expected) in PLACES {
            let folded = FoldedText::new(text, tier);
            let at = folded.as_str().find(part).expect("the part is there");
            assert_eq!(&text[folded.original_range(at..at + part.len())], expected, "{text:?}");
        }
    }

    #[test]
    fn a_place_inside_one_original_character_is_no_edge() {
        let folded = FoldedText::new("a… b", Tier::Typographic);
        let edges: Vec<bool> = (0..=folded.as_str().len()).map(|at| folded.is_edge(at)).collect();
        assert_eq!(edges, [true, true, false, false, true, true, true]);
    }

    #[test]
    fn tiers_are_found_by_name() {
        assert_eq!(Tier::from_name("white-space"), Some(Tier::WhiteSpace));
        assert_eq!(Tier::ALL.map(|tier| Tier::from_name(tier.name())), Tier::ALL.map(Some));
        assert_eq!(Tier::from_name("case"), None);
    }

    #[test]
    fn a_range_of_an_empty_text_is_empty() {
        assert_eq!(FoldedText::new(" ", Tier::WhiteSpace).original_range(0..0), 0..0);
    }
}
