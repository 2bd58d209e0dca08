//! Small helpers of language, and a closed list of the engine's own filters.

use std::sync::Arc;

use minijinja::value::{Rest, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Value};

use super::marks::without_lines;
use super::refuse::refuse;
use super::values::{WordsValue, words};
use crate::diag::Code;
use crate::diag::characters::is_private;
use crate::reference::{Join, Locale};

/// Filters of the engine that templates must not use: they mark text as markup, print data, or multiply text.
pub const REMOVED: [&str; 24] = [
    "safe",
    "escape",
    "e",
    "indent",
    "format",
    "pprint",
    "batch",
    "slice",
    "chain",
    "zip",
    "sum",
    "dictsort",
    "items",
    "split",
    "lines",
    "string",
    "round",
    "abs",
    "int",
    "float",
    "attr",
    "bool",
    "title",
    "capitalize",
];

/// The largest result of a filter, in bytes.
const MOST_BYTES: usize = 16 << 10;

/// Adds our own filters.
pub fn add(environment: &mut Environment<'static>, locale: &Locale) {
    let locale = Arc::new(locale.clone());
    environment.add_filter("replace", replace);
    environment.add_filter("upper", |value: &Value| text(value).map(|text| text.to_uppercase()));
    environment.add_filter("lower", |value: &Value| text(value).map(|text| text.to_lowercase()));
    environment.add_filter("trim", |value: &Value| text(value).map(|text| text.trim().to_owned()));
    environment.add_filter("join", join);
    environment.add_filter("truncate", truncate);
    environment.add_filter("capitalized", capitalized);
    let and = Arc::clone(&locale);
    environment.add_filter("listed", move |value: &Value| listed(value, &and, Join::And));
    environment.add_filter("listed_or", move |value: &Value| listed(value, &locale, Join::Or));
}

fn text(value: &Value) -> Result<String, Error> {
    let (text, _) = without_lines(&value.to_string());
    if text.chars().any(is_private) {
        let hint = "a claim is printed as the case has it; write `{% for fact in facts %}{{ fact }} {% endfor %}`";
        return Err(refuse(Code::TemplateClaimAltered, "a claim cannot be changed or joined", hint));
    }
    if text.len() > MOST_BYTES {
        return Err(Error::from(ErrorKind::OutOfFuel));
    }
    Ok(text)
}

fn replace(value: &Value, from: &Value, to: &Value) -> Result<String, Error> {
    let replaced = text(value)?.replace(&text(from)?, &text(to)?);
    if replaced.len() > MOST_BYTES { Err(Error::from(ErrorKind::OutOfFuel)) } else { Ok(replaced) }
}

fn truncate(value: &Value, _: Rest<Value>) -> Result<String, Error> {
    text(value)?;
    Err(refuse(Code::TemplateValue, "words of the case are not cut", "print them whole"))
}

/// Joins a list. With a joiner that has words of its own, the result counts as text of the template.
fn join(value: &Value, between: Option<&str>) -> Result<Value, Error> {
    let between = between.unwrap_or_default();
    let items: Vec<Value> = value.try_iter()?.collect();
    let texts: Vec<String> = items.iter().map(text).collect::<Result<_, _>>()?;
    let joined = texts.join(between);
    if joined.len() > MOST_BYTES {
        return Err(Error::from(ErrorKind::OutOfFuel));
    }
    let are_words = items.iter().all(|item| item.downcast_object_ref::<WordsValue>().is_some());
    Ok(if are_words && !between.contains(char::is_alphanumeric) { words(joined) } else { Value::from(joined) })
}

/// “a, b and c”, in the words of the document's language.
fn listed(value: &Value, locale: &Locale, with: Join) -> Result<Value, Error> {
    let items: Vec<String> = value.try_iter()?.map(|item| text(&item)).collect::<Result<_, _>>()?;
    Ok(words(locale.format.list(&items, with)))
}

/// Words with a capital letter, for the beginning of a sentence.
fn capitalized(value: &Value) -> Result<Value, Error> {
    let typed = text(value)?;
    let mut letters = typed.chars();
    let Some(first) = letters.next() else { return Ok(value.clone()) };
    let capital: String = first.to_uppercase().chain(letters).collect();
    let is_value = value.downcast_object_ref::<WordsValue>().is_some() || value.kind() != ValueKind::String;
    Ok(if is_value { words(capital) } else { Value::from(capital) })
}
