//! The effects of withdrawn sources: facts that fall, and states that become current again.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::case::Case;
use crate::case::timeline::Clock;
use crate::diag::{Code, Diagnostic};
use crate::document::FactId;

/// A note for each source that this run leaves out and that alone supported something; sources that are withdrawn for
/// good are in the dossier. A warning for each state that is current again because its successor has fallen.
#[must_use]
pub fn withdrawn(case: &Case, as_of: NaiveDate, clock: Clock, without: &[String]) -> Vec<Diagnostic> {
    if case.records().values().all(|record| record.withdrawn.is_none()) {
        return Vec::new();
    }
    let now = case.standing(as_of, clock);
    let before = case.as_if_nothing_was_withdrawn().standing(as_of, clock);
    let fallen = before.counted.keys().filter(|id| !now.counted.contains_key(*id));
    let mut by_source: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for fact in fallen.filter_map(|id| case.facts().get(id)) {
        for id in without.iter().filter(|id| fact.citations().any(|citation| citation.source == **id)) {
            by_source.entry(id).or_default().push(fact.id.as_str());
        }
    }
    let notes = by_source.iter().filter_map(|(id, facts)| {
        let record = case.records().get(*id)?;
        let words = format!("without `{id}`, on which they rest, these facts are in no paper: {}", facts.join(", "));
        Some(
            Diagnostic::note(Code::SourceWithdrawn, record.place.clone(), words)
                .hint("nothing, if no other source says so; else add its citations under `or-cites`"),
        )
    });
    let stands = |id: &FactId| now.counted.contains_key(id) && !now.superseded.contains_key(id);
    let again = before.superseded.iter().filter(|(id, by)| id != by && stands(id) && !now.counted.contains_key(*by));
    // Details return with their whole, which is reported.
    let again = again.filter_map(|(id, by)| {
        let fact = case.facts().get(id).filter(|fact| fact.part_of.is_none())?;
        let words = format!("`{id}` counts as the present state again: what took its place, `{by}`, has fallen");
        Some(
            Diagnostic::warning(Code::FactReturned, fact.place.clone(), words)
                .hint("find out what holds today before anything is sent; then cite a source that says so"),
        )
    });
    notes.chain(again).collect()
}
