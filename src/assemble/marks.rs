//! Marks: private-use characters that pass through the template engine and the Markdown parser.
//!
//! A claim is only a mark: its words never enter the engine or the parser, so no filter can cut or change them; they
//! replace the mark when the tree is built. Other values are wrapped in marks, so that the template's own words can be
//! told from filled-in values. Line marks give the template file and line of the text after them; they are removed
//! before the parser runs.

/// Begins the number of a claim.
pub const CLAIM_OPEN: char = '\u{E000}';
/// Ends the number of a claim.
pub const CLAIM_CLOSE: char = '\u{E001}';
/// Begins a value that is not a claim.
pub const VALUE_OPEN: char = '\u{E002}';
/// Ends a value that is not a claim.
pub const VALUE_CLOSE: char = '\u{E003}';
const LINE_OPEN: char = '\u{E004}';
const LINE_CLOSE: char = '\u{E005}';
/// Splits the `{#` of a heading's id, which would else begin a comment.
pub const SPLIT: char = '\u{E006}';
const DIGITS: u32 = 0xE010;

/// The most lines of a template file; the number of a file and that of a line share one mark.
const LINES: usize = 1_000_000;

/// The mark of a claim.
#[must_use]
pub fn claim(index: usize) -> String {
    format!("{CLAIM_OPEN}{}{CLAIM_CLOSE}", digits(index))
}

/// The mark of a line of a template file.
#[must_use]
pub fn line(file: usize, line: usize) -> String {
    format!("{LINE_OPEN}{}{LINE_CLOSE}", digits(file * LINES + line.min(LINES - 1)))
}

fn digits(number: usize) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(DIGITS + digit)).unwrap_or(SPLIT);
    number.to_string().chars().map(digit).collect()
}

/// The digit for which a private-use character stands.
#[must_use]
pub fn digit(c: char) -> Option<usize> {
    let value = u32::from(c).checked_sub(DIGITS)?;
    (value < 10).then_some(value as usize)
}

/// The origins of expanded text: for each offset in bytes, a file (by its number) and a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines(Vec<(usize, usize, usize)>);

impl Lines {
    /// File and line of the text at this offset in bytes.
    #[must_use]
    pub fn at(&self, offset: usize) -> (usize, usize) {
        let after = self.0.partition_point(|(start, ..)| *start <= offset);
        self.0.get(after.saturating_sub(1)).map_or((0, 1), |(_, file, line)| (*file, *line))
    }
}

/// Removes the line marks from expanded text.
#[must_use]
pub fn without_lines(expanded: &str) -> (String, Lines) {
    let mut text = String::with_capacity(expanded.len());
    let mut lines = Lines::default();
    let mut number = None;
    for c in expanded.chars() {
        match (number, c) {
            (_, LINE_OPEN) => number = Some(0),
            (Some(read), LINE_CLOSE) => {
                lines.0.push((text.len(), read / LINES, read % LINES));
                number = None;
            }
            (Some(read), c) if digit(c).is_some() => {
                number = Some(read.saturating_mul(10).saturating_add(digit(c).unwrap_or_default()));
            }
            (_, SPLIT | LINE_CLOSE) => {}
            (_, c) => {
                number = None;
                text.push(c);
            }
        }
    }
    (text, lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::characters::is_private;

    #[test]
    fn line_marks_are_removed_and_recorded() {
        let marked = format!("{}# A\n\n{}b {}c", line(0, 1), line(0, 3), line(2, 14));
        let (text, lines) = without_lines(&marked);
        assert_eq!(text, "# A\n\nb c");
        assert_eq!([0, 4, 5, 6, 7, 8].map(|at| lines.at(at)), [(0, 1), (0, 1), (0, 3), (0, 3), (2, 14), (2, 14)]);
    }

    #[test]
    fn a_claim_is_a_mark_without_words() {
        assert!(claim(17).chars().all(is_private));
        assert_eq!(claim(17).chars().filter_map(digit).collect::<Vec<_>>(), [1, 7]);
    }
}
