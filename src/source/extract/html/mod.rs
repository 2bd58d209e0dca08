//! HTML pages: the words of the body, the data that a page gives about itself, and marks on parts that are not text.

mod about;
mod article;
mod blocks;
mod furniture;
mod numbers;
mod style;

use dom_query::Document;

use crate::diag::Code;

use super::encoding;
use super::{Extracted, File, FileFormat, ImportRefusal};
use blocks::{DEEPEST, UnreadWords};

/// The largest page that is read, in bytes. A newspaper page has a hundredth of this.
pub(super) const MOST_BYTES: usize = 16 << 20;

/// The words of a page.
pub(super) fn read(file: File) -> Result<Extracted, ImportRefusal> {
    if file.bytes.len() > MOST_BYTES {
        return Err(ImportRefusal::too_large(file.name, "is too large for a page", MOST_BYTES as u64));
    }
    let encoding::Decoded { text, remark, .. } = encoding::decode(file, None, Some("the file"))?;
    let mut read = page(file.name, &text)?;
    read.remarks.extend(remark);
    Ok(read)
}

/// The words of a decoded page.
pub(super) fn page(name: &str, text: &str) -> Result<Extracted, ImportRefusal> {
    if nesting(text) > 10 * DEEPEST {
        return Err(too_deep(name));
    }
    let document = Document::from(text);
    let walked = blocks::walk(&document).ok_or_else(|| too_deep(name))?;
    let remarks = [
        told(&walked.struck, "struck out"),
        told(&walked.hidden, "hidden by the page"),
        told(&walked.marks, "marks of notes"),
        told(&walked.formulas, "formulas"),
    ];
    let about = about::about(&document, text);
    let paragraphs = article::mark(walked, &document, &about);
    let remarks = remarks.into_iter().flatten().collect();
    Ok(Extracted { format: FileFormat::Html, paragraphs, pages: 0, about, remarks })
}

/// The remark on words that are no part of the text.
fn told(left_out: &UnreadWords, why: &str) -> Option<String> {
    let UnreadWords { elements, first } = left_out;
    let count = elements.len();
    let places = if count == 1 { "place" } else { "places" };
    (count > 0).then(|| format!("left out at {count} {places}: words that are {why}, the first ones: {first}"))
}

fn too_deep(name: &str) -> ImportRefusal {
    let hint = "no usual program writes such a page; save what a browser shows as text, and add that";
    ImportRefusal::new(Code::SourceTooLarge, format!("`{name}` is nested too deeply"), hint)
}

/// The approximate depth of nested boxes of a page, estimated from its tags. The time of a parser grows with its
/// square.
fn nesting(text: &str) -> usize {
    const BOXES: [&str; 7] = ["div", "span", "table", "section", "blockquote", "font", "b"];
    let is_box = |tag: &str| {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        BOXES.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in text.match_indices('<') {
        let tag = text[at + 1..].get(..11).unwrap_or(&text[at + 1..]);
        match tag.strip_prefix('/') {
            Some(end) if is_box(end) => depth = depth.saturating_sub(1),
            None if is_box(tag) => depth += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
