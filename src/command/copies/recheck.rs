//! `amparo source recheck`: what became of each quotation, and which papers rest on it. Nothing is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use super::words::{visible, wrapped};
use crate::case::Citation;
use crate::case::load;
use crate::check::Checked;
use crate::command::cli::copies::Recheck;
use crate::command::job::{Job, Order};
use crate::command::make;
use crate::command::pipeline::{self, Outcome, Ready};
use crate::diag::{Failure, Format};
use crate::disk::Digest;
use crate::disk::read;
use crate::source::archive;
use crate::source::extract::{self, File};
use crate::source::{Locator, Record};
use crate::text::{Haystack, Nearest, Quotation, Verdict};

/// What became of a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    /// It stands where it is cited.
    Same,
    /// It stands in other places.
    Moved(Vec<Locator>),
    /// It stands only where nothing may be quoted.
    NotText(Locator, String),
    /// Its words differ: the place, what stands there, each pair of words.
    Altered { at: Locator, reads: String, words: Vec<(String, String)> },
    /// Nothing like it is there.
    Gone,
    /// The case file does not hold a quotation here.
    Unreadable,
}

/// A quotation with all that rests on it.
struct Row<'a> {
    citation: &'a Citation,
    /// `facts.verdict (facts.yaml:12)`.
    owners: Vec<String>,
    papers: BTreeSet<String>,
    fate: Fate,
}

/// A source, compared.
struct Compared<'a> {
    record: &'a Record,
    /// What is said of the copy; `None` where there is none.
    copy: Option<Copy>,
    rows: Vec<Row<'a>>,
}

struct Copy {
    digest: Digest,
    /// The file in place of the one in the archive.
    newer: bool,
    /// Paragraphs that count as no text and read differently in the newer copy.
    shifted: Vec<String>,
}

/// Compares every quotation of the case, or of one source, with the copies.
///
/// # Errors
/// A case or copy that cannot be read; a source that does not exist.
pub fn recheck(job: &Job, args: &Recheck, format: Format) -> Result<Outcome, Failure> {
    let ready = pipeline::prepare(job)?;
    if let Some(id) = &args.id {
        super::record(&ready.loaded, id)?;
    }
    let newer = newer(&ready, args)?;
    let Some(checked) = &ready.checked else { return Ok(ready.finish(job, Vec::new())) };
    if newer.is_none() {
        load::archive(&job.input)?;
    }
    let papers = papers(&ready, checked, job);
    let records = checked.case.records().values().filter(|record| args.id.as_ref().is_none_or(|id| *id == record.id));
    let compared: Result<Vec<Compared>, Failure> =
        records.map(|record| compare(&ready, checked, record, newer.as_deref(), &papers)).collect();
    let compared = compared?;
    let all = || compared.iter().flat_map(|one| &one.rows);
    let blocked = all().any(|row| row.fate != Fate::Same) || compared.iter().any(|one| !one.is_as_recorded());
    let said = match format {
        Format::Json => all().map(Row::json).collect(),
        Format::Human | Format::Short => compared.iter().map(Compared::human).collect(),
    };
    Ok(Outcome { said, blocked, ..Outcome::default() })
}

type Papers = BTreeMap<(String, String, String), BTreeSet<String>>;

/// The papers that rest on a citation, by source, place and words.
fn papers(ready: &Ready, checked: &Checked, job: &Job) -> Papers {
    let order = Order::whole(Path::new(""));
    let (documents, _) = make::documents(ready, checked, job, &order);
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
    ready: &'a Ready,
    checked: &'a Checked,
    record: &'a Record,
    newer: Option<&[u8]>,
    papers: &Papers,
) -> Result<Compared<'a>, Failure> {
    let own = ready.loaded.archive.copy(record)?;
    let bytes = newer.or(own.as_deref());
    let read = |bytes: &[u8]| super::canonical(record, &String::from_utf8_lossy(bytes));
    let paragraphs =
        |bytes: &[u8]| read(bytes).paragraphs.into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>();
    let copy = bytes.map(|bytes| Copy {
        digest: Digest::of(bytes),
        newer: newer.is_some(),
        shifted: match (newer, &own) {
            (Some(new), Some(old)) => shifted(record, &paragraphs(old), &paragraphs(new)),
            _ => Vec::new(),
        },
    });
    let Some(bytes) = bytes else { return Ok(Compared { record, copy: None, rows: Vec::new() }) };
    let canonical = read(bytes);
    let haystack = super::haystack(&canonical);
    let text = Text { haystack: &haystack, pages: &canonical.pages, record };
    // Ranges that are no text were counted in the copy that was recorded.
    let allowed = |paragraph: usize| newer.is_some() || record.excluded(paragraph + 1).is_none();
    let mut rows: Vec<Row> = Vec::new();
    for (by, citation) in checked.case.citations().into_iter().filter(|(_, one)| one.source == record.id) {
        let owner = format!("{by} ({}:{})", citation.place.file, citation.place.line);
        let same = |row: &&mut Row| row.citation.at == citation.at && row.citation.quote.value == citation.quote.value;
        if let Some(row) = rows.iter_mut().find(same) {
            row.owners.push(owner);
            continue;
        }
        let key = (citation.source.clone(), citation.at.to_string(), citation.quote.value.clone());
        let papers = papers.get(&key).cloned().unwrap_or_default();
        rows.push(Row { citation, owners: vec![owner], papers, fate: text.fate(citation, &allowed) });
    }
    Ok(Compared { record, copy, rows })
}

/// Ranges that are no text and read differently in the newer copy.
fn shifted(record: &Record, old: &[String], new: &[String]) -> Vec<String> {
    let part = |paragraphs: &[String], from: usize, to: usize| paragraphs.get(from - 1..to).map(<[String]>::to_vec);
    let differs = record
        .excluded
        .iter()
        .filter(|(range, _)| part(old, *range.start(), *range.end()) != part(new, *range.start(), *range.end()));
    differs.map(|(range, why)| format!("{} to {} ({why})", range.start(), range.end())).collect()
}

/// The file in place of the copy, as the copy would be: what was extracted is extracted again.
fn newer(ready: &Ready, args: &Recheck) -> Result<Option<Vec<u8>>, Failure> {
    let (Some(path), Some(id)) = (&args.new_file, &args.id) else { return Ok(None) };
    let bytes = read::limited(path)?;
    if bytes.trim_ascii().is_empty() {
        let words = format!("`{}` has no words, so nothing can be compared with it", path.display());
        return Err(Failure::request(words, "name the newer copy of the source"));
    }
    let record = super::record(&ready.loaded, id)?;
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

/// The words of a copy in which quotations are looked for.
struct Text<'a> {
    haystack: &'a Haystack,
    pages: &'a [Range<usize>],
    record: &'a Record,
}

impl Text<'_> {
    fn fate(&self, citation: &Citation, allowed: &dyn Fn(usize) -> bool) -> Fate {
        let Ok(quotation) = Quotation::parse(&citation.quote) else { return Fate::Unreadable };
        // A page that a newer copy no longer has: the words may stand on another.
        let here = citation.at.paragraphs(self.pages);
        let verdict = super::verify(self.haystack, self.pages, citation.at, &quotation, allowed)
            .unwrap_or_else(|| self.haystack.verify(&quotation, None, allowed));
        match verdict {
            Verdict::Verified(found) if here.is_some_and(|here| here.contains(&found.paragraph)) => Fate::Same,
            Verdict::Verified(_) => Fate::Moved(self.places(&quotation, allowed)),
            Verdict::Absent { nearest } => match self.haystack.verify(&quotation, None, &|_| true) {
                Verdict::Verified(found) => {
                    let why = self.record.excluded(found.paragraph + 1).unwrap_or_default();
                    Fate::NotText(self.place(found.paragraph), why.to_owned())
                }
                Verdict::Absent { .. } => nearest.map_or(Fate::Gone, |nearest| self.altered(&nearest)),
            },
        }
    }

    fn place(&self, paragraph: usize) -> Locator {
        Locator::of(paragraph, self.pages)
    }

    fn places(&self, quotation: &Quotation, allowed: &dyn Fn(usize) -> bool) -> Vec<Locator> {
        self.haystack.matches(quotation, allowed).iter().map(|found| self.place(found.paragraph)).collect()
    }

    fn altered(&self, nearest: &Nearest) -> Fate {
        let passage = self.haystack.paragraph(nearest.paragraph).and_then(|text| text.get(nearest.range.clone()));
        let words = nearest.differing.iter().map(|pair| {
            let quoted = pair.quoted.as_ref().map(|(_, word)| word.clone()).unwrap_or_default();
            (quoted, pair.source.clone().unwrap_or_default())
        });
        Fate::Altered {
            at: self.place(nearest.paragraph),
            reads: passage.unwrap_or_default().to_owned(),
            words: words.collect(),
        }
    }
}

impl Fate {
    /// One word for it.
    fn name(&self) -> &'static str {
        match self {
            Self::Same => "same place",
            Self::Moved(_) => "moved",
            Self::NotText(..) => "not part of the text",
            Self::Altered { .. } => "altered",
            Self::Gone => "gone",
            Self::Unreadable => "no quotation",
        }
    }

    /// What is to be known of it, a line each.
    fn told(&self) -> Vec<String> {
        match self {
            Self::Same | Self::Unreadable => Vec::new(),
            Self::Moved(places) => {
                let places: Vec<String> = places.iter().map(Locator::to_string).collect();
                vec![format!("now in {}", places.join(", "))]
            }
            Self::NotText(number, why) => vec![format!("only in {number}, which is not part of the text: {why}")],
            Self::Gone => vec!["nothing like it stands in the copy".to_owned()],
            Self::Altered { at, reads, words } => {
                let changes: Vec<String> = words
                    .iter()
                    .map(|(cited, reads)| match (cited.as_str(), reads.as_str()) {
                        ("", word) => format!("`{word}` is new"),
                        (word, "") => format!("`{word}` is missing"),
                        (cited, reads) => format!("`{cited}` is now `{reads}`"),
                    })
                    .collect();
                vec![format!("{at} reads: “{}”", visible(reads)), changes.join(", ")]
            }
        }
    }
}

impl Row<'_> {
    fn human(&self) -> String {
        let mut out = format!("  {}: {} “{}”\n", self.fate.name(), self.citation.at, visible(&self.citation.quote));
        for line in self.fate.told() {
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
            Fate::Moved(places) => value["now"] = places.iter().map(Locator::to_string).collect(),
            Fate::Altered { at, reads, words } => {
                value["now"] = vec![at.to_string()].into();
                value["reads"] = reads.clone().into();
                value["words"] = words.iter().map(|(cited, reads)| serde_json::json!([cited, reads])).collect();
            }
            Fate::Same | Fate::NotText(..) | Fate::Gone | Fate::Unreadable => {}
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
        for row in self.rows.iter().filter(|row| row.fate != Fate::Same) {
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
