//! Finding the words of an annotation in a copy, and making annotations of words found in it.

use std::cmp::Reverse;
use std::ops::Range;

use super::annotations::Annotation;
use crate::disk::Digest;
use crate::disk::digest::hex;
use crate::source::passage::quotable;
use crate::source::{CopyText, Record, paste};
use crate::text::{FoundQuotation, Haystack, Quotation, edges, phrase, words};

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

/// A citation for the words of an annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchoredCitation {
    /// The entry of `cites:`, ready to paste.
    pub citation: String,
    /// What the citation has otherwise than the selection, each in a sentence without a full stop.
    pub changes: Vec<String>,
}

/// The citation for an annotation, if this copy with this text has its words.
///
/// A selection that begins or ends inside a word is widened to whole words. A few words are cited as they are. A longer
/// passage is cited by a phrase from its beginning, because a citation needs a place and not a passage.
#[must_use]
pub fn citation(copy: &CopyText, text: &str, annotation: &Annotation) -> Option<AnchoredCitation> {
    let whole = whole_words(annotation);
    let (number, range) = place(&copy.haystack, &whole, &|paragraph| copy.is_part(paragraph))?;
    let paragraph = copy.haystack.paragraph(number)?;
    let marked = &paragraph[range.clone()];
    let is_phrase = words::count(marked) <= phrase::MOST_WORDS && Quotation::parse(marked).is_ok();
    let quote = if is_phrase { marked } else { &paragraph[quotable(text, paragraph, &range, &[])?.range] };
    let mut changes = Vec::new();
    if whole.exact != annotation.exact {
        changes.push(format!("it cuts a word; with whole words it is “{}”", excerpt(&whole.exact)));
    }
    let (selected, found) = (words::count(&whole.exact), words::count(marked));
    if selected > found {
        changes.push("it goes over several paragraphs; the citation is for the first of them".to_owned());
    }
    if found > words::count(quote) {
        changes.push(format!("its {selected} words are shortened to “{quote}”, which finds the place"));
    } else if quote != marked {
        changes.push(format!("it has too few words for a quotation and is lengthened to “{quote}”"));
    }
    Some(AnchoredCitation { citation: paste::citation(&copy.record.id, copy.place(number), quote), changes })
}

/// The first words of a passage, for a message.
#[must_use]
pub fn excerpt(passage: &str) -> String {
    let all: Vec<&str> = passage.split_whitespace().collect();
    if all.len() <= phrase::MOST_WORDS { all.join(" ") } else { all[..phrase::MOST_WORDS].join(" ") + " …" }
}

/// The annotation with whole words: those that its selection cuts are completed from the text before and after it.
fn whole_words(annotation: &Annotation) -> Annotation {
    let all = format!("{}{}{}", annotation.prefix, annotation.exact, annotation.suffix);
    let start = annotation.prefix.len();
    let Range { start, end } = edges::widened(&all, &(start..start + annotation.exact.len()));
    Annotation {
        exact: all[start..end].to_owned(),
        prefix: all[..start].to_owned(),
        suffix: all[end..].to_owned(),
        ..annotation.clone()
    }
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
    let whole = annotation.exact.trim();
    let first = whole.lines().next().unwrap_or_default().trim();
    // Lines of a page may be broken inside a paragraph, or end one.
    let mut ways = [whole, first].into_iter().filter_map(|words| Quotation::parse(words).ok()).peekable();
    if ways.peek().is_some() {
        let found = ways.map(|quotation| haystack.matches(&quotation, allowed)).find(|found| !found.is_empty());
        let best = found?.into_iter().max_by_key(|found| {
            let paragraph = haystack.paragraph(found.paragraph).unwrap_or_default();
            (beside(paragraph, &found.ranges, annotation), Reverse(found.paragraph))
        })?;
        return Some((best.paragraph, best.ranges.first()?.start..best.ranges.last()?.end));
    }
    // Too short for a quotation: the words are found together with their context.
    let around = format!("{}{}{}", annotation.prefix, annotation.exact, annotation.suffix);
    let inside = annotation.prefix.len() + annotation.exact.find(whole)?;
    (0..haystack.len()).filter(|paragraph| allowed(*paragraph)).find_map(|paragraph| {
        let start = haystack.paragraph(paragraph)?.find(&around)? + inside;
        Some((paragraph, start..start + whole.len()))
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
