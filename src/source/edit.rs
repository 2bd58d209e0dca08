//! `sources.yaml` as text: records are added at its end, and nothing else is touched.

use std::sync::Arc;

use super::raw::RawSources;
use super::{Records, records};
use crate::diag::Diagnostic;
use crate::yaml;

/// Why records cannot be added.
#[derive(Debug)]
pub enum Refused {
    /// Ids that are taken, each with the line on which it stands, from 1.
    Taken(Vec<(String, usize)>),
    /// What stands in the file cannot be read.
    Unreadable(Vec<Diagnostic>),
    /// The file is written so that nothing can be added at its end, for instance in braces; the first problem of the file
    /// as it would be, if it could not be read.
    Shape(Option<Box<Diagnostic>>),
}

/// The records of a file; an empty file, or one of remarks only, has none.
///
/// # Errors
/// What is wrong with the form of the file.
pub fn read(file: &Arc<str>, text: &str) -> Result<Records, Vec<Diagnostic>> {
    raw(file, text).map(|raw| records(&raw).0)
}

/// The text of the file with the records (id, and lines as they are to stand there) at its end.
///
/// # Errors
/// See [`Refused`]. Then nothing is to be written.
pub fn append(file: &Arc<str>, text: &str, new: &[(String, String)]) -> Result<String, Refused> {
    let before = raw(file, text).map_err(Refused::Unreadable)?;
    let taken = new.iter().filter_map(|(id, _)| Some((id.clone(), line_of(&before, id)?)));
    let taken: Vec<(String, usize)> = taken.collect();
    if !taken.is_empty() {
        return Err(Refused::Taken(taken));
    }
    let out = yaml::append(text, new.iter().map(|(_, lines)| lines.as_str()));
    let after = raw(file, &out).map_err(|problems| Refused::Shape(problems.into_iter().next().map(Box::new)))?;
    // Whatever the file looked like: only what is read back as all the old records and all the new ones is written.
    let ids = |sources: &RawSources| sources.iter().map(|(id, _)| id.value.clone()).collect::<Vec<_>>();
    let wanted: Vec<String> = ids(&before).into_iter().chain(new.iter().map(|(id, _)| id.clone())).collect();
    let (old, now) = (records(&before).0, records(&after).0);
    let is_kept = old.iter().all(|(id, record)| now.get(id) == Some(record));
    if is_kept && ids(&after) == wanted { Ok(out) } else { Err(Refused::Shape(None)) }
}

fn raw(file: &Arc<str>, text: &str) -> Result<RawSources, Vec<Diagnostic>> {
    if yaml::is_blank(text) { Ok(RawSources::default()) } else { yaml::read(file, text) }
}

fn line_of(sources: &RawSources, id: &str) -> Option<usize> {
    sources.iter().find(|(known, _)| known.value == id).map(|(known, _)| known.place.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: &str = "new:\n  type: misc\n  title: New\n  language: en\n";

    fn added(text: &str) -> Result<String, Refused> {
        append(&"sources.yaml".into(), text, &[("new".to_owned(), NEW.to_owned())])
    }

    #[test]
    fn remarks_and_order_are_kept() {
        let old = "# first\nb: {type: misc, title: B, language: en}  # b\n\n# second\na:\n  type: misc\n  title: A\n  language: en";
        for text in [old.to_owned(), format!("{old}\n"), format!("{old}\n# last\n"), String::new(), "# none\n".into()] {
            let after = added(&text).expect("added");
            assert!(after.starts_with(text.trim_end()) && after.ends_with(NEW), "{after}");
        }
        let after = added(&old.replace('\n', "\r\n")).expect("added");
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    }

    #[test]
    fn what_cannot_be_added_is_refused() {
        assert!(
            matches!(added("# x\nnew:\n  type: web\n"), Err(Refused::Taken(taken)) if taken == [("new".to_owned(), 2)])
        );
        assert!(matches!(added("{old: {type: web}}\n"), Err(Refused::Shape(_))));
        assert!(matches!(added("old:\n  type: web\n...\n"), Err(Refused::Shape(_))));
        assert!(matches!(added("old: [\n"), Err(Refused::Unreadable(_))));
    }
}
