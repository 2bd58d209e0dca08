//! Compares two texts word by word.

use similar::{ChangeTag, DiffOp, TextDiff};

/// The number of unchanged words on each side of a change.
const CONTEXT: usize = 6;

/// The least likeness, between 0 and 1, of two lines that are shown as one changed line.
const ALIKE: f32 = 0.5;

/// The fewest unchanged words between two changes that keep them apart.
const TOO_FEW: usize = 3;

/// The difference between two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Diff {
    /// The same words.
    Same,
    /// One line for each passage that differs: `[-old words-]` and `{+new words+}`.
    Changed(Vec<String>),
}

/// Compares two texts line by line, and similar lines word by word.
#[must_use]
pub fn diff(before: &str, after: &str) -> Diff {
    if before == after {
        return Diff::Same;
    }
    let full = |text: &str| -> String {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |out, line| out + line + "\n")
    };
    let (before, after) = (full(before), full(after));
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut out = Vec::new();
    for op in TextDiff::from_lines(&before, &after).ops() {
        if !matches!(op, DiffOp::Equal { .. }) {
            let (left, right) = (old.get(op.old_range()), new.get(op.new_range()));
            passage(left.unwrap_or_default(), right.unwrap_or_default(), &mut out);
        }
    }
    if out.is_empty() { Diff::Same } else { Diff::Changed(out) }
}

/// Lines that replace others: each is compared with the most similar old line, in order.
fn passage(old: &[&str], new: &[&str], out: &mut Vec<String>) {
    let mut rest = old;
    for line in new {
        let likeness = rest.iter().enumerate().map(|(at, old)| (at, TextDiff::from_words(*old, *line).ratio()));
        let best = likeness.filter(|(_, ratio)| *ratio >= ALIKE).max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((at, _)) = best {
            out.extend(rest[..at].iter().map(|gone| marked("[-", gone, "-]")));
            out.push(words(rest[at], line));
            rest = &rest[at + 1..];
        } else {
            out.push(marked("{+", line, "+}"));
        }
    }
    out.extend(rest.iter().map(|gone| marked("[-", gone, "-]")));
}

/// A stretch of a line.
enum Stretch {
    Stays(String),
    Changes { old: String, new: String },
}

/// One line, word by word; long unchanged stretches are shortened.
fn words(before: &str, after: &str) -> String {
    let stretches = stretches(before, after);
    let last = stretches.len().saturating_sub(1);
    let shown = stretches.iter().enumerate().map(|(index, stretch)| match stretch {
        Stretch::Stays(words) => shortened(words, index > 0, index < last),
        Stretch::Changes { old, new } => format!("{}{}", marked("[-", old, "-]"), marked("{+", new, "+}")),
    });
    shown.collect::<String>().trim().to_owned()
}

/// Unchanged and changed stretches in turn. One or two unchanged words between two changes count as changed.
fn stretches(before: &str, after: &str) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let value = change.value();
        if change.tag() == ChangeTag::Equal {
            match out.last_mut() {
                Some(Stretch::Stays(words)) => words.push_str(value),
                _ => out.push(Stretch::Stays(value.to_owned())),
            }
            continue;
        }
        if !matches!(out.last(), Some(Stretch::Changes { .. })) {
            let (old, new) = joined(&mut out);
            out.push(Stretch::Changes { old, new });
        }
        if let Some(Stretch::Changes { old, new }) = out.last_mut() {
            if change.tag() == ChangeTag::Delete { old } else { new }.push_str(value);
        }
    }
    out
}

/// Removes the last change and the few words after it, so that the next change continues it.
fn joined(out: &mut Vec<Stretch>) -> (String, String) {
    let few = matches!(out.last(), Some(Stretch::Stays(words)) if words.split_whitespace().count() < TOO_FEW);
    if !few || out.len() < 2 {
        return (String::new(), String::new());
    }
    match (out.pop(), out.pop()) {
        (Some(Stretch::Stays(words)), Some(Stretch::Changes { old, new })) => (old + &words, new + &words),
        _ => (String::new(), String::new()),
    }
}

/// The marks touch the words; a space after the words stays outside.
fn marked(open: &str, run: &str, close: &str) -> String {
    let bare = run.trim();
    if bare.is_empty() {
        return run.to_owned();
    }
    let start = &run[..run.len() - run.trim_start().len()];
    let end = &run[run.trim_end().len()..];
    format!("{start}{open}{bare}{close}{end}")
}

/// The words nearest to the changes before and after.
fn shortened(run: &str, has_before: bool, has_after: bool) -> String {
    let words: Vec<&str> = run.split_inclusive(char::is_whitespace).collect();
    let (head, tail) = (if has_before { CONTEXT } else { 0 }, if has_after { CONTEXT } else { 0 });
    if words.len() <= head + tail + 1 {
        return run.to_owned();
    }
    format!("{}… {}", words[..head].concat(), words[words.len() - tail..].concat())
}

#[cfg(test)]
mod tests {
    use super::{Diff, diff};

    #[test]
    fn only_differences_are_shown() {
        let table: &[(&str, &str, &[&str])] = &[
            ("the same\nwords\n", "the same\nwords\n", &[]),
            ("She got five years.\n", "She got three years.\n", &["She got [-five-]{+three+} years."]),
            ("One.\n\nTwo.\n", "One.\n", &["[-Two.-]"]),
            ("One.\n", "One.\n\nTwo is new.\n", &["{+Two is new.+}"]),
            (
                "a b c d e f g h i j k l five m\nkept\n",
                "a b c d e f g h i j k l six m\nkept\n",
                &["… g h i j k l [-five-]{+six+} m"],
            ),
            ("осуждена на пять лет\n", "осуждена на три года\n", &["осуждена на [-пять лет-]{+три года+}"]),
            ("One.\n\n", "One.\n", &[]),
            (
                "Nothing is known of it.\n",
                "Letters arrive again.\n",
                &["{+Letters arrive again.+}", "[-Nothing is known of it.-]"],
            ),
            ("a b x c y d e f g\n", "a b 1 c 2 d e f g\n", &["a b [-x c y-]{+1 c 2+} d e f g"]),
        ];
        for (before, after, expected) in table {
            let found = diff(before, after);
            let expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
            let expected = if expected.is_empty() { Diff::Same } else { Diff::Changed(expected) };
            assert_eq!(found, expected, "{before:?} → {after:?}");
        }
    }
}
