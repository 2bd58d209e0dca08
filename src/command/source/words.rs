//! The look of passages on a terminal, in a file and for screen readers.

use std::ops::Range;

use crate::command::options::Screen;
use crate::diag::characters::in_place;

/// The width of a text, in columns.
const COLUMNS: usize = 96;

/// The look of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Unchanged.
    Plain,
    /// Highlighted words.
    Marked,
    /// Words that do not count.
    Grey,
}

/// Words in a look; without colours, highlighted words are between asterisks.
#[must_use]
pub fn look(words: &str, look: Look, screen: &Screen) -> String {
    match (look, screen.colour) {
        (Look::Plain, _) | (Look::Grey, false) => words.to_owned(),
        (Look::Marked, true) => format!("\u{1b}[1;4m{words}\u{1b}[0m"),
        (Look::Marked, false) => format!("**{words}**"),
        (Look::Grey, true) => format!("\u{1b}[2m{words}\u{1b}[0m"),
    }
}

/// A heading, bold if there are colours.
#[must_use]
pub fn heading(words: &str, screen: &Screen) -> String {
    if screen.colour { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() }
}

/// A text with some stretches marked (bytes, in order, without overlap), and the rest in `rest`.
#[must_use]
pub fn marked(text: &str, marks: &[Range<usize>], rest: Look, screen: &Screen) -> String {
    let mut out = String::new();
    let mut at = 0;
    for mark in marks {
        out += &styled(&text[at..mark.start], rest, screen);
        out += &look(&text[mark.clone()], Look::Marked, screen);
        at = mark.end;
    }
    out + &styled(&text[at..], rest, screen)
}

fn styled(words: &str, rest: Look, screen: &Screen) -> String {
    if words.is_empty() { String::new() } else { look(words, rest, screen) }
}

/// Breaks a text between words into lines. All lines but the first begin with `indent`.
#[must_use]
pub fn wrapped(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut column = indent.len();
    for word in text.split(' ') {
        let width = width(word);
        if column > indent.len() && column + 1 + width > COLUMNS {
            out += "\n";
            out += indent;
            column = indent.len();
        } else if !out.is_empty() {
            out.push(' ');
            column += 1;
        }
        out += word;
        column += width;
    }
    out
}

/// The number of visible characters.
fn width(word: &str) -> usize {
    let mut hidden = false;
    let seen = word.chars().filter(|&letter| {
        let was = hidden;
        hidden = letter == '\u{1b}' || hidden && letter != 'm';
        !was && !hidden
    });
    seen.count()
}

/// The byte range of a stretch of a paragraph with at most `most` words before and after it.
#[must_use]
pub fn excerpt(text: &str, stretch: &Range<usize>, most: usize) -> Range<usize> {
    let before = text[..stretch.start].rmatch_indices(' ').nth(most).map_or(0, |(at, _)| at + 1);
    let after = text[stretch.end..].match_indices(' ').nth(most).map_or(text.len(), |(at, _)| stretch.end + at);
    before..after
}

/// Replaces characters that could change the text on the terminal.
#[must_use]
pub fn visible(text: &str) -> String {
    in_place(text, |_| ' ').into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        let text = "word ".repeat(30);
        let lines: Vec<String> = wrapped(text.trim(), "   ").lines().map(str::to_owned).collect();
        assert!(lines.len() == 2 && lines[1].starts_with("   word") && lines.iter().all(|line| line.len() <= COLUMNS));
        assert_eq!(wrapped("\u{1b}[1mone\u{1b}[0m two", ""), "\u{1b}[1mone\u{1b}[0m two");
    }

    #[test]
    fn highlighted_words_are_visible_without_colours() {
        let screen = Screen::default();
        assert_eq!(marked("one two three", &[0..3, 4..7], Look::Plain, &screen), "**one** **two** three");
    }

    #[test]
    fn hidden_characters_are_shown_at_their_place() {
        let text = "a\u{1b}b\u{85}c\u{202e}d";
        assert_eq!(visible(text), "a b¤c\u{fffd}d");
        assert_eq!(visible(text).len(), text.len());
    }

    #[test]
    fn an_excerpt_has_whole_words() {
        let text = "a b c d e f g";
        assert_eq!(&text[excerpt(text, &(6..7), 1)], "c d e");
        assert_eq!(&text[excerpt(text, &(6..7), 9)], text);
    }
}
