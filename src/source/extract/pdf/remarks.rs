//! What those who add a file are told about its pages.

use std::collections::BTreeMap;

use crate::diag::Code;

use super::super::{ImportRefusal, one_line};
use super::letter::Seen;
use super::page::PageText;

/// The most words of unseen text that a remark shows.
const SHOWN: usize = 8;

/// The most characters of it: spaces may be missing.
const LONGEST: usize = 80;

/// The remarks on the pages of a file.
///
/// # Errors
/// The file has no text layer, or does not say which letters it draws.
pub(super) fn of(name: &str, pages: &[PageText]) -> Result<Vec<String>, ImportRefusal> {
    let mut remarks = Vec::new();
    if let Some(page) = pages.iter().position(|page| page.is_overfull) {
        let words = format!("page {} of `{name}` has more letters than a page can hold", page + 1);
        let hint = "such a file is made to do harm, or damaged; print the page to a new PDF, or ask for another copy";
        return Err(ImportRefusal::new(Code::SourceTooLarge, words, hint));
    }
    remarks.extend(pictures_alone(name, pages)?);
    remarks.extend(unknown_letters(name, pages)?);
    remarks.extend(unseen(pages));
    remarks.extend(on_pages(pages, |page| page.recognised > 0).map(|pages| {
        format!("{pages}: the words lie behind a picture, as a program for text recognition reads them; compare them")
    }));
    remarks.extend(
        on_pages(pages, |page| page.letters > 0 && page.has_picture)
            .map(|pages| format!("{pages}: a part of the page is a picture (a scan?); words in it are not read")),
    );
    remarks.extend(on_pages(pages, |page| page.annotations.fields > 0).map(|pages| {
        format!(
            "{pages}: form fields are filled in; their words are marked as `mark of the page` or `note on the page`"
        )
    }));
    remarks.extend(on_pages(pages, |page| page.annotations.comments > 0).map(|pages| {
        format!("{pages}: an annotation (comment, stamp, text box) lies over the page; its words are marked, too")
    }));
    remarks.extend(on_pages(pages, |page| page.has_endless_form).map(|pages| {
        format!("{pages}: a drawing that draws itself without end is left out; look at the page for words in it")
    }));
    remarks.extend(marks_of_notes(pages));
    Ok(remarks)
}

/// `page 2` or `pages 2, 3, 5`; `None` without any.
fn on_pages(pages: &[PageText], is_meant: impl Fn(&PageText) -> bool) -> Option<String> {
    let numbers = pages.iter().enumerate().filter(|(_, page)| is_meant(page)).map(|(index, _)| (index + 1).to_string());
    let numbers: Vec<String> = numbers.collect();
    match numbers.as_slice() {
        [] => None,
        [one] => Some(format!("page {one}")),
        more => Some(format!("pages {}", more.join(", "))),
    }
}

/// The remark on pages that are only pictures. A file that consists of such pages has no text layer.
fn pictures_alone(name: &str, pages: &[PageText]) -> Result<Option<String>, ImportRefusal> {
    if pages.iter().all(|page| page.letters == 0) {
        let what = if pages.len() == 1 {
            "its page is a picture".to_owned()
        } else {
            format!("its {} pages are pictures", pages.len())
        };
        let hint = "let a program for text recognition (OCR) add one, for instance OCRmyPDF, read the result against \
                    the picture, and add that file";
        return Err(ImportRefusal::new(Code::SourceNoText, format!("`{name}` has no text layer: {what}"), hint));
    }
    let empty = on_pages(pages, |page| page.letters == 0);
    Ok(empty.map(|pages| format!("without text: {pages}; say so under `limits`, `truncated`")))
}

/// The remark on letters that the file does not identify. A few are shown as `�`; a file with many of them is refused,
/// because its words would not be reliable.
fn unknown_letters(name: &str, pages: &[PageText]) -> Result<Option<String>, ImportRefusal> {
    let all: usize = pages.iter().map(|page| page.letters).sum();
    let unknown: usize = pages.iter().map(|page| page.unknown).sum();
    if unknown * 10 > all {
        let hint = "let a program for text recognition (OCR) read its pages anew, and compare the result with them";
        let words = format!("`{name}` does not say which letters its fonts draw");
        return Err(ImportRefusal::new(Code::SourceNoText, words, hint));
    }
    let words = || format!("{unknown} of {all} letters cannot be told; each stands as `\u{fffd}`");
    Ok((unknown > 0).then(words))
}

/// The remarks on words that nobody sees.
fn unseen(pages: &[PageText]) -> Vec<String> {
    let mut by_reason: BTreeMap<Seen, (Vec<usize>, String)> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for (seen, words) in &page.unseen {
            let words = one_line(words);
            if !words.is_empty() {
                let (pages, first) = by_reason.entry(*seen).or_default();
                pages.push(index + 1);
                if first.is_empty() {
                    *first = words;
                }
            }
        }
    }
    by_reason.into_iter().map(|(seen, (pages, words))| remark_on_unseen(seen, &pages, &words)).collect()
}

fn remark_on_unseen(seen: Seen, pages: &[usize], words: &str) -> String {
    let first = words.split(' ').take(SHOWN).collect::<Vec<_>>().join(" ");
    let shown: String = first.chars().take(LONGEST).collect();
    let dots = if shown.len() < words.len() { " …" } else { "" };
    let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
    format!("left out on page {}: words that nobody sees ({}): {}{dots}", pages.join(", "), seen.why(), shown)
}

fn marks_of_notes(pages: &[PageText]) -> Option<String> {
    let count: usize = pages.iter().map(|page| page.left_out.len()).sum();
    let first = pages.iter().flat_map(|page| &page.left_out).next()?;
    let words = if count == 1 { "mark of a note is".to_owned() } else { "marks of notes are".to_owned() };
    Some(format!("{count} raised {words} no part of the text, the first one: {first}"))
}
