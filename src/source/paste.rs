//! What is written into the user's own files: values of YAML, a citation to paste.

use super::Locator;

/// A value as YAML reads it back, on one line, also between braces. Words that YAML would take for something else are
/// quoted.
#[must_use]
pub fn scalar(value: &str) -> String {
    const OTHER: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"];
    let fits = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '-' | '_' | ' ' | '.' | '’' | '“' | '”' | '«' | '»' | '–' | '—' | '(' | ')' | '/' | '\'')
    };
    let plain = value.starts_with(char::is_alphabetic)
        && !value.ends_with([' ', '.'])
        && !value.contains("  ")
        && value.chars().all(fits)
        && !OTHER.contains(&value.to_lowercase().as_str())
        || is_day(value);
    if plain { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}

/// A date and the number of a paragraph stay what they are.
fn is_day(value: &str) -> bool {
    matches!(value.len(), 7 | 10)
        && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && value.contains('-')
}

/// An entry of `cites:`, on one line.
#[must_use]
pub fn citation(source: &str, at: Locator, quote: &str) -> String {
    // Words that begin with a digit would be read as words all the same, but look like a number.
    format!("- {{source: {}, at: {at}, quote: {}}}", scalar(source), scalar(quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_back_as_they_were() {
        let values = [
            "plain words",
            "13-years",
            "no",
            "a: b",
            "a #b",
            "{x}",
            "he said “no”",
            "it's",
            "C:\\x",
            "- a",
            "2024",
            "2024-09-09",
            "",
            " x",
            "x ",
            "true",
            "line\nbreak",
            "«слово» — дело",
            "[…] and",
            "a, b",
            "x:",
            "статья 159-1",
            "a/b",
            "e.g.",
            "\u{85}",
        ];
        for value in values {
            let text = format!("- {{quote: {}}}\n", scalar(value));
            let read: Vec<std::collections::BTreeMap<String, String>> = serde_saphyr::from_str(&text).expect(&text);
            assert_eq!(read[0]["quote"], value, "{text}");
        }
    }

    #[test]
    fn a_citation_stands_on_one_line() {
        let entry = citation("herald", Locator::Para(3), "was not allowed, he said");
        assert_eq!(entry, "- {source: herald, at: para 3, quote: \"was not allowed, he said\"}");
    }
}
