//! Hayagriva: the YAML format whose key names are also used in `sources.yaml`. Its own reader skips wrong keys and
//! changes `$` and braces in titles, so the format is read here, key by key.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Imported, all_left, date, left, refused, taken, whole};
use crate::diag::{Diagnostic, Place};
use crate::source::{Author, ParentKind, SourceKind};

/// The records of a Hayagriva file.
pub(super) fn read(file: &Arc<str>, text: &str) -> Result<Vec<Imported>, Vec<Diagnostic>> {
    let value: crate::yaml::Entries<Value> = crate::yaml::read(file, text)?;
    let mut records = Vec::new();
    for (id, entry) in &value {
        let Value::Object(entry) = entry else {
            let words = format!("`{}` is no record", id.value);
            return Err(vec![refused(id.place.clone(), words, "a library of Hayagriva has a mapping for each id")]);
        };
        records.push(imported(&id.value, id.place.line, entry));
    }
    if records.is_empty() {
        return Err(vec![refused(Place::file(file.clone()), "this library holds no record", "export it again")]);
    }
    whole(file, records)
}

fn imported(id: &str, line: usize, entry: &Map<String, Value>) -> Imported {
    let mut entry = entry.clone();
    let mut left_out = Vec::new();
    let typed = taken(&mut entry, "type").unwrap_or_default().to_lowercase();
    let kind = SourceKind::from_name(&typed).unwrap_or_else(|| {
        left_out.push(format!("type `{typed}` (it becomes `misc`)"));
        SourceKind::Misc
    });
    let mut record = Imported { id: id.to_owned(), line, kind: Some(kind), ..Imported::default() };
    if let Some(authors) = entry.remove("author") {
        record.authors = self::authors(authors, &mut left_out);
    }
    if let Some(printed) = taken(&mut entry, "date") {
        record.date = date(&printed);
        left_out.extend(record.date.is_none().then(|| left("date", &printed)));
    }
    record.parent = entry.remove("parent").and_then(|it| parent(it, &mut record.publisher, &mut left_out));
    let mut parts = |key: &str, names: [&str; 2]| parts(&mut entry, key, names, &mut left_out);
    let (title, short) = parts("title", ["value", "short"]);
    (record.title, record.short) = (title.unwrap_or_default(), short);
    (record.url, record.visited) = parts("url", ["value", "date"]);
    (record.number, _) = parts("serial-number", ["serial", ""]);
    record.publisher = parts("publisher", ["name", ""]).0.or(record.publisher);
    record.language = taken(&mut entry, "language");
    record.genre = taken(&mut entry, "genre");
    record.note = taken(&mut entry, "note");
    left_out.extend(all_left(&entry, ""));
    record.left_out = left_out;
    record
}

/// The words of a field, which may be a mapping with parts of these names.
fn parts(
    entry: &mut Map<String, Value>,
    key: &str,
    names: [&str; 2],
    left_out: &mut Vec<String>,
) -> (Option<String>, Option<String>) {
    let mut parts = match entry.remove(key) {
        Some(Value::Object(parts)) => parts,
        other => other.map(|words| (names[0].to_owned(), words)).into_iter().collect(),
    };
    let found = names.map(|name| taken(&mut parts, name));
    left_out.extend(all_left(&parts, &format!("{key} ")));
    found.into()
}

/// `Family, Given`, a mapping, or a list of these. A name without a comma is a whole name.
fn authors(value: Value, left_out: &mut Vec<String>) -> Vec<Author> {
    match value {
        Value::Array(all) => all.into_iter().flat_map(|one| authors(one, left_out)).collect(),
        Value::Object(mut parts) => {
            let name = ["prefix", "name", "suffix"].map(|part| taken(&mut parts, part));
            let name = Some(name.into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty());
            let given_name = taken(&mut parts, "given-name");
            left_out.extend(all_left(&parts, "author "));
            match (name, given_name) {
                (Some(name), given_name) => vec![Author { name, given_name }],
                (None, alone) => alone.map(|name| Author { name, given_name: None }).into_iter().collect(),
            }
        }
        Value::String(typed) => vec![match typed.split_once(',') {
            Some((family, given)) => {
                Author { name: family.trim().to_owned(), given_name: Some(given.trim().to_owned()) }
            }
            None => Author { name: typed, given_name: None },
        }],
        other => {
            left_out.extend((!other.is_null()).then(|| left("author", &other.to_string())));
            Vec::new()
        }
    }
}

fn parent(value: Value, publisher: &mut Option<String>, left_out: &mut Vec<String>) -> Option<(ParentKind, String)> {
    let mut parts = match value {
        Value::Object(parts) => parts,
        Value::Array(all) => {
            let mut all = all.into_iter();
            let first = all.next()?;
            left_out.extend(all.map(|_| "parent (a second one)".to_owned()));
            return parent(first, publisher, left_out);
        }
        other => {
            left_out.push(left("parent", &other.to_string()));
            return None;
        }
    };
    let typed = taken(&mut parts, "type");
    let kind = typed.as_ref().and_then(|typed| ParentKind::from_name(&typed.to_lowercase()));
    left_out.extend(typed.filter(|_| kind.is_none()).map(|typed| left("type of the parent", &typed)));
    let title = taken(&mut parts, "title");
    *publisher = taken(&mut parts, "publisher");
    left_out.extend(all_left(&parts, "parent "));
    title.map(|title| (kind.unwrap_or(ParentKind::Web), title))
}
