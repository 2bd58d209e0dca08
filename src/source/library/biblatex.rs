//! BibLaTeX, read and written by the parser that Typst uses.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use biblatex::{
    Bibliography, Chunk, Chunks, ChunksExt, Entry, EntryType, ParseError, Person, RawBibliography, Spanned,
};

use super::{Imported, date, left, refused, tex, whole};
use crate::diag::{Diagnostic, Place};
use crate::source::{Author, ParentKind, Record, Records, SourceKind};

/// The type and subtype there, the kind here, the kind of its parent. The first row of a type is the usual one.
const TYPES: [(&str, &str, SourceKind, ParentKind); 13] = [
    ("online", "", SourceKind::Web, ParentKind::Web),
    ("online", "blog", SourceKind::Blog, ParentKind::Blog),
    ("online", "post", SourceKind::Post, ParentKind::Web),
    ("article", "", SourceKind::Article, ParentKind::Periodical),
    ("article", "newspaper", SourceKind::Article, ParentKind::Newspaper),
    ("article", "web", SourceKind::Article, ParentKind::Web),
    ("article", "web", SourceKind::Article, ParentKind::Blog),
    ("report", "", SourceKind::Report, ParentKind::Web),
    ("techreport", "", SourceKind::Report, ParentKind::Web),
    ("jurisdiction", "", SourceKind::Case, ParentKind::Web),
    ("legislation", "", SourceKind::Legislation, ParentKind::Web),
    ("legal", "", SourceKind::Legislation, ParentKind::Web),
    ("misc", "", SourceKind::Misc, ParentKind::Web),
];

/// The records of a BibLaTeX file.
pub(super) fn read(file: &Arc<str>, text: &str) -> Result<Vec<Imported>, Vec<Diagnostic>> {
    let fault = |text: &str, fault: &ParseError| {
        let line = newlines(&text[..fault.span.start.min(text.len())]) + 1;
        let words = format!("this is no BibLaTeX: {}", fault.kind);
        vec![refused(Place::line(file.clone(), line), words, "export the library again")]
    };
    let raw = RawBibliography::parse(text).map_err(|it| fault(text, &it))?;
    let plain = tex::file(text, &raw);
    let library = Bibliography::parse(&plain).map_err(|it| fault(&plain, &it))?;
    let (mut lines, mut line, mut done) = (HashMap::new(), 1, 0);
    for entry in &raw.entries {
        let at = entry.v.key.span.start;
        line += newlines(&text[done..at]);
        done = at;
        lines.insert(entry.v.key.v, line);
    }
    let line = |entry: &Entry| lines.get(entry.key.as_str()).copied().unwrap_or_default();
    whole(file, library.iter().map(|entry| imported(entry, line(entry))).collect())
}

fn newlines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

fn imported(entry: &Entry, line: usize) -> Imported {
    let mut fields: BTreeMap<&str, String> =
        entry.fields.iter().map(|(name, chunks)| (name.as_str(), chunks.format_verbatim())).collect();
    let mut left_out = Vec::new();
    let (kind, in_what) = kind(entry, fields.get("entrysubtype").map(String::as_str), &mut left_out);
    let mut take =
        |names: &[&'static str]| names.iter().find_map(|name| fields.remove(name)).filter(|value| !value.is_empty());
    let title = [take(&["title"]), take(&["subtitle"])].into_iter().flatten().collect::<Vec<_>>().join(": ");
    let site = match kind {
        SourceKind::Web | SourceKind::Post | SourceKind::Blog => take(&["titleaddon", "maintitle"]),
        _ => take(&["journaltitle", "journal"]),
    };
    let mut record = Imported {
        id: entry.key.clone(),
        line,
        kind: Some(kind),
        title,
        short: take(&["shorttitle"]),
        url: take(&["url"]),
        visited: take(&["urldate"]),
        publisher: take(&["publisher", "organization", "institution"]),
        language: take(&["langid", "language"]),
        parent: site.map(|site| (in_what, site)),
        number: take(&["number"]),
        genre: take(&["type"]),
        note: take(&["note", "annotation"]),
        ..Imported::default()
    };
    let printed = take(&["date"]).or_else(|| old_date(&mut take));
    record.date = printed.as_deref().and_then(date);
    if let Some(printed) = printed.filter(|_| record.date.is_none()) {
        left_out.push(left("date", &printed));
    }
    take(&["entrysubtype"]);
    if take(&["author"]).is_some() {
        record.authors = entry.author().unwrap_or_default().into_iter().map(author).collect();
    }
    left_out.extend(fields.iter().map(|(name, value)| left(name, value)));
    record.left_out = left_out;
    record
}

/// The date of BibTeX: `year`, `month` and `day`; the month is a number or a name.
fn old_date(take: &mut impl FnMut(&[&'static str]) -> Option<String>) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let year = take(&["year"])?;
    let Some(month) = take(&["month"]) else { return Some(year) };
    let name = month.to_lowercase();
    let number = MONTHS.iter().position(|known| name.starts_with(known)).map(|at| at + 1).or_else(|| name.parse().ok());
    let Some(number) = number else { return Some(format!("{year}-{month}")) };
    Some(match take(&["day"]) {
        Some(day) => format!("{year}-{number:02}-{day:0>2}"),
        None => format!("{year}-{number:02}"),
    })
}

fn kind(entry: &Entry, subtype: Option<&str>, left_out: &mut Vec<String>) -> (SourceKind, ParentKind) {
    let name = match &entry.entry_type {
        EntryType::Unknown(name) => name.clone(),
        known => known.to_string(),
    };
    let rows = || TYPES.iter().filter(|row| row.0 == name);
    let Some((_, _, kind, parent)) = rows().find(|row| Some(row.1) == subtype).or(rows().next()) else {
        left_out.push(format!("type `{name}` (it becomes `misc`)"));
        return (SourceKind::Misc, ParentKind::Web);
    };
    (*kind, *parent)
}

fn author(person: Person) -> Author {
    let name = [person.prefix, person.name, person.suffix].into_iter().filter(|part| !part.is_empty());
    let name = name.collect::<Vec<_>>().join(" ");
    Author { name, given_name: Some(person.given_name).filter(|given| !given.is_empty()) }
}

/// The records as a BibLaTeX library. Data that only a case file has (digest, limits, audiences) are left out.
#[must_use]
pub fn write(records: &Records) -> String {
    let entries: Vec<String> = records.values().map(written).collect();
    entries.join("\n")
}

/// The writer has no types for judgments and statutes and would call them `misc`; the styles of lawyers need the types.
fn written(record: &Record) -> String {
    let text = entry(record).to_biblatex_string();
    match record.kind {
        SourceKind::Case => text.replacen("@misc{", "@jurisdiction{", 1),
        SourceKind::Legislation => text.replacen("@misc{", "@legislation{", 1),
        _ => text,
    }
}

fn entry(record: &Record) -> Entry {
    let rows = || TYPES.iter().filter(|row| row.2 == record.kind);
    let row = rows().find(|row| row.3 == record.parent).or(rows().next());
    let (kind, subtype) = row.map_or(("misc", ""), |row| (row.0, row.1));
    let mut entry = Entry::new(record.id.clone(), EntryType::new(kind));
    let mut set = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            entry.set(name, verbatim(value));
        }
    };
    let online = matches!(record.kind, SourceKind::Web | SourceKind::Blog | SourceKind::Post);
    set("title", Some(&record.title.value));
    set("shorttitle", record.title.short.as_deref());
    set(if online { "titleaddon" } else { "journaltitle" }, record.site.as_deref());
    set(if record.kind == SourceKind::Report { "institution" } else { "publisher" }, record.publisher.as_deref());
    set("number", record.number.as_deref());
    let genre = record.language.as_ref().and_then(|language| record.genre.get(&language.code));
    set("type", genre.map(String::as_str));
    let mut plain = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            entry.set(name, vec![Spanned::detached(Chunk::Normal(value))]);
        }
    };
    plain("entrysubtype", Some(subtype).filter(|subtype| !subtype.is_empty()).map(str::to_owned));
    plain("date", record.date.map(|date| date.to_string()));
    plain("url", record.url.clone());
    plain("urldate", record.accessed.map(|day| day.to_string()));
    plain("langid", record.language.as_ref().map(super::tag));
    if !record.authors.is_empty() {
        entry.set("author", authors(&record.authors));
    }
    entry
}

/// A whole name is put in braces, so that it is not split into parts.
fn authors(authors: &[Author]) -> Chunks {
    let mut chunks = Chunks::new();
    for (at, author) in authors.iter().enumerate() {
        if at > 0 {
            chunks.push(Spanned::detached(Chunk::Normal(" and ".to_owned())));
        }
        chunks.extend(verbatim(&author.name));
        if let Some(given) = &author.given_name {
            chunks.push(Spanned::detached(Chunk::Normal(", ".to_owned())));
            chunks.extend(verbatim(given));
        }
    }
    chunks
}

fn verbatim(words: &str) -> Chunks {
    vec![Spanned::detached(Chunk::Verbatim(words.to_owned()))]
}
