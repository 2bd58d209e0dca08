//! Reading words from common file formats: paragraph after paragraph, with the data that a file gives about itself.
//!
//! Every reader is a function from bytes to [`Extracted`]; none reads the disk. Parts that are not text (menus, appeals
//! for money) are kept and marked, never removed: the decision is left to those who work on the case. The data that a
//! file gives about itself are a guess until a person has checked them.

mod about;
mod docx;
mod docx_fields;
mod docx_math;
mod docx_notes;
mod docx_numbering;
mod docx_sections;
mod docx_styles;
mod docx_text;
mod docx_words;
mod encoding;
mod format;
mod html;
mod list_numbers;
mod mail;
mod mail_choice;
mod mail_head;
mod mail_packed;
mod mail_parts;
mod mail_text;
mod odt;
mod odt_lists;
mod odt_styles;
mod odt_text;
mod office;
mod office_flow;
mod office_line;
mod office_look;
mod office_remarks;
#[cfg(test)]
mod office_tests;
mod pdf;
mod plain;
mod raised;
mod refusal;
mod symbols;
mod warc;
mod warc_body;
mod warc_records;

use super::placeholder::Placeholder;

pub use about::{Made, Metadata};
pub use format::FileFormat;
pub use refusal::ImportRefusal;

/// The largest file that can be added, in bytes.
pub const MOST_BYTES: u64 = 128 << 20;

/// The endings by which a title is known as the name of a file.
const FILE_ENDINGS: [&str; 9] = ["doc", "docx", "odt", "rtf", "pdf", "htm", "html", "txt", "tmp"];

/// The largest text of a source, in bytes: far above any real one.
const MOST_WORDS: usize = 8 << 20;

/// A file as received.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its name, without folders.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The encoding of its letters, if the user named it: a label such as `windows-1251`.
    pub encoding: Option<&'a str>,
    /// The address of the wanted page, for an archive with several pages.
    pub url: Option<&'a str>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExtractedParagraph {
    /// The words, on one line.
    pub text: String,
    /// The page on which it begins, from 1; 0 if the file has no pages.
    pub page: usize,
    /// Its kind, if it is not part of the text.
    pub furniture: Option<&'static str>,
}

/// The content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// The kind of the file.
    pub format: FileFormat,
    /// The paragraphs.
    pub paragraphs: Vec<ExtractedParagraph>,
    /// The number of pages; 0 if the file has no pages.
    pub pages: usize,
    /// The data that the file gives about itself.
    pub about: Metadata,
    /// Remarks for the user, for instance on parts that were left out or on the encoding found.
    pub remarks: Vec<String>,
}

/// Reads a file.
///
/// # Errors
/// The kind of the file is unknown or does not fit its name, or the file is damaged, locked, too large or without
/// words.
pub fn extract(file: File) -> Result<Extracted, ImportRefusal> {
    let format = format::of(file)?;
    let mut read = match format {
        FileFormat::Plain | FileFormat::Markdown => plain::read(file, format)?,
        FileFormat::Html => html::read(file)?,
        FileFormat::Mhtml => mail::page(file)?,
        FileFormat::Eml => mail::letter(file)?,
        FileFormat::Docx => docx::read(file)?,
        FileFormat::Odt => odt::read(file)?,
        FileFormat::Pdf => pdf::read(file)?,
        FileFormat::Warc => warc::read(file)?,
        FileFormat::Wacz => warc::packed(file)?,
    };
    for paragraph in &mut read.paragraphs {
        paragraph.text = one_line(&paragraph.text);
    }
    read.paragraphs.retain(|paragraph| !paragraph.text.is_empty());
    let words: usize = read.paragraphs.iter().map(|paragraph| paragraph.text.len()).sum();
    if words == 0 {
        return Err(ImportRefusal::no_text(file.name));
    }
    if words > MOST_WORDS {
        return Err(too_many_words(file.name));
    }
    leave_open(&mut read);
    if read.about.language.is_none() {
        read.about.language = about::language_of(&read.paragraphs);
    }
    Ok(read)
}

fn too_many_words(name: &str) -> ImportRefusal {
    ImportRefusal::too_large(name, "has more words than any source should", MOST_WORDS as u64)
}

/// Leaves a title or author open if the file gives a word for none, or its own name.
fn leave_open(read: &mut Extracted) {
    let is_file_name = |title: &str| {
        let ending = title.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| FILE_ENDINGS.contains(&ending.as_str()))
    };
    let Metadata { title, authors, .. } = &mut read.about;
    if let Some(open) = title.take_if(|title| Placeholder::Untitled.is(title) || is_file_name(title)) {
        read.remarks.push(format!("the file has no title but `{open}`: the title is left open"));
    }
    for nobody in authors.extract_if(.., |author| Placeholder::Nobody.is(author)) {
        read.remarks
            .push(format!("the file names `{nobody}` as author, which is nobody's name: the author is left open"));
    }
}

/// Words on one line: without line breaks and forbidden characters, with single spaces. The line separator that marks a
/// word broken at the end of a line stays, and so does the mark of a break of reading.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2028}' | '\u{2029}' => out.push(c),
            c if is_mark(c) => {}
            c if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' && c != '\u{2009}' || c.is_control() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// True for marks that change the direction of text, marks without width, and private-use characters: none belongs to a
/// word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}
