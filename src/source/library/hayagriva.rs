//! Hayagriva: the YAML format whose key names are also used in `sources.yaml`. Its own reader skips wrong keys and
//! changes `$` and braces in titles, so the format is read here, key by key.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Imported, date, left, refused, whole};
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
    let typed = entry.remove("type").and_then(|kind| kind.as_str().map(str::to_lowercase)).unwrap_or_default();
    let kind = SourceKind::from_name(&typed).unwrap_or_else(|| {
        left_out.push(format!("type `{typed}` (it becomes `misc`)"));
        SourceKind::Misc
    });
    let (title, short) = titled(entry.remove("title"), &mut left_out);
    let (url, visited) = match entry.remove("url") {
        Some(Value::Object(url)) => (words(url.get("value")), words(url.get("date"))),
        other => (words(other.as_ref()), None),
    };
    let mut record = Imported {
        id: id.to_owned(),
        line,
        kind: Some(kind),
        title,
        short,
        authors: authors(entry.remove("author").as_ref()),
        url,
        visited,
        language: words(entry.remove("language").as_ref()),
        ..Imported::default()
    };
    if let Some(printed) = words(entry.remove("date").as_ref()) {
        record.date = date(&printed);
        if record.date.is_none() {
            left_out.push(left("date", &printed));
        }
    }
    record.parent = parent(entry.remove("parent"), &mut record.publisher, &mut left_out);
    for (key, slot) in [
        ("publisher", &mut record.publisher),
        ("serial-number", &mut record.number),
        ("genre", &mut record.genre),
        ("note", &mut record.note),
    ] {
        match entry.remove(key) {
            Some(Value::Object(parts)) => {
                let name = if key == "publisher" { "name" } else { "serial" };
                *slot = words(parts.get(name)).or(slot.take());
                let rest = parts.iter().filter(|(part, _)| *part != name);
                left_out.extend(
                    rest.map(|(part, value)| left(&format!("{key} {part}"), &words(Some(value)).unwrap_or_default())),
                );
            }
            Some(value) => *slot = words(Some(&value)).or(slot.take()),
            None => {}
        }
    }
    left_out.extend(entry.iter().map(|(key, value)| left(key, &words(Some(value)).unwrap_or_default())));
    record.left_out = left_out;
    record
}

fn words(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn titled(value: Option<Value>, left_out: &mut Vec<String>) -> (String, Option<String>) {
    match value {
        Some(Value::Object(parts)) => {
            let other = parts.iter().filter(|(part, _)| !matches!(part.as_str(), "value" | "short"));
            left_out.extend(
                other.map(|(part, value)| left(&format!("title {part}"), &words(Some(value)).unwrap_or_default())),
            );
            (words(parts.get("value")).unwrap_or_default(), words(parts.get("short")))
        }
        other => (words(other.as_ref()).unwrap_or_default(), None),
    }
}

/// `Family, Given`, a mapping, or a list of these. A name without a comma is a whole name.
fn authors(value: Option<&Value>) -> Vec<Author> {
    match value {
        Some(Value::Array(all)) => all.iter().flat_map(|one| authors(Some(one))).collect(),
        Some(Value::Object(parts)) => {
            let family = ["prefix", "name", "suffix"].into_iter().filter_map(|part| words(parts.get(part)));
            let name = family.collect::<Vec<_>>().join(" ");
            vec![Author { name, given_name: words(parts.get("given-name")) }]
        }
        Some(Value::String(typed)) => vec![match typed.split_once(',') {
            Some((family, given)) => {
                Author { name: family.trim().to_owned(), given_name: Some(given.trim().to_owned()) }
            }
            None => Author { name: typed.clone(), given_name: None },
        }],
        _ => Vec::new(),
    }
}

fn parent(
    value: Option<Value>,
    publisher: &mut Option<String>,
    left_out: &mut Vec<String>,
) -> Option<(ParentKind, String)> {
    let parts = match value? {
        Value::Object(parts) => parts,
        Value::Array(all) => {
            let mut all = all.into_iter();
            let first = all.next();
            left_out.extend(all.map(|_| "parent (a second one)".to_owned()));
            first?.as_object()?.clone()
        }
        other => {
            left_out.push(left("parent", &words(Some(&other)).unwrap_or_default()));
            return None;
        }
    };
    let mut kind = ParentKind::Web;
    let mut title = None;
    for (key, value) in &parts {
        match (key.as_str(), words(Some(value))) {
            ("type", Some(typed)) => match ParentKind::from_name(&typed.to_lowercase()) {
                Some(known) => kind = known,
                None => left_out.push(left("type of the parent", &typed)),
            },
            ("title", Some(words)) => title = Some(words),
            ("publisher", Some(words)) => *publisher = Some(words),
            (key, value) => left_out.push(left(&format!("parent {key}"), &value.unwrap_or_default())),
        }
    }
    title.map(|title| (kind, title))
}
