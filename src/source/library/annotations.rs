//! Passages marked by readers: the Web Annotation Data Model of the W3C, and the exports of Hypothesis.
//!
//! Source: <https://www.w3.org/TR/annotation-model/>, 4.2.4 Text Quote Selector.

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

/// The annotations of a JSON file: a list, a single one, a page or collection of the W3C, or the `rows` of Hypothesis.
/// `None` if it holds none.
pub(super) fn from_json(value: &Value) -> Option<Vec<Annotation>> {
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
    let found =
        all.iter().enumerate().flat_map(|(at, one)| targets(one).into_iter().map(move |target| (at, *one, target)));
    Some(found.filter_map(|(at, one, target)| annotation(at + 1, one, target)).collect())
}

fn targets(annotation: &Value) -> Vec<&Value> {
    match annotation.get("target") {
        Some(Value::Array(targets)) => targets.iter().collect(),
        Some(target) => vec![target],
        None => Vec::new(),
    }
}

fn annotation(number: usize, annotation: &Value, target: &Value) -> Option<Annotation> {
    let words = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let selectors = match target.get("selector")? {
        Value::Array(selectors) => selectors.iter().collect(),
        selector => vec![selector],
    };
    let is_quote = |selector: &&&Value| selector.get("type").and_then(Value::as_str) == Some("TextQuoteSelector");
    let quote = selectors.iter().find(is_quote)?;
    let own = [target.get("source"), annotation.get("uri"), annotation.get("url")].into_iter().flatten();
    let source = own.map(|source| words(Some(source.get("id").unwrap_or(source)))).find(|source| !source.is_empty());
    Some(Annotation {
        number,
        target: source.unwrap_or_default(),
        exact: words(quote.get("exact")),
        prefix: words(quote.get("prefix")),
        suffix: words(quote.get("suffix")),
    })
}

/// The table that Hypothesis exports, with the columns `Quote` and `URL`.
pub(super) fn from_csv(file: &Arc<str>, text: &str) -> Result<Vec<Annotation>, Vec<Diagnostic>> {
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
    let mut found = Vec::new();
    for (at, row) in reader.records().enumerate() {
        let row = row.map_err(|fault| vec![no_table(file, &fault)])?;
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).unwrap_or_default().to_owned();
        let exact = cell(Some(quote));
        // A note on a whole page marks no words.
        if !exact.trim().is_empty() {
            found.push(Annotation {
                number: at + 1,
                target: cell(url),
                exact,
                prefix: String::new(),
                suffix: String::new(),
            });
        }
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
