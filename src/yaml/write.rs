//! Writing into the user's own files: values that read back unchanged, and entries added at the end.
//!
//! The serializer of the crate that reads YAML is not used: it writes whole documents, from which a value between
//! braces would have to be cut out, and it wraps long words over several lines.

use std::fmt::Write as _;

/// A value on one line as YAML reads it back, also between braces: plain if that is safe for every reader, otherwise
/// between quotation marks.
#[must_use]
pub fn scalar(value: &str) -> String {
    if is_plain(value) || is_date(value) { value.to_owned() } else { quoted(value) }
}

/// A value between quotation marks. JSON's form is valid YAML, except for characters that break a line or are
/// invisible.
#[must_use]
pub fn quoted(value: &str) -> String {
    let mut out = String::new();
    for c in serde_json::Value::from(value).to_string().chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

fn is_plain(value: &str) -> bool {
    /// Words that some YAML reader takes for something other than text.
    const OTHER: [&str; 11] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"];
    let fits = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '-' | '_' | ' ' | '.' | '’' | '“' | '”' | '«' | '»' | '–' | '—' | '(' | ')' | '/' | '\'')
    };
    value.starts_with(char::is_alphabetic)
        && !value.ends_with([' ', '.'])
        && !value.contains("  ")
        && value.chars().all(fits)
        && !OTHER.contains(&value.to_lowercase().as_str())
}

/// True for a day or a month, which stays plain text.
fn is_date(value: &str) -> bool {
    let is_part = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = value.split('-').collect();
    matches!(parts.len(), 2 | 3) && parts.iter().zip([4, 2, 2]).all(|(part, length)| is_part(part, length))
}

/// True if a file holds nothing but comments.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#'))
}

/// The text with entries added at its end, an empty line before each. The old content keeps its comments and its kind
/// of line ends.
pub fn append<'a>(text: &str, entries: impl IntoIterator<Item = &'a str>) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.trim_end().to_owned();
    for entry in entries {
        if !out.is_empty() {
            out += end;
            out += end;
        }
        out += &entry.trim_end().replace('\n', end);
    }
    out + end
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const VALUES: &[&str] = &[
        "plain words",
        "13-years",
        "no",
        "On",
        "y",
        "~",
        "null",
        "true",
        "nan",
        ".inf",
        "a: b",
        "a:",
        "x:y",
        "a #b",
        "#b",
        "{x}",
        "[…] and",
        "a, b",
        "he said “no”",
        "\"no\"",
        "it's",
        "'it",
        "C:\\x",
        "- a",
        "-",
        "?",
        "--- a",
        "...",
        "& a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "| a",
        "> a",
        "<<",
        "=",
        "2024",
        "2024-09-09",
        "2024-09",
        "0x1F",
        "1_000",
        "1e3",
        "12:30:45",
        "",
        " x",
        "x ",
        "a  b",
        "line\nbreak",
        "tab\tstop",
        "«слово» — дело",
        "статья 159-1",
        "שלום, עולם",
        "مرحبا: بالعالم",
        "a/b",
        "e.g.",
        "\u{85}",
        "\u{2028}x\u{2029}",
        "\u{feff}x",
        "\u{7f}",
        "a very long sentence that goes on and on, so that a writer of YAML would like to break it somewhere: it may not",
    ];

    #[test]
    fn values_are_read_back_as_they_were() {
        for value in VALUES {
            for text in [format!("- {{quote: {}, b: c}}\n", scalar(value)), format!("- quote: {}\n", scalar(value))] {
                assert_eq!(text.lines().count(), 1, "{text}");
                let read: Vec<BTreeMap<String, String>> = serde_saphyr::from_str(&text).expect(&text);
                assert_eq!(read[0]["quote"], *value, "{text}");
            }
        }
    }

    #[test]
    fn entries_are_added_after_the_old_content() {
        for (text, expected) in [
            ("", "a: 1\n\nb: 2\n"),
            ("# only this\n", "# only this\n\na: 1\n\nb: 2\n"),
            ("x: 0 # one\n\n\n", "x: 0 # one\n\na: 1\n\nb: 2\n"),
            ("x: 0\r\n# last", "x: 0\r\n# last\r\n\r\na: 1\r\n\r\nb: 2\r\n"),
        ] {
            assert_eq!(append(text, ["a: 1\n", "b: 2"]), expected);
        }
        assert!(is_blank("\u{feff}# one\n\n  # two") && !is_blank("# one\na: 1"));
    }
}
