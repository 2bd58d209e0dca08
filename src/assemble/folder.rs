//! The files that one template may read.

use std::collections::BTreeMap;

/// Files by name (`documents/appeal/en.md`): the name by which the user knows each, and its text.
pub type TemplateFiles = BTreeMap<String, (String, String)>;

/// The files that one template may read.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Id of the template.
    pub id: String,
    /// The layer it came from.
    pub layer: String,
    /// By name (`documents/appeal/en.md`): the name by which the user knows the file, and its text.
    pub files: TemplateFiles,
}
