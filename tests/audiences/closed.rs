//! What the case itself closes: entries by their own `audience`, read from the YAML and not from the program's view. It
//! takes less away than the view does, and shares no code with it: a view that forgot to cut is seen here.

use amparo::reference::audience::Audience;
use serde_json::{Map, Value};

use super::tree::Tree;

/// Sections whose entries are for those who work on the case alone unless they say more.
const CLOSED: [&str; 4] = ["facts", "demands", "gaps", "arguments"];

/// Sections whose entries are for everybody unless they say less.
const OPEN: [&str; 5] = ["caveats", "persons", "organisations", "institutions", "places"];

/// The case without the entries and citations that it closes to an audience.
pub(crate) fn opened_to(audience: Audience, whole: &Tree) -> Tree {
    let mut tree = whole.clone();
    let wholes = whole.case.get("facts").cloned().unwrap_or_default();
    for section in CLOSED {
        tree.section(section).retain(|_, entry| is_open(entry, &wholes, audience, false));
    }
    for section in OPEN {
        tree.section(section).retain(|_, entry| is_open(entry, &Value::Null, audience, true));
    }
    tree.sources.retain(|_, entry| is_open(entry, &Value::Null, audience, false));
    let sources = tree.sources.clone();
    for section in CLOSED {
        tree.section(section).values_mut().for_each(|entry| uncited(entry, &sources, audience));
    }
    for step in tree.list("steps") {
        uncited(step, &sources, audience);
    }
    tree
}

/// Whether an entry is for an audience. A detail without `audience` has that of its whole.
fn is_open(entry: &Value, wholes: &Value, audience: Audience, otherwise: bool) -> bool {
    match entry.get("audience").and_then(Value::as_array) {
        Some(readers) => readers.iter().any(|reader| reader == audience.name()),
        None => match entry.get("part-of").and_then(Value::as_str) {
            Some(whole) => wholes.get(whole).is_some_and(|whole| is_open(whole, wholes, audience, otherwise)),
            None => otherwise,
        },
    }
}

/// Takes away the citations that are not for an audience, and those of sources that are not.
fn uncited(value: &mut Value, sources: &Map<String, Value>, audience: Audience) {
    let is_closed = |one: &Value| {
        let of_closed = one.get("source").and_then(Value::as_str).is_some_and(|source| !sources.contains_key(source));
        of_closed || !is_open(one, &Value::Null, audience, true)
    };
    match value {
        Value::Array(items) => {
            items.retain(|item| !(item.get("quote").is_some() && is_closed(item)));
            for item in items {
                uncited(item, sources, audience);
            }
        }
        Value::Object(entries) => entries.values_mut().for_each(|inner| uncited(inner, sources, audience)),
        _ => {}
    }
}
