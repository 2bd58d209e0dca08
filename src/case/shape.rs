//! Checks of a whole case: no circles, changes that fit their topics, no unused entries.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::fact::Fact;
use super::model::Case;
use super::named::Named;
use super::raw::RawCase;
use super::state::{FactKind, StateChange};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{DemandId, FactId};
use crate::reference::Name;

/// Runs all checks of this file.
pub fn check(case: &Case, raw: &RawCase, problems: &mut Vec<Diagnostic>) {
    circles(case, problems);
    changes(case, problems);
    grounds(case, problems);
    unused(case, raw, problems);
}

/// Follows one kind of link and reports a circle once, at its first member in the alphabet.
fn circle<'a, Id: Ord + fmt::Display + 'a>(
    what: &str,
    starts: impl Iterator<Item = &'a Id>,
    next: impl Fn(&Id) -> Vec<&'a Id>,
    place: impl Fn(&Id) -> Place,
    problems: &mut Vec<Diagnostic>,
) {
    let mut reported: BTreeSet<&Id> = BTreeSet::new();
    for start in starts {
        let mut path = vec![start];
        let mut open = next(start);
        while let Some(step) = open.pop() {
            if step == start {
                if path.iter().all(|member| !reported.contains(member)) {
                    let words = match &path[1..] {
                        [] => format!("`{start}` {what} itself"),
                        others => format!("`{start}` {what} itself, by way of {}", quoted(others)),
                    };
                    problems.push(
                        Diagnostic::error(Code::CaseCycle, place(start), words)
                            .hint("break the circle: one of the links is wrong"),
                    );
                }
                reported.extend(&path);
                break;
            }
            if !path.contains(&step) {
                path.push(step);
                open.extend(next(step));
            }
        }
    }
}

fn quoted<Id: fmt::Display>(ids: &[&Id]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

fn circles(case: &Case, problems: &mut Vec<Diagnostic>) {
    let fact = |id: &FactId| case.facts.get(id).into_iter();
    let place = |id: &FactId| fact(id).map(|fact| fact.place.clone()).next().unwrap_or_default();
    let whole = |id: &FactId| fact(id).flat_map(|fact| &fact.part_of).collect();
    circle("is part of", case.facts.keys(), whole, place, problems);
    let target = |id: &FactId| fact(id).filter_map(|fact| fact.change()?.target()).collect();
    circle("changes", case.facts.keys(), target, place, problems);
    let inputs = |id: &FactId| fact(id).flat_map(|fact| &fact.derived).flat_map(|derived| &derived.from).collect();
    circle("is derived from", case.facts.keys(), inputs, place, problems);
    let demand = |id: &DemandId| case.demands.get(id).into_iter();
    let place = |id: &DemandId| demand(id).map(|demand| demand.place.clone()).next().unwrap_or_default();
    let restated = |id: &DemandId| demand(id).flat_map(|demand| &demand.restated_by).collect();
    circle("is restated by", case.demands.keys(), restated, place, problems);
}

/// A change refers to a state of its own topic, unless it requalifies it; only one state of a topic is the first.
fn changes(case: &Case, problems: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, &FactId> = BTreeMap::new();
    for (id, fact) in &case.facts {
        let FactKind::State { topic, change, .. } = &fact.kind else { continue };
        if *change == StateChange::First
            && let Some(other) = first.insert(topic, id)
        {
            problems.push(
                Diagnostic::error(
                    Code::FactTie,
                    fact.place.clone(),
                    format!("`{id}` and `{other}` both claim to be the first state of `{topic}`"),
                )
                .and_at(case.facts[other].place.clone(), "the other one")
                .hint("one of them `adds`, `replaces`, `requalifies` or `ends` the other"),
            );
        }
        backwards(case, fact, problems);
        let Some(target) = change.target().and_then(|target| case.facts.get(target)) else { continue };
        let fits = target.topic().is_some_and(|other| other == topic || matches!(change, StateChange::Requalifies(_)));
        if !fits {
            let words = format!("`{id}` {} `{}`, which is no state of `{topic}`", change.word(), target.id);
            problems.push(
                Diagnostic::error(Code::CaseBadValue, fact.place.clone(), words)
                    .and_at(target.place.clone(), "defined here")
                    .hint("name the state of the same topic that was true before; only `requalifies` may cross topics"),
            );
        }
    }
}

/// A state cannot replace one that came after it.
fn backwards(case: &Case, fact: &Fact, problems: &mut Vec<Diagnostic>) {
    let Some(change) = fact.change() else { return };
    let Some(before) = change.supersedes().and_then(|target| case.facts.get(target)) else { return };
    if let (Some(date), Some(earlier)) = (fact.date(), before.date())
        && date.last < earlier.first
    {
        let words = format!("`{}` ({date}) {} `{}`, which is later ({earlier})", fact.id, change.word(), before.id);
        problems.push(
            Diagnostic::error(Code::FactTie, fact.place.clone(), words)
                .and_at(before.place.clone(), "the later one")
                .hint("turn the two round, or correct a date"),
        );
    }
}

/// A demand of a source is restated by one of ours, never by that of another source.
fn grounds(case: &Case, problems: &mut Vec<Diagnostic>) {
    for demand in case.demands.values() {
        for other in demand.restated_by.iter().filter_map(|id| case.demands.get(id)) {
            if demand.made_by.is_none() || other.made_by.is_some() {
                let words = format!("`{}` cannot be restated by `{}`", demand.id, other.id);
                problems.push(
                    Diagnostic::error(Code::CaseBadValue, demand.place.clone(), words)
                        .hint("a demand with `made-by` is restated by one of ours, with `following-from`"),
                );
            }
        }
    }
}

fn unused(case: &Case, raw: &RawCase, problems: &mut Vec<Diagnostic>) {
    let used = references(case);
    let words = all_words(case);
    let mut report = |kind: &str, id: &str, place: &Place| {
        problems.push(
            Diagnostic::warning(
                Code::CaseUnused,
                place.clone(),
                format!("the {kind} `{id}` is defined, but nothing uses it"),
            )
            .hint("delete it, or use it"),
        );
    };
    for (id, named) in &case.names {
        if !used.contains(id.as_str()) && !mentioned(named, &words) {
            report("name", id, &named.place);
        }
    }
    for (id, topic) in &case.topics {
        if !used.contains(id.as_str()) {
            report("topic", id, &topic.place);
        }
    }
    for (id, _) in &raw.caveats {
        if !used.contains(id.value.as_str()) {
            report("caveat", id, &id.place);
        }
    }
    for (id, record) in &case.records {
        if !used.contains(id.as_str()) {
            report("source", id, &record.place);
        }
    }
}

fn mentioned(named: &Named, words: &str) -> bool {
    named.names.values().flat_map(Name::forms).any(|form| words.contains(form))
}

fn all_words(case: &Case) -> String {
    let facts = case.facts.values().flat_map(Fact::wordings).map(|(_, words)| words);
    let demands = case
        .demands
        .values()
        .flat_map(|demand| demand.text.values().chain(demand.ask.values().flat_map(|t| t.values())));
    let gaps = case.gaps.iter().flat_map(|gap| gap.text.values());
    facts.chain(demands).chain(gaps).map(|text| text.value.as_str()).collect::<Vec<_>>().join("\n")
}

/// Every id that something refers to.
fn references(case: &Case) -> BTreeSet<&str> {
    let mut used: BTreeSet<&str> = case.victims.iter().map(String::as_str).collect();
    for (_, citation) in case.citations() {
        used.insert(&citation.source);
        used.extend(citation.voices.iter().map(String::as_str));
    }
    for fact in case.facts.values() {
        used.extend(fact.topic());
        used.extend(fact.caveats.iter().map(String::as_str));
        used.extend(fact.at.as_deref());
        used.extend(fact.awaits.as_ref().map(|(topic, _)| topic.as_str()));
    }
    for named in case.names.values() {
        used.extend(named.relations.iter().map(|relation| relation.to.as_str()));
        used.extend(named.relations.iter().filter(|_| named.protected).map(|_| named.id.as_str()));
        used.extend(named.slips.iter().chain(&named.variants).map(|spelling| spelling.source.as_str()));
    }
    used.extend(case.demands.values().filter_map(|demand| demand.made_by.as_ref()).map(|made| made.who.as_str()));
    used.extend(case.conflicts.iter().flat_map(|conflict| &conflict.values).map(|(_, source, _)| source.as_str()));
    used.extend(case.records.values().flat_map(|record| &record.rests_on).map(|id| id.value.as_str()));
    used.extend(case.records.values().filter_map(|record| record.group.as_deref()));
    used
}
