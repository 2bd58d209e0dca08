//! `amparo watch`: builds, and builds again after each change of the input.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use crate::case::load::{self, Loaded};
use crate::check::blocks;
use crate::command::build::{build_loaded, printer};
use crate::command::options::{BuildOptions, CaseOptions, today};
use crate::command::outcome::Outcome;
use crate::diag::{Code, Diagnostic, Failure, MessageFormat};
use crate::disk::Digest;
use crate::disk::watch::Watch;
use crate::render::print::Printer;

/// The builds of a case, one after the other, until they are ended.
#[derive(Debug)]
pub struct Rounds {
    options: CaseOptions,
    order: BuildOptions,
    watch: Watch,
    /// The beginning of the first round; `None` in later ones.
    start: Option<Instant>,
    printer: Printer,
    seen: Option<Seen>,
    /// Messages about shipped data that were already told. A change of the case cannot remove them, so they are told
    /// once.
    told: HashSet<(String, Vec<String>)>,
}

/// The result of one round.
#[derive(Debug)]
pub struct Round {
    /// The outcome of the build, or the reason for its failure.
    pub outcome: Result<Outcome, Failure>,
    /// The number of problems that block the build.
    pub errors: usize,
    /// The number of messages that were told in an earlier round and are not repeated.
    pub unrepeated: usize,
    /// True if a layout is endless: it can be stopped only with the program, so this is the last round.
    pub endless: bool,
    /// The time from the first sign of the change to the last file written.
    pub took: Duration,
}

/// The input of a round. A round with the same input is skipped, so files that the program itself writes start no new
/// round.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    inputs: BTreeMap<String, String>,
    problems: Vec<Diagnostic>,
    /// The digests of the copies and of the files from which they were made, by name.
    copies: BTreeMap<String, Digest>,
    failure: Option<String>,
}

impl Rounds {
    /// Begins to watch the input of a build of this case.
    ///
    /// # Errors
    /// A font cannot be read, or folders cannot be watched.
    pub fn new(options: CaseOptions, order: BuildOptions) -> Result<Self, Failure> {
        let start = Some(Instant::now());
        let printer = printer(&order)?.for_rounds();
        let watch = Watch::new(load::folders(&options.input))?;
        Ok(Self { options, order, watch, start, printer, seen: None, told: HashSet::new() })
    }

    /// Waits for the next round: the first comes at once, each other one after a change.
    ///
    /// # Errors
    /// The case cannot be read at all in the first round, or the folders can no longer be watched.
    pub fn next_round(&mut self) -> Result<Round, Failure> {
        if let Some(start) = self.start.take() {
            let loaded = load::load(&self.options.input)?;
            return Ok(self.round(Ok(loaded), start));
        }
        loop {
            let since = self.watch.wait()?;
            let loaded = load::load(&self.options.input);
            if self.seen.as_ref() != Some(&Seen::new(&loaded)) {
                return Ok(self.round(loaded, since));
            }
        }
    }

    fn round(&mut self, loaded: Result<Loaded, Failure>, since: Instant) -> Round {
        self.seen = Some(Seen::new(&loaded));
        // A watch may continue past midnight.
        self.options.moment.today = today();
        let mut outcome = loaded.and_then(|loaded| self.build(loaded));
        let took = since.elapsed();
        let unrepeated = outcome.as_mut().map_or(0, |outcome| self.not_again(&mut outcome.problems));
        let blocks = |problem: &&Diagnostic| blocks(problem, self.options.strict);
        let errors = outcome.as_ref().map_or(1, |outcome| outcome.problems.iter().filter(blocks).count());
        let is_endless = |outcome: &Outcome| outcome.problems.iter().any(|problem| problem.code == Code::PdfEndless);
        let endless = outcome.as_ref().is_ok_and(is_endless);
        Round { outcome, errors, unrepeated, endless, took }
    }

    fn build(&mut self, loaded: Loaded) -> Result<Outcome, Failure> {
        let outcome = build_loaded(loaded, &mut self.printer, &self.options, &self.order);
        if outcome.is_err() {
            // A failed write is tried again at the next change, whatever it is.
            self.seen = None;
        }
        outcome
    }

    /// Removes messages about shipped data that an earlier round told, and returns their number.
    fn not_again(&mut self, problems: &mut Vec<Diagnostic>) -> usize {
        let before = problems.len();
        problems.retain(|problem| {
            let is_shipped = problem.code == Code::DirectoryUnverified;
            !is_shipped || self.told.insert((problem.headline.clone(), problem.notes.clone()))
        });
        before - problems.len()
    }
}

/// What is said after an endless round.
const ENDS: &str =
    "; the watch ends, because nothing else stops such a layout: mend it and start `amparo watch` again\n";

impl Round {
    /// A summary in a line.
    #[must_use]
    pub fn summary(&self, format: MessageFormat) -> String {
        let papers = self.papers();
        let milliseconds = self.took.as_millis();
        let happened = match self.errors {
            0 => format!("built {} in {milliseconds} ms", count(papers, "paper")),
            errors => format!("{}; the papers of the last good build are kept", count(errors, "error")),
        };
        let unrepeated = match self.unrepeated {
            0 => String::new(),
            many => format!("; {} not repeated", count(many, "old warning")),
        };
        let words = happened + &unrepeated;
        if format != MessageFormat::Json {
            return words + if self.endless { ENDS } else { "; waiting for changes (Ctrl-C ends)\n" };
        }
        let value = serde_json::json!({
            "code": "watch", "severity": "note", "message": words, "papers": papers, "errors": self.errors,
            "unrepeated": self.unrepeated, "milliseconds": u64::try_from(milliseconds).unwrap_or(u64::MAX),
        });
        format!("{value}\n")
    }

    fn papers(&self) -> usize {
        self.outcome.as_ref().map_or(0, |outcome| outcome.said.len())
    }
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

impl Seen {
    fn new(loaded: &Result<Loaded, Failure>) -> Self {
        let seen = loaded.as_ref().map(|loaded| (loaded, loaded.archive.digests(&loaded.records)));
        let failed = |failure: &Failure| Self {
            inputs: BTreeMap::new(),
            problems: Vec::new(),
            copies: BTreeMap::new(),
            failure: Some(failure.to_string()),
        };
        match seen {
            Ok((loaded, Ok(copies))) => {
                Self { inputs: loaded.inputs.clone(), problems: loaded.problems.clone(), copies, failure: None }
            }
            Ok((_, Err(failure))) => failed(&failure),
            Err(failure) => failed(failure),
        }
    }
}
