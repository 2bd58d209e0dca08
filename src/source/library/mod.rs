//! Records of other programs: BibLaTeX, CSL-JSON and Hayagriva in, BibLaTeX and CSL-JSON out; annotations in and out.
//!
//! Nothing is invented on the way in: a field without a counterpart is reported, and the user decides. Marks for
//! printers in names and titles become plain words or are reported. Words such as “anonymous” and “untitled” are no
//! name and no title: their field stays open. A record without a title or with an unusable id stops the import.

pub mod anchor;
pub mod annotations;
mod biblatex;
mod commands;
mod csl;
mod formula;
mod hayagriva;
mod markup;
mod tex;

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic, Place};
use crate::reference::{self, CalendarDate};
use crate::yaml::scalar;

use super::placeholder::Placeholder;
use super::{Author, ParentKind, SourceKind};

pub use biblatex::write as to_biblatex;
pub use csl::write as to_csl_json;

/// A record of another program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Its id in that program.
    pub id: String,
    /// Its line in the file, from 1; 0 if unknown.
    pub line: usize,
    /// Kind of document.
    pub kind: Option<SourceKind>,
    /// Title, as printed; empty if it is left open.
    pub title: String,
    /// Short title.
    pub short: Option<String>,
    /// Authors.
    pub authors: Vec<Author>,
    /// Date of publication: a day, a month or a year.
    pub date: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Day of the visit.
    pub visited: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Language of the text.
    pub language: Option<String>,
    /// The kind and title of the work that contains it.
    pub parent: Option<(ParentKind, String)>,
    /// Number of the document.
    pub number: Option<String>,
    /// Kind of text, printed; in the language of the record.
    pub genre: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Fields without a counterpart, by their name in the other program, with the value if it is short.
    pub left_out: Vec<String>,
}

/// The content of a file.
#[derive(Debug)]
pub enum Library {
    /// Records of sources.
    Records(Vec<Imported>),
    /// Passages marked by readers.
    Annotations(annotations::Annotations),
}

/// Reads a file of another program. Its format is taken from the ending of its name.
///
/// # Errors
/// The format is not known, or a record cannot be taken over.
pub fn read(file: &Arc<str>, text: &str) -> Result<Library, Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "bib" | "bibtex" | "biblatex" => biblatex::read(file, text).map(Library::Records),
        "json" | "jsonld" => {
            let value = serde_json::from_str(text).map_err(|fault| {
                let place = Place { line: fault.line(), column: fault.column(), ..Place::file(file.clone()) };
                vec![refused(place, format!("this is no JSON: {fault}"), "export the library again as CSL JSON")]
            })?;
            match annotations::from_json(&value) {
                Some(found) => Ok(Library::Annotations(found)),
                None => csl::read(file, &value).map(Library::Records),
            }
        }
        "yaml" | "yml" => hayagriva::read(file, text).map(Library::Records),
        "csv" => annotations::from_csv(file, text).map(Library::Annotations),
        _ => Err(vec![refused(
            Place::file(file.clone()),
            format!("`.{ending}` is no kind of library that is read"),
            "export it as BibLaTeX (`.bib`), CSL JSON (`.json`) or Hayagriva (`.yaml`)",
        )]),
    }
}

/// The message for a problem that stops the import.
fn refused(place: Place, words: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::SourceImport, place, words).hint(hint)
}

impl Imported {
    /// The message about the fields that were left out.
    #[must_use]
    pub fn told(&self, file: &Arc<str>) -> Option<Diagnostic> {
        let words = format!("`{}` is taken over without: {}", self.id, self.left_out.join(", "));
        let hint = if self.title.is_empty() {
            "write the title into `sources.yaml`; words of your own go into square brackets"
        } else {
            "nothing, if you can do without; else write it into `note` of the record"
        };
        let problem = Diagnostic::note(Code::SourceImport, Place::line(file.clone(), self.line), words);
        (!self.left_out.is_empty()).then(|| problem.hint(hint))
    }

    /// The record as lines of `sources.yaml`.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = format!("{}:\n", scalar(&self.id));
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = writeln!(out, "  {key}: {value}");
            }
        };
        let plain = |value: &Option<String>| value.as_deref().map(scalar);
        line("type", self.kind.map(|kind| kind.name().to_owned()));
        line(
            "title",
            (!self.title.is_empty()).then(|| match &self.short {
                Some(short) => format!("{{value: {}, short: {}}}", scalar(&self.title), scalar(short)),
                None => scalar(&self.title),
            }),
        );
        line("author", self.authors());
        line(
            "genre",
            self.genre.as_ref().zip(self.language.as_ref()).map(|(genre, language)| {
                format!("{{{}: {}}}", language.split('-').next().unwrap_or(language), scalar(genre))
            }),
        );
        line("date", self.date.clone());
        line(
            "parent",
            self.parent.as_ref().map(|(kind, title)| match kind {
                ParentKind::Web => format!("{{title: {}}}", scalar(title)),
                kind => format!("{{type: {}, title: {}}}", kind.name(), scalar(title)),
            }),
        );
        line("publisher", plain(&self.publisher));
        line("serial-number", plain(&self.number));
        line(
            "url",
            self.url.as_ref().map(|url| match &self.visited {
                Some(day) => format!("{{value: {}, date: {day}}}", scalar(url)),
                None => scalar(url),
            }),
        );
        line("language", plain(&self.language));
        line("note", plain(&self.note));
        out
    }

    fn authors(&self) -> Option<String> {
        let one = |author: &Author| match &author.given_name {
            Some(given) => format!("{{name: {}, given-name: {}}}", scalar(&author.name), scalar(given)),
            None => scalar(&author.name),
        };
        match self.authors.as_slice() {
            [] => None,
            [author] => Some(one(author)),
            several => Some(format!("[{}]", several.iter().map(one).collect::<Vec<_>>().join(", "))),
        }
    }

    /// Takes marks for printers out of names and titles, and reports those that stay.
    fn plain(mut self) -> Self {
        let texts = [&mut self.short, &mut self.publisher, &mut self.number, &mut self.genre, &mut self.note];
        let parent = self.parent.as_mut().map(|(_, title)| title);
        let names = self.authors.iter_mut().flat_map(|author| [Some(&mut author.name), author.given_name.as_mut()]);
        let all = texts.into_iter().map(Option::as_mut).chain([Some(&mut self.title), parent]).chain(names);
        for text in all.flatten() {
            *text = markup::plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let stays = markup::left(text).into_iter().map(|mark| format!("the sense of `{mark}` (it stays as typed)"));
            self.left_out.extend(stays);
        }
        self
    }

    /// Takes out words that stand for a name or title which nobody gave.
    fn without_placeholders(&mut self) {
        let left_out = &mut self.left_out;
        let mut is_none = |field: &str, kind: Placeholder, words: &str| {
            let is_none = kind.is(words);
            let stands = if kind == Placeholder::Nobody { "a word for nobody" } else { "a word for no title" };
            left_out.extend(is_none.then(|| format!("{field} `{words}` ({stands})")));
            is_none
        };
        let mut has_more = false;
        self.authors.retain(|author| {
            let given = author.given_name.as_deref().unwrap_or_default();
            let whole = format!("{given} {}", author.name);
            let is_more = Placeholder::More.is(&whole);
            has_more |= is_more;
            !is_more && !is_none("author", Placeholder::Nobody, whole.trim())
        });
        if is_none("title", Placeholder::Untitled, &self.title) {
            self.title.clear();
        }
        self.short = self.short.take().filter(|short| !is_none("short title", Placeholder::Untitled, short));
        self.publisher = self.publisher.take().filter(|name| !is_none("publisher", Placeholder::Nobody, name));
        self.parent = self.parent.take().filter(|(_, title)| !is_none("parent", Placeholder::Untitled, title));
        left_out.extend(has_more.then(|| "more authors, whom it does not name (`and others`)".to_owned()));
    }

    /// Checks the requirements for records of every program.
    fn checked(mut self, file: &Arc<str>) -> Result<Self, Box<Diagnostic>> {
        let place = Place::line(file.clone(), self.line);
        if self.title.trim().is_empty() {
            let words = format!("`{}` has no title", self.id);
            return Err(
                refused(place, words, "give it a title there; words of your own go into square brackets").into()
            );
        }
        self.without_placeholders();
        let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ':' | '/' | '+');
        if self.id.is_empty() || !self.id.chars().all(fits) {
            let words = format!("`{}` cannot be the id of a source", self.id);
            return Err(refused(place, words, "give it an id of letters, digits and `-` there").into());
        }
        let is_address = |url: &str| !url.is_empty() && !url.contains([' ', '<', '>']);
        self.keep_if("language", |it| &mut it.language, |typed| language(typed).is_some());
        self.language = self.language.as_deref().and_then(language);
        if self.language.is_none() {
            self.left_out.extend(self.genre.take().map(|genre| format!("genre `{genre}` (its language is not known)")));
        }
        self.keep_if("address", |it| &mut it.url, is_address);
        let is_visited = self.url.is_some();
        self.keep_if("day of the visit", |it| &mut it.visited, |day| is_visited && reference::day(day).is_ok());
        Ok(self)
    }

    /// Leaves a value out that does not fit, and tells it.
    fn keep_if(&mut self, what: &str, field: fn(&mut Self) -> &mut Option<String>, fits: impl Fn(&str) -> bool) {
        if let Some(value) = field(self).take_if(|value| !fits(value)) {
            self.left_out.push(format!("{what} `{value}`"));
        }
    }
}

/// All records, or the problems if any record has one.
fn whole(file: &Arc<str>, records: Vec<Imported>) -> Result<Vec<Imported>, Vec<Diagnostic>> {
    let (good, bad): (Vec<_>, Vec<_>) =
        records.into_iter().map(|one| one.plain().checked(file)).partition(Result::is_ok);
    let problems: Vec<Diagnostic> = bad.into_iter().filter_map(Result::err).map(|bad| *bad).collect();
    if problems.is_empty() { Ok(good.into_iter().flatten().collect()) } else { Err(problems) }
}

/// A date in the form of `sources.yaml`, if it is a day, a month or a year.
fn date(typed: &str) -> Option<String> {
    let day = typed.split_once('T').map_or(typed, |(day, _)| day).trim();
    CalendarDate::parse(day).is_ok().then(|| day.to_owned())
}

/// The tag of a language: `en-GB`.
fn tag(language: &crate::document::Language) -> String {
    if language.region.is_empty() { language.code.clone() } else { format!("{}-{}", language.code, language.region) }
}

/// Names of languages used in libraries, each with its tag: names of LaTeX packages, and English words.
const LANGUAGES: &str = include_str!("languages.tsv");

/// The code of a language: `en`, `en-GB`.
fn language(typed: &str) -> Option<String> {
    let lower = typed.trim().to_lowercase();
    let mut names = LANGUAGES.lines().filter_map(|line| line.split_once('\t'));
    if let Some((_, code)) = names.find(|(name, _)| *name == lower) {
        return Some(code.to_owned());
    }
    let lower = lower.replace('_', "-");
    let (code, region) = lower.split_once('-').unwrap_or((&lower, ""));
    let letters = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    match (letters(code, 2..=3), region.is_empty(), letters(region, 2..=2)) {
        (true, true, _) => Some(code.to_owned()),
        (true, false, true) => Some(format!("{code}-{}", region.to_uppercase())),
        _ => None,
    }
}

/// The words of a field: a text or a number.
fn words(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Takes the words of a field. A field that holds anything else stays, to be reported.
fn taken(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    let words = words(fields.get(name))?;
    fields.remove(name);
    Some(words).filter(|words| !words.is_empty())
}

/// The fields that have no counterpart, each with its value if that is short.
fn all_left(fields: &Map<String, Value>, within: &str) -> Vec<String> {
    let given = fields.iter().filter(|(_, value)| !value.is_null());
    let value = |value: &Value| words(Some(value)).unwrap_or_else(|| value.to_string());
    given.map(|(name, it)| left(&format!("{within}{name}"), &value(it))).collect()
}

/// A field without a counterpart, with its value if that is short.
fn left(name: &str, value: &str) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if value.is_empty() || value.chars().count() > 60 { name.to_owned() } else { format!("{name} `{value}`") }
}
