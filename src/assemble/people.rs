//! Names and offices as values: words with their grammatical cases.

use super::claims;
use super::values::{Fields, WordsValue, put, thing, words};
use crate::case::{Named, NamedKind};
use crate::reference::{GrammaticalCase, Name, Office};
use minijinja::Value;

/// A name with a form for each grammatical case: `name`, `name.gen`, … Missing forms are replaced by the plain one.
pub fn declined(name: &Name) -> Value {
    let fields = GrammaticalCase::ALL.map(|case| (case.name(), words(name.in_case_or_plain(case))));
    Value::from_object(WordsValue { text: name.plain().to_owned(), fields: fields.into_iter().collect() })
}

/// A person, organisation, institution or place.
pub fn named(named: &Named, language: &str) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "id", named.id.clone());
    put(&mut fields, "kind", kind(&named.kind));
    let name = named.names.get(language).map(declined);
    let described = claims::in_language(&named.describe, language).map(words);
    put(&mut fields, "name", name.or_else(|| described.clone()).unwrap_or_else(nothing));
    put(&mut fields, "describe", described.unwrap_or_else(nothing));
    put(&mut fields, "original", original(named, language).unwrap_or_else(nothing));
    let pronoun = claims::in_language(&named.pronouns, language).map(Value::from);
    put(&mut fields, "pronoun", pronoun.unwrap_or_else(nothing));
    thing(fields)
}

/// The name in the other language; a name from a source is preferred to a transliterated one.
fn original(named: &Named, language: &str) -> Option<Value> {
    let others = named.names.iter().filter(|(other, _)| *other != language);
    let made = |other: &str| named.basis.get(other).is_some_and(|basis| basis != "source");
    others.min_by_key(|(other, _)| made(other)).map(|(_, name)| declined(name))
}

fn kind(kind: &NamedKind) -> &'static str {
    match kind {
        NamedKind::Person => "person",
        NamedKind::Organisation => "organisation",
        NamedKind::Institution(what) => what.name(),
        NamedKind::Place => "place",
    }
}

/// `none`: tests as false, cannot be printed.
pub fn nothing() -> Value {
    Value::from(())
}

/// The properties of an office, without its asks.
pub fn office(office: &Office, language: &str, address: Option<Vec<String>>) -> Fields {
    let mut fields = Fields::new();
    put(&mut fields, "id", office.id.clone());
    put(&mut fields, "kind", office.kind.name());
    put(&mut fields, "name", office.name.get(language).map_or_else(nothing, declined));
    put(&mut fields, "institution", office.institution(language).map_or_else(nothing, declined));
    let said = |given: Option<&crate::reference::Dated<String>>| given.map_or_else(nothing, |text| words(&*text.value));
    put(&mut fields, "salutation", said(office.salutation.get(language)));
    put(&mut fields, "closing", said(office.closing.get(language)));
    let lines: Vec<Value> = address.unwrap_or_default().into_iter().map(words).collect();
    put(&mut fields, "address", lines);
    let needs: Vec<&str> = office.needs.iter().map(|need| need.name()).collect();
    put(&mut fields, "needs", Value::from_iter(needs));
    fields
}
