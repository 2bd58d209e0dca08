//! `amparo source recheck --write`: takes another reading of a source over. Citations, ranges and seals that are certain
//! follow it in place; all else is left and listed. Everything is worked out and read back first, and then all of it is
//! written or nothing.

use std::ops::RangeInclusive;

use super::case_files::CaseFiles;
use super::catalogue::{finish, record as record_of};
use super::guard;
use super::quoted::{QuotedRow, papers, rows};
use super::reading::{OtherOriginal, OtherReading};
use super::register::{Register, shown};
use super::renewed::{LeftSeal, Renewed};
use crate::case::{Case, Citation};
use crate::check::{Sealed, sealed};
use crate::command::cli::source::RecheckArgs;
use crate::command::options::CaseOptions;
use crate::command::outcome::Outcome;
use crate::command::prepared::{CaseDay, Prepared};
use crate::diag::{Failure, MessageFormat};
use crate::disk::Digest;
use crate::disk::write::together;
use crate::source::edit::{self, RecordChange};
use crate::source::{CopyText, Locator, MovedRange, QuotationFate, Record, Records, Rereading, copy};
use crate::yaml::Replacement;

/// Takes another reading of a source over.
///
/// # Errors
/// The file or the recorded copy cannot be read, the case files cannot be edited safely, or a file cannot be written.
pub fn renew(options: &CaseOptions, args: &RecheckArgs, format: MessageFormat) -> Result<Outcome, Failure> {
    let prepared = Prepared::new(options)?;
    let Some(day) = prepared.day(options) else { return Ok(prepared.finish(options, Vec::new())) };
    let mut outcome = Outcome { problems: guard::links(&options.input), ..Outcome::default() };
    let Some(register) = Register::open(&options.input, &mut outcome)? else { return Ok(finish(outcome)) };
    if !outcome.problems.is_empty() {
        return Ok(finish(outcome));
    }
    let record = record_of(&prepared.loaded, args.id.as_deref().unwrap_or_default())?;
    let folder = crate::case::load::archive(&options.input)?;
    let other = OtherReading::of(&prepared, record, args)?;
    is_new(&other, record, &register.records)?;
    let old = recorded(&day, record)?;
    let new = String::from_utf8_lossy(&other.text);
    let texts = [CopyText::new(record, &String::from_utf8_lossy(&old)), CopyText::new(record, &new)];
    let rereading = Rereading { old: &texts[0], new: &texts[1] };
    let job = Job { day: &day, options, record, other: &other, rereading };
    let mut renewed = job.work()?;
    let mut changes = other.archive_files(record, &folder, &old)?;
    let is_changed = renewed.sources.is_changed();
    changes.extend(renewed.sources.changes());
    changes.extend(renewed.files.changes());
    if is_changed {
        changes.extend(other.log(record, &register, &options.input.case, args.by.as_deref())?);
    }
    if !changes.is_empty() {
        together(&changes)?;
    }
    renewed.is_written = !changes.is_empty();
    let is_left = renewed.is_left();
    let said = renewed.tell(record, &other, format);
    Ok(Outcome { said, blocked: is_left, ..outcome })
}

/// Checks that a newer file is not that of another source.
fn is_new(other: &OtherReading, record: &Record, records: &Records) -> Result<(), Failure> {
    let Some(OtherOriginal { digest, .. }) = &other.original else { return Ok(()) };
    let has =
        |one: &&Record| one.id != record.id && one.original.as_ref().is_some_and(|file| file.digest.value == *digest);
    match records.values().find(has) {
        None => Ok(()),
        Some(one) => {
            let words = format!("this file is in the case already, as `{}`", one.id);
            Err(Failure::request(words, format!("cite `{}`; nothing was changed", one.id)))
        }
    }
}

/// The recorded copy, unchanged.
fn recorded(day: &CaseDay, record: &Record) -> Result<Vec<u8>, Failure> {
    let id = &record.id;
    let Some(bytes) = day.loaded.archive.copy(record)? else {
        let words = format!("the archive has no copy of `{id}`, so nothing can be compared with it");
        return Err(Failure::request(words, "put the recorded copy back from a backup"));
    };
    if record.digest.is_none() {
        let words = format!("the record of `{id}` has no `digest`");
        return Err(Failure::request(
            words,
            format!("write `digest: {}` and run the command again", Digest::of(&bytes)),
        ));
    }
    if copy::differs(record, Digest::of(&bytes)).is_some() {
        let words = format!("the copy of `{id}` is not the one that was recorded");
        return Err(Failure::request(words, "put the recorded copy back from a backup; nothing was changed"));
    }
    Ok(bytes)
}

/// A source to renew.
struct Job<'a> {
    day: &'a CaseDay<'a>,
    options: &'a CaseOptions,
    record: &'a Record,
    other: &'a OtherReading,
    rereading: Rereading<'a>,
}

impl<'a> Job<'a> {
    /// Works everything out, and reads it back. Nothing is written.
    fn work(&self) -> Result<Renewed<'a>, Failure> {
        let loaded = self.day.loaded;
        let folder = &self.options.input.case;
        let sources = vec![(shown(&folder.join("sources.yaml")), folder.join("sources.yaml"))];
        let mut sources = CaseFiles::open(loaded, sources)?;
        let mut files = CaseFiles::open(loaded, loaded.typed(folder))?;
        let (moved, left_ranges) = self.renew_record(&mut sources)?;
        let records =
            sources.texts().first().and_then(|(file, text)| edit::read(file, text).ok()).ok_or_else(unsafe_edit)?;
        let is_text = |index: usize| !moved.iter().any(|(_, now)| now.contains(&(index + 1)));
        let fate = |one: &Citation| self.rereading.fate(one.at, &one.quote, &is_text);
        let papers = papers(self.day);
        let rows = rows(self.day.case, self.record, &papers, &fate);
        let after = self.renumber(&rows, &mut files, &records)?;
        let (seals, left_seals) = self.renew_seals(&after, &mut files, &records)?;
        let rows = self.with_outcome(rows, &after);
        Ok(Renewed { rows, ranges: moved, left_ranges, seals, left_seals, sources, files, is_written: false })
    }

    /// Renews the record; the ranges that moved, and those that are left.
    fn renew_record(&self, sources: &mut CaseFiles) -> Result<(Vec<MovedRange>, Vec<RangeInclusive<usize>>), Failure> {
        let (moved, left) = self.rereading.ranges();
        let (file, text) = sources.texts().first().cloned().ok_or_else(unsafe_edit)?;
        let other = self.other;
        let original = other.original.as_ref();
        let renewed = |ranges: &[MovedRange]| {
            let change = RecordChange {
                digest: Digest::of(&other.text).to_string(),
                extractor: &other.extractor,
                original: original.map(|one| (one.name.clone(), one.digest.to_string(), one.encoding.clone())),
                ranges,
            };
            edit::renewed(&file, &text, &self.record.id, &change)
        };
        if !overlap(&moved, &left)
            && let Some(text) = renewed(&moved)
        {
            sources.set(vec![text]);
            return Ok((moved, left));
        }
        sources.set(vec![renewed(&[]).ok_or_else(unsafe_edit)?]);
        Ok((Vec::new(), self.record.excluded.iter().map(|(range, _)| range.clone()).collect()))
    }

    /// Renumbers what has moved to one place. The case as it then reads back.
    fn renumber(&self, rows: &[QuotedRow], files: &mut CaseFiles, records: &Records) -> Result<Case, Failure> {
        let all = self.day.case.citations();
        let wanted = all.iter().filter_map(|(_, one)| {
            Replacement::of(&one.typed_at, to(rows, one)?.to_string()).map(|to| (one.typed_at.place.file.clone(), to))
        });
        files.replace(&wanted.collect::<Vec<_>>()).ok_or_else(unsafe_edit)?;
        let case = self.read_back(files, records)?;
        let again = case.citations();
        let is_right = |(old, new): (&Citation, &Citation)| {
            let same = old.source == new.source && old.quote.value == new.quote.value;
            same && (new.at == old.at || to(rows, old) == Some(new.at))
        };
        let mut pairs = all.iter().map(|(_, old)| *old).zip(again.iter().map(|(_, new)| *new));
        if all.len() != again.len() || !pairs.all(is_right) {
            return Err(unsafe_edit());
        }
        Ok(case)
    }

    /// Renews the seals that held, where every cited paragraph has the same words. Those that were renewed, by name, and
    /// those that are left.
    fn renew_seals(
        &self,
        after: &Case,
        files: &mut CaseFiles,
        records: &Records,
    ) -> Result<(Vec<String>, Vec<LeftSeal>), Failure> {
        let (old, new) = (sealed(self.day.case, self.day.reference), sealed(after, self.day.reference));
        if old.len() != new.len() {
            return Err(unsafe_edit());
        }
        let held = old.iter().zip(&new).enumerate().filter(|(_, (old, new))| old.holds() && !new.holds());
        let (same, other): (Vec<_>, Vec<_>) = held.partition(|(_, (old, new))| self.has_same_paragraphs(old, new));
        let wanted = same.iter().filter_map(|(_, (_, new))| {
            let to = Replacement::of(new.seal, new.now.clone())?;
            Some((new.seal.place.file.clone(), to))
        });
        files.replace(&wanted.collect::<Vec<_>>()).ok_or_else(unsafe_edit)?;
        let case = self.read_back(files, records)?;
        let last = sealed(&case, self.day.reference);
        let is_renewed = |index: usize| last.get(index).is_some_and(Sealed::holds);
        let is_kept = |index: usize| last.get(index).is_some_and(|one| one.seal.value == new[index].seal.value);
        let wanted: Vec<usize> = same.iter().map(|(index, _)| *index).collect();
        if !(0..new.len()).all(|index| is_kept(index) || wanted.contains(&index) && is_renewed(index)) {
            return Err(unsafe_edit());
        }
        let left = |new: &Sealed, is_same| {
            let place = format!("{}:{}", new.seal.place.file, new.seal.place.line);
            LeftSeal { name: new.name.clone(), place, seal: new.now.clone(), is_same }
        };
        let (done, stuck): (Vec<_>, Vec<_>) = same.into_iter().partition(|(index, _)| is_renewed(*index));
        let renewed = done.iter().map(|(_, (_, new))| new.name.clone()).collect();
        let stuck = stuck.iter().map(|(_, (_, new))| left(new, true));
        Ok((renewed, stuck.chain(other.iter().map(|(_, (_, new))| left(new, false))).collect()))
    }

    /// True if each paragraph of this source that a seal covers has the same words in both readings.
    fn has_same_paragraphs(&self, old: &Sealed, new: &Sealed) -> bool {
        let mut pairs = old.citations.iter().zip(&new.citations).filter(|(old, _)| old.source == self.record.id);
        old.citations.len() == new.citations.len()
            && pairs.all(|(old, new)| self.rereading.has_same_words(old.at, new.at))
    }

    fn read_back(&self, files: &CaseFiles, records: &Records) -> Result<Case, Failure> {
        let raw = crate::case::load::joined(files.texts()).ok_or_else(unsafe_edit)?;
        let (case, _) = crate::case::convert(&self.day.loaded.case_file, &raw, records.clone());
        case.ok_or_else(unsafe_edit)
    }

    /// The rows, each with true if every citation of it was renumbered or stands right.
    fn with_outcome(&self, rows: Vec<QuotedRow<'a>>, after: &Case) -> Vec<(QuotedRow<'a>, bool)> {
        let again = after.citations();
        let all = self.day.case.citations();
        let is_done = |row: &QuotedRow| match &row.fate {
            QuotationFate::Same => true,
            QuotationFate::Moved(places) if places.len() == 1 => all.iter().zip(&again).all(|((_, old), (_, new))| {
                let is_its = old.source == row.citation.source
                    && old.at == row.citation.at
                    && old.quote.value == row.citation.quote.value;
                !is_its || Some(&new.at) == places.first()
            }),
            _ => false,
        };
        rows.into_iter().map(|row| (is_done(&row), row)).map(|(done, row)| (row, done)).collect()
    }
}

/// The one place to which a citation has moved.
fn to(rows: &[QuotedRow], citation: &Citation) -> Option<Locator> {
    let is_its = |row: &&QuotedRow| {
        let own = row.citation;
        own.source == citation.source && own.at == citation.at && own.quote.value == citation.quote.value
    };
    match rows.iter().find(is_its).map(|row| &row.fate) {
        Some(QuotationFate::Moved(places)) if places.len() == 1 => places.first().copied(),
        _ => None,
    }
}

/// True if two ranges would have a paragraph in common.
fn overlap(moved: &[MovedRange], left: &[RangeInclusive<usize>]) -> bool {
    let mut all: Vec<&RangeInclusive<usize>> = moved.iter().map(|(_, new)| new).chain(left).collect();
    all.sort_by_key(|range| *range.start());
    all.windows(2).any(|pair| pair[0].end() >= pair[1].start())
}

fn unsafe_edit() -> Failure {
    let words = "the files of the case cannot be edited so that nothing else changes";
    let hint = "nothing was changed; run it without `--write` and correct the places that it shows, or write each value of \
                the record and of its citations on one line, without `&` and `*`";
    Failure::request(words, hint)
}
