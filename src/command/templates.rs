//! `amparo templates` and `amparo context`: help for authors of templates.

use std::path::Path;

use super::options::CaseOptions;
use super::outcome::Outcome;
use super::prepared::{self, Prepared};
use crate::assemble::describe;
use crate::diag::Failure;
use crate::reference::audience::Audience;
use crate::reference::layers;

/// `amparo templates`: each template with its languages, its audience and the layer it comes from.
///
/// # Errors
/// A folder cannot be read.
pub fn templates(case: Option<&Path>, project: &Path) -> Result<Outcome, Failure> {
    let templates = prepared::templates(&layers::layers(case, project)?);
    let mut outcome = Outcome::default();
    for (id, layer) in templates.ids() {
        match templates.spec(id) {
            Ok(spec) => {
                let audience = spec.audience.map_or("its recipient", Audience::name);
                let languages = spec.languages.join(", ");
                outcome.said.push(format!("{id}: {languages}; layout {}; for {audience}; from {layer}", spec.layout));
            }
            Err(problems) => outcome.problems.extend(problems),
        }
    }
    outcome.blocked = !outcome.problems.is_empty();
    Ok(outcome)
}

/// `amparo context`: the values that a template may use for an audience, with samples from this case.
///
/// # Errors
/// A folder or file cannot be read, or an audience or office does not exist.
pub fn context(
    options: &CaseOptions,
    audience: &str,
    language: Option<&str>,
    to: Option<&str>,
) -> Result<Outcome, Failure> {
    let prepared = Prepared::new(options)?;
    let Some(day) = prepared.day(options) else { return Ok(prepared.finish(options, Vec::new())) };
    let audience = Audience::from_name(audience).ok_or_else(|| {
        Failure::request(
            format!("there is no audience `{audience}`"),
            format!("use one of: {}", Audience::ALL.map(Audience::name).join(", ")),
        )
    })?;
    let office = to.map(|id| {
        let unknown = || Failure::request(format!("the directory has no office `{id}`"), "see `templates/directory/`");
        day.reference.office(id).ok_or_else(unknown)
    });
    let office = office.transpose()?;
    let language = language.unwrap_or_else(|| day.case.first_language());
    let locale = day.reference.locale(language).ok_or_else(|| {
        let known: Vec<&str> = day.reference.languages().collect();
        Failure::request(format!("there are no words for `{language}`"), format!("use one of: {}", known.join(", ")))
    })?;
    let view = &day.views[&audience];
    let offered = describe(view, day.reference, locale, office, Some(view.as_of));
    let said = offered.iter().map(|offered| format!("{} ({}): {}", offered.name, offered.what, offered.sample));
    let said = said.map(|line| line.trim_end_matches([':', ' ']).to_owned()).collect();
    Ok(prepared.finish(options, said))
}
