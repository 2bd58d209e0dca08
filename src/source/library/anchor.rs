//! Finding the words of an annotation in a copy, and making annotations of words found in it.

use std::cmp::Reverse;
use std::ops::Range;

use super::annotations::Annotation;
use crate::disk::Digest;
use crate::disk::digest::hex;
use crate::source::passage::quotable;
use crate::source::{CopyText, Record, paste};
use crate::text::{FoundQuotation, Haystack, Quotation, phrase, words};

/// The most characters of context before and after the words of an annotation.
const BESIDE: usize = 32;

/// True if an annotation belongs to this source: it names its address or the digest of its copy.
#[must_use]
pub fn is_of(record: &Record, target: &str) -> bool {
    let plain = |address: &str| {
        let address = address.split('#').next().unwrap_or_default();
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        address.trim_start_matches("www.").trim_end_matches('/').to_owned()
    };
    let digest = record.digest.as_ref().map(|digest| urn(&digest.value));
    record.url.as_ref().is_some_and(|url| plain(url) == plain(target)) || digest.is_some_and(|urn| urn == target)
}

/// The name of a copy that has no address.
#[must_use]
pub fn urn(digest: &Digest) -> String {
    format!("urn:{digest}")
}

/// The citation for an annotation, if this copy with this text has its words. A few words are cited as they are, a
/// longer passage by a phrase from its beginning.
#[must_use]
pub fn citation(copy: &CopyText, text: &str, annotation: &Annotation) -> Option<String> {
    let (number, range) = place(&copy.haystack, annotation, &|paragraph| copy.is_part(paragraph))?;
    let paragraph = copy.haystack.paragraph(number)?;
    let marked = &paragraph[range.clone()];
    let is_phrase = words::count(marked) <= phrase::MOST_WORDS && Quotation::parse(marked).is_ok();
    let quote = if is_phrase { marked } else { &paragraph[quotable(text, paragraph, &range, &[])?.range] };
    Some(paste::citation(&copy.record.id, copy.place(number), quote))
}

/// The annotations of a quotation that was found, one for each of its parts. The id stays the same for the same words
/// at the same place. The numbers are assigned by the caller that writes the file.
#[must_use]
pub fn annotations(copy: &CopyText, target: &str, found: &FoundQuotation) -> Vec<(String, Annotation)> {
    let paragraph = copy.haystack.paragraph(found.paragraph).unwrap_or_default();
    let annotation = |range: &Range<usize>| {
        let exact = paragraph[range.clone()].to_owned();
        let before: Vec<char> = paragraph[..range.start].chars().rev().take(BESIDE).collect();
        let id = id(&[target, &found.paragraph.to_string(), &range.start.to_string(), &exact]);
        let annotation = Annotation {
            number: 0,
            target: target.to_owned(),
            exact,
            prefix: before.into_iter().rev().collect(),
            suffix: paragraph[range.end..].chars().take(BESIDE).collect(),
        };
        (id, annotation)
    };
    found.ranges.iter().filter(|range| !range.is_empty()).map(annotation).collect()
}

/// The place of the words of an annotation: the paragraph from 0, and the byte range. A passage marked across several
/// paragraphs is placed in its first one; if the words occur several times, the context decides.
fn place(
    haystack: &Haystack,
    annotation: &Annotation,
    allowed: &dyn Fn(usize) -> bool,
) -> Option<(usize, Range<usize>)> {
    let exact = annotation.exact.trim().lines().next().unwrap_or_default().trim();
    if let Ok(quotation) = Quotation::parse(exact) {
        let best = haystack.matches(&quotation, allowed).into_iter().max_by_key(|found| {
            let paragraph = haystack.paragraph(found.paragraph).unwrap_or_default();
            (beside(paragraph, &found.ranges, annotation), Reverse(found.paragraph))
        })?;
        return Some((best.paragraph, best.ranges.first()?.start..best.ranges.last()?.end));
    }
    // Too short for a quotation: the words are found together with their context.
    let around = format!("{}{}{}", annotation.prefix, annotation.exact, annotation.suffix);
    let inside = annotation.prefix.len() + annotation.exact.find(exact)?;
    (0..haystack.len()).filter(|paragraph| allowed(*paragraph)).find_map(|paragraph| {
        let start = haystack.paragraph(paragraph)?.find(&around)? + inside;
        Some((paragraph, start..start + exact.len()))
    })
}

/// The number of characters that agree with the annotation's context before and after its words.
fn beside(paragraph: &str, ranges: &[Range<usize>], annotation: &Annotation) -> usize {
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return 0 };
    let before = paragraph[..first.start].chars().rev().zip(annotation.prefix.chars().rev());
    let after = paragraph[last.end..].chars().zip(annotation.suffix.chars());
    before.take_while(|(one, other)| one == other).count() + after.take_while(|(one, other)| one == other).count()
}

/// A UUID of version 8 made from the digest of these words.
///
/// Source: RFC 9562, 5.8.
fn id(words: &[&str]) -> String {
    let digest = hex(words.join("\n").as_bytes());
    format!(
        "urn:uuid:{}-{}-8{}-a{}-{}",
        &digest[..8],
        &digest[8..12],
        &digest[13..16],
        &digest[17..20],
        &digest[20..32]
    )
}
