//! Words per language, typed and checked.

use std::collections::BTreeMap;

use schemars::Schema;

use crate::yaml::{At, Entries};

/// Words per language: `{en: …, ru: …}`.
pub type RawText = Entries<At<String>>;

/// Words per language.
pub type Text = BTreeMap<String, At<String>>;

/// The schema of a value that is one text, or a mapping of texts with these keys.
pub(super) fn text_or_mapping(keys: &[&str]) -> Schema {
    let properties: serde_json::Map<String, serde_json::Value> =
        keys.iter().map(|key| ((*key).to_owned(), serde_json::json!({"type": "string"}))).collect();
    schemars::json_schema!({ "anyOf": [
        { "type": ["string", "integer"] },
        { "type": "object", "additionalProperties": false, "properties": properties },
    ]})
}
