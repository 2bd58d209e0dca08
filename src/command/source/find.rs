//! `amparo source find`: finds words in the copies, with the citation for each place.

use std::fmt::Write as _;
use std::path::Path;

use super::advice::{Advice, advice};
use super::catalogue::{differs, outcome, record};
use super::words::{Look, excerpt, heading, marked, visible, wrapped};
use crate::case::load::{self, Input, Loaded};
use crate::command::cli::source::FindArgs;
use crate::command::options::Screen;
use crate::command::outcome::Outcome;
use crate::diag::{Code, Diagnostic, Failure, MessageFormat, Place};
use crate::disk::pool;
use crate::source::{Passage, Record, copy, passage};
use crate::text::search::{Query, Sighting};

/// The number of words of context on each side of a passage.
const CONTEXT: usize = 24;

/// The indent of an entry of `cites:` in a case file.
const INDENT: &str = "      ";

/// The number of copies that are searched at a time.
const AT_A_TIME: usize = 8;

/// The passages found.
#[derive(Debug)]
pub struct Passages {
    /// The passages that are shown, the best matches first.
    pub shown: Vec<Passage>,
    /// The advice on each of them.
    advice: Vec<Advice>,
    /// The number of paragraphs with the words.
    pub paragraphs: usize,
    loaded: Loaded,
    problems: Vec<Diagnostic>,
}

/// Looks for words in the copies of a case. Several threads read each copy once, so that only a few texts are in
/// memory; copies with a shown passage are read again.
///
/// # Errors
/// A case or copy cannot be read, or the words have no letter.
pub fn find(input: &Input, args: &FindArgs) -> Result<Passages, Failure> {
    let query = Query::new(&args.words)
        .ok_or_else(|| Failure::request("there is no word to look for", "write some words of the passage"))?;
    let mut loaded = load::catalogue(input)?;
    let folder = load::archive(input)?;
    let chosen: Vec<&Record> = match args.only.as_slice() {
        [] => loaded.records.values().collect(),
        ids => ids.iter().map(|id| record(&loaded, id)).collect::<Result<_, Failure>>()?,
    };
    let looked: Vec<Looked> = pool::in_order(&chosen, AT_A_TIME, |record| look_into(&folder, record, &query));
    let mut problems = Vec::new();
    let mut all: Vec<Seen> = Vec::new();
    for (record, looked) in chosen.iter().zip(looked) {
        let (sightings, found) = looked?;
        problems.extend(found);
        all.extend(sightings.into_iter().map(|sighting| (*record, sighting)));
    }
    let paragraphs = all.len();
    let place = |record: &Record| chosen.iter().position(|other| other.id == record.id).unwrap_or_default();
    all.sort_by_key(|(record, sighting)| {
        let barred = passage::barred(record, sighting.paragraph).is_some();
        (sighting.distance, barred, place(record), sighting.paragraph)
    });
    all.truncate(args.most.into());
    let shown = passages(&folder, &query, &all, &slips(&loaded), &mut problems)?;
    let advice = advice(input, &mut loaded, &shown)?;
    Ok(Passages { shown, advice, paragraphs, loaded, problems })
}

/// A paragraph with the words, and its source.
type Seen<'a> = (&'a Record, Sighting);

type Looked = Result<(Vec<Sighting>, Vec<Diagnostic>), Failure>;

fn look_into(folder: &Path, record: &Record, query: &Query) -> Looked {
    let Some(bytes) = load::copy(folder, record)? else { return Ok((Vec::new(), vec![copy::missing(record)])) };
    Ok(match copy::text(record, &bytes) {
        Ok(text) => (query.sightings(text), Vec::new()),
        Err(problem) => (Vec::new(), vec![*problem]),
    })
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
    seen: &[Seen],
    slips: &[String],
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<Passage>, Failure> {
    let mut found: Vec<Option<Passage>> = vec![None; seen.len()];
    for (at, (record, _)) in seen.iter().enumerate() {
        if seen[..at].iter().any(|(before, _)| before.id == record.id) {
            continue;
        }
        let Some(bytes) = load::copy(folder, record)? else { continue };
        problems.extend(differs(record, &bytes));
        let Ok(text) = copy::text(record, &bytes) else { continue };
        let own = seen.iter().enumerate().filter(|(_, (other, _))| other.id == record.id);
        let (places, sightings): (Vec<usize>, Vec<&Sighting>) = own.map(|(at, (_, sighting))| (at, sighting)).unzip();
        let passages = Passage::all(record, text, query, slips, sightings.into_iter());
        places.into_iter().zip(passages).for_each(|(at, passage)| found[at] = passage);
    }
    Ok(found.into_iter().flatten().collect())
}

/// A passage for people.
fn human(passage: &Passage, advice: &Advice, number: usize, screen: &Screen) -> String {
    let number = format!("{number:>2} ");
    let head = format!("{}, {}", heading(&passage.source, screen), passage.at);
    let nearly = if passage.distance.missing + passage.distance.slips > 0 { "  (nearly the same words)" } else { "" };
    let mut out = format!("{number}{head}  {}{nearly}\n", visible(&passage.title));
    let shown = excerpt(&passage.text, &passage.found, CONTEXT);
    let inner = passage.found.start - shown.start..passage.found.end - shown.start;
    let words = marked(&visible(&passage.text[shown.clone()]), &[inner], Look::Plain, screen);
    let before = if shown.start > 0 { "… " } else { "" };
    let after = if shown.end < passage.text.len() { " …" } else { "" };
    let _ = writeln!(out, "   {}", wrapped(&format!("{before}{words}{after}"), "   "));
    out + &match (&passage.barred, passage.citation()) {
        (Some(why), _) => format!("   {why}\n"),
        (None, Some(citation)) => {
            let once = passage.phrase.as_ref().is_some_and(|phrase| phrase.unique);
            let more =
                if once { "" } else { "   these words stand in the source more than once: `at` says which is meant\n" };
            let careful = advice.careful.iter().map(|words| format!("   careful: {}\n", visible(words)));
            let text = advice.text.iter().map(|text| format!("   close to the source: {}\n", wrapped(text, "   ")));
            format!("{INDENT}{citation}\n{more}") + &careful.chain(text).collect::<String>()
        }
        (None, None) => "   too short to be quoted by itself, or only with a recorded slip\n".to_owned(),
    }
}

/// A passage for programs.
fn json(passage: &Passage, advice: &Advice) -> String {
    let value = serde_json::json!({
        "source": passage.source,
        "at": passage.at.to_string(),
        "title": passage.title,
        "text": passage.text,
        "found": [passage.found.start, passage.found.end],
        "missing": passage.distance.missing,
        "slips": passage.distance.slips,
        "between": passage.distance.between,
        "barred": passage.barred,
        "quote": passage.quote(),
        "unique": passage.phrase.as_ref().map(|phrase| phrase.unique),
        "cites": passage.citation(),
        "careful": advice.careful,
        "text-proposed": advice.text,
    });
    value.to_string()
}

impl Passages {
    /// The passages for people or programs.
    #[must_use]
    pub fn listing(&self, format: MessageFormat, screen: &Screen) -> String {
        match format {
            MessageFormat::Json => {
                let parts = self.shown.iter().zip(&self.advice).map(|(passage, advice)| json(passage, advice));
                parts.collect::<Vec<_>>().join("\n")
            }
            MessageFormat::Human | MessageFormat::Short => {
                let all = self.shown.iter().zip(&self.advice).enumerate();
                let parts: Vec<String> =
                    all.map(|(at, (passage, advice))| human(passage, advice, at + 1, screen)).collect();
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

    /// The outcome of a search: the text to print, and a message if nothing was found.
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
        let outcome = outcome(self.loaded, self.problems, said);
        Outcome { blocked: outcome.blocked || nothing, ..outcome }
    }

    /// The passage with this number, counted from 1, as typed.
    ///
    /// # Errors
    /// There is no passage with this number, or it may not be quoted.
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
