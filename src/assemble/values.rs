//! The values for a template: claims, words, and records of both.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Kwargs, Object, ObjectRepr, from_args};
use minijinja::{Error, State, Value};

use super::marks;
use crate::reference::fill;

/// Values by name.
pub type Fields = BTreeMap<&'static str, Value>;

/// A claim of the case: printed as a mark, whatever a template does to it.
#[derive(Debug)]
pub struct ClaimValue {
    /// Its number among the claims of this document, from 0.
    pub index: usize,
    /// Its properties.
    pub fields: Fields,
}

/// Words that are not a claim: a name, an office, a date, a fixed word of the language.
#[derive(Debug)]
pub struct WordsValue {
    /// The words.
    pub text: String,
    /// Their properties, for instance the grammatical cases of a name.
    pub fields: Fields,
}

/// A thing with properties that cannot itself be printed.
#[derive(Debug)]
pub struct Thing {
    /// Its properties.
    pub fields: Fields,
}

/// Words that the reference data should have and lack. They can be tested, and cannot be printed.
#[derive(Debug)]
pub struct MissingWords {
    /// The missing words and their place, as a headline.
    pub what: String,
    /// The remedy, as a hint.
    pub hint: &'static str,
}

impl Object for MissingWords {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    /// All properties are missing for the same reason.
    fn get_value(self: &Arc<Self>, _: &Value) -> Option<Value> {
        Some(Value::from_dyn_object(self.clone()))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

macro_rules! with_fields {
    ($type:ty { $($rest:tt)* }) => {
        impl Object for $type {
            fn repr(self: &Arc<Self>) -> ObjectRepr {
                ObjectRepr::Plain
            }
            fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
                self.fields.get(key.as_str()?).cloned()
            }
            fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
                self.fields.get(key).cloned()
            }
            $($rest)*
        }
    };
}

with_fields!(ClaimValue {
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&marks::claim(self.index))
    }
});

with_fields!(WordsValue {
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }

    /// Replaces the names in braces of fixed words: `words.called_for(who=made.who, date=made.on)`.
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (given,): (Kwargs,) = from_args(args)?;
        let mut slots = Vec::new();
        for name in given.args() {
            slots.push((name.to_owned(), given.get::<Value>(name)?.to_string()));
        }
        let slots: Vec<(&str, &str)> = slots.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
        Ok(words(fill(&self.text, &slots)))
    }
});

with_fields!(Thing {
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
});

/// The number of a claim among those of its document; `None` for every other value.
pub fn claim_index(value: &Value) -> Option<usize> {
    value.downcast_object_ref::<ClaimValue>().map(|claim| claim.index)
}

/// Words without properties.
pub fn words(text: impl Into<String>) -> Value {
    Value::from_object(WordsValue { text: text.into(), fields: Fields::new() })
}

/// A thing with properties.
pub fn thing(fields: Fields) -> Value {
    Value::from_object(Thing { fields })
}

/// Adds a value under a name.
pub fn put(fields: &mut Fields, name: &'static str, value: impl Into<Value>) {
    fields.insert(name, value.into());
}
