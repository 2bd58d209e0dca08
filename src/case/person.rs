//! Persons.

use schemars::JsonSchema;
use serde::Deserialize;

use super::consent::RawConsent;
use super::name::RawName;
use super::named::{Named, NamedKind, RawRelation, RawSpelling, Spelled};
use super::reader::CaseReader;
use super::text::{RawText, Text};
use crate::diag::Code;
use crate::yaml::{At, Entries};

/// A person.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawPerson {
    /// Name per language. A protected person has none.
    pub name: Entries<At<RawName>>,
    /// The family name within `name`, per language, for forms that ask for it.
    pub family_name: RawText,
    /// The first name within `name`, per language, for forms that ask for it.
    pub first_name: RawText,
    /// The words for a person who is not named: `her husband`.
    pub describe: RawText,
    /// Pronoun per language: `he`, `she`, `they`; in Russian the grammatical gender `m`, `f`.
    pub pronouns: RawText,
    /// The relation of this person to another.
    pub relation: Option<RawRelation>,
    /// Further relations.
    pub relations: Vec<RawRelation>,
    /// `unnamed`: no name in any file of the case, and none in any document.
    pub protect: Option<At<String>>,
    /// Other spellings that sources use and that are not wrong.
    pub variants: Vec<RawSpelling>,
    /// Spellings that are slips of a source. Never printed.
    pub slips: Vec<RawSpelling>,
    /// The audiences that may be told of this person; empty: as the facts say.
    pub audience: Vec<At<String>>,
    /// Consent by scope: `submit-to-un`, `name-to-government`, `public-campaign`…
    pub consent: Entries<RawConsent>,
}

impl RawPerson {
    pub(super) fn convert(&self, id: &At<String>, reader: &mut CaseReader) -> Named {
        let spelled = Spelled { name: &self.name, variants: &self.variants, slips: &self.slips };
        let mut named = spelled.convert(id, NamedKind::Person, reader);
        named.family_name = part_of_name(&self.family_name, &named, reader);
        named.first_name = part_of_name(&self.first_name, &named, reader);
        named.describe = reader.text(&self.describe, false, &id.place);
        named.pronouns = reader.text(&self.pronouns, false, &id.place);
        named.relations = self.relation.iter().chain(&self.relations).map(|raw| raw.convert(reader)).collect();
        named.audience = reader.open_audience(&self.audience);
        named.protected = self.is_protected(id, reader);
        named.consents = self.consent.iter().map(|(scope, raw)| raw.convert(scope, reader)).collect();
        named
    }

    /// True for a person who must not be named. A name of such a person in the file is reported.
    fn is_protected(&self, id: &At<String>, reader: &mut CaseReader) -> bool {
        let word = self.protect.as_ref().and_then(|protect| reader.word(protect, &["unnamed"], |word| word));
        let is_named = !self.name.is_empty() || !self.variants.is_empty() || !self.slips.is_empty();
        if word.is_some() && is_named {
            reader.error(
                Code::WordingProtected,
                id,
                "a protected person has a name in this file",
                "delete the name; `describe` says how to speak of the person",
            );
        }
        word.is_some()
    }
}

/// A part of a person's name. It must be contained in the name.
fn part_of_name(raw: &RawText, named: &Named, reader: &mut CaseReader) -> Text {
    for (language, part) in raw {
        let whole = named.names.get(&language.value);
        if !whole.is_some_and(|whole| whole.plain().contains(part.value.as_str())) {
            let words = format!("`{}` is no part of the name in `{}`", part.value, language.value);
            reader.error(Code::CaseBadValue, part, words, "write it as it stands in `name`");
        }
    }
    reader.words(raw)
}
