//! Norms must exist, bind the State, and fit the stage of the case: the guarantees of a trial do not apply to treatment
//! in prison after it.

use crate::case::{Case, FactAbout};
use crate::diag::{Code, Diagnostic};
use crate::document::FactId;
use crate::reference::{Norm, Reference, Stage};
use crate::yaml::{At, nearest};

/// Checks the norms of demands and arguments.
pub fn check(case: &Case, reference: &Reference) -> Vec<Diagnostic> {
    let demands = case.demands().values().map(|demand| {
        let grounds: Vec<&FactId> = demand.grounds.iter().map(|ground| &ground.value).collect();
        (&demand.norms, grounds)
    });
    let arguments = case.arguments().iter().map(|argument| (&argument.norms, argument.facts.iter().collect()));
    let mut problems = concessions(case, reference);
    for (norms, grounds) in demands.chain(arguments) {
        let stages: Vec<Stage> = grounds
            .iter()
            .filter_map(|id| case.facts().get(*id))
            .flat_map(|fact| stages(fact.about))
            .copied()
            .collect();
        problems.extend(norms.iter().filter_map(|id| problem(id, &stages, case, reference)));
    }
    problems
}

/// Reports arguments that rely on a norm which concedes something, without the reason that this does no harm.
fn concessions(case: &Case, reference: &Reference) -> Vec<Diagnostic> {
    let claimed = case.arguments().iter().filter(|argument| argument.claimed && argument.concession.is_none());
    let norms = claimed.flat_map(|argument| argument.norms.iter().map(move |norm| (argument, norm)));
    let conceded = norms.filter_map(|(argument, id)| Some((argument, id, reference.norm(id)?.concedes.as_ref()?)));
    let problem = |(argument, id, concedes): (&crate::case::Argument, &At<String>, &String)| {
        let words = format!("`{}` relies on `{}`, which concedes something", argument.category, id.value);
        Diagnostic::warning(Code::ArgumentConcedes, id.place.clone(), words).with_note(concedes.clone()).hint(
            "leave the norm out, or say in the text that it is argued in the alternative and why that does no harm under \
             `concession`",
        )
    };
    conceded.map(problem).collect()
}

fn problem(id: &At<String>, stages: &[Stage], case: &Case, reference: &Reference) -> Option<Diagnostic> {
    let Some(norm) = reference.norm(id) else {
        let known: Vec<&str> = reference.norms().map(|norm| norm.id.as_str()).collect();
        let hint = nearest(id, &known).unwrap_or_else(|| "see `templates/law/`".to_owned());
        return Some(
            Diagnostic::error(Code::CaseUnknownId, id.place.clone(), format!("there is no norm `{}`", id.value))
                .hint(hint),
        );
    };
    if case.date().is_some_and(|day| norm.binds(case.country(), day) == Some(false)) {
        let words = format!("`{}` does not bind {} on the date of the case", id.value, case.country());
        return Some(
            Diagnostic::error(Code::DemandNorm, id.place.clone(), words)
                .hint("rely on a norm that binds the State; `templates/directory/` says which treaties do, since when"),
        );
    }
    misfit(norm, stages).then(|| {
        Diagnostic::error(
            Code::DemandNorm,
            id.place.clone(),
            format!("`{}` does not fit the stage of these facts", id.value),
        )
        .with_note(format!(
            "it may be argued for: {}",
            norm.stages.iter().map(|s| s.name()).collect::<Vec<_>>().join(", ")
        ))
        .hint("rely on a norm for this stage: guarantees of a trial are not claimed for what happened after it")
    })
}

fn misfit(norm: &Norm, stages: &[Stage]) -> bool {
    !stages.is_empty() && !stages.iter().any(|stage| norm.fits(*stage))
}

/// The stages to which a part of the story belongs; empty if any norm may be argued.
fn stages(about: FactAbout) -> &'static [Stage] {
    match about {
        FactAbout::Arrest => &[Stage::Arrest],
        FactAbout::Charge | FactAbout::Trial => &[Stage::Trial],
        FactAbout::Sentence => &[Stage::Trial, Stage::Appeal],
        FactAbout::Custody | FactAbout::Treatment | FactAbout::Contact => &[Stage::Custody],
        FactAbout::Person | FactAbout::Context | FactAbout::Reaction => &[],
    }
}
