//! `sources.yaml` as text: a record is added at its end, and nothing else is touched.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place};
use crate::source::raw::RawSources;
use crate::source::{Records, records};
use crate::yaml;

/// The records of a file; an empty file, or one of remarks only, has none.
///
/// # Errors
/// What is wrong with the form of the file.
pub fn read(file: &Arc<str>, text: &str) -> Result<Records, Vec<Diagnostic>> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Records::new());
    }
    yaml::read::<RawSources>(file, text).map(|raw| records(&raw).0)
}

/// The text with a record at its end.
///
/// # Errors
/// The file cannot be read before or after, or an old record would be another one.
pub fn add(file: &Arc<str>, text: &str, id: &str, entry: &str) -> Result<String, Vec<Diagnostic>> {
    let before = read(file, text)?;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut after = text.to_owned();
    if !after.is_empty() && !after.ends_with('\n') {
        after += end;
    }
    if !after.trim().is_empty() {
        after += end;
    }
    after += &entry.replace('\n', end);
    let new = read(file, &after).map_err(|problems| vec![refused(file, problems.first())])?;
    let same = before.iter().all(|(old, record)| new.get(old) == Some(record));
    if !same || new.len() != before.len() + 1 || !new.contains_key(id) {
        return Err(vec![refused(file, None)]);
    }
    Ok(after)
}

fn refused(file: &Arc<str>, why: Option<&Diagnostic>) -> Diagnostic {
    let words = "a record cannot be added to the end of this file";
    let hint = "write each source as lines of its own, not between braces, and run the command again";
    let problem = Diagnostic::error(Code::SourceRecord, Place::file(file.clone()), words).hint(hint);
    match why {
        Some(why) => problem.with_note(format!("with the record it would say: {}", why.headline)),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: &str = "new:\n  type: misc\n  title: New\n  language: en\n";

    #[test]
    fn remarks_and_order_are_kept() {
        let old = "# first\nb: {type: misc, title: B, language: en}  # b\n\n# second\na:\n  type: misc\n  title: A\n  language: en";
        for text in [old.to_owned(), format!("{old}\n"), format!("{old}\n# last\n"), String::new(), "# none\n".into()] {
            let after = add(&"sources.yaml".into(), &text, "new", NEW).expect("added");
            assert!(after.starts_with(text.trim_end()) && after.ends_with(NEW), "{after}");
        }
        let windows = old.replace('\n', "\r\n");
        let after = add(&"sources.yaml".into(), &windows, "new", NEW).expect("added");
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    }

    #[test]
    fn where_nothing_can_be_added_nothing_is() {
        for text in [
            "{a: {type: misc, title: A, language: en}}\n",
            "a:\n  type: misc\n  title: A\n  language: en\n...\n",
            "new: {type: misc, title: N, language: en}\n",
        ] {
            let problems = add(&"sources.yaml".into(), text, "new", NEW).expect_err("refused");
            assert_eq!(problems[0].code, Code::SourceRecord, "{text}");
        }
    }
}
