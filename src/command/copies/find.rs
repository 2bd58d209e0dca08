//! `amparo source find`: where do the copies say this, and how is it cited?

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use memchr::memmem;

use super::words::{Look, excerpt, heading, marked, visible, wrapped};
use crate::case::load::{self, Loaded};
use crate::command::cli::copies::Find;
use crate::command::job::{Job, Screen};
use crate::command::pipeline::Outcome;
use crate::diag::{Code, Diagnostic, Failure, Format, Place};
use crate::disk::pool;
use crate::source::{Locator, Record, paste};
use crate::text::canonical;
use crate::text::phrase::{Phrase, phrase};
use crate::text::search::{Distance, Query, Sighting};

/// Words of context on each side of a passage.
const CONTEXT: usize = 24;

/// Where an entry of `cites:` stands in a case file.
const INDENT: &str = "      ";

/// A passage that has the words.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Id of the source.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Where.
    pub at: Locator,
    /// The paragraph.
    pub text: String,
    /// Bytes of the paragraph: from the first word that was looked for to the last.
    pub found: Range<usize>,
    /// How far it is from the words that were typed.
    pub distance: Distance,
    /// Why it may not be quoted: it is not part of the text, or its source was taken back.
    pub barred: Option<String>,
    /// What to quote.
    pub phrase: Option<Phrase>,
}

/// What was found.
#[derive(Debug)]
pub struct Passages {
    /// The passages that are shown, the nearest first.
    pub shown: Vec<Passage>,
    /// How many paragraphs have the words.
    pub paragraphs: usize,
    loaded: Loaded,
    problems: Vec<Diagnostic>,
}

/// Looks for words in the copies of a case. Each copy is read once by one of some threads, so that no more is held in
/// memory than the texts at hand; those of which a passage is shown are read once more.
///
/// # Errors
/// A case or copy that cannot be read; words without a letter.
pub fn find(job: &Job, args: &Find) -> Result<Passages, Failure> {
    let query = Query::new(&args.words)
        .ok_or_else(|| Failure::request("there is no word to look for", "write some words of the passage"))?;
    let loaded = load::catalogue(&job.input)?;
    let folder = load::archive(&job.input)?;
    let chosen: Result<Vec<&Record>, Failure> = match args.only.as_slice() {
        [] => Ok(loaded.records.values().collect()),
        ids => ids.iter().map(|id| super::record(&loaded, id)).collect(),
    };
    let chosen = chosen?;
    let looked: Vec<Looked> = pool::in_order(&chosen, AT_A_TIME, |record| look_into(&folder, record, &query));
    let mut problems = Vec::new();
    let mut all: Vec<(&Record, Sighting)> = Vec::new();
    for (record, looked) in chosen.iter().zip(looked) {
        let (sightings, found) = looked?;
        problems.extend(found);
        all.extend(sightings.into_iter().map(|sighting| (*record, sighting)));
    }
    let paragraphs = all.len();
    all.sort_by_key(|(record, sighting)| {
        let barred = record.withdrawn.is_some() || record.excluded(sighting.paragraph).is_some();
        (sighting.distance, barred, place(&chosen, record), sighting.paragraph)
    });
    all.truncate(args.most.into());
    let slips = slips(&loaded);
    let shown = passages(&folder, &query, &all, &slips, &mut problems)?;
    Ok(Passages { shown, paragraphs, loaded, problems })
}

fn place(chosen: &[&Record], record: &Record) -> usize {
    chosen.iter().position(|other| other.id == record.id).unwrap_or_default()
}

/// How many copies are looked through at a time.
const AT_A_TIME: usize = 8;

type Looked = Result<(Vec<Sighting>, Vec<Diagnostic>), Failure>;

fn look_into(folder: &Path, record: &Record, query: &Query) -> Looked {
    let mut problems = Vec::new();
    let Some(bytes) = load::copy(folder, record)? else { return Ok((Vec::new(), vec![super::missing(record)])) };
    let sightings = super::text(record, &bytes, &mut problems).map(|text| query.sightings(text)).unwrap_or_default();
    Ok((sightings, problems))
}

/// Spellings that no quotation may repeat.
fn slips(loaded: &Loaded) -> Vec<String> {
    let Some(case) = &loaded.case else { return Vec::new() };
    let persons = case.persons.iter().flat_map(|(_, named)| &named.slips);
    let organisations = case.organisations.iter().flat_map(|(_, named)| &named.slips);
    let institutions = case.institutions.iter().flat_map(|(_, named)| &named.slips);
    persons.chain(organisations).chain(institutions).map(|slip| slip.spelling.value.clone()).collect()
}

/// The sightings with their words, each copy opened once.
fn passages(
    folder: &Path,
    query: &Query,
    sightings: &[(&Record, Sighting)],
    slips: &[String],
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<Passage>, Failure> {
    let mut found: Vec<Option<Passage>> = vec![None; sightings.len()];
    for (at, (record, _)) in sightings.iter().enumerate() {
        if found[at].is_some() || sightings[..at].iter().any(|(before, _)| before.id == record.id) {
            continue;
        }
        let Some(bytes) = load::copy(folder, record)? else { continue };
        problems.extend(super::differs(record, &bytes));
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let pages = pages(record, text);
        for (at, (_, sighting)) in sightings.iter().enumerate().filter(|(_, (other, _))| other.id == record.id) {
            let Some(passage) = passage(query, record, text, sighting, slips) else { continue };
            found[at] = Some(Passage { at: Locator::of(sighting.paragraph - 1, &pages), ..passage });
        }
    }
    Ok(found.into_iter().flatten().collect())
}

/// The paragraphs of each page, where an extractor wrote pages.
fn pages(record: &Record, text: &str) -> Vec<Range<usize>> {
    if record.extractor.is_plain() { Vec::new() } else { super::canonical(record, text).pages }
}

fn passage(query: &Query, record: &Record, text: &str, sighting: &Sighting, slips: &[String]) -> Option<Passage> {
    let line = text.get(sighting.line.clone())?;
    let paragraph = if record.extractor.is_plain() { canonical::paragraph(line) } else { line.trim().to_owned() };
    let (distance, found) = query.passage(&paragraph)?;
    let withdrawn = record.withdrawn.as_ref().map(|taken| format!("this source was taken back: {}", taken.why));
    let not_text = || record.excluded(sighting.paragraph).map(|why| format!("not part of the text: {why}"));
    let barred = withdrawn.or_else(not_text);
    let phrase = barred.is_none().then(|| quotable(text, &paragraph, &found, slips)).flatten();
    Some(Passage {
        source: record.id.clone(),
        title: record.title.value.clone(),
        at: Locator::Para(sighting.paragraph),
        text: paragraph,
        found,
        distance,
        barred,
        phrase,
    })
}

/// What to quote around some words of a paragraph, without a slip of the source in it.
pub(super) fn quotable(text: &str, paragraph: &str, found: &Range<usize>, slips: &[String]) -> Option<Phrase> {
    let is_unique = |words: &str| {
        let no_slip = !slips.iter().any(|slip| words.contains(slip.as_str()));
        no_slip && memmem::find_iter(text.as_bytes(), words.as_bytes()).nth(1).is_none()
    };
    let phrase = phrase(paragraph, found, &is_unique)?;
    let words = &paragraph[phrase.range.clone()];
    (!slips.iter().any(|slip| words.contains(slip.as_str()))).then_some(phrase)
}

impl Passage {
    /// The entry of `cites:`, ready to paste.
    #[must_use]
    pub fn citation(&self) -> Option<String> {
        let phrase = self.phrase.as_ref()?;
        Some(paste::citation(&self.source, self.at, &self.text[phrase.range.clone()]))
    }

    fn human(&self, number: usize, screen: &Screen) -> String {
        let number = format!("{number:>2} ");
        let head = format!("{}, {}", heading(&self.source, screen), self.at);
        let nearly = if self.distance.missing + self.distance.slips > 0 { "  (nearly the same words)" } else { "" };
        let mut out = format!("{number}{head}  {}{nearly}\n", visible(&self.title));
        let shown = excerpt(&self.text, &self.found, CONTEXT);
        let inner = self.found.start - shown.start..self.found.end - shown.start;
        let words = marked(&visible(&self.text[shown.clone()]), &[inner], Look::Plain, screen);
        let before = if shown.start > 0 { "… " } else { "" };
        let after = if shown.end < self.text.len() { " …" } else { "" };
        let _ = writeln!(out, "   {}", wrapped(&format!("{before}{words}{after}"), "   "));
        out + &match (&self.barred, self.citation()) {
            (Some(why), _) => format!("   {why}\n"),
            (None, Some(citation)) => {
                let once = self.phrase.as_ref().is_some_and(|phrase| phrase.unique);
                let more = if once {
                    ""
                } else {
                    "   these words stand in the source more than once: `at` says which is meant\n"
                };
                format!("{INDENT}{citation}\n{more}")
            }
            (None, None) => "   too short to be quoted by itself, or only with a recorded slip\n".to_owned(),
        }
    }

    fn json(&self) -> String {
        let quote = self.phrase.as_ref().map(|phrase| &self.text[phrase.range.clone()]);
        let value = serde_json::json!({
            "source": self.source,
            "at": self.at.to_string(),
            "title": self.title,
            "text": self.text,
            "found": [self.found.start, self.found.end],
            "missing": self.distance.missing,
            "slips": self.distance.slips,
            "between": self.distance.between,
            "barred": self.barred,
            "quote": quote,
            "unique": self.phrase.as_ref().map(|phrase| phrase.unique),
            "cites": self.citation(),
        });
        value.to_string()
    }
}

impl Passages {
    /// The passages as people or programs read them.
    #[must_use]
    pub fn listing(&self, format: Format, screen: &Screen) -> String {
        match format {
            Format::Json => self.shown.iter().map(Passage::json).collect::<Vec<_>>().join("\n"),
            Format::Human | Format::Short => {
                let parts: Vec<String> =
                    self.shown.iter().enumerate().map(|(at, passage)| passage.human(at + 1, screen)).collect();
                let more = self.paragraphs.saturating_sub(self.shown.len());
                let rest = match more {
                    0 => String::new(),
                    1 => "\n1 more paragraph has these words: `--most 40` shows more\n".to_owned(),
                    more => format!(
                        "\n{more} more paragraphs have these words: `--most 40` shows more, `--in ID` asks one source\n"
                    ),
                };
                (parts.join("\n") + &rest).trim_end().to_owned()
            }
        }
    }

    /// The outcome of a search: what is printed, and a message where nothing was found.
    #[must_use]
    pub fn outcome(mut self, said: String) -> Outcome {
        let nothing = self.shown.is_empty();
        if nothing {
            let file = self.loaded.case_file.replace("case.yaml", "sources.yaml");
            let words = "no copy of a source of this case says this, or nearly this";
            self.problems.push(
                Diagnostic::warning(Code::SourceNothingFound, Place::file(file), words)
                    .hint("try fewer words, or the words that are rarest"),
            );
        }
        let said = if said.is_empty() { Vec::new() } else { vec![said] };
        let outcome = super::outcome(self.loaded, self.problems, said);
        Outcome { blocked: outcome.blocked || nothing, ..outcome }
    }

    /// The passage with this number, as a person types it.
    ///
    /// # Errors
    /// It is no number of a passage, or that passage may not be quoted.
    pub fn picked(&self, answer: &str) -> Result<&Passage, Failure> {
        let number = answer.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let passage = number.and_then(|number| self.shown.get(number)).ok_or_else(|| {
            let words = format!("`{}` is not the number of a passage", answer.trim());
            Failure::request(words, format!("type a number from 1 to {}", self.shown.len()))
        })?;
        match &passage.barred {
            Some(why) => Err(Failure::request(
                format!("{} of `{}` may not be quoted: {why}", passage.at, passage.source),
                "pick another passage; if this is wrong, correct `limits` or `withdrawn` in `sources.yaml`",
            )),
            None if passage.phrase.is_none() => Err(Failure::request(
                format!("{} of `{}` has no words that can be quoted by themselves", passage.at, passage.source),
                "pick another passage",
            )),
            None => Ok(passage),
        }
    }
}
