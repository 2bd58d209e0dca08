//! Adding records to `sources.yaml` without touching what stands there: its order, its comments and its line ends.

use std::sync::Arc;

use super::raw::RawSources;
use crate::diag::Diagnostic;
use crate::yaml;

/// Why records cannot be added.
#[derive(Debug)]
pub enum Refused {
    /// Ids that are taken, each with the line on which it stands, from 1.
    Taken(Vec<(String, usize)>),
    /// What stands in the file cannot be read.
    Unreadable(Vec<Diagnostic>),
    /// The file is written so that nothing can be added at its end, for instance in braces.
    Shape,
}

/// The text of the file with the records (id, and lines as they are to stand there) at its end.
///
/// # Errors
/// See [`Refused`]. Then nothing is to be written.
pub fn append(file: &Arc<str>, text: &str, records: &[(String, String)]) -> Result<String, Refused> {
    let before = read(file, text).map_err(Refused::Unreadable)?;
    let taken = records.iter().filter_map(|(id, _)| Some((id.clone(), line_of(&before, id)?)));
    let taken: Vec<(String, usize)> = taken.collect();
    if !taken.is_empty() {
        return Err(Refused::Taken(taken));
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.trim_end().to_owned();
    for (_, lines) in records {
        if !out.is_empty() {
            out += end;
            out += end;
        }
        out += &lines.trim_end().replace('\n', end);
    }
    out += end;
    // Whatever the file looked like: only what is read back as all the old records and all the new ones is written.
    let ids = |sources: &RawSources| sources.iter().map(|(id, _)| id.value.clone()).collect::<Vec<_>>();
    let wanted: Vec<String> = ids(&before).into_iter().chain(records.iter().map(|(id, _)| id.clone())).collect();
    match read(file, &out) {
        Ok(after) if ids(&after) == wanted => Ok(out),
        _ => Err(Refused::Shape),
    }
}

/// A file with nothing but comments holds no record.
fn read(file: &Arc<str>, text: &str) -> Result<RawSources, Vec<Diagnostic>> {
    let is_empty = text.trim_start_matches('\u{feff}').lines().all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#')
    });
    if is_empty { Ok(RawSources::default()) } else { yaml::read(file, text) }
}

fn line_of(sources: &RawSources, id: &str) -> Option<usize> {
    sources.iter().find(|(known, _)| known.value == id).map(|(known, _)| known.place.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str) -> Result<String, Refused> {
        let record = ("new".to_owned(), "new:\n  type: web\n  title: New\n".to_owned());
        append(&Arc::from("sources.yaml"), text, &[record])
    }

    #[test]
    fn what_stands_there_stays() {
        for (text, expected) in [
            ("", "new:\n  type: web\n  title: New\n"),
            ("# only this\n", "# only this\n\nnew:\n  type: web\n  title: New\n"),
            (
                "# one\nold:\n  type: web # two\n  title: Old\n\n\n",
                "# one\nold:\n  type: web # two\n  title: Old\n\nnew:\n  type: web\n  title: New\n",
            ),
            ("old: {type: web}\r\n# last", "old: {type: web}\r\n# last\r\n\r\nnew:\r\n  type: web\r\n  title: New\r\n"),
        ] {
            assert_eq!(added(text).expect(text), expected);
        }
    }

    #[test]
    fn what_cannot_be_added_is_refused() {
        assert!(
            matches!(added("# x\nnew:\n  type: web\n"), Err(Refused::Taken(taken)) if taken == [("new".to_owned(), 2)])
        );
        assert!(matches!(added("{old: {type: web}}\n"), Err(Refused::Shape)));
        assert!(matches!(added("old:\n  type: web\n...\n"), Err(Refused::Shape)));
        assert!(matches!(added("old: [\n"), Err(Refused::Unreadable(_))));
    }
}
