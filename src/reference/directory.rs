//! Offices and bodies to which letters can be sent, and the treaties of the State to which they belong.
//!
//! A recipient is an office, never a person: holders change, offices stay.
//! Source: forms specification, 0.2, rule 3.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::dated::{Dated, PerLanguage, RawDated, date};
use super::name::{Name, RawDeclined};
use crate::diag::{Code, Diagnostic, Place};
use crate::reference::audience::Audience;
use crate::reference::vocabulary::Power;
use crate::yaml::{At, Entries};

closed! {
    /// The kind of office.
    OfficeKind {
        /// A prosecutor.
        Prosecutor = "prosecutor",
        /// The service that runs the prisons.
        PrisonService = "prison-service",
        /// A commissioner for human rights.
        Ombudsman = "ombudsman",
        /// A place of detention; its head is the recipient.
        Prison = "prison",
        /// A court.
        Court = "court",
        /// A head of State, a government or a ministry.
        Government = "government",
        /// A body or mechanism of the United Nations.
        UnBody = "un-body",
        /// An embassy or permanent mission.
        Embassy = "embassy",
        /// A ministry of foreign affairs.
        ForeignMinistry = "foreign-ministry",
    }
}

closed! {
    /// A set of rules that a letter to the office has to satisfy.
    OfficeNeed {
        /// The appeal of the Russian Federal Law 59-FZ: surname, name and patronymic if any, postal address for the
        /// reply, substance, signature and date. Source: 59-FZ, article 7 (forms specification, 7.4).
        RuAppeal = "59-fz",
    }
}

/// An office to which letters can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Its id, for instance `ru/prosecutor-general`.
    pub id: String,
    /// The place of its definition.
    pub place: Place,
    /// The code of its State or organisation, for instance `RU` or `UN`.
    pub of: String,
    /// The kind of office.
    pub kind: OfficeKind,
    /// The office that receives the letter, for instance “Head of the prison”.
    pub name: PerLanguage<Name>,
    /// The institution behind the office.
    pub institution: PerLanguage<Name>,
    /// Other names under which sources speak of the institution.
    pub known_as: PerLanguage<Vec<String>>,
    /// The lines of its postal address; `None` while unknown.
    pub address: Option<Dated<PerLanguage<Vec<String>>>>,
    /// The first words of a letter.
    pub salutation: PerLanguage<Dated<String>>,
    /// The last words of a letter.
    pub closing: PerLanguage<Dated<String>>,
    /// The powers of the office, in order of preference.
    pub powers: Dated<Vec<Power>>,
    /// The languages in which it accepts letters, if known.
    pub languages: Option<Dated<Vec<String>>>,
    /// The audience to which a letter to it belongs.
    pub audience: Audience,
    /// The office that supervises it.
    pub supervised_by: Option<String>,
    /// The office above it.
    pub part_of: Option<String>,
    /// The rules that a letter to it has to satisfy.
    pub needs: Vec<OfficeNeed>,
    /// The first day of its existence, if known.
    pub valid_from: Option<NaiveDate>,
    /// The last day of its existence, if it has ended.
    pub valid_to: Option<NaiveDate>,
}

/// A State, or an organisation of States.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// Its code, for instance `RU`.
    pub code: String,
    /// Its name in the text of a document.
    pub name: PerLanguage<Name>,
    /// Its name as the last line of an address on mail from abroad.
    pub postal: PerLanguage<String>,
    /// The day on which it ratified or acceded to a treaty, by the id of the instrument.
    pub treaties: BTreeMap<String, Dated<NaiveDate>>,
    /// Its own languages; `None` while nobody has checked.
    pub languages: Option<Dated<Vec<String>>>,
    /// True if it was invented for an example.
    pub invented: bool,
    /// True for an organisation of States, which is no State.
    pub organisation: bool,
    /// The place of its definition.
    pub place: Place,
}

/// One file of the directory: a State or organisation, its treaties and its offices.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawDirectory {
    /// The code of the State or organisation: `RU`, `UN`.
    pub of: At<String>,
    /// `true` for a country that does not exist: nothing in the file can be verified.
    #[serde(default)]
    pub invented: bool,
    /// `true` for an organisation of States: cases of every State may write to its bodies.
    #[serde(default)]
    pub organisation: bool,
    /// Its name in each language.
    pub name: Entries<RawDeclined>,
    /// Its name as the last line of an address on mail from abroad, in each language.
    #[serde(default)]
    pub postal: Entries<At<String>>,
    /// The languages of the country itself. Papers in them may come into it: petitions are made for signers outside.
    #[serde(default)]
    pub languages: Option<RawDated<Vec<String>>>,
    /// For each instrument of `law/`, the day of ratification or accession.
    #[serde(default)]
    pub treaties: Entries<RawDated<String>>,
    /// The offices, by id.
    #[serde(default)]
    pub offices: Entries<RawOffice>,
}

/// An office that can be written to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawOffice {
    /// The kind of office.
    pub kind: OfficeKind,
    /// The office that receives the letter, in each language. Never the name of the person who holds it.
    pub name: Entries<RawDeclined>,
    /// The institution behind the office, in each language.
    #[serde(default)]
    pub institution: Entries<RawDeclined>,
    /// Other names under which sources speak of the institution.
    #[serde(default)]
    pub known_as: Entries<Vec<String>>,
    /// The lines of its postal address in each language, without the country. Leave it out while unknown.
    pub address: Option<RawDated<PerLanguage<Vec<String>>>>,
    /// The salutation of a letter, in each language.
    #[serde(default)]
    pub salutation: Entries<RawDated<String>>,
    /// The closing words of a letter, in each language.
    #[serde(default)]
    pub closing: Entries<RawDated<String>>,
    /// Its powers: what it can do about a demand; the first is preferred.
    pub powers: RawDated<Vec<Power>>,
    /// The languages in which it accepts letters.
    pub languages: Option<RawDated<Vec<String>>>,
    /// Which audience a letter to it belongs to.
    pub audience: Audience,
    /// The id of the office that supervises it: for a prison, the prosecutor.
    pub supervised_by: Option<At<String>>,
    /// The id of the office above it.
    pub part_of: Option<At<String>>,
    /// The rules that a letter to it has to satisfy.
    #[serde(default)]
    pub needs: Vec<OfficeNeed>,
    /// The first day of its existence (YYYY-MM-DD).
    pub valid_from: Option<At<String>>,
    /// The last day of its existence (YYYY-MM-DD).
    pub valid_to: Option<At<String>>,
}

impl Office {
    /// The name of the place that the office runs: the institution, or the office itself.
    #[must_use]
    pub fn institution(&self, language: &str) -> Option<&Name> {
        self.institution.get(language).or_else(|| self.name.get(language))
    }

    /// True if the office exists on a day.
    #[must_use]
    pub fn exists(&self, on: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_to.is_none_or(|to| on <= to)
    }
}

impl RawDirectory {
    /// Converts the typed file into a country and its offices.
    pub fn convert(&self, problems: &mut Vec<Diagnostic>) -> (Country, Vec<Office>) {
        let country = Country {
            code: self.of.value.clone(),
            name: names(&self.name),
            postal: self.postal.iter().map(|(language, words)| (language.value.clone(), words.value.clone())).collect(),
            treaties: self.treaties(problems),
            languages: self.languages.as_ref().map(|languages| languages.dated(self.invented, problems)),
            invented: self.invented,
            organisation: self.organisation,
            place: self.of.place.clone(),
        };
        let offices = self.offices.iter().map(|(id, raw)| self.office(id, raw, problems)).collect();
        (country, offices)
    }

    fn treaties(&self, problems: &mut Vec<Diagnostic>) -> BTreeMap<String, Dated<NaiveDate>> {
        let mut treaties = BTreeMap::new();
        for (id, raw) in &self.treaties {
            let dated = raw.dated(self.invented, problems);
            if let Some(day) = date(Some(&raw.value), problems) {
                treaties.insert(id.value.clone(), dated.map(|_| day));
            }
        }
        treaties
    }

    fn office(&self, id: &At<String>, raw: &RawOffice, problems: &mut Vec<Diagnostic>) -> Office {
        let prefix = format!("{}/", self.of.to_lowercase());
        if !id.starts_with(&prefix) {
            let words = format!("the id `{}` does not begin with `{prefix}`", id.value);
            problems.push(
                Diagnostic::error(Code::CaseBadValue, id.place.clone(), words)
                    .hint("an id is the code of the country in small letters, a slash, and a short name"),
            );
        }
        let invented = self.invented;
        Office {
            id: id.value.clone(),
            place: id.place.clone(),
            of: self.of.value.clone(),
            kind: raw.kind,
            name: names(&raw.name),
            institution: names(&raw.institution),
            known_as: raw.known_as.iter().map(|(language, names)| (language.value.clone(), names.clone())).collect(),
            address: raw.address.as_ref().map(|address| address.dated(invented, problems)),
            salutation: dated(&raw.salutation, invented, problems),
            closing: dated(&raw.closing, invented, problems),
            powers: raw.powers.dated(invented, problems),
            languages: raw.languages.as_ref().map(|languages| languages.dated(invented, problems)),
            audience: raw.audience,
            supervised_by: raw.supervised_by.as_deref().cloned(),
            part_of: raw.part_of.as_deref().cloned(),
            needs: raw.needs.clone(),
            valid_from: date(raw.valid_from.as_ref(), problems),
            valid_to: date(raw.valid_to.as_ref(), problems),
        }
    }

    /// The references to other offices: the key, and the id that is named.
    pub fn references(&self) -> impl Iterator<Item = &At<String>> {
        self.offices.iter().flat_map(|(_, raw)| [raw.supervised_by.as_ref(), raw.part_of.as_ref()]).flatten()
    }
}

/// The names per language.
pub(super) fn names(raw: &Entries<RawDeclined>) -> PerLanguage<Name> {
    raw.iter().map(|(language, name)| (language.value.clone(), name.name())).collect()
}

fn dated(
    raw: &Entries<RawDated<String>>,
    invented: bool,
    problems: &mut Vec<Diagnostic>,
) -> PerLanguage<Dated<String>> {
    raw.iter().map(|(language, value)| (language.value.clone(), value.dated(invented, problems))).collect()
}
