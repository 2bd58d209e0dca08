//! The way of the working report through the rooms: the papers it speaks of, its tree, its files.

use std::collections::BTreeMap;

use chrono::Days;

use crate::assemble::{Templates, plan};
use crate::case::Case;
use crate::check::Checked;
use crate::command::job::{Job, Order};
use crate::command::make;
use crate::command::pipeline::Ready;
use crate::diag::{Code, Diagnostic, Place, Severity};
use crate::document::Document;
use crate::document::events::ReadingOrder;
use crate::reference::audience::Audience;
use crate::reference::layers;
use crate::render::ledger::{Carried, Folded};
use crate::render::print::Printer;
use crate::report::dossier::{self, Paper, Request};

/// The name of its files, without ending.
const NAME: &str = "dossier";

/// The working report of a case as a tree.
#[must_use]
pub fn assemble(ready: &Ready, checked: &Checked, job: &Job, order: &Order) -> Document {
    let case = &checked.case;
    let as_of = job.moment.as_of(case);
    let views = Audience::ALL.map(|audience| (audience, case.view(as_of, job.moment.clock, audience)));
    let views = BTreeMap::from(views);
    let templates = make::templates(&ready.loaded.layers);
    let plan = plan::plan(case, &views, &ready.reference, &templates, &order.selection);
    let papers = plan.papers.iter().map(|paper| Paper {
        name: paper.name.clone(),
        audience: paper.audience,
        offices: paper.recipients.iter().map(|office| office.id.clone()).collect(),
        use_until: as_of.checked_add_days(Days::new(u64::from(paper.spec.valid_days))).unwrap_or(as_of),
    });
    let problems: Vec<&Diagnostic> = ready.problems.iter().chain(&plan.problems).filter(|one| !one.passing).collect();
    dossier::dossier(&Request {
        case,
        evidence: &checked.evidence,
        comparison: &checked.comparison,
        reference: &ready.reference,
        views: &views,
        papers: papers.collect(),
        categories: categories(case, &templates),
        problems,
        clock: job.moment.clock,
        reconstruction: job.moment.is_reconstruction(case),
        paper: order.paper,
    })
}

/// The categories of the forms that the case lists, in the order of each form.
fn categories(case: &Case, templates: &Templates) -> Vec<String> {
    let specs = case.papers().iter().filter_map(|paper| templates.spec(&paper.template).ok());
    let forms = specs.filter_map(|spec| spec.form);
    let mut found = Vec::new();
    for category in forms.flat_map(|form| form.categories) {
        if !found.contains(&category.id) {
            found.push(category.id);
        }
    }
    found
}

/// The files of the report by name. Without a layout or a glyph there is none in that format, and a problem says why.
#[must_use]
pub fn render(
    ready: &Ready,
    document: &Document,
    printer: &mut Printer,
    order: &Order,
) -> (Vec<(String, Vec<u8>)>, Vec<Diagnostic>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let document = match enclosed(document) {
        Ok(document) => document,
        Err(found) => return (files, found),
    };
    problems.extend(printer.lay_out(layers::layouts(&ready.loaded.layers)).err().unwrap_or_default());
    for format in &order.formats {
        match printer.print(*format, &document) {
            Ok(printed) => {
                problems.extend(printed.warnings);
                files.push((format!("{NAME}.{}", format.name()), printed.bytes));
            }
            Err(found) => problems.extend(found),
        }
    }
    let failed = problems.iter().any(|problem| problem.severity == Severity::Error);
    files.retain(|_| !failed);
    (files, problems)
}

/// The report with the ledger of its pages, by which `amparo verify` compares them.
fn enclosed(document: &Document) -> Result<Document, Vec<Diagnostic>> {
    let ledger = Carried::of_pages(document, &Folded::of(document, ReadingOrder::PAGES)).attachment();
    let ledger = ledger.map_err(|fault| vec![Diagnostic::error(Code::Internal, Place::default(), fault)])?;
    Ok(Document { attachments: vec![ledger], ..document.clone() })
}
