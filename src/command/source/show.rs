//! `amparo source show`: the text of a source, with paragraphs numbered as in citations.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::catalogue::{opened, outcome, record};
use super::words::{Look, marked, visible, wrapped};
use crate::case::load::{self, Input, Loaded};
use crate::case::{self, Case};
use crate::command::cli::source::ShowArgs;
use crate::command::options::Screen;
use crate::command::outcome::Outcome;
use crate::diag::{Diagnostic, Failure, MessageFormat};
use crate::source::{CopyText, Locator, copy};
use crate::text::{Quotation, QuotationVerdict};

/// A citation of a paragraph.
struct Cited {
    /// Byte ranges in the paragraph.
    ranges: Vec<Range<usize>>,
    /// The claim that rests on it: `facts.verdict`.
    by: String,
    quote: String,
}

/// Shows a source.
///
/// # Errors
/// A case or copy cannot be read, or a source does not exist or has no copy.
pub fn show(input: &Input, args: &ShowArgs, format: MessageFormat, screen: &Screen) -> Result<Outcome, Failure> {
    let loaded = load::catalogue(input)?;
    let record = record(&loaded, &args.id)?;
    let mut problems = Vec::new();
    let Some(bytes) = load::copy(&load::archive(input)?, record)? else {
        let problem = copy::missing(record);
        return Ok(Outcome { blocked: true, ..outcome(loaded, vec![problem], Vec::new()) });
    };
    let Some((copy, _)) = opened(record, &bytes, &mut problems) else {
        return Ok(outcome(loaded, problems, Vec::new()));
    };
    let cited = cited(&loaded, &copy, &mut problems);
    let said = match format {
        MessageFormat::Json => json(&copy, &cited),
        MessageFormat::Human | MessageFormat::Short => human(&copy, &cited, screen),
    };
    Ok(outcome(loaded, problems, vec![said]))
}

/// The citations by paragraph, from 0. If the case cannot be read there are none.
fn cited(loaded: &Loaded, copy: &CopyText, problems: &mut Vec<Diagnostic>) -> BTreeMap<usize, Vec<Cited>> {
    let mut found: BTreeMap<usize, Vec<Cited>> = BTreeMap::new();
    let Some(raw) = &loaded.case else { return found };
    let (case, faults): (Option<Case>, _) = case::convert(&loaded.case_file, raw, loaded.records.clone());
    let Some(case) = case else {
        problems.extend(faults);
        return found;
    };
    for (by, citation) in case.citations().into_iter().filter(|(_, one)| one.source == copy.record.id) {
        let Ok(quotation) = Quotation::parse(&citation.quote) else { continue };
        let verdict = copy.find(citation.at, &quotation, &|paragraph| copy.is_part(paragraph));
        if let Some(QuotationVerdict::Verified(there)) = verdict {
            let cited = Cited { ranges: there.ranges, by: by.to_string(), quote: citation.quote.value.clone() };
            found.entry(there.paragraph).or_default().push(cited);
        }
    }
    found
}

/// The paragraphs of a copy with their numbers, from 0.
fn paragraphs<'a>(copy: &'a CopyText) -> impl Iterator<Item = (usize, &'a str)> {
    (0..copy.haystack.len()).filter_map(|number| Some((number, copy.haystack.paragraph(number)?)))
}

fn human(copy: &CopyText, cited: &BTreeMap<usize, Vec<Cited>>, screen: &Screen) -> String {
    let record = copy.record;
    let mut out = format!("{}: {}\n", record.id, visible(&record.title.value));
    if let Some(what) = &record.truncated {
        let _ = writeln!(out, "incomplete: {}", visible(what));
    }
    let width = copy.haystack.len().to_string().len().max(2);
    let indent = " ".repeat(width + 2);
    for (number, text) in paragraphs(copy) {
        out += &page_marks(copy, number);
        let here = cited.get(&number).map(Vec::as_slice).unwrap_or_default();
        let excluded = record.excluded(number + 1);
        let rest = if excluded.is_some() { Look::Grey } else { Look::Plain };
        let words = marked(&visible(text), &joined(here), rest, screen);
        let words = if screen.terminal { wrapped(&words, &indent) } else { words };
        let number = match copy.place(number) {
            Locator::Para(number) | Locator::Page(number) | Locator::PagePara { para: number, .. } => number,
        };
        let _ = writeln!(out, "\n{number:>width$}  {words}");
        if let Some(why) = excluded {
            let _ = writeln!(out, "{indent}not part of the text: {}", visible(why));
        }
        for one in here {
            let _ = writeln!(out, "{indent}cited by {}: “{}”", one.by, visible(&one.quote));
        }
    }
    out.trim_end().to_owned()
}

/// A line for the page that begins with a paragraph (from 0), and for empty pages before it.
fn page_marks(copy: &CopyText, paragraph: usize) -> String {
    let begins = copy.pages.iter().enumerate().filter(|(_, page)| page.start == paragraph);
    let mut out = String::new();
    for (at, page) in begins {
        let _ = writeln!(out, "\npage {}{}", at + 1, if page.is_empty() { ": no words" } else { "" });
    }
    out
}

/// All cited ranges of a paragraph, in order; ranges that touch or overlap are joined.
fn joined(cited: &[Cited]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> =
        cited.iter().flat_map(|one| one.ranges.clone()).filter(|range| !range.is_empty()).collect();
    all.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in all {
        match out.last_mut().filter(|last| last.end >= range.start) {
            Some(last) => last.end = last.end.max(range.end),
            None => out.push(range),
        }
    }
    out
}

fn json(copy: &CopyText, cited: &BTreeMap<usize, Vec<Cited>>) -> String {
    let line = |(number, text): (usize, &str)| {
        let here = cited.get(&number).map(Vec::as_slice).unwrap_or_default();
        let told: Vec<serde_json::Value> = here
            .iter()
            .map(|one| {
                let ranges: Vec<[usize; 2]> = one.ranges.iter().map(|range| [range.start, range.end]).collect();
                serde_json::json!({"by": one.by, "quote": one.quote, "bytes": ranges})
            })
            .collect();
        serde_json::json!({
            "source": copy.record.id, "at": copy.place(number).to_string(), "text": text,
            "not-text": copy.record.excluded(number + 1), "cited": told,
        })
        .to_string()
    };
    paragraphs(copy).map(line).collect::<Vec<_>>().join("\n")
}
