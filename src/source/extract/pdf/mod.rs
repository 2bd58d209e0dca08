//! PDF files: the letters of each page with their places (`gather`), combined into words, rows, columns, lines and
//! paragraphs.
//!
//! The interpreter is the one that renders PDF pictures for Typst: it repairs broken tables of contents, supports every
//! kind of font, and also hands on text that is drawn invisibly.

mod annotations;
mod bounds;
mod columns;
mod direction;
mod filters;
mod flow;
mod gather;
mod letter;
mod lines;
mod page;
mod pages;
mod paragraphs;
mod remarks;
mod rows;
mod ruled;
mod strings;
mod words;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::object::{self, DateTime, Dict};
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};

use crate::diag::Code;

use super::{Extracted, File, FileFormat, ImportRefusal, Made, Metadata, about};
use page::PageText;
use strings::text;

/// The most pages that are read.
const MOST_PAGES: usize = 5000;

/// Stack of the thread that reads a file, in bytes. The library reads nested values by recursion, as deep as
/// [`bounds::DEEPEST`].
const STACK: usize = 256 << 20;

/// The words of a PDF file that has a text layer.
pub(super) fn read(file: File) -> Result<Extracted, ImportRefusal> {
    bounds::check(file)?;
    let broken = || ImportRefusal::broken(file.name, "cannot be read as a PDF");
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || read_here(file));
        reader.map_err(|_| broken())?.join().map_err(|_| broken())?
    })
}

fn read_here(file: File) -> Result<Extracted, ImportRefusal> {
    let pdf = open(file)?;
    let cache = InterpreterCache::new();
    let mut work = bounds::Work::new(file.name);
    let mut pages: Vec<PageText> = Vec::with_capacity(pdf.pages().len());
    for page in pdf.pages().iter() {
        let endless = work.add(page)?;
        pages.push(page::read(&pdf, page, &cache, &endless));
    }
    let remarks = remarks::of(file.name, &pages)?;
    let about = self::about(&pdf);
    let count = pages.len();
    let paragraphs = pages::bound(pages.into_iter().map(|page| page.paragraphs).collect());
    Ok(Extracted { format: FileFormat::Pdf, paragraphs, pages: count, about, remarks })
}

fn open(file: File) -> Result<Pdf, ImportRefusal> {
    let end = &file.bytes[file.bytes.len().saturating_sub(2048)..];
    if !end.windows(5).any(|window| window == b"%%EOF") {
        return Err(ImportRefusal::broken(file.name, "breaks off: the end of a PDF is missing"));
    }
    let pdf = Pdf::new(file.bytes.to_vec()).map_err(|fault| refused(file.name, fault))?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(ImportRefusal::broken(file.name, "has no pages that can be read"));
    }
    if count > MOST_PAGES {
        let hint = "add the part that matters as a file of its own";
        let words = format!("`{}` has {count} pages: at most {MOST_PAGES} are read", file.name);
        return Err(ImportRefusal::new(Code::SourceTooLarge, words, hint));
    }
    Ok(pdf)
}

fn refused(name: &str, fault: LoadPdfError) -> ImportRefusal {
    match fault {
        LoadPdfError::Decryption(_) => ImportRefusal::encrypted(name),
        LoadPdfError::Invalid => ImportRefusal::broken(name, "is damaged: it cannot be read as a PDF"),
    }
}

fn about(pdf: &Pdf) -> Metadata {
    let known = pdf.metadata();
    let words = |bytes: &Option<Vec<u8>>| {
        bytes.as_deref().map(text).map(|text| super::one_line(&text)).filter(|text| !text.is_empty())
    };
    let root: Option<Dict> = pdf.xref().get(pdf.xref().root_id());
    let tag = root.and_then(|root| root.get::<object::String>(&b"Lang"[..]).map(|tag| text(tag.as_bytes())));
    let made = known.creation_date.as_ref().and_then(day);
    Metadata {
        title: words(&known.title),
        authors: words(&known.author).into_iter().collect(),
        made: made.map(|on| Made { on, by: "the properties of the PDF" }),
        language: tag.and_then(|tag| about::language(&tag)),
        ..Metadata::default()
    }
}

fn day(date: &DateTime) -> Option<String> {
    about::day(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}
