//! `amparo source recheck`: finds each quotation again, and lists the papers that rest on it. It changes nothing;
//! with `--write`, another command does.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::catalogue::record as record_of;
use super::quoted::{PapersByCitation, QuotedRow, papers, rows};
use super::reading::newer;
use super::words::{visible, wrapped};
use crate::case::Citation;
use crate::case::load;
use crate::command::cli::source::RecheckArgs;
use crate::command::options::CaseOptions;
use crate::command::outcome::Outcome;
use crate::command::prepared::{CaseDay, Prepared};
use crate::diag::{Failure, MessageFormat};
use crate::disk::Digest;
use crate::source::{CopyText, QuotationFate, Record};

/// A source, compared.
struct Compared<'a> {
    record: &'a Record,
    /// The state of the copy; `None` if there is none.
    copy: Option<Copy>,
    rows: Vec<QuotedRow<'a>>,
}

struct Copy {
    digest: Digest,
    /// True if another file is compared in place of the one in the archive.
    newer: bool,
    /// Paragraphs outside the text that have other words in the newer copy.
    shifted: Vec<String>,
}

/// Compares every quotation of the case, or of one source, with the copies.
///
/// # Errors
/// A case or copy cannot be read, or a source does not exist.
pub fn recheck(options: &CaseOptions, args: &RecheckArgs, format: MessageFormat) -> Result<Outcome, Failure> {
    let prepared = Prepared::new(options)?;
    if let Some(id) = &args.id {
        record_of(&prepared.loaded, id)?;
    }
    let newer = newer(&prepared, args)?;
    let Some(day) = prepared.day(options) else { return Ok(prepared.finish(options, Vec::new())) };
    if newer.is_none() {
        load::archive(&options.input)?;
    }
    let papers = papers(&day);
    let records = day.case.records().values().filter(|record| args.id.as_ref().is_none_or(|id| *id == record.id));
    let compared: Result<Vec<Compared>, Failure> =
        records.map(|record| compare(&day, record, newer.as_deref(), &papers)).collect();
    let compared = compared?;
    let all = || compared.iter().flat_map(|one| &one.rows);
    let blocked = all().any(|row| row.fate != QuotationFate::Same) || compared.iter().any(|one| !one.is_as_recorded());
    let said = match format {
        MessageFormat::Json => all().map(QuotedRow::json).collect(),
        MessageFormat::Human | MessageFormat::Short => compared.iter().map(Compared::human).collect(),
    };
    Ok(Outcome { said, blocked, ..Outcome::default() })
}

fn compare<'a>(
    day: &CaseDay<'a>,
    record: &'a Record,
    newer: Option<&[u8]>,
    papers: &PapersByCitation,
) -> Result<Compared<'a>, Failure> {
    let own = day.loaded.archive.copy(record)?;
    let Some(bytes) = newer.or(own.as_deref()) else { return Ok(Compared { record, copy: None, rows: Vec::new() }) };
    let read = |bytes: &[u8]| CopyText::new(record, &String::from_utf8_lossy(bytes));
    let text = read(bytes);
    let shifted = match (newer, &own) {
        (Some(_), Some(old)) => shifted(record, &read(old), &text),
        _ => Vec::new(),
    };
    let copy = Some(Copy { digest: Digest::of(bytes), newer: newer.is_some(), shifted });
    // The ranges outside the text are counted in the recorded copy.
    let allowed = |paragraph: usize| newer.is_some() || text.is_part(paragraph);
    let fate = |one: &Citation| QuotationFate::of(&text, one.at, &one.quote, &allowed);
    Ok(Compared { record, copy, rows: rows(day.case, record, papers, &fate) })
}

/// Ranges outside the text that have other words in the newer copy.
fn shifted(record: &Record, old: &CopyText, new: &CopyText) -> Vec<String> {
    let part = |copy: &CopyText, range: &RangeInclusive<usize>| -> Option<Vec<String>> {
        range.clone().map(|number| copy.haystack.paragraph(number.checked_sub(1)?).map(str::to_owned)).collect()
    };
    let differs = record.excluded.iter().filter(|(range, _)| part(old, range) != part(new, range));
    differs.map(|(range, why)| format!("{} to {} ({why})", range.start(), range.end())).collect()
}

impl Compared<'_> {
    fn is_as_recorded(&self) -> bool {
        let recorded = self.record.digest.as_ref().map(|digest| digest.value);
        self.copy.as_ref().is_none_or(|copy| recorded.is_none_or(|recorded| recorded == copy.digest))
    }

    fn human(&self) -> String {
        let mut out = format!("{}  {}\n", self.record.id, visible(&self.record.title.value));
        if let Some(withdrawn) = &self.record.withdrawn {
            let _ = writeln!(out, "  taken back, so that nothing rests on it: {}", visible(&withdrawn.why));
        }
        let Some(copy) = &self.copy else { return out + "  no copy is at hand: nothing was compared\n" };
        let _ = writeln!(out, "  {}", self.copy_words(copy));
        for range in &copy.shifted {
            let _ = writeln!(out, "  paragraphs {range} read differently in it: correct `limits` when you record it");
        }
        let _ = writeln!(out, "  {}", self.summary());
        let papers: BTreeSet<&str> = self.rows.iter().flat_map(|row| &row.papers).map(String::as_str).collect();
        if !papers.is_empty() {
            let papers: Vec<&str> = papers.into_iter().collect();
            let _ = writeln!(out, "  {}", wrapped(&format!("papers that rest on it: {}", papers.join(", ")), "  "));
        }
        for row in self.rows.iter().filter(|row| row.fate != QuotationFate::Same) {
            let _ = write!(out, "\n{}", row.human());
        }
        out
    }

    fn copy_words(&self, copy: &Copy) -> String {
        let which = if copy.newer { "the newer copy" } else { "the copy" };
        match &self.record.digest {
            None => format!("{which} cannot be compared as a whole: no digest is recorded"),
            Some(recorded) if recorded.value == copy.digest => {
                format!("{which} is the one that was recorded")
            }
            Some(_) => format!("{which} is not the one that was recorded: it has {}", copy.digest),
        }
    }

    fn summary(&self) -> String {
        const NAMES: [&str; 6] = ["same place", "moved", "altered", "gone", "not part of the text", "no quotation"];
        let count = |name: &str| self.rows.iter().filter(|row| row.fate.name() == name).count();
        let counts = NAMES.map(|name| (count(name), name)).into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = counts.map(|(count, name)| format!("{count} {name}")).collect();
        match self.rows.len() {
            0 => "nothing is cited from it".to_owned(),
            1 => format!("1 quotation: {}", parts.join(", ")),
            number => format!("{number} quotations: {}", parts.join(", ")),
        }
    }
}
