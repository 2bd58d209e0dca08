//! The properties of a layout that the program needs beside its Typst text: `layout.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diag::{Code, Diagnostic};
use crate::yaml::{self, At};

/// A layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// True if it is printed on an envelope, not on a sheet.
    pub on_envelope: bool,
    /// True if people sign on it.
    pub signing: bool,
}

/// `layout.yaml`. A layout without it is printed on sheets, and nobody signs on it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawLayout {
    /// On what it is printed: `sheet` (without it) or `envelope`.
    pub paper: Option<At<String>>,
    /// True if people sign on it.
    pub signing: bool,
}

/// The layouts of some layers, by name; the first layer with a folder of that name counts.
///
/// # Errors
/// Every problem of the files.
pub(super) fn layouts(
    layers: &[(String, BTreeMap<String, String>)],
) -> Result<BTreeMap<String, Layout>, Vec<Diagnostic>> {
    let (mut found, mut problems) = (BTreeMap::new(), Vec::new());
    for (layer, files) in layers {
        let names = files.keys().filter_map(|path| path.strip_prefix("layouts/")?.strip_suffix("/layout.typ"));
        for name in names {
            if found.contains_key(name) {
                continue;
            }
            let file = format!("layouts/{name}/layout.yaml");
            let read = files.get(&file).map_or(Ok(Layout::default()), |text| read(&format!("{layer}/{file}"), text));
            found.insert(
                name.to_owned(),
                read.unwrap_or_else(|faults| {
                    problems.extend(faults);
                    Layout::default()
                }),
            );
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn read(file: &str, text: &str) -> Result<Layout, Vec<Diagnostic>> {
    let raw: RawLayout = yaml::read(&Arc::from(file), text)?;
    let on_envelope = match raw.paper.as_ref().map(|paper| (paper, paper.value.as_str())) {
        None | Some((_, "sheet")) => false,
        Some((_, "envelope")) => true,
        Some((paper, other)) => {
            let words = format!("`{other}` cannot stand here");
            let problem = Diagnostic::error(Code::CaseBadValue, paper.place.clone(), words);
            return Err(vec![problem.hint("use one of: sheet, envelope")]);
        }
    };
    Ok(Layout { on_envelope, signing: raw.signing })
}
