//! The kind of a file, found from its first bytes and compared with the ending of its name.

use std::io::{Cursor, Read as _};

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
            Self::Plain | Self::Markdown => ("plain", "2"),
            Self::Html => ("html", "3+dom_query-0.29.0"),
            Self::Mhtml => ("mhtml", "4+mailparse-0.18.0+dom_query-0.29.0"),
            Self::Pdf => ("pdf", "3+hayro-interpret-0.7.0"),
            Self::Docx => ("docx", "4+quick-xml-0.42.0"),
            Self::Odt => ("odt", "3+quick-xml-0.42.0"),
            Self::Eml => ("eml", "4+mailparse-0.18.0+dom_query-0.29.0"),
            Self::Warc => ("warc", "4+dom_query-0.29.0"),
            Self::Wacz => ("wacz", "4+dom_query-0.29.0"),
        }
    }

    /// The version that this program would record for an extractor of this name.
    #[must_use]
    pub fn version_of(name: &str) -> Option<&'static str> {
        Self::ALL.into_iter().map(Self::extractor).find(|(known, _)| *known == name).map(|(_, version)| version)
    }

    fn of_ending(ending: &str) -> Option<Self> {
        let usual = match ending {
            "text" => "txt",
            "markdown" => "md",
            "htm" | "xhtml" => "html",
            "mht" => "mhtml",
            other => other,
        };
        Self::ALL.into_iter().find(|format| format.ending() == usual)
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

/// True if the kind found agrees with the ending. A text may begin with the head of a letter, and a letter with
/// pictures has the form of a page with pictures.
fn fits(named: FileFormat, found: FileFormat) -> bool {
    use FileFormat::{Eml, Markdown, Mhtml, Plain};
    named == found || matches!((named, found), (Plain | Markdown | Mhtml, Eml) | (Eml, Mhtml))
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

/// The kind by the form of the file; `None` if it could be any text. A mark inside the text says nothing: a page about
/// file formats holds the marks of all of them.
fn begins(file: File) -> Result<Option<FileFormat>, ImportRefusal> {
    let bytes = file.bytes;
    let head = &bytes[..bytes.len().min(4096)];
    if is_pdf(file) {
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
    if head.starts_with(b"\x1f\x8b") {
        return gzip(file).map(Some);
    }
    if head.starts_with(b"\x28\xb5\x2f\xfd") {
        let words = format!("`{}` is packed with Zstandard", file.name);
        let hint = "unpack it, for instance with `unzstd`, and add what is inside";
        return Err(ImportRefusal::new(Code::SourceFormat, words, hint));
    }
    if super::warc_records::begins(bytes) {
        return Ok(Some(FileFormat::Warc));
    }
    if other_kind(head) {
        return Err(unknown(file.name));
    }
    // Programs on the way put long fields before the first ones of the sender.
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST_HEAD)]);
    let found = by_words(file, text.trim_start_matches('\u{feff}').trim_start());
    Ok(found.or_else(|| late_pdf(file).then_some(FileFormat::Pdf)))
}

/// The kind of a file that is packed with gzip. Whatever is inside is read only if it is a web archive, because only
/// that is usually packed so.
fn gzip(file: File) -> Result<FileFormat, ImportRefusal> {
    let mut head = Vec::new();
    // A damaged stream is reported by the reader.
    let ended = flate2::read::GzDecoder::new(file.bytes).take(4096).read_to_end(&mut head).is_ok();
    if !ended && head.is_empty() || head.starts_with(b"WARC/") {
        return Ok(FileFormat::Warc);
    }
    let words = format!("`{}` is packed with gzip, and is no web archive", file.name);
    Err(ImportRefusal::new(Code::SourceFormat, words, "unpack it, for instance with `gunzip`, and add what is inside"))
}

/// True for a file that begins as a PDF does: its mark and version on a line.
fn is_pdf(file: File) -> bool {
    let Some(version) = file.bytes.strip_prefix(b"%PDF-") else { return false };
    let end = version.iter().position(|byte| !byte.is_ascii_digit() && *byte != b'.').unwrap_or(version.len());
    let is_line = version.get(end).is_none_or(|byte| matches!(byte, b'\r' | b'\n' | b'%' | 0));
    is_line || file.name.to_lowercase().ends_with(".pdf")
}

/// True for a PDF with other bytes before it, as some servers and scanners write: its mark at the beginning of a line,
/// and its end at the end of the file. In a file that calls itself a PDF the mark is enough.
///
/// Source: ISO 32000-1, Annex H, implementation note 13.
fn late_pdf(file: File) -> bool {
    let head = &file.bytes[..file.bytes.len().min(1024)];
    let marked = memchr::memmem::find_iter(head, b"%PDF-").any(|at| at == 0 || matches!(head[at - 1], b'\n' | b'\r'));
    let tail = &file.bytes[file.bytes.len().saturating_sub(1024)..];
    let ends = memchr::memmem::find(tail, b"startxref").is_some() && memchr::memmem::find(tail, b"%%EOF").is_some();
    let is_named = file.name.to_lowercase().ends_with(".pdf");
    marked && (ends || is_named) && (is_named || std::str::from_utf8(file.bytes).is_err())
}

/// True for pictures, sounds and rich text, which cannot be added.
fn other_kind(head: &[u8]) -> bool {
    let marks: [&[u8]; 7] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"MZ\x90", b"7z\xbc\xaf"];
    marks.iter().any(|mark| head.starts_with(mark))
}

/// The longest part of a text that is looked at, in bytes.
const LONGEST_HEAD: usize = 1 << 16;

fn by_words(file: File, text: &str) -> Option<FileFormat> {
    let start: String = text.chars().take(512).collect::<String>().to_lowercase();
    if ["<!doctype html", "<html", "<!-- saved from url"].iter().any(|mark| start.starts_with(mark)) {
        return Some(FileFormat::Html);
    }
    // A mailbox puts a line before each letter.
    let is_mailbox = text.starts_with("From ") || text.starts_with(">From ");
    let text = if is_mailbox { text.split_once('\n').map_or("", |(_, rest)| rest) } else { text };
    let fields = Fields::of(text)?;
    if fields.has("snapshot-content-location") || fields.has_value("from", "<saved by ") {
        return Some(FileFormat::Mhtml);
    }
    // A page with its pictures, as programs other than browsers save it, has no receiver.
    let is_sent = ["to", "cc", "bcc", "received", "message-id", "delivered-to"].iter().any(|name| fields.has(name));
    if fields.has_value("content-type", "multipart/related") && !is_sent {
        return Some(FileFormat::Mhtml);
    }
    let is_named = file.name.to_lowercase().ends_with(".eml");
    (is_mailbox || is_named || fields.is_letter()).then_some(FileFormat::Eml)
}

/// The head of a file that consists of fields: names in small letters, with their values.
struct Fields(Vec<(String, String)>);

impl Fields {
    /// The head of a file; `None` if a line before the first empty line is not part of a field.
    fn of(text: &str) -> Option<Self> {
        let mut fields: Vec<(String, String)> = Vec::new();
        // The last line may be cut, and a head may be longer than what is looked at.
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        for line in whole.lines().take_while(|line| !line.trim().is_empty()) {
            if line.starts_with([' ', '\t']) {
                fields.last_mut()?.1.push_str(&line.to_lowercase());
                continue;
            }
            let (name, value) = line.split_once(':')?;
            let name = name.trim_end();
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
                return None;
            }
            fields.push((name.to_lowercase(), value.trim().to_lowercase()));
        }
        (!fields.is_empty()).then_some(Self(fields))
    }

    fn has(&self, name: &str) -> bool {
        self.has_value(name, "")
    }

    fn has_value(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(known, words)| known == name && words.starts_with(value))
    }

    /// True if the fields are those of a letter: one says how it came or how it is written, or two are usual.
    fn is_letter(&self) -> bool {
        let certain = ["received", "return-path", "mime-version", "delivered-to", "message-id", "dkim-signature"];
        let usual = ["from", "to", "date", "subject", "sender", "reply-to", "cc", "content-type"];
        let count = usual.iter().filter(|name| self.has(name)).count();
        count > 1 || count > 0 && certain.iter().any(|name| self.has(name))
    }
}

/// True for the part of a Word file that holds its text: `word/document.xml`, of some programs `word/document2.xml`.
pub(super) fn is_word_text(name: &str) -> bool {
    let number = name.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml"));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
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
    if names.iter().any(|name| is_word_text(name)) {
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
