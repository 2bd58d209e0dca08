//! Facts: statements in our own words, each with its citations.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::citation::{Citation, RawCitation, citations};
use super::clearance::RawConfirmed;
use super::date::{Date, RawDate};
use super::own_wording::{OwnWording, RawOwnWording, own_words};
use super::reader::{Audiences, CAVEAT, CaseReader, NAMED, TOPIC};
use super::state::{FactKind, RawVia, StateChange, Timing};
use super::text::{RawText, Text};
use crate::diag::{Code, Place};
use crate::document::FactId;
use crate::reference::vocabulary::Status;
use crate::yaml::At;

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
    /// The step that led to this state, where no source reports it.
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
    /// Words of the text that no word of the source carries, with the author's answer. Void when either side changes.
    pub own_words: Vec<RawOwnWording>,
    /// The review that compared the text with its paragraphs. Void when either side changes.
    pub reviewed: Option<RawReview>,
    /// The audiences that may be told: `custodian`, `state`, `other-state`, `un`, `public`, `inside-country`,
    /// `internal`. Without it: `internal` only.
    pub audience: Vec<At<String>>,
    /// Id of the institution where it holds or happened.
    pub at: Option<At<String>>,
    /// A decision that is expected and not in the file.
    pub awaits: Option<RawAwaits>,
    /// For the place of detention: somebody has made sure that he is still there.
    pub confirmed: Option<RawConfirmed>,
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
    /// The role of the reviewer, never a name.
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
    /// The words that are told while it is not in the file.
    pub text: RawText,
}

/// A statement with its citations.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Id.
    pub id: FactId,
    /// Position in the case file, from 0.
    pub order: usize,
    /// Event, state or detail.
    pub kind: FactKind,
    /// The fact it is a detail of.
    pub part_of: Option<FactId>,
    /// Its part of the story.
    pub about: FactAbout,
    /// True if it is told under "why now".
    pub urgent: bool,
    /// The highest status with which it may be told.
    pub ceiling: Option<Status>,
    /// The statement in each language.
    pub text: Text,
    /// The statement with its day, for papers made when the state is too old. Empty without one.
    pub dated: Text,
    /// Facts that are told wherever this one is.
    pub told_with: Vec<FactId>,
    /// The reason that no answer is told with it.
    pub unanswered: Option<String>,
    /// Sufficient sets of citations: each whole set is enough alone.
    pub sets: Vec<Vec<Citation>>,
    /// Citations that only corroborate.
    pub also: Vec<Citation>,
    /// Ids of caveats.
    pub caveats: Vec<String>,
    /// Words that follow from the paragraphs without standing in them.
    pub derived: Vec<Derived>,
    /// Words that no word of the source carries, with the author's answer.
    pub own_words: Vec<OwnWording>,
    /// The review that compared it with its paragraphs.
    pub reviewed: Option<Review>,
    /// The audiences that may be told.
    pub audience: Audiences,
    /// Institution where it holds or happened.
    pub at: Option<String>,
    /// A decision that is expected.
    pub awaits: Option<(String, Text)>,
    /// A confirmation that it still holds: the day, and the way in which it was confirmed.
    pub confirmed: Option<(NaiveDate, String)>,
    /// Its place in the case file.
    pub place: Place,
}

closed! {
    /// The part of the story that a fact belongs to.
    FactAbout {
        /// The person.
        Person = "person",
        /// Arrest and search.
        Arrest = "arrest",
        /// Charges.
        Charge = "charge",
        /// Trial.
        Trial = "trial",
        /// Judgment and sentence.
        Sentence = "sentence",
        /// The place of detention and its regime.
        Custody = "custody",
        /// The treatment in detention.
        Treatment = "treatment",
        /// Contact with counsel and family.
        Contact = "contact",
        /// The background of the case.
        Context = "context",
        /// Words and deeds of others in response.
        Reaction = "reaction",
    }
}

/// Words that follow from the paragraphs or from other facts.
#[derive(Debug, Clone)]
pub struct Derived {
    /// The words.
    pub words: Vec<At<String>>,
    /// Facts from which they follow.
    pub from: Vec<FactId>,
    /// The rule by which they follow.
    pub how: String,
}

/// A review of a fact.
#[derive(Debug, Clone)]
pub struct Review {
    /// The role of the reviewer.
    pub by: String,
    /// The day of the review.
    pub on: NaiveDate,
    /// The seal of the fact on that day.
    pub seal: At<String>,
}

impl Fact {
    /// The date by which it counts on the event clock. A detail has the date of its whole.
    #[must_use]
    pub fn date(&self) -> Option<&Date> {
        match &self.kind {
            FactKind::Event(date) => Some(date),
            FactKind::State { from, seen, .. } => from.as_ref().or(seen.as_ref()),
            FactKind::Detail => None,
        }
    }

    /// The topic of a state.
    #[must_use]
    pub fn topic(&self) -> Option<&str> {
        match &self.kind {
            FactKind::State { topic, .. } => Some(topic),
            _ => None,
        }
    }

    /// The change that a state makes to the one before it.
    #[must_use]
    pub fn change(&self) -> Option<&StateChange> {
        match &self.kind {
            FactKind::State { change, .. } => Some(change),
            FactKind::Event(_) | FactKind::Detail => None,
        }
    }

    /// The date on which it was last known to hold: seen, begun or confirmed. `None`: not a state.
    #[must_use]
    pub fn last_known(&self) -> Option<&Date> {
        match &self.kind {
            FactKind::State { from, seen, .. } => seen.as_ref().or(from.as_ref()),
            FactKind::Event(_) | FactKind::Detail => None,
        }
    }

    /// Its words in each language, and those for papers made when it is too old.
    pub fn wordings(&self) -> impl Iterator<Item = (&String, &At<String>)> {
        self.text.iter().chain(&self.dated)
    }

    /// All its citations, those that only corroborate last.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.sets.iter().flatten().chain(&self.also)
    }
}

impl RawFact {
    /// Converts a typed fact; `order` is its position in the case file, from 0.
    pub(super) fn convert(&self, order: usize, id: &At<String>, reader: &mut CaseReader) -> Fact {
        let sets = std::iter::once(&self.cites).filter(|set| !set.is_empty()).chain(&self.or_cites);
        Fact {
            id: id.value.as_str().into(),
            order,
            sets: sets.map(|set| citations(set, reader)).collect(),
            kind: self.timing().convert(id, reader),
            part_of: self.part_of.as_ref().map(|whole| reader.fact(whole)),
            about: self.about(reader),
            urgent: self.urgent,
            ceiling: self.status.as_ref().and_then(|status| ceiling(status, reader)),
            text: reader.text(&self.text, true, &id.place),
            dated: self.dated(id, reader),
            told_with: self.told_with(id, reader),
            unanswered: self.unanswered.as_ref().map(|why| why.value.clone()),
            also: citations(&self.also, reader),
            caveats: reader.ids(CAVEAT, &self.caveats),
            derived: self.derived.iter().map(|derived| derived.convert(reader)).collect(),
            own_words: own_words(&self.own_words, reader),
            reviewed: self.reviewed.as_ref().map(|review| review.convert(reader)),
            audience: reader.closed_audience(&self.audience),
            at: self.at.as_ref().map(|at| reader.id(NAMED, at)),
            awaits: self.awaits.as_ref().map(|awaits| awaits.convert(reader)),
            confirmed: self.confirmed.as_ref().map(|confirmed| confirmed.convert(reader)),
            place: id.place.clone(),
        }
    }

    fn about(&self, reader: &mut CaseReader) -> FactAbout {
        let about = self.about.as_ref().and_then(|about| reader.word(about, &FactAbout::ALL, FactAbout::name));
        about.unwrap_or(FactAbout::Context)
    }

    fn timing(&self) -> Timing<'_> {
        Timing {
            event: self.event.as_ref(),
            state: self.state.as_ref(),
            is_detail: self.part_of.is_some(),
            from: self.from.as_ref(),
            seen: self.seen.as_ref(),
            until: self.until.as_ref(),
            adds: self.adds.as_ref(),
            replaces: self.replaces.as_ref(),
            requalifies: self.requalifies.as_ref(),
            ends: self.ends.as_ref(),
            via: self.via.as_ref(),
        }
    }

    /// The words of a state for papers made when it is too old.
    fn dated(&self, id: &At<String>, reader: &mut CaseReader) -> Text {
        if self.state.is_none() && !self.dated.is_empty() {
            let words = format!("the fact `{}` is no state and has words for a day on which it is too old", id.value);
            reader.error(Code::CaseBadValue, id, words, "delete `dated`: an event stays true");
        }
        reader.text(&self.dated, false, &id.place)
    }

    fn told_with(&self, id: &At<String>, reader: &mut CaseReader) -> Vec<FactId> {
        if let Some(own) = self.told_with.iter().find(|other| other.value == id.value) {
            reader.error(Code::CaseCycle, own, format!("`{}` is told with itself", id.value), "name another fact");
        }
        reader.facts(&self.told_with)
    }
}

/// The highest status with which a fact may be told.
fn ceiling(status: &At<String>, reader: &mut CaseReader) -> Option<Status> {
    if matches!(status.value.as_str(), "established" | "derived") {
        let words = format!("`{}` is worked out, never typed", status.value);
        reader.error(
            Code::CaseBadValue,
            status,
            words,
            "delete the line, or write `reported`, `alleged`, `feared` or `disputed`",
        );
        return None;
    }
    reader.word(status, &Status::ALL, Status::name)
}

impl RawDerived {
    fn convert(&self, reader: &mut CaseReader) -> Derived {
        Derived { words: self.words.clone(), from: reader.facts(&self.from), how: self.how.value.clone() }
    }
}

impl RawReview {
    fn convert(&self, reader: &mut CaseReader) -> Review {
        Review { by: self.by.value.clone(), on: reader.day(&self.on), seal: self.seal.clone() }
    }
}

impl RawAwaits {
    fn convert(&self, reader: &mut CaseReader) -> (String, Text) {
        (reader.id(TOPIC, &self.topic), reader.text(&self.text, true, &self.topic.place))
    }
}
