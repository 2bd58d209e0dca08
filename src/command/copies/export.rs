//! `amparo source export`: the records for other programs, the citations as annotations.

use super::import::urn;
use crate::case;
use crate::case::load::{self, Loaded};
use crate::command::cli::copies::{Export, ExportFormat};
use crate::command::job::Job;
use crate::command::pipeline::Outcome;
use crate::diag::{Diagnostic, Failure};
use crate::disk::Digest;
use crate::disk::digest::hex;
use crate::source::library;
use crate::source::library::annotations::{self, Annotation};
use crate::text::{Quotation, Verdict};

/// Characters before and after the words of an annotation, at most.
const BESIDE: usize = 32;

/// Prints what other programs read.
///
/// # Errors
/// A case or copy that cannot be read.
pub fn export(job: &Job, args: &Export) -> Result<Outcome, Failure> {
    let loaded = load::catalogue(&job.input)?;
    let mut problems = Vec::new();
    let text = match args.to {
        ExportFormat::Biblatex => library::to_biblatex(&loaded.records),
        ExportFormat::CslJson => library::to_csl_json(&loaded.records),
        ExportFormat::WebAnnotations => annotations::write(&passages(job, &loaded, &mut problems)?),
    };
    Ok(super::outcome(loaded, problems, vec![text.trim_end().to_owned()]))
}

/// Each citation as it stands in its copy, with an id that stays the same for the same words at the same place. What is
/// quoted in parts is one annotation a part.
fn passages(job: &Job, loaded: &Loaded, problems: &mut Vec<Diagnostic>) -> Result<Vec<(String, Annotation)>, Failure> {
    let Some(raw) = &loaded.case else { return Ok(Vec::new()) };
    let (case, faults) = case::convert(&loaded.case_file, raw, loaded.records.clone());
    let Some(case) = case else {
        problems.extend(faults);
        return Ok(Vec::new());
    };
    let folder = load::archive(&job.input)?;
    let mut found: Vec<(String, Annotation)> = Vec::new();
    for record in loaded.records.values() {
        let citations: Vec<_> = case.citations().into_iter().filter(|(_, one)| one.source == record.id).collect();
        if citations.is_empty() {
            continue;
        }
        let Some(bytes) = load::copy(&folder, record)? else {
            problems.push(super::missing(record));
            continue;
        };
        problems.extend(super::differs(record, &bytes));
        let Some(text) = super::text(record, &bytes, problems) else { continue };
        let canonical = super::canonical(record, text);
        let haystack = super::haystack(&canonical);
        let target = record.url.clone().unwrap_or_else(|| urn(&Digest::of(&bytes)));
        for (_, citation) in citations {
            let Ok(quotation) = Quotation::parse(&citation.quote) else { continue };
            let allowed = |paragraph: usize| record.excluded(paragraph + 1).is_none();
            // What does not verify is no passage; `check` and `source recheck` say why.
            let verdict = super::verify(&haystack, &canonical.pages, citation.at, &quotation, &allowed);
            let Some(Verdict::Verified(there)) = verdict else { continue };
            let paragraph = haystack.paragraph(there.paragraph).unwrap_or_default();
            for range in there.ranges.iter().filter(|range| !range.is_empty()) {
                let exact = paragraph[range.clone()].to_owned();
                let prefix: Vec<char> = paragraph[..range.start].chars().rev().take(BESIDE).collect();
                let suffix = paragraph[range.end..].chars().take(BESIDE).collect();
                let id = id(&[&target, &there.paragraph.to_string(), &range.start.to_string(), &exact]);
                if found.iter().all(|(known, _)| *known != id) {
                    let prefix = prefix.into_iter().rev().collect();
                    let number = found.len() + 1;
                    found.push((id, Annotation { number, target: target.clone(), exact, prefix, suffix }));
                }
            }
        }
    }
    Ok(found)
}

/// A UUID of version 8 made from the digest of these words.
///
/// Source: RFC 9562, 5.8.
fn id(words: &[&str]) -> String {
    let digest = hex(words.join("\n").as_bytes());
    format!(
        "urn:uuid:{}-{}-8{}-a{}-{}",
        &digest[..8],
        &digest[8..12],
        &digest[13..16],
        &digest[17..20],
        &digest[20..32]
    )
}
