//! The changes of facts and demands between two states of a case.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Side;
use super::words::{Diff, diff};
use crate::case::Status;
use crate::case::view::{Ask, Told};
use crate::document::{ClaimId, DemandId, FactId};

/// A change of one entry, for a line to the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// The kind of change: `new`, `superseded`, `falls`…
    pub what: &'static str,
    /// Its id.
    pub id: String,
    /// Its words, or the reason for the change.
    pub words: String,
}

fn change(what: &'static str, id: impl fmt::Display, words: impl Into<String>) -> FactChange {
    FactChange { what, id: id.to_string(), words: words.into() }
}

/// The changes of sources.
pub fn sources(before: &Side, after: &Side) -> Vec<FactChange> {
    let counts = |side: &Side| -> BTreeSet<String> {
        let known = side.case.records().values().filter(|record| {
            record.withdrawn.is_none() && record.known_from().is_some_and(|day| day <= side.view.as_of)
        });
        known.map(|record| record.id.clone()).collect()
    };
    let (had, has) = (counts(before), counts(after));
    let title = |side: &Side, id: &str| {
        let record = side.case.records().get(id);
        record.map(|record| record.title.value.clone()).unwrap_or_default()
    };
    let new = has.difference(&had).map(|id| change("new", id, title(after, id)));
    let gone = had.difference(&has).map(|id| change("no longer counts", id, title(before, id)));
    new.chain(gone).collect()
}

/// The changes of facts.
pub fn facts(before: &Side, after: &Side) -> Vec<FactChange> {
    let had = by_id(before);
    let mut changes = Vec::new();
    for now in &after.view.facts {
        let id = &now.fact.id;
        match had.get(id) {
            None => changes.push(change("new", id, after.words(&now.fact.text))),
            Some(then) => changes.extend(fact(then, now, after)),
        }
    }
    with_details(&mut changes, after);
    let has = by_id(after);
    for (id, then) in had.iter().filter(|(id, _)| !has.contains_key(*id)) {
        let why = after.view.why_left_out(&ClaimId::Fact((*id).clone()).into());
        let why = why.unwrap_or("it is no longer in the case");
        changes.push(change("falls", id, format!("{} ({why})", before.words(&then.fact.text))));
    }
    changes
}

/// A detail changes with its whole: it is named in the line of that fact.
fn with_details(changes: &mut Vec<FactChange>, after: &Side) {
    let whole = |id: &str| Some(after.view.fact(id)?.fact.part_of.as_ref()?.to_string());
    let goes_along = |change: &FactChange, all: &[FactChange]| {
        let whole = whole(&change.id)?;
        let turned = matches!(change.what, "superseded" | "holds again");
        (turned && all.iter().any(|other| other.what == change.what && other.id == whole)).then_some(whole)
    };
    let details = std::mem::take(changes);
    let mut own = details.clone();
    own.retain(|change| goes_along(change, &details).is_none());
    for change in &mut own {
        let along: Vec<String> = details
            .iter()
            .filter(|detail| detail.what == change.what && goes_along(detail, &details).as_ref() == Some(&change.id))
            .map(|detail| detail.id.clone())
            .collect();
        if !along.is_empty() {
            change.words = format!("{}\n  with its details {}", change.words, quoted(&along));
        }
    }
    own.sort_by_key(|change| change.what == "new");
    *changes = own;
}

fn by_id<'a>(side: &'a Side) -> BTreeMap<&'a FactId, &'a Told> {
    side.view.facts.iter().map(|told| (&told.fact.id, told)).collect()
}

fn fact(then: &Told, now: &Told, after: &Side) -> Vec<FactChange> {
    let id = &now.fact.id;
    let mut changes = Vec::new();
    match (&then.superseded_by, &now.superseded_by) {
        (None, Some(by)) => {
            let words = after.view.fact(by).map(|by| after.words(&by.fact.text)).unwrap_or_default();
            let words = format!("{}\n  by `{by}`: {words}", after.words(&now.fact.text));
            changes.push(change("superseded", id, words));
        }
        (Some(by), None) => {
            let words = format!("{} (`{by}` no longer counts)", after.words(&now.fact.text));
            changes.push(change("holds again", id, words));
        }
        _ => {}
    }
    for (language, words) in &now.fact.text {
        let old = then.fact.text.get(language).map(|words| words.value.as_str()).unwrap_or_default();
        if let Diff::Changed(lines) = diff(old, &words.value) {
            changes.push(change("says something else", id, format!("({language}) {}", lines.join(" "))));
        }
    }
    if then.status != now.status {
        let what = if firmness(now.status) > firmness(then.status) { "firmer" } else { "weaker" };
        changes.push(change(what, id, format!("{} → {}", then.status, now.status)));
    }
    let dates = |side: &Told| side.date.as_ref().map(ToString::to_string).unwrap_or_default();
    if dates(then) != dates(now) {
        changes.push(change("has another date", id, format!("{} → {}", dates(then), dates(now))));
    }
    changes
}

/// A number for the firmness of a status, for comparisons.
fn firmness(status: Status) -> u8 {
    match status {
        Status::Established => 3,
        Status::Derived => 2,
        Status::Reported => 1,
        Status::Alleged | Status::Feared | Status::Disputed => 0,
    }
}

/// The demands that can be asked now, and those that no longer can.
pub fn demands(before: &Side, after: &Side) -> Vec<FactChange> {
    let asked = |side: &Side, id: &DemandId| side.view.asks.iter().any(|ask| ask.id == *id);
    let mut changes = Vec::new();
    for ask in after.view.asks.iter().filter(|ask| !asked(before, &ask.id)) {
        changes.push(change("rises", &ask.id, format!("{}; because of {}", wording(ask, after), quoted(&ask.grounds))));
    }
    for ask in before.view.asks.iter().filter(|ask| !asked(after, &ask.id)) {
        changes.push(change("falls", &ask.id, format!("{}; {}", wording(ask, before), fallen(ask, after))));
    }
    let stands =
        |side: &Side, id: &DemandId| side.view.made.iter().find(|made| made.id == *id).map(|made| made.current);
    for made in &after.view.made {
        let who = &made.who;
        match (stands(before, &made.id), made.current) {
            (None, _) => changes.push(change("new", &made.id, format!("by `{who}`: {}", after.words(&made.text)))),
            (Some(true), false) => {
                let by = made.restated_by.as_ref().map(|by| format!("; restated by `{by}`")).unwrap_or_default();
                changes.push(change("overtaken", &made.id, format!("by `{who}`: {}{by}", after.words(&made.text))));
            }
            (Some(false), true) => {
                changes.push(change("fits again", &made.id, format!("by `{who}`: {}", after.words(&made.text))));
            }
            _ => {}
        }
    }
    for made in before.view.made.iter().filter(|made| stands(after, &made.id).is_none()) {
        changes.push(change("falls", &made.id, format!("by `{}`: {}", made.who, before.words(&made.text))));
    }
    changes
}

fn wording(ask: &Ask, side: &Side) -> String {
    ask.wording.values().next().map(|words| side.words(words)).unwrap_or_default()
}

/// The ground of a demand that no longer stands, with the reason.
fn fallen(ask: &Ask, after: &Side) -> String {
    let gone = ask.grounds.iter().find_map(|ground| match after.view.fact(ground) {
        None => Some(format!("`{ground}` no longer counts")),
        Some(told) => told.superseded_by.as_ref().map(|by| format!("`{ground}` is superseded by `{by}`")),
    });
    gone.unwrap_or_else(|| "the demand is no longer in the case".to_owned())
}

fn quoted<Id: fmt::Display>(ids: &[Id]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

/// The gaps that were closed, and new ones.
pub fn gaps(before: &Side, after: &Side) -> Vec<FactChange> {
    let has = |side: &Side, id: &str| side.view.gaps.iter().any(|gap| gap.id == id);
    let new = after.view.gaps.iter().filter(|gap| !has(before, &gap.id));
    let gone = before.view.gaps.iter().filter(|gap| !has(after, &gap.id));
    let new = new.map(|gap| change("new gap", &gap.id, after.words(&gap.text)));
    let gone = gone.map(|gap| {
        let words = before.words(&gap.text);
        match gap.between.iter().find(|id| after.view.fact(*id).is_none()) {
            Some(fact) => {
                change("falls", &gap.id, format!("{words} (`{fact}`, behind which it lies, no longer counts)"))
            }
            None if after.case.gaps.iter().any(|one| one.id == gap.id) => {
                change("no longer arises", &gap.id, format!("{words} (what it was about has changed)"))
            }
            None => change("gap closed", &gap.id, words),
        }
    });
    new.chain(gone).collect()
}
