//! What `amparo source recheck --write` has done, and what it leaves to do, in words.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::case_files::CaseFiles;
use super::quoted::QuotedRow;
use super::reading::OtherReading;
use super::words::{visible, wrapped};
use crate::diag::MessageFormat;
use crate::disk::Digest;
use crate::source::archive;
use crate::source::{MovedRange, QuotationFate, Record};

/// A source with another reading, worked out.
pub(super) struct Renewed<'a> {
    /// The quotations; true for those that stand right now.
    pub(super) rows: Vec<(QuotedRow<'a>, bool)>,
    /// The ranges outside the text, as they were and as they are, also those that have the same numbers.
    pub(super) ranges: Vec<MovedRange>,
    /// Those that have no certain place.
    pub(super) left_ranges: Vec<RangeInclusive<usize>>,
    /// The renewed seals, by name.
    pub(super) seals: Vec<String>,
    /// Seals that held before and do not any more.
    pub(super) left_seals: Vec<LeftSeal>,
    /// `sources.yaml`.
    pub(super) sources: CaseFiles,
    /// The other files of the case.
    pub(super) files: CaseFiles,
    /// True once something was written.
    pub(super) is_written: bool,
}

/// A seal that does not hold any more.
pub(super) struct LeftSeal {
    /// What bears it.
    pub(super) name: String,
    /// File and line.
    pub(super) place: String,
    /// The seal that would fit.
    pub(super) seal: String,
    /// True if its paragraphs have the same words, and only its place in the file is not safe to edit.
    pub(super) is_same: bool,
}

impl Renewed<'_> {
    /// True if something is left to do.
    pub(super) fn is_left(&self) -> bool {
        self.rows.iter().any(|(_, done)| !done) || !self.left_ranges.is_empty() || !self.left_seals.is_empty()
    }

    /// What was done and what is left, for stdout.
    pub(super) fn tell(&self, record: &Record, other: &OtherReading, format: MessageFormat) -> Vec<String> {
        match format {
            MessageFormat::Json => self.json(record),
            MessageFormat::Human | MessageFormat::Short => vec![self.human(record, other)],
        }
    }

    /// The ranges outside the text that have new numbers.
    fn moved(&self) -> impl Iterator<Item = &MovedRange> {
        self.ranges.iter().filter(|(old, new)| old != new)
    }

    fn moved_rows(&self) -> impl Iterator<Item = &QuotedRow<'_>> {
        self.rows.iter().filter(|(row, done)| *done && row.fate != QuotationFate::Same).map(|(row, _)| row)
    }

    fn json(&self, record: &Record) -> Vec<String> {
        let names = |ranges: &mut dyn Iterator<Item = &RangeInclusive<usize>>| -> Vec<[usize; 2]> {
            ranges.map(|range| [*range.start(), *range.end()]).collect()
        };
        let seals: Vec<&str> = self.left_seals.iter().map(|seal| seal.name.as_str()).collect();
        let whole = serde_json::json!({
            "source": record.id,
            "written": self.is_written,
            "renumbered": self.moved_rows().count(),
            "ranges-renumbered": names(&mut self.moved().map(|(_, new)| new)),
            "ranges-left": names(&mut self.left_ranges.iter()),
            "seals-renewed": self.seals,
            "seals-left": seals,
        });
        self.rows.iter().map(|(row, _)| row.json()).chain([whole.to_string()]).collect()
    }

    fn human(&self, record: &Record, other: &OtherReading) -> String {
        let mut out = format!("{}  {}\n", record.id, visible(&record.title.value));
        let _ = match (self.is_written, self.is_left()) {
            (true, _) => write!(out, "{}", self.done(record, other)),
            (false, false) => writeln!(out, "  there is nothing to do: every quotation stands at its place"),
            (false, true) => writeln!(out, "  nothing was changed: what is left needs a person"),
        };
        let papers: BTreeSet<&str> = self.rows.iter().flat_map(|(row, _)| &row.papers).map(String::as_str).collect();
        if self.is_written && !papers.is_empty() {
            let papers: Vec<&str> = papers.into_iter().collect();
            let _ = writeln!(out, "  {}", wrapped(&format!("papers that rest on it: {}", papers.join(", ")), "  "));
        }
        if self.is_left() {
            let _ = write!(out, "\nleft to do:\n{}", self.left(record));
        }
        out
    }

    /// What was done.
    fn done(&self, record: &Record, other: &OtherReading) -> String {
        let mut out = String::new();
        let what = if other.is_newer { "the newer file was read" } else { "the recorded file was read again" };
        let _ = writeln!(out, "  {what} by {} (the text was made by {})", other.extractor, record.extractor);
        let file = record.file.as_ref().zip(record.digest.as_ref());
        match file.filter(|(_, old)| old.value != Digest::of(&other.text)) {
            Some((file, old)) => {
                let kept = archive::kept(&file.value, &old.value.to_string());
                let _ = writeln!(out, "  `{}` has the new text; the old one is kept as `{kept}`", file.value);
            }
            None => out += "  its words are the same\n",
        }
        let moved: Vec<&QuotedRow> = self.moved_rows().collect();
        if !moved.is_empty() {
            let _ = writeln!(out, "  renumbered: {}", count(moved.len(), "quotation"));
            for row in moved {
                if let QuotationFate::Moved(places) = &row.fate {
                    let now = places.first().map(ToString::to_string).unwrap_or_default();
                    let (at, by) = (row.citation.at, row.owners.join(", "));
                    let _ = writeln!(out, "    {at} is now {now}: “{}”, {by}", visible(&row.citation.quote));
                }
            }
        }
        for (old, new) in self.moved() {
            let are = if old.start() == old.end() { "is" } else { "are" };
            let _ = writeln!(out, "  no part of the text: {} {are} now {}", named(old), named(new));
        }
        let is_known = |range: &RangeInclusive<usize>| {
            let in_one = |(_, known): &MovedRange| known.contains(range.start()) && known.contains(range.end());
            self.ranges.iter().any(in_one)
        };
        for (range, why) in other.furniture.iter().filter(|(range, _)| !is_known(range)) {
            let name = named(range);
            let _ = writeln!(
                out,
                "  perhaps no part of the text either: {name} ({why}); if so, add a range under `limits`"
            );
        }
        for seal in &self.seals {
            let _ = writeln!(out, "  renewed, because its paragraphs have the same words: {}", visible(seal));
        }
        if other.is_newer && record.accessed.is_some() {
            out += "  look at the day of the visit under `url` in the record: it is that of the older file\n";
        }
        for remark in &other.remarks {
            let _ = writeln!(out, "  note: {remark}");
        }
        out
    }

    fn left(&self, record: &Record) -> String {
        let mut out = String::new();
        for (row, _) in self.rows.iter().filter(|(_, done)| !done) {
            let _ = writeln!(out, "{}      {}", row.human(), advice(&row.fate));
        }
        for range in &self.left_ranges {
            let why = record.excluded(*range.start()).unwrap_or_default();
            let name = named(range);
            let _ = writeln!(
                out,
                "  not found, unchanged, at exactly one place of the new text: {name} of the old one ({why})\n      correct or \
                 delete that range under `limits`, which now covers other paragraphs"
            );
        }
        for LeftSeal { name, place, seal, is_same } in &self.left_seals {
            let name = visible(name);
            let _ = if *is_same {
                writeln!(out, "  {name} ({place}): its paragraphs have the same words; write `seal: {seal}`")
            } else {
                writeln!(out, "  look at it again: {name} ({place}): a paragraph that it rests on reads otherwise")
            };
        }
        out
    }
}

/// What to do about a quotation that is left.
fn advice(fate: &QuotationFate) -> String {
    match fate {
        QuotationFate::Same | QuotationFate::Unreadable => "correct the quotation".to_owned(),
        QuotationFate::Moved(places) => match places.as_slice() {
            [one] => format!("write `at: {one}` yourself: this value is not written there by itself"),
            _ => "choose the place that is meant, and write it after `at:`".to_owned(),
        },
        QuotationFate::NotText(..) => "quote the text itself, or correct `limits` in the record".to_owned(),
        QuotationFate::Altered { .. } => {
            "look at the statement: quote the words that stand there now, or cite another passage".to_owned()
        }
        QuotationFate::Gone => "look at the statement: cite another passage, or take it out".to_owned(),
    }
}

fn named(range: &RangeInclusive<usize>) -> String {
    let (from, to) = (range.start(), range.end());
    if from == to { format!("paragraph {from}") } else { format!("paragraphs {from} to {to}") }
}

fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
