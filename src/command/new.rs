//! `amparo new`: a folder for a new case, with the invented example or with a blueprint to fill in.
//!
//! It looks at the disk only to see if the folder is free. The folder appears whole or not at all.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use include_dir::{Dir, include_dir};

use crate::diag::Failure;
use crate::disk::read;
use crate::disk::write::make;
use crate::document::PROGRAM_LANGUAGE;
use crate::reference::day;
use crate::yaml::scalar;

/// The invented example, for `amparo new --example`.
static EXAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/cases/example");

const CASE: &str = include_str!("new/case.yaml");
const SOURCES: &str = include_str!("new/sources.yaml");

/// The questions about a new case, and their answers.
pub struct Dialogue<'a> {
    /// The answers, a line each.
    pub answers: &'a mut dyn BufRead,
    /// The output for questions.
    pub questions: &'a mut dyn Write,
    /// True if a person answers. Else nothing is asked, and lines of the input are taken as answers.
    pub asks: bool,
}

/// The answers that the blueprint needs.
struct Answers {
    country: String,
    languages: Vec<String>,
    name: String,
    date: String,
}

/// Copies the invented example into a new folder, and gives the case the name of the folder. Returns the lines to
/// print.
///
/// # Errors
/// The folder is not empty, has no usable name, or cannot be written.
pub fn example(dir: &Path) -> Result<Vec<String>, Failure> {
    let id = free_name(dir)?;
    let own = |(path, bytes): (&Path, &[u8])| {
        if path != Path::new("case.yaml") {
            return (path.to_owned(), bytes.to_vec());
        }
        let line = format!("\nid: {}\n", scalar(&id));
        (path.to_owned(), String::from_utf8_lossy(bytes).replacen("\nid: example\n", &line, 1).into_bytes())
    };
    make(dir, &read::embedded(&EXAMPLE).into_iter().map(own).collect::<Vec<_>>())?;
    let shown = dir.display();
    Ok(vec![
        format!("made the example case in `{shown}`: everything in it is invented"),
        format!("next: read `{shown}/case.yaml`, then try `amparo check {shown}` and `amparo build {shown}`"),
    ])
}

/// Writes the blueprint of a case into a new folder. Returns the lines to print.
///
/// # Errors
/// The folder is not empty, has no usable name, or cannot be written.
pub fn blueprint(dir: &Path, today: NaiveDate, dialogue: &mut Dialogue) -> Result<Vec<String>, Failure> {
    let id = free_name(dir)?;
    let mut said = Vec::new();
    let answers = dialogue.answers(today, &mut said);
    let files = [("case.yaml", fill(&id, &answers)), ("sources.yaml", SOURCES.to_owned())];
    make(dir, &files.map(|(name, text)| (PathBuf::from(name), text.into_bytes())))?;
    let shown = dir.display();
    said.push(format!("made `{shown}/case.yaml` and `{shown}/sources.yaml`"));
    said.push(format!(
        "next: put the texts of your sources into `{shown}/archive/`, fill in the two files, and run `amparo check {shown}`"
    ));
    Ok(said)
}

impl Dialogue<'_> {
    fn answers(&mut self, today: NaiveDate, said: &mut Vec<String>) -> Answers {
        let country = self.ask("country, as an ISO 3166 code", "XX", is_country, said);
        let languages =
            self.ask("languages of the papers, for instance `en, ru`", PROGRAM_LANGUAGE, are_languages, said);
        let name = self.ask("name of the person", "Name Surname", is_name, said);
        let date = self.ask("date of the papers", &today.to_string(), is_day, said);
        let languages = split(&languages).map(str::to_owned).collect();
        Answers { country, languages, name, date }
    }

    /// Asks until there is a usable answer. An empty or missing answer stands for the value that the question offers.
    fn ask(&mut self, what: &str, offered: &str, usable: fn(&str) -> bool, said: &mut Vec<String>) -> String {
        loop {
            if self.asks {
                let _ = write!(self.questions, "{what} [{offered}]: ").and_then(|()| self.questions.flush());
            }
            let mut line = String::new();
            let read = self.answers.read_line(&mut line).unwrap_or(0);
            let answer = line.trim();
            if read == 0 || answer.is_empty() {
                if !self.asks || read == 0 {
                    said.push(format!("{what}: not given; `{offered}` stands there until you change it"));
                }
                return offered.to_owned();
            }
            if usable(answer) {
                return answer.to_owned();
            }
            if self.asks {
                let _ = writeln!(self.questions, "`{answer}` cannot be used here");
            } else {
                said.push(format!("{what}: `{answer}` cannot be used; `{offered}` stands there until you change it"));
                return offered.to_owned();
            }
        }
    }
}

/// The name of a folder that is missing or empty; it becomes the id of the case.
fn free_name(dir: &Path) -> Result<String, Failure> {
    let whole = std::path::absolute(dir).map_err(|cause| Failure::read(dir, cause))?;
    let name = whole.file_name().and_then(|name| name.to_str()).filter(|name| !name.contains(char::is_control));
    let Some(name) = name else {
        let words = format!("`{}` gives the case no name", dir.display());
        return Err(Failure::request(words, "name a new folder, for instance `cases/anna`"));
    };
    if !read::is_free(dir)? {
        let words = format!("`{}` is there already and not empty", dir.display());
        return Err(Failure::request(words, "name a folder that does not exist yet; nothing was changed"));
    }
    Ok(name.to_owned())
}

fn fill(id: &str, answers: &Answers) -> String {
    let names: Vec<String> =
        answers.languages.iter().map(|language| format!("      {language}: {}", scalar(&answers.name))).collect();
    let values = [
        ("{{country}}", scalar(&answers.country)),
        ("{{languages}}", answers.languages.iter().map(|language| scalar(language)).collect::<Vec<_>>().join(", ")),
        ("{{date}}", answers.date.clone()),
        ("{{id}}", scalar(id)),
        ("{{names}}", names.join("\n")),
    ];
    CASE.lines().map(|line| fill_line(line, &values) + "\n").collect()
}

/// Fills a line. Each line has at most one mark, so a mark inside an answer is never filled.
fn fill_line(line: &str, values: &[(&str, String)]) -> String {
    let mark = values.iter().find(|(mark, _)| line.contains(mark));
    mark.map_or_else(|| line.to_owned(), |(mark, value)| line.replacen(mark, value, 1))
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A day of the calendar, written in full: `2024-09-09`.
fn is_day(text: &str) -> bool {
    day(text).is_ok()
}

fn are_languages(text: &str) -> bool {
    let fits = |code: &str| matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    let all: Vec<&str> = split(text).collect();
    let twice = all.iter().enumerate().any(|(at, code)| all[..at].contains(code));
    !all.is_empty() && !twice && all.into_iter().all(fits)
}

fn is_name(text: &str) -> bool {
    !text.contains(char::is_control)
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ']).filter(|part| !part.is_empty())
}
