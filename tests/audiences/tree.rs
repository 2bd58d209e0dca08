//! The YAML of a case as one tree, and back. YAML in, JSON out: JSON is YAML, and says each value in one way only.

use std::path::Path;

use serde_json::{Map, Value};

use crate::program::Room;
use crate::support::read;

/// What was typed: the case with its included files joined, and its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree {
    pub(crate) case: Map<String, Value>,
    pub(crate) sources: Map<String, Value>,
}

impl Tree {
    /// Reads a folder.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut case = mapping(&folder.join("case.yaml"));
        let includes = case.shift_remove("includes").unwrap_or_default();
        for include in includes.as_array().into_iter().flatten() {
            for (key, value) in mapping(&folder.join(include.as_str().expect("a name"))) {
                join(case.entry(key).or_insert(Value::Null), value);
            }
        }
        Self { case, sources: mapping(&folder.join("sources.yaml")) }
    }

    /// Writes it as the case `name` of a room, beside what is no YAML: copies and lock.
    pub(crate) fn write(&self, room: &Room, name: &str) {
        let folder = format!("cases/{name}");
        let text = |tree: &Map<String, Value>| serde_json::to_string_pretty(tree).expect("JSON");
        room.write(format!("{folder}/case.yaml"), text(&self.case));
        room.write(format!("{folder}/sources.yaml"), text(&self.sources));
    }

    /// A section of the case that maps ids to entries.
    pub(crate) fn section(&mut self, key: &str) -> &mut Map<String, Value> {
        let section = self.case.entry(key).or_insert_with(|| Value::Object(Map::new()));
        section.as_object_mut().unwrap_or_else(|| panic!("`{key}` is no mapping"))
    }

    /// A section that is a list.
    pub(crate) fn list(&mut self, key: &str) -> &mut Vec<Value> {
        let section = self.case.entry(key).or_insert_with(|| Value::Array(Vec::new()));
        section.as_array_mut().unwrap_or_else(|| panic!("`{key}` is no list"))
    }
}

fn mapping(path: &Path) -> Map<String, Value> {
    serde_saphyr::from_str(&read(path)).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// Joins a section of an included file to the same section of the case.
fn join(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => into.extend(from),
        (Value::Array(into), Value::Array(from)) => into.extend(from),
        (into @ Value::Null, from) => *into = from,
        (into, from) => panic!("{into} and {from} cannot be joined"),
    }
}
