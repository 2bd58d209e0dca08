//! What is done with the copies of sources, from the command line: each command reads what it needs, and gives an
//! [`Outcome`]. Nothing here changes a copy.

mod export;
mod find;
mod import;
mod recheck;
mod show;
mod words;

pub use export::export;
pub use find::{Passage, Passages, find};
pub use import::import;
pub use recheck::recheck;
pub use show::show;

use std::ops::Range;

use crate::case::load::Loaded;
use crate::command::pipeline::Outcome;
use crate::diag::{Code, Diagnostic, Failure};
use crate::disk::Digest;
use crate::source::{Locator, Record};
use crate::text::{Canonical, Haystack, Quotation, Verdict};

/// A record by its id.
fn record<'a>(loaded: &'a Loaded, id: &str) -> Result<&'a Record, Failure> {
    loaded.records.get(id).ok_or_else(|| {
        let known: Vec<&str> = loaded.records.keys().map(String::as_str).collect();
        let near = crate::yaml::nearest(id, &known);
        Failure::request(
            format!("`sources.yaml` has no source `{id}`"),
            near.unwrap_or_else(|| format!("use one of: {}", known.join(", "))),
        )
    })
}

/// The text of a copy; what is no text becomes a problem of its record.
fn text<'a>(record: &Record, bytes: &'a [u8], problems: &mut Vec<Diagnostic>) -> Option<&'a str> {
    let text = std::str::from_utf8(bytes).ok();
    if text.is_none() {
        let words = format!("the copy of `{}` is not UTF-8 text", record.id);
        problems.push(
            Diagnostic::error(Code::SourceNotText, record.place.clone(), words)
                .hint("save the text of the source as UTF-8 and record that file"),
        );
    }
    text
}

/// The paragraphs of a copy, read as its record says: with pages where an extractor wrote them.
fn canonical(record: &Record, text: &str) -> Canonical {
    Canonical::of_copy(text, record.extractor.is_plain())
}

/// The words in which quotations are looked for.
fn haystack(canonical: &Canonical) -> Haystack {
    Haystack::new(canonical.paragraphs.iter().map(|paragraph| paragraph.text.clone()).collect())
}

/// Where a quotation stands: at the place that is cited, else anywhere in the text. `None` where the copy has no such
/// place.
fn verify(
    haystack: &Haystack,
    pages: &[Range<usize>],
    at: Locator,
    quotation: &Quotation,
    allowed: &dyn Fn(usize) -> bool,
) -> Option<Verdict> {
    let here = at.paragraphs(pages)?;
    let there = |paragraph: usize| here.contains(&paragraph) && allowed(paragraph);
    let found = haystack.matches(quotation, &there).into_iter().next();
    Some(found.map_or_else(|| haystack.verify(quotation, Some(here.start), allowed), Verdict::Verified))
}

/// Says that a copy is not the one that was recorded.
fn differs(record: &Record, bytes: &[u8]) -> Option<Diagnostic> {
    let recorded = record.digest.as_ref()?;
    let found = Digest::of(bytes);
    (recorded.value != found).then(|| {
        let words = format!("the copy of `{}` is not the one that was recorded", record.id);
        Diagnostic::warning(Code::SourceDigestDiffers, recorded.place.clone(), words)
            .label("recorded here")
            .with_note(format!("the copy has sha256:{found}"))
            .hint("compare its quotations with `amparo source recheck`, then record the new digest")
    })
}

/// Says that a copy is not at hand.
fn missing(record: &Record) -> Diagnostic {
    let place = record.file.as_ref().map_or(&record.place, |file| &file.place).clone();
    let hint = match &record.file {
        Some(file) => format!("put `{}` into the archive folder, or correct `file`", file.value),
        None => "add a line `file: …` with the name of the copy".to_owned(),
    };
    Diagnostic::warning(Code::SourceCopyMissing, place, format!("the archive has no copy of `{}`", record.id))
        .hint(hint)
}

/// An outcome whose problems, with those of the files that were read, come first.
fn outcome(mut loaded: Loaded, mut problems: Vec<Diagnostic>, said: Vec<String>) -> Outcome {
    problems.append(&mut loaded.problems);
    crate::diag::tidy(&mut problems);
    let blocked = problems.iter().any(|problem| crate::check::blocks(problem, false));
    Outcome { files: loaded.files, problems, said, blocked, inputs: loaded.inputs, ..Outcome::default() }
}
