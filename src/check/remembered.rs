//! Questions that the lock remembers: without a copy of their sources nobody can ask them again.

use super::carriage::Carriage;
use super::claims::CaseClaim;
use super::evidence::Evidence;
use crate::diag::{Code, Diagnostic};
use crate::source::Lock;

/// Takes over the open questions about each statement of which a cited paragraph is not at hand.
pub(super) fn check(
    claims: &[CaseClaim],
    evidence: &Evidence,
    lock: &Lock,
    carriage: &mut Carriage,
) -> Vec<Diagnostic> {
    let lacks = |claim: &&CaseClaim| {
        claim.ground.citations().into_iter().any(|citation| evidence.paragraph(citation).is_none())
    };
    let mut problems = Vec::new();
    for claim in claims.iter().filter(lacks) {
        let open = lock.questions(&claim.id.to_string(), &claim.seal);
        problems.extend(problem(claim, open));
        carriage.remember(claim, open);
    }
    problems
}

fn problem(claim: &CaseClaim, open: usize) -> Option<Diagnostic> {
    let (_, text) = claim.texts.first().filter(|_| open > 0)?;
    let are = if open == 1 { "1 question about the" } else { &format!("{open} questions about the") };
    let words = format!("{are} {} stood open when its sources were last at hand", claim.name);
    let hint = "run `amparo check CASE --archive DIR --lock`, where the copies are: it shows them";
    Some(Diagnostic::warning(Code::FactSense, text.place.clone(), words).hint(hint))
}
