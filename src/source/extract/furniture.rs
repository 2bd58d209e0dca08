//! What of a page is no part of its text: proposed by the names of its elements, and by what Mozilla's Readability takes
//! for the article. Nothing is taken away.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::{About, Paragraph, html, one_line};

/// Why something is no part of the text, in words.
pub(super) type Reason = &'static str;

/// The most elements of a page that is looked through for its article: beyond, that takes longer than people wait.
const MOST_ELEMENTS: usize = 50_000;

/// Words in a class or an id, and what they stand for. The first that fits counts.
const NAMES: &[(&[&str], Reason)] = &[
    (&["breadcrumb", "navbar", "nav-", "menu", "topbar", "tabs"], "menu"),
    (&["cookie", "consent", "gdpr"], "notice on cookies"),
    (&["donat", "support-us", "contribut", "crowdfund", "paywall"], "appeal for money"),
    (&["subscri", "newsletter", "sign-up", "signup"], "appeal to subscribe"),
    (
        &["related", "recommend", "read-also", "readmore", "read-more", "more-news", "popular", "trending"],
        "links to other pages",
    ),
    (&["share", "social", "sharing"], "buttons for sharing"),
    (&["comments", "comment-list", "disqus"], "comments of readers"),
    (&["advert", "adsby", "banner", "sponsor", "promo"], "advertisement"),
    (&["sidebar", "widget"], "side column"),
    (&["copyright"], "foot of the page"),
];

/// What an element is by its name or its attributes, if it is no part of the text.
pub(super) fn by_element(node: &NodeRef, name: &str) -> Option<Reason> {
    let in_article = || node.ancestors_it(Some(40)).any(|above| above.has_name("article") || above.has_name("main"));
    match name {
        "nav" => return Some("menu"),
        "aside" => return Some("side column"),
        "form" | "dialog" | "button" => return Some("form"),
        "figcaption" => return Some("caption of a picture"),
        "footer" if !in_article() => return Some("foot of the page"),
        "header" if !in_article() && node.descendants_it().all(|below| !below.has_name("h1")) => {
            return Some("head of the page");
        }
        // The frame of a page may be called anything.
        "html" | "body" | "main" | "article" | "h1" | "h2" | "h3" | "p" => return None,
        _ => {}
    }
    let role = node.attr("role").map(|role| role.to_lowercase());
    match role.as_deref() {
        Some("navigation" | "menu" | "menubar") => return Some("menu"),
        Some("search") => return Some("form"),
        Some("complementary") => return Some("side column"),
        _ => {}
    }
    let named = [node.attr("class"), node.attr("id")];
    let words = named.into_iter().flatten().map(|words| words.to_lowercase()).collect::<Vec<String>>().join(" ");
    // A wrapper of the whole page may bear such a name; a box of furniture does not hold the heading.
    let is_box = || node.descendants_it().all(|below| !below.has_name("h1") && !below.has_name("article"));
    let found = NAMES.iter().find(|(names, _)| names.iter().any(|name| begins_word(&words, name)));
    found.filter(|_| is_box()).map(|(_, reason)| *reason)
}

/// Whether one of the words begins so: `share` is in `post-share`, but not in `shareholder-report` of `x-shareholders`.
fn begins_word(words: &str, name: &str) -> bool {
    let part = |word: &str| word.split(['-', '_']).any(|part| part.starts_with(name));
    words.split_whitespace().any(|word| part(word) || name.contains('-') && word.contains(name))
}

/// Marks the paragraphs that lie outside what Readability takes for the article, where it finds one.
pub(super) fn mark(mut paragraphs: Vec<Paragraph>, html: &str, about: &About) -> Vec<Paragraph> {
    let Some(article) = article(html) else { return paragraphs };
    let open = |paragraph: &Paragraph| paragraph.furniture.is_none() && !is_head(&paragraph.text, about);
    let outside = |paragraph: &Paragraph| !article.contains(&one_line(&paragraph.text));
    let left: usize = paragraphs.iter().filter(|p| open(p) && !outside(p)).map(|p| p.text.len()).sum();
    let all: usize = paragraphs.iter().filter(|p| open(p)).map(|p| p.text.len()).sum();
    // An article of which less than a third is left is none: it was not found.
    if left * 3 < all {
        return paragraphs;
    }
    for paragraph in paragraphs.iter_mut().filter(|paragraph| open(paragraph) && outside(paragraph)) {
        paragraph.furniture = Some("outside the article, as it seems");
    }
    paragraphs
}

/// The heading, and the line that names author and date, belong to the article wherever they stand.
fn is_head(text: &str, about: &About) -> bool {
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

/// The paragraphs of the article, as words.
fn article(html: &str) -> Option<HashSet<String>> {
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let mut readability = Readability::new(html, None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    let paragraphs = html::walk(&Document::from(&*article.content))?;
    Some(paragraphs.into_iter().map(|paragraph| one_line(&paragraph.text)).collect())
}
