//! How passages look on a terminal, in a file and to a program that reads aloud.

use std::ops::Range;

use crate::command::options::Screen;

/// Columns of a text that is read.
const COLUMNS: usize = 96;

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As it is.
    Plain,
    /// What is meant.
    Marked,
    /// What does not count.
    Grey,
}

/// Words in a look; without colours, what is marked stands between asterisks.
#[must_use]
pub fn look(words: &str, look: Look, screen: &Screen) -> String {
    match (look, screen.colour) {
        (Look::Plain, _) | (Look::Grey, false) => words.to_owned(),
        (Look::Marked, true) => format!("\u{1b}[1;4m{words}\u{1b}[0m"),
        (Look::Marked, false) => format!("**{words}**"),
        (Look::Grey, true) => format!("\u{1b}[2m{words}\u{1b}[0m"),
    }
}

/// A heading: bold where there are colours.
#[must_use]
pub fn heading(words: &str, screen: &Screen) -> String {
    if screen.colour { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() }
}

/// A text with some stretches marked (bytes, in order, none over another), the rest in `rest`.
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

/// Breaks a text between words into lines that begin with `indent`, the first one not.
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

/// Characters that are seen.
fn width(word: &str) -> usize {
    let mut hidden = false;
    let seen = word.chars().filter(|&letter| {
        let was = hidden;
        hidden = letter == '\u{1b}' || hidden && letter != 'm';
        !was && !hidden
    });
    seen.count()
}

/// The words around a stretch of a paragraph: its bytes, and whether words were left out before and after.
#[must_use]
pub fn excerpt(text: &str, stretch: &Range<usize>, most: usize) -> Range<usize> {
    let before = text[..stretch.start].rmatch_indices(' ').nth(most).map_or(0, |(at, _)| at + 1);
    let after = text[stretch.end..].match_indices(' ').nth(most).map_or(text.len(), |(at, _)| stretch.end + at);
    before..after
}

/// Characters that would rewrite what the terminal shows are replaced.
#[must_use]
pub fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    // Each gives way to one of its length, so that places in the text stay.
    let seen = |c: char| match (hidden(c), c.len_utf8()) {
        (true, 1) => ' ',
        (true, 2) => '¤',
        (true, _) => '\u{fffd}',
        (false, _) => c,
    };
    text.chars().map(seen).collect()
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
    fn what_is_marked_is_seen_without_colours() {
        let screen = Screen::default();
        assert_eq!(marked("one two three", &[0..3, 4..7], Look::Plain, &screen), "**one** **two** three");
    }

    #[test]
    fn hidden_characters_are_shown_in_their_place() {
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
