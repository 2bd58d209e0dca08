//! `amparo source export`: the records for other programs, the citations as annotations.

use super::catalogue::{opened, outcome};
use crate::case;
use crate::case::load::{self, Input, Loaded};
use crate::command::cli::source::{ExportArgs, ExportFormat};
use crate::command::outcome::Outcome;
use crate::diag::{Diagnostic, Failure};
use crate::disk::Digest;
use crate::source::copy;
use crate::source::library::annotations::{self, Annotation};
use crate::source::library::{self, anchor};
use crate::text::{Quotation, QuotationVerdict};

/// Prints records or citations for other programs.
///
/// # Errors
/// A case or copy cannot be read.
pub fn export(input: &Input, args: &ExportArgs) -> Result<Outcome, Failure> {
    let loaded = load::catalogue(input)?;
    let mut problems = Vec::new();
    let text = match args.to {
        ExportFormat::Biblatex => library::to_biblatex(&loaded.records),
        ExportFormat::CslJson => library::to_csl_json(&loaded.records),
        ExportFormat::WebAnnotations => annotations::write(&passages(input, &loaded, &mut problems)?),
    };
    Ok(outcome(loaded, problems, vec![text.trim_end().to_owned()]))
}

/// Each citation at its place in its copy, with an id that depends only on the words and the place. A quotation in
/// several parts has an annotation for each part.
fn passages(
    input: &Input,
    loaded: &Loaded,
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<(String, Annotation)>, Failure> {
    let Some(raw) = &loaded.case else { return Ok(Vec::new()) };
    let (case, faults) = case::convert(&loaded.case_file, raw, loaded.records.clone());
    let Some(case) = case else {
        problems.extend(faults);
        return Ok(Vec::new());
    };
    let folder = load::archive(input)?;
    let mut found: Vec<(String, Annotation)> = Vec::new();
    for record in loaded.records.values() {
        let citations: Vec<_> = case.citations().into_iter().filter(|(_, one)| one.source == record.id).collect();
        if citations.is_empty() {
            continue;
        }
        let Some(bytes) = load::copy(&folder, record)? else {
            problems.push(copy::missing(record));
            continue;
        };
        let Some((copy, _)) = opened(record, &bytes, problems) else { continue };
        let target = record.url.clone().unwrap_or_else(|| anchor::urn(&Digest::of(&bytes)));
        for (_, citation) in citations {
            let Ok(quotation) = Quotation::parse(&citation.quote) else { continue };
            // A quotation that is not verified is left out; `check` and `source recheck` give the reason.
            let verdict = copy.find(citation.at, &quotation, &|paragraph| copy.is_part(paragraph));
            let Some(QuotationVerdict::Verified(there)) = verdict else { continue };
            for (id, annotation) in anchor::annotations(&copy, &target, &there) {
                if found.iter().all(|(known, _)| *known != id) {
                    found.push((id, Annotation { number: found.len() + 1, ..annotation }));
                }
            }
        }
    }
    Ok(found)
}
