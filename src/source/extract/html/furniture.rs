//! The parts of a page that are not text, found by the names of its elements. They are only marked; nothing is removed.

use dom_query::NodeRef;

/// The reason in words why something is not part of the text.
pub(super) type Reason = &'static str;

/// Words in a class or an id, and their meaning. The first match counts.
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

/// The kind of an element by its name or its attributes, if it is not part of the text.
pub(super) fn by_element(node: &NodeRef, name: &str) -> Option<Reason> {
    let in_article = || {
        node.ancestors_it(Some(40))
            .any(|above| ["article", "main", "blockquote", "figure"].iter().any(|name| above.has_name(name)))
    };
    match name {
        "nav" => return Some("menu"),
        "aside" => return Some("side column"),
        // The button in a heading opens what stands under it.
        "button" if node.ancestors_it(Some(3)).any(|above| is_heading(&above)) => return None,
        "form" | "dialog" | "button" => return Some("form"),
        "figcaption" => return Some("caption of a picture"),
        "footer" if !in_article() => return Some("foot of the page"),
        "header" if !in_article() && node.descendants_it().all(|below| !below.has_name("h1")) => {
            return Some("head of the page");
        }
        // The frame of a page may have any class or id.
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
    // A wrapper of the whole page may have such a name; a furniture box does not contain the heading.
    let is_box = || node.descendants_it().all(|below| !below.has_name("h1") && !below.has_name("article"));
    let found = NAMES.iter().find(|(names, _)| names.iter().any(|name| begins_word(&words, name)));
    found.filter(|_| is_box()).map(|(_, reason)| *reason)
}

/// True for a heading.
pub(super) fn is_heading(node: &NodeRef) -> bool {
    ["h1", "h2", "h3", "h4", "h5", "h6"].iter().any(|name| node.has_name(name))
}

/// True if a word of `words` begins with the name: `share` is found in `post-share`, but not in `shareholder-report` or
/// `x-shareholders`.
fn begins_word(words: &str, name: &str) -> bool {
    let part = |word: &str| word.split(['-', '_']).any(|part| part.starts_with(name));
    words.split_whitespace().any(|word| part(word) || name.contains('-') && word.contains(name))
}
