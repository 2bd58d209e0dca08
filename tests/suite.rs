//! Small cases with what the program must say about them, written as comments into the cases themselves.
//!
//! A folder under `tests/suite/` that has a `case.yaml` is a test. In its files stand notes:
//!
//! - `# error: quote/altered differs from its source` at the end of the line that is reported: severity, code, a piece
//!   of the headline, of a note or of a hint. Alone on a line it speaks of the next line.
//! - `# error here: source/copy-missing …` speaks of the file as a whole, or of its first line.
//! - `# options: --strict --as-of 2024-01-01 --archive ../../shared` sets options; the folder is seen from the case.
//!
//! What is reported and not noted fails, and what is noted and not reported fails. A case without `citations.lock`
//! has nothing locked: there `cite/not-locked` counts only where a note names it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use amparo::case::timeline::Clock;
use amparo::command::check;
use amparo::command::options::CaseOptions;
use amparo::diag::{Code, Diagnostic, Severity};
use amparo::reference::day;
use chrono::NaiveDate;

use crate::support::{files, read, root};

/// Families of codes of which each must be raised by a folder.
const FAMILIES: [&str; 6] = ["case", "source", "cite", "quote", "fact", "wording"];

const SEVERITIES: [(&str, Severity); 3] =
    [("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)];

/// What a file of a case says that will be reported.
#[derive(Debug, Clone)]
struct Note {
    file: String,
    /// `None`: the file as a whole.
    line: Option<usize>,
    severity: Severity,
    code: String,
    words: String,
}

impl Note {
    fn fits(&self, problem: &Diagnostic) -> bool {
        let place = &problem.primary.place;
        let line_fits = self.line.map_or(place.line <= 1, |line| place.line == line);
        place.file.ends_with(&format!("/{}", self.file))
            && line_fits
            && self.severity == problem.severity
            && self.code == problem.code.name()
            && said(problem).contains(&self.words)
    }
}

/// All that a message says.
fn said(problem: &Diagnostic) -> String {
    let rest = problem.notes.iter().chain(&problem.hints);
    let parts = [&problem.headline, &problem.primary.words].into_iter().chain(rest);
    parts.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// One folder.
struct Folder {
    path: PathBuf,
    notes: Vec<Note>,
    job: CaseOptions,
}

impl Folder {
    fn read(path: &Path) -> Self {
        let mut folder = Self { path: path.to_owned(), notes: Vec::new(), job: job(path) };
        for file in files(path).iter().filter(|file| !file.starts_with(path.join("archive"))) {
            let name = file.strip_prefix(path).expect("inside").to_string_lossy().into_owned();
            let text = read(file);
            folder.notes.extend(notes(&name, &text));
            for line in text.lines().filter_map(|line| line.strip_prefix("# options:")) {
                folder.options(line);
            }
        }
        folder
    }

    fn options(&mut self, line: &str) {
        let mut words = line.split_whitespace();
        while let Some(word) = words.next() {
            let mut value =
                || words.next().unwrap_or_else(|| panic!("{}: `{word}` needs a value", self.path.display()));
            match word {
                "--without" => self.job.input.without.push(value().to_owned()),
                "--strict" => self.job.strict = true,
                "--as-of" => self.job.moment.asked = Some(day(value()).expect("a day")),
                "--archive" => self.job.input.archive = Some(self.path.join(value())),
                "--clock" => self.job.moment.clock = if value() == "event" { Clock::Event } else { Clock::Knowledge },
                other => panic!("{}: the option `{other}` is not known to the tests", self.path.display()),
            }
        }
    }

    /// What is wrong with this folder, in words; empty if nothing is.
    fn run(&self) -> String {
        let outcome = match check::check(&self.job, false) {
            Ok(outcome) => outcome,
            Err(failure) => return format!("  the program could not work: {failure}\n"),
        };
        let has_lock = self.path.join("citations.lock").is_file();
        let notes_unlocked = self.notes.iter().any(|note| note.code == Code::CiteNotLocked.name());
        // The small texts of a folder are about its own rule: words beside a source count where a note names them.
        let compares = |code: &str| code == Code::FactBeyondSource.name() || code == Code::FactSense.name();
        let notes_words = self.notes.iter().any(|note| compares(&note.code));
        let counts = |problem: &Diagnostic| {
            (has_lock || notes_unlocked || problem.code != Code::CiteNotLocked)
                && (notes_words || !compares(problem.code.name()))
        };
        let mut open = self.notes.clone();
        let mut out = String::new();
        for problem in outcome.problems.iter().filter(|problem| counts(problem)) {
            match open.iter().position(|note| note.fits(problem)) {
                Some(index) => drop(open.remove(index)),
                None => _ = writeln!(out, "  not noted: {}", shown(problem)),
            }
        }
        for Note { file, line, severity, code, words } in &open {
            let line = line.map(|line| format!(":{line}")).unwrap_or_default();
            _ = writeln!(out, "  not reported: {file}{line}: {}[{code}]: …{words}…", name(*severity));
        }
        out
    }
}

fn job(case: &Path) -> CaseOptions {
    CaseOptions::of(case, NaiveDate::from_ymd_opt(2032, 1, 15).expect("a day"))
}

fn name(severity: Severity) -> &'static str {
    SEVERITIES.iter().find(|(_, known)| *known == severity).map_or("", |(name, _)| name)
}

fn shown(problem: &Diagnostic) -> String {
    let place = &problem.primary.place;
    let file = place.file.rsplit('/').next().unwrap_or_default();
    let (line, severity, code) = (place.line, name(problem.severity), problem.code.name());
    format!("{file}:{line}: {severity}[{code}]: {}", problem.headline)
}

/// The notes of a file.
fn notes(file: &str, text: &str) -> Vec<Note> {
    let mut out = Vec::new();
    let mut waiting: Vec<Note> = Vec::new();
    for (index, row) in text.lines().enumerate() {
        let found = notes_of_line(file, index + 1, row);
        if !found.is_empty() && row.trim_start().starts_with('#') {
            waiting.extend(found);
            continue;
        }
        let next = waiting.drain(..).map(|note| Note { line: note.line.map(|_| index + 1), ..note });
        out.extend(next);
        out.extend(found);
    }
    out.extend(waiting);
    out
}

fn notes_of_line(file: &str, line: usize, row: &str) -> Vec<Note> {
    let comments = row.match_indices("# ").map(|(at, _)| &row[at + 2..]);
    let parsed = comments.filter_map(|comment| {
        let comment = comment.split(" # ").next()?;
        let (head, rest) = comment.split_once(": ")?;
        let (word, here) = head.strip_suffix(" here").map_or((head, false), |word| (word, true));
        let (_, severity) = SEVERITIES.iter().find(|(name, _)| *name == word)?;
        let (code, words) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
        let line = (!here).then_some(line);
        Some(Note { file: file.into(), line, severity: *severity, code: code.into(), words: words.trim().into() })
    });
    parsed.collect()
}

fn folders() -> Vec<Folder> {
    let cases = files(&root().join("tests/suite"));
    let cases = cases.iter().filter(|path| path.ends_with("case.yaml"));
    cases.filter_map(|path| path.parent()).map(Folder::read).collect()
}

#[test]
fn each_folder_is_reported_as_its_notes_say() {
    let mut failures = String::new();
    for folder in folders() {
        let wrong = folder.run();
        if !wrong.is_empty() {
            let path = folder.path.strip_prefix(root()).unwrap_or(&folder.path);
            _ = write!(failures, "{}\n{wrong}\n", path.display());
        }
    }
    assert!(failures.is_empty(), "\n\n{failures}");
}

#[test]
fn each_note_names_a_code() {
    for folder in folders() {
        for note in &folder.notes {
            let known = Code::from_name(&note.code).is_some();
            assert!(known, "{}/{}: there is no code `{}`", folder.path.display(), note.file, note.code);
        }
    }
}

#[test]
fn each_code_of_the_checks_is_raised_by_a_folder() {
    let raised: BTreeSet<String> =
        folders().into_iter().flat_map(|folder| folder.notes).map(|note| note.code).collect();
    // Hedges are checked where a paper is assembled: a status exists only there. What is said when a source is added or
    // audited needs files that are no text: `tests/sources` raises it.
    // What `source find` and `source import` say has tests of its own.
    let added = Code::SourceGuessed..=Code::SourceCustody;
    let exempt = |code: Code| {
        added.contains(&code) || matches!(code, Code::FactHedge | Code::SourceNothingFound | Code::SourceImport)
    };
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| FAMILIES.contains(&code.family()) && !exempt(**code))
        .map(|code| code.name())
        .filter(|name| !raised.contains(*name))
        .collect();
    assert!(missing.is_empty(), "no folder of tests/suite raises: {}", missing.join(", "));
}

#[test]
fn notes_are_read_with_their_lines() {
    let text = "# error here: case/syntax whole\na: 1 # error: case/cycle one # note: cite/long two: three\n# a remark\n\
                # warning: case/unused next\nb: 2 # error is no note\n";
    let found: Vec<(Option<usize>, String, String)> =
        notes("case.yaml", text).into_iter().map(|note| (note.line, note.code, note.words)).collect();
    let expected = [
        (None, "case/syntax", "whole"),
        (Some(2), "case/cycle", "one"),
        (Some(2), "cite/long", "two: three"),
        (Some(5), "case/unused", "next"),
    ];
    assert_eq!(found, expected.map(|(line, code, words)| (line, code.to_owned(), words.to_owned())));
}

/// What checking a folder with these files says: each code with its headline.
#[track_caller]
fn reported(contents: &[(&str, &[u8])]) -> Vec<(Code, String)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in contents {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    }
    let outcome = check::check(&job(folder.path()), false).expect("a bad file is no failure");
    assert!(outcome.blocked);
    outcome.problems.into_iter().map(|problem| (problem.code, problem.headline)).collect()
}

#[test]
fn a_file_of_nine_megabytes_is_too_large() {
    let large = format!("id: large\n# {}\n", "x".repeat(9 << 20));
    let expected = (Code::CaseTooLarge, "this file has 9 MiB; at most 8 MiB are read".to_owned());
    assert_eq!(reported(&[("case.yaml", large.as_bytes()), ("sources.yaml", b"{}")]), [expected]);
}

#[test]
fn a_picture_is_no_case_file() {
    let picture = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0xFF, 0xFE];
    let expected = (Code::CaseNotText, "this file is not UTF-8 text".to_owned());
    assert_eq!(reported(&[("case.yaml", &picture), ("sources.yaml", b"{}")]), [expected]);
}

#[test]
fn a_case_without_sources_says_so() {
    let case = b"id: teacher\ncountry: XA\nlanguages: [en]\n";
    let found = reported(&[("case.yaml", case)]);
    let expected = (Code::CaseMissingKey, "the case has no `sources.yaml`".to_owned());
    assert!(found.contains(&expected), "{found:?}");
}

#[test]
fn a_folder_that_is_not_there_is_a_failure() {
    let failure = check::check(&job(&root().join("tests/suite/no-such-case")), false).expect_err("a failure");
    assert!(failure.to_string().contains("there is no such folder"), "{failure}");
}
