//! The comparison of the sources of each fact: those that agree, those that count once, those that differ.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{CellWords, flat, ids};
use super::report::Report;
use crate::case::Fact;
use crate::check::{self, Compared, Difference, Pair, SharedKind, SharedWords};

/// Sorts facts without a topic last.
const NO_TOPIC: &str = "\u{10ffff}";

impl Report<'_> {
    pub(super) fn comparison(&mut self) {
        self.section(
            "comparison",
            "Each fact that more than one source tells, by topic: who agrees, and which date, number, court or prison of it \
             stands in the paragraphs cited. Publishers of one group, and those who have it from one origin, count once. \
             What the program finds to differ is a reason to read both, and what it does not find may differ still.",
        );
        if !self.are_read(self.case.records.keys()) {
            self.paragraph(CellWords::of(
                "Not every copy was at hand. Of sources without one the words quoted were compared, which hold less than \
                 the paragraphs around them.",
            ));
        }
        let mut rows: BTreeMap<&str, Vec<Vec<CellWords>>> = BTreeMap::new();
        let mut facts: Vec<&Fact> = self.case.facts.values().collect();
        facts.sort_by_key(|fact| fact.order);
        for fact in facts {
            let Some(compared) = self.request.comparison.facts.get(&fact.id) else { continue };
            let pairs: Vec<&Pair> = self.request.comparison.pairs.iter().filter(|pair| pair.one.0 == fact.id).collect();
            let sources: usize = compared.agreeing.iter().map(Vec::len).sum();
            let differing = CellWords::lines([Self::differing(compared, &pairs), self.recorded(fact)]);
            if sources > 1 || !differing.is_empty() {
                let none = if differing.is_empty() { "No difference found." } else { "" };
                let row = vec![self.statement(fact), self.agreeing(fact, compared), differing.say(none)];
                rows.entry(self.case.topic_of(fact).unwrap_or(NO_TOPIC)).or_default().push(row);
            }
        }
        if rows.is_empty() {
            self.paragraph(CellWords::of("No fact has more than one source."));
        }
        for (topic, rows) in rows {
            let title = match self.case.topics.get(topic) {
                Some(known) => format!("{} ({topic})", crate::document::plain(&self.first(&known.title).0)),
                None => "Events, on no topic".to_owned(),
            };
            self.heading(2, None, &title);
            self.table(&["Fact", "Who says so", "What differs, and what we go by"], rows);
        }
    }

    fn statement(&self, fact: &Fact) -> CellWords {
        CellWords::new().strong(&fact.id).line().then(self.first(&fact.text))
    }

    /// The sources that agree, a line for each group that counts, and the values that they share.
    fn agreeing(&self, fact: &Fact, compared: &Compared) -> CellWords {
        let sources: usize = compared.agreeing.iter().map(Vec::len).sum();
        let count = match compared.agreeing.len() {
            0 => CellWords::new().strong("No source that was found."),
            1 if sources == 1 => CellWords::new().strong("One source."),
            1 => CellWords::new().strong("One origin."),
            count => CellWords::new().strong(format!("{count} independent origins.")),
        };
        let groups = compared.agreeing.iter().map(|group| match group.as_slice() {
            [alone] => CellWords::of(alone),
            several => CellWords::of(format!("{}: count once, {}", ids(several), self.why_once(fact, several))),
        });
        // A single source has nothing to share.
        let shared = if sources > 1 { self.shared_by(fact, compared) } else { Vec::new() };
        CellWords::lines(std::iter::once(count).chain(groups).chain(shared))
    }

    /// The dates, numbers and names of the fact, each with the agreeing sources that have it.
    fn shared_by(&self, fact: &Fact, compared: &Compared) -> Vec<CellWords> {
        let sources: Vec<&str> = compared.agreeing.iter().flatten().map(String::as_str).collect();
        let shared = check::shared(fact, &sources, self.case, self.request.evidence, self.request.reference);
        let place = if self.are_read(compared.agreeing.iter().flatten()) { "paragraphs" } else { "words compared" };
        shared.iter().map(|shared| self.shared(shared, sources.len(), place)).collect()
    }

    /// True if the copies of these sources were read.
    fn are_read<'s>(&self, mut sources: impl Iterator<Item = &'s String>) -> bool {
        sources.all(|source| self.request.evidence.copies().contains_key(source))
    }

    /// The reason for which sources count once: their publishers are of one group, or they share an origin.
    fn why_once(&self, fact: &Fact, sources: &[String]) -> String {
        let origins = |source: &String| -> BTreeSet<String> {
            let own = fact.citations().filter(|citation| citation.source == *source);
            own.flat_map(|citation| self.case.origins(citation)).map(str::to_owned).collect()
        };
        let group = |source: &String| self.case.records.get(source).and_then(|record| record.group.as_ref());
        let Some((first, others)) = sources.split_first() else { return String::new() };
        let reason = |other: &String| {
            if let Some(own) = group(first).filter(|own| group(other) == Some(*own)) {
                return format!("as publishers of one group ({own})");
            }
            let (own, others) = (origins(first), origins(other));
            format!("as their knowledge has one origin ({})", ids(others.intersection(&own)))
        };
        let reasons: BTreeSet<String> = others.iter().map(reason).collect();
        reasons.into_iter().collect::<Vec<_>>().join("; ")
    }

    fn shared(&self, shared: &SharedWords, sources: usize, place: &str) -> CellWords {
        let words = match shared.kind {
            SharedKind::Name => self.name(&shared.words),
            SharedKind::Date | SharedKind::Number => CellWords::of(format!("“{}”", flat(&shared.words))),
        };
        let told = match shared.sources.as_slice() {
            [] => format!("in none of the {place}"),
            all if all.len() == sources => "in all".to_owned(),
            some => format!("in {} only", some.join(" and ")),
        };
        CellWords::of(format!("{}: ", shared.kind.name())).then(words).say(format!(", {told}"))
    }

    /// The differences of the sources, with the version that the case follows.
    fn differing(compared: &Compared, pairs: &[&Pair]) -> CellWords {
        let differing = compared.differing.iter().map(|one| {
            let Difference { ours, theirs, source, at, resolution, .. } = one;
            let says = format!("{source} {at} says {}, where the fact says {}.", bare(theirs), bare(ours));
            Self::resolved(&says, resolution.as_ref())
        });
        let pairs = pairs.iter().map(|pair| {
            let (one, other) = (&pair.one.1, &pair.other);
            let says = format!("The fact {} says {}, where this one says {}.", other.0, bare(&other.1), bare(one));
            Self::resolved(&says, pair.resolution.as_ref())
        });
        CellWords::lines(differing.chain(pairs))
    }

    /// The recorded differences about a fact.
    fn recorded(&self, fact: &Fact) -> CellWords {
        let own = self.case.conflicts.iter().filter(|conflict| conflict.facts.contains(&fact.id));
        CellWords::lines(own.map(|conflict| {
            let about = format!("Recorded ({}): {}.", conflict.kind.name(), flat(&conflict.about));
            Self::resolved(&about, Some(&conflict.resolution))
        }))
    }

    fn resolved(says: &str, resolution: Option<&String>) -> CellWords {
        let by = match resolution.map(|words| flat(words)) {
            None => CellWords::new().strong("No resolution is recorded."),
            Some(words) if words.is_empty() => CellWords::new().strong("Recorded, and not resolved."),
            Some(words) => CellWords::of(format!("We go by: {words}")),
        };
        CellWords::of(says).line().then(by)
    }
}

/// Words of a source with the quotation marks of this report, not those of messages.
fn bare(words: &str) -> String {
    format!("“{}”", words.trim_matches('`'))
}
