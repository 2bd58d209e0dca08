//! Plain text and Markdown.

use crate::text::Canonical;

use super::encoding;
use super::{Extracted, ExtractedParagraph, File, FileFormat, ImportRefusal, Metadata};

/// The longest first line that can be a title, in characters.
const LONGEST_TITLE: usize = 150;

/// The words of plain text or Markdown.
pub(super) fn read(file: File, format: FileFormat) -> Result<Extracted, ImportRefusal> {
    let decoded = encoding::labelled(file, &[])?;
    let mut read = text(&decoded.text, format);
    read.remarks.extend(decoded.remark);
    Ok(read)
}

/// The words of a decoded text.
pub(super) fn text(text: &str, format: FileFormat) -> Extracted {
    let paragraphs = paragraphs(text);
    let title = paragraphs.first().map(|first| first.text.clone()).filter(|title| title.len() <= LONGEST_TITLE);
    let about = Metadata { title, ..Metadata::default() };
    Extracted { format, paragraphs, pages: 0, about, remarks: Vec::new() }
}

fn paragraphs(text: &str) -> Vec<ExtractedParagraph> {
    let paragraphs = Canonical::from_plain(text).paragraphs.into_iter();
    paragraphs.map(|paragraph| ExtractedParagraph { text: paragraph.text, ..ExtractedParagraph::default() }).collect()
}
