//! Compares the sources of a fact: those that agree, and those that differ.
//!
//! A source that does not differ agrees. A sufficient set must carry the whole statement, which [`super::overclaim`]
//! checks; so only a citation that corroborates can differ. It differs if the sentence of its quotation gives another
//! number of the same unit, another date, or another court or prison than the fact, and none of its source's cited
//! paragraphs gives the fact's own. So the value of a neighbouring sentence is no disagreement, and a source that gives
//! both values agrees.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use unicode_segmentation::UnicodeSegmentation as _;

use super::evidence::Evidence;
use super::quantity::{Quantity, quantities};
use super::support::Support;
use super::told::{ToldDate, dates, numbers};
use crate::case::{Case, Citation, Fact, InstitutionKind, Named, NamedKind};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::FactId;
use crate::reference::{Name, Reference, Wording, words};
use crate::source::Locator;

/// The comparison of the sources of each fact.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// By the fact's id.
    pub facts: BTreeMap<FactId, Compared>,
    /// Pairs of facts about the same with other numbers.
    pub pairs: Vec<Pair>,
}

/// The sources of one fact.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// The sources that agree, in groups. Sources of one publisher group, and sources that rest on one another, are in
    /// one group; each group counts once.
    pub agreeing: Vec<Vec<String>>,
    /// The sources that differ.
    pub differing: Vec<Difference>,
}

/// A difference between one source and the fact.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The value in the fact.
    pub ours: String,
    /// The value in the source.
    pub theirs: String,
    /// The source.
    pub source: String,
    /// The place in the source.
    pub at: Locator,
    /// The place of the citation in the case file.
    pub place: Place,
    /// The version that the case follows, from `conflicts`.
    pub resolution: Option<String>,
}

/// Two facts about the same with other numbers.
#[derive(Debug, Clone)]
pub struct Pair {
    /// One fact and its value.
    pub one: (FactId, String),
    /// The other fact, later in the file, and its value.
    pub other: (FactId, String),
    /// The version that the case follows, from `conflicts`.
    pub resolution: Option<String>,
}

impl Comparison {
    /// Compares the sources of every fact.
    #[must_use]
    pub fn new(case: &Case, evidence: &Evidence, reference: &Reference) -> Self {
        let comparer = Comparer { case, evidence, reference };
        let facts = case.facts().values().map(|fact| (fact.id.clone(), comparer.fact(fact))).collect();
        Self { facts, pairs: comparer.pairs() }
    }

    /// The differences without a resolution.
    #[must_use]
    pub fn problems(&self, case: &Case) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (id, compared) in &self.facts {
            let Some(fact) = case.facts().get(id) else { continue };
            for differing in compared.differing.iter().filter(|differing| differing.resolution.is_none()) {
                let Difference { ours, theirs, source, at, place, .. } = differing;
                let words = format!("`{source}` says {theirs} where the fact `{id}` says {ours}");
                problems.push(
                    Diagnostic::warning(Code::FactConflict, place.clone(), words)
                        .and_at(fact.place.clone(), "the fact")
                        .with_note(format!("`{source}` {at}; {}", agreement(compared)))
                        .hint(
                            "look at both; then record under `conflicts` what each source says, what you go by and why",
                        ),
                );
            }
        }
        for pair in self.pairs.iter().filter(|pair| pair.resolution.is_none()) {
            let (Some(one), Some(other)) = (case.facts().get(&pair.one.0), case.facts().get(&pair.other.0)) else {
                continue;
            };
            let words = format!("`{}` says {} where `{}` says {}", pair.other.0, pair.other.1, pair.one.0, pair.one.1);
            problems.push(
                Diagnostic::warning(Code::FactConflict, other.place.clone(), words)
                    .and_at(one.place.clone(), "the other fact")
                    .hint(
                        "if they tell of one thing, record under `conflicts` what each source says and what you go by",
                    ),
            );
        }
        problems
    }
}

fn agreement(compared: &Compared) -> String {
    let groups: Vec<String> = compared.agreeing.iter().map(|group| format!("`{}`", group.join("` with `"))).collect();
    match groups.len() {
        0 => "no other source says it".to_owned(),
        1 => format!("one origin says as the fact: {}", groups[0]),
        count => format!("{count} independent origins say as the fact: {}", groups.join(", ")),
    }
}

/// Compares the sources of facts.
pub(super) struct Comparer<'a> {
    pub(super) case: &'a Case,
    pub(super) evidence: &'a Evidence,
    pub(super) reference: &'a Reference,
}

/// The values in all languages of a fact together, or in a sentence.
#[derive(Default)]
struct Claims<'a> {
    quantities: Vec<Quantity>,
    /// Each date with its written form.
    dates: Vec<(ToldDate, String)>,
    bodies: Vec<&'a Named>,
}

impl Claims<'_> {
    fn is_empty(&self) -> bool {
        self.quantities.is_empty() && self.dates.is_empty() && self.bodies.is_empty()
    }
}

impl<'a> Comparer<'a> {
    fn fact(&self, fact: &Fact) -> Compared {
        // Most facts have no citation that could differ.
        let claims = LazyCell::new(|| self.claims(fact));
        let differing: Vec<Difference> =
            fact.also.iter().filter_map(|citation| self.differs(fact, &claims, citation)).collect();
        let agrees = |citation: &&Citation| {
            !matches!(self.evidence.support(citation), Support::Failed)
                && !differing.iter().any(|differing| differing.source == citation.source)
        };
        let agreeing: Vec<&Citation> = fact.citations().filter(agrees).collect();
        let groups = self.case.independent(&agreeing);
        let agreeing = groups.into_iter().map(|group| group.into_iter().map(str::to_owned).collect()).collect();
        Compared { agreeing, differing }
    }

    fn claims(&self, fact: &Fact) -> Claims<'a> {
        let mut claims = Claims::default();
        for (language, text) in &fact.text {
            let Some(wording) = self.reference.wording(language) else { continue };
            let told = self.claims_of(text, wording);
            claims.quantities.extend(told.quantities);
            claims.dates.extend(told.dates);
            claims.bodies.extend(told.bodies);
        }
        claims
    }

    fn claims_of(&self, text: &str, wording: &Wording) -> Claims<'a> {
        let dates = dates(text, wording).into_iter().map(|(date, range)| (date, text[range].to_owned()));
        Claims { quantities: quantities(text, wording), dates: dates.collect(), bodies: self.bodies(text) }
    }

    fn differs(
        &self,
        fact: &Fact,
        claims: &impl Deref<Target = Claims<'a>>,
        citation: &Citation,
    ) -> Option<Difference> {
        let wording = self.wording_of(&citation.source)?;
        let sentence = self.sentence(citation);
        let theirs = self.claims_of(&sentence, wording);
        if theirs.is_empty() {
            return None;
        }
        let whole = self.said_by(fact, &citation.source);
        let (ours, theirs) = number(claims, &theirs, &whole, wording)
            .or_else(|| date(claims, &theirs, &whole, wording))
            .or_else(|| self.body(claims, &theirs, &whole))?;
        Some(Difference {
            ours,
            theirs,
            source: citation.source.clone(),
            at: citation.at,
            place: citation.place.clone(),
            resolution: self.resolution(&[fact], citation),
        })
    }

    /// The wording of the language of a source: its dates and numbers.
    pub(super) fn wording_of(&self, source: &str) -> Option<&'a Wording> {
        let record = self.case.records().get(source)?;
        self.reference.wording(&record.language.as_ref()?.code)
    }

    /// The sentence with the quoted words; without a copy, the quoted words alone.
    fn sentence(&self, citation: &Citation) -> String {
        let quoted = citation.quote.value.clone();
        let (Support::Now(found), Some(paragraph)) =
            (self.evidence.support(citation), self.evidence.paragraph(citation))
        else {
            return quoted;
        };
        let (Some(first), Some(last)) = (found.ranges.first(), found.ranges.last()) else { return quoted };
        let touched = paragraph
            .split_sentence_bound_indices()
            .filter(|(at, sentence)| *at < last.end && first.start < at + sentence.len());
        touched.map(|(_, sentence)| sentence).collect()
    }

    /// The text of the paragraphs of a source that the fact cites.
    pub(super) fn said_by(&self, fact: &Fact, source: &str) -> String {
        let own = fact.citations().filter(|citation| citation.source == source);
        let said = own.map(|citation| self.evidence.paragraph(citation).unwrap_or(&citation.quote.value));
        said.collect::<BTreeSet<&str>>().into_iter().collect::<Vec<_>>().join("\n")
    }

    /// The courts and prisons with a recorded name, in any language, in a text.
    pub(super) fn bodies(&self, text: &str) -> Vec<&'a Named> {
        let is_body = |named: &&Named| {
            matches!(named.kind, NamedKind::Institution(InstitutionKind::Court | InstitutionKind::Prison))
        };
        self.case
            .names()
            .values()
            .filter(is_body)
            .filter(|named| names(named).any(|name| text.contains(name)))
            .collect()
    }

    /// Another court or prison than that of the fact. If one name contains another, the longer one counts.
    fn body(&self, claims: &Claims, sentence: &Claims, whole: &str) -> Option<(String, String)> {
        for ours in &claims.bodies {
            let rival = sentence.bodies.iter().find(|theirs| theirs.kind == ours.kind && theirs.id != ours.id);
            let told = self.bodies(whole).iter().any(|named| claims.bodies.iter().any(|own| own.id == named.id));
            if let Some(theirs) = rival.filter(|_| !told) {
                return Some((format!("`{}`", ours.id), format!("`{}`", theirs.id)));
            }
        }
        None
    }

    /// The resolution of a recorded conflict that has this source at this place, for one of these facts. A conflict
    /// without facts counts if it has one of their sources.
    fn resolution(&self, facts: &[&Fact], citation: &Citation) -> Option<String> {
        let about = |fact: &&Fact, id: &FactId| *id == fact.id || fact.part_of.as_ref() == Some(id);
        let found = self.case.conflicts.iter().find(|conflict| {
            let has_value =
                conflict.values.iter().any(|(_, source, at)| *source == citation.source && *at == citation.at);
            let beside = |fact: &&Fact| {
                let cited: BTreeSet<&str> = fact.citations().map(|citation| citation.source.as_str()).collect();
                conflict
                    .values
                    .iter()
                    .any(|(_, source, _)| *source != citation.source && cited.contains(source.as_str()))
            };
            let is_about = |fact: &&Fact| {
                if conflict.facts.is_empty() { beside(fact) } else { conflict.facts.iter().any(|id| about(fact, id)) }
            };
            has_value && facts.iter().any(is_about)
        });
        found.map(|conflict| conflict.resolution.clone())
    }

    /// Facts of one part of the story, and of one topic or one day, that rest on other sources and give other numbers
    /// for the same.
    fn pairs(&self) -> Vec<Pair> {
        let mut by_subject: BTreeMap<String, Vec<&Fact>> = BTreeMap::new();
        for fact in self.case.facts().values() {
            let day = self.case.date_of(fact).map(ToString::to_string);
            let subject = self.case.topic_of(fact).map(str::to_owned).or(day).unwrap_or_default();
            by_subject.entry(format!("{} {subject}", fact.about)).or_default().push(fact);
        }
        let mut pairs = Vec::new();
        for facts in by_subject.into_values() {
            for (index, one) in facts.iter().enumerate() {
                pairs.extend(facts[index + 1..].iter().filter_map(|other| self.pair(one, other)));
            }
        }
        pairs
    }

    fn pair(&self, one: &Fact, other: &Fact) -> Option<Pair> {
        let (one, other) = if one.order < other.order { (one, other) } else { (other, one) };
        let sources = |fact: &Fact| -> BTreeSet<String> { fact.citations().map(|c| c.source.clone()).collect() };
        let is_change = [(one, other), (other, one)].iter().any(|(a, b)| changes(a, b));
        let (language, text) = one.text.iter().find(|(language, _)| other.text.contains_key(*language))?;
        let against = other.text.get(language)?;
        if is_change || !sources(one).is_disjoint(&sources(other)) || !alike(text, against) {
            return None;
        }
        let wording = self.reference.wording(language)?;
        let (mine, others) = (quantities(text, wording), quantities(against, wording));
        let (ours, theirs) = rival(&mine, &others)?;
        let resolution = other.citations().find_map(|citation| self.resolution(&[one, other], citation));
        let pair = |fact: &Fact, written: &str| (fact.id.clone(), format!("`{written}`"));
        Some(Pair { one: pair(one, &ours.written), other: pair(other, &theirs.written), resolution })
    }
}

/// True if one of two facts is a change of the other, or a detail of it.
fn changes(one: &Fact, other: &Fact) -> bool {
    let target = match &one.kind {
        crate::case::FactKind::State { change, .. } => change.target(),
        _ => None,
    };
    target == Some(&other.id) || one.part_of.as_ref() == Some(&other.id)
}

/// A quantity of the first list and one of the same kind in the second, if the second has none equal to it.
fn rival<'q>(ours: &'q [Quantity], theirs: &'q [Quantity]) -> Option<(&'q Quantity, &'q Quantity)> {
    ours.iter().find_map(|own| {
        let same: Vec<&Quantity> = theirs.iter().filter(|other| other.counts_as(own)).collect();
        let told = same.iter().any(|other| ours.iter().any(|own| own.counts_as(other) && own.value == other.value));
        same.into_iter().next().filter(|_| !told).map(|other| (own, other))
    })
}

fn number(claims: &Claims, sentence: &Claims, whole: &str, wording: &Wording) -> Option<(String, String)> {
    let (own, other) = rival(&claims.quantities, &sentence.quantities)?;
    // The unit does not count: «59 лет» is an age in one language and a span of time in another.
    let told = numbers(whole, wording).iter().any(|(number, _)| *number == own.value.to_string());
    (!told).then(|| (format!("`{}`", own.written), format!("`{}`", other.written)))
}

/// Another date. Only a fact with one date and a sentence with one date are compared.
fn date(claims: &Claims, sentence: &Claims, whole: &str, wording: &Wording) -> Option<(String, String)> {
    let mut ours = claims.dates.iter().map(|(date, _)| date);
    let own = ours.next().filter(|first| ours.all(|date| date == *first))?;
    let [(other, written)] = sentence.dates.as_slice() else { return None };
    let agrees = |date: &ToldDate| own.is_within(*date) || date.is_within(*own);
    let told = agrees(other) || dates(whole, wording).iter().any(|(date, _)| agrees(date));
    (!told).then(|| (shown(own), format!("`{written}`")))
}

fn shown(date: &ToldDate) -> String {
    let part = |part: Option<u32>| part.map(|part| format!("-{part:02}")).unwrap_or_default();
    let year = date.year.map_or_else(|| "(no year)".to_owned(), |year| year.to_string());
    format!("`{year}-{:02}{}`", date.month, part(date.day))
}

fn names(named: &Named) -> impl Iterator<Item = &str> {
    let variants = named.variants.iter().map(|spelling| spelling.spelling.value.as_str());
    named.names.values().flat_map(Name::forms).chain(variants)
}

/// True if two texts share at least half of their longer words.
fn alike(one: &str, other: &str) -> bool {
    let long = |text: &str| -> BTreeSet<String> {
        words(text).into_iter().map(|word| word.folded).filter(|word| word.chars().count() > 3).collect()
    };
    let (one, other) = (long(one), long(other));
    let shared = one.intersection(&other).count();
    shared > 0 && 2 * shared >= one.union(&other).count()
}
