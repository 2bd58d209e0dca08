//! A description of the values that a template may use, for its author.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value;
use minijinja::value::ValueKind;

use super::claims::Claims;
use super::context::{Wanted, context};
use super::values::{ClaimValue, Fields, Thing, WordsValue};
use crate::case::view::View;
use crate::reference::{Locale, Office, Reference};

/// A name that a template may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The name: `facts`, `victim.name.gen`.
    pub name: String,
    /// Its kind: `claim`, `words`, `list of claims`, `yes or no`…
    pub what: &'static str,
    /// Its value in this case, shortened.
    pub sample: String,
}

/// Every name that a template may use for this view and language, with a sample of its value.
#[must_use]
pub fn describe(
    view: &View,
    reference: &Reference,
    locale: &Locale,
    recipient: Option<&Office>,
    use_until: Option<chrono::NaiveDate>,
) -> Vec<Offered> {
    let recipients: Vec<&Office> = recipient.into_iter().collect();
    let wanted = Wanted {
        unread: false,
        language: &locale.language,
        recipient,
        recipients: &recipients,
        most_asks: usize::MAX,
        use_until,
        gathering: super::request::Gathering::default(),
        sources: Vec::new(),
        // The text of notes is not needed for a list of names.
        places: Some(&|_| "…".to_owned()),
        form: None,
    };
    let made = context(&wanted, view, reference, locale);
    let mut out = Vec::new();
    for (name, value) in &made.values {
        tell(name, value, &made.claims, 0, &mut out);
    }
    out
}

fn tell(name: &str, value: &Value, claims: &Claims, depth: usize, out: &mut Vec<Offered>) {
    out.push(Offered { name: name.to_owned(), what: what(name, value), sample: sample(value, claims) });
    if depth > 2 {
        return;
    }
    for (field, inner) in fields(value).into_iter().flatten() {
        tell(&format!("{name}.{field}"), inner, claims, depth + 1, out);
    }
    if value.kind() == ValueKind::Seq
        && let Some(first) = value.try_iter().ok().and_then(|mut items| items.next())
    {
        tell(&format!("{name}[]"), &first, claims, depth + 1, out);
    }
}

fn fields(value: &Value) -> Option<&Fields> {
    let claim = value.downcast_object_ref::<ClaimValue>().map(|claim| &claim.fields);
    let words = || value.downcast_object_ref::<WordsValue>().map(|words| &words.fields);
    let thing = || value.downcast_object_ref::<Thing>().map(|thing| &thing.fields);
    claim.or_else(words).or_else(thing)
}

fn what(name: &str, value: &Value) -> &'static str {
    if value.downcast_object_ref::<ClaimValue>().is_some() {
        return "claim";
    }
    if value.downcast_object_ref::<WordsValue>().is_some() {
        return "words";
    }
    match value.kind() {
        _ if matches!(name, "story" | "history" | "together" | "state" | "fact") => "function",
        ValueKind::Seq => "list",
        ValueKind::Bool => "yes or no",
        ValueKind::None => "nothing in this case",
        ValueKind::String => "word for tests",
        _ => "thing with properties",
    }
}

fn sample(value: &Value, claims: &Claims) -> String {
    if let Some(claim) = value.downcast_object_ref::<ClaimValue>() {
        return claims.get(claim.index).map(|claim| claim.text.clone()).unwrap_or_default();
    }
    match value.kind() {
        ValueKind::Seq => format!("{} items", value.len().unwrap_or_default()),
        ValueKind::String | ValueKind::Bool => value.to_string(),
        _ if value.downcast_object_ref::<WordsValue>().is_some() => value.to_string(),
        _ => String::new(),
    }
}

/// Every name and property, for hints.
pub fn names(values: &BTreeMap<&'static str, Value>) -> Vec<String> {
    let mut names = BTreeSet::from(["loop", "index", "first", "last"]);
    for (name, value) in values {
        names.insert(*name);
        collect(value, 0, &mut names);
    }
    names.into_iter().map(str::to_owned).collect()
}

fn collect(value: &Value, depth: usize, names: &mut BTreeSet<&'static str>) {
    if depth > 3 {
        return;
    }
    for (field, inner) in fields(value).into_iter().flatten() {
        names.insert(*field);
        collect(inner, depth + 1, names);
    }
    if value.kind() == ValueKind::Seq
        && let Ok(items) = value.try_iter()
    {
        items.for_each(|item| collect(&item, depth + 1, names));
    }
}
