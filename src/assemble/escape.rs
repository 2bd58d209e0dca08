//! Escapes text, so that Markdown prints exactly that text.

/// White space collapsed, as the Markdown parser would see it; no-break spaces stay.
#[must_use]
pub fn collapse(text: &str) -> String {
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}');
    text.split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A backslash before each ASCII punctuation mark, and white space collapsed.
#[must_use]
pub fn escape(text: &str) -> String {
    let text = collapse(text);
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_markdown_is_escaped() {
        let table = [
            ("plain words", "plain words"),
            ("  two \n\t lines  ", "two lines"),
            ("*a* [x](y) <b> `c`", r"\*a\* \[x\]\(y\) \<b\> \`c\`"),
            ("1. one", r"1\. one"),
            ("&amp; | # > - \\", r"\&amp\; \| \# \> \- \\"),
            ("1\u{A0}мая «да»", "1\u{A0}мая «да»"),
        ];
        for (text, expected) in table {
            assert_eq!(escape(text), expected, "{text}");
        }
    }
}
