//! `amparo check`: all checks without building, and the state of a form.

use std::collections::BTreeMap;

use super::build::printer;
use super::options::{BuildOptions, CaseOptions};
use super::outcome::Outcome;
use super::papers;
use super::prepared::Prepared;
use crate::check;
use crate::diag::{Code, Diagnostic, Failure};
use crate::disk::write;

/// `amparo check`.
///
/// # Errors
/// A folder or file cannot be read or written.
pub fn check(options: &CaseOptions, lock: bool) -> Result<Outcome, Failure> {
    let mut prepared = Prepared::new(options)?;
    let said = checked(&mut prepared, options, lock)?;
    Ok(prepared.finish(options, said))
}

/// Adds the problems that only papers show, and writes the lock if that is asked for.
fn checked(prepared: &mut Prepared, options: &CaseOptions, lock: bool) -> Result<Vec<String>, Failure> {
    if lock {
        // This run locks them.
        let is_broken = prepared.checked.is_none();
        prepared.problems.retain(|problem| problem.code != Code::CiteNotLocked || is_broken);
    }
    let Some(day) = prepared.day(options) else { return Ok(Vec::new()) };
    let (case, evidence) = (day.case, &day.checked.evidence);
    let mut said = Vec::new();
    if lock {
        let path = options.input.case.join("citations.lock");
        let lock = evidence.lock(day.today, &day.loaded.lock).with_questions(day.checked.carriage.questions());
        write::replace(&path, lock.write().as_bytes())?;
        said.push(format!("wrote {}", path.display()));
    }
    said.push(format!(
        "{}: {} facts, {} demands, {} citations: {}",
        case.id(),
        case.facts().len(),
        case.demands().len(),
        case.citations().len(),
        evidence.summary(case),
    ));
    said.push(format!("facts beside their sources: {}", day.checked.carriage.summary()));
    let without_consent = papers::without_consent(&day);
    prepared.problems.extend(without_consent);
    Ok(said)
}

/// `amparo check --for`: the state of a form in its own order. It is built in memory, to count its pages.
///
/// An unfinished form is not an error of the case; under `--strict` it counts as a problem.
///
/// # Errors
/// A folder or file cannot be read or written.
pub fn check_form(options: &CaseOptions, lock: bool, order: &BuildOptions) -> Result<Outcome, Failure> {
    let mut prepared = Prepared::new(options)?;
    let mut said = checked(&mut prepared, options, lock)?;
    let Some(day) = prepared.day(options) else { return Ok(prepared.finish(options, said)) };
    let mut printer = printer(order)?;
    let mut pages: BTreeMap<String, u64> = BTreeMap::new();
    let built = papers::build(&day, order, &mut printer, &mut |output| {
        let name = output.name.strip_suffix(".pdf").map(str::to_owned);
        pages.extend(name.zip(output.about["pages"].as_u64()));
        Ok(())
    })?;
    let spec = order.selection.only.first().and_then(|id| day.templates.spec(id).ok());
    let most = spec.and_then(|spec| spec.limits.pages);
    let about_form = |problem: &Diagnostic| problem.code.family() == "form";
    let is_open = options.strict && built.problems.iter().any(about_form);
    let is_form = !built.forms.is_empty();
    for (name, lines) in built.forms {
        said.push(name.clone());
        said.extend(lines);
        said.push(length(pages.get(&name).copied(), most));
    }
    let blocks = |problem: &Diagnostic| check::blocks(problem, options.strict);
    let is_sound = !day.problems.iter().chain(&built.problems).any(blocks);
    if !is_form && is_sound {
        let name = order.selection.only.join(", ");
        return Err(Failure::request(format!("`{name}` is no form"), "`amparo templates` lists the templates"));
    }
    prepared.problems.extend(built.problems);
    let mut outcome = prepared.finish(options, said);
    outcome.blocked |= is_open;
    Ok(outcome)
}

/// The number of pages of a form, and its limit.
fn length(pages: Option<u64>, most: Option<usize>) -> String {
    let count = pages.map_or_else(|| "not counted: the paper could not be set".to_owned(), |count| count.to_string());
    match most {
        Some(most) if pages.is_some_and(|count| count > most as u64) => {
            format!("pages: {count}; PAST the limit of {most}")
        }
        Some(most) => format!("pages: {count}; at most {most}"),
        None => format!("pages: {count}"),
    }
}
