//! What the case file means: ids that resolve, dates that exist, changes of state that are told.
//!
//! Only [`super::convert()`] builds these types, so whoever holds a [`Case`] holds one without dangling ends.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Translation;
use super::date::Date;
use crate::diag::Place;
use crate::reference::Name;
use crate::reference::audience::{Audience, AudienceSet};
use crate::reference::vocabulary::{Power, Status, closed};
use crate::source::{Locator, Records};
use crate::yaml::At;

/// Words per language.
pub type Text = BTreeMap<String, At<String>>;

/// Who may be told.
pub type Audiences = BTreeSet<Audience>;

/// A case that holds together.
#[derive(Debug, Clone)]
pub struct Case {
    pub(crate) id: String,
    pub(crate) file: std::sync::Arc<str>,
    pub(crate) country: String,
    pub(crate) languages: Vec<String>,
    pub(crate) victims: Vec<String>,
    pub(crate) date: Option<NaiveDate>,
    pub(crate) names: BTreeMap<String, Named>,
    pub(crate) topics: BTreeMap<String, Topic>,
    pub(crate) facts: BTreeMap<String, Fact>,
    pub(crate) demands: BTreeMap<String, Demand>,
    pub(crate) caveats: BTreeMap<String, Caveat>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) steps: Vec<Step>,
    pub(crate) papers: Vec<Paper>,
    pub(crate) records: Records,
}

/// Something with a name: a person, an organisation, an institution, a place.
#[derive(Debug, Clone)]
pub struct Named {
    /// Id, unique among all named things of the case.
    pub id: String,
    /// What it is.
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
    /// Spellings found in sources that are not wrong.
    pub variants: Vec<Spelling>,
    /// Spellings that are slips.
    pub slips: Vec<Spelling>,
    /// Relations to others.
    pub relations: Vec<Relation>,
    /// Must not be named anywhere.
    pub protected: bool,
    /// Who may be told; empty: as the facts say.
    pub audience: Audiences,
    /// What the law of countries says of an organisation.
    pub status: Vec<crate::source::Status>,
    /// Consents of a person.
    pub consents: Vec<Consent>,
    /// Office in the directory.
    pub directory: Option<String>,
    /// Where it was defined.
    pub place: Place,
}

impl Named {
    /// Whether the law of a country closes its name for one of these. What is in the file is known, and a paper is
    /// handed out after it was made: so a status counts on each day but those after its end.
    #[must_use]
    pub fn is_closed(&self, readers: AudienceSet, on: NaiveDate) -> bool {
        let closes = |status: &crate::source::Status| readers.iter().any(|reader| status.closes.contains(reader));
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
    /// What kind of body an institution is.
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
    /// Where.
    pub at: Locator,
}

/// A relation of a person or an organisation.
#[derive(Debug, Clone)]
pub struct Relation {
    /// To whom.
    pub to: String,
    /// What kind.
    pub kind: String,
    /// When.
    pub period: Option<String>,
    /// Sources that say so.
    pub said_by: Vec<String>,
}

/// A consent.
#[derive(Debug, Clone)]
pub struct Consent {
    /// What for.
    pub scope: String,
    /// By whom: a role.
    pub given_by: String,
    /// When.
    pub on: NaiveDate,
    /// When it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
}

/// A topic on which a state can change.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Title per language.
    pub title: Text,
    /// Days after which a state last seen is too old to write about.
    pub stale_after: Option<u32>,
    /// What is not known of the present state.
    pub unknown: Text,
    /// Where it was defined.
    pub place: Place,
}

/// A statement with its citations.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Id.
    pub id: String,
    /// Position in the case file, from 0.
    pub order: usize,
    /// Event, state or detail.
    pub kind: Kind,
    /// The fact it is a detail of.
    pub part_of: Option<String>,
    /// Which part of the story.
    pub about: About,
    /// Told under "why now".
    pub urgent: bool,
    /// The most that may be said of it.
    pub ceiling: Option<Status>,
    /// The statement in each language.
    pub text: Text,
    /// The statement with its day, for papers to which the state is too old. Empty where nobody wrote one.
    pub dated: Text,
    /// Facts that are told wherever this one is.
    pub told_with: Vec<String>,
    /// Why nothing that answers it is told with it.
    pub unanswered: Option<String>,
    /// Sufficient sets of citations: each is enough, whole.
    pub sets: Vec<Vec<Citation>>,
    /// Citations that only corroborate.
    pub also: Vec<Citation>,
    /// Ids of caveats.
    pub caveats: Vec<String>,
    /// Words that follow from the paragraphs without standing in them.
    pub derived: Vec<Derived>,
    /// Who compared it with its paragraphs.
    pub reviewed: Option<Review>,
    /// Who may be told.
    pub audience: Audiences,
    /// Institution where it holds or happened.
    pub at: Option<String>,
    /// A decision that is expected.
    pub awaits: Option<(String, Text)>,
    /// Somebody has made sure that it still holds.
    pub confirmed: Option<(NaiveDate, String)>,
    /// Where it was defined.
    pub place: Place,
}

/// What kind of fact.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "a case has some dozens of facts, most of them states")]
pub enum Kind {
    /// It happened, and stays true.
    Event(Date),
    /// It holds on a topic until something changes it.
    State {
        /// The topic.
        topic: String,
        /// Since when.
        from: Option<Date>,
        /// Last seen to hold.
        seen: Option<Date>,
        /// Ended.
        until: Option<Date>,
        /// What it does to the state before it.
        change: Change,
        /// No source reports the step; between these dates.
        via_unknown: Option<Vec<Date>>,
    },
    /// A detail of another fact: dated and standing as that one.
    Detail,
}

/// What a state does to the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The first on its topic.
    First,
    /// Stands beside it.
    Adds(String),
    /// Takes its place.
    Replaces(String),
    /// Gives it another legal name.
    Requalifies(String),
    /// Ends it.
    Ends(String),
}

impl Change {
    /// The state that no longer holds because of this change.
    #[must_use]
    pub fn supersedes(&self) -> Option<&str> {
        match self {
            Self::Replaces(id) | Self::Requalifies(id) | Self::Ends(id) => Some(id),
            Self::First | Self::Adds(_) => None,
        }
    }

    /// The state it refers to.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::First => None,
            Self::Adds(id) | Self::Replaces(id) | Self::Requalifies(id) | Self::Ends(id) => Some(id),
        }
    }

    /// The word of the case file.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Adds(_) => "adds to",
            Self::Replaces(_) => "replaces",
            Self::Requalifies(_) => "requalifies",
            Self::Ends(_) => "ends",
        }
    }
}

closed! {
    /// Which part of the story a fact belongs to.
    About {
        /// Who the person is.
        Person = "person",
        /// Arrest and search.
        Arrest = "arrest",
        /// Charges.
        Charge = "charge",
        /// Trial.
        Trial = "trial",
        /// Judgment and sentence.
        Sentence = "sentence",
        /// Where and under which regime he is held.
        Custody = "custody",
        /// How he is treated.
        Treatment = "treatment",
        /// Contact with counsel and family.
        Contact = "contact",
        /// What surrounds the case.
        Context = "context",
        /// What others said and did.
        Reaction = "reaction",
    }
}

closed! {
    /// The kinds of disagreement between sources.
    ConflictKind {
        /// One fact takes the place of another in time.
        Succession = "succession",
        /// They cannot both be true.
        Contradiction = "contradiction",
        /// One is a slip of the pen.
        Slip = "slip",
        /// Different words for one thing.
        Wording = "wording",
    }
}

/// A citation.
#[derive(Debug, Clone)]
pub struct Citation {
    /// Id of the source.
    pub source: String,
    /// Where in the source.
    pub at: Locator,
    /// The phrase.
    pub quote: At<String>,
    /// Who speaks, nearest first.
    pub voices: Vec<String>,
    /// A translation of the phrase.
    pub translation: Option<Translation>,
    /// The answer to a prompt about its meaning.
    pub meaning: Option<At<String>>,
    /// Who may see it; empty: whoever may see the source.
    pub audience: Audiences,
    /// Where it was typed.
    pub place: Place,
}

/// Words that follow from the paragraphs or from other facts.
#[derive(Debug, Clone)]
pub struct Derived {
    /// The words.
    pub words: Vec<At<String>>,
    /// Facts from which they follow.
    pub from: Vec<String>,
    /// The rule.
    pub how: String,
}

/// A review of a fact.
#[derive(Debug, Clone)]
pub struct Review {
    /// By whom: a role.
    pub by: String,
    /// When.
    pub on: NaiveDate,
    /// The seal at that time.
    pub seal: At<String>,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Demand {
    /// Id.
    pub id: String,
    /// 1 first.
    pub priority: u32,
    /// Facts from which it follows; for a source's demand, the facts while which it stands.
    pub grounds: Vec<At<String>>,
    /// Who made it.
    pub made_by: Option<MadeBy>,
    /// Demands of ours that say it today; the first that is current counts.
    pub restated_by: Vec<String>,
    /// What was demanded, told of who made it.
    pub text: Text,
    /// Norms it rests on.
    pub norms: Vec<At<String>>,
    /// One wording per power.
    pub ask: BTreeMap<Power, Text>,
    /// The stage and the time in which it helps; without one, as long as its grounds stand.
    pub only_while: Option<StageOfCase>,
    /// The harm that it can do.
    pub risk: Option<Risk>,
    /// It is asked only once counsel has agreed.
    pub needs_counsel: bool,
    /// Who agreed to it, when and how.
    pub cleared_by: Option<Clearance>,
    /// Who may be told.
    pub audience: Audiences,
    /// Where it was defined.
    pub place: Place,
}

impl Demand {
    /// Whether counsel has agreed on or before a day.
    #[must_use]
    pub fn is_cleared(&self, on: NaiveDate) -> bool {
        self.cleared_by.as_ref().is_some_and(|cleared| cleared.who == COUNSEL && cleared.on <= on)
    }
}

/// The role of a defence lawyer, as `cleared-by` names it.
pub const COUNSEL: &str = "counsel";

/// The stage of a case, and the time in it, in which a request helps.
#[derive(Debug, Clone)]
pub struct StageOfCase {
    /// States that must be the present ones.
    pub states: Vec<String>,
    /// At most so many days after the newest of them began.
    pub days: Option<u32>,
}

/// The harm that a request can do.
#[derive(Debug, Clone)]
pub struct Risk {
    /// What can happen.
    pub says: At<String>,
    /// Where that is said.
    pub source: String,
    /// When somebody looked it up.
    pub verified_on: Option<NaiveDate>,
}

/// Somebody close to the person has allowed something.
#[derive(Debug, Clone)]
pub struct Clearance {
    /// `family`, `counsel` or `organisation`.
    pub who: String,
    /// When.
    pub on: NaiveDate,
    /// How, without a name.
    pub how: String,
}

/// Who made a demand.
#[derive(Debug, Clone)]
pub struct MadeBy {
    /// The organisation.
    pub who: String,
    /// When; without it, when the source was published.
    pub on: Option<Date>,
    /// Where it stands.
    pub cites: Vec<Citation>,
}

/// A reservation that travels with facts.
#[derive(Debug, Clone)]
pub struct Caveat {
    /// In each language.
    pub text: Text,
    /// Who may be told; empty: whoever is told of the fact.
    pub audience: Audiences,
}

/// Sources that differ.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// What kind of difference.
    pub kind: ConflictKind,
    /// What about.
    pub about: String,
    /// What each says: words, source, place.
    pub values: Vec<(String, String, Locator)>,
    /// What we go by.
    pub resolution: String,
    /// Why.
    pub why: String,
    /// Facts to which it matters.
    pub facts: Vec<String>,
    /// Where it was recorded.
    pub place: Place,
}

/// What the sources do not say.
#[derive(Debug, Clone)]
pub struct Gap {
    /// Id.
    pub id: String,
    /// In each language.
    pub text: Text,
    /// Fields of forms that stay empty for it.
    pub fields: Vec<String>,
    /// The facts it lies behind or between.
    pub between: Vec<String>,
    /// Matters while this topic has a current state.
    pub topic: Option<String>,
    /// Who may be told.
    pub audience: Audiences,
    /// Where it was recorded.
    pub place: Place,
}

/// An argument of the drafter.
#[derive(Debug, Clone)]
pub struct Argument {
    /// Category: `wgad/II`.
    pub category: String,
    /// Whether it is claimed.
    pub claimed: bool,
    /// Facts.
    pub facts: Vec<String>,
    /// Norms.
    pub norms: Vec<At<String>>,
    /// Why it does no harm to rely on a norm that concedes something.
    pub concession: Option<String>,
    /// In the drafter's voice.
    pub text: Text,
    /// Why it is not claimed.
    pub why: Option<String>,
    /// Who may be told.
    pub audience: Audiences,
    /// Where it was recorded.
    pub place: Place,
}

/// A step taken before.
#[derive(Debug, Clone)]
pub struct Step {
    /// The body.
    pub body: String,
    /// When; `None`: unknown.
    pub date: Option<Date>,
    /// Outcome; `None`: unknown.
    pub outcome: Option<String>,
    /// What was done.
    pub text: Text,
    /// The papers that were sent, by name.
    pub sent: Vec<String>,
    /// The day that those papers bear.
    pub bears: Option<NaiveDate>,
    /// Where it is said.
    pub cites: Vec<Citation>,
    /// Where it was recorded.
    pub place: Place,
}

/// A paper the case asks for.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Template.
    pub template: At<String>,
    /// Recipients.
    pub to: Vec<At<String>>,
    /// Languages.
    pub languages: Vec<At<String>>,
    /// Why an office of another State is written to.
    pub because: Option<String>,
    /// Who allowed a letter to the place of detention, and how.
    pub cleared_by: Option<Clearance>,
    /// Who collects, where people sign.
    pub collect: Option<Collect>,
    /// What the case says for a form.
    pub filing: Filing,
}

/// Who collects signatures, and where they go. What nobody gave is left to be filled in by hand.
#[derive(Debug, Clone)]
pub struct Collect {
    /// The organisation that answers for the names, by its id.
    pub organiser: Option<At<String>>,
    /// The lines of the postal address to which what is signed goes back.
    pub return_to: Vec<String>,
    /// The day by which it should be there.
    pub return_by: Option<NaiveDate>,
    /// The last day on which it is kept.
    pub keep_until: Option<NaiveDate>,
    /// Where it was defined.
    pub place: Place,
}

/// What the case says for one form that is filed.
#[derive(Debug, Clone, Default)]
pub struct Filing {
    /// The victim for whom it is filled in, where the file names one.
    pub victim: Option<At<String>>,
    /// When and how it was made sure that counsel knows.
    pub counsel_informed: Option<(NaiveDate, String)>,
    /// The facts that answer a field, by the id of the field.
    pub answers: Vec<(At<String>, Vec<String>)>,
}

impl Fact {
    /// The day from which it counts on the event clock: the last day its date may mean. Details count as their whole.
    #[must_use]
    pub fn date(&self) -> Option<&Date> {
        match &self.kind {
            Kind::Event(date) => Some(date),
            Kind::State { from, seen, .. } => from.as_ref().or(seen.as_ref()),
            Kind::Detail => None,
        }
    }

    /// The topic of a state.
    #[must_use]
    pub fn topic(&self) -> Option<&str> {
        match &self.kind {
            Kind::State { topic, .. } => Some(topic),
            _ => None,
        }
    }

    /// The day on which it was last known to hold: last seen, or since when it holds, or confirmed. `None`: no state.
    #[must_use]
    pub fn last_known(&self) -> Option<&Date> {
        match &self.kind {
            Kind::State { from, seen, .. } => seen.as_ref().or(from.as_ref()),
            Kind::Event(_) | Kind::Detail => None,
        }
    }

    /// Its words in each language, with those for a day on which it is too old.
    pub fn wordings(&self) -> impl Iterator<Item = (&String, &At<String>)> {
        self.text.iter().chain(&self.dated)
    }

    /// All its citations, those that only corroborate last.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.sets.iter().flatten().chain(&self.also)
    }
}

impl Case {
    /// Id of the case.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The case file, as the user knows it.
    #[must_use]
    pub fn file(&self) -> std::sync::Arc<str> {
        self.file.clone()
    }

    /// The State concerned.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.country
    }

    /// The steps taken before.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What the drafter argues.
    #[must_use]
    pub fn arguments(&self) -> &[Argument] {
        &self.arguments
    }

    /// The first language of the case.
    #[must_use]
    pub fn first_language(&self) -> String {
        self.languages.first().cloned().unwrap_or_default()
    }

    /// The persons for whom the papers are written.
    #[must_use]
    pub fn victims(&self) -> &[String] {
        &self.victims
    }

    /// The date the documents bear, if the case file gives one.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        self.date
    }

    /// The papers it asks for.
    #[must_use]
    pub fn papers(&self) -> &[Paper] {
        &self.papers
    }

    /// The records of its sources.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// The facts.
    #[must_use]
    pub fn facts(&self) -> &BTreeMap<String, Fact> {
        &self.facts
    }

    /// What is asked.
    #[must_use]
    pub fn demands(&self) -> &BTreeMap<String, Demand> {
        &self.demands
    }

    /// Who and what appears.
    #[must_use]
    pub fn names(&self) -> &BTreeMap<String, Named> {
        &self.names
    }

    /// The texts that are neither facts nor demands: caveats, gaps, arguments, steps, topics, descriptions.
    pub fn other_texts(&self) -> impl Iterator<Item = &Text> {
        let awaited = self.facts.values().filter_map(|fact| Some(&fact.awaits.as_ref()?.1));
        self.caveats
            .values()
            .map(|caveat| &caveat.text)
            .chain(self.gaps.iter().map(|gap| &gap.text))
            .chain(self.arguments.iter().map(|argument| &argument.text))
            .chain(self.steps.iter().map(|step| &step.text))
            .chain(self.topics.values().flat_map(|topic| [&topic.title, &topic.unknown]))
            .chain(self.names.values().map(|named| &named.describe))
            .chain(awaited)
    }

    /// Whether something speaks against the printed date of a source being the day of its text.
    #[must_use]
    pub fn has_doubtful_date(&self, source: &str) -> bool {
        self.records.get(source).is_some_and(|record| record.date_doubt.is_some())
    }

    /// Every citation of the case with what it belongs to, in the order of the file.
    #[must_use]
    pub fn citations(&self) -> Vec<(String, &Citation)> {
        let facts = self
            .facts
            .values()
            .flat_map(|fact| fact.citations().map(move |citation| (format!("facts.{}", fact.id), citation)));
        let demands = self.demands.values().flat_map(|demand| {
            let cites = demand.made_by.iter().flat_map(|made| &made.cites);
            cites.map(move |citation| (format!("demands.{}", demand.id), citation))
        });
        let steps = self
            .steps
            .iter()
            .flat_map(|step| step.cites.iter().map(move |citation| (format!("steps.{}", step.body), citation)));
        let mut all: Vec<_> = facts.chain(demands).chain(steps).collect();
        all.sort_by_key(|(_, citation)| (citation.place.file.clone(), citation.place.line, citation.place.column));
        all
    }
}
