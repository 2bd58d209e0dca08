//! Editing the text of `sources.yaml`: records are added at its end, or what one says of its copy is replaced; nothing
//! else is changed.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::raw::RawSources;
use super::{Extractor, Records, records};
use crate::diag::Diagnostic;
use crate::yaml::{self, Replacement};

/// The reason why records cannot be added.
#[derive(Debug)]
pub enum Refused {
    /// Ids that are already used, each with its line, from 1.
    Taken(Vec<(String, usize)>),
    /// The present content of the file cannot be read.
    Unreadable(Vec<Diagnostic>),
    /// Nothing can be added at the end of the file because of its form, for instance braces. Holds the first problem of
    /// the changed file, if that could not be read.
    Shape(Option<Box<Diagnostic>>),
}

/// The records of a file; a file that is empty or holds only comments has none.
///
/// # Errors
/// The problems in the form of the file.
pub fn read(file: &Arc<str>, text: &str) -> Result<Records, Vec<Diagnostic>> {
    raw(file, text).map(|raw| records(&raw).0)
}

/// The text of the file with the new records (id, and lines in their final form) added at its end.
///
/// # Errors
/// See [`Refused`]. The file must then not be changed.
pub fn append(file: &Arc<str>, text: &str, new: &[(String, String)]) -> Result<String, Refused> {
    let before = raw(file, text).map_err(Refused::Unreadable)?;
    let taken = new.iter().filter_map(|(id, _)| Some((id.clone(), line_of(&before, id)?)));
    let taken: Vec<(String, usize)> = taken.collect();
    if !taken.is_empty() {
        return Err(Refused::Taken(taken));
    }
    let out = yaml::append(text, new.iter().map(|(_, lines)| lines.as_str()));
    let after = raw(file, &out).map_err(|problems| Refused::Shape(problems.into_iter().next().map(Box::new)))?;
    // For any form of the file: the result is accepted only if it reads back as all old and all new records.
    let ids = |sources: &RawSources| sources.iter().map(|(id, _)| id.value.clone()).collect::<Vec<_>>();
    let wanted: Vec<String> = ids(&before).into_iter().chain(new.iter().map(|(id, _)| id.clone())).collect();
    let (old, now) = (records(&before).0, records(&after).0);
    let is_kept = old.iter().all(|(id, record)| now.get(id) == Some(record));
    if is_kept && ids(&after) == wanted { Ok(out) } else { Err(Refused::Shape(None)) }
}

/// What a record says of another reading of its source.
#[derive(Debug)]
pub struct RecordChange<'a> {
    /// The digest of the new text.
    pub digest: String,
    /// Name and version of the extractor.
    pub extractor: &'a Extractor,
    /// Name, digest and encoding of the file that was read, if it was one.
    pub original: Option<(String, String, Option<String>)>,
    /// Each range that is not part of the text, from 1, with its new place.
    pub ranges: &'a [(RangeInclusive<usize>, RangeInclusive<usize>)],
}

/// The text of the file with what a record says of its copy replaced; nothing else is changed. `None` if one of the
/// values cannot be replaced: it is missing, or not written at its place by itself.
#[must_use]
pub fn renewed(file: &Arc<str>, text: &str, id: &str, change: &RecordChange) -> Option<String> {
    let sources = raw(file, text).ok()?;
    let record = sources.get(id)?;
    let mut wanted = vec![Replacement::of(record.digest.as_ref()?, &change.digest)?];
    if let Some(extractor) = &record.extractor {
        wanted.push(Replacement::of(&extractor.version, &change.extractor.version)?);
    }
    if let (Some(typed), Some((name, digest, encoding))) = (&record.original, &change.original) {
        wanted.push(Replacement::of(&typed.file, name)?);
        wanted.push(Replacement::of(&typed.digest, digest)?);
        let encodings = typed.encoding.as_ref().zip(encoding.as_ref());
        wanted.extend(encodings.and_then(|(typed, encoding)| Replacement::of(typed, encoding)));
    }
    for (old, new) in change.ranges {
        let typed = record.limits.not_text.iter().find(|one| one.from.value == *old.start())?;
        wanted.push(Replacement::number(&typed.from, *new.start())?);
        wanted.push(Replacement::number(&typed.to, *new.end())?);
    }
    let (text, left) = yaml::replaced(text, &wanted)?;
    left.is_empty().then(|| with_encoding(file, text, id, change)).flatten()
}

/// Adds the encoding to a record that has none.
fn with_encoding(file: &Arc<str>, text: String, id: &str, change: &RecordChange) -> Option<String> {
    let Some((_, _, Some(encoding))) = &change.original else { return Some(text) };
    let sources = raw(file, &text).ok()?;
    let typed = sources.get(id)?.original.as_ref()?;
    match &typed.encoding {
        Some(known) => (known.value == *encoding).then_some(text),
        None => yaml::with_entry_after(&text, &typed.digest, "encoding", encoding),
    }
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
    fn comments_and_order_are_kept() {
        let old = "# first\nb: {type: misc, title: B, language: en}  # b\n\n# second\na:\n  type: misc\n  title: A\n  language: en";
        for text in [old.to_owned(), format!("{old}\n"), format!("{old}\n# last\n"), String::new(), "# none\n".into()] {
            let after = added(&text).expect("added");
            assert!(after.starts_with(text.trim_end()) && after.ends_with(NEW), "{after}");
        }
        let after = added(&old.replace('\n', "\r\n")).expect("added");
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    }

    #[test]
    fn records_that_cannot_be_added_are_refused() {
        assert!(
            matches!(added("# x\nnew:\n  type: web\n"), Err(Refused::Taken(taken)) if taken == [("new".to_owned(), 2)])
        );
        assert!(matches!(added("{old: {type: web}}\n"), Err(Refused::Shape(_))));
        assert!(matches!(added("old:\n  type: web\n...\n"), Err(Refused::Shape(_))));
        assert!(matches!(added("old: [\n"), Err(Refused::Unreadable(_))));
    }
}
