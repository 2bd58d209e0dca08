//! What the command means: paths, dates and limits, resolved once. The only place that asks the clock and the
//! environment.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

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

/// How a case is read and looked at.
#[derive(Debug, Clone)]
pub struct CaseOptions {
    /// What is read.
    pub input: Input,
    /// When, and by what clock.
    pub moment: Moment,
    /// Accept only what is verified now.
    pub strict: bool,
}

/// What to build.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// Which papers.
    pub selection: Selection,
    /// Formats.
    pub formats: Vec<&'static dyn format::Format>,
    /// Sheet of paper.
    pub paper: PaperSize,
    /// Where the papers go.
    pub output: PathBuf,
    /// Folders with further fonts.
    pub font_paths: Vec<PathBuf>,
    /// Whether each paper comes in large print too.
    pub large_print: bool,
    /// How many petition sheets and cards; without it, a page of each.
    pub sheets: Option<usize>,
    /// Whether copies of the sources travel in the PDFs that may carry them.
    pub attach_sources: bool,
    /// On how many threads documents are set.
    pub threads: usize,
}

impl CaseOptions {
    /// Resolves the options of a case.
    ///
    /// # Errors
    /// A date that does not exist.
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
    /// A case with its own copies and the shipped templates, looked at on a day.
    #[must_use]
    pub fn of(case: impl Into<PathBuf>, today: NaiveDate) -> Self {
        Self {
            input: Input { case: case.into(), archive: None, templates: PathBuf::new(), without: Vec::new() },
            moment: Moment { asked: None, clock: Clock::Knowledge, today },
            strict: false,
        }
    }

    /// The same without these sources, and with all others.
    #[must_use]
    pub fn without(&self, sources: Vec<String>) -> Self {
        Self { input: Input { without: sources, ..self.input.clone() }, ..self.clone() }
    }

    /// The same for the case's own day.
    #[must_use]
    pub fn undated(&self) -> Self {
        Self { moment: Moment { asked: None, ..self.moment }, ..self.clone() }
    }
}

/// The folder with the copies that was named, in words or by the environment.
pub(super) fn archive(named: Option<&PathBuf>) -> Option<PathBuf> {
    // An empty value is how many shells unset a variable.
    let set = || std::env::var_os("AMPARO_ARCHIVE").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    named.cloned().or_else(set)
}

/// With what `update` compares the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// The case as it was built last; without a build, the case before its newest source came.
    LastBuild,
    /// What was known on a day.
    Day(NaiveDate),
    /// The case before these sources came.
    Before(Vec<String>),
    /// The other way round: what would be without these sources.
    Without(Vec<String>),
}

impl Against {
    /// Resolves the options of `update`.
    ///
    /// # Errors
    /// A date that does not exist.
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
    /// All papers of a case, as they are built when nothing else is asked for.
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
        }
    }
}

/// On how many threads papers are set or read.
#[must_use]
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(8)
}

impl BuildOptions {
    /// The papers of one template as they are built by default, for a look without writing.
    #[must_use]
    pub fn only(template: String) -> Self {
        let whole = Self::whole(std::path::Path::new(""));
        let selection = Selection { only: vec![template], ..whole.selection.clone() };
        Self { selection, formats: vec![&Pdf], ..whole }
    }

    /// The order of a working report: it speaks of all papers of the case.
    #[must_use]
    pub fn of_dossier(args: &cli::DossierArgs) -> Self {
        Self {
            formats: args.format.clone(),
            paper: paper(args.paper),
            font_paths: args.font_path.clone(),
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

/// How messages are written, and whether in colour: only to a terminal, and not under `NO_COLOR`.
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

/// What the results are shown on.
#[derive(Debug, Clone, Default)]
pub struct Screen {
    /// Whether somebody looks at a terminal; else the results go into a file or another program.
    pub terminal: bool,
    /// Whether it shows colours and they are wanted.
    pub colour: bool,
    /// The program with which long texts are read: `PAGER`, else `less`. `None` where none is wanted.
    pub pager: Option<String>,
}

/// What the results are shown on.
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

/// The moment in UTC. `SOURCE_DATE_EPOCH` (seconds since 1970) takes the clock's place in builds that must repeat.
#[must_use]
pub fn now() -> NaiveDateTime {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let seconds: i64 = fixed.unwrap_or_else(|| {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
        i64::try_from(elapsed).unwrap_or_default()
    });
    chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default().naive_utc()
}
