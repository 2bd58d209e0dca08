//! Nothing about one language or one State stands in the code: that is data under `templates/`.

use std::collections::BTreeSet;

use crate::support::{files, read, root};

use super::sources;

/// Letters beyond ASCII that are marks of typography in every language: apostrophes, accents without a letter, and letters
/// joined by a printer.
const TYPOGRAPHY: &str = "ʻʼʽˆˇﬀﬁﬂﬃﬄﬆ";

/// What may name a language or a State nevertheless: the file, the literal, and why.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("document/language.rs", "en", "the language of the program's own messages and reports"),
    ("document/language.rs", "GB", "the country whose habits those follow"),
    ("report/dossier/audiences.rs", "UN", "a word of the program's own report"),
];

#[test]
fn no_language_and_no_state_stands_in_the_code() {
    let (languages, states) = (languages(), states());
    assert!(languages.len() > 1 && states.len() > 1, "{languages:?} {states:?}");
    let mut faults = Vec::new();
    for file in sources() {
        for (line, literal) in literals(&file.lines) {
            let is_foreign = |c: char| !c.is_ascii() && c.is_alphabetic() && !TYPOGRAPHY.contains(c);
            let (code, region) = literal.split_once(['-', '/']).unwrap_or((&literal, ""));
            let is_language = languages.contains(code) && region.bytes().all(|byte| byte.is_ascii_uppercase());
            let is_office = literal.contains('/') && states.contains(&code.to_uppercase());
            let is_allowed = ALLOWED.iter().any(|(path, own, _)| *path == file.path && *own == literal);
            let is_data = is_language || is_office || states.contains(&literal) || literal.contains(is_foreign);
            faults.extend((is_data && !is_allowed).then(|| format!("src/{}:{line}: `{literal}`", file.path)));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The tags of the shipped languages.
fn languages() -> BTreeSet<String> {
    let shipped = files(&root().join("templates/languages"));
    let folders = shipped.iter().filter_map(|path| path.parent()?.file_name());
    folders.map(|name| name.to_string_lossy().into_owned()).collect()
}

/// The codes of the shipped States, and of the countries whose habits the languages follow.
fn states() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in files(&root().join("templates/directory")) {
        codes.extend(read(&path).lines().find_map(|line| line.strip_prefix("of: ").map(str::to_owned)));
    }
    for path in files(&root().join("templates/languages")) {
        let text = read(&path);
        let icu = text.lines().find_map(|line| line.strip_prefix("icu: "));
        codes.extend(icu.and_then(|icu| icu.split_once('-')).map(|(_, region)| region.to_owned()));
    }
    codes
}

/// The literals of strings and characters in lines of code, without their marks, each with the line where it begins.
fn literals(lines: &[(usize, String)]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in lines {
        let mut rest = line.as_str();
        while let Some(c) = rest.chars().next() {
            let length = match (&mut open, c) {
                (None, '/') if rest.starts_with("//") => rest.len(),
                (None, '\'') => {
                    let literal = character(rest);
                    found.extend(literal.map(|literal| (*number, literal.to_owned())));
                    literal.map_or(1, |literal| literal.len() + 2)
                }
                (None, '"') => {
                    open = Some((*number, String::new()));
                    1
                }
                (None, _) => c.len_utf8(),
                (Some(_), '"') => {
                    found.extend(open.take());
                    1
                }
                (Some((_, literal)), _) => {
                    let escaped = if c == '\\' { rest[1..].chars().next().map_or(0, char::len_utf8) } else { 0 };
                    literal.push_str(&rest[..c.len_utf8() + escaped]);
                    c.len_utf8() + escaped
                }
            };
            rest = &rest[length..];
        }
    }
    found
}

/// The literal of a character at the beginning of some code, without its marks; `None`: a lifetime.
fn character(code: &str) -> Option<&str> {
    let inside = &code[1..];
    let first = inside.chars().next()?;
    let skipped = if first == '\\' { 2 } else { first.len_utf8() };
    let end = skipped + inside.get(skipped..)?.find('\'')?;
    (first == '\\' || end == skipped).then(|| &inside[..end])
}

#[test]
fn literals_are_read_without_lifetimes_and_comments() {
    let code = r#"fn f<'a>(x: &'a str) { g('"', '\'', "a \"b\"", 'ж', b"RU") } // "no""#;
    let lines = [(7, code.to_owned()), (8, r#"h("one \"#.to_owned()), (9, r#"two");"#.to_owned())];
    let found: Vec<(usize, String)> = literals(&lines);
    let words: Vec<&str> = found.iter().map(|(_, literal)| literal.as_str()).collect();
    assert_eq!(words, ["\"", "\\'", "a \\\"b\\\"", "ж", "RU", "one \\two"]);
    assert_eq!((found[0].0, found[5].0), (7, 8));
}
