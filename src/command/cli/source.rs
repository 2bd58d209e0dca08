//! The options of `amparo source`, as typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::CaseArgs;

/// The commands for the sources of a case.
#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Add a file: keep it untouched, read its words, and write its record.
    Add(AddArgs),
    /// List the sources of a case, with what still waits for a look.
    List(ArchiveArgs),
    /// Compare the custody log with itself, with the files and with the records.
    Audit(ArchiveArgs),
    /// Look for words in all copies, and print the citation to paste, with its place (`para 2`, `page 3 para 2`).
    Find(FindArgs),
    /// Show the text of a source: paragraphs with their numbers, what is cited, what is not part of the text.
    Show(ShowArgs),
    /// Compare every quotation with its copy: same place, moved, altered, gone; and which papers rest on it. With
    /// `--write`, take over a newer file or another reading and renumber what has moved.
    Recheck(RecheckArgs),
    /// Add records from a library to `sources.yaml`, or turn annotations into citations to paste.
    Import(ImportArgs),
    /// Print the records, or the citations as annotations, for other programs.
    Export(ExportArgs),
}

/// Which case, and where its copies are.
#[derive(Debug, Clone, Args)]
pub struct ArchiveArgs {
    /// The folder of the case, for instance `cases/khamroev`.
    pub case: PathBuf,
    /// The folder with the copies of the sources. Without it: `AMPARO_ARCHIVE`, else `archive/` in the case's folder.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<PathBuf>,
}

/// Add a file.
#[derive(Debug, Clone, Args)]
pub struct AddArgs {
    /// The case.
    #[command(flatten)]
    pub of: ArchiveArgs,
    /// The file: plain text, Markdown, HTML, MHTML, PDF with a text layer, DOCX, ODT, EML, WARC or WACZ.
    pub file: PathBuf,
    /// The address from which it comes; of a web archive with several pages, the one that is meant.
    #[arg(long, value_name = "ADDRESS")]
    pub url: Option<String>,
    /// The day on which it was fetched or received (`2024-10-01`); without it, what the file says, else today.
    #[arg(long, value_name = "DATE")]
    pub retrieved: Option<String>,
    /// The id of the source: small letters, digits and `-`; without it, one is made from its site and date.
    #[arg(long)]
    pub id: Option<String>,
    /// The language of its text (`ru`, `en-GB`); without it, what the file says, else what its words look like.
    #[arg(long)]
    pub language: Option<String>,
    /// The encoding of its letters, if it is read in the wrong one: `windows-1251`, `koi8-r`…
    #[arg(long)]
    pub encoding: Option<String>,
    /// The person who adds it, for the custody log. A role is enough; the log is no place for names that must be
    /// protected.
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,
    /// A proof by another program to keep beside it: a time stamp (`.tsr`, `.ots`) or the metadata of Auto Archiver.
    /// Those that lie beside the file under its name are found without this.
    #[arg(long, value_name = "FILE")]
    pub beside: Vec<PathBuf>,
}

/// Look for words.
#[derive(Debug, Args)]
pub struct FindArgs {
    /// The case.
    #[command(flatten)]
    pub of: ArchiveArgs,
    /// The words, as you remember them: capitals, punctuation and small slips do not matter.
    pub words: String,
    /// Only in this source; may be given several times.
    #[arg(long = "in", value_name = "ID")]
    pub only: Vec<String>,
    /// The greatest number of passages that are shown.
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    pub most: u16,
    /// Ask which passage is meant, and print only its citation.
    #[arg(long)]
    pub pick: bool,
}

/// Show a source.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The case.
    #[command(flatten)]
    pub of: ArchiveArgs,
    /// The source.
    pub id: String,
}

/// Compare every quotation with its copy.
#[derive(Debug, Args)]
pub struct RecheckArgs {
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
    /// Only this source.
    pub id: Option<String>,
    /// A newer copy of it, compared in place of the one in the archive. Where the text was read from a page, a PDF or
    /// the like, give the newer page or PDF: its words are read in the same way. Without `--write` nothing is changed.
    pub new_file: Option<PathBuf>,
    /// Take the other text over: of the newer file, or of the recorded one as it is read today. Citations whose words
    /// stand at one other place are renumbered; what is not certain is listed and left.
    #[arg(long, requires = "id")]
    pub write: bool,
    /// With `--write`: the person who does it, for the custody log. A role is enough.
    #[arg(long, value_name = "WHO", requires = "write")]
    pub by: Option<String>,
    /// The encoding of the letters of the newer file, if it is read in the wrong one: `windows-1251`, `koi8-r`…
    #[arg(long, requires = "new_file")]
    pub encoding: Option<String>,
    /// Of a newer web archive with several pages, the address of the one that is meant; without it, that of the record.
    #[arg(long, value_name = "ADDRESS", requires = "new_file")]
    pub url: Option<String>,
}

/// Take over what other programs know.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The case.
    #[command(flatten)]
    pub of: ArchiveArgs,
    /// A library: `.bib` (BibLaTeX), `.json` (CSL-JSON, as Zotero exports it), `.yaml` (Hayagriva). Or annotations:
    /// `.json` (Hypothesis, W3C Web Annotations) or `.csv` (Hypothesis).
    pub file: PathBuf,
}

/// Hand on what is known.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The case.
    #[command(flatten)]
    pub of: ArchiveArgs,
    /// The format to print.
    #[arg(long, value_enum)]
    pub to: ExportFormat,
}

/// A format that other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The records, for LaTeX and most managers of references.
    Biblatex,
    /// The records, for Zotero, Pandoc and others.
    CslJson,
    /// Each citation as a W3C Web Annotation: the words with what stands before and after them.
    WebAnnotations,
}
