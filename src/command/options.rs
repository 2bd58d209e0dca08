//! Resolves typed options: paths, dates and limits. Only this file asks the clock and the environment.

use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{NaiveDate, NaiveDateTime};

use crate::assemble::plan::Selection;
use crate::case::Moment;
use crate::case::load::Input;
use crate::case::timeline::Clock;
use crate::command::cli::{self, ClockArg, PaperArg};
use crate::diag::{Failure, MessageFormat};
use crate::document::PaperSize;
use crate::reference::day;
use crate::render::format;
use crate::render::markdown::Markdown;
use crate::render::pdf::Pdf;

/// The options for reading a case.
#[derive(Debug, Clone)]
pub struct CaseOptions {
    /// The places from which a run reads.
    pub input: Input,
    /// The day and the clock.
    pub moment: Moment,
    /// True if only citations that are verified in this run are accepted.
    pub strict: bool,
}

/// The options for a build.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The papers to make.
    pub selection: Selection,
    /// Formats.
    pub formats: Vec<&'static dyn format::Format>,
    /// Size of the sheet.
    pub paper: PaperSize,
    /// The folder for the papers.
    pub output: PathBuf,
    /// Folders with further fonts.
    pub font_paths: Vec<PathBuf>,
    /// True if each paper is also made in large print.
    pub large_print: bool,
    /// The number of petition sheets and cards; without it, one page of each.
    pub sheets: Option<usize>,
    /// True if copies of the sources are attached to the PDFs that may carry them.
    pub attach_sources: bool,
    /// The number of threads that set documents.
    pub threads: usize,
    /// The longest time for setting one document.
    pub layout_timeout: Duration,
}

impl CaseOptions {
    /// Resolves the options of a case.
    ///
    /// # Errors
    /// A date does not exist.
    pub fn new(args: &cli::CaseArgs) -> Result<Self, Failure> {
        let as_of = args
            .as_of
            .as_deref()
            .map(|text| day(text).map_err(|words| Failure::request(words, "write `--as-of 2024-10-01`")))
            .transpose()?;
        Ok(Self {
            input: Input {
                case: args.case.clone(),
                archive: archive(args.archive.as_ref()),
                templates: args.templates.clone(),
                without: args.without.clone(),
            },
            moment: Moment {
                asked: as_of,
                clock: match args.clock {
                    ClockArg::Event => Clock::Event,
                    ClockArg::Knowledge => Clock::Knowledge,
                },
                today: today(),
            },
            strict: args.strict,
        })
    }
}

impl CaseOptions {
    /// A case with its own copies and the shipped templates, on a day.
    #[must_use]
    pub fn of(case: impl Into<PathBuf>, today: NaiveDate) -> Self {
        Self {
            input: Input { case: case.into(), archive: None, templates: PathBuf::new(), without: Vec::new() },
            moment: Moment { asked: None, clock: Clock::Knowledge, today },
            strict: false,
        }
    }

    /// The same job without these sources, and with all others.
    #[must_use]
    pub fn without(&self, sources: Vec<String>) -> Self {
        Self { input: Input { without: sources, ..self.input.clone() }, ..self.clone() }
    }

    /// The same job for the case's own day.
    #[must_use]
    pub fn undated(&self) -> Self {
        Self { moment: Moment { asked: None, ..self.moment }, ..self.clone() }
    }
}

/// The folder with the copies, from the options or the environment.
pub(super) fn archive(named: Option<&PathBuf>) -> Option<PathBuf> {
    // Many shells set a variable to an empty value to unset it.
    let set = || std::env::var_os("AMPARO_ARCHIVE").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    named.cloned().or_else(set)
}

/// The other side of the comparison of `update`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// The last build of the case; without a build, the case before its newest source.
    LastBuild,
    /// The case as it was known on a day.
    Day(NaiveDate),
    /// The case before these sources were added.
    Before(Vec<String>),
    /// The reverse: the case as it would be without these sources.
    Without(Vec<String>),
}

impl Against {
    /// Resolves the options of `update`.
    ///
    /// # Errors
    /// A date does not exist.
    pub fn new(args: &cli::UpdateArgs) -> Result<Self, Failure> {
        if let Some(text) = &args.since {
            let wrong = |words| Failure::request(words, "write `--since 2024-10-01`");
            return day(text).map(Self::Day).map_err(wrong);
        }
        Ok(match (args.new.as_slice(), args.case.without.as_slice()) {
            ([], []) => Self::LastBuild,
            (new, []) => Self::Before(new.to_vec()),
            (_, without) => Self::Without(without.to_vec()),
        })
    }
}

impl BuildOptions {
    /// All papers of a case, with the default options.
    #[must_use]
    pub fn whole(output: &std::path::Path) -> Self {
        Self {
            selection: Selection { outside_country: true, ..Selection::default() },
            formats: vec![&Markdown],
            paper: PaperSize::A4,
            output: output.to_owned(),
            font_paths: Vec::new(),
            large_print: false,
            sheets: None,
            attach_sources: false,
            threads: 1,
            layout_timeout: seconds(cli::LAYOUT_TIMEOUT),
        }
    }

    /// Resolves the options of a build.
    #[must_use]
    pub fn new(args: &cli::BuildArgs) -> Self {
        Self {
            selection: Selection {
                only: args.only.clone(),
                languages: args.languages.clone(),
                to: args.to.clone(),
                pack: args.pack,
                outside_country: args.outside_country,
            },
            formats: args.format.clone(),
            paper: paper(args.paper),
            output: args.output.clone(),
            large_print: args.large_print,
            sheets: args.sheets.map(usize::from),
            attach_sources: args.attach_sources,
            font_paths: args.font_path.clone(),
            threads: threads(),
            layout_timeout: seconds(args.layout_timeout),
        }
    }
}

/// A number of seconds.
pub(super) fn seconds(number: u32) -> Duration {
    Duration::from_secs(number.into())
}

/// The number of threads that set or read papers.
#[must_use]
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(8)
}

impl BuildOptions {
    /// The papers of one template with the default options, for a build in memory, each set in so many seconds.
    #[must_use]
    pub fn only(template: String, layout_timeout: u32) -> Self {
        let whole = Self::whole(std::path::Path::new(""));
        let selection = Selection { only: vec![template], ..whole.selection.clone() };
        Self { selection, formats: vec![&Pdf], layout_timeout: seconds(layout_timeout), ..whole }
    }

    /// The order for a working report, which is about all papers of the case.
    #[must_use]
    pub fn of_dossier(args: &cli::DossierArgs) -> Self {
        Self {
            formats: args.format.clone(),
            paper: paper(args.paper),
            font_paths: args.font_path.clone(),
            layout_timeout: seconds(args.layout_timeout),
            ..Self::whole(&args.output)
        }
    }
}

fn paper(sheet: PaperArg) -> PaperSize {
    match sheet {
        PaperArg::A4 => PaperSize::A4,
        PaperArg::UsLetter => PaperSize::UsLetter,
    }
}

/// The format of messages, and true for colour: only on a terminal, and not under `NO_COLOR`.
#[must_use]
pub fn messages(format: cli::MessageFormatArg) -> (MessageFormat, bool) {
    use std::io::IsTerminal;
    let format = match format {
        cli::MessageFormatArg::Human => MessageFormat::Human,
        cli::MessageFormatArg::Short => MessageFormat::Short,
        cli::MessageFormatArg::Json => MessageFormat::Json,
    };
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    (format, std::io::stderr().is_terminal() && !plain)
}

/// The output for results.
#[derive(Debug, Clone, Default)]
pub struct Screen {
    /// True on a terminal; false if the output goes into a file or another program.
    pub terminal: bool,
    /// True if colours are possible and wanted.
    pub colour: bool,
    /// The program for reading long texts: `PAGER`, else `less`. `None` if none is wanted.
    pub pager: Option<String>,
}

/// The output for results.
#[must_use]
pub fn screen() -> Screen {
    use std::io::IsTerminal;
    let terminal = std::io::stdout().is_terminal();
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let pager = std::env::var("PAGER").unwrap_or_else(|_| "less -FRX".to_owned());
    let wanted = terminal && !pager.trim().is_empty() && pager.trim() != "cat";
    Screen { terminal, colour: terminal && !plain, pager: wanted.then_some(pager) }
}

/// The day in UTC.
#[must_use]
pub fn today() -> NaiveDate {
    now().date()
}

/// The moment in UTC. `SOURCE_DATE_EPOCH` (seconds since 1970) replaces the clock in repeatable builds.
#[must_use]
pub fn now() -> NaiveDateTime {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let seconds: i64 = fixed.unwrap_or_else(|| {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
        i64::try_from(elapsed).unwrap_or_default()
    });
    chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default().naive_utc()
}
