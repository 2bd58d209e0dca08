//! Reading YAML with places: each value knows the file, line and column at which it was typed.
//!
//! The types here mirror the form of a file and know nothing of its meaning. Includes are off, aliases and sizes are
//! bounded, duplicate and unknown keys are refused. Writing keeps the comments and the order of a file.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_saphyr::{DuplicateKeyPolicy, Error, Location, MergeKeyPolicy};

use crate::diag::characters::{is_hidden, is_private};
use crate::diag::{Code, Diagnostic, Place};
use values::place;

mod constructs;
mod hidden;
mod replace;
mod values;
mod write;

pub use replace::{Replacement, replaced, with_entry_after};
pub use values::{At, Entries};
pub use write::{append, is_blank, quoted, scalar};

/// The largest YAML file that is read, in bytes. The largest real case file has a thousandth of this.
pub const MOST_BYTES: usize = 8 << 20;

/// The most values of a file: enough for ten thousand facts. [`MOST_BYTES`] bounds the memory that they take.
const MOST_NODES: usize = 2_000_000;

/// The most values that may come from `&` and `*`. No real case file uses them; a file that exceeds this limit was made
/// to fill the memory.
const MOST_REPEATED: usize = 20_000;

/// The most structural problems of one file that are collected.
const MOST_PROBLEMS: usize = 30;

/// Reads a file's text into `T`.
///
/// # Errors
/// Every structural problem that can be told apart: syntax, unknown and duplicate keys, wrong types, missing keys.
pub fn read<T: DeserializeOwned>(file: &Arc<str>, text: &str) -> Result<T, Vec<Diagnostic>> {
    if let Some(problem) = unreadable(file, text) {
        return Err(vec![problem]);
    }
    values::read_from(file);
    if let Some((place, bad)) = hidden::first(text) {
        return Err(vec![not_allowed(place, bad)]);
    }
    let refused = constructs::refused(&Place::file(file.clone()), text, MOST_PROBLEMS);
    if !refused.is_empty() {
        return Err(refused);
    }
    let mut problems = Vec::new();
    let mut masked = Cow::Borrowed(text);
    for _ in 0..2 * MOST_PROBLEMS {
        match serde_saphyr::from_str_with_options::<T>(&masked, options()) {
            Ok(value) if problems.is_empty() => return Ok(value),
            Ok(_) => break,
            Err(error) => {
                let mut problem = diagnostic(&error);
                problem.primary.place = on_words(text, problem.primary.place);
                let place = &problem.primary.place;
                let goes_on = recoverable(&error) && (!is_missing(&error) || !problems.is_empty());
                let rest = goes_on.then(|| without_entry(&masked, place)).flatten();
                // Once an entry is masked, a missing key may be a masked one, and an entry may be empty because all its
                // content is masked. Such an error tells nothing.
                let says_nothing = !problems.is_empty() && is_missing(&error) || is_hollow(text, &masked, place);
                if !says_nothing {
                    problems.push(problem);
                }
                if problems.len() == MOST_PROBLEMS {
                    break;
                }
                match rest {
                    Some(rest) => masked = Cow::Owned(rest),
                    None => break,
                }
            }
        }
    }
    Err(problems)
}

/// The reason why a text is not read at all, found before its structure is looked at: its size, or a character in it.
#[must_use]
pub fn unreadable(file: &Arc<str>, text: &str) -> Option<Diagnostic> {
    if text.len() > MOST_BYTES {
        let size = text.len() >> 20;
        return Some(
            Diagnostic::error(
                Code::CaseTooLarge,
                Place::file(file.clone()),
                format!("this file has {size} MiB; at most {} MiB are read", MOST_BYTES >> 20),
            )
            .hint("split it: `case.yaml` may name several files under `includes`"),
        );
    }
    let (line, row) = text.lines().enumerate().find(|(_, row)| is_suspect(row) && row.chars().any(forbidden))?;
    let (column, bad) = row.chars().enumerate().find(|(_, c)| forbidden(*c))?;
    let place = Place { file: file.clone(), line: line + 1, column: column + 1, bytes: None };
    if bad == '\t' && row[..row.find('\t').unwrap_or(0)].trim().is_empty() {
        let words = "a tab indents this line; YAML allows spaces only";
        let problem = Diagnostic::error(Code::CaseControlCharacter, place, words);
        return Some(problem.hint("replace each tab by two spaces"));
    }
    Some(not_allowed(place, bad))
}

fn not_allowed(place: Place, bad: char) -> Diagnostic {
    let words = format!("the character U+{:04X} is not allowed in a data file", u32::from(bad));
    Diagnostic::error(Code::CaseControlCharacter, place, words)
        .hint("delete it; it is invisible or has no meaning in a document")
}

/// True for tabs, control characters, marks that change the direction of text, and private-use characters, which mark
/// claims.
fn forbidden(c: char) -> bool {
    is_hidden(c) || is_private(c)
}

/// True if a row has a byte with which a forbidden character may begin. Hardly any row has one, and bytes are searched
/// faster than characters.
fn is_suspect(row: &str) -> bool {
    row.bytes().any(|byte| matches!(byte, 0..=0x1F | 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEE | 0xEF | 0xF3 | 0xF4))
}

fn options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::Error,
        merge_keys: MergeKeyPolicy::Error,
        with_snippet: false,
        strict_booleans: true,
        budget: serde_saphyr::budget! { max_nodes: MOST_NODES, max_events: 2 * MOST_NODES },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: MOST_REPEATED },
    }
}

/// A place behind the last words of a file, where nothing is visible, moved to the line of those words.
fn on_words(text: &str, place: Place) -> Place {
    let last = text.lines().count() - text.lines().rev().take_while(|row| row.trim().is_empty()).count();
    if place.line <= last { place } else { Place::line(place.file, last) }
}

fn is_missing(error: &Error) -> bool {
    matches!(inner(error), Error::SerdeMissingField { .. } | Error::UnknownAnchor { .. } | Error::Eof { .. })
}

fn recoverable(error: &Error) -> bool {
    !matches!(
        inner(error),
        Error::Eof { .. }
            | Error::ExternalMessage { .. }
            | Error::Budget { .. }
            | Error::AliasReplayLimitExceeded { .. }
            | Error::AliasExpansionLimitExceeded { .. }
    )
}

/// The error inside a value that is repeated by `*`.
fn inner(mut error: &Error) -> &Error {
    while let Error::AliasError { error: inner, .. } = error {
        error = inner;
    }
    error
}

/// The bytes of the entry that begins on the line of `place`, and the end of its first line. Only entries on lines of
/// their own; for a list, the whole item that begins there.
fn entry(text: &str, place: &Place) -> Option<(Range<usize>, usize)> {
    let line = place.line.checked_sub(1)?;
    let start = if line == 0 { 0 } else { text.match_indices('\n').nth(line - 1)?.0 + 1 };
    let row = text[start..].lines().next()?;
    let indent = row.len() - row.trim_start().len();
    let is_entry = row.contains(':') && !row.trim_start().starts_with('#');
    if !is_entry || row.trim().is_empty() {
        return None;
    }
    let deeper = |row: &&str| row.trim().is_empty() || row.len() - row.trim_start().len() > indent;
    let first = (start + row.len() + 1).min(text.len());
    let inner: usize = text[first..].split_inclusive('\n').take_while(deeper).map(str::len).sum();
    Some((start + indent..first + inner, first))
}

/// True if all content of the entry at `place` has been masked.
fn is_hollow(text: &str, masked: &str, place: &Place) -> bool {
    entry(text, place).is_some_and(|(Range { end, .. }, first)| {
        let inside = |text: &str| text.get(first..end).is_some_and(|inside| !inside.trim().is_empty());
        inside(text) && !inside(masked)
    })
}

/// The text with the entry at `place` blanked out; every other byte keeps its place.
fn without_entry(text: &str, place: &Place) -> Option<String> {
    let (Range { start: from, end }, _) = entry(text, place)?;
    let mut out = text.to_owned();
    let blank: String = text[from..end]
        .chars()
        .flat_map(|c| std::iter::repeat_n(if c == '\n' { '\n' } else { ' ' }, c.len_utf8()))
        .collect();
    out.replace_range(from..end, &blank);
    Some(out)
}

fn diagnostic(error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let place = error.location().map_or_else(|| place(Location::UNKNOWN), place);
    match inner(error) {
        Error::SerdeUnknownField { field, expected, .. } => unknown_key(place, field, expected),
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            Diagnostic::error(Code::CaseBadValue, place, format!("`{variant}` is not one of the values this key takes"))
                .hint(nearest(variant, expected).unwrap_or_else(|| format!("use one of: {}", list(expected))))
        }
        Error::SerdeMissingField { field, .. } => {
            Diagnostic::error(Code::CaseMissingKey, place, format!("the key `{field}` is missing here"))
                .hint(format!("add a line `{field}: …`"))
        }
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or("this key");
            Diagnostic::error(Code::CaseDuplicateKey, place, format!("`{key}` stands here a second time"))
                .hint("keep one of the two; nothing is merged silently")
        }
        Error::MergeKeyNotAllowed { .. } => Diagnostic::error(
            Code::CaseSyntax,
            place,
            "`<<` would merge other keys in here; nothing is merged silently",
        )
        .hint("delete the line and write each key out"),
        Error::SerdeInvalidType { unexpected, expected, .. }
        | Error::SerdeInvalidValue { unexpected, expected, .. } => {
            Diagnostic::error(Code::CaseWrongType, place, format!("expected {expected}, found {unexpected}"))
        }
        Error::InvalidScalar { ty, .. } => {
            let number = ty.starts_with(['u', 'i']) && ty[1..].bytes().all(|byte| byte.is_ascii_digit());
            let wanted = if number || *ty == "usize" { "a whole number" } else { ty };
            Diagnostic::error(Code::CaseWrongType, place, format!("expected {wanted}"))
        }
        Error::InvalidBooleanStrict { .. } => {
            Diagnostic::error(Code::CaseWrongType, place, "expected `true` or `false`")
        }
        Error::NullIntoString { .. } => Diagnostic::error(Code::CaseWrongType, place, "expected words, found nothing")
            .hint("write the words after the colon, or delete the line"),
        Error::Unexpected { expected, .. } => {
            let (wanted, hint) = plain(expected);
            Diagnostic::error(Code::CaseWrongType, place, format!("expected {wanted}")).hint(hint)
        }
        Error::Budget { .. } | Error::AliasReplayLimitExceeded { .. } | Error::AliasExpansionLimitExceeded { .. } => {
            Diagnostic::error(Code::CaseTooLarge, place, "this file is too large or repeats itself too often")
                .hint("write repeated parts out instead of using `&` and `*`")
        }
        other => {
            let words = other.to_string();
            let first = words.lines().next().unwrap_or("not valid YAML").to_owned();
            Diagnostic::error(Code::CaseSyntax, place, first).hint(
                "check the indentation, and put quotation marks around text that holds `: ` or starts with a mark",
            )
        }
    }
}

/// A term of YAML in plain words, with advice.
fn plain(expected: &str) -> (&str, &'static str) {
    match expected {
        "sequence start" => ("a list", "write `[one, two]`, or one line for each, beginning with `- `"),
        "mapping start" => {
            ("keys with values", "write `{key: value}`, or lines `key: value` under this one, further in")
        }
        "string scalar" => ("words", "write plain words here; a list or a mapping does not fit"),
        other => (other, "look at the same key in another case, or in `cases/README.md`"),
    }
}

fn unknown_key(place: Place, field: &str, expected: &[&str]) -> Diagnostic {
    let known = match nearest(field, expected) {
        _ if field.contains(' ') => "put quotation marks around words that hold a comma or a colon".to_owned(),
        Some(nearest) => nearest,
        None => format!("known here: {}", list(expected)),
    };
    Diagnostic::error(Code::CaseUnknownKey, place, format!("`{field}` is not a key of this place")).hint(known)
}

/// “did you mean …”, if one of the known words is near enough.
#[must_use]
pub fn nearest<S: AsRef<str>>(word: &str, known: &[S]) -> Option<String> {
    known
        .iter()
        .map(|name| (strsim::jaro_winkler(word, name.as_ref()), name.as_ref()))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| format!("did you mean `{name}`?"))
}

fn list(known: &[&str]) -> String {
    known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Sample {
        title: At<String>,
        #[serde(default)]
        count: At<u32>,
        #[serde(default)]
        names: Entries<At<String>>,
    }

    fn codes(text: &str) -> Vec<(String, usize)> {
        match read::<Sample>(&"a.yaml".into(), text) {
            Ok(_) => Vec::new(),
            Err(found) => found.iter().map(|d| (d.code.name().to_owned(), d.primary.place.line)).collect(),
        }
    }

    #[test]
    fn each_problem_has_its_line() {
        let table: &[(&str, &[(&str, usize)])] = &[
            ("title: x\n", &[]),
            ("title: 2024\nnames: {en: no}\n", &[]),
            ("titel: x\ntitle: y\n", &[("case/unknown-key", 1)]),
            ("title: x\ntitle: y\n", &[("case/duplicate-key", 2)]),
            ("title: x\ncount: many\n", &[("case/wrong-type", 2)]),
            ("title: x\nfoo: 1\ncount: 2\nbar:\n  a: 1\n", &[("case/unknown-key", 2), ("case/unknown-key", 4)]),
            ("title: x\nnames:\n  en: [1]\n", &[("case/wrong-type", 3)]),
            ("title: x\n\tcount: 2\n", &[("case/control-character", 2)]),
            ("title: \u{202E}x\n", &[("case/control-character", 1)]),
            ("title: \u{E000}x\n", &[("case/control-character", 1)]),
            ("count: 3\n", &[("case/missing-key", 1)]),
            ("title: x\ncount: [\n", &[("case/wrong-type", 2)]),
            ("title: \"x\n", &[("case/syntax", 1)]),
            ("title: x\nnames:\n  <<: {en: y}\n", &[("case/syntax", 3)]),
            ("title: x\n---\ntitle: y\n", &[("case/syntax", 2)]),
            ("title: !include x\n", &[("case/syntax", 1)]),
        ];
        for (text, expected) in table {
            let expected: Vec<_> = expected.iter().map(|(code, line)| ((*code).to_owned(), *line)).collect();
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn no_forbidden_character_is_passed_over() {
        let mut forbidden = (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| super::forbidden(*c));
        assert!(forbidden.all(|c| is_suspect(&c.to_string())));
        assert!(!is_suspect("plain words: обычные слова"));
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut text = String::from("title: x\nnames:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let previous = format!("*a{}", level - 1);
            let line = format!("  a{level}: &a{level} [{}]\n", vec![previous; 9].join(", "));
            text.push_str(&line);
        }
        assert!(!codes(&text).is_empty());
    }
}
