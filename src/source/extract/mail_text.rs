//! The lines of a plain text in a letter, put together again.

use super::ExtractedParagraph;

/// The length of a line, in characters, above which a mail program may have broken it.
const BROKEN_AT: usize = 50;

/// The most lines of a signature. What follows a longer one is text.
const LONGEST_SIGNATURE: usize = 12;

/// How the sender's program broke lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// Every line end may be one of the sender or of the program.
    Fixed,
    /// A line that ends with a space goes on.
    Flowed {
        /// True if the space belongs to the line end and not to the words.
        dropped: bool,
    },
}

/// A line, its level of quotation, and whether the next one continues it.
struct Line<'a> {
    level: usize,
    words: &'a str,
    /// Continues in the next line, with or without a space between them.
    goes_on: Option<bool>,
    /// Separates the signature.
    separates: bool,
}

/// The paragraphs of a plain text: broken lines are joined; each level of quotation begins a new one.
pub(super) fn paragraphs(text: &str, breaks: Breaks) -> Vec<ExtractedParagraph> {
    let mut lines: Vec<Line> = match breaks {
        Breaks::Flowed { dropped } => text.lines().map(|line| flowed(line, dropped)).collect(),
        Breaks::Fixed => text.lines().map(fixed).collect(),
    };
    // Some programs promise lines that flow, and then lose the spaces at their ends.
    if breaks == Breaks::Fixed || lines.iter().all(|line| line.goes_on.is_none()) {
        lines = text.lines().map(fixed).collect();
        guess_breaks(&mut lines);
    }
    let signature = signatures(&lines);
    let mut found: Vec<ExtractedParagraph> = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    for (at, line) in lines.iter().enumerate() {
        let goes_on = open.filter(|(level, _)| *level == line.level && !line.separates);
        if let (Some((_, space)), Some(last)) = (goes_on, found.last_mut()) {
            last.text.push_str(if space { " " } else { "" });
            last.text.push_str(line.words);
        } else if !line.words.is_empty() {
            let marks = ">".repeat(line.level);
            let text = if line.level > 0 { format!("{marks} {}", line.words) } else { line.words.to_owned() };
            found.push(ExtractedParagraph { text, page: 0, furniture: signature[at].then_some("signature") });
        }
        open = line.goes_on.map(|space| (line.level, space));
    }
    found
}

/// A line of a text that flows.
///
/// Source: RFC 3676, 4.
fn flowed(line: &str, dropped: bool) -> Line<'_> {
    let line = line.trim_end_matches('\r');
    let rest = line.trim_start_matches('>');
    let level = line.len() - rest.len();
    // A space before the words was put there so that they do not look like a mark.
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let separates = is_separator(rest);
    let goes_on = (rest.ends_with(' ') && !rest.trim().is_empty() && !separates).then_some(!dropped);
    let words = if goes_on == Some(false) { rest.strip_suffix(' ').unwrap_or(rest) } else { rest.trim_end() };
    Line { level, words, goes_on, separates }
}

/// A line of any other text.
fn fixed(line: &str) -> Line<'_> {
    let (mut level, mut rest) = (0, line);
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        level += 1;
        rest = inner;
    }
    let rest = rest.trim_end_matches('\r');
    let inner = if level > 0 { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
    Line { level, words: rest.trim(), goes_on: None, separates: is_separator(inner) }
}

/// The line before a signature. A line of two dashes without a space may be anything.
///
/// Source: RFC 3676, 4.3.
fn is_separator(line: &str) -> bool {
    line.starts_with("-- ") && line.trim_end() == "--"
}

/// Joins a long line with the next one, unless that begins an item of a list.
fn guess_breaks(lines: &mut [Line]) {
    for at in 1..lines.len() {
        let next = &lines[at];
        let joins = !next.words.is_empty() && !begins_item(next.words) && next.level == lines[at - 1].level;
        let line = &mut lines[at - 1];
        let length = line.words.chars().count() + line.level;
        line.goes_on = (joins && length > BROKEN_AT && !line.separates).then_some(true);
    }
}

/// The lines that belong to a signature: from its separator to the end of the text or of the level of quotation.
fn signatures(lines: &[Line]) -> Vec<bool> {
    let mut found = vec![false; lines.len()];
    let separators: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].separates).collect();
    for start in separators {
        let level = lines[start].level;
        let other = |line: &Line| line.level != level && !line.words.is_empty() || line.separates;
        let end = lines[start + 1..].iter().position(other).map_or(lines.len(), |length| start + 1 + length);
        let words = lines[start + 1..end].iter().filter(|line| !line.words.is_empty()).count();
        if words <= LONGEST_SIGNATURE {
            found[start..end].fill(true);
        }
    }
    found
}

/// True if a line begins an item of a list.
fn begins_item(words: &str) -> bool {
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    words.starts_with(['-', '*', '•', '—', '–']) || number.len() < words.len() && number.starts_with(['.', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, breaks: Breaks) -> Vec<String> {
        let told = |paragraph: ExtractedParagraph| match paragraph.furniture {
            Some(kind) => format!("{kind}: {}", paragraph.text),
            None => paragraph.text,
        };
        paragraphs(text, breaks).into_iter().map(told).collect()
    }

    #[test]
    fn lines_that_flow_are_joined() {
        let spaced = Breaks::Flowed { dropped: false };
        let table: [(&str, Breaks, &[&str]); 7] = [
            ("one \ntwo\nthree\n", spaced, &["one two", "three"]),
            ("pris \noner  \nis\n", Breaks::Flowed { dropped: true }, &["prisoner is"]),
            (">> a \n>> b \n> c\nd \n", spaced, &[">> a b ", "> c", "d "]),
            (" >a \n From b\n", spaced, &[">a From b"]),
            ("a \n-- \nb \nc\n\n> d\n", spaced, &["a ", "signature: --", "signature: b c", "> d"]),
            ("a\n--\nb\n", Breaks::Fixed, &["a", "--", "b"]),
            ("a\n-- \nb\n", Breaks::Fixed, &["a", "signature: --", "signature: b"]),
        ];
        for (text, breaks, expected) in table {
            let read = read(text, breaks);
            let trimmed: Vec<&str> = read.iter().map(|text| text.trim_end()).collect();
            let expected: Vec<&str> = expected.iter().map(|text| text.trim_end()).collect();
            assert_eq!(trimmed, expected, "{text:?}");
        }
    }

    /// Source: the separator ends a paragraph, and thousands of separators take no long time.
    #[test]
    fn many_separators_are_no_burden() {
        let text = "-- \n".repeat(200_000);
        assert_eq!(paragraphs(&text, Breaks::Fixed).len(), 200_000);
    }
}
