//! Norms: the articles, rules and principles that a drafter may argue, and the States that they bind with the day.
//!
//! A norm is the drafter's argument. Its content is told here in our own words; the source holds the exact text.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::dated::{Dated, PerLanguage, date};
use super::directory::names;
use super::name::{Name, RawDeclined};
use crate::diag::{Code, Diagnostic};
use crate::yaml::{At, Entries};

/// The placeholder for the number of an article in the citation forms of an instrument.
const NUMBER: &str = "{number}";

closed! {
    /// The kind of instrument, and so the way in which it binds.
    Binds {
        /// A treaty: binds the States that ratified it.
        Treaty = "treaty",
        /// A declaration of the United Nations: does not bind as a treaty does.
        Declaration = "declaration",
        /// Rules or principles adopted by the General Assembly: a standard, not a treaty.
        Rules = "rules",
        /// A law of one country.
        Statute = "statute",
    }
}

closed! {
    /// The stage of a case for which a norm may be argued.
    Stage {
        /// Arrest and the first days.
        Arrest = "arrest",
        /// The trial and what leads to it.
        Trial = "trial",
        /// A remedy that is pending.
        Appeal = "appeal",
        /// Treatment in detention, before or after a judgment.
        Custody = "custody",
        /// A written appeal to an official, and its answer.
        Petition = "petition",
        /// Every stage.
        Any = "any",
    }
}

/// An article, rule or principle that can be argued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// Its id, for instance `iccpr/9`.
    pub id: String,
    /// The id of its instrument.
    pub instrument: String,
    /// Its number in the instrument.
    pub number: String,
    /// The citation in full.
    pub cited: PerLanguage<Name>,
    /// The citation once the instrument has been named.
    pub cited_short: PerLanguage<Name>,
    /// The citation of several norms of its instrument at once, `{number}` for their numbers; in Russian the
    /// accusative.
    pub cited_several: PerLanguage<String>,
    /// Its content in our own words, to complete “…, which …”. Ages with its verification.
    pub says: Dated<PerLanguage<String>>,
    /// The kind of the instrument.
    pub kind: Binds,
    /// The day on which the instrument came into force, if known.
    pub in_force: Option<NaiveDate>,
    /// The only country that a statute binds.
    pub country: Option<String>,
    /// The day on which each State ratified or acceded, by the code of the State.
    pub bound: BTreeMap<String, Dated<NaiveDate>>,
    /// The stages for which it may be argued.
    pub stages: Vec<Stage>,
    /// The point that is conceded by relying on it, in a sentence for those who work on the case.
    pub concedes: Option<String>,
}

impl Norm {
    /// True if it may be argued for this stage.
    #[must_use]
    pub fn fits(&self, stage: Stage) -> bool {
        stage == Stage::Any || self.stages.iter().any(|own| *own == Stage::Any || *own == stage)
    }

    /// True if it binds a State on a day; `None` if the data do not tell, or if norms of this kind do not bind.
    #[must_use]
    pub fn binds(&self, state: &str, on: NaiveDate) -> Option<bool> {
        match self.kind {
            Binds::Treaty => {
                let ratified = self.bound.get(state)?.value;
                Some(on >= self.in_force.map_or(ratified, |in_force| in_force.max(ratified)))
            }
            Binds::Statute => Some(self.country.as_deref() == Some(state)),
            Binds::Declaration | Binds::Rules => None,
        }
    }
}

/// One instrument and the norms in it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawLaw {
    /// The id of the instrument, for instance `iccpr`.
    pub instrument: At<String>,
    /// The kind of instrument.
    pub kind: Binds,
    /// The document symbol or official number, for instance `A/RES/53/144`.
    pub symbol: Option<String>,
    /// For a statute, the code of its country.
    pub country: Option<At<String>>,
    /// The day on which it came into force (YYYY-MM-DD).
    pub in_force: Option<At<String>>,
    /// The address of its text.
    pub source: At<String>,
    /// The full citation of an article of it; `{number}` stands for the number.
    pub cited: Entries<RawDeclined>,
    /// The citation of an article of it once it has been named in full.
    pub cited_short: Entries<RawDeclined>,
    /// The citation of several articles of it at once; `{number}` stands for their numbers.
    #[serde(default)]
    pub cited_several: Entries<At<String>>,
    /// The norms, by number.
    pub norms: Entries<RawNorm>,
}

/// An article, rule or principle.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawNorm {
    /// Its content, in our own words, to complete “…, which …”; in each language.
    pub says: Entries<At<String>>,
    /// The stages of a case for which it may be argued.
    pub stages: Vec<Stage>,
    /// The point that whoever relies on it concedes: with freedom of association, that there was an association. For
    /// those who work on the case; an argument that relies on it says why that does no harm.
    pub concedes: Option<At<String>>,
    /// The address of this article, where it is not that of the instrument.
    pub source: Option<At<String>>,
    /// The day on which somebody compared number and content (YYYY-MM-DD). Leave it out while nobody has.
    pub verified_on: Option<At<String>>,
    /// The copy in which it was read, where that was not the source itself.
    pub verified_in: Option<At<String>>,
}

impl RawLaw {
    /// Converts the typed norms; `bound` is filled in by the directory.
    pub fn convert(&self, problems: &mut Vec<Diagnostic>) -> Vec<Norm> {
        for (language, form) in self.cited.iter().chain(&self.cited_short) {
            if form.name().forms().any(|words| !words.contains(NUMBER)) {
                let words = format!("a form of citation in `{}` has no place for the number", language.value);
                problems.push(
                    Diagnostic::error(Code::CaseBadValue, language.place.clone(), words)
                        .hint(format!("write `{NUMBER}` where the number stands")),
                );
            }
        }
        let in_force = date(self.in_force.as_ref(), problems);
        self.norms.iter().map(|(number, raw)| self.norm(number, raw, in_force, problems)).collect()
    }

    fn norm(
        &self,
        number: &At<String>,
        raw: &RawNorm,
        in_force: Option<NaiveDate>,
        problems: &mut Vec<Diagnostic>,
    ) -> Norm {
        let numbered = |forms: &Entries<RawDeclined>| {
            let cite = |name: Name| name.map(|words| words.replace(NUMBER, number));
            names(forms).into_iter().map(|(language, name)| (language, cite(name))).collect()
        };
        Norm {
            id: format!("{}/{}", self.instrument.value, number.value),
            instrument: self.instrument.value.clone(),
            number: number.value.clone(),
            cited: numbered(&self.cited),
            cited_short: numbered(&self.cited_short),
            cited_several: self
                .cited_several
                .iter()
                .map(|(language, words)| (language.value.clone(), words.value.clone()))
                .collect(),
            says: Dated {
                value: raw.says.iter().map(|(language, words)| (language.value.clone(), words.value.clone())).collect(),
                source: Some(raw.source.as_ref().unwrap_or(&self.source).value.clone()),
                verified_in: raw.verified_in.as_deref().cloned(),
                verified_on: date(raw.verified_on.as_ref(), problems),
                valid_from: None,
                valid_to: None,
                invented: false,
                place: number.place.clone(),
            },
            kind: self.kind,
            in_force,
            country: self.country.as_deref().cloned(),
            bound: BTreeMap::new(),
            stages: raw.stages.clone(),
            concedes: raw.concedes.as_deref().cloned(),
        }
    }
}
