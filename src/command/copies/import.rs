//! `amparo source import`: records of other programs become entries of `sources.yaml`, annotations become citations to
//! paste. Records come in whole or not at all.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use super::find::quotable;
use crate::case::load::{self, Loaded};
use crate::command::cli::copies::Import;
use crate::command::job::Job;
use crate::command::pipeline::Outcome;
use crate::diag::{Code, Diagnostic, Failure, Place};
use crate::disk::Digest;
use crate::disk::read;
use crate::source::append::{Refused, append};
use crate::source::library::annotations::Annotation;
use crate::source::library::{self, Imported, Library};
use crate::source::{Locator, Record, paste};
use crate::text::{Haystack, Quotation, phrase, words};

/// Takes over what a file of another program holds.
///
/// # Errors
/// A case or file that cannot be read, or a case that cannot be written.
pub fn import(job: &Job, args: &Import) -> Result<Outcome, Failure> {
    let bytes = read::limited(&args.file)?;
    let file: Arc<str> = args.file.to_string_lossy().replace('\\', "/").into();
    let mut loaded = load::catalogue(&job.input)?;
    let Ok(text) = String::from_utf8(bytes) else {
        let problem = Diagnostic::error(Code::SourceImport, Place::file(file), "this file is not UTF-8 text")
            .hint("export the library as UTF-8");
        return Ok(super::outcome(loaded, vec![problem], Vec::new()));
    };
    loaded.files.add(file.clone(), text.as_str());
    match library::read(&file, &text) {
        Err(problems) => Ok(super::outcome(loaded, problems, Vec::new())),
        Ok(Library::Records(records)) => add(job, loaded, &file, &records),
        Ok(Library::Annotations(annotations)) => cite(job, loaded, &file, &annotations),
    }
}

fn add(job: &Job, loaded: Loaded, file: &Arc<str>, records: &[Imported]) -> Result<Outcome, Failure> {
    let path = job.input.case.join("sources.yaml");
    let name: Arc<str> = path.to_string_lossy().replace('\\', "/").into();
    let Some(text) = loaded.files.text(&name).map(str::to_owned) else {
        return Ok(super::outcome(loaded, Vec::new(), Vec::new()));
    };
    let mut problems = twice(file, records);
    let lines: Vec<(String, String)> = records.iter().map(|record| (record.id.clone(), record.write())).collect();
    if problems.is_empty() {
        match append(&name, &text, &lines) {
            Ok(text) => {
                crate::disk::write::replace(&path, text.as_bytes())?;
                problems.extend(records.iter().filter_map(|record| record.told(file)));
                let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
                let said = vec![
                    format!("added to {}: {}", path.display(), ids.join(", ")),
                    "next: name each copy with `file`, say who may see the source with `audience`, then `amparo check`"
                        .to_owned(),
                ];
                return Ok(super::outcome(loaded, problems, said));
            }
            Err(refused) => problems.extend(told(&name, file, records, refused)),
        }
    }
    Ok(super::outcome(loaded, problems, Vec::new()))
}

/// Two records of the file with one id.
fn twice(file: &Arc<str>, records: &[Imported]) -> Vec<Diagnostic> {
    let again = records.iter().enumerate().filter(|(at, one)| records[..*at].iter().any(|other| other.id == one.id));
    again
        .map(|(_, one)| {
            let words = format!("two records of this file have the id `{}`", one.id);
            Diagnostic::error(Code::SourceImport, Place::line(file.clone(), one.line), words)
                .hint("give one of them another id there; nothing was added")
        })
        .collect()
}

fn told(sources: &Arc<str>, file: &Arc<str>, records: &[Imported], refused: Refused) -> Vec<Diagnostic> {
    match refused {
        Refused::Unreadable(problems) => problems,
        Refused::Shape => vec![
            Diagnostic::error(
                Code::SourceImport,
                Place::file(sources.clone()),
                "nothing can be added at the end of this file",
            )
            .hint("write each source as a block of its own, `id:` at the start of a line; nothing was added"),
        ],
        Refused::Taken(taken) => taken
            .into_iter()
            .map(|(id, line)| {
                let own = records.iter().find(|record| record.id == id).map_or(0, |record| record.line);
                let words = format!("the case already has a source `{id}`");
                Diagnostic::error(Code::SourceImport, Place::line(file.clone(), own), words)
                    .and_at(Place::line(sources.clone(), line), "it stands here")
                    .hint("give the new record another id in the library, or leave it out; nothing was added")
            })
            .collect(),
    }
}

/// Each annotation whose words stand in a copy, as a citation.
fn cite(job: &Job, loaded: Loaded, file: &Arc<str>, annotations: &[Annotation]) -> Result<Outcome, Failure> {
    let folder = load::archive(&job.input)?;
    let mut problems = Vec::new();
    let mut open: Vec<(&Record, String)> = Vec::new();
    for record in loaded.records.values() {
        let Some(bytes) = load::copy(&folder, record)? else {
            problems.push(super::missing(record));
            continue;
        };
        problems.extend(super::differs(record, &bytes));
        open.extend(super::text(record, &bytes, &mut problems).map(|text| (record, text.to_owned())));
    }
    let mut said = Vec::new();
    for annotation in annotations {
        // The text that is meant first; a page may have been cited under another address.
        let meant = open.iter().filter(|(record, _)| is_meant(record, &annotation.target));
        let others = open.iter().filter(|(record, _)| !is_meant(record, &annotation.target));
        match meant.chain(others).find_map(|(record, text)| citation(record, text, annotation)) {
            Some(citation) => said.push(citation),
            None => problems.push(
                Diagnostic::warning(
                    Code::SourceImport,
                    Place::file(file.clone()),
                    format!(
                        "the words of annotation {} stand in no copy: “{}”",
                        annotation.number,
                        shortened(&annotation.exact)
                    ),
                )
                .hint(
                    "add its source with a copy; if the page has changed, look for the words with `amparo source find`",
                ),
            ),
        }
    }
    Ok(super::outcome(loaded, problems, said))
}

/// Whether an annotation names this source: by its address, or by the digest of its copy.
fn is_meant(record: &Record, target: &str) -> bool {
    let plain = |address: &str| {
        let address = address.split('#').next().unwrap_or_default();
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        address.trim_start_matches("www.").trim_end_matches('/').to_owned()
    };
    let digest = record.digest.as_ref().map(|digest| urn(&digest.value));
    record.url.as_ref().is_some_and(|url| plain(url) == plain(target)) || digest.is_some_and(|urn| urn == target)
}

/// The name of a copy that has no address.
pub(super) fn urn(digest: &Digest) -> String {
    format!("urn:{digest}")
}

/// The citation for an annotation, if its words stand in this text: they themselves where they are few, else the
/// phrase to quote at their beginning.
fn citation(record: &Record, text: &str, annotation: &Annotation) -> Option<String> {
    let canonical = super::canonical(record, text);
    let haystack = super::haystack(&canonical);
    let allowed = |paragraph: usize| record.excluded(paragraph + 1).is_none();
    let (paragraph, range) = place(&haystack, annotation, &allowed)?;
    let text_of = haystack.paragraph(paragraph)?;
    let marked = &text_of[range.clone()];
    let is_phrase = words::count(marked) <= phrase::MOST_WORDS && Quotation::parse(marked).is_ok();
    let quote = if is_phrase { marked } else { &text_of[quotable(text, text_of, &range, &[])?.range] };
    Some(paste::citation(&record.id, Locator::of(paragraph, &canonical.pages), quote))
}

/// Where the words of an annotation stand: the paragraph from 0, and its bytes. What was marked across several
/// paragraphs stands in its first one; where the words stand several times, what is around them decides.
fn place(
    haystack: &Haystack,
    annotation: &Annotation,
    allowed: &dyn Fn(usize) -> bool,
) -> Option<(usize, Range<usize>)> {
    let exact = annotation.exact.trim().lines().next().unwrap_or_default().trim();
    if let Ok(quotation) = Quotation::parse(exact) {
        let best = haystack.matches(&quotation, allowed).into_iter().max_by_key(|found| {
            let paragraph = haystack.paragraph(found.paragraph).unwrap_or_default();
            (beside(paragraph, &found.ranges, annotation), Reverse(found.paragraph))
        })?;
        return Some((best.paragraph, best.ranges.first()?.start..best.ranges.last()?.end));
    }
    // Too short to be a quotation by itself: with what is around them they are found.
    let around = format!("{}{}{}", annotation.prefix, annotation.exact, annotation.suffix);
    let inside = annotation.prefix.len() + annotation.exact.find(exact)?;
    (0..haystack.len()).filter(|paragraph| allowed(*paragraph)).find_map(|paragraph| {
        let start = haystack.paragraph(paragraph)?.find(&around)? + inside;
        Some((paragraph, start..start + exact.len()))
    })
}

/// How much of what an annotation has before and after its words stands there too, in characters.
fn beside(paragraph: &str, ranges: &[Range<usize>], annotation: &Annotation) -> usize {
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return 0 };
    let before = paragraph[..first.start].chars().rev().zip(annotation.prefix.chars().rev());
    let after = paragraph[last.end..].chars().zip(annotation.suffix.chars());
    before.take_while(|(one, other)| one == other).count() + after.take_while(|(one, other)| one == other).count()
}

fn shortened(words: &str) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() <= phrase::MOST_WORDS { all.join(" ") } else { all[..phrase::MOST_WORDS].join(" ") + " …" }
}
