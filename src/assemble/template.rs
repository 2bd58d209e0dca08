//! Templates: their folders, layer over layer, and `template.yaml`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::folder::{Folder, TemplateFiles};
use super::layout::layouts;
use super::spec::{RawSpec, Spec};
use crate::diag::{Code, Diagnostic, Place};
use crate::yaml::{self, nearest};

/// The folder that every template may include from.
const SHARED: &str = "shared";

/// All templates, layer over layer: those of the case, those of the folder, those of the program.
#[derive(Debug, Default)]
pub struct Templates {
    layers: Vec<(String, BTreeMap<String, String>)>,
    /// The converted `template.yaml` of each template, by its id.
    specs: Mutex<BTreeMap<String, Result<Spec, Vec<Diagnostic>>>>,
}

impl Templates {
    /// Templates from layers in look-up order. A layer has the name of its folder as the user knows it
    /// (`cases/x/templates`) and its files by path (`documents/appeal/en.md`).
    #[must_use]
    pub fn new(layers: Vec<(String, BTreeMap<String, String>)>) -> Self {
        Self { layers, specs: Mutex::default() }
    }

    /// The ids of all templates, each with the layer it comes from.
    #[must_use]
    pub fn ids(&self) -> BTreeMap<&str, &str> {
        let mut ids = BTreeMap::new();
        for (layer, files) in &self.layers {
            for path in files.keys() {
                if let Some(id) = path.strip_prefix("documents/").and_then(|rest| rest.strip_suffix("/template.yaml")) {
                    ids.entry(id).or_insert(layer.as_str());
                }
            }
        }
        ids
    }

    /// The folder of a template; all its files are from the first layer that has it.
    #[must_use]
    pub fn folder(&self, id: &str) -> Option<Folder> {
        let (layer, mut files) = self.whole(id)?;
        files.extend(self.whole(SHARED).map(|(_, files)| files).unwrap_or_default());
        Some(Folder { id: id.to_owned(), layer, files })
    }

    fn whole(&self, id: &str) -> Option<(String, TemplateFiles)> {
        let prefix = format!("documents/{id}/");
        self.layers.iter().find_map(|(layer, files)| {
            let own: TemplateFiles = files
                .iter()
                .filter(|(path, _)| path.starts_with(&prefix))
                .map(|(path, text)| (path.clone(), (format!("{layer}/{path}"), text.clone())))
                .collect();
            (!own.is_empty()).then(|| (layer.clone(), own))
        })
    }

    /// The converted `template.yaml` of a template.
    ///
    /// # Errors
    /// Every problem of the file; or the template does not exist.
    pub fn spec(&self, id: &str) -> Result<Spec, Vec<Diagnostic>> {
        let specs = || self.specs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = specs().get(id) {
            return known.clone();
        }
        let read = self.read_spec(id);
        specs().insert(id.to_owned(), read.clone());
        read
    }

    fn read_spec(&self, id: &str) -> Result<Spec, Vec<Diagnostic>> {
        let file = format!("documents/{id}/template.yaml");
        let Some(folder) = self.folder(id) else { return Err(vec![self.unknown(id)]) };
        let Some((shown, text)) = folder.files.get(&file) else { return Err(vec![self.unknown(id)]) };
        let raw: RawSpec = yaml::read(&Arc::from(shown.as_str()), text)?;
        let mut problems = Vec::new();
        let layouts = layouts(&self.layers)?;
        let spec = raw.convert(id, &folder, &layouts, &mut problems);
        if problems.is_empty() { Ok(spec) } else { Err(problems) }
    }

    fn unknown(&self, id: &str) -> Diagnostic {
        let ids: Vec<&str> = self.ids().into_keys().collect();
        let hint = nearest(id, &ids).unwrap_or_else(|| format!("there are: {}", ids.join(", ")));
        Diagnostic::error(Code::TemplateUnknown, Place::default(), format!("there is no template `{id}`")).hint(hint)
    }
}
