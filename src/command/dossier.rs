//! `amparo dossier`: the working report, the papers in it, and its files.

use std::path::Path;

use chrono::Days;

use super::build::{output_folder, printer};
use super::options::{BuildOptions, CaseOptions};
use super::outcome::Outcome;
use super::prepared::{CaseDay, Prepared};
use crate::assemble::{Templates, plan};
use crate::diag::{Code, Diagnostic, Failure, Place, Severity};
use crate::disk::write;
use crate::document::Document;
use crate::document::events::ReadingOrder;
use crate::reference::layers;
use crate::render::ledger::{Carried, Folded};
use crate::render::markdown::markdown;
use crate::render::print::Printer;
use crate::report::dossier::{self as report, DossierPaper, DossierRequest};

/// The name of its files, without the ending.
const NAME: &str = "dossier";

/// `amparo dossier`.
///
/// # Errors
/// A folder or file cannot be read or written.
pub fn dossier(options: &CaseOptions, order: &BuildOptions) -> Result<Outcome, Failure> {
    let mut prepared = Prepared::new(options)?;
    let Some(day) = prepared.day(options) else { return Ok(prepared.finish(options, Vec::new())) };
    let document = assemble(&day, order);
    if order.output == Path::new("-") {
        let text = markdown(&document).trim_end().to_owned();
        return Ok(prepared.finish(options, vec![text]));
    }
    let folder = output_folder(&day, options, &order.output).join(write::INTERNAL);
    let (files, problems) = render(&day, &document, &mut printer(order)?, order);
    let mut said = Vec::new();
    write::no_links(&order.output, &folder)?;
    for (name, bytes) in files {
        let path = folder.join(name);
        write::replace(&path, &bytes)?;
        said.push(path.display().to_string());
    }
    prepared.problems.extend(problems);
    Ok(prepared.finish(options, said))
}

/// The working report of a case as a document.
fn assemble(day: &CaseDay, order: &BuildOptions) -> Document {
    let plan = plan::plan(day.case, &day.views, day.reference, day.templates, &order.selection);
    let until = |days: u32| day.as_of.checked_add_days(Days::new(u64::from(days))).unwrap_or(day.as_of);
    let papers = plan.papers.iter().map(|paper| DossierPaper {
        name: paper.name.clone(),
        audience: paper.audience,
        offices: paper.recipients.iter().map(|office| office.id.clone()).collect(),
        use_until: until(paper.spec.valid_days),
    });
    let problems = day.problems.iter().chain(&plan.problems).filter(|problem| !problem.passing);
    report::dossier(&DossierRequest {
        case: day.case,
        evidence: &day.checked.evidence,
        comparison: &day.checked.comparison,
        carriage: &day.checked.carriage,
        reference: day.reference,
        views: &day.views,
        papers: papers.collect(),
        categories: categories(day.templates),
        problems: problems.collect(),
        clock: day.clock,
        reconstruction: day.is_reconstruction,
        paper: order.paper,
    })
}

/// The categories of all forms that there are, in the order of each form.
fn categories(templates: &Templates) -> Vec<String> {
    let specs = templates.ids().into_keys().filter_map(|id| templates.spec(id).ok());
    let forms = specs.filter_map(|spec| spec.form);
    let mut found = Vec::new();
    for category in forms.flat_map(|form| form.categories) {
        if !found.contains(&category.id) {
            found.push(category.id);
        }
    }
    found
}

/// The files of the report by name. If a layout or a glyph is missing there is no file in that format, and a problem
/// gives the reason.
fn render(
    day: &CaseDay,
    document: &Document,
    printer: &mut Printer,
    order: &BuildOptions,
) -> (Vec<(String, Vec<u8>)>, Vec<Diagnostic>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let document = match enclosed(document) {
        Ok(document) => document,
        Err(found) => return (files, found),
    };
    problems.extend(printer.lay_out(layers::layouts(&day.loaded.layers)).err().unwrap_or_default());
    for format in &order.formats {
        match printer.print(*format, &document) {
            Ok(file) => {
                problems.extend(file.warnings);
                files.push((format!("{NAME}.{}", format.name()), file.bytes));
            }
            Err(found) => problems.extend(found),
        }
    }
    let failed = problems.iter().any(|problem| problem.severity == Severity::Error);
    files.retain(|_| !failed);
    (files, problems)
}

/// The report with the ledger of its pages, for `amparo verify`.
fn enclosed(document: &Document) -> Result<Document, Vec<Diagnostic>> {
    let ledger = Carried::of_pages(document, &Folded::of(document, ReadingOrder::PAGES)).attachment();
    let ledger = ledger.map_err(|fault| vec![Diagnostic::error(Code::Internal, Place::default(), fault)])?;
    Ok(Document { attachments: vec![ledger], ..document.clone() })
}
