//! Words and lines in Markdown: escaped, marked, joined.

/// The text for a ruled line to be filled in by hand.
pub(super) const RULE: &str = "________";

/// The same at the start of a line, where it would be a dividing line without escapes.
pub(super) const RULE_ALONE: &str = r"\_\_\_\_\_\_\_\_";

/// A list. After another list of its kind it has other marks, which keep the two apart.
pub(super) fn list(start: Option<u64>, items: Vec<Vec<String>>, before: Option<&str>) -> String {
    let first = |mark: &str| before.is_some_and(|before| before.starts_with(mark));
    let loose = items.iter().any(|blocks| blocks.len() > 1);
    let numbered_before = before.is_some_and(|before| {
        let rest = before.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < before.len() && rest.starts_with(". ")
    });
    let each = (0..).zip(items).map(|(index, blocks)| {
        let mark = match start {
            Some(start) => format!("{}{} ", start.saturating_add(index), if numbered_before { ")" } else { "." }),
            None if first("- ") => "* ".into(),
            None => "- ".into(),
        };
        item(&mark, &blocks.join("\n\n"))
    });
    each.collect::<Vec<_>>().join(if loose { "\n\n" } else { "\n" })
}

/// Text after a mark, with the other lines indented like the first.
pub(super) fn item(mark: &str, text: &str) -> String {
    let margin = format!("\n{}", " ".repeat(mark.len()));
    format!("{mark}{}", text.replace('\n', &margin)).replace(&format!("{margin}\n"), "\n\n")
}

/// Lines with forced breaks between them.
pub(super) fn hard(lines: Vec<String>) -> String {
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\\\n")
}

/// Marks around words. White space at the edges stays outside, because marks next to it have no effect.
pub(super) fn around(mark: &str, words: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return words.to_owned();
    }
    let (before, after) = words.split_once(inner).unwrap_or_default();
    format!("{before}{mark}{inner}{mark}{after}")
}

/// Escapes characters with a meaning inside a line, and replaces line ends by spaces.
pub(super) fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '&' | '|' | '~' | '^' | '$' => {
                out.push('\\');
                out.push(character);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}

/// Escapes characters with a meaning at the start of a line.
pub(super) fn start_of_line(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = line[digits..].chars().next();
    if digits > 0 && matches!(mark, Some('.' | ')')) {
        format!("{}\\{}", &line[..digits], &line[digits..])
    } else if line.starts_with(['#', '+', '-', '=', ':']) {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}
