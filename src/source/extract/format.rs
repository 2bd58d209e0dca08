//! The kind of a file, found from its first bytes and compared with the ending of its name.

use std::io::Cursor;

use crate::diag::Code;

use super::{File, ImportRefusal};

closed! {
    /// The kinds of files that can be added.
    FileFormat {
        /// Plain text.
        Plain = "plain text",
        /// Markdown.
        Markdown = "Markdown",
        /// A page, possibly as saved by a browser.
        Html = "HTML",
        /// A page with its pictures in one file (RFC 2557).
        Mhtml = "MHTML",
        /// PDF.
        Pdf = "PDF",
        /// A Word text (ECMA-376).
        Docx = "DOCX",
        /// A `LibreOffice` text (ISO 26300).
        Odt = "ODT",
        /// A letter (RFC 5322).
        Eml = "EML",
        /// A web archive (ISO 28500), possibly packed with gzip.
        Warc = "WARC",
        /// A web archive with its index in a ZIP file.
        Wacz = "WACZ",
    }
}

impl FileFormat {
    /// The ending of the name of an original of this kind.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Plain => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Eml => "eml",
            Self::Warc => "warc",
            Self::Wacz => "wacz",
        }
    }

    /// Name and version of the extractor that makes the canonical text. The version consists of our own number and
    /// those of the libraries that decide about words; a test compares them with the lock file.
    #[must_use]
    pub fn extractor(self) -> (&'static str, &'static str) {
        match self {
            Self::Plain | Self::Markdown => ("plain", "1"),
            Self::Html => ("html", "1+dom_query-0.29.0"),
            Self::Mhtml => ("mhtml", "1+mailparse-0.18.0+dom_query-0.29.0"),
            Self::Pdf => ("pdf", "2+hayro-interpret-0.7.0"),
            Self::Docx => ("docx", "2+quick-xml-0.42.0"),
            Self::Odt => ("odt", "2+quick-xml-0.42.0"),
            Self::Eml => ("eml", "1+mailparse-0.18.0+dom_query-0.29.0"),
            Self::Warc => ("warc", "1+dom_query-0.29.0"),
            Self::Wacz => ("wacz", "1+dom_query-0.29.0"),
        }
    }

    /// The version that this program would record for an extractor of this name.
    #[must_use]
    pub fn version_of(name: &str) -> Option<&'static str> {
        Self::ALL.into_iter().map(Self::extractor).find(|(known, _)| *known == name).map(|(_, version)| version)
    }

    fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending {
            "txt" | "text" => Self::Plain,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "mhtml" | "mht" => Self::Mhtml,
            "pdf" => Self::Pdf,
            "docx" => Self::Docx,
            "odt" => Self::Odt,
            "eml" => Self::Eml,
            "warc" => Self::Warc,
            "wacz" => Self::Wacz,
            _ => return None,
        })
    }
}

/// The known kinds, for a hint.
const KNOWN: &str = "plain text, Markdown, HTML, MHTML, PDF, DOCX, ODT, EML, WARC, WACZ";

/// The kind of a file.
pub(super) fn of(file: File) -> Result<FileFormat, ImportRefusal> {
    if file.bytes.is_empty() {
        return Err(ImportRefusal::broken(file.name, "is empty"));
    }
    let lower = file.name.to_lowercase();
    let lower = lower.strip_suffix(".gz").unwrap_or(&lower);
    let ending = lower.rsplit_once('.').map(|(_, ending)| ending);
    let named = ending.and_then(FileFormat::of_ending);
    match (named, begins(file)?) {
        (None, None) if ending.is_none() => Ok(FileFormat::Plain),
        (None, None) => Err(unknown(file.name)),
        (Some(named), Some(found)) if fits(named, found) => Ok(named),
        (None, Some(found)) => Ok(found),
        // A text may have any first bytes.
        (Some(named @ (FileFormat::Plain | FileFormat::Markdown | FileFormat::Html)), None) => Ok(named),
        (Some(named), None) => Err(ImportRefusal::broken(file.name, &format!("is no {}", named.name()))),
        (Some(named), Some(found)) => Err(other(file.name, named, found)),
    }
}

/// True if the kind found agrees with the ending. A text may begin with the head of a letter.
fn fits(named: FileFormat, found: FileFormat) -> bool {
    named == found || matches!((named, found), (FileFormat::Plain | FileFormat::Markdown, FileFormat::Eml))
}

fn other(name: &str, named: FileFormat, found: FileFormat) -> ImportRefusal {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = format!("`{name}` has the ending of a {} file, but is {}", named.name(), found.name());
    let hint =
        format!("look at the file; if it is the right one, rename it to `{stem}.{}` and add it again", found.ending());
    ImportRefusal::new(Code::SourceFormat, words, hint)
}

fn unknown(name: &str) -> ImportRefusal {
    let words = format!("`{name}` is of no kind that can be added");
    ImportRefusal::new(Code::SourceFormat, words, format!("save it as one of: {KNOWN}"))
}

/// The kind by the first bytes; `None` if they could be any text.
fn begins(file: File) -> Result<Option<FileFormat>, ImportRefusal> {
    let bytes = file.bytes;
    let head = &bytes[..bytes.len().min(4096)];
    if head[..head.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Ok(Some(FileFormat::Pdf));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return packed(file).map(Some);
    }
    // The container of old Word files and of new ones that are encrypted.
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let hint =
            "open it in a word processor (with its password, if it has one) and save it as DOCX without a password";
        let words = format!("`{}` is an old Word file, or a new one that is locked with a password", file.name);
        return Err(ImportRefusal::new(Code::SourceEncrypted, words, hint));
    }
    if head.starts_with(b"\x1f\x8b") || head.starts_with(b"WARC/") {
        return Ok(Some(FileFormat::Warc));
    }
    if other_kind(head) {
        return Err(unknown(file.name));
    }
    let text = String::from_utf8_lossy(head);
    Ok(by_words(text.trim_start_matches('\u{feff}').trim_start()))
}

/// True for pictures, sounds and rich text, which cannot be added.
fn other_kind(head: &[u8]) -> bool {
    let marks: [&[u8]; 7] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"MZ\x90", b"7z\xbc\xaf"];
    marks.iter().any(|mark| head.starts_with(mark))
}

/// The fields with which a letter may begin.
const LETTER: [&str; 9] =
    ["from:", "received:", "return-path:", "mime-version:", "delivered-to:", "message-id:", "date:", "subject:", "x-"];

fn by_words(text: &str) -> Option<FileFormat> {
    let lower: String = text.chars().take(512).collect::<String>().to_lowercase();
    if ["<!doctype html", "<html", "<!-- saved from url"].iter().any(|mark| lower.starts_with(mark)) {
        return Some(FileFormat::Html);
    }
    let mut heads = text.lines().take(60).take_while(|line| !line.is_empty());
    let first = heads.clone().next()?;
    let is_head = |line: &str| {
        let name = line.split(':').next().unwrap_or_default();
        line.contains(':') && !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if !is_head(first) || !LETTER.iter().any(|name| first.to_lowercase().starts_with(name)) {
        return None;
    }
    if heads.any(|line| {
        let line = line.to_lowercase();
        line.contains("multipart/related") || line.starts_with("snapshot-content-location:")
    }) {
        return Some(FileFormat::Mhtml);
    }
    Some(FileFormat::Eml)
}

/// The kind of a ZIP file, by the names inside it. A file with a name that leads out of its folder is refused.
fn packed(file: File) -> Result<FileFormat, ImportRefusal> {
    let zip = zip::ZipArchive::new(Cursor::new(file.bytes))
        .map_err(|_| ImportRefusal::broken(file.name, "breaks off: the list of what it holds is missing"))?;
    let names: Vec<String> = zip.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect();
    if let Some(outside) = names.iter().find(|name| leads_out(name)) {
        let words = format!("`{}` holds `{outside}`, a name that leads out of its folder", file.name);
        let hint = "no usual program writes such a file; ask for another copy";
        return Err(ImportRefusal::new(Code::SourceName, words, hint));
    }
    let has = |name: &str| names.iter().any(|known| known == name);
    if has("word/document.xml") {
        Ok(FileFormat::Docx)
    } else if has("content.xml") && has("META-INF/manifest.xml") {
        Ok(FileFormat::Odt)
    } else if names.iter().any(|name| name.starts_with("archive/") && name.contains(".warc")) {
        Ok(FileFormat::Wacz)
    } else {
        Err(unknown(file.name))
    }
}

/// True if a name leads to a place outside the folder into which it is unpacked.
fn leads_out(name: &str) -> bool {
    name.starts_with(['/', '\\'])
        || name.contains(':') && !name.contains("://")
        || name.split(['/', '\\']).any(|part| part == "..")
}
