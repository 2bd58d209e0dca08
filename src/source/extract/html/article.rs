//! The parts of a page outside of what Mozilla's Readability takes for the article. They are only marked; nothing is
//! removed.

use std::collections::BTreeMap;
use std::ops::Range;

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::super::{ExtractedParagraph, Metadata};
use super::blocks::{self, Walked};

/// The most elements of a page that is searched for its article; larger pages would take too long.
const MOST_ELEMENTS: usize = 50_000;

/// The longest number of an item of a list, in bytes: `xviii`.
const LONGEST_NUMBER: usize = 5;

/// The paragraphs of a page, with a mark on those outside of what Readability takes for the article, if it finds one.
pub(super) fn mark(walked: Walked, document: &Document, about: &Metadata) -> Vec<ExtractedParagraph> {
    let article = article(&walked, document);
    let Walked { mut paragraphs, headings, .. } = walked;
    let Some(article) = article else { return paragraphs };
    let open = |paragraph: &ExtractedParagraph| paragraph.furniture.is_none() && !is_head(&paragraph.text, about);
    let has = |text: &str| article.contains(&letters(text));
    let outside = |paragraph: &ExtractedParagraph| !has(&paragraph.text) && !has(without_number(&paragraph.text));
    let left: usize = paragraphs.iter().filter(|p| open(p) && !outside(p)).map(|p| p.text.len()).sum();
    let all: usize = paragraphs.iter().filter(|p| open(p)).map(|p| p.text.len()).sum();
    // An article that keeps less than a third of the text was not recognised correctly.
    if left * 3 < all {
        return paragraphs;
    }
    let is_outside: Vec<bool> = paragraphs.iter().map(|paragraph| open(paragraph) && outside(paragraph)).collect();
    let inside: Vec<usize> = (0..paragraphs.len()).filter(|at| open(&paragraphs[*at]) && !is_outside[*at]).collect();
    let heads: Vec<usize> = head(&paragraphs, &headings, &inside, about).collect();
    for (at, _) in is_outside.iter().enumerate().filter(|(_, is_outside)| **is_outside) {
        if !heads.contains(&at) && !leads_in(at, &headings, &inside) {
            paragraphs[at].furniture = Some("outside the article, as it seems");
        }
    }
    paragraphs
}

/// The paragraphs from the heading of the page to the first one of the article.
fn head(
    paragraphs: &[ExtractedParagraph],
    headings: &BTreeMap<usize, bool>,
    inside: &[usize],
    about: &Metadata,
) -> Range<usize> {
    let first = inside.iter().copied().find(|at| !is_head(&paragraphs[*at].text, about)).unwrap_or(0);
    let is_only = headings.values().filter(|is_first| **is_first).count() == 1;
    let mut titles = headings.range(..first).filter(|(_, is_first)| **is_first).map(|(at, _)| *at);
    titles.rfind(|at| is_only || is_head(&paragraphs[*at].text, about)).map_or(0..0, |title| title..first)
}

/// True for a heading right over a paragraph of the article, and in it.
fn leads_in(at: usize, headings: &BTreeMap<usize, bool>, inside: &[usize]) -> bool {
    let next_heading = headings.range(at + 1..).next().map_or(usize::MAX, |(next, _)| *next);
    let next = inside.partition_point(|inside| *inside < at);
    headings.contains_key(&at) && next > 0 && inside.get(next).is_some_and(|inside| *inside < next_heading)
}

/// True for the heading and the line with author and date: they belong to the article wherever they are.
fn is_head(text: &str, about: &Metadata) -> bool {
    let short = text.chars().count() < 120;
    let own = letters(text);
    let title =
        about.title.as_deref().map(letters).is_some_and(|title| {
            !title.is_empty() && !own.is_empty() && (title.contains(&own) || own.contains(&title))
        });
    let author = about.authors.iter().any(|author| text.contains(author.as_str()));
    let year = about.date.as_deref().and_then(|date| date.get(..4)).is_some_and(|year| text.contains(year));
    short && (title || author || year)
}

/// The letters of the article. Words that are no part of the text are taken out before: Readability drops the styles by
/// which they are known.
fn article(walked: &Walked, document: &Document) -> Option<String> {
    let document = document.clone();
    for left_out in [&walked.struck, &walked.hidden, &walked.marks] {
        for element in &left_out.elements {
            document.tree.remove_from_parent(element);
        }
    }
    // Such words are seen; programs that read aloud leave them out, and so does Readability.
    document.select("[aria-hidden]").remove_attr("aria-hidden");
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let article = Readability::with_document(document, None, Some(config)).ok()?.parse().ok()?;
    let words = blocks::walk(&Document::from(&*article.content))?;
    Some(words.paragraphs.iter().map(|paragraph| letters(&paragraph.text)).collect())
}

/// The text of an item without its number: Readability drops the styles that number lists.
fn without_number(text: &str) -> &str {
    text.split_once(". ").filter(|(number, _)| number.len() <= LONGEST_NUMBER).map_or(text, |(_, rest)| rest)
}

/// The letters of a text without all else, so that spaces and signs do not count.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}
