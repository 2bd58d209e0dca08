//! CSL-JSON: the format in which Zotero and Pandoc exchange records.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Imported, all_left, date, left, refused, taken, whole};
use crate::diag::{Diagnostic, Place};
use crate::reference::CalendarDate;
use crate::source::{Author, ParentKind, Record, Records, SourceKind};

/// The type there, the kind here, the kind of its parent.
const TYPES: [(&str, SourceKind, ParentKind); 10] = [
    ("webpage", SourceKind::Web, ParentKind::Web),
    ("article-newspaper", SourceKind::Article, ParentKind::Newspaper),
    ("article-magazine", SourceKind::Article, ParentKind::Periodical),
    ("article-journal", SourceKind::Article, ParentKind::Periodical),
    ("post-weblog", SourceKind::Blog, ParentKind::Blog),
    ("post", SourceKind::Post, ParentKind::Web),
    ("report", SourceKind::Report, ParentKind::Web),
    ("legal_case", SourceKind::Case, ParentKind::Web),
    ("legislation", SourceKind::Legislation, ParentKind::Web),
    ("document", SourceKind::Misc, ParentKind::Web),
];

/// The records of a CSL-JSON file.
pub(super) fn read(file: &Arc<str>, value: &Value) -> Result<Vec<Imported>, Vec<Diagnostic>> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        Value::Object(whole) => whole.get("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice),
        _ => &[],
    };
    let objects: Option<Vec<&Map<String, Value>>> = items.iter().map(Value::as_object).collect();
    let objects = objects
        .filter(|objects| objects.iter().any(|object| object.contains_key("title") || object.contains_key("id")));
    let Some(objects) = objects else {
        let words = "this JSON holds neither records of CSL-JSON nor annotations";
        return Err(vec![refused(Place::file(file.clone()), words, "in Zotero: export the collection as `CSL JSON`")]);
    };
    whole(file, objects.into_iter().map(imported).collect())
}

fn imported(item: &Map<String, Value>) -> Imported {
    let mut item = item.clone();
    let mut left_out = Vec::new();
    let typed = taken(&mut item, "type").unwrap_or_default();
    let known = TYPES.iter().find(|(name, ..)| *name == typed);
    if known.is_none() {
        left_out.push(format!("type `{typed}` (it becomes `misc`)"));
    }
    let (kind, in_what) = known.map_or((SourceKind::Misc, ParentKind::Web), |(_, kind, parent)| (*kind, *parent));
    let authors = match item.remove("author") {
        Some(Value::Array(names)) => names,
        other => other.into_iter().collect(),
    };
    let mut take = |name: &str| taken(&mut item, name);
    let key = take("citation-key");
    let own = take("id").unwrap_or_default();
    let mut record = Imported {
        id: key.unwrap_or_else(|| own.rsplit('/').next().unwrap_or(&own).to_owned()),
        kind: Some(kind),
        title: take("title").unwrap_or_default(),
        short: take("title-short").or_else(|| take("shortTitle")),
        url: take("URL"),
        publisher: take("publisher"),
        language: take("language"),
        parent: take("container-title").map(|title| (in_what, title)),
        number: take("number"),
        genre: take("genre"),
        note: take("note"),
        ..Imported::default()
    };
    for typed in authors.iter().filter(|typed| !typed.is_null()) {
        match name(typed) {
            Some(author) => record.authors.push(author),
            None => left_out.push(left("author", &typed.to_string())),
        }
    }
    for (field, slot) in [("issued", &mut record.date), ("accessed", &mut record.visited)] {
        if let Some(value) = item.remove(field) {
            match day(&value) {
                Some(day) => *slot = Some(day),
                None => left_out.push(left(field, &value.to_string())),
            }
        }
    }
    left_out.extend(all_left(&item, ""));
    record.left_out = left_out;
    record
}

/// The name of an author; `None` if none is known.
fn name(typed: &Value) -> Option<Author> {
    let joined = |keys: &[&str]| {
        let parts = keys.iter().filter_map(|key| typed.get(key)?.as_str()).filter(|part| !part.is_empty());
        Some(parts.collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
    };
    let whole = |name| Author { name, given_name: None };
    let given = joined(&["given", "dropping-particle"]);
    match (joined(&["literal"]), joined(&["non-dropping-particle", "family", "suffix"])) {
        (Some(literal), _) => Some(whole(literal)),
        (None, Some(name)) => Some(Author { name, given_name: given }),
        (None, None) => given.map(whole),
    }
}

/// A day, month or year; `None` for a range or a season.
fn day(value: &Value) -> Option<String> {
    if let Some(raw) = value.get("raw").or_else(|| value.get("literal")).and_then(Value::as_str) {
        return date(raw);
    }
    if value.get("circa").is_some() || value.get("season").is_some() {
        return None;
    }
    let [parts] = value.get("date-parts")?.as_array()?.as_slice() else { return None };
    let number = |part: &Value| part.as_u64().or_else(|| part.as_str()?.parse().ok());
    let parts: Option<Vec<u64>> = parts.as_array()?.iter().map(number).collect();
    let words: Vec<String> = parts?
        .iter()
        .enumerate()
        .map(|(at, part)| if at == 0 { format!("{part:04}") } else { format!("{part:02}") })
        .collect();
    date(&words.join("-"))
}

/// The records as CSL-JSON. Data that only a case file has (digest, limits, audiences) are left out.
#[must_use]
pub fn write(records: &Records) -> String {
    let items: Vec<Value> = records.values().map(item).collect();
    format!("{:#}\n", Value::from(items))
}

fn item(record: &Record) -> Value {
    let name = TYPES
        .iter()
        .find(|(_, kind, parent)| *kind == record.kind && (*kind != SourceKind::Article || *parent == record.parent))
        .map_or(if record.kind == SourceKind::Article { "article-magazine" } else { "document" }, |(name, ..)| name);
    let mut item = Map::new();
    item.insert("id".into(), record.id.clone().into());
    item.insert("type".into(), name.into());
    item.insert("title".into(), record.title.value.clone().into());
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(key.into(), value);
        }
    };
    let genre = record.language.as_ref().and_then(|language| record.genre.get(&language.code));
    set("title-short", record.title.short.clone().map(Value::from));
    set("author", (!record.authors.is_empty()).then(|| record.authors.iter().map(author).collect()));
    set("genre", genre.cloned().map(Value::from));
    set("issued", record.date.map(|date| json!({"date-parts": [parts(date)]})));
    set("container-title", record.site.clone().map(Value::from));
    set("publisher", record.publisher.clone().map(Value::from));
    set("number", record.number.clone().map(Value::from));
    set("URL", record.url.clone().map(Value::from));
    let visited = record.accessed.map(CalendarDate::day);
    set("accessed", visited.map(|day| json!({"date-parts": [parts(day)]})));
    set("language", record.language.as_ref().map(|language| super::tag(language).into()));
    Value::from(item)
}

fn author(author: &Author) -> Value {
    match &author.given_name {
        Some(given) => json!({"family": author.name, "given": given}),
        None => json!({"literal": author.name}),
    }
}

fn parts(date: CalendarDate) -> Value {
    let (year, month, day) = date.parts();
    let mut parts = vec![Value::from(year)];
    parts.extend(month.map(Value::from));
    parts.extend(day.map(Value::from));
    parts.into()
}
