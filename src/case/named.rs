//! The common parts of persons, organisations, institutions and places: names, spellings, relations.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::consent::Consent;
use super::name::RawName;
use super::reader::{Audiences, CaseReader, NAMED, SOURCE};
use super::text::Text;
use crate::diag::Place;
use crate::reference::Name;
use crate::reference::audience::AudienceSet;
use crate::source::Locator;
use crate::yaml::{At, Entries};

/// A spelling found in a source.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawSpelling {
    /// As the source spells it.
    pub spelling: At<String>,
    /// Which source.
    pub source: At<String>,
    /// The place in the source.
    pub at: At<String>,
}

/// A relation to a person or an organisation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawRelation {
    /// Id of a person or an organisation.
    pub to: At<String>,
    /// `husband`, `counsel`, `member`, `head`…
    pub kind: At<String>,
    /// When, in words or dates.
    #[serde(default)]
    pub period: Option<At<String>>,
    /// Sources that say so.
    #[serde(default)]
    pub said_by: Vec<At<String>>,
}

/// Something with a name: a person, an organisation, an institution, a place.
#[derive(Debug, Clone)]
pub struct Named {
    /// Id, unique among all named things of the case.
    pub id: String,
    /// Its kind.
    pub kind: NamedKind,
    /// Names per language.
    pub names: BTreeMap<String, Name>,
    /// Basis of the spelling per language.
    pub basis: BTreeMap<String, String>,
    /// The family name of a person, within the name.
    pub family_name: Text,
    /// The first name of a person, within the name.
    pub first_name: Text,
    /// Description of a person who is not named.
    pub describe: Text,
    /// Pronoun per language.
    pub pronouns: Text,
    /// Other correct spellings found in sources.
    pub variants: Vec<Spelling>,
    /// Wrong spellings found in sources.
    pub slips: Vec<Spelling>,
    /// Relations to others.
    pub relations: Vec<Relation>,
    /// True if it must not be named anywhere.
    pub protected: bool,
    /// The audiences that may be told; empty: the audiences of the facts.
    pub audience: Audiences,
    /// The status of an organisation in the law of countries.
    pub status: Vec<crate::source::LegalStatus>,
    /// Consents of a person.
    pub consents: Vec<Consent>,
    /// Its office in the directory.
    pub directory: Option<String>,
    /// Its place in the case file.
    pub place: Place,
}

impl Named {
    /// True if the law of a country closes its name for one of these readers. Papers are handed out after they are
    /// made, so a status counts on every day before its end, also before its beginning.
    #[must_use]
    pub fn is_closed(&self, readers: AudienceSet, on: NaiveDate) -> bool {
        let closes = |status: &crate::source::LegalStatus| readers.iter().any(|reader| status.closes.contains(reader));
        self.status.iter().any(|status| !status.is_over(on) && closes(status))
    }
}

/// The kinds of named things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A body of a State.
    Institution(InstitutionKind),
    /// A town, region or country.
    Place,
}

closed! {
    /// The kind of an institution.
    InstitutionKind {
        /// A court.
        Court = "court",
        /// A place of detention.
        Prison = "prison",
        /// A service of the executive.
        Service = "service",
        /// The prosecution.
        Prosecution = "prosecution",
        /// The police.
        Police = "police",
        /// A public register.
        Register = "register",
        /// A medium.
        Media = "media",
    }
}

/// A spelling found in a source.
#[derive(Debug, Clone)]
pub struct Spelling {
    /// As the source spells it.
    pub spelling: At<String>,
    /// Id of the source.
    pub source: String,
    /// The place in the source.
    pub at: Locator,
}

/// A relation of a person or an organisation.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The other side of the relation.
    pub to: String,
    /// The kind of the relation.
    pub kind: String,
    /// The time of the relation, in words.
    pub period: Option<String>,
    /// Sources that say so.
    pub said_by: Vec<String>,
}

impl RawSpelling {
    fn convert(&self, reader: &mut CaseReader) -> Spelling {
        Spelling {
            spelling: self.spelling.clone(),
            source: reader.id(SOURCE, &self.source),
            at: reader.locator(&self.at),
        }
    }
}

impl RawRelation {
    pub(super) fn convert(&self, reader: &mut CaseReader) -> Relation {
        Relation {
            to: reader.id(NAMED, &self.to),
            kind: self.kind.value.clone(),
            period: self.period.as_ref().map(|period| period.value.clone()),
            said_by: reader.ids(SOURCE, &self.said_by),
        }
    }
}

/// Names and spellings, as each kind of named thing types them.
pub(super) struct Spelled<'a> {
    pub(super) name: &'a Entries<At<RawName>>,
    pub(super) variants: &'a [RawSpelling],
    pub(super) slips: &'a [RawSpelling],
}

impl Spelled<'_> {
    /// Converts a named thing that has only names and spellings.
    pub(super) fn convert(&self, id: &At<String>, kind: NamedKind, reader: &mut CaseReader) -> Named {
        let mut names = BTreeMap::new();
        let mut basis = BTreeMap::new();
        for (language, name) in self.name {
            names.insert(language.value.clone(), name.value.name.clone());
            if let Some(given) = &name.basis {
                let kinds = ["source", "transliteration", "translation"];
                if reader.word(given, &kinds, |word| word).is_some() {
                    basis.insert(language.value.clone(), given.value.clone());
                }
            }
        }
        Named {
            id: id.value.clone(),
            kind,
            names,
            basis,
            family_name: Text::new(),
            first_name: Text::new(),
            describe: Text::new(),
            pronouns: Text::new(),
            variants: self.variants.iter().map(|raw| raw.convert(reader)).collect(),
            slips: self.slips.iter().map(|raw| raw.convert(reader)).collect(),
            relations: Vec::new(),
            protected: false,
            audience: Audiences::new(),
            status: Vec::new(),
            consents: Vec::new(),
            directory: None,
            place: id.place.clone(),
        }
    }
}
