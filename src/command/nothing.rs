//! The reason for which a run made no paper.

use std::collections::BTreeSet;

use super::prepared::CaseDay;
use crate::assemble::plan::Selection;
use crate::case::timeline::Clock;
use crate::diag::{Diagnostic, Severity};
use crate::reference::audience::Audience;

/// The reason for which a run made no paper, in a line. `said` are the messages about papers that were left out.
pub(super) fn why_nothing(day: &CaseDay, selection: &Selection, said: &[Diagnostic]) -> String {
    let (case, as_of) = (day.case, day.as_of);
    if case.papers().is_empty() {
        return "the case lists none under `documents`".to_owned();
    }
    if case.records().is_empty() {
        return "the case has no source yet, see `amparo source add`".to_owned();
    }
    let known = case.records().values().filter(|record| record.withdrawn.is_none());
    let first = known.filter_map(crate::source::Record::known_from).min();
    if first.is_none_or(|first| first > as_of) && day.clock == Clock::Knowledge {
        let first = first.map(|day| format!(" the first counts from {day}")).unwrap_or_default();
        return format!("no source counts on {as_of},{first}");
    }
    let wanted =
        |paper: &&crate::case::ListedPaper| selection.only.is_empty() || selection.only.contains(&paper.template.value);
    let specs = case.papers().iter().filter(wanted).filter_map(|paper| day.templates.spec(&paper.template).ok());
    let readers: BTreeSet<Audience> = specs
        .flat_map(|spec| spec.audience.map_or_else(|| vec![Audience::State, Audience::OtherState], |one| vec![one]))
        .collect();
    if readers.iter().all(|reader| day.views[reader].sources.is_empty()) {
        let names: Vec<&str> = readers.iter().map(|reader| reader.name()).collect();
        return format!(
            "no source may be shown to those who would read a paper ({}): see `audience` in `sources.yaml`",
            names.join(", ")
        );
    }
    let reasons: BTreeSet<&str> = said
        .iter()
        .filter(|problem| problem.severity == Severity::Note)
        .filter_map(|problem| problem.headline.split_once(": ").map(|(_, why)| why))
        .collect();
    match reasons.len() {
        0 => "nothing of the case fits what was asked for".to_owned(),
        _ => reasons.into_iter().collect::<Vec<_>>().join("; "),
    }
}
