//! The options of the command line, as typed.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::render::format::Format;
use crate::render::formats::{self, FORMATS};

pub mod source;

/// The longest time in which a paper is set, in seconds. The slowest of the shipped examples takes a hundredth.
pub const LAYOUT_TIMEOUT: u32 = 60;

/// Assembles legal petitions in which each demand is cited back to its source document.
#[derive(Debug, Parser)]
#[command(name = "amparo", version, about, max_term_width = 100)]
pub struct Cli {
    /// The command to run.
    #[command(subcommand)]
    pub command: Command,
    /// The format of messages.
    #[arg(long, value_enum, default_value_t = MessageFormatArg::Human, global = true)]
    pub message_format: MessageFormatArg,
}

/// The format of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormatArg {
    /// With the line of the file that is meant.
    Human,
    /// One line each; also for screen readers.
    Short,
    /// One JSON object a line.
    Json,
}

/// The command to run.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a new case.
    New(NewArgs),
    /// Check everything that can be known without building; all problems at once.
    Check(CheckArgs),
    /// Check, then build the papers that the case asks for.
    Build(BuildArgs),
    /// Build the papers, and build them anew whenever the case, its sources or its templates change. Ctrl-C ends it.
    Watch(BuildArgs),
    /// Add sources to a case, find words in them, compare them, exchange them with other programs.
    #[command(subcommand)]
    Source(source::SourceCommand),
    /// Check finished papers from what they carry: ledger, text, sources, and whether their case gives the same bytes.
    Verify(VerifyArgs),
    /// Print everything that a finished paper reveals besides its text.
    Inspect(InspectArgs),
    /// Print the working report of a case: chronology, conflicts, gaps, states, every citation.
    Dossier(DossierArgs),
    /// Say what a change of the case does: to facts, demands and papers, and to papers that were sent.
    Update(UpdateArgs),
    /// List the templates and the languages they come in.
    Templates(TemplatesArgs),
    /// Show what a template may use.
    Context(ContextArgs),
    /// Explain a message by its code, for instance `quote/altered`.
    Explain(ExplainArgs),
    /// Print a JSON Schema, for completion in editors.
    Schema(SchemaArgs),
    /// Print the licences of the fonts that the program carries.
    #[command(alias = "licenses")]
    Licences,
    /// Print the completions of a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// Options that say which case is meant and how it is read.
#[derive(Debug, Clone, Args)]
pub struct CaseArgs {
    /// The folder of the case, for instance `cases/khamroev`.
    pub case: PathBuf,
    /// The folder with the copies of the sources. Without it: `AMPARO_ARCHIVE`, else `archive/` in the case's folder.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<PathBuf>,
    /// Accept only what is verified now, and treat warnings about the case as errors.
    #[arg(long)]
    pub strict: bool,
    /// Speak as of this date (`2024-10-01`) instead of the date in the case file.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// The time from which a fact counts: when it happened, or when a source had published it.
    #[arg(long, value_enum, default_value_t = ClockArg::Knowledge)]
    pub clock: ClockArg,
    /// A folder whose `documents`, `layouts`, `directory`… come before the shipped ones.
    #[arg(long, value_name = "DIR", default_value = "templates")]
    pub templates: PathBuf,
    /// As if this source had been taken back; may be given several times. Papers go into a folder of their own.
    #[arg(long, value_name = "SOURCE")]
    pub without: Vec<String>,
}

/// By what a fact counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClockArg {
    /// When it had happened.
    Event,
    /// When a source had published it.
    Knowledge,
}

/// Start a new case.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder to make.
    pub dir: PathBuf,
    /// Copy the invented example instead of asking.
    #[arg(long)]
    pub example: bool,
}

/// Check a case.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
    /// Write `citations.lock`: what was verified now, for days on which the copies are not at hand.
    #[arg(long)]
    pub lock: bool,
    /// List the state of a form, for instance `wgad`: what is there, what is missing, which consent is lacking.
    #[arg(long = "for", value_name = "TEMPLATE")]
    pub form: Option<String>,
    /// With `--for`: the longest time in which a paper is set, in seconds; a layout that takes longer is reported.
    #[arg(long, value_name = "SECONDS", default_value_t = LAYOUT_TIMEOUT, value_parser = clap::value_parser!(u32).range(1..))]
    pub layout_timeout: u32,
}

/// Build the papers of a case.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
    /// Only papers of this template; may be given several times.
    #[arg(long, value_name = "TEMPLATE")]
    pub only: Vec<String>,
    /// Only these languages, for instance `ru,en`.
    #[arg(long, value_delimiter = ',', value_name = "LANGUAGE")]
    pub languages: Vec<String>,
    /// Only papers to this office, for instance `ru/fsin`; may be given several times.
    #[arg(long, value_name = "OFFICE")]
    pub to: Vec<String>,
    /// The formats to write.
    #[arg(long, value_delimiter = ',', default_value = "pdf", value_parser = formats())]
    pub format: Vec<&'static dyn Format>,
    /// Sheet of paper.
    #[arg(long, value_enum, default_value_t = PaperArg::A4)]
    pub paper: PaperArg,
    /// Put letter, leaf and envelope of each recipient in a folder of their own (`packs/`), in the order of their use.
    #[arg(long)]
    pub pack: bool,
    /// Make each paper in large print too.
    #[arg(long)]
    pub large_print: bool,
    /// So many petition sheets and cards, numbered, in one file of each kind.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub sheets: Option<u16>,
    /// Also make petitions in a language of the country itself. They are for signers outside it, and say so.
    #[arg(long)]
    pub outside_country: bool,
    /// Attach the copies of the sources that a paper cites and its readers may see. Refused for what supporters carry.
    #[arg(long)]
    pub attach_sources: bool,
    /// The folder for the papers: they go to `DIR/<case>/<date>/`.
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// A folder with further fonts.
    #[arg(long, value_name = "DIR")]
    pub font_path: Vec<PathBuf>,
    /// The longest time in which a paper is set, in seconds; a layout that takes longer is reported.
    #[arg(long, value_name = "SECONDS", default_value_t = LAYOUT_TIMEOUT, value_parser = clap::value_parser!(u32).range(1..))]
    pub layout_timeout: u32,
}

/// Check finished papers: PDFs and pages of HTML.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A folder with copies of the sources: each quotation is looked for in them.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<PathBuf>,
    /// The folder of the case: each paper is built again and compared byte by byte.
    #[arg(long, value_name = "DIR")]
    pub case: Option<PathBuf>,
    /// With `--case`: a folder whose templates come before the shipped ones.
    #[arg(long, value_name = "DIR", default_value = "templates")]
    pub templates: PathBuf,
    /// With `--case`: a folder with further fonts.
    #[arg(long, value_name = "DIR")]
    pub font_path: Vec<PathBuf>,
    /// The longest time in which a paper is set, in seconds; a layout that takes longer is reported.
    #[arg(long, value_name = "SECONDS", default_value_t = LAYOUT_TIMEOUT, value_parser = clap::value_parser!(u32).range(1..))]
    pub layout_timeout: u32,
    /// Write a report on one page, in plain words.
    #[arg(long, value_name = "FILE.pdf")]
    pub report: Option<PathBuf>,
}

/// Print what finished papers reveal: PDFs and pages of HTML.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// The formats of a paper, by name.
fn formats() -> impl TypedValueParser<Value = &'static dyn Format> {
    let values = FORMATS.map(|format| PossibleValue::new(format.name()).help(format.about()));
    PossibleValuesParser::new(values).try_map(|name| formats::named(&name).ok_or("no such format"))
}

/// Sheets of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperArg {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 in.
    UsLetter,
}

/// Print the working report.
#[derive(Debug, Args)]
pub struct DossierArgs {
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
    /// The formats to write.
    #[arg(long, value_delimiter = ',', default_value = "pdf", value_parser = formats())]
    pub format: Vec<&'static dyn Format>,
    /// Sheet of paper.
    #[arg(long, value_enum, default_value_t = PaperArg::A4)]
    pub paper: PaperArg,
    /// The folder for the report: it goes to `DIR/<case>/<date>/internal/`; `-` prints it as Markdown.
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// A folder with further fonts.
    #[arg(long, value_name = "DIR")]
    pub font_path: Vec<PathBuf>,
    /// The longest time in which a paper is set, in seconds; a layout that takes longer is reported.
    #[arg(long, value_name = "SECONDS", default_value_t = LAYOUT_TIMEOUT, value_parser = clap::value_parser!(u32).range(1..))]
    pub layout_timeout: u32,
}

/// Say what a change of the case does.
#[derive(Debug, Args)]
pub struct UpdateArgs {
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
    /// The folder with the papers of earlier builds: they lie in `DIR/<case>/<date>/`.
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Compare with what was known on this day, instead of the last build.
    #[arg(long, value_name = "DATE", group = "against")]
    pub since: Option<String>,
    /// Compare with the case as it was before this source came; may be given several times.
    #[arg(long, value_name = "SOURCE", group = "against")]
    pub new: Vec<String>,
}

/// List the templates.
#[derive(Debug, Args)]
pub struct TemplatesArgs {
    /// A case, to see its own templates too.
    pub case: Option<PathBuf>,
    /// A folder whose templates come before the shipped ones.
    #[arg(long, value_name = "DIR", default_value = "templates")]
    pub templates: PathBuf,
}

/// Show what a template may use.
#[derive(Debug, Args)]
pub struct ContextArgs {
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
    /// For whom: `state`, `un`, `public`…
    #[arg(long, default_value = "public")]
    pub audience: String,
    /// In which language; without it, the first of the case.
    #[arg(long)]
    pub language: Option<String>,
    /// As for a letter to this office, for instance `ru/fsin`.
    #[arg(long, value_name = "OFFICE")]
    pub to: Option<String>,
}

/// Explain a message.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Its code; without it, the list of all codes.
    pub code: Option<String>,
}

/// Print a JSON Schema.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of which file.
    #[arg(value_enum, default_value_t = SchemaKind::Case)]
    pub of: SchemaKind,
}

/// Files that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    /// `case.yaml` and the files it includes.
    Case,
    /// `sources.yaml`.
    Sources,
    /// `template.yaml`.
    Template,
    /// `layout.yaml`.
    Layout,
    /// Files of the directory.
    Directory,
    /// Files of the law.
    Law,
    /// `wording.yaml` of a language.
    Wording,
    /// `locale.yaml` of a language.
    Locale,
    /// `sense.yaml` of a language.
    Sense,
    /// `amparo.json`, the ledger that each PDF and each page of HTML carries.
    Ledger,
}
