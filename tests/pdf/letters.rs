//! Letters of names: each prints in all four styles, with a glyph of its own, and is read back as it was.

use amparo::document::{BlockKind, Inline};
use unicode_normalization::UnicodeNormalization;

use super::build::{at, document};
use super::print;

const ROWS: &str = include_str!("letters.tsv");

/// A way to set words.
type Style = fn(Vec<Inline>) -> Inline;

/// Bold, italic and bold italic; regular is the words themselves.
const STYLES: [Style; 3] =
    [Inline::Strong, Inline::Emphasis, |content| Inline::Strong(vec![Inline::Emphasis(content)])];

/// What a line break may add or take away does not count, nor how an accent is written.
fn bare(words: &str) -> String {
    words.nfc().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect()
}

#[test]
fn letters_of_names_print_in_all_four_styles() {
    let rows: Vec<Vec<&str>> =
        ROWS.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() > 60, "{} rows", rows.len());
    for row in rows {
        let [language, what, words] = row.try_into().unwrap_or_else(|row| panic!("three columns: {row:?}"));
        let text = || vec![Inline::Text(words.into())];
        let mut styles = vec![text()];
        styles.extend(STYLES.iter().map(|style| vec![style(text())]));
        let mut paper = document("letter", (language, ""), words);
        paper.blocks = styles.into_iter().map(|content| at(1, BlockKind::Paragraph(content))).collect();
        let name = format!("letters-{language}-{}", what.replace(' ', "-"));
        let (_, reading) = print(&paper, &name);
        let paragraphs: Vec<String> = reading.texts("P").into_iter().map(bare).collect();
        assert_eq!(paragraphs, vec![bare(words); 4], "{name}");
        assert_eq!(reading.texts("Title").into_iter().map(bare).collect::<String>(), bare(words), "{name}");
    }
}
