//! A case may stand in several files: `case.yaml` names the others under `includes`.

use super::raw::RawCase;
use crate::diag::{Code, Diagnostic};

/// Joins the files of a case into one.
///
/// A key that only `case.yaml` may have is a problem in an included file.
#[must_use]
pub fn merge(mut main: RawCase, others: Vec<RawCase>) -> (RawCase, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    for other in others {
        let alone = [&other.id, &other.country, &other.date].into_iter().flatten();
        for key in alone.chain(&other.includes).chain(&other.victims).chain(&other.languages) {
            problems.push(
                Diagnostic::error(Code::CaseBadValue, key.place.clone(), "this key belongs into `case.yaml` alone")
                    .hint("move it there; an included file adds persons, facts, demands and the like"),
            );
        }
        main.persons.0.extend(other.persons.0);
        main.organisations.0.extend(other.organisations.0);
        main.institutions.0.extend(other.institutions.0);
        main.places.0.extend(other.places.0);
        main.topics.0.extend(other.topics.0);
        main.facts.0.extend(other.facts.0);
        main.demands.0.extend(other.demands.0);
        main.caveats.0.extend(other.caveats.0);
        main.conflicts.extend(other.conflicts);
        main.gaps.0.extend(other.gaps.0);
        main.arguments.0.extend(other.arguments.0);
        main.steps.extend(other.steps);
        main.documents.extend(other.documents);
        main.guarded.0.extend(other.guarded.0);
    }
    (main, problems)
}
