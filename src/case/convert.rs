//! From what was typed to what it means: every id resolved, every date real, every problem told at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::date::{self, Date};
use super::model::{
    About, Argument, Audiences, COUNSEL, Case, Caveat, Change, Citation, Clearance, Collect, Conflict, ConflictKind,
    Consent, Demand, Derived, Fact, Filing, Gap, InstitutionKind, Kind, MadeBy, Named, NamedKind, Paper, Relation,
    Review, Risk, Spelling, StageOfCase, Step, Text, Topic,
};
use super::raw::{
    RawCase, RawCitation, RawCleared, RawCollect, RawDate, RawDemand, RawDocument, RawFact, RawName, RawRelation,
    RawSpelling, RawStage, RawStep, RawText, RawTranslation,
};
use super::{Translation, TranslationStatus};
use crate::diag::{Code, Diagnostic, Place};
use crate::reference::audience::Audience;
use crate::reference::vocabulary::{Power, Status};
use crate::source::{Locator, Records};
use crate::yaml::{At, Entries, nearest};

/// Converts a case.
///
/// With every problem found. The case exists only without errors; warnings come with it.
#[must_use]
pub fn convert(file: &Arc<str>, raw: &RawCase, records: Records) -> (Option<Case>, Vec<Diagnostic>) {
    let mut reader = Reader::new(file.clone(), raw, &records);
    let case = reader.case(raw);
    let case = Case { records, ..case };
    let mut problems = reader.problems;
    if problems.is_empty() {
        super::shape::check(&case, raw, &mut problems);
    }
    let broken = problems.iter().any(|problem| problem.severity == crate::diag::Severity::Error);
    (if broken { None } else { Some(case) }, problems)
}

/// Reads raw values and remembers problems.
struct Reader {
    file: Arc<str>,
    problems: Vec<Diagnostic>,
    languages: Vec<String>,
    /// Ids that exist, by kind.
    known: BTreeMap<&'static str, BTreeSet<String>>,
}

const NAMED: &str = "person, organisation, institution or place";
const SOURCE: &str = "source";
const FACT: &str = "fact";
const DEMAND: &str = "demand";
const CAVEAT: &str = "caveat";
const TOPIC: &str = "topic";

/// The papers go to a folder of this name: it must not lead elsewhere.
fn is_folder_name(id: &str) -> bool {
    let mut parts = std::path::Path::new(id).components();
    let is_one = matches!((parts.next(), parts.next()), (Some(std::path::Component::Normal(_)), None));
    is_one && !id.starts_with('.') && !id.contains(|c: char| c.is_control() || "/\\".contains(c))
}

impl Reader {
    fn new(file: Arc<str>, raw: &RawCase, records: &Records) -> Self {
        let mut reader = Self { file, problems: Vec::new(), languages: Vec::new(), known: BTreeMap::new() };
        reader.languages = raw.languages.iter().map(|language| language.value.clone()).collect();
        reader.know(NAMED, &raw.persons);
        reader.know(NAMED, &raw.organisations);
        reader.know(NAMED, &raw.institutions);
        reader.know(NAMED, &raw.places);
        reader.know(TOPIC, &raw.topics);
        reader.know(FACT, &raw.facts);
        reader.know(DEMAND, &raw.demands);
        reader.know(CAVEAT, &raw.caveats);
        reader.known.entry(SOURCE).or_default().extend(records.keys().cloned());
        reader
    }

    fn know<T>(&mut self, kind: &'static str, entries: &Entries<T>) {
        for (id, _) in entries {
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/.".contains(c);
            if id.is_empty() || !id.chars().all(fits) {
                self.error(Code::CaseBadValue, id, format!("`{}` is not an id", id.value), "use a-z, 0-9, `-` and `/`");
            }
            if !self.known.entry(kind).or_default().insert(id.value.clone()) {
                let words = format!("the {kind} `{}` is defined a second time", id.value);
                self.error(Code::CaseDuplicateKey, id, words, "give each its own id");
            }
        }
    }

    fn error<T>(&mut self, code: Code, at: &At<T>, words: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Diagnostic::error(code, at.place.clone(), words).hint(hint));
    }

    /// An id that must exist.
    fn id(&mut self, kind: &'static str, id: &At<String>) -> String {
        let known: Vec<&String> = self.known.get(kind).into_iter().flatten().collect();
        if !known.iter().any(|name| **name == id.value) {
            let hint = nearest(&id.value, &known).unwrap_or_else(|| format!("define it, or name a {kind} that exists"));
            self.error(Code::CaseUnknownId, id, format!("there is no {kind} `{}`", id.value), hint);
        }
        id.value.clone()
    }

    fn ids(&mut self, kind: &'static str, ids: &[At<String>]) -> Vec<String> {
        ids.iter().map(|id| self.id(kind, id)).collect()
    }

    fn day(&mut self, text: &At<String>) -> NaiveDate {
        date::day(text).unwrap_or_else(|words| {
            self.error(
                Code::CaseBadDate,
                text,
                words,
                "correct the date, or write the month or year alone where one is allowed",
            );
            NaiveDate::default()
        })
    }

    fn date(&mut self, raw: &At<RawDate>) -> Date {
        let read = Date::parse(&raw.value.value).unwrap_or_else(|words| {
            self.error(Code::CaseBadDate, raw, words, "look the date up in the source again");
            Date::day(NaiveDate::default())
        });
        let words = |part: &Option<At<String>>| part.as_ref().map(|text| text.value.clone());
        Date { printed: words(&raw.printed), reckoning: words(&raw.reckoning), ..read }
    }

    /// One of a closed list of words.
    fn word<T: Copy>(&mut self, at: &At<String>, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
        let found = all.iter().copied().find(|item| name(*item) == at.value);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|item| name(*item)).collect();
            let hint = nearest(&at.value, &names).unwrap_or_else(|| format!("use one of: {}", names.join(", ")));
            self.error(Code::CaseBadValue, at, format!("`{}` is not a value of this key", at.value), hint);
        }
        found
    }

    /// Words in every language of the case; `needed` says whether all must be there.
    fn text(&mut self, raw: &RawText, needed: bool, place: &Place) -> Text {
        if needed || !raw.is_empty() {
            for language in self.languages.clone() {
                if raw.get(&language).is_none() {
                    let words = format!("the words in `{language}` are missing here");
                    let hint = format!("add `{language}: …`; a paper in that language would have a hole");
                    self.problems.push(Diagnostic::error(Code::CaseLanguageMissing, place.clone(), words).hint(hint));
                }
            }
        }
        self.words(raw)
    }

    /// Words in some languages of the case: a translation into the language of the source would be none.
    fn words(&mut self, raw: &RawText) -> Text {
        for (language, words) in raw {
            if words.trim().is_empty() {
                self.error(Code::CaseMissingKey, words, "there are no words here", "write them, or delete the key");
            }
            if !self.languages.is_empty() && !self.languages.contains(&language.value) {
                let hint = format!("the case has: {}", self.languages.join(", "));
                self.error(
                    Code::CaseBadValue,
                    language,
                    format!("`{}` is not a language of this case", language.value),
                    hint,
                );
            }
        }
        raw.iter().map(|(language, words)| (language.value.clone(), words.clone())).collect()
    }

    fn audience(&mut self, raw: &[At<String>]) -> Audiences {
        raw.iter().filter_map(|name| self.word(name, &Audience::ALL, Audience::name)).collect()
    }

    /// The audience of something that everybody is told unless the file says so. Whatever it says, those who work on
    /// the case are told.
    fn open_audience(&mut self, raw: &[At<String>]) -> Audiences {
        if raw.is_empty() { Audiences::new() } else { self.closed_audience(raw) }
    }

    /// The audience of something that nobody is told unless the file says so.
    fn closed_audience(&mut self, raw: &[At<String>]) -> Audiences {
        let mut set = self.audience(raw);
        set.insert(Audience::Internal);
        set
    }

    fn locator(&mut self, at: &At<String>) -> Locator {
        at.parse().unwrap_or_else(|error: crate::source::LocatorError| {
            self.error(Code::CiteLocator, at, error.to_string(), "write `para 12`, `page 3` or `page 3 para 2`");
            Locator::Para(1)
        })
    }

    fn citation(&mut self, raw: &RawCitation) -> Citation {
        Citation {
            source: self.id(SOURCE, &raw.source),
            at: self.locator(&raw.at),
            quote: raw.quote.clone(),
            voices: self.ids(NAMED, &raw.voice),
            translation: raw.translation.as_ref().map(|translation| self.translation(translation)),
            meaning: raw.meaning.clone(),
            audience: self.open_audience(&raw.audience),
            place: raw.quote.place.clone(),
        }
    }

    fn translation(&mut self, raw: &RawTranslation) -> Translation {
        if raw.text.is_empty() {
            self.error(
                Code::CaseMissingKey,
                &raw.by,
                "the translation has no words",
                "add them, by language: `text: {en: …}`",
            );
        }
        let status = self.word(&raw.status, TranslationStatus::ALL, TranslationStatus::name);
        Translation {
            text: self.words(&raw.text),
            by: raw.by.value.clone(),
            on: self.day(&raw.on),
            status: status.unwrap_or(TranslationStatus::Draft),
            seal: raw.seal.clone(),
            place: raw.by.place.clone(),
        }
    }

    fn citations(&mut self, raw: &[RawCitation]) -> Vec<Citation> {
        raw.iter().map(|citation| self.citation(citation)).collect()
    }

    fn case(&mut self, raw: &RawCase) -> Case {
        let here = At { value: (), place: Place::line(self.file.clone(), 1) };
        if raw.id.is_none() {
            self.error(
                Code::CaseMissingKey,
                &here,
                "the case has no `id`",
                "add a line `id: …` with the folder's name",
            );
        }
        if let Some(id) = raw.id.as_ref().filter(|id| !is_folder_name(id)) {
            self.error(
                Code::CaseBadValue,
                id,
                format!("`{}` cannot be the name of a folder", id.value),
                "use the name of the case's folder, without slashes and with no dot in front",
            );
        }
        if raw.country.is_none() {
            self.error(
                Code::CaseMissingKey,
                &here,
                "the case names no `country`",
                "add a line `country: …`, an ISO 3166 code",
            );
        }
        if raw.victims.is_empty() {
            self.error(Code::CaseMissingKey, &here, "the case names no victim", "add a line `victims: [id]`");
        }
        if raw.languages.is_empty() {
            self.error(Code::CaseMissingKey, &here, "the case names no `languages`", "add a line `languages: [en, …]`");
        }
        let text = |value: &Option<At<String>>| value.as_ref().map(|value| value.value.clone()).unwrap_or_default();
        Case {
            id: text(&raw.id),
            file: self.file.clone(),
            country: text(&raw.country),
            languages: self.languages.clone(),
            victims: self.ids(NAMED, &raw.victims),
            date: raw.date.as_ref().map(|day| self.day(day)),
            names: self.names(raw),
            topics: self.topics(raw),
            facts: raw
                .facts
                .iter()
                .enumerate()
                .map(|(order, (id, fact))| (id.value.clone(), self.fact(order, id, fact)))
                .collect(),
            demands: raw.demands.iter().map(|(id, demand)| (id.value.clone(), self.demand(id, demand))).collect(),
            caveats: raw
                .caveats
                .iter()
                .map(|(id, caveat)| {
                    let text = self.text(&caveat.text, true, &id.place);
                    (id.value.clone(), Caveat { text, audience: self.audience(&caveat.audience) })
                })
                .collect(),
            conflicts: self.conflicts(raw),
            gaps: self.gaps(raw),
            arguments: self.arguments(raw),
            steps: self.steps(raw),
            papers: self.papers(raw),
            records: BTreeMap::new(),
        }
    }

    fn names(&mut self, raw: &RawCase) -> BTreeMap<String, Named> {
        let mut all = BTreeMap::new();
        for (id, person) in &raw.persons {
            let mut named = self.named(id, NamedKind::Person, &person.name, &person.variants, &person.slips);
            named.family_name = self.part_of_name(&person.family_name, &named);
            named.first_name = self.part_of_name(&person.first_name, &named);
            named.describe = self.text(&person.describe, false, &id.place);
            named.pronouns = self.text(&person.pronouns, false, &id.place);
            named.relations = person.relation.iter().chain(&person.relations).map(|r| self.relation(r)).collect();
            named.audience = self.open_audience(&person.audience);
            named.protected =
                person.protect.as_ref().is_some_and(|protect| self.word(protect, &["unnamed"], |word| word).is_some());
            if named.protected && (!person.name.is_empty() || !person.variants.is_empty() || !person.slips.is_empty()) {
                self.error(
                    Code::WordingProtected,
                    id,
                    "a protected person has a name in this file",
                    "delete the name; `describe` says how to speak of the person",
                );
            }
            for (scope, consent) in &person.consent {
                let withdrawn_on = consent.withdrawn_on.as_ref().map(|day| self.day(day));
                let given_by = consent.given_by.value.clone();
                named.consents.push(Consent {
                    scope: scope.value.clone(),
                    given_by,
                    on: self.day(&consent.on),
                    withdrawn_on,
                });
            }
            all.insert(id.value.clone(), named);
        }
        for (id, organisation) in &raw.organisations {
            let mut named = self.named(
                id,
                NamedKind::Organisation,
                &organisation.name,
                &organisation.variants,
                &organisation.slips,
            );
            named.relations = organisation.relations.iter().map(|r| self.relation(r)).collect();
            named.audience = self.open_audience(&organisation.audience);
            let (status, problems) = crate::source::statuses(&organisation.status);
            named.status = status;
            self.problems.extend(problems);
            all.insert(id.value.clone(), named);
        }
        for (id, institution) in &raw.institutions {
            let typed = institution.kind.as_ref();
            let kind = typed.and_then(|kind| self.word(kind, InstitutionKind::ALL, InstitutionKind::name));
            let kind = NamedKind::Institution(kind.unwrap_or(InstitutionKind::Service));
            let mut named = self.named(id, kind, &institution.name, &institution.variants, &institution.slips);
            named.directory = institution.directory.as_ref().map(|office| office.value.clone());
            all.insert(id.value.clone(), named);
        }
        for (id, place) in &raw.places {
            all.insert(id.value.clone(), self.named(id, NamedKind::Place, &place.name, &place.variants, &[]));
        }
        all
    }

    fn named(
        &mut self,
        id: &At<String>,
        kind: NamedKind,
        names: &Entries<At<RawName>>,
        variants: &[RawSpelling],
        slips: &[RawSpelling],
    ) -> Named {
        let mut basis = BTreeMap::new();
        for (language, name) in names {
            if let Some(given) = &name.basis {
                let kinds = ["source", "transliteration", "translation"];
                if self.word(given, &kinds, |word| word).is_some() {
                    basis.insert(language.value.clone(), given.value.clone());
                }
            }
        }
        Named {
            id: id.value.clone(),
            kind,
            names: names.iter().map(|(language, raw)| (language.value.clone(), raw.value.name.clone())).collect(),
            basis,
            family_name: Text::new(),
            first_name: Text::new(),
            describe: Text::new(),
            pronouns: Text::new(),
            variants: self.spellings(variants),
            slips: self.spellings(slips),
            relations: Vec::new(),
            protected: false,
            audience: Audiences::new(),
            status: Vec::new(),
            consents: Vec::new(),
            directory: None,
            place: id.place.clone(),
        }
    }

    fn spellings(&mut self, raw: &[RawSpelling]) -> Vec<Spelling> {
        raw.iter()
            .map(|raw| Spelling {
                spelling: raw.spelling.clone(),
                source: self.id(SOURCE, &raw.source),
                at: self.locator(&raw.at),
            })
            .collect()
    }

    fn relation(&mut self, raw: &RawRelation) -> Relation {
        Relation {
            to: self.id(NAMED, &raw.to),
            kind: raw.kind.value.clone(),
            period: raw.period.as_ref().map(|period| period.value.clone()),
            said_by: self.ids(SOURCE, &raw.said_by),
        }
    }

    fn topics(&mut self, raw: &RawCase) -> BTreeMap<String, Topic> {
        let mut all = BTreeMap::new();
        for (id, topic) in &raw.topics {
            let topic = Topic {
                title: self.text(&topic.title, true, &id.place),
                stale_after: topic.stale_after.as_ref().map(|days| days.value),
                unknown: self.text(&topic.unknown, false, &id.place),
                place: id.place.clone(),
            };
            all.insert(id.value.clone(), topic);
        }
        all
    }

    fn fact(&mut self, order: usize, id: &At<String>, raw: &RawFact) -> Fact {
        let mut sets = Vec::new();
        if !raw.cites.is_empty() {
            sets.push(self.citations(&raw.cites));
        }
        for set in &raw.or_cites {
            sets.push(self.citations(set));
        }
        Fact {
            id: id.value.clone(),
            order,
            kind: self.kind(id, raw),
            part_of: raw.part_of.as_ref().map(|whole| self.id(FACT, whole)),
            about: raw
                .about
                .as_ref()
                .and_then(|about| self.word(about, About::ALL, About::name))
                .unwrap_or(About::Context),
            urgent: raw.urgent,
            ceiling: raw.status.as_ref().and_then(|status| self.ceiling(status)),
            text: self.text(&raw.text, true, &id.place),
            dated: self.dated(id, raw),
            told_with: self.told_with(id, &raw.told_with),
            unanswered: raw.unanswered.as_ref().map(|why| why.value.clone()),
            sets,
            also: self.citations(&raw.also),
            caveats: self.ids(CAVEAT, &raw.caveats),
            derived: raw
                .derived
                .iter()
                .map(|derived| Derived {
                    words: derived.words.clone(),
                    from: self.ids(FACT, &derived.from),
                    how: derived.how.value.clone(),
                })
                .collect(),
            reviewed: raw.reviewed.as_ref().map(|review| Review {
                by: review.by.value.clone(),
                on: self.day(&review.on),
                seal: review.seal.clone(),
            }),
            audience: self.closed_audience(&raw.audience),
            at: raw.at.as_ref().map(|at| self.id(NAMED, at)),
            awaits: raw
                .awaits
                .as_ref()
                .map(|awaits| (self.id(TOPIC, &awaits.topic), self.text(&awaits.text, true, &awaits.topic.place))),
            confirmed: raw.confirmed.as_ref().map(|confirmed| (self.day(&confirmed.on), confirmed.how.value.clone())),
            place: id.place.clone(),
        }
    }

    /// The words of a state for papers to which it is too old.
    fn dated(&mut self, id: &At<String>, raw: &RawFact) -> Text {
        if raw.state.is_none() && !raw.dated.is_empty() {
            let words = format!("the fact `{}` is no state and has words for a day on which it is too old", id.value);
            self.error(Code::CaseBadValue, id, words, "delete `dated`: an event stays true");
        }
        self.text(&raw.dated, false, &id.place)
    }

    fn told_with(&mut self, id: &At<String>, raw: &[At<String>]) -> Vec<String> {
        if let Some(own) = raw.iter().find(|other| other.value == id.value) {
            self.error(Code::CaseCycle, own, format!("`{}` is told with itself", id.value), "name another fact");
        }
        self.ids(FACT, raw)
    }

    fn ceiling(&mut self, status: &At<String>) -> Option<Status> {
        if matches!(status.value.as_str(), "established" | "derived") {
            let words = format!("`{}` is worked out, never typed", status.value);
            self.error(
                Code::CaseBadValue,
                status,
                words,
                "delete the line, or write `reported`, `alleged`, `feared` or `disputed`",
            );
            return None;
        }
        self.word(status, Status::ALL, Status::name)
    }

    fn kind(&mut self, id: &At<String>, raw: &RawFact) -> Kind {
        match (&raw.event, &raw.state) {
            (Some(date), None) => {
                self.no_state_keys(id, raw);
                Kind::Event(self.date(date))
            }
            (None, Some(topic)) => self.state(id, topic, raw),
            (None, None) if raw.part_of.is_some() => {
                self.no_state_keys(id, raw);
                Kind::Detail
            }
            (None, None) => {
                self.error(
                    Code::CaseMissingKey, id, format!("the fact `{}` is neither an event nor a state", id.value),
                    "add `event: DATE` if it happened, `state: TOPIC` if it holds until something changes it, or `part-of: FACT`",
                );
                Kind::Detail
            }
            (Some(_), Some(topic)) => {
                self.error(
                    Code::CaseBadValue,
                    topic,
                    format!("the fact `{}` is both an event and a state", id.value),
                    "an event is never superseded, a state may be: make two facts of it",
                );
                Kind::Detail
            }
        }
    }

    fn no_state_keys(&mut self, id: &At<String>, raw: &RawFact) {
        let typed = raw.from.is_some() || raw.seen.is_some() || raw.until.is_some();
        let changes = [&raw.adds, &raw.replaces, &raw.requalifies, &raw.ends];
        if typed || changes.iter().any(|change| change.is_some()) || raw.via.is_some() {
            self.error(
                Code::CaseBadValue,
                id,
                format!("the fact `{}` is no state, but has keys of a state", id.value),
                "only a state has `from`, `seen`, `until`, `adds`, `replaces`, `requalifies`, `ends` and `via`",
            );
        }
    }

    fn state(&mut self, id: &At<String>, topic: &At<String>, raw: &RawFact) -> Kind {
        let topic = self.id(TOPIC, topic);
        if raw.from.is_none() && raw.seen.is_none() {
            self.error(
                Code::CaseMissingKey,
                id,
                format!("the state `{}` has no date", id.value),
                "add `from: DATE` (since when) or `seen: DATE` (last seen to hold)",
            );
        }
        Kind::State {
            topic,
            from: raw.from.as_ref().map(|date| self.date(date)),
            seen: raw.seen.as_ref().map(|date| self.date(date)),
            until: raw.until.as_ref().map(|date| self.date(date)),
            change: self.change(id, raw),
            via_unknown: raw
                .via
                .as_ref()
                .filter(|via| via.unknown.value)
                .map(|via| via.between.iter().map(|date| self.date(date)).collect()),
        }
    }

    fn change(&mut self, id: &At<String>, raw: &RawFact) -> Change {
        type Make = fn(String) -> Change;
        let kinds: [(&Option<At<String>>, Make); 4] = [
            (&raw.adds, Change::Adds),
            (&raw.replaces, Change::Replaces),
            (&raw.requalifies, Change::Requalifies),
            (&raw.ends, Change::Ends),
        ];
        let given: Vec<(&At<String>, Make)> =
            kinds.into_iter().filter_map(|(target, make)| target.as_ref().map(|target| (target, make))).collect();
        match given.as_slice() {
            [(target, _)] if target.value == "none" => Change::First,
            [(target, make)] => make(self.id(FACT, target)),
            [] => {
                self.error(
                    Code::CaseMissingKey, id, format!("the state `{}` does not say what it changes", id.value),
                    "add `replaces: none` for the first state of its topic, else `adds`, `replaces`, `requalifies` or `ends` with the id of the state before it",
                );
                Change::First
            }
            [_, (second, _), ..] => {
                self.error(Code::CaseBadValue, *second, "a state changes one thing in one way", "keep one of the keys");
                Change::First
            }
        }
    }

    fn demand(&mut self, id: &At<String>, raw: &RawDemand) -> Demand {
        for ground in raw.following_from.iter().chain(&raw.while_) {
            self.id(FACT, ground);
        }
        let misplaced = if raw.made_by.is_some() { raw.following_from.first() } else { raw.while_.first() };
        if let Some(ground) = misplaced {
            let words = "a source's demand stands `while` facts do; a demand of ours is `following-from` them";
            self.error(Code::CaseBadValue, ground, words, "use the other key");
        }
        if raw.following_from.is_empty() && raw.made_by.is_none() {
            self.error(
                Code::DemandNoGround,
                id,
                format!("the demand `{}` rests on nothing", id.value),
                "add `following-from: [facts]`, or `made-by` with who made it and where it stands",
            );
        }
        if raw.made_by.is_some() && !raw.ask.is_empty() {
            self.error(
                Code::CaseBadValue, id, format!("the demand `{}` is a source's demand and an ask of ours at once", id.value),
                "make two demands: one with `made-by`, one with `following-from` and `ask`; join them with `restated-by`",
            );
        }
        if raw.made_by.is_none() && raw.ask.is_empty() {
            self.error(
                Code::CaseMissingKey,
                id,
                format!("the demand `{}` says nothing to ask", id.value),
                "add `ask:` with one wording per power",
            );
        }
        let mut ask = BTreeMap::new();
        for (power, words) in &raw.ask {
            if let Some(known) = self.word(power, Power::ALL, Power::name) {
                ask.insert(known, self.text(words, true, &power.place));
            }
        }
        Demand {
            id: id.value.clone(),
            priority: raw.priority.as_ref().map_or(100, |priority| priority.value),
            grounds: raw.following_from.iter().chain(&raw.while_).cloned().collect(),
            made_by: raw.made_by.as_ref().map(|made| MadeBy {
                who: self.id(NAMED, &made.who),
                on: made.on.as_ref().map(|date| self.date(date)),
                cites: self.citations(&made.cites),
            }),
            restated_by: self.ids(DEMAND, &raw.restated_by),
            text: self.text(&raw.text, raw.made_by.is_some(), &id.place),
            norms: raw.norms.clone(),
            ask,
            only_while: raw.only_while.as_ref().map(|stage| self.stage(stage)),
            risk: raw.risk.as_ref().map(|risk| Risk {
                says: risk.says.clone(),
                source: risk.source.value.clone(),
                verified_on: risk.verified_on.as_ref().map(|day| self.day(day)),
            }),
            needs_counsel: raw.needs_counsel,
            cleared_by: raw.cleared_by.as_ref().and_then(|cleared| self.clearance(cleared)),
            audience: self.closed_audience(&raw.audience),
            place: id.place.clone(),
        }
    }

    fn stage(&mut self, raw: &RawStage) -> StageOfCase {
        if let Some(days) = raw.days.as_ref().filter(|_| raw.source.is_none()) {
            let hint = "add `source`, and `verified-on` once somebody has looked it up";
            self.error(Code::CaseMissingKey, days, "a time is set without where it stands", hint);
        }
        raw.verified_on.iter().for_each(|day| _ = self.day(day));
        StageOfCase { states: self.ids(FACT, &raw.states), days: raw.days.as_ref().map(|days| days.value) }
    }

    fn clearance(&mut self, raw: &RawCleared) -> Option<Clearance> {
        let who = self.word(&raw.who, &["family", COUNSEL, "organisation"], |word| word)?;
        Some(Clearance { who: who.to_owned(), on: self.day(&raw.on), how: raw.how.value.clone() })
    }

    fn conflicts(&mut self, raw: &RawCase) -> Vec<Conflict> {
        raw.conflicts
            .iter()
            .map(|conflict| Conflict {
                kind: self.word(&conflict.kind, ConflictKind::ALL, ConflictKind::name).unwrap_or(ConflictKind::Wording),
                about: conflict.about.value.clone(),
                values: conflict
                    .values
                    .iter()
                    .map(|value| (value.says.value.clone(), self.id(SOURCE, &value.source), self.locator(&value.at)))
                    .collect(),
                resolution: conflict.resolution.value.clone(),
                why: conflict.why.value.clone(),
                facts: self.ids(FACT, &conflict.facts),
                place: conflict.kind.place.clone(),
            })
            .collect()
    }

    fn gaps(&mut self, raw: &RawCase) -> Vec<Gap> {
        raw.gaps
            .iter()
            .map(|(id, gap)| Gap {
                id: id.value.clone(),
                text: self.text(&gap.text, true, &id.place),
                fields: gap.fields.iter().map(|field| field.value.clone()).collect(),
                between: self.ids(FACT, &gap.between),
                topic: gap.topic.as_ref().map(|topic| self.id(TOPIC, topic)),
                audience: self.closed_audience(&gap.audience),
                place: id.place.clone(),
            })
            .collect()
    }

    fn arguments(&mut self, raw: &RawCase) -> Vec<Argument> {
        raw.arguments
            .iter()
            .map(|(category, argument)| {
                if argument.claimed.value && (argument.facts.is_empty() || argument.norms.is_empty()) {
                    self.error(
                        Code::CaseMissingKey,
                        category,
                        "a claimed category joins facts to norms",
                        "add `facts:` and `norms:`, or write `claimed: false` with `why:`",
                    );
                }
                if !argument.claimed.value && argument.why.is_none() {
                    self.error(
                        Code::CaseMissingKey,
                        category,
                        "a category that is not claimed says why",
                        "add `why: …`",
                    );
                }
                Argument {
                    category: category.value.clone(),
                    claimed: argument.claimed.value,
                    facts: self.ids(FACT, &argument.facts),
                    norms: argument.norms.clone(),
                    concession: argument.concession.as_ref().map(|why| why.value.clone()),
                    text: self.text(&argument.text, argument.claimed.value, &category.place),
                    why: argument.why.as_ref().map(|why| why.value.clone()),
                    audience: self.closed_audience(&argument.audience),
                    place: category.place.clone(),
                }
            })
            .collect()
    }

    /// The day that the papers of a step bear: as it says, else the day of the step.
    fn bears(&mut self, raw: &RawStep) -> Option<NaiveDate> {
        let unknown = raw.date.value == "unknown";
        if let Some(sent) = raw.sent.first().filter(|_| unknown && raw.as_of.is_none()) {
            let hint = "add `as-of: 2024-10-01`, the date that is printed on the paper";
            self.error(Code::CaseMissingKey, sent, "it is not said of which day this paper is", hint);
        }
        let typed = raw.as_of.as_ref().or(Some(&raw.date).filter(|_| !unknown && !raw.sent.is_empty()))?;
        Some(self.day(typed))
    }

    fn steps(&mut self, raw: &RawCase) -> Vec<Step> {
        let known = |value: &At<String>| (value.value != "unknown").then(|| value.value.clone());
        raw.steps
            .iter()
            .map(|step| Step {
                sent: step.sent.iter().map(|paper| paper.value.clone()).collect(),
                bears: self.bears(step),
                body: step.body.value.clone(),
                date: known(&step.date).map(|_| {
                    let raw = step.date.with(RawDate { value: step.date.clone(), printed: None, reckoning: None });
                    self.date(&raw)
                }),
                outcome: known(&step.outcome),
                text: self.text(&step.text, false, &step.body.place),
                cites: self.citations(&step.cites),
                place: step.body.place.clone(),
            })
            .collect()
    }

    fn papers(&mut self, raw: &RawCase) -> Vec<Paper> {
        raw.documents
            .iter()
            .map(|paper| Paper {
                template: paper.template.clone(),
                to: paper.to.clone(),
                languages: paper.languages.clone(),
                because: paper.because.as_ref().map(|why| why.value.clone()),
                cleared_by: paper.cleared_by.as_ref().and_then(|cleared| self.clearance(cleared)),
                collect: paper.collect.as_ref().map(|collect| self.collect(collect)),
                filing: self.filing(paper, &raw.victims),
            })
            .collect()
    }

    fn collect(&mut self, raw: &At<RawCollect>) -> Collect {
        if let Some(organiser) = &raw.organiser {
            self.id(NAMED, organiser);
        }
        let return_by = raw.return_by.as_ref().map(|day| self.day(day));
        let keep_until = raw.keep_until.as_ref().map(|day| self.day(day));
        if let Some(typed) = raw.keep_until.as_ref().filter(|_| keep_until < return_by) {
            let words = "what is signed would be destroyed before the day by which it comes back";
            self.error(Code::CaseBadDate, typed, words, "keep it at least until it has been counted and handed over");
        }
        let return_to = raw.return_to.iter().map(|line| line.value.clone()).collect();
        Collect { organiser: raw.organiser.clone(), return_to, return_by, keep_until, place: raw.place.clone() }
    }

    fn filing(&mut self, paper: &RawDocument, victims: &[At<String>]) -> Filing {
        let victim = paper.victim.as_ref();
        if let Some(victim) = victim.filter(|one| !victims.iter().any(|known| known.value == one.value)) {
            let ids: Vec<&str> = victims.iter().map(|known| known.value.as_str()).collect();
            let words = format!("`{}` is no victim of this case", victim.value);
            self.error(Code::CaseUnknownId, victim, words, format!("name one of: {}", ids.join(", ")));
        }
        let informed = paper.counsel_informed.as_ref();
        Filing {
            victim: victim.cloned(),
            counsel_informed: informed.map(|informed| (self.day(&informed.on), informed.how.value.clone())),
            answers: paper.answers.iter().map(|(field, facts)| (field.clone(), self.ids(FACT, facts))).collect(),
        }
    }

    /// A part of a person's name stands in the name.
    fn part_of_name(&mut self, raw: &RawText, named: &Named) -> Text {
        for (language, part) in raw {
            let whole = named.names.get(&language.value);
            if !whole.is_some_and(|whole| whole.plain().contains(part.value.as_str())) {
                let words = format!("`{}` is no part of the name in `{}`", part.value, language.value);
                self.error(Code::CaseBadValue, part, words, "write it as it stands in `name`");
            }
        }
        self.words(raw)
    }
}
