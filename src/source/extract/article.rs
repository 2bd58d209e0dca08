//! The parts of a page outside of what Mozilla's Readability takes for the article. They are only marked; nothing is
//! removed.

use std::collections::HashSet;

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::{ExtractedParagraph, Metadata, blocks, one_line};

/// The most elements of a page that is searched for its article; larger pages would take too long.
const MOST_ELEMENTS: usize = 50_000;

/// Marks the paragraphs outside of what Readability takes for the article, if it finds one.
pub(super) fn mark(mut paragraphs: Vec<ExtractedParagraph>, html: &str, about: &Metadata) -> Vec<ExtractedParagraph> {
    let Some(article) = article(html) else { return paragraphs };
    let open = |paragraph: &ExtractedParagraph| paragraph.furniture.is_none() && !is_head(&paragraph.text, about);
    let outside = |paragraph: &ExtractedParagraph| !article.contains(&one_line(&paragraph.text));
    let left: usize = paragraphs.iter().filter(|p| open(p) && !outside(p)).map(|p| p.text.len()).sum();
    let all: usize = paragraphs.iter().filter(|p| open(p)).map(|p| p.text.len()).sum();
    // An article that keeps less than a third of the text was not recognised correctly.
    if left * 3 < all {
        return paragraphs;
    }
    for paragraph in paragraphs.iter_mut().filter(|paragraph| open(paragraph) && outside(paragraph)) {
        paragraph.furniture = Some("outside the article, as it seems");
    }
    paragraphs
}

/// True for the heading and the line with author and date: they belong to the article wherever they are.
fn is_head(text: &str, about: &Metadata) -> bool {
    let text = one_line(text);
    let short = text.chars().count() < 120;
    let title = about
        .title
        .as_deref()
        .is_some_and(|title| !title.is_empty() && (title.contains(&text) || text.contains(title)));
    let author = about.authors.iter().any(|author| text.contains(author.as_str()));
    let year = about.date.as_deref().and_then(|date| date.get(..4)).is_some_and(|year| text.contains(year));
    short && (title || author || year)
}

/// The paragraphs of the article as words.
fn article(html: &str) -> Option<HashSet<String>> {
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let mut readability = Readability::new(html, None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    let paragraphs = blocks::walk(&Document::from(&*article.content))?;
    Some(paragraphs.into_iter().map(|paragraph| one_line(&paragraph.text)).collect())
}
