//! The values that a template may use, from a view, for one language and one recipient.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::value::Rest;
use minijinja::{Error, Value};

use super::claims::{self, Claim, Claims, date_words, in_language, place_of};
use super::people::{self, nothing};
use super::refuse::refuse;
use super::values::{self, Fields, put, thing, words};
use crate::assemble::form::Form;
use crate::case::view::{PLACE_OF_DETENTION, SENTENCE, Told, View};
use crate::case::{Citation, Date, FactAbout, Filing, Power, Status, Text};
use crate::diag::{Code, Place};
use crate::document::{ClaimId, ClaimKind, DemandId, FactId};
use crate::reference::{Locale, Office, Reference, WordList};

/// Writes the places of citations in words.
pub type Places<'a> = dyn Fn(&[Citation]) -> String + 'a;

/// The purpose of the values: language, recipients and limits.
pub struct Wanted<'a> {
    /// Language of the document.
    pub language: &'a str,
    /// The office addressed, if there is one.
    pub recipient: Option<&'a Office>,
    /// The offices that a document for supporters names.
    pub recipients: &'a [&'a Office],
    /// The most demands for one office.
    pub most_asks: usize,
    /// The last day on which the document may be used; `None` if it must not be sent.
    pub use_until: Option<chrono::NaiveDate>,
    /// The gathering of signatures, if people sign.
    pub gathering: super::request::Gathering<'a>,
    /// The list of sources, one entry each. It is costly, so it is made only for a template that prints it.
    pub sources: Vec<(String, String)>,
    /// Writes the places of citations as in a note. It is costly, so it is given only for a template that prints
    /// places.
    pub places: Option<&'a Places<'a>>,
    /// True if nobody who reads both languages has compared all texts of the letter with their sources.
    pub unread: bool,
    /// The form that the document fills in, with the entries of the case for it.
    pub form: Option<(&'a Form, &'a Filing)>,
}

/// The values and the claims behind them.
pub struct TemplateContext {
    /// The values by name.
    pub values: Fields,
    /// The claims.
    pub claims: Claims,
}

/// Makes the values of a view.
#[must_use]
pub fn context(wanted: &Wanted, view: &View, reference: &Reference, locale: &Locale) -> TemplateContext {
    let claims = Claims::default();
    let (facts, asks, norms) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut maker = Maker { wanted, view, reference, locale, claims, facts, asks, norms };
    let values = maker.values();
    TemplateContext { values, claims: maker.claims }
}

pub(super) struct Maker<'a> {
    pub(super) wanted: &'a Wanted<'a>,
    pub(super) view: &'a View,
    pub(super) reference: &'a Reference,
    pub(super) locale: &'a Locale,
    pub(super) claims: Claims,
    /// Each fact as a value, in the order of the view.
    pub(super) facts: BTreeMap<&'a FactId, Value>,
    /// Each demand in the wording of a power as a value, whatever lists have it.
    pub(super) asks: BTreeMap<(DemandId, Power), Value>,
    /// Each article as a value.
    pub(super) norms: BTreeMap<String, Value>,
}

impl<'a> Maker<'a> {
    fn values(&mut self) -> Fields {
        let mut out = Fields::new();
        self.people(&mut out);
        self.statements(&mut out);
        self.demands(&mut out);
        let form = self.wanted.form.map(|(form, filing)| self.form(form, filing));
        put(&mut out, "form", form.unwrap_or_else(nothing));
        put(&mut out, "as_of", words(self.locale.format.date(self.view.as_of)));
        let until = self.wanted.use_until.map(|day| words(self.locale.format.date(day)));
        put(&mut out, "use_until", until.unwrap_or_else(nothing));
        put(&mut out, "unread", self.wanted.unread);
        put(&mut out, "words", fixed_words(self.locale));
        put(&mut out, "language", self.wanted.language);
        put(&mut out, "country", self.country());
        put(&mut out, "collect", self.collect());
        let sources = self.wanted.sources.iter().map(|(id, entry)| {
            Value::from_object(values::WordsValue {
                text: entry.clone(),
                fields: [("id", Value::from(id.as_str()))].into(),
            })
        });
        put(&mut out, "sources", sources.collect::<Vec<_>>());
        out
    }

    fn country(&self) -> Value {
        let (code, language) = (&self.view.country, self.wanted.language);
        let name = self.reference.country(code).and_then(|country| country.name.get(language));
        name.map_or_else(|| self.missing_country(), people::declined)
    }

    fn missing_country(&self) -> Value {
        let (code, language) = (&self.view.country, self.wanted.language);
        let file = code.to_lowercase();
        Value::from_object(values::MissingWords {
            what: format!(
                "this needs the name of `{code}` in `{language}`; `templates/directory/{file}.yaml` lacks it"
            ),
            hint: "write `of: CODE`, and under `name` and `postal` the State in each language of your papers",
        })
    }

    fn people(&mut self, out: &mut Fields) {
        let language = self.wanted.language;
        let victims = self.view.victims.iter().filter_map(|id| self.view.names.get(id));
        let victims: Vec<Value> = victims.map(|named| people::named(named, language)).collect();
        put(out, "victim", victims.first().cloned().unwrap_or_else(nothing));
        put(out, "victims", victims);
        let place = self.view.place_of_detention();
        put(out, "place_of_detention", place.map_or_else(nothing, |named| people::named(named, language)));
    }

    fn statements(&mut self, out: &mut Fields) {
        let view = self.view;
        for told in &view.facts {
            if let Some(value) = self.fact(told) {
                self.facts.insert(&told.fact.id, value);
            }
        }
        let current: Vec<&'a Told> = view.facts.iter().filter(|told| told.current()).collect();
        put(out, "facts", self.list(&current, |_| true));
        put(out, "urgent", self.list(&current, |told| told.fact.urgent));
        put(out, "known", self.list(&current, |told| told.status == Status::Established));
        put(out, "reported", self.list(&current, |told| told.status != Status::Established));
        put(out, "custody", self.current(PLACE_OF_DETENTION));
        put(out, "sentence", self.current(SENTENCE));
        put(out, "story", self.story(&current));
        put(out, "history", self.story(&view.facts.iter().collect::<Vec<_>>()));
        put(out, "together", self.with_others());
        put(out, "state", self.states());
        put(out, "fact", self.by_id());
        let awaited: Vec<Value> = view
            .awaited
            .iter()
            .filter_map(|awaited| {
                let id = ClaimId::Awaited(awaited.fact.clone());
                let claim = self.words_of(id, &awaited.text, &awaited.place)?;
                Some(self.claim(claim.resting_on(std::slice::from_ref(&awaited.fact), view), Fields::new()))
            })
            .collect();
        put(out, "awaited", awaited);
        let gaps = self.gaps();
        put(out, "gaps", gaps);
        let arguments = self.arguments();
        put(out, "arguments", arguments);
        let steps = self.steps();
        put(out, "steps", steps);
    }

    pub(super) fn claim(&mut self, mut claim: Claim, mut fields: Fields) -> Value {
        claim.caveats = self.caveats_of(&claim);
        put(&mut fields, "id", claim.id.own());
        let index = self.claims.add(claim);
        Value::from_object(values::ClaimValue { index, fields })
    }

    /// The reservations of a fact, or of the facts that a claim rests on, each once.
    fn caveats_of(&self, claim: &Claim) -> Vec<String> {
        // A reservation on a fact does not apply to a demand or an argument of ours that rests on it: the fact itself
        // is printed beside it with its own note.
        if matches!(claim.id.kind(), ClaimKind::Argument | ClaimKind::Demand) {
            return Vec::new();
        }
        let facts = claim.id.fact().into_iter().chain(&claim.grounds).filter_map(|id| self.view.fact(id));
        let mut caveats: Vec<String> = Vec::new();
        for caveat in facts.flat_map(|told| &told.fact.caveats).filter_map(|id| self.view.caveats.get(id)) {
            let words = in_language(caveat, self.wanted.language).unwrap_or_default();
            if !words.is_empty() && !caveats.iter().any(|known| known == words) {
                caveats.push(words.to_owned());
            }
        }
        caveats
    }

    pub(super) fn words_of(&self, id: ClaimId, text: &Text, place: &Place) -> Option<Claim> {
        let words = in_language(text, self.wanted.language)?;
        Some(Claim::new(id, words, &place_of(text, self.wanted.language, place)))
    }

    pub(super) fn date(&self, date: Option<&Date>) -> Value {
        date.map_or_else(nothing, |date| words(date_words(date, self.locale)))
    }

    fn fact(&mut self, told: &Told) -> Option<Value> {
        let fact = &told.fact;
        let claim = self.words_of(ClaimId::Fact(fact.id.clone()), &fact.text, &fact.place)?;
        let mut claim = claim.cited(claims::citations(told, self.view), told.also.clone());
        claim.status = Some(told.status);
        let mut fields = Fields::new();
        put(&mut fields, "about", fact.about.name());
        put(&mut fields, "status", told.status.name());
        put(&mut fields, "urgent", fact.urgent);
        put(&mut fields, "current", told.current());
        put(&mut fields, "past", !told.current());
        put(&mut fields, "detail", fact.part_of.is_some());
        put(&mut fields, "topic", told.topic.clone().map_or_else(nothing, Value::from));
        put(&mut fields, "date", self.date(told.date.as_ref()));
        let wording = self.reference.wording(self.wanted.language);
        let hedged = |list| wording.is_some_and(|wording| wording.has(list, &claim.text));
        let certain = told.status == Status::Established;
        put(&mut fields, "hedged", certain || hedged(WordList::Hedges) || hedged(WordList::Attribution));
        let view = self.view;
        let caveats: Vec<Value> = fact
            .caveats
            .iter()
            .filter_map(|id| {
                let claim = self.words_of(ClaimId::Caveat(id.clone()), view.caveats.get(id)?, &fact.place)?;
                Some(self.claim(claim, Fields::new()))
            })
            .collect();
        put(&mut fields, "caveats", caveats);
        Some(self.claim(claim, fields))
    }

    fn list(&self, facts: &[&Told], wanted: impl Fn(&Told) -> bool) -> Vec<Value> {
        let kept = facts.iter().filter(|told| wanted(told));
        kept.filter_map(|told| self.facts.get(&told.fact.id).cloned()).collect()
    }

    fn current(&self, topic: &str) -> Value {
        self.view.current(topic).and_then(|told| self.facts.get(&told.fact.id).cloned()).unwrap_or_else(nothing)
    }

    /// `story("arrest", "trial")`: the facts of these parts of the story, in the order of their dates.
    fn story(&self, facts: &[&Told]) -> Value {
        let facts: Vec<(&'static str, Value)> = facts
            .iter()
            .filter_map(|told| Some((told.fact.about.name(), self.facts.get(&told.fact.id)?.clone())))
            .collect();
        Value::from_function(move |parts: Rest<String>| -> Result<Value, Error> {
            if let Some(unknown) = parts.iter().find(|part| FactAbout::from_name(part).is_none()) {
                let known: Vec<&str> = FactAbout::ALL.iter().map(|about| about.name()).collect();
                let words = format!("`{unknown}` is no part of a story; there are: {}", known.join(", "));
                return Err(refuse(Code::TemplateUndefined, words, "name the parts between quotation marks"));
            }
            let wanted = |about: &str| parts.is_empty() || parts.iter().any(|part| part == about);
            Ok(facts.iter().filter(|(about, _)| wanted(about)).map(|(_, value)| value.clone()).collect())
        })
    }

    /// `together(grounds, sentence)`: these facts with all that must be told with them, each once, in the order of
    /// their dates. Empty values are skipped.
    fn with_others(&self) -> Value {
        let view = self.view;
        let known = view.facts.iter().filter_map(|told| {
            let value = self.facts.get(&told.fact.id)?.clone();
            Some((told.fact.id.clone(), told.fact.told_with.clone(), value))
        });
        let all: Vec<(FactId, Vec<FactId>, Value)> = known.collect();
        Value::from_function(move |given: Rest<Value>| -> Result<Value, Error> {
            let mut wanted: Vec<usize> = Vec::new();
            for value in given.iter().filter(|value| !value.is_none()) {
                match values::claim_index(value) {
                    Some(index) => wanted.push(index),
                    None => wanted.extend(value.try_iter()?.filter_map(|item| values::claim_index(&item))),
                }
            }
            let at = |index: &usize| all.iter().position(|(.., value)| values::claim_index(value) == Some(*index));
            let mut chosen: BTreeSet<usize> = wanted.iter().filter_map(at).collect();
            let mut open: Vec<usize> = chosen.iter().copied().collect();
            while let Some(one) = open.pop() {
                let with = all[one].1.iter().filter_map(|id| all.iter().position(|(other, ..)| other == id));
                open.extend(with.filter(|other| chosen.insert(*other)));
            }
            Ok(chosen.into_iter().map(|one| all[one].2.clone()).collect())
        })
    }

    /// `state("sentence")`: the present state of a topic, or nothing.
    fn states(&self) -> Value {
        let states: BTreeMap<String, Value> =
            self.view.topics.keys().map(|topic| (topic.clone(), self.current(topic))).collect();
        Value::from_function(move |topic: String| -> Value { states.get(&topic).cloned().unwrap_or_else(nothing) })
    }

    /// `fact("verdict")`: one fact, or nothing.
    fn by_id(&self) -> Value {
        let facts: BTreeMap<FactId, Value> =
            self.facts.iter().map(|(id, value)| ((*id).clone(), value.clone())).collect();
        Value::from_function(move |id: String| -> Value { facts.get(id.as_str()).cloned().unwrap_or_else(nothing) })
    }

    pub(super) fn gaps(&mut self) -> Vec<Value> {
        let view = self.view;
        let mut gaps = Vec::new();
        for gap in &view.gaps {
            // A gap is about the states around it, which have their own sources.
            let claim = self.words_of(ClaimId::Gap(gap.id.clone()), &gap.text, &gap.place);
            gaps.extend(claim.map(|claim| self.claim(claim.resting_on(&gap.between, view), Fields::new())));
        }
        for (id, topic) in view.topics.iter().filter(|(id, _)| view.current(id).is_some()) {
            let claim = self.words_of(ClaimId::Topic(id.clone()), &topic.unknown, &topic.place);
            gaps.extend(claim.map(|claim| self.claim(claim, Fields::new())));
        }
        gaps
    }

    pub(super) fn arguments(&mut self) -> Vec<Value> {
        let view = self.view;
        let mut arguments = Vec::new();
        for argument in view.arguments.iter().filter(|argument| argument.claimed) {
            let id = ClaimId::Argument(argument.category.clone());
            let Some(claim) = self.words_of(id, &argument.text, &argument.place) else { continue };
            let mut fields = Fields::new();
            put(&mut fields, "category", argument.category.clone());
            let facts = argument.facts.iter().filter_map(|id| self.facts.get(id).cloned());
            put(&mut fields, "facts", facts.collect::<Vec<_>>());
            let norms: Vec<Value> = argument.norms.iter().filter_map(|norm| self.norm(norm)).collect();
            put(&mut fields, "norms", norms);
            arguments.push(self.claim(claim.resting_on(&argument.facts, view), fields));
        }
        arguments
    }

    fn steps(&mut self) -> Vec<Value> {
        let view = self.view;
        let mut steps = Vec::new();
        for step in &view.steps {
            let claim = self.words_of(ClaimId::Step(step.body.clone()), &step.text, &step.place);
            let Some(claim) = claim else { continue };
            let mut fields = Fields::new();
            put(&mut fields, "date", self.date(step.date.as_ref()));
            put(&mut fields, "outcome_known", step.outcome.is_some());
            steps.push(self.claim(claim.cited(step.cites.clone(), Vec::new()), fields));
        }
        steps
    }
}

fn fixed_words(locale: &Locale) -> Value {
    let all = locale.words.all();
    let named = FIXED.iter().filter_map(|name| {
        let (_, text, _) = all.iter().find(|(key, ..)| key.replace('-', "_") == *name)?;
        Some((*name, words(*text)))
    });
    thing(named.collect())
}

/// The fixed words that a template may print.
pub const FIXED: [&str; 43] = [
    "as_known_on",
    "use_until",
    "reconstruction",
    "do_not_send",
    "do_not_circulate",
    "undated",
    "subject",
    "from",
    "to",
    "copies",
    "enclosures",
    "sources",
    "notes",
    "blank_name",
    "blank_address",
    "blank_date",
    "blank_signature",
    "blank_return",
    "known",
    "reported",
    "not_known",
    "not_stated",
    "outcome_unknown",
    "about_person",
    "what_happened",
    "why_now",
    "background",
    "what_we_ask",
    "who_can_do_what",
    "model_letter",
    "how_to_send",
    "called_for",
    "we_ask",
    "because",
    "legal_grounds",
    "chronology",
    "conflicts",
    "gaps",
    "contents",
    "office",
    "address",
    "address_unknown",
    "date",
];
