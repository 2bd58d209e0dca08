//! CSL-JSON: the format in which Zotero and Pandoc exchange records.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Imported, date, left, refused, whole};
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
    let typed = text(item.remove("type")).unwrap_or_default();
    let known = TYPES.iter().find(|(name, ..)| *name == typed);
    if known.is_none() {
        left_out.push(format!("type `{typed}` (it becomes `misc`)"));
    }
    let (kind, in_what) = known.map_or((SourceKind::Misc, ParentKind::Web), |(_, kind, parent)| (*kind, *parent));
    let mut take =
        |names: &[&str]| names.iter().find_map(|name| text(item.remove(*name))).filter(|value| !value.is_empty());
    let key = take(&["citation-key"]);
    let own = take(&["id"]).unwrap_or_default();
    let mut record = Imported {
        id: key.unwrap_or_else(|| own.rsplit('/').next().unwrap_or(&own).to_owned()),
        kind: Some(kind),
        title: take(&["title"]).unwrap_or_default(),
        short: take(&["title-short", "shortTitle"]),
        url: take(&["URL"]),
        publisher: take(&["publisher"]),
        language: take(&["language"]),
        parent: take(&["container-title"]).map(|title| (in_what, title)),
        number: take(&["number"]),
        genre: take(&["genre"]),
        note: take(&["note"]),
        ..Imported::default()
    };
    record.authors = item.remove("author").map(|authors| names(&authors)).unwrap_or_default();
    for (field, slot) in [("issued", &mut record.date), ("accessed", &mut record.visited)] {
        if let Some(value) = item.remove(field) {
            match day(&value) {
                Some(day) => *slot = Some(day),
                None => left_out.push(left(field, &value.to_string())),
            }
        }
    }
    left_out.extend(item.iter().map(|(name, value)| left(name, &text(Some(value.clone())).unwrap_or_default())));
    record.left_out = left_out;
    record
}

fn text(value: Option<Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn names(value: &Value) -> Vec<Author> {
    let part = |name: &Value, key: &str| {
        name.get(key).and_then(Value::as_str).filter(|part| !part.is_empty()).map(str::to_owned)
    };
    let author = |name: &Value| {
        if let Some(whole) = part(name, "literal") {
            return Some(Author { name: whole, given_name: None });
        }
        let family = ["non-dropping-particle", "family", "suffix"].into_iter().filter_map(|key| part(name, key));
        let family = family.collect::<Vec<_>>().join(" ");
        let given =
            ["given", "dropping-particle"].into_iter().filter_map(|key| part(name, key)).collect::<Vec<_>>().join(" ");
        match (family.is_empty(), given.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Author { name: given, given_name: None }),
            (false, _) => Some(Author { name: family, given_name: Some(given).filter(|given| !given.is_empty()) }),
        }
    };
    value.as_array().map(|names| names.iter().filter_map(author).collect()).unwrap_or_default()
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
