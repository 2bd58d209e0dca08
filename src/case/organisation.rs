//! Organisations.

use schemars::JsonSchema;
use serde::Deserialize;

use super::name::RawName;
use super::named::{Named, NamedKind, RawRelation, RawSpelling, Spelled};
use super::reader::CaseReader;
use crate::source::raw::RawStatus;
use crate::source::statuses;
use crate::yaml::{At, Entries};

/// An organisation.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawOrganisation {
    /// Name per language.
    pub name: Entries<At<RawName>>,
    /// Other spellings that sources use.
    pub variants: Vec<RawSpelling>,
    /// Slips of a source.
    pub slips: Vec<RawSpelling>,
    /// Relations to other organisations: `publishes`, `predecessor`…
    pub relations: Vec<RawRelation>,
    /// The audiences that may be told of this organisation; empty: as the facts say.
    pub audience: Vec<At<String>>,
    /// Its status under the law of a country, with the day from which it holds: where support for it is punished, no
    /// paper that supporters carry names it. Without `closes`: only the United Nations and those who work on the case
    /// are told its name.
    pub status: Vec<RawStatus>,
}

impl RawOrganisation {
    pub(super) fn convert(&self, id: &At<String>, reader: &mut CaseReader) -> Named {
        let spelled = Spelled { name: &self.name, variants: &self.variants, slips: &self.slips };
        let mut named = spelled.convert(id, NamedKind::Organisation, reader);
        named.relations = self.relations.iter().map(|raw| raw.convert(reader)).collect();
        named.audience = reader.open_audience(&self.audience);
        let (status, problems) = statuses(&self.status);
        named.status = status;
        reader.problems.extend(problems);
        named
    }
}
