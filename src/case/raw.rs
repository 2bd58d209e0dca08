//! What was typed: the types mirror `case.yaml` key by key, each value with its place.
//!
//! Nothing here is checked beyond its shape. [`super::Case`] is made from it once, and cannot be wrong.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::reference::{GrammaticalCase, Name};
use crate::source::raw::RawStatus;
use crate::yaml::{At, Entries};

/// Words per language: `{en: …, ru: …}`.
pub type RawText = Entries<At<String>>;

/// A case file, or one of the files that it includes.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawCase {
    /// Name of the case; the folder bears the same name.
    pub id: Option<At<String>>,
    /// Further files of this case, in this folder.
    pub includes: Vec<At<String>>,
    /// ISO 3166 code of the State concerned.
    pub country: Option<At<String>>,
    /// The persons for whom the papers are written.
    pub victims: Vec<At<String>>,
    /// Languages in which every outward text must be given.
    pub languages: Vec<At<String>>,
    /// The date which the documents bear, unless `--as-of` gives another. Without it: the day of the build.
    pub date: Option<At<String>>,
    /// Persons who appear.
    pub persons: Entries<RawPerson>,
    /// Organisations that appear.
    pub organisations: Entries<RawOrganisation>,
    /// Courts, prisons, services, offices, laws' authors: bodies of a State.
    pub institutions: Entries<RawInstitution>,
    /// Towns, regions, countries.
    pub places: Entries<RawPlace>,
    /// Topics on which a state can change: `sentence`, `charge/a`, `place-of-detention`.
    pub topics: Entries<RawTopic>,
    /// What is known: events and states.
    pub facts: Entries<RawFact>,
    /// What is asked.
    pub demands: Entries<RawDemand>,
    /// Reservations that travel with facts.
    pub caveats: Entries<RawCaveat>,
    /// Where sources differ.
    pub conflicts: Vec<RawConflict>,
    /// What the sources do not say.
    pub gaps: Entries<RawGap>,
    /// What the drafter argues, by category: `wgad/II`.
    pub arguments: Entries<RawArgument>,
    /// What was filed, sent, decided or refused before.
    pub steps: Vec<RawStep>,
    /// The papers to build.
    pub documents: Vec<RawDocument>,
    /// Words that this case guards in addition to the shipped lists, per language.
    pub guarded: Entries<Vec<At<String>>>,
}

/// A name in one language: plain, or with grammatical cases, and the basis of the spelling.
#[derive(Debug, Clone)]
pub struct RawName {
    /// The forms that are given.
    pub name: Name,
    /// `source` (a source spells it so), `transliteration`, `translation`.
    pub basis: Option<At<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NameForms {
    nom: String,
    r#gen: Option<String>,
    dat: Option<String>,
    acc: Option<String>,
    ins: Option<String>,
    prep: Option<String>,
    basis: Option<At<String>>,
}

impl From<NameForms> for RawName {
    fn from(typed: NameForms) -> Self {
        let forms = [Some(typed.nom), typed.r#gen, typed.dat, typed.acc, typed.ins, typed.prep];
        let given = GrammaticalCase::ALL.into_iter().zip(forms).filter_map(|(case, form)| Some((case, form?)));
        Self { name: Name::Declined(given.collect()), basis: typed.basis }
    }
}

impl<'de> Deserialize<'de> for RawName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RawName;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or a mapping with `nom`, `gen`, `dat`, `acc`, `ins`, `prep` and `basis`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<RawName, E> {
                Ok(RawName { name: Name::Same(text.to_owned()), basis: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawName, A::Error> {
                NameForms::deserialize(MapAccessDeserializer::new(map)).map(RawName::from)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

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
    /// How to speak of a person who is not named: `her husband`.
    pub describe: RawText,
    /// Pronoun per language: `he`, `she`, `they`; in Russian the grammatical gender `m`, `f`.
    pub pronouns: RawText,
    /// How this person is related to another.
    pub relation: Option<RawRelation>,
    /// Further relations.
    pub relations: Vec<RawRelation>,
    /// `unnamed`: no name in any file of the case, and none in any document.
    pub protect: Option<At<String>>,
    /// Other spellings that sources use and that are not wrong.
    pub variants: Vec<RawSpelling>,
    /// Spellings that are slips of a source. Never printed.
    pub slips: Vec<RawSpelling>,
    /// Who may be told of this person; empty: as the facts say.
    pub audience: Vec<At<String>>,
    /// Consent by scope: `submit-to-un`, `name-to-government`, `public-campaign`…
    pub consent: Entries<RawConsent>,
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

/// A spelling found in a source.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawSpelling {
    /// As the source spells it.
    pub spelling: At<String>,
    /// Which source.
    pub source: At<String>,
    /// Where.
    pub at: At<String>,
}

/// A consent, or its absence.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawConsent {
    /// Who gave it: the person, a relative, counsel. Never a name.
    pub given_by: At<String>,
    /// When.
    pub on: At<String>,
    /// Where the evidence is kept.
    #[serde(default)]
    pub evidence: Option<At<String>>,
    /// When it was withdrawn.
    #[serde(default)]
    pub withdrawn_on: Option<At<String>>,
}

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
    /// Who may be told of this organisation; empty: as the facts say.
    pub audience: Vec<At<String>>,
    /// What the law of a country says of it, since when: where support for it is punished, no paper that supporters
    /// carry names it. Without `closes`: only the United Nations and those who work on the case are told its name.
    pub status: Vec<RawStatus>,
}

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

/// A town, region or country.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawPlace {
    /// Name per language.
    pub name: Entries<At<RawName>>,
    /// Other spellings that sources use.
    pub variants: Vec<RawSpelling>,
}

/// A topic on which a state can change.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawTopic {
    /// Title per language.
    pub title: RawText,
    /// After how many days without news a state of this topic is too old to write about.
    pub stale_after: Option<At<u32>>,
    /// What is not known about the present state, for papers that print a box of it.
    pub unknown: RawText,
}

/// A date as typed: `2024-09-09`, `2024-01`, `2024`, or with the printed words and the reckoning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDate {
    /// The value.
    pub value: At<String>,
    /// The words of the source.
    pub printed: Option<At<String>>,
    /// How the value follows from the words.
    pub reckoning: Option<At<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DateParts {
    value: At<String>,
    #[serde(default)]
    printed: Option<At<String>>,
    #[serde(default)]
    reckoning: Option<At<String>>,
}

impl<'de> Deserialize<'de> for RawDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RawDate;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a date (`2024-09-09`, `2024-01`, `2024`), or a mapping with `value`, `printed`, `reckoning`",
                )
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<RawDate, E> {
                let value = At { value: text.to_owned(), place: crate::diag::Place::default() };
                Ok(RawDate { value, printed: None, reckoning: None })
            }
            fn visit_u64<E: serde::de::Error>(self, year: u64) -> Result<RawDate, E> {
                self.visit_str(&year.to_string())
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawDate, A::Error> {
                let parts = DateParts::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawDate { value: parts.value, printed: parts.printed, reckoning: parts.reckoning })
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

macro_rules! text_or_mapping_schema {
    ($type:ty, $name:literal, $parts:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let parts: &[&str] = $parts;
                let properties: serde_json::Map<String, serde_json::Value> =
                    parts.iter().map(|part| ((*part).to_owned(), serde_json::json!({"type": "string"}))).collect();
                schemars::json_schema!({ "anyOf": [
                    { "type": ["string", "integer"] },
                    { "type": "object", "additionalProperties": false, "properties": properties },
                ]})
            }
        }
    };
}

text_or_mapping_schema!(RawName, "Name", &["nom", "gen", "dat", "acc", "ins", "prep", "basis"]);
text_or_mapping_schema!(RawDate, "Date", &["value", "printed", "reckoning"]);

/// A fact: an event or a state.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawFact {
    /// For an event: when it happened. An event is never superseded.
    pub event: Option<At<RawDate>>,
    /// For a state: its topic.
    pub state: Option<At<String>>,
    /// Since when the state holds.
    pub from: Option<At<RawDate>>,
    /// When the state was last seen to hold.
    pub seen: Option<At<RawDate>>,
    /// When the state ended.
    pub until: Option<At<RawDate>>,
    /// This state stands beside that one. `none`: the first on its topic.
    pub adds: Option<At<String>>,
    /// This state takes the place of that one. `none`: the first on its topic.
    pub replaces: Option<At<String>>,
    /// This state gives that one another legal name.
    pub requalifies: Option<At<String>>,
    /// This state ends that one.
    pub ends: Option<At<String>>,
    /// How the change came about, where no source says.
    pub via: Option<RawVia>,
    /// A detail of this fact: it falls with it. Takes date, topic and audience from it unless it has its own.
    pub part_of: Option<At<String>>,
    /// Which part of the story: `person`, `arrest`, `charge`, `trial`, `sentence`, `custody`, `treatment`,
    /// `contact`, `context`, `reaction`.
    pub about: Option<At<String>>,
    /// Told under "why now".
    pub urgent: bool,
    /// The most that may be said of it: `alleged`, `feared`, `disputed`, `reported`.
    pub status: Option<At<String>>,
    /// The statement in each language, in our own words.
    pub text: RawText,
    /// For a state: the statement with its day, in each language, for papers of a day on which the news is too old
    /// (`stale-after` of its topic). Without it such a paper does not tell the state at all.
    pub dated: RawText,
    /// Facts that are told wherever this one is: what a charge rested on and what is answered to it, or the step before
    /// this one that a reader would else take it for. Where none of them may be told, this one is not told either.
    pub told_with: Vec<At<String>>,
    /// For an accusation: why nothing that answers it is told with it, for instance because no source has an answer.
    pub unanswered: Option<At<String>>,
    /// One sufficient set of citations, needed together.
    pub cites: Vec<RawCitation>,
    /// Other sufficient sets.
    pub or_cites: Vec<Vec<RawCitation>>,
    /// Citations that only corroborate.
    pub also: Vec<RawCitation>,
    /// Ids of caveats.
    pub caveats: Vec<At<String>>,
    /// Words of the text that stand in no paragraph but follow from it.
    pub derived: Vec<RawDerived>,
    /// Who compared the text with its paragraphs. Void when either side changes.
    pub reviewed: Option<RawReview>,
    /// Who may be told: `custodian`, `state`, `other-state`, `un`, `public`, `inside-country`, `internal`.
    /// Without it: `internal` only.
    pub audience: Vec<At<String>>,
    /// Id of the institution where it holds or happened.
    pub at: Option<At<String>>,
    /// A decision that is expected and not in the file.
    pub awaits: Option<RawAwaits>,
    /// For the place of detention: somebody has made sure that he is still there.
    pub confirmed: Option<RawConfirmed>,
}

/// How a change came about.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawVia {
    /// `true`: no source reports the step.
    pub unknown: At<bool>,
    /// Between which dates it must have been.
    #[serde(default)]
    pub between: Vec<At<RawDate>>,
}

/// Words that follow from the paragraph without standing in it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawDerived {
    /// The words, in any language of the fact.
    pub words: Vec<At<String>>,
    /// Facts from which they follow, where not from the cited paragraphs alone.
    #[serde(default)]
    pub from: Vec<At<String>>,
    /// The rule.
    pub how: At<String>,
}

/// A review of a fact against its paragraphs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawReview {
    /// Who: a role, never a name.
    pub by: At<String>,
    /// When.
    pub on: At<String>,
    /// The seal that `check` prints: it changes when the text or a citation changes.
    pub seal: At<String>,
}

/// A decision that is expected.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawAwaits {
    /// The topic on which the decision would give a new state.
    pub topic: At<String>,
    /// What to say while it is not in the file.
    pub text: RawText,
}

/// A confirmation that a state still holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawConfirmed {
    /// When.
    pub on: At<String>,
    /// How, without a name.
    pub how: At<String>,
}

/// A citation: source, place and words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawCitation {
    /// Id of the source.
    pub source: At<String>,
    /// `para 12`, `page 3`, `page 3 para 2`.
    pub at: At<String>,
    /// The exact words: a phrase of at most about a dozen.
    pub quote: At<String>,
    /// Who speaks, nearest first, where the source itself quotes: organisations, persons or institutions.
    #[serde(default)]
    pub voice: Vec<At<String>>,
    /// A translation of the phrase, printed as such.
    #[serde(default)]
    pub translation: Option<RawTranslation>,
    /// Why a prompt about the meaning of this phrase is answered.
    #[serde(default)]
    pub meaning: Option<At<String>>,
    /// Who may see this citation; empty: whoever may see the source.
    #[serde(default)]
    pub audience: Vec<At<String>>,
}

/// A translation of a quotation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawTranslation {
    /// The words per language.
    pub text: RawText,
    /// By whom: a role or a name, in the words in which it is printed.
    pub by: At<String>,
    /// When.
    pub on: At<String>,
    /// How far it can be relied on: `draft`, `checked` (a second person has compared it) or `official` (sworn, or of the
    /// body that wrote the original).
    pub status: At<String>,
    /// The seal that `check` prints: it changes when the quotation or the translation changes.
    #[serde(default)]
    pub seal: Option<At<String>>,
}

/// A demand.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawDemand {
    /// Order among the asks: 1 first. Safety of the person comes first.
    pub priority: Option<At<u32>>,
    /// Facts from which it follows. Current only while they are.
    pub following_from: Vec<At<String>>,
    /// Who made it, when and where it stands.
    pub made_by: Option<RawMadeBy>,
    /// For a source's demand: it stands while these facts do. Afterwards it is restated or not used.
    #[serde(rename = "while")]
    pub while_: Vec<At<String>>,
    /// Demands of ours that say today what this one said then; the first that is current counts.
    pub restated_by: Vec<At<String>>,
    /// What was demanded, told of the organisation that made it.
    pub text: RawText,
    /// Norms it rests on.
    pub norms: Vec<At<String>>,
    /// One wording per power: `do`, `order`, `inspect`, `investigate`, `review`, `visit`, `raise`.
    pub ask: Entries<RawText>,
    /// The stage and the time in which this request helps. Outside of them it is asked in no paper.
    pub only_while: Option<RawStage>,
    /// The harm that this request can do to the person, with where that is said.
    pub risk: Option<RawRisk>,
    /// `true`: it is asked in no paper until counsel has agreed (`cleared-by`).
    pub needs_counsel: bool,
    /// Who agreed to this request, when and how.
    pub cleared_by: Option<RawCleared>,
    /// Who may be told. Without it: `internal` only.
    pub audience: Vec<At<String>>,
}

/// The stage of the case in which a request helps.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawStage {
    /// The states that must be the present ones, by id.
    pub states: Vec<At<String>>,
    /// At most so many days after the newest of them began, where a law or a rule sets a time.
    #[serde(default)]
    pub days: Option<At<u32>>,
    /// Where this time is set.
    #[serde(default)]
    pub source: Option<At<String>>,
    /// The day on which somebody looked it up. Leave it out while nobody has.
    #[serde(default)]
    pub verified_on: Option<At<String>>,
}

/// The harm that a request can do.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawRisk {
    /// What can happen, in a sentence for those who work on the case.
    pub says: At<String>,
    /// Where that is said.
    pub source: At<String>,
    /// The day on which somebody looked it up. Leave it out while nobody has.
    #[serde(default)]
    pub verified_on: Option<At<String>>,
}

/// Who made a demand.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawMadeBy {
    /// Id of the organisation.
    pub who: At<String>,
    /// When; without it, when the source was published.
    #[serde(default)]
    pub on: Option<At<RawDate>>,
    /// Where it stands.
    pub cites: Vec<RawCitation>,
}

/// A reservation.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawCaveat {
    /// In each language.
    pub text: RawText,
    /// Who may be told of it; empty: whoever is told of the fact.
    pub audience: Vec<At<String>>,
}

/// Sources that differ.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawConflict {
    /// `succession`, `contradiction`, `slip`, `wording`.
    pub kind: At<String>,
    /// What about.
    pub about: At<String>,
    /// What each source says.
    pub values: Vec<RawValue>,
    /// What we go by.
    pub resolution: At<String>,
    /// Why.
    pub why: At<String>,
    /// Facts to which it matters.
    #[serde(default)]
    pub facts: Vec<At<String>>,
}

/// What a source says in a conflict.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawValue {
    /// In our words.
    pub says: At<String>,
    /// Which source.
    pub source: At<String>,
    /// Where.
    pub at: At<String>,
}

/// Something the sources do not say.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawGap {
    /// What is not said, in each language.
    pub text: RawText,
    /// Fields of forms that stay empty for it.
    pub fields: Vec<At<String>>,
    /// The facts it lies behind or between, by id: it arises once they are told, and its note names their sources.
    pub between: Vec<At<String>>,
    /// Matters while this topic has a current state.
    pub topic: Option<At<String>>,
    /// Who may be told. Without it: `internal` only.
    pub audience: Vec<At<String>>,
}

/// An argument of the drafter.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawArgument {
    /// Whether the category is claimed.
    pub claimed: At<bool>,
    /// Facts it joins to norms.
    #[serde(default)]
    pub facts: Vec<At<String>>,
    /// The norms.
    #[serde(default)]
    pub norms: Vec<At<String>>,
    /// Why it does no harm to rely on a norm that concedes something (`concedes` in the file of the law).
    #[serde(default)]
    pub concession: Option<At<String>>,
    /// The argument, in the drafter's voice.
    #[serde(default)]
    pub text: RawText,
    /// Why it is not claimed.
    #[serde(default)]
    pub why: Option<At<String>>,
    /// Who may be told. Without it: `internal` only.
    #[serde(default)]
    pub audience: Vec<At<String>>,
}

/// A step taken before.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawStep {
    /// The body: an id of the directory, an avenue, or an institution of the case.
    pub body: At<String>,
    /// When, or `unknown`.
    pub date: At<String>,
    /// What came of it, or `unknown`.
    pub outcome: At<String>,
    /// What was done.
    #[serde(default)]
    pub text: RawText,
    /// The papers that were sent, by their names in `output/`: `letter-official.fsin.ru`.
    #[serde(default)]
    pub sent: Vec<At<String>>,
    /// The day that those papers bear, where it is not the day on which they were sent.
    #[serde(default)]
    pub as_of: Option<At<String>>,
    /// Where it is said.
    #[serde(default)]
    pub cites: Vec<RawCitation>,
}

/// A paper to build.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawDocument {
    /// Id of the template.
    pub template: At<String>,
    /// Recipients: ids of the directory, `place-of-detention/head`, `place-of-detention/prosecutor`.
    #[serde(default)]
    pub to: Vec<At<String>>,
    /// Languages.
    pub languages: Vec<At<String>>,
    /// Why an office of a State that is not the one concerned is written to.
    #[serde(default)]
    pub because: Option<At<String>>,
    /// Who allowed a letter to the place of detention: `family`, `counsel`, `organisation`; when and how.
    #[serde(default)]
    pub cleared_by: Option<RawCleared>,
    /// For a paper on which people sign: who collects, and where the signatures go. What is not given is a ruled line.
    #[serde(default)]
    pub collect: Option<At<RawCollect>>,
    /// For a form: the one victim for whom it is filled in. Not needed where the case has one.
    #[serde(default)]
    pub victim: Option<At<String>>,
    /// For a form: counsel knows that it is filed; when and how that was made sure.
    #[serde(default)]
    pub counsel_informed: Option<RawConfirmed>,
    /// For a form: the facts that answer a field, by the id of the field.
    #[serde(default)]
    pub answers: Entries<Vec<At<String>>>,
}

/// Who collects signatures, and where they go.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawCollect {
    /// Id of the organisation that answers for the names.
    pub organiser: Option<At<String>>,
    /// The lines of the postal address to which what is signed goes back.
    pub return_to: Vec<At<String>>,
    /// The day by which it should be there.
    pub return_by: Option<At<String>>,
    /// The day until which it is kept, before it is destroyed.
    pub keep_until: Option<At<String>>,
}

/// Who allowed a letter to the place of detention, or a request.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawCleared {
    /// `family`, `counsel` or `organisation`.
    pub who: At<String>,
    /// When.
    pub on: At<String>,
    /// How, without a name.
    pub how: At<String>,
}
