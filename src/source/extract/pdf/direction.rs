//! Words of scripts that run from right to left, brought from the order in which they are seen into the order in which
//! they are read.
//!
//! Source: Unicode Standard Annex 9 says how text in reading order is shown. This is the way back, for lines without
//! marks of direction: numbers and words of other scripts keep their order.

use std::ops::Range;

/// True for letters of scripts that run from right to left (bidirectional classes R and AL).
pub(super) fn is_right_to_left(c: char) -> bool {
    let is_letter = c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
    is_letter
        && matches!(u32::from(c), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF)
}

/// True if most letters run from right to left.
pub(super) fn runs_from_right<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let mut balance = 0_i64;
    for c in texts.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        balance += if is_right_to_left(c) { 1 } else { -1 };
    }
    balance > 0
}

/// The words of a line in reading order. `pieces` are its letters and spaces from left to right, as they are seen.
pub(super) fn in_reading_order(mut pieces: Vec<String>, from_right: bool) -> String {
    if !pieces.iter().any(|piece| piece.chars().any(is_right_to_left)) {
        return pieces.concat();
    }
    if from_right {
        pieces.reverse();
        reverse_runs(&mut pieces, is_left_to_right);
    } else {
        for run in runs(&pieces, is_right_to_left) {
            pieces[run.clone()].reverse();
            reverse_runs(&mut pieces[run], char::is_numeric);
        }
    }
    with_brackets(pieces.iter().flat_map(|piece| piece.chars()))
}

fn is_left_to_right(c: char) -> bool {
    c.is_alphanumeric() && !is_right_to_left(c)
}

fn reverse_runs(pieces: &mut [String], kind: impl Fn(char) -> bool) {
    for run in runs(pieces, kind) {
        pieces[run].reverse();
    }
}

/// The longest runs that begin and end with letters of a kind and hold no letters of another one. A space between two
/// numbers ends a run: each of the two is a run of its own.
fn runs(pieces: &[String], kind: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let is_of = |piece: &str| piece.chars().any(&kind);
    let is_number = |piece: &str| piece.chars().any(char::is_numeric);
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (at, piece) in pieces.iter().enumerate() {
        if is_of(piece) {
            let apart = |run: &Range<usize>| {
                let between = &pieces[run.end..at];
                is_number(piece) && is_number(&pieces[run.end - 1]) && between.iter().any(|piece| piece == " ")
            };
            match &mut open {
                Some(run) if !apart(run) => run.end = at + 1,
                _ => runs.extend(open.replace(at..at + 1)),
            }
        } else if piece.chars().any(char::is_alphabetic) {
            runs.extend(open.take());
        }
    }
    runs.extend(open);
    runs
}

/// Brackets are drawn mirrored, and files disagree on which of the two they name: an opening one comes first.
fn with_brackets(text: impl Iterator<Item = char>) -> String {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»')];
    let mut text: Vec<char> = text.collect();
    for (open, close) in PAIRS {
        let first = text.iter().position(|c| *c == open || *c == close);
        if first.is_some_and(|first| text[first] == close) && text.contains(&open) {
            for c in &mut text {
                *c = if *c == open {
                    close
                } else if *c == close {
                    open
                } else {
                    *c
                };
            }
        }
    }
    text.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::in_reading_order;

    /// As seen from left to right, and as read.
    const LINES: &[(&str, &str, bool)] = &[
        ("plain words 12", "plain words 12", false),
        ("םולש", "שלום", true),
        (".2031 ילוי 12-ב רצענ אוה", "הוא נעצר ב-12 יולי 2031.", true),
        ("ריעב North Prison אלכ", "כלא North Prison בעיר", true),
        ("the word םולש רקוב here", "the word בוקר שלום here", false),
        ("the word רקוב 12 םולש here", "the word שלום 12 בוקר here", false),
        ("2031 12 יאמ", "מאי 12 2031", true),
        (")3( ףיעס", "סעיף (3)", true),
        ("(3) ףיעס", "סעיף (3)", true),
    ];

    #[test]
    fn words_are_read_from_their_own_side() {
        for &(seen, read, from_right) in LINES {
            let pieces = seen.chars().map(String::from).collect();
            assert_eq!(in_reading_order(pieces, from_right), read, "{seen}");
        }
    }
}
