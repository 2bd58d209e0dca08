//! The result of comparing each statement of a case with what it rests on.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::CaseClaim;
use crate::case::OwnWordingKind;
use crate::document::ClaimId;
use crate::source::LockedQuestions;

/// The result of the comparison for each statement.
#[derive(Debug, Clone, Default)]
pub struct Carriage {
    /// Several steps to one body have one id.
    claims: BTreeMap<ClaimId, Vec<ClaimCarriage>>,
}

/// The result of the comparison of one statement with what it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimCarriage {
    /// The languages in which it was compared.
    pub compared: BTreeSet<String>,
    /// The languages in which it was not compared, each with the reason.
    pub not_compared: BTreeMap<String, &'static str>,
    /// The kinds of own words that the author answered for.
    pub own: BTreeSet<OwnWordingKind>,
    /// The number of questions that nobody has answered.
    pub open: usize,
    /// The seal of the statement: another text, another citation or another copy makes another one.
    pub(super) seal: String,
    /// Classes of words that the statement leaves out, asked about or answered for.
    pub(super) left_out: BTreeSet<String>,
}

impl Carriage {
    /// The results for the statements with an id.
    #[must_use]
    pub fn of(&self, claim: &ClaimId) -> &[ClaimCarriage] {
        self.claims.get(claim).map_or(&[], Vec::as_slice)
    }

    /// True if the statements with an id were compared in this language.
    #[must_use]
    pub fn is_compared(&self, claim: &ClaimId, language: &str) -> bool {
        let all = self.of(claim);
        !all.is_empty() && all.iter().all(|carried| carried.compared.contains(language))
    }

    /// The number of questions about a statement that nobody has answered.
    #[must_use]
    pub fn open(&self, claim: &ClaimId) -> usize {
        self.of(claim).iter().map(|carried| carried.open).sum()
    }

    /// The questions that nobody has answered, for a lock to remember.
    #[must_use]
    pub fn questions(&self) -> Vec<LockedQuestions> {
        let all = self.claims.iter().flat_map(|(claim, all)| all.iter().map(move |carried| (claim, carried)));
        let open = all.filter(|(_, carried)| carried.open > 0);
        open.map(|(claim, carried)| LockedQuestions {
            claim: claim.to_string(),
            seal: carried.seal.clone(),
            open: carried.open,
        })
        .collect()
    }

    /// True if it was asked about a statement that it leaves out words of this class.
    pub(super) fn asked_about(&self, claim: &CaseClaim, class: &str) -> bool {
        self.of(&claim.id).iter().any(|carried| carried.seal == claim.seal && carried.left_out.contains(class))
    }

    pub(super) fn insert(&mut self, claim: ClaimId, carried: ClaimCarriage) {
        self.claims.entry(claim).or_default().push(carried);
    }

    /// Adds a question about a statement.
    pub(super) fn ask(&mut self, claim: &CaseClaim) {
        self.own(claim).for_each(|carried| carried.open += 1);
    }

    /// Takes over that at least so many questions about a statement are open.
    pub(super) fn remember(&mut self, claim: &CaseClaim, open: usize) {
        self.own(claim).for_each(|carried| carried.open = carried.open.max(open));
    }

    fn own(&mut self, claim: &CaseClaim) -> impl Iterator<Item = &mut ClaimCarriage> {
        let all = self.claims.get_mut(&claim.id).into_iter().flatten();
        all.filter(|carried| carried.seal == claim.seal).take(1)
    }

    /// The numbers of facts that are carried whole, have own words, are open and were not compared, in words; then those
    /// of the other statements.
    #[must_use]
    pub fn summary(&self) -> String {
        let (facts, others): (Vec<_>, Vec<_>) =
            self.claims.iter().partition(|(claim, _)| matches!(claim, ClaimId::Fact(_)));
        let facts = counts(&facts.into_iter().flat_map(|(_, all)| all).collect::<Vec<_>>());
        if others.is_empty() {
            return facts;
        }
        let others = counts(&others.into_iter().flat_map(|(_, all)| all).collect::<Vec<_>>());
        format!("{facts}; requests, arguments and steps: {others}")
    }
}

fn counts(all: &[&ClaimCarriage]) -> String {
    let count = |fits: &dyn Fn(&ClaimCarriage) -> bool| all.iter().filter(|carried| fits(carried)).count();
    let own: Vec<String> = OwnWordingKind::ALL
        .into_iter()
        .map(|kind| (kind, count(&|one| one.own.contains(&kind))))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    let with_own = count(&|one| one.open == 0 && !one.own.is_empty());
    let own = if own.is_empty() { String::new() } else { format!(" ({})", own.join(", ")) };
    let whole = count(&|one| one.open == 0 && one.own.is_empty() && !one.compared.is_empty());
    let open = count(&|one| one.open > 0);
    let not = count(&|one| one.open == 0 && one.own.is_empty() && one.compared.is_empty());
    format!("{whole} carried whole, {with_own} with own words{own}, {open} with open questions, {not} not compared")
}
