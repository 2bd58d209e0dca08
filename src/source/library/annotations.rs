//! Passages marked by readers: the Web Annotation Data Model of the W3C, and the exports of Hypothesis.
//!
//! Source: <https://www.w3.org/TR/annotation-model/>, 4.2.4 Text Quote Selector.

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use super::refused;
use crate::diag::{Diagnostic, Place};

/// A passage that a reader marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Address or other name of the text, as given in the file.
    pub target: String,
    /// The words.
    pub exact: String,
    /// The text before them, as far as given.
    pub prefix: String,
    /// The text after them, as far as given.
    pub suffix: String,
}

/// The content of a file of annotations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotations {
    /// Those that give the words they mark.
    pub marked: Vec<Annotation>,
    /// The others: the number in the file, from 1, and the reason why they cannot be cited.
    pub unmarked: Vec<(usize, Unmarked)>,
}

/// The reason why an annotation gives no words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmarked {
    /// It is a note on the whole page.
    PageNote,
    /// Its selection is empty.
    Empty,
    /// It tells a place by other means than words: the names of its selectors.
    NoWords(Vec<String>),
}

impl fmt::Display for Unmarked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PageNote => f.write_str("it is a note on the whole page and marks no words"),
            Self::Empty => f.write_str("the words that it marks are missing: `exact` is empty"),
            Self::NoWords(kinds) => {
                write!(f, "it marks a place by {} and gives no words (`TextQuoteSelector`)", kinds.join(", "))
            }
        }
    }
}

impl Annotations {
    fn add(&mut self, number: usize, annotation: Result<Annotation, Unmarked>) {
        match annotation {
            Ok(annotation) => self.marked.push(annotation),
            Err(why) => self.unmarked.push((number, why)),
        }
    }
}

/// The annotations of a JSON file: a list, a single one, a page or collection of the W3C, or the `rows` of Hypothesis.
/// `None` if it holds none.
pub(super) fn from_json(value: &Value) -> Option<Annotations> {
    let lists = ["rows", "annotations", "items"].into_iter().filter_map(|key| value.get(key)?.as_array());
    let paged = value.get("first").and_then(|first| first.get("items")).and_then(Value::as_array);
    let all: Vec<&Value> = match (value.as_array(), lists.chain(paged).next()) {
        (Some(list), _) | (None, Some(list)) => list.iter().collect(),
        (None, None) => vec![value],
    };
    let is_annotation = |one: &&Value| one.get("target").is_some();
    if all.is_empty() || !all.iter().all(is_annotation) {
        return None;
    }
    let mut found = Annotations::default();
    for (at, one) in all.into_iter().enumerate() {
        for target in targets(one) {
            found.add(at + 1, annotation(at + 1, one, target));
        }
    }
    Some(found)
}

/// The targets of an annotation; one without any is about its whole page.
fn targets(annotation: &Value) -> Vec<&Value> {
    match annotation.get("target") {
        Some(Value::Array(targets)) if !targets.is_empty() => targets.iter().collect(),
        Some(target) => vec![target],
        None => Vec::new(),
    }
}

fn annotation(number: usize, annotation: &Value, target: &Value) -> Result<Annotation, Unmarked> {
    let words = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let selectors = selectors(target);
    let kind = |selector: &Value| selector.get("type").and_then(Value::as_str).map(str::to_owned);
    let Some(quote) = selectors.iter().find(|one| kind(one).as_deref() == Some("TextQuoteSelector")) else {
        let kinds: Vec<String> = selectors.iter().filter_map(|one| kind(one)).map(|kind| format!("`{kind}`")).collect();
        return Err(if kinds.is_empty() { Unmarked::PageNote } else { Unmarked::NoWords(kinds) });
    };
    let exact = words(quote.get("exact"));
    if exact.trim().is_empty() {
        return Err(Unmarked::Empty);
    }
    let own = [target.get("source"), annotation.get("uri"), annotation.get("url")].into_iter().flatten();
    let source = own.map(|source| words(Some(source.get("id").unwrap_or(source)))).find(|source| !source.is_empty());
    Ok(Annotation {
        number,
        target: source.unwrap_or_default(),
        exact,
        prefix: words(quote.get("prefix")),
        suffix: words(quote.get("suffix")),
    })
}

/// The selectors of a target, with those that refine another one.
///
/// Source: <https://www.w3.org/TR/annotation-model/>, 4.2.9 Refinement of Selection.
fn selectors(target: &Value) -> Vec<&Value> {
    let mut all: Vec<&Value> = match target.get("selector") {
        Some(Value::Array(selectors)) => selectors.iter().collect(),
        Some(selector) => vec![selector],
        None => Vec::new(),
    };
    let mut at = 0;
    while let Some(selector) = all.get(at) {
        all.extend(selector.get("refinedBy"));
        at += 1;
    }
    all
}

/// The table that Hypothesis exports, with the columns `Quote` and `URL`.
pub(super) fn from_csv(file: &Arc<str>, text: &str) -> Result<Annotations, Vec<Diagnostic>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|fault| vec![no_table(file, &fault)])?.clone();
    let column = |name: &str| columns.iter().position(|column| column.trim().eq_ignore_ascii_case(name));
    let Some(quote) = column("quote") else {
        let words = "this table has no column `Quote`";
        return Err(vec![refused(
            Place::line(file.clone(), 1),
            words,
            "export the annotations from Hypothesis as CSV or JSON",
        )]);
    };
    let url = column("url").or_else(|| column("uri"));
    let mut found = Annotations::default();
    for (at, row) in reader.records().enumerate() {
        let row = row.map_err(|fault| vec![no_table(file, &fault)])?;
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).unwrap_or_default().to_owned();
        let exact = cell(Some(quote));
        let (target, prefix, suffix) = (cell(url), String::new(), String::new());
        let is_empty = exact.trim().is_empty();
        let marked = Annotation { number: at + 1, target, exact, prefix, suffix };
        found.add(at + 1, if is_empty { Err(Unmarked::PageNote) } else { Ok(marked) });
    }
    Ok(found)
}

fn no_table(file: &Arc<str>, fault: &csv::Error) -> Diagnostic {
    let line = fault.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or_default());
    refused(Place::line(file.clone(), line), format!("this is no table: {fault}"), "export the annotations again")
}

/// Annotations as a page of the W3C's model, each with its id. They tell the places of passages, but not what the case
/// uses them for, because the receiver of the file need not know that.
#[must_use]
pub fn write(annotations: &[(String, Annotation)]) -> String {
    let items: Vec<Value> = annotations
        .iter()
        .map(|(id, one)| {
            json!({
                "id": id,
                "type": "Annotation",
                "motivation": "highlighting",
                "target": {
                    "source": one.target,
                    "selector": {
                        "type": "TextQuoteSelector", "exact": one.exact, "prefix": one.prefix, "suffix": one.suffix,
                    },
                },
            })
        })
        .collect();
    let page = json!({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items});
    format!("{page:#}\n")
}
