//! What the command means: paths, dates and limits, resolved once. The only place that asks the clock and the
//! environment.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDate};

use crate::case::day;
use crate::case::timeline::Clock;
use crate::cli::{self, ClockArg, FormatArg, PaperArg};
use crate::diag::{Failure, Format};
use crate::document::Paper;

/// How a case is read.
#[derive(Debug, Clone)]
pub struct Job {
    /// The folder of the case.
    pub case: PathBuf,
    /// The folder with the copies, if one was named.
    pub archive: Option<PathBuf>,
    /// Accept only what is verified now.
    pub strict: bool,
    /// The date to speak of, if one was given.
    pub as_of: Option<NaiveDate>,
    /// By what facts count.
    pub clock: Clock,
    /// The project's own templates.
    pub templates: PathBuf,
    /// The day of the run, in UTC.
    pub today: NaiveDate,
}

/// What to build.
#[derive(Debug, Clone)]
pub struct Order {
    /// Templates; empty: all.
    pub only: Vec<String>,
    /// Languages; empty: all.
    pub languages: Vec<String>,
    /// Offices; empty: all.
    pub to: Vec<String>,
    /// Formats.
    pub formats: Vec<FormatArg>,
    /// Sheet of paper.
    pub paper: Paper,
    /// Where the papers go.
    pub output: PathBuf,
    /// Folders with further fonts.
    pub font_paths: Vec<PathBuf>,
    /// Whether the papers of each letter come in a folder of their own, for one supporter.
    pub pack: bool,
    /// Whether each paper comes in large print too.
    pub large_print: bool,
    /// On how many threads documents are set.
    pub threads: usize,
}

impl Job {
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
            case: args.case.clone(),
            // An empty value is how many shells unset a variable.
            archive: args
                .archive
                .clone()
                .or_else(|| std::env::var_os("AMPARO_ARCHIVE").filter(|folder| !folder.is_empty()).map(PathBuf::from)),
            strict: args.strict,
            as_of,
            clock: match args.clock {
                ClockArg::Event => Clock::Event,
                ClockArg::Knowledge => Clock::Knowledge,
            },
            templates: args.templates.clone(),
            today: today(),
        })
    }
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
    pub fn new(args: &cli::Update) -> Result<Self, Failure> {
        if let Some(text) = &args.since {
            let wrong = |words| Failure::request(words, "write `--since 2024-10-01`");
            return day(text).map(Self::Day).map_err(wrong);
        }
        Ok(match (args.new.as_slice(), args.without.as_slice()) {
            ([], []) => Self::LastBuild,
            (new, []) => Self::Before(new.to_vec()),
            (_, without) => Self::Without(without.to_vec()),
        })
    }
}

impl Order {
    /// All papers of a case, as they are built when nothing else is asked for.
    #[must_use]
    pub fn whole(output: &std::path::Path) -> Self {
        Self {
            only: Vec::new(),
            languages: Vec::new(),
            to: Vec::new(),
            formats: vec![FormatArg::Md],
            paper: Paper::A4,
            output: output.to_owned(),
            font_paths: Vec::new(),
            pack: false,
            large_print: false,
            threads: 1,
        }
    }

    /// Resolves the options of a build.
    #[must_use]
    pub fn new(args: &cli::Build) -> Self {
        Self {
            only: args.only.clone(),
            languages: args.languages.clone(),
            to: args.to.clone(),
            formats: args.format.clone(),
            paper: match args.paper {
                PaperArg::A4 => Paper::A4,
                PaperArg::UsLetter => Paper::UsLetter,
            },
            output: args.output.clone(),
            pack: args.pack,
            large_print: args.large_print,
            font_paths: args.font_path.clone(),
            threads: std::thread::available_parallelism().map_or(1, usize::from).min(8),
        }
    }
}

impl Order {
    /// Whether only some papers of the case are made: then the others stay as they are.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !(self.only.is_empty() && self.languages.is_empty() && self.to.is_empty())
    }
}

/// How messages are written, and whether in colour: only to a terminal, and not under `NO_COLOR`.
#[must_use]
pub fn messages(format: cli::MessageFormat) -> (Format, bool) {
    use std::io::IsTerminal;
    let format = match format {
        cli::MessageFormat::Human => Format::Human,
        cli::MessageFormat::Short => Format::Short,
        cli::MessageFormat::Json => Format::Json,
    };
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    (format, std::io::stderr().is_terminal() && !plain)
}

/// The day in UTC. `SOURCE_DATE_EPOCH` (seconds since 1970) takes the clock's place in builds that must repeat.
#[must_use]
pub fn today() -> NaiveDate {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let seconds: u64 =
        fixed.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs()));
    NaiveDate::default().checked_add_days(Days::new(seconds / 86_400)).unwrap_or_default()
}
