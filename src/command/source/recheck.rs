//! `amparo source recheck`: finds each quotation again, and lists the papers that rest on it. It changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::Path;

use super::catalogue::record as record_of;
use super::words::{visible, wrapped};
use crate::case::Citation;
use crate::case::load;
use crate::command::cli::source::RecheckArgs;
use crate::command::options::{BuildOptions, CaseOptions};
use crate::command::outcome::Outcome;
use crate::command::papers;
use crate::command::prepared::{CaseDay, Prepared};
use crate::diag::{Failure, MessageFormat};
use crate::disk::Digest;
use crate::disk::read;
use crate::source::archive;
use crate::source::extract::{self, File};
use crate::source::{CopyText, Locator, QuotationFate, Record};

/// A quotation with everything that rests on it.
struct Row<'a> {
    citation: &'a Citation,
    /// `facts.verdict (facts.yaml:12)`.
    owners: Vec<String>,
    papers: BTreeSet<String>,
    fate: QuotationFate,
}

/// A source, compared.
struct Compared<'a> {
    record: &'a Record,
    /// The state of the copy; `None` if there is none.
    copy: Option<Copy>,
    rows: Vec<Row<'a>>,
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
        MessageFormat::Json => all().map(Row::json).collect(),
        MessageFormat::Human | MessageFormat::Short => compared.iter().map(Compared::human).collect(),
    };
    Ok(Outcome { said, blocked, ..Outcome::default() })
}

type Papers = BTreeMap<(String, String, String), BTreeSet<String>>;

/// The papers that rest on a citation, by source, place and words.
fn papers(day: &CaseDay) -> Papers {
    let documents = papers::documents(day, &BuildOptions::whole(Path::new("")));
    let mut papers = Papers::new();
    for document in &documents {
        for cited in document.ledger.entries.iter().flat_map(|entry| &entry.citations) {
            let key = (cited.source.clone(), cited.locator.clone(), cited.quote.clone());
            papers.entry(key).or_default().insert(document.name.clone());
        }
    }
    papers
}

fn compare<'a>(
    day: &CaseDay<'a>,
    record: &'a Record,
    newer: Option<&[u8]>,
    papers: &Papers,
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
    let mut rows: Vec<Row> = Vec::new();
    for (by, citation) in day.case.citations().into_iter().filter(|(_, one)| one.source == record.id) {
        let owner = format!("{by} ({}:{})", citation.place.file, citation.place.line);
        let same = |row: &&mut Row| row.citation.at == citation.at && row.citation.quote.value == citation.quote.value;
        if let Some(row) = rows.iter_mut().find(same) {
            row.owners.push(owner);
            continue;
        }
        let key = (citation.source.clone(), citation.at.to_string(), citation.quote.value.clone());
        let papers = papers.get(&key).cloned().unwrap_or_default();
        rows.push(Row {
            citation,
            owners: vec![owner],
            papers,
            fate: QuotationFate::of(&text, citation.at, &citation.quote, &allowed),
        });
    }
    Ok(Compared { record, copy, rows })
}

/// Ranges outside the text that have other words in the newer copy.
fn shifted(record: &Record, old: &CopyText, new: &CopyText) -> Vec<String> {
    let part = |copy: &CopyText, range: &RangeInclusive<usize>| -> Option<Vec<String>> {
        range.clone().map(|number| copy.haystack.paragraph(number.checked_sub(1)?).map(str::to_owned)).collect()
    };
    let differs = record.excluded.iter().filter(|(range, _)| part(old, range) != part(new, range));
    differs.map(|(range, why)| format!("{} to {} ({why})", range.start(), range.end())).collect()
}

/// The file that replaces the copy, in the form of the copy: it is extracted if the copy was.
fn newer(prepared: &Prepared, args: &RecheckArgs) -> Result<Option<Vec<u8>>, Failure> {
    let (Some(path), Some(id)) = (&args.new_file, &args.id) else { return Ok(None) };
    let bytes = read::limited(path)?;
    if bytes.trim_ascii().is_empty() {
        let words = format!("`{}` has no words, so nothing can be compared with it", path.display());
        return Err(Failure::request(words, "name the newer copy of the source"));
    }
    let record = record_of(&prepared.loaded, id)?;
    if record.extractor.is_plain() && args.encoding.is_none() {
        return Ok(Some(bytes));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let url = args.url.as_deref().or(record.url.as_deref());
    let file = File { name: &name, bytes: &bytes, encoding: args.encoding.as_deref(), url };
    let read = extract::extract(file).map_err(|refusal| Failure::request(refusal.words, refusal.hint))?;
    let (kind, _) = read.format.extractor();
    if kind != record.extractor.name {
        let words =
            format!("the text of `{id}` was made by {}; `{name}` would be read by {kind}", record.extractor.name);
        return Err(Failure::request(words, "give a file of the same kind, or add this one as a new source"));
    }
    Ok(Some(archive::canonical(&read).into_bytes()))
}

/// The state of a quotation that is not at its place any more, in lines.
fn told(fate: &QuotationFate) -> Vec<String> {
    match fate {
        QuotationFate::Same | QuotationFate::Unreadable => Vec::new(),
        QuotationFate::Moved(places) => {
            let places: Vec<String> = places.iter().map(Locator::to_string).collect();
            vec![format!("now in {}", places.join(", "))]
        }
        QuotationFate::NotText(number, why) => vec![format!("only in {number}, which is not part of the text: {why}")],
        QuotationFate::Gone => vec!["nothing like it stands in the copy".to_owned()],
        QuotationFate::Altered { at, reads, words } => {
            let change = |(cited, reads): &(String, String)| match (cited.as_str(), reads.as_str()) {
                ("", word) => format!("`{word}` is new"),
                (word, "") => format!("`{word}` is missing"),
                (cited, reads) => format!("`{cited}` is now `{reads}`"),
            };
            let changes: Vec<String> = words.iter().map(change).collect();
            vec![format!("{at} reads: “{}”", visible(reads)), changes.join(", ")]
        }
    }
}

impl Row<'_> {
    fn human(&self) -> String {
        let mut out = format!("  {}: {} “{}”\n", self.fate.name(), self.citation.at, visible(&self.citation.quote));
        for line in told(&self.fate) {
            let _ = writeln!(out, "      {line}");
        }
        let _ = writeln!(out, "      cited by {}", self.owners.join(", "));
        let papers: Vec<&str> = self.papers.iter().map(String::as_str).collect();
        out + &match papers.as_slice() {
            [] => "      no paper of the case prints it\n".to_owned(),
            papers => {
                format!("      {}\n", wrapped(&format!("papers that rest on it: {}", papers.join(", ")), "      "))
            }
        }
    }

    fn json(&self) -> String {
        let mut value = serde_json::json!({
            "source": self.citation.source,
            "at": self.citation.at.to_string(),
            "quote": self.citation.quote.value,
            "fate": self.fate.name(),
            "cited-by": self.owners,
            "papers": self.papers,
        });
        match &self.fate {
            QuotationFate::Moved(places) => value["now"] = places.iter().map(Locator::to_string).collect(),
            QuotationFate::Altered { at, reads, words } => {
                value["now"] = vec![at.to_string()].into();
                value["reads"] = reads.clone().into();
                value["words"] = words.iter().map(|(cited, reads)| serde_json::json!([cited, reads])).collect();
            }
            QuotationFate::Same | QuotationFate::NotText(..) | QuotationFate::Gone | QuotationFate::Unreadable => {}
        }
        value.to_string()
    }
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
