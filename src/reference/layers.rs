//! Layers of templates: those of the case, of the project, and those built into the program. Each file comes from the
//! first layer that has it; a document or layout is taken as a whole.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::diag::{Failure, Files};
use crate::disk::digest::hex;
use crate::disk::read;

/// The shipped templates, directory, law, languages, layouts and citation style.
static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The digest of each shipped file, by `templates/` and its path.
static DIGESTS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/digests.rs"));

/// Name of the layer of templates that is built into the program.
pub const SHIPPED_LAYER: &str = "shipped";

/// A layer of templates: its name in messages, and its files by path.
pub type Layer = (String, BTreeMap<String, String>);

/// The files of the directory, the law and the languages, each from the first layer that has it. They are added to
/// `texts`, so that messages can point into them under the returned names. Files in outdated places are included, so
/// that the reader can report them.
#[must_use]
pub fn reference_files(layers: &[Layer], texts: &mut Files) -> Vec<(String, String)> {
    const FOLDERS: [&str; 5] = ["directory/", "law/", "languages/", "wording/", "locales/"];
    let mut chosen: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for (layer, files) in layers {
        let data = files.iter().filter(|(path, _)| FOLDERS.iter().any(|folder| path.starts_with(folder)));
        let is_read = |path: &str| Path::new(path).extension().is_some_and(|end| end == "yaml" || end == "txt");
        for (path, text) in data.filter(|(path, _)| is_read(path)) {
            chosen.entry(path).or_insert((layer, text));
        }
    }
    let named = chosen.into_iter().map(|(path, (layer, text))| (format!("{}/{path}", shown(layer)), text.to_owned()));
    let files: Vec<(String, String)> = named.collect();
    for (name, text) in &files {
        texts.add(name.as_str(), text.as_str());
    }
    files
}

/// The digests of the templates in use, by path: a document or layout as a whole folder, others file by file.
#[must_use]
pub fn digests(layers: &[Layer]) -> BTreeMap<String, String> {
    let mut from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut digests = BTreeMap::new();
    for (layer, files) in layers {
        for (path, text) in files.iter().filter(|(path, _)| path.contains('/')) {
            if *from.entry(unit(path)).or_insert(layer) == layer {
                let name = format!("templates/{path}");
                let digest = shipped_digest(&name, text).map_or_else(|| hex(text.as_bytes()), str::to_owned);
                digests.insert(name, digest);
            }
        }
    }
    digests
}

/// The digest of a shipped file, if the text equals that file byte by byte. The build script computed it.
fn shipped_digest(name: &str, text: &str) -> Option<&'static str> {
    let shipped = SHIPPED.get_file(name.strip_prefix("templates/")?)?;
    let known = DIGESTS.iter().find(|(known, _)| *known == name)?;
    (shipped.contents() == text.as_bytes()).then_some(known.1)
}

/// The unit that is overridden as a whole: `documents/appeal` for `documents/appeal/en.md`.
fn unit(path: &str) -> &str {
    let whole = path.starts_with("documents/") || path.starts_with("layouts/");
    let end = path.match_indices('/').nth(1).map(|(at, _)| at);
    if whole { &path[..end.unwrap_or(path.len())] } else { path }
}

/// A Typst text of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutText {
    /// The name of its file in messages.
    pub shown: String,
    /// The text.
    pub text: String,
}

/// The Typst texts of the layouts by their path under `layouts/`; each folder is taken whole from the first layer that
/// has it.
#[must_use]
pub fn layouts(layers: &[Layer]) -> BTreeMap<String, LayoutText> {
    let mut chosen: BTreeMap<&str, (&str, BTreeMap<String, LayoutText>)> = BTreeMap::new();
    for (layer, files) in layers {
        for (path, text) in files {
            let Some(path) = path
                .strip_prefix("layouts/")
                .filter(|path| Path::new(path).extension().is_some_and(|end| end == "typ"))
            else {
                continue;
            };
            let folder = path.split('/').next().unwrap_or(path);
            let entry = chosen.entry(folder).or_insert_with(|| (layer, BTreeMap::new()));
            if entry.0 == layer {
                let shown = format!("{}/layouts/{path}", shown(layer));
                entry.1.insert(path.to_owned(), LayoutText { shown, text: text.clone() });
            }
        }
    }
    chosen.into_values().flat_map(|(_, files)| files).collect()
}

/// The name of a layer in messages.
#[must_use]
pub fn shown(layer: &str) -> &str {
    if layer == SHIPPED_LAYER { "templates" } else { layer }
}

/// The layers of templates in look-up order. An absent folder is an empty layer.
///
/// # Errors
/// A folder cannot be read.
pub fn layers(case: Option<&Path>, project: &Path) -> Result<Vec<Layer>, Failure> {
    let mut layers = Vec::new();
    let own = case.map(|case| case.join("templates"));
    for folder in own.as_deref().into_iter().chain([project]) {
        layers.push((folder.display().to_string(), read::texts(folder, is_template)?));
    }
    layers.push((SHIPPED_LAYER.to_owned(), shipped()));
    // Schemas are for editors; papers do not depend on them.
    for (_, files) in &mut layers {
        files.retain(|path, _| !path.starts_with("schema/"));
    }
    Ok(layers)
}

/// The text files that are built into the program, by path.
fn shipped() -> BTreeMap<String, String> {
    let text = |(path, bytes): (&Path, &[u8])| {
        Some((path.to_str()?.replace('\\', "/"), std::str::from_utf8(bytes).ok()?.to_owned()))
    };
    read::embedded(&SHIPPED).into_iter().filter_map(text).collect()
}

/// True for a file that is read. Such a file must be readable: if a template were skipped, another layer would take its
/// place unnoticed. Pictures and temporary files of editors are skipped.
fn is_template(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && matches!(ending, Some("md" | "yaml" | "typ" | "csl"))
}

#[cfg(test)]
mod tests {
    use super::{hex, shipped, shipped_digest};

    #[test]
    fn the_digest_of_a_shipped_file_is_known_only_for_its_exact_text() {
        for (path, text) in shipped() {
            let name = format!("templates/{path}");
            assert_eq!(shipped_digest(&name, &text), Some(hex(text.as_bytes()).as_str()), "{name}");
            assert_eq!(shipped_digest(&name, &format!("{text} ")), None, "{name}");
        }
        assert_eq!(shipped_digest("templates/documents/mine/en.md", ""), None);
    }
}
