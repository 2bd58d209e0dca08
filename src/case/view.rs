//! What may be said: a copy of the case as it stands on a date, cut for one audience *before* any template runs.
//!
//! The supersession of states is worked out on everything that was known; the cut comes after it. So nobody is
//! told an old state as the present one because the news of its end is not for them: both are cut.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use memchr::memmem::Finder;

use crate::case::timeline::{Clock, Standing};
use crate::case::{
    Argument, Case, Caveat, Citation, Date, Demand, Fact, Gap, Kind, Named, Power, Status, Step, Text, Topic,
};
use crate::diag::Place;
use crate::reference::Name;
use crate::reference::audience::{Audience, AudienceSet};
use crate::source::Record;
use crate::yaml::At;

/// The topic on which the place of detention stands.
pub const PLACE_OF_DETENTION: &str = "place-of-detention";

/// The topic on which the sentence stands.
pub const SENTENCE: &str = "sentence";

/// What may be said on a date to an audience.
#[derive(Debug, Clone)]
pub struct View {
    /// Id of the case.
    pub case: String,
    /// The State concerned.
    pub country: String,
    /// The day of which it speaks.
    pub as_of: NaiveDate,
    /// By what facts count.
    pub clock: Clock,
    /// Who is told.
    pub audience: Audience,
    /// All who read what is told: nothing is in it that one of them may not know.
    pub readers: Readers,
    /// The persons for whom the papers are written.
    pub victims: Vec<String>,
    /// Who and what may be named.
    pub names: BTreeMap<String, Named>,
    /// Topics.
    pub topics: BTreeMap<String, Topic>,
    /// Facts in the order of their dates.
    pub facts: Vec<Told>,
    /// What we ask today, first things first.
    pub asks: Vec<Ask>,
    /// What sources have asked.
    pub made: Vec<Made>,
    /// What the sources do not say.
    pub gaps: Vec<Gap>,
    /// Arguments.
    pub arguments: Vec<Argument>,
    /// Steps taken before.
    pub steps: Vec<Step>,
    /// Decisions that are expected and not in the file.
    pub awaited: Vec<Awaited>,
    /// Present states of which the last news is too old to write about on this day.
    pub stale: Vec<Stale>,
    /// Reservations that travel with facts.
    pub caveats: BTreeMap<String, Text>,
    /// Sources that may be cited. One of which a reader must not be told the publisher bears none.
    pub sources: BTreeMap<String, Record>,
    /// The sources whose publisher is kept back.
    pub withheld: BTreeSet<String>,
    /// What was cut, and why: for the report, never for a document.
    pub left_out: Vec<LeftOut>,
}

/// All who come to read one paper, each of whom may be told all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readers {
    /// Whom it is made for: what is asked is worded for them.
    pub first: Audience,
    /// Whoever else reads it: the office to which a petition goes.
    pub also: AudienceSet,
    /// It can come into the country itself: what the law there closes for readers inside is closed for all.
    pub inside: bool,
}

impl Readers {
    /// One audience, outside the country.
    #[must_use]
    pub fn only(first: Audience) -> Self {
        Self { first, also: AudienceSet::default(), inside: false }
    }

    /// Whether each of them is told of what this set is told.
    fn all_in(self, told: impl Fn(Audience) -> bool) -> bool {
        told(self.first) && self.also.iter().all(told)
    }

    /// Those for whom what the law closes is closed.
    #[must_use]
    pub fn closed(self) -> AudienceSet {
        let all = self.also.with(self.first);
        if self.inside { all.with(Audience::InsideCountry) } else { all }
    }
}

/// A fact as it may be told.
#[derive(Debug, Clone)]
pub struct Told {
    /// The fact.
    pub fact: Fact,
    /// Its date; a detail has that of its whole.
    pub date: Option<Date>,
    /// Its topic; a detail has that of its whole.
    pub topic: Option<String>,
    /// The sufficient set by which it is told here.
    pub cites: Vec<Citation>,
    /// What corroborates it here.
    pub also: Vec<Citation>,
    /// How firmly it may be told, worked out on the citations that survive.
    pub status: Status,
    /// The fact that took its place.
    pub superseded_by: Option<String>,
}

impl Told {
    /// The first day on which the state is known to hold.
    #[must_use]
    pub fn known_since(&self) -> Option<NaiveDate> {
        let Kind::State { from, seen, .. } = &self.fact.kind else { return None };
        from.as_ref().or(seen.as_ref()).map(|date| date.first)
    }

    /// The last day on which the state is known to hold.
    #[must_use]
    pub fn known_until(&self) -> Option<NaiveDate> {
        let Kind::State { from, seen, until, .. } = &self.fact.kind else { return None };
        until.as_ref().or(seen.as_ref()).or(from.as_ref()).map(|date| date.last)
    }

    /// Whether it still holds. An event always does.
    #[must_use]
    pub fn current(&self) -> bool {
        self.superseded_by.is_none()
    }
}

/// A demand of ours, current on the date.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Id.
    pub id: String,
    /// 1 first.
    pub priority: u32,
    /// Facts from which it follows.
    pub grounds: Vec<String>,
    /// Norms it rests on.
    pub norms: Vec<At<String>>,
    /// One wording per power.
    pub wording: BTreeMap<Power, Text>,
    /// Where it was defined.
    pub place: Place,
}

/// A demand that a source made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Id.
    pub id: String,
    /// The organisation that made it.
    pub who: String,
    /// When.
    pub on: Option<Date>,
    /// The day is that of the page, of which the record doubts that it is the day on which this was said.
    pub on_page: bool,
    /// What it demanded.
    pub text: Text,
    /// Where it stands.
    pub cites: Vec<Citation>,
    /// What it asked for still fits the state of the case.
    pub current: bool,
    /// Our demand that says it today.
    pub restated_by: Option<String>,
    /// Where it was defined.
    pub place: Place,
}

/// A decision that is expected and not in the file.
#[derive(Debug, Clone)]
pub struct Awaited {
    /// The fact that lets us expect it.
    pub fact: String,
    /// The topic it would change.
    pub topic: String,
    /// What to say meanwhile.
    pub text: Text,
    /// Where it was defined.
    pub place: Place,
}

/// A present state that was last known to hold too long before the day of the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The fact.
    pub fact: String,
    /// How many days before the day of the view it was last known to hold.
    pub days: i64,
    /// It is told in the words with its day; where nobody wrote them it is left out.
    pub told: bool,
    /// Where it was defined.
    pub place: Place,
}

/// Something that was cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// `facts.verdict`, `demands.counsel`…
    pub id: String,
    /// Why.
    pub why: &'static str,
}

impl View {
    /// The fact with this id, if it may be told.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&Told> {
        self.facts.iter().find(|told| told.fact.id == id)
    }

    /// The present state of a topic.
    #[must_use]
    pub fn current(&self, topic: &str) -> Option<&Told> {
        self.facts.iter().rev().find(|told| told.fact.topic() == Some(topic) && told.current())
    }

    /// The institution in which the victim is held, as far as this audience may be told.
    #[must_use]
    pub fn place_of_detention(&self) -> Option<&Named> {
        self.names.get(self.current(PLACE_OF_DETENTION)?.fact.at.as_ref()?)
    }
}

impl Case {
    /// A copy of what may be said on a date to an audience.
    #[must_use]
    pub fn view(&self, as_of: NaiveDate, clock: Clock, audience: Audience) -> View {
        self.view_for(as_of, clock, Readers::only(audience), &BTreeSet::new())
    }

    /// A copy of what may be said on a date to all readers of one paper, which must not name some persons: nor is
    /// anything told that names them.
    #[must_use]
    pub fn view_for(&self, as_of: NaiveDate, clock: Clock, readers: Readers, hidden: &BTreeSet<String>) -> View {
        let standing = self.standing(as_of, clock);
        let audience = readers.first;
        let (unspoken, left_out) = (Vec::new(), Vec::new());
        let mut cut =
            Cut { case: self, standing: &standing, as_of, clock, audience, readers, hidden, unspoken, left_out };
        cut.unspoken = cut.spellings(|named| !cut.is_named(named)).map(Finder::new).collect();
        let names = cut.names();
        let mut facts = cut.facts();
        let stale = cut.stale(&mut facts);
        let mut asks = cut.asks(&facts);
        asks.retain(|ask| cut.may_say("demands", &ask.id, ask.wording.values()));
        let mut made = cut.made(&facts, &asks, &names);
        made.retain(|made| cut.may_say("demands", &made.id, [&made.text]));
        let told: BTreeSet<&str> = facts.iter().map(|told| told.fact.id.as_str()).collect();
        let mut gaps = cut.gaps(&facts);
        gaps.retain(|gap| cut.may_say("gaps", &gap.id, [&gap.text]));
        let mut steps = cut.steps();
        steps.retain(|step| cut.may_say("steps", &step.body, [&step.text]));
        let mut awaited = cut.awaited(&facts);
        awaited.retain(|awaited| cut.may_say("facts", &format!("{}.awaits", awaited.fact), [&awaited.text]));
        // What is said of a topic or beside a fact is said only where the topic or the fact is told.
        let has_topic = |id: &String| facts.iter().any(|told| told.topic.as_ref() == Some(id));
        let mut topics = self.topics.clone();
        topics.retain(|id, topic| {
            let told = has_topic(id) || awaited.iter().any(|awaited| awaited.topic == *id);
            told && cut.may_say("topics", id, [&topic.title, &topic.unknown])
        });
        let mut caveats = cut.caveats();
        caveats.retain(|id, text| {
            facts.iter().any(|told| told.fact.caveats.contains(id)) && cut.may_say("caveats", id, [&*text])
        });
        let mut arguments: Vec<Argument> = self
            .arguments
            .iter()
            .filter(|argument| readers.all_in(|reader| argument.audience.contains(&reader)))
            .filter(|argument| argument.facts.iter().all(|id| told.contains(id.as_str())))
            .cloned()
            .collect();
        arguments.retain(|argument| cut.may_say("arguments", &argument.category, [&argument.text]));
        let (sources, withheld) = cut.sources();
        View {
            case: self.id.clone(),
            country: self.country.clone(),
            as_of,
            clock,
            audience,
            readers,
            victims: self.victims.iter().filter(|id| names.contains_key(*id)).cloned().collect(),
            topics,
            arguments,
            steps,
            awaited,
            stale,
            caveats,
            sources,
            withheld,
            gaps,
            names,
            facts,
            asks,
            made,
            left_out: cut.left_out,
        }
    }

    /// How firmly a fact may be told on these citations.
    fn status(&self, fact: &Fact, citations: &[&Citation]) -> Status {
        match fact.ceiling {
            Some(ceiling) => return ceiling,
            None if citations.is_empty() => return Status::Derived,
            None => {}
        }
        let primary = citations.iter().any(|citation| {
            citation.voices.is_empty() && self.records.get(&citation.source).is_some_and(Record::is_primary)
        });
        let origins: Vec<BTreeSet<String>> = citations.iter().map(|citation| self.origins(citation)).collect();
        let independent = origins
            .iter()
            .enumerate()
            .any(|(index, one)| origins[index + 1..].iter().any(|other| one.is_disjoint(other)));
        if primary || independent { Status::Established } else { Status::Reported }
    }
}

struct Cut<'a> {
    case: &'a Case,
    standing: &'a Standing,
    as_of: NaiveDate,
    clock: Clock,
    audience: Audience,
    readers: Readers,
    /// Persons whom the paper must not name.
    hidden: &'a BTreeSet<String>,
    /// Every spelling of those who are not named in this paper.
    unspoken: Vec<Finder<'a>>,
    left_out: Vec<LeftOut>,
}

impl<'a> Cut<'a> {
    fn drop(&mut self, kind: &str, id: &str, why: &'static str) {
        self.left_out.push(LeftOut { id: format!("{kind}.{id}"), why });
    }

    fn names(&mut self) -> BTreeMap<String, Named> {
        let (kept, cut): (Vec<_>, Vec<_>) = self.case.names.iter().partition(|(_, named)| self.is_named(named));
        for (id, named) in cut {
            let closed = self.may_be_named(named);
            self.drop("names", id, if closed { "outlawed: nobody is named it here" } else { "not for this audience" });
        }
        kept.into_iter().map(|(id, named)| (id.clone(), named.clone())).collect()
    }

    /// Whether this paper may name them at all.
    fn is_named(&self, named: &Named) -> bool {
        self.may_be_named(named) && !named.is_closed(self.readers.closed(), self.as_of)
    }

    fn may_be_named(&self, named: &Named) -> bool {
        let told = named.audience.is_empty() || self.readers.all_in(|reader| named.audience.contains(&reader));
        told && !self.hidden.contains(&named.id)
    }

    /// Whether a citation may be used: its source published, not withdrawn, and open to this audience.
    fn allows(&self, citation: &Citation) -> bool {
        let Some(record) = self.case.records.get(&citation.source) else { return false };
        let published = self.clock == Clock::Event || record.known_from().is_some_and(|day| day <= self.as_of);
        let open = self.open(record)
            && (citation.audience.is_empty() || self.readers.all_in(|reader| citation.audience.contains(&reader)));
        // The quotation travels with the paper: in a note, and in the ledger.
        let named = || self.names_someone(&citation.quote.value);
        record.withdrawn.is_none() && published && open && !named()
    }

    /// Whether words of ours name nobody of whom this audience is not told, in any form, variant or slip; else they are
    /// left out. Where the law closes a name, our words must be changed, not dropped in silence: that is checked later.
    fn may_say<'t>(&mut self, kind: &str, id: &str, texts: impl IntoIterator<Item = &'t Text>) -> bool {
        let texts: Vec<&Text> = texts.into_iter().collect();
        let said = |form: &str| texts.iter().any(|text| text.values().any(|words| words.value.contains(form)));
        let named = self.spellings(|named| !self.may_be_named(named)).any(said);
        if named {
            self.drop(kind, id, "names somebody of whom this audience is not told");
        }
        !named
    }

    fn spellings(&self, of: impl Fn(&Named) -> bool) -> impl Iterator<Item = &'a str> {
        self.case.names.values().filter(move |named| of(named)).flat_map(|named| {
            let forms = named.names.values().flat_map(Name::forms);
            forms.chain(named.variants.iter().chain(&named.slips).map(|spelling| spelling.spelling.value.as_str()))
        })
    }

    /// Whether each reader may see a source cited, and no law closes it for one of them. What several read is signed and
    /// carried about after it was made, so there a status counts on each day but those after its end.
    fn open(&self, record: &Record) -> bool {
        let readers = self.readers.closed();
        let closes = |status: &crate::source::Status| {
            !status.is_over(self.as_of) && !status.closes.intersect(readers).is_empty()
        };
        let carried = !self.readers.also.is_empty() && record.status.iter().any(closes);
        !carried && self.readers.all_in(|reader| record.allowed(reader, self.as_of))
    }

    fn facts(&mut self) -> Vec<Told> {
        let mut told: BTreeMap<String, Told> = BTreeMap::new();
        for fact in self.case.facts.values() {
            match self.tell(fact) {
                Ok(fact) => {
                    told.insert(fact.fact.id.clone(), fact);
                }
                Err(why) => self.drop("facts", &fact.id, why),
            }
        }
        self.cut_dependent(&mut told);
        let mut facts: Vec<Told> = told.into_values().collect();
        self.sort(&mut facts);
        facts
    }

    fn sort(&self, facts: &mut [Told]) {
        facts.sort_by_cached_key(|told| {
            let date = told.date.as_ref().map(|date| date.last);
            (date, self.known_from(told), told.fact.order)
        });
    }

    /// The day from which a fact is known to this audience: not when a source was published that it may not see.
    fn known_from(&self, told: &Told) -> Option<NaiveDate> {
        let sets = told.fact.sets.iter().filter(|set| set.iter().all(|citation| self.allows(citation)));
        let known = sets.filter_map(|set| self.case.set_known_from(set)).min();
        known.or_else(|| self.standing.counted.get(&told.fact.id).copied().flatten())
    }

    fn tell(&self, fact: &Fact) -> Result<Told, &'static str> {
        if !self.standing.counted.contains_key(&fact.id) {
            return Err(if self.taken_back(fact) {
                "the sources on which it rests were taken back"
            } else {
                "not yet known on this date"
            });
        }
        if !self.readers.all_in(|reader| fact.audience.contains(&reader)) {
            return Err("not for this audience");
        }
        if self.names_someone_cut(&fact.text) || self.names_someone_cut(&fact.dated) {
            return Err("names somebody of whom this audience is not told");
        }
        let whole_set = |set: &&Vec<Citation>| set.iter().all(|citation| self.allows(citation));
        let cites = fact.sets.iter().find(whole_set).cloned();
        if cites.is_none() && !fact.sets.is_empty() {
            return Err("no sufficient set of its citations is open to this audience");
        }
        let cites = self.printable(cites.unwrap_or_default());
        let spare = fact.sets.iter().filter(whole_set).flatten().chain(fact.also.iter().filter(|c| self.allows(c)));
        let also: Vec<Citation> =
            spare.filter(|one| !cites.iter().any(|other| other.place == one.place)).cloned().collect();
        let also = self.printable(also);
        let all: Vec<&Citation> = cites.iter().chain(&also).collect();
        Ok(Told {
            status: self.case.status(fact, &all),
            date: self.case.date_of(fact).cloned(),
            topic: self.case.topic_of(fact).map(str::to_owned),
            superseded_by: self.standing.superseded.get(&fact.id).cloned(),
            fact: fact.clone(),
            cites,
            also,
        })
    }

    /// Whether it would count if no source had been taken back.
    fn taken_back(&self, fact: &Fact) -> bool {
        let stands = |set: &&Vec<Citation>| {
            let record = |citation: &Citation| self.case.records.get(&citation.source);
            set.iter().all(|citation| record(citation).is_some_and(|record| record.withdrawn.is_none()))
        };
        let whole = fact.part_of.as_ref().and_then(|whole| self.case.facts.get(whole));
        let happened = self.case.date_of(fact).is_some_and(|date| date.last <= self.as_of);
        happened && (!fact.sets.is_empty() && !fact.sets.iter().any(|set| stands(&set)))
            || whole.is_some_and(|whole| self.taken_back(whole))
    }

    /// The present states whose news is too old. Each is told in the words with its day, or not at all, with all that
    /// hangs on it.
    fn stale(&mut self, facts: &mut Vec<Told>) -> Vec<Stale> {
        let mut stale = Vec::new();
        for told in facts.iter_mut() {
            let Some(days) = self.days_too_old(told) else { continue };
            let place = told.fact.place.clone();
            // Those who work on the case read of it in its own words: they have to find out whether it still holds.
            let internal = self.audience == Audience::Internal;
            stale.push(Stale {
                fact: told.fact.id.clone(),
                days,
                told: internal || !told.fact.dated.is_empty(),
                place,
            });
            if !internal && !told.fact.dated.is_empty() {
                told.fact.text.clone_from(&told.fact.dated);
            }
        }
        if stale.iter().any(|stale| !stale.told) {
            let mut kept: BTreeMap<String, Told> = facts.drain(..).map(|told| (told.fact.id.clone(), told)).collect();
            for stale in stale.iter().filter(|stale| !stale.told) {
                kept.remove(&stale.fact);
                self.drop("facts", &stale.fact, "too old on this date, and nobody wrote `dated` words for it");
            }
            self.cut_dependent(&mut kept);
            *facts = kept.into_values().collect();
            self.sort(facts);
        }
        stale
    }

    /// How old the last news of a present state is, where that is too old to write about it.
    fn days_too_old(&self, told: &Told) -> Option<i64> {
        let Kind::State { topic, .. } = &told.fact.kind else { return None };
        let limit = self.case.topics.get(topic)?.stale_after.filter(|_| told.current())?;
        let confirmed = told.fact.confirmed.as_ref().map(|(on, _)| *on).filter(|on| *on <= self.as_of);
        let last = told.fact.last_known().map(|date| date.last).max(confirmed)?;
        let days = (self.as_of - last).num_days();
        (days > i64::from(limit)).then_some(days)
    }

    fn names_someone_cut(&self, text: &Text) -> bool {
        text.values().any(|words| self.names_someone(&words.value))
    }

    fn names_someone(&self, words: &str) -> bool {
        self.unspoken.iter().any(|form| form.find(words.as_bytes()).is_some())
    }

    /// Citations without a translation that would print the words of a quotation with the name of somebody cut.
    fn printable(&self, mut citations: Vec<Citation>) -> Vec<Citation> {
        for citation in citations.iter_mut().filter(|citation| citation.translation.is_some()) {
            let translated = citation.translation.iter().flat_map(|translation| translation.text.values());
            if translated.chain([&citation.quote]).any(|words| self.names_someone(&words.value)) {
                citation.translation = None;
            }
        }
        citations
    }

    /// A detail falls with its whole, a derived fact with its inputs, a superseded state with the one that took its place.
    fn cut_dependent(&mut self, told: &mut BTreeMap<String, Told>) {
        loop {
            let gone: Vec<(String, &'static str)> = told
                .values()
                .filter_map(|one| dependency_gone(one, told).map(|why| (one.fact.id.clone(), why)))
                .collect();
            if gone.is_empty() {
                return;
            }
            for (id, why) in gone {
                told.remove(&id);
                self.drop("facts", &id, why);
            }
        }
    }

    fn asks(&mut self, facts: &[Told]) -> Vec<Ask> {
        let case = self.case;
        let mut asks = Vec::new();
        for demand in case.demands.values().filter(|demand| demand.made_by.is_none()) {
            if !demand.audience.contains(&self.audience) {
                self.drop("demands", &demand.id, "not for this audience");
            } else if !grounds_stand(demand, facts) {
                self.drop("demands", &demand.id, "its grounds are gone, or not yet known");
            } else if !self.is_its_stage(demand) {
                self.drop("demands", &demand.id, "the stage of the case in which it helps is over, or not yet there");
            } else if demand.needs_counsel && !demand.is_cleared(self.as_of) {
                self.drop("demands", &demand.id, "counsel has not agreed to it");
            } else {
                asks.push(Ask {
                    id: demand.id.clone(),
                    priority: demand.priority,
                    grounds: demand.grounds.iter().map(|ground| ground.value.clone()).collect(),
                    norms: demand.norms.clone(),
                    wording: demand.ask.clone(),
                    place: demand.place.clone(),
                });
            }
        }
        asks.sort_by(|a, b| (a.priority, &a.id).cmp(&(b.priority, &b.id)));
        asks
    }

    /// Whether the case stands, for whoever knows all of it, at the stage and in the time in which a request helps.
    fn is_its_stage(&self, demand: &Demand) -> bool {
        let Some(stage) = &demand.only_while else { return true };
        let present =
            |id: &String| self.standing.counted.contains_key(id) && !self.standing.superseded.contains_key(id);
        let began = stage.states.iter().filter_map(|id| self.case.date_of(self.case.facts.get(id)?));
        let newest = began.map(|date| date.last).max();
        let in_time = stage
            .days
            .is_none_or(|days| newest.is_some_and(|newest| (self.as_of - newest).num_days() <= i64::from(days)));
        stage.states.iter().all(present) && in_time
    }

    fn made(&mut self, facts: &[Told], asks: &[Ask], names: &BTreeMap<String, Named>) -> Vec<Made> {
        let case = self.case;
        let mut all = Vec::new();
        for demand in case.demands.values() {
            let Some(made) = &demand.made_by else { continue };
            let on = made
                .on
                .clone()
                .or_else(|| made.cites.first().and_then(|c| case.records.get(&c.source)?.known_from()).map(Date::day));
            let said = on.as_ref().is_some_and(|on| on.last <= self.as_of);
            if !said || !made.cites.iter().all(|citation| self.allows(citation)) {
                self.drop("demands", &demand.id, "not yet made, or its source is not open to this audience");
                continue;
            }
            if !self.readers.all_in(|reader| demand.audience.contains(&reader)) {
                self.drop("demands", &demand.id, "not for this audience");
                continue;
            }
            if !names.contains_key(&made.who) || self.names_someone_cut(&demand.text) {
                self.drop("demands", &demand.id, "names somebody of whom this audience is not told");
                continue;
            }
            let current = grounds_stand(demand, facts);
            let restated_by = demand.restated_by.iter().find(|id| asks.iter().any(|ask| ask.id == **id)).cloned();
            if !current && restated_by.is_none() {
                self.drop("demands", &demand.id, "its grounds are gone and nothing restates it");
                continue;
            }
            all.push(Made {
                id: demand.id.clone(),
                who: made.who.clone(),
                on_page: made.cites.iter().any(|citation| case.has_doubtful_date(&citation.source)),
                on,
                text: demand.text.clone(),
                cites: self.printable(made.cites.clone()),
                current,
                restated_by,
                place: demand.place.clone(),
            });
        }
        all.sort_by(|a, b| {
            let key = |made: &Made| made.on.as_ref().map(|date| date.last);
            (key(a), &a.id).cmp(&(key(b), &b.id))
        });
        all
    }

    fn gaps(&mut self, facts: &[Told]) -> Vec<Gap> {
        let told = |id: &String| facts.iter().any(|told| told.fact.id == *id);
        let topic_stands = |topic: &String| facts.iter().any(|told| told.fact.topic() == Some(topic) && told.current());
        let (kept, cut): (Vec<_>, Vec<_>) = self.case.gaps.iter().partition(|gap| {
            self.readers.all_in(|reader| gap.audience.contains(&reader))
                && gap.between.iter().all(told)
                && gap.topic.as_ref().is_none_or(topic_stands)
        });
        for gap in cut {
            self.drop("gaps", &gap.id, "not for this audience, or does not arise on this date");
        }
        kept.into_iter().cloned().collect()
    }

    fn caveats(&self) -> BTreeMap<String, Text> {
        let told = |caveat: &Caveat| {
            caveat.audience.is_empty()
                || self.audience == Audience::Internal
                || self.readers.all_in(|reader| caveat.audience.contains(&reader))
        };
        let kept = self.case.caveats.iter().filter(|(_, caveat)| told(caveat));
        kept.map(|(id, caveat)| (id.clone(), caveat.text.clone())).collect()
    }

    fn steps(&self) -> Vec<Step> {
        let known = |step: &&Step| {
            step.date.as_ref().is_none_or(|date| date.last <= self.as_of) && step.cites.iter().all(|c| self.allows(c))
        };
        self.case.steps.iter().filter(known).cloned().collect()
    }

    /// A decision is awaited until a later state of its topic is known to anybody, whatever this audience is told.
    fn awaited(&self, facts: &[Told]) -> Vec<Awaited> {
        facts
            .iter()
            .filter_map(|told| {
                let (topic, text) = told.fact.awaits.clone()?;
                let since = told.date.as_ref()?.last;
                let decided = self
                    .standing
                    .counted
                    .keys()
                    .filter_map(|id| self.case.facts.get(id))
                    .any(|fact| fact.topic() == Some(&*topic) && fact.date().is_some_and(|date| date.last > since));
                let place = told.fact.place.clone();
                (!decided).then(|| Awaited { fact: told.fact.id.clone(), topic, text, place })
            })
            .collect()
    }

    /// The sources that may be cited, and those of them whose publisher must not be named here.
    fn sources(&self) -> (BTreeMap<String, Record>, BTreeSet<String>) {
        let published =
            |record: &Record| self.clock == Clock::Event || record.known_from().is_some_and(|day| day <= self.as_of);
        let open = |record: &&Record| {
            record.withdrawn.is_none()
                && published(record)
                && (self.audience == Audience::Internal || self.open(record))
        };
        let mut withheld = BTreeSet::new();
        let known = self.case.records.iter().filter(|(_, record)| open(record));
        let told = known.map(|(id, record)| {
            let named = record.publishers().any(|name| self.names_someone(name));
            if named {
                withheld.insert(id.clone());
            }
            (id.clone(), if named { record.without_publisher() } else { record.clone() })
        });
        (told.collect(), withheld)
    }
}

fn dependency_gone(one: &Told, told: &BTreeMap<String, Told>) -> Option<&'static str> {
    if one.fact.part_of.as_ref().is_some_and(|whole| !told.contains_key(whole)) {
        return Some("the fact it is a detail of is left out");
    }
    let mut inputs = one.fact.derived.iter().flat_map(|derived| &derived.from);
    if inputs.any(|input| !told.contains_key(input)) {
        return Some("a fact it follows from is left out");
    }
    if one.superseded_by.as_ref().is_some_and(|by| !told.contains_key(by)) {
        return Some("the state that took its place is left out");
    }
    if !one.fact.told_with.is_empty() && !one.fact.told_with.iter().any(|id| told.contains_key(id)) {
        return Some("nothing of what must be told with it may be told here");
    }
    None
}

/// A ground stands while it may be told and nothing has taken its place.
fn grounds_stand(demand: &Demand, facts: &[Told]) -> bool {
    demand.grounds.iter().all(|ground| facts.iter().any(|told| told.fact.id == ground.value && told.current()))
}
