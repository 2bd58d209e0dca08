//! The data that a page gives about itself: JSON-LD and Open Graph (read by Readability), Dublin Core, citation tags of
//! scholarly sites, and the address that a browser writes into a saved page.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::super::Metadata;
use super::super::about::{day, language};

/// The data that a page gives about itself.
pub(super) fn about(document: &Document, html: &str) -> Metadata {
    let meta = |names: &[&str]| names.iter().find_map(|name| metas(document, name).into_iter().next());
    let known = Readability::with_document(document.clone(), None, Some(Config::default())).ok();
    let known = known.map(|page| page.get_article_metadata(page.parse_json_ld())).unwrap_or_default();
    let mut authors = metas(document, "citation_author");
    if authors.is_empty() {
        authors = metas(document, "dc.creator");
    }
    if authors.is_empty() {
        authors.extend(known.byline.and_then(|name| words(&name)));
    }
    let dates =
        ["citation_publication_date", "citation_date", "dcterms.issued", "dc.date.issued", "dc.date", "dcterms.date"];
    let date = meta(&dates).or(known.published_time).or_else(|| meta(&["article:published_time", "datepublished"]));
    let tag = attribute(document, "html", "lang").or_else(|| meta(&["dc.language", "content-language", "og:locale"]));
    Metadata {
        title: meta(&["citation_title", "dc.title"]).or_else(|| words(&known.title)),
        authors,
        site: meta(&["citation_journal_title", "og:site_name", "application-name"])
            .or(known.site_name.and_then(|name| words(&name))),
        publisher: meta(&["citation_publisher", "dc.publisher"]),
        date: date.or_else(|| only_time(document)).and_then(|date| day(&date)),
        made: None,
        language: tag.and_then(|tag| language(&tag)),
        url: saved_from(html)
            .or_else(|| attribute(document, "link[rel=canonical]", "href"))
            .or_else(|| meta(&["og:url"]))
            .filter(|url| is_address(url)),
        retrieved: saved_on(html),
        article: meta(&["og:type"]).is_some_and(|kind| kind == "article")
            || meta(&["citation_journal_title"]).is_some(),
    }
}

/// The contents of the meta tags of a name, in order, each once.
fn metas(document: &Document, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for tag in document.select("meta").nodes() {
        let named = tag
            .attr("name")
            .or_else(|| tag.attr("property"))
            .or_else(|| tag.attr("http-equiv"))
            .or_else(|| tag.attr("itemprop"));
        if named.is_some_and(|known| known.trim().eq_ignore_ascii_case(name))
            && let Some(content) = tag.attr("content").and_then(|content| words(&content))
            && !found.contains(&content)
        {
            found.push(content);
        }
    }
    found
}

fn attribute(document: &Document, selector: &str, name: &str) -> Option<String> {
    document.select_single(selector).attr(name).and_then(|value| words(&value))
}

/// The date of the only `time` element of a page; if there are several, the one of the text cannot be known.
fn only_time(document: &Document) -> Option<String> {
    let times = document.select("time[datetime]");
    let [time] = times.nodes() else { return None };
    time.attr("datetime").map(|value| value.to_string())
}

/// `<!-- saved from url=(0024)https://example.org/page -->`, or the lines of an archiving extension: `url: …`.
fn saved_from(html: &str) -> Option<String> {
    let head = head(html);
    let rest = head.split_once("saved from url=(").and_then(|(_, rest)| rest.split_once(')')).map(|(_, rest)| rest);
    let line = || head.lines().find_map(|line| line.trim().strip_prefix("url: "));
    let url = rest.or_else(line)?;
    let end = url.find(|c: char| c.is_whitespace()).unwrap_or(url.len());
    words(url[..end].trim_end_matches("-->"))
}

/// `saved date: Tue Mar 04 2031 10:00:00 GMT+0000`, as `SingleFile` writes it.
fn saved_on(html: &str) -> Option<String> {
    let head = head(html);
    let line = head.lines().find_map(|line| line.trim().strip_prefix("saved date: "))?;
    let words: Vec<&str> = line.split_whitespace().take(4).collect();
    let date = chrono::NaiveDate::parse_from_str(&words.join(" "), "%a %b %d %Y").ok()?;
    Some(date.to_string())
}

fn head(html: &str) -> &str {
    let end = (0..=html.len().min(4096)).rev().find(|at| html.is_char_boundary(*at)).unwrap_or(0);
    &html[..end]
}

fn is_address(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains([' ', '<', '>'])
}

fn words(text: &str) -> Option<String> {
    let text = super::super::one_line(text);
    (!text.is_empty()).then_some(text)
}
