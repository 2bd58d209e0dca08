//! Reports papers past their last day and states with old news, each once for all papers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::case::view::{Stale, View};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::FactId;

/// The age of the papers of a run.
#[derive(Debug, Default)]
pub struct Ages {
    /// Papers by the last day of their use.
    past: BTreeMap<NaiveDate, Vec<String>>,
    /// The facts with old news, each with the papers that tell them.
    stale: BTreeMap<FactId, (Stale, Vec<String>)>,
}

impl Ages {
    /// Records the last day on which a paper may be used.
    pub fn usable(&mut self, paper: &str, until: NaiveDate) {
        self.past.entry(until).or_default().push(paper.to_owned());
    }

    /// Records the states with old news that a paper tells.
    pub fn tells_stale(&mut self, paper: &str, view: &View) {
        for stale in &view.stale {
            let (_, papers) = self.stale.entry(stale.fact.clone()).or_insert_with(|| (stale.clone(), Vec::new()));
            papers.push(paper.to_owned());
        }
    }

    /// Reports papers past their last day and states with old news, once each: "do not send".
    #[must_use]
    pub fn told(&self, today: NaiveDate, case: &Place) -> Vec<Diagnostic> {
        let past = self.past.iter().filter(|(until, _)| today > **until).map(|(until, papers)| {
            let words = format!("do not send these papers: they could be used until {until}");
            Diagnostic::warning(Code::DocumentStale, case.clone(), words)
                .with_note(papers.join(", "))
                .of_today()
                .hint("look for newer news, add it to the case, and build for a new `date`")
        });
        past.chain(self.stale.iter().map(|(fact, (stale, papers))| told(fact, stale, papers))).collect()
    }
}

fn told(fact: &FactId, stale: &Stale, papers: &[String]) -> Diagnostic {
    let words = format!("do not send: `{fact}` was last seen {} days before the papers' date", stale.days);
    let problem = Diagnostic::warning(Code::DocumentStale, stale.place.clone(), words)
        .with_note(papers.join(", "))
        .hint("find out whether it still holds; then add a new `seen` with its citation, or `confirmed`");
    if stale.told {
        return problem;
    }
    problem
        .with_note(format!("`{fact}` is left out: nobody wrote the words with its day"))
        .hint("or add them under `dated`: “on 9 September 2024 he was in …”")
}
