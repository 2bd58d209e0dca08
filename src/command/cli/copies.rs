//! `amparo source`: what is done with the copies of sources.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{CaseArgs, ClockArg};
use crate::command::cli::source::Keep;

/// What to do with the sources of a case.
#[derive(Debug, Subcommand)]
pub enum Source {
    /// Add, list, look through the custody log.
    #[command(flatten)]
    Keep(Keep),
    /// Look for words in all copies, and print the citation to paste, with its place (`para 2`, `page 3 para 2`).
    Find(Find),
    /// Show the text of a source: paragraphs with their numbers, what is cited, what is not part of the text.
    Show(Show),
    /// Compare every quotation with its copy: same place, moved, altered, gone; and which papers rest on it.
    Recheck(Recheck),
    /// Add records from a library to `sources.yaml`, or turn annotations into citations to paste.
    Import(Import),
    /// Print the records, or the citations as annotations, for other programs.
    Export(Export),
}

/// Which case, and where its copies are.
#[derive(Debug, Clone, Args)]
pub struct SourceArgs {
    /// The folder of the case, for instance `cases/khamroev`.
    pub case: PathBuf,
    /// The folder with the copies of the sources. Without it: `AMPARO_ARCHIVE`, else `archive/` in the case's folder.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<PathBuf>,
}

impl From<&SourceArgs> for CaseArgs {
    fn from(args: &SourceArgs) -> Self {
        Self {
            case: args.case.clone(),
            archive: args.archive.clone(),
            strict: false,
            as_of: None,
            clock: ClockArg::Knowledge,
            templates: PathBuf::from("templates"),
            without: Vec::new(),
        }
    }
}

/// Look for words.
#[derive(Debug, Args)]
pub struct Find {
    /// The case.
    #[command(flatten)]
    pub case: SourceArgs,
    /// The words, as you remember them: capitals, punctuation and small slips do not matter.
    pub words: String,
    /// Only in this source; may be given several times.
    #[arg(long = "in", value_name = "ID")]
    pub only: Vec<String>,
    /// How many passages are shown, at most.
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    pub most: u16,
    /// Ask which passage is meant, and print only its citation.
    #[arg(long)]
    pub pick: bool,
}

/// Show a source.
#[derive(Debug, Args)]
pub struct Show {
    /// The case.
    #[command(flatten)]
    pub case: SourceArgs,
    /// The source.
    pub id: String,
}

/// Compare every quotation with its copy.
#[derive(Debug, Args)]
pub struct Recheck {
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
    /// Only this source.
    pub id: Option<String>,
    /// A newer copy of it, compared in place of the one in the archive. Where the text was read from a page, a PDF or
    /// the like, give the newer page or PDF: its words are read in the same way. Nothing is changed.
    pub new_file: Option<PathBuf>,
    /// The encoding of the letters of the newer file, if it is read in the wrong one: `windows-1251`, `koi8-r`…
    #[arg(long, requires = "new_file")]
    pub encoding: Option<String>,
    /// Of a newer web archive with several pages, the address of the one that is meant; without it, that of the record.
    #[arg(long, value_name = "ADDRESS", requires = "new_file")]
    pub url: Option<String>,
}

/// Take over what other programs know.
#[derive(Debug, Args)]
pub struct Import {
    /// The case.
    #[command(flatten)]
    pub case: SourceArgs,
    /// A library: `.bib` (BibLaTeX), `.json` (CSL-JSON, as Zotero exports it), `.yaml` (Hayagriva). Or annotations:
    /// `.json` (Hypothesis, W3C Web Annotations) or `.csv` (Hypothesis).
    pub file: PathBuf,
}

/// Hand on what is known.
#[derive(Debug, Args)]
pub struct Export {
    /// The case.
    #[command(flatten)]
    pub case: SourceArgs,
    /// What to print.
    #[arg(long, value_enum)]
    pub to: ExportFormat,
}

/// What other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The records, for LaTeX and most managers of references.
    Biblatex,
    /// The records, for Zotero, Pandoc and others.
    CslJson,
    /// Each citation as a W3C Web Annotation: the words with what stands before and after them.
    WebAnnotations,
}
