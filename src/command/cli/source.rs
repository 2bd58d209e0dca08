//! What was typed after `amparo source` to add sources, to list them and to look through their custody.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What to do with the sources of a case.
#[derive(Debug, Subcommand)]
pub enum Keep {
    /// Add a file: keep it untouched, read its words, and write its record.
    Add(Add),
    /// List the sources of a case, with what still waits for a look.
    List(Of),
    /// Compare the custody log with itself, with the files and with the records.
    Audit(Of),
}

/// A case and its archive.
#[derive(Debug, Clone, Args)]
pub struct Of {
    /// The folder of the case, for instance `cases/khamroev`.
    pub case: PathBuf,
    /// The folder with the copies of the sources. Without it: `AMPARO_ARCHIVE`, else `archive/` in the case's folder.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<PathBuf>,
}

/// Add a file.
#[derive(Debug, Clone, Args)]
pub struct Add {
    /// The case.
    #[command(flatten)]
    pub of: Of,
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
    /// Who adds it, for the custody log. A role is enough; the log is no place for names that must be protected.
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,
    /// A proof by another program to keep beside it: a time stamp (`.tsr`, `.ots`) or the metadata of Auto Archiver.
    /// Those that lie beside the file under its name are found without this.
    #[arg(long, value_name = "FILE")]
    pub beside: Vec<PathBuf>,
}
