//! The canonical text of a plain-text or Markdown source: one paragraph a line, numbered from 1.
//!
//! Every line that is not blank is a paragraph. Markdown's simple marks are not part of the words: heading marks, list
//! marks, emphasis around words, links. Everything else belongs to the source and stays: `[…]`, `[1]`, `5 * 3`,
//! `snake_case`, `___`. Reading a canonical text again gives the same text.

use std::ops::Range;

use memchr::memchr2;

/// A line that holds only this mark begins a page. Pages count from 1.
pub const PAGE: char = '\u{c}';

/// The paragraphs of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Canonical {
    /// The paragraphs in the order of the source.
    pub paragraphs: Vec<Paragraph>,
    /// The paragraphs of each page, from 0; empty if the copy has no pages.
    pub pages: Vec<Range<usize>>,
}

/// One paragraph of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The number, from 1, as in the locator `para 12`.
    pub number: usize,
    /// The words, without marks and without white space at the ends.
    pub text: String,
    /// Line in the original file, from 1.
    pub line: usize,
}

impl Canonical {
    /// Reads the text of a copy, typed by a person or written by an extractor.
    #[must_use]
    pub fn of_copy(text: &str, is_typed: bool) -> Self {
        if is_typed { Self::from_plain(text) } else { Self::from_extracted(text) }
    }

    /// Reads plain text or Markdown. A byte order mark and any line ending are accepted.
    #[must_use]
    pub fn from_plain(source: &str) -> Self {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let lines = source.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
        let filled = lines.filter(|(_, line)| !line.is_empty());
        let paragraphs = filled.enumerate().map(|(index, (line, text))| Paragraph {
            number: index + 1,
            text: without_marks(text),
            line,
        });
        Self { paragraphs: paragraphs.collect(), pages: Vec::new() }
    }

    /// Reads a text that an extractor made: every line that is not blank is a paragraph, and nothing is removed.
    #[must_use]
    pub fn from_extracted(text: &str) -> Self {
        let mut read = Self::default();
        for (index, line) in text.lines().enumerate() {
            if line.starts_with(PAGE) {
                read.pages.push(read.paragraphs.len()..read.paragraphs.len());
            }
            let words = line.trim();
            if !words.is_empty() {
                let number = read.paragraphs.len() + 1;
                read.paragraphs.push(Paragraph { number, text: words.to_owned(), line: index + 1 });
                if let Some(page) = read.pages.last_mut() {
                    page.end = number;
                }
            }
        }
        read
    }
}

/// The words of one line of a source, without marks and without white space at the ends.
#[must_use]
pub fn paragraph(line: &str) -> String {
    without_marks(line.trim_start_matches('\u{feff}').trim())
}

/// Removes marks until none is left, so that a second reading removes nothing more.
fn without_marks(line: &str) -> String {
    let mut text = line.to_owned();
    loop {
        let next = without_links(&without_emphasis(without_line_mark(&text)));
        if next == text || next.trim().is_empty() {
            return text;
        }
        next.trim().clone_into(&mut text);
    }
}

fn without_line_mark(line: &str) -> &str {
    let rest = line.trim_start_matches('#');
    let heading = (1..=6).contains(&(line.len() - rest.len())).then(|| rest.strip_prefix(' ')).flatten();
    let list = || line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).or_else(|| after_number(line));
    heading.or_else(list).map_or(line, str::trim_start)
}

/// The text after `1. `. A number of four digits is not a list mark, but a year at the end of a sentence.
fn after_number(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|character: char| character.is_ascii_digit());
    (1..=3).contains(&(line.len() - rest.len())).then(|| rest.strip_prefix(". ")).flatten()
}

/// The marks of emphasis. Longest first, so that a strong mark is not read as two weak ones.
const EMPHASIS: [&str; 4] = ["**", "__", "*", "_"];

fn without_emphasis(line: &str) -> String {
    let mut text = line.to_owned();
    let mut at = 0;
    while let Some(mark) = memchr2(b'*', b'_', &text.as_bytes()[at..]) {
        at += mark;
        match EMPHASIS.iter().find_map(|mark| Some((mark, end_of_emphasis(&text, at, mark)?))) {
            Some((mark, end)) => {
                text.replace_range(end..end + mark.len(), "");
                text.replace_range(at..at + mark.len(), "");
            }
            None => at += 1,
        }
    }
    text
}

/// The byte at which the closing mark begins, if `mark` opens at `at` and encloses words.
fn end_of_emphasis(text: &str, at: usize, mark: &str) -> Option<usize> {
    let inside = text[at..].strip_prefix(mark)?;
    if !may_open(text[..at].chars().next_back()) || inside.starts_with(|next: char| next.is_whitespace()) {
        return None;
    }
    // A row of underscores is a blank to be filled in.
    let rule = |beside: &str, inside: &str| {
        mark.starts_with('_') && (beside.starts_with('_') || inside.starts_with('_') || inside.ends_with('_'))
    };
    let start = at + mark.len();
    inside.match_indices(mark).map(|(offset, _)| start + offset).find(|&end| {
        let words = &text[start..end];
        words.contains(char::is_alphanumeric)
            && !words.ends_with(char::is_whitespace)
            && may_close(text[end + mark.len()..].chars().next())
            && !rule(&text[end + mark.len()..], words)
    })
}

fn may_open(before: Option<char>) -> bool {
    before.is_none_or(|before| before.is_whitespace() || "([{«„“‘\"'—–-*_".contains(before))
}

fn may_close(after: Option<char>) -> bool {
    after.is_none_or(|after| !after.is_alphanumeric() && after != '/')
}

fn without_links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (words, length) = link(rest, out.chars().next_back()).unwrap_or(("[", 1));
        out.push_str(words);
        rest = &rest[length..];
    }
    out + rest
}

/// The words of a link at the start of `text`, and the length of the whole link.
///
/// The mark of a note (`[1](…)`) keeps its brackets. So does a link that touches a word, because without brackets the
/// two would become one word.
fn link(text: &str, before: Option<char>) -> Option<(&str, usize)> {
    let end = text[1..].find(['[', ']'])? + 1;
    let target = text[end..].strip_prefix("](")?;
    let length = end + 2 + end_of_target(target)? + 1;
    let touches = [before, text[length..].chars().next()].into_iter().flatten().any(char::is_alphanumeric);
    let words = &text[1..end];
    let whole = words.contains(char::is_alphabetic) && !touches && before != Some('!');
    Some((if whole { words } else { &text[..=end] }, length))
}

/// The place of the closing bracket of a link's target, which has no white space and balanced brackets.
fn end_of_target(target: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in target.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return (at > 0).then_some(at),
            ')' => depth -= 1,
            _ if character.is_whitespace() => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line, and its words.
    const LINES: &[(&str, &str)] = &[
        ("# Heading", "Heading"),
        ("### **Strong** heading", "Strong heading"),
        ("#5 is not a heading", "#5 is not a heading"),
        ("- item", "item"),
        ("* *item*", "item"),
        ("1. The court", "The court"),
        ("2003. A year", "2003. A year"),
        ("13.5 per cent", "13.5 per cent"),
        ("**bold** and *em*, _em_ (__strong__)", "bold and em, em (strong)"),
        ("***both***", "both"),
        ("5 * 3 * 2 and 5*3*2", "5 * 3 * 2 and 5*3*2"),
        ("snake_case_name and other_name", "snake_case_name and other_name"),
        ("signed ____ on ___", "signed ____ on ___"),
        ("a note* and another*", "a note* and another*"),
        ("see [the report](https://example.org/a_(b)) there", "see the report there"),
        ("words[1](#note) and [2](#note)", "words[1] and [2]"),
        ("[T](x)he", "[T]he"),
        ("he […] said [1] that [sic] (see above)", "he […] said [1] that [sic] (see above)"),
        ("[sic](see above)", "[sic](see above)"),
        ("https://example.org/_a_/b", "https://example.org/_a_/b"),
        ("«*Слово*» — _дело_.", "«Слово» — дело."),
        ("**", "**"),
        ("---", "---"),
    ];

    /// The paragraphs of a copy.
    fn words(copy: &str) -> Vec<String> {
        Canonical::from_plain(copy).paragraphs.into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn simple_marks_are_not_words() {
        for &(line, expected) in LINES {
            assert_eq!(words(line), [expected], "{line:?}");
            assert_eq!(words(expected), [expected], "{line:?} again");
        }
    }

    #[test]
    fn paragraphs_have_their_number_and_line() {
        let canonical = Canonical::from_plain("\u{feff}# One\r\n\r\n \u{a0}\r\n  two \r\nthree");
        let found: Vec<_> = canonical.paragraphs.iter().map(|p| (p.number, p.line, p.text.as_str())).collect();
        assert_eq!(found, [(1, 1, "One"), (2, 4, "two"), (3, 5, "three")]);
    }

    #[test]
    fn an_extracted_text_keeps_its_marks_and_its_pages() {
        let text = "\u{c}\n1. The court\n- item\n\u{c}\n\u{c}\n*last*\n";
        let canonical = Canonical::from_extracted(text);
        let found: Vec<&str> = canonical.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(found, ["1. The court", "- item", "*last*"]);
        assert_eq!(canonical.pages, [0..2, 2..2, 2..3]);
        assert!(Canonical::from_extracted("one\ntwo\n").pages.is_empty());
    }

    #[test]
    fn an_empty_text_has_no_paragraphs() {
        assert_eq!(Canonical::from_plain("\n \n").paragraphs, []);
    }
}
