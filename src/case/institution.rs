//! Courts, prisons, services and offices of a State, and the places where things happen.

use schemars::JsonSchema;
use serde::Deserialize;

use super::name::RawName;
use super::named::{InstitutionKind, Named, NamedKind, RawSpelling, Spelled};
use super::reader::CaseReader;
use crate::yaml::{At, Entries};

/// A court, prison, service or office of a State.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawInstitution {
    /// `court`, `prison`, `service`, `prosecution`, `police`, `register`, `media`.
    pub kind: Option<At<String>>,
    /// Name per language.
    pub name: Entries<At<RawName>>,
    /// Other spellings that sources use.
    pub variants: Vec<RawSpelling>,
    /// Slips of a source.
    pub slips: Vec<RawSpelling>,
    /// Id of the office in the directory.
    pub directory: Option<At<String>>,
}

impl RawInstitution {
    pub(super) fn convert(&self, id: &At<String>, reader: &mut CaseReader) -> Named {
        let typed = self.kind.as_ref();
        let kind = typed.and_then(|kind| reader.word(kind, &InstitutionKind::ALL, InstitutionKind::name));
        let kind = NamedKind::Institution(kind.unwrap_or(InstitutionKind::Service));
        let spelled = Spelled { name: &self.name, variants: &self.variants, slips: &self.slips };
        let mut named = spelled.convert(id, kind, reader);
        named.directory = self.directory.as_ref().map(|office| office.value.clone());
        named
    }
}

/// A town, region or country.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawPlace {
    /// Name per language.
    pub name: Entries<At<RawName>>,
    /// Other spellings that sources use.
    pub variants: Vec<RawSpelling>,
}

impl RawPlace {
    pub(super) fn convert(&self, id: &At<String>, reader: &mut CaseReader) -> Named {
        let spelled = Spelled { name: &self.name, variants: &self.variants, slips: &[] };
        spelled.convert(id, NamedKind::Place, reader)
    }
}
