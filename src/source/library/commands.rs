//! The commands of TeX that are known, and the parts of a text that has them.

/// The commands, one a line: what is done with it, its name, the characters or a number.
const COMMANDS: &str = include_str!("tex.tsv");

/// The most braces inside each other that are looked into.
pub(super) const DEEPEST: usize = 24;

/// A known command: what is done with it, and its characters.
pub(super) fn command(name: &str) -> Option<(&'static str, &'static str)> {
    let mut lines = COMMANDS.lines().filter_map(|line| line.split_once('\t'));
    lines.find_map(|(kind, line)| {
        let (known, value) = line.split_once('\t').unwrap_or((line, ""));
        (known == name).then_some((kind, value))
    })
}

/// The name of the command whose backslash stands before this text: letters, or one other character.
pub(super) fn name(text: &str) -> &str {
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let one = text.chars().next().map_or(0, char::len_utf8);
    &text[..if letters > 0 { letters } else { one }]
}

/// The words between the braces with which a text begins.
pub(super) fn group(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?;
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '{' => depth += 1,
            '}' if depth == 0 => return Some(&inner[..at]),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A text without the blanks at its beginning. Line ends stay, because messages count them.
pub(super) fn after_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}
