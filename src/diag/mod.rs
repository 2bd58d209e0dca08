//! Problems in the user's files: one type, a closed list of codes, one place that draws them.
//!
//! A [`Diagnostic`] is a problem in a case, a source or a template; there may be many at once. A [`Failure`] means that
//! the program could not work. A fault of the program itself is a diagnostic with the code `internal`.

pub mod characters;
#[macro_use]
mod closed;
mod code;
mod draw;
mod failure;
mod files;

pub use code::{Code, Family};
pub use draw::{MessageFormat, draw, draw_failure};
pub use failure::Failure;
pub use files::Files;

use std::ops::Range;
use std::sync::Arc;

/// The severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document cannot be built.
    Error,
    /// The document is built, but a person should look at it. An error under `--strict`.
    Warning,
    /// Information; never an error.
    Note,
}

/// A place in a file that the user knows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// The name of the file as the user knows it.
    pub file: Arc<str>,
    /// Line, from 1; 0 if only the file is known.
    pub line: usize,
    /// Column in characters, from 1; 0 if unknown.
    pub column: usize,
    /// Byte range in the file, if known.
    pub bytes: Option<Range<usize>>,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// A line of a file; lines count from 1.
    #[must_use]
    pub fn line(file: impl Into<Arc<str>>, line: usize) -> Self {
        Self { file: file.into(), line, ..Self::default() }
    }
}

/// A place with words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// A remark on the place; may be empty.
    pub words: String,
}

/// A problem in a case, a source or a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// The severity.
    pub severity: Severity,
    /// The problem in one sentence: lower case, no full stop, understandable alone.
    pub headline: String,
    /// The place of the problem.
    pub primary: Label,
    /// Other places, for instance the passage in the source.
    pub others: Vec<Label>,
    /// Facts that help to understand it, for instance the place where the passage was found.
    pub notes: Vec<String>,
    /// Advice to the user.
    pub hints: Vec<String>,
    /// True if it holds only on the day of the run. It is then shown, but written into no file.
    pub passing: bool,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, place: Place, headline: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, place, headline)
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: Code, place: Place, headline: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, place, headline)
    }

    /// A note at a place.
    #[must_use]
    pub fn note(code: Code, place: Place, headline: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, place, headline)
    }

    fn new(severity: Severity, code: Code, place: Place, headline: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            headline: headline.into(),
            primary: Label { place, words: String::new() },
            others: Vec::new(),
            notes: Vec::new(),
            hints: Vec::new(),
            passing: false,
        }
    }

    /// Adds a remark on the primary place.
    #[must_use]
    pub fn label(mut self, words: impl Into<String>) -> Self {
        self.primary.words = words.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn and_at(mut self, place: Place, words: impl Into<String>) -> Self {
        self.others.push(Label { place, words: words.into() });
        self
    }

    /// Adds a fact that helps to understand the problem.
    #[must_use]
    pub fn with_note(mut self, words: impl Into<String>) -> Self {
        self.notes.push(words.into());
        self
    }

    /// Marks the diagnostic as true only on the day of the run.
    #[must_use]
    pub fn of_today(mut self) -> Self {
        self.passing = true;
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hints.push(words.into());
        self
    }
}

/// Sorts by file, place and code, and removes repeats.
pub fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup();
}

fn key(diagnostic: &Diagnostic) -> (&str, usize, usize, Severity, &'static str, &str) {
    let Place { file, line, column, .. } = &diagnostic.primary.place;
    (file, *line, *column, diagnostic.severity, diagnostic.code.name(), &diagnostic.headline)
}
