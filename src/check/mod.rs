//! All checks that are possible without building, one file for each family. Every problem is reported at once.

mod answers;
mod asks;
mod carriage;
mod claims;
mod compare;
mod copy;
mod cuts;
mod described;
mod evidence;
mod languages;
mod letters;
mod neighbours;
mod norms;
mod outlawed;
mod overclaim;
mod quantity;
mod quotation;
mod record;
mod remembered;
mod reread;
mod review;
mod sealed;
mod sense;
mod shared;
mod spelling;
mod support;
mod told;
mod translation;
mod withdrawn;
mod wording;

pub use carriage::{Carriage, ClaimCarriage};
pub use compare::{Compared, Comparison, Difference, Pair};
pub use evidence::Evidence;
pub use outlawed::{organiser, outlawed};
pub use review::{fact_seal, is_unread};

pub use sealed::{Sealed, sealed};
pub use shared::{SharedKind, SharedWords, shared};
pub use support::Support;
pub use withdrawn::withdrawn;

use crate::case::load::Loaded;
use crate::case::{self, Case};
use crate::diag::{Code, Diagnostic, Failure, Severity};
use crate::reference::Reference;

/// A case with the evidence for each of its citations.
#[derive(Debug)]
pub struct Checked {
    /// The case.
    pub case: Case,
    /// The result for each citation.
    pub evidence: Evidence,
    /// The comparison of the sources of each fact.
    pub comparison: Comparison,
    /// The comparison of each fact with the words it is cited to.
    pub carriage: Carriage,
}

/// A case as far as it could be checked, and all problems.
pub type CheckedCase = (Option<Checked>, Vec<Diagnostic>);

/// Checks a loaded case. There is a [`Checked`] if the shape of the case has no errors, whatever else is wrong.
///
/// # Errors
/// A copy of a source cannot be read.
pub fn check(loaded: &Loaded, reference: &Reference, strict: bool) -> Result<CheckedCase, Failure> {
    let Some(raw) = &loaded.case else { return Ok((None, Vec::new())) };
    let (case, mut problems) = case::convert(&loaded.case_file, raw, loaded.records.clone());
    let Some(case) = case else { return Ok((None, problems)) };
    let (evidence, found) = std::thread::scope(|threads| {
        sense::read_lexicons(&case, reference, threads);
        Evidence::gather(&case, loaded, strict)
    })?;
    problems.extend(found);
    problems.extend(uncited(&case));
    problems.extend(wording::check(&case, reference));
    problems.extend(raw.id.iter().filter_map(|id| wording::id(id, reference)));
    let claims = claims::claims(&case, reference);
    let (mut carriage, found) = sense::check(&case, &claims, &evidence, reference);
    problems.extend(found);
    problems.extend(cuts::check(&case, &claims, &evidence, reference, &mut carriage));
    problems.extend(remembered::check(&claims, &evidence, &loaded.lock, &mut carriage));
    problems.extend(overclaim::check(&case, &claims, &evidence, reference, &carriage));
    problems.extend(letters::check(&case));
    problems.extend(languages::check(&case, reference));
    problems.extend(record::check(&case, reference));
    problems.extend(norms::check(&case, reference));
    problems.extend(asks::check(&case, reference));
    problems.extend(neighbours::check(&case, reference));
    problems.extend(described::check(&case));
    problems.extend(derived(&case));
    problems.extend(review::check(&case));
    problems.extend(translation::check(&case, reference));
    let comparison = Comparison::new(&case, &evidence, reference);
    problems.extend(comparison.problems(&case));
    problems.extend(spelling::check(&case, &evidence));
    Ok((Some(Checked { case, evidence, comparison, carriage }), problems))
}

/// True for a problem that stops a build. With `strict`, a warning stops it too, unless it is about the day or about
/// shipped data and not about the case.
#[must_use]
pub fn blocks(problem: &Diagnostic, strict: bool) -> bool {
    match problem.severity {
        Severity::Error => true,
        // A text that was too old on the day of the paper stays so, whatever the day of the run.
        Severity::Warning if problem.code == Code::DocumentStale => strict && !problem.passing,
        Severity::Warning => strict && !matches!(problem.code.family(), "document" | "directory" | "form" | "output"),
        Severity::Note => false,
    }
}

/// Reports facts and demands of sources that have no citations.
fn uncited(case: &Case) -> Vec<Diagnostic> {
    let facts = case
        .facts()
        .values()
        .filter(|fact| fact.sets.is_empty() && fact.derived.iter().all(|derived| derived.from.is_empty()));
    let facts = facts.map(|fact| (&fact.place, format!("the fact `{}` cites nothing", fact.id)));
    let demands =
        case.demands().values().filter(|demand| demand.made_by.as_ref().is_some_and(|made| made.cites.is_empty()));
    let demands = demands.map(|demand| (&demand.place, format!("the demand `{}` cites nothing", demand.id)));
    facts
        .chain(demands)
        .map(|(place, words)| {
            Diagnostic::error(Code::CiteMissing, place.clone(), words)
                .hint("add `cites:` with source, place and phrase; a statement that nothing supports is in no paper")
        })
        .collect()
}

/// Reports words that are recorded as derived but stand in no text of their fact.
fn derived(case: &Case) -> Vec<Diagnostic> {
    let words = case
        .facts()
        .values()
        .flat_map(|fact| fact.derived.iter().flat_map(|derived| &derived.words).map(move |words| (fact, words)));
    words
        .filter(|(fact, words)| !fact.wordings().any(|(_, text)| text.value.contains(&words.value)))
        .map(|(fact, words)| {
            let headline = format!("the words `{}` stand in no text of the fact `{}`", words.value, fact.id);
            Diagnostic::warning(Code::FactDerived, words.place.clone(), headline)
                .hint("correct the words, or delete the entry if the statement no longer needs it")
        })
        .collect()
}
