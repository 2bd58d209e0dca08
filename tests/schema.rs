//! The schemas that editors read are the ones that the program would write, and the shipped files name them.

use std::path::PathBuf;

use amparo::case::raw::RawCase;
use amparo::command::cli::SchemaKind;
use amparo::command::help;
use amparo::diag::Diagnostic;
use amparo::source::raw::RawSources;
use amparo::yaml;

use crate::support::{files, read, root};

const SCHEMAS: [(&str, SchemaKind, &str); 9] = [
    ("cases/schema/ledger.json", SchemaKind::Ledger, "ledger"),
    ("cases/schema/case.json", SchemaKind::Case, "case"),
    ("cases/schema/sources.json", SchemaKind::Sources, "sources"),
    ("templates/schema/template.json", SchemaKind::Template, "template"),
    ("templates/schema/layout.json", SchemaKind::Layout, "layout"),
    ("templates/schema/directory.json", SchemaKind::Directory, "directory"),
    ("templates/schema/law.json", SchemaKind::Law, "law"),
    ("templates/schema/wording.json", SchemaKind::Wording, "wording"),
    ("templates/schema/locale.json", SchemaKind::Locale, "locale"),
];

#[test]
fn the_committed_schemas_are_current() {
    for (file, kind, word) in SCHEMAS {
        let now = help::schema(kind).expect(word);
        let same = read(&root().join(file)).trim_end() == now;
        assert!(same, "{file} is not current. Make it again: cargo run -- schema {word} > {file}");
    }
}

#[test]
fn the_shipped_files_name_their_schema() {
    let shipped: Vec<PathBuf> =
        ["cases", "templates"].into_iter().flat_map(|folder| files(&root().join(folder))).collect();
    let is_data = |path: &&PathBuf| {
        let of_a_case = path.starts_with(root().join("cases")) && path.ancestors().nth(3) != Some(root());
        path.extension().is_some_and(|ending| ending == "yaml") && !of_a_case
    };
    for path in shipped.iter().filter(is_data) {
        let text = read(path);
        let line = text.lines().next().unwrap_or_default();
        let named = line.strip_prefix("# yaml-language-server: $schema=");
        let named = named.unwrap_or_else(|| panic!("{} names no schema in its first line", path.display()));
        let schema = path.with_file_name(named);
        assert!(schema.is_file(), "{} names a schema that is not there: {named}", path.display());
    }
}

/// The keys of every mapping of a schema.
fn keys(kind: SchemaKind) -> Vec<String> {
    let schema: serde_json::Value = serde_json::from_str(&help::schema(kind).expect("a schema")).expect("JSON");
    let mut keys = Vec::new();
    let mut open = vec![&schema];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Object(map) => {
                if let Some(serde_json::Value::Object(properties)) = map.get("properties") {
                    keys.extend(properties.keys().cloned());
                }
                open.extend(map.values());
            }
            serde_json::Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

#[test]
fn the_guide_explains_each_key() {
    let guide = read(&root().join("cases/README.md"));
    let kinds = [SchemaKind::Case, SchemaKind::Sources];
    let missing: Vec<String> =
        kinds.into_iter().flat_map(keys).filter(|key| !guide.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "cases/README.md does not explain: {}", missing.join(", "));
}

#[test]
fn the_examples_of_the_guide_can_be_read() {
    let guide = read(&root().join("cases/README.md"));
    let examples: Vec<&str> = guide.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() > 5);
    for example in examples {
        let file = "cases/README.md".into();
        let problems: Result<(), Vec<Diagnostic>> = if example.contains("sources.json") {
            yaml::read::<RawSources>(&file, example).map(drop)
        } else {
            yaml::read::<RawCase>(&file, example).map(drop)
        };
        assert!(problems.is_ok(), "{example}\n{problems:#?}");
    }
}
