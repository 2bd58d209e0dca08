//! Reads a page of HTML back: builds the tree as a browser does, and takes its words.

use dom_query::{Document, NodeRef};

use super::seal;
use super::vocabulary::{ATTRIBUTES, CLASSES, ELEMENTS, HEADER, INLINE, STYLE};
use super::write::block;
use crate::document::words::{Stream, Token};
use crate::render::format::{Enclosed, Finished, Property, Unreadable};
use crate::render::ledger::{DESCRIPTION, NAME};
use crate::render::reading::Reading;

/// The largest page, in bytes; larger ones are not ours.
const MOST_BYTES: usize = 16 << 20;

/// The most tags of a page; ours have far fewer.
const MOST_TAGS: usize = 50_000;

/// The most bytes from one tag to the next, except in the ledger.
const MOST_BETWEEN: usize = 100_000;

/// The limit of nesting; all our pages stay below it.
const DEPTH: usize = 64;

/// An opened page.
pub(super) struct HtmlFile<'a> {
    document: Document,
    bytes: &'a [u8],
}

impl<'a> HtmlFile<'a> {
    /// Opens a page.
    ///
    /// # Errors
    /// It is not a page of ours, or larger or deeper than any of ours.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        if bytes.len() > MOST_BYTES {
            return Err(Unreadable::Broken("it is larger than any page of ours".to_owned()));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::Broken("it is not UTF-8 text".to_owned()))?;
        if !text.starts_with(HEADER) {
            return Err(Unreadable::Other);
        }
        if let Some(why) = unlike_ours(text) {
            return Err(Unreadable::Broken(why.to_owned()));
        }
        Ok(Self { document: Document::from(text), bytes })
    }

    fn elements(&self) -> impl Iterator<Item = NodeRef<'_>> {
        self.document.root().descendants().into_iter().filter(NodeRef::is_element)
    }

    fn title(&self) -> String {
        self.elements().find(|node| name_of(node) == "title").map(|node| node.text().to_string()).unwrap_or_default()
    }

    /// The digest of the page without its ledger; empty if the ledger does not stand where and as we write it.
    fn markup(&self) -> String {
        let text = std::str::from_utf8(self.bytes).unwrap_or_default();
        let ledger = self.elements().find(|node| name_of(node) == "script").map(|node| block(&node.text()));
        let around = ledger.and_then(|ledger| text.split_once(&ledger));
        around.map(|(before, after)| seal::markup(before, after)).unwrap_or_default()
    }

    fn meta(&self, name: &str) -> Option<String> {
        let is_it = |node: &NodeRef| name_of(node) == "meta" && value(node, "name") == name;
        self.elements().find(is_it).map(|node| value(&node, "content"))
    }
}

/// The reason for not parsing a page at all. The time of the parser grows with the square of the depth and with that of
/// the number of attributes in a tag, so both are bounded before it begins.
fn unlike_ours(text: &str) -> Option<&'static str> {
    const EMPTY: [&str; 3] = ["br", "hr", "meta"];
    if !text.contains("</html>") {
        return Some("its end is missing");
    }
    let ledger = block("").split('<').nth(1).unwrap_or_default().to_owned();
    let mut depth = 0_usize;
    for (count, tag) in text.split('<').enumerate() {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !EMPTY.contains(&name.as_str()) {
            depth += 1;
        }
        if depth > DEPTH {
            return Some("it is nested more deeply than any page of ours");
        }
        if count > MOST_TAGS || tag.len() > MOST_BETWEEN && !tag.starts_with(&ledger) {
            return Some("it has more tags, or longer ones, than any page of ours");
        }
    }
    None
}

fn name_of(node: &NodeRef<'_>) -> String {
    node.node_name().map(|name| name.to_string()).unwrap_or_default()
}

fn value(node: &NodeRef<'_>, name: &str) -> String {
    node.attr(name).map(|value| value.to_string()).unwrap_or_default()
}

impl Finished for HtmlFile<'_> {
    fn reading(&self) -> Result<Reading, String> {
        let mut reader = Reader { stream: Stream::default(), stray: String::new(), items: Vec::new(), in_main: false };
        reader.walk(&self.document.root(), 0)?;
        Ok(Reading {
            tokens: reader.stream.finish(),
            stray: reader.stray,
            title: Some(self.title()),
            creator: self.meta("generator"),
            language: self.elements().find(|node| name_of(node) == "html").map(|node| value(&node, "lang")),
            markup: Some(self.markup()),
            ..Reading::default()
        })
    }

    fn enclosed(&self) -> Vec<Enclosed> {
        let blocks = self.elements().filter(|node| name_of(node) == "script");
        let enclosed = blocks.map(|node| Enclosed {
            name: value(&node, "id"),
            mime: value(&node, "type"),
            description: if value(&node, "id") == NAME { DESCRIPTION.to_owned() } else { String::new() },
            relationship: "Data".to_owned(),
            modified: String::new(),
            bytes: unescaped(&node.text()),
        });
        enclosed.collect()
    }

    fn properties(&self) -> Vec<Property> {
        let mut out = vec![("Title".to_owned(), self.title())];
        out.extend(self.meta("generator").map(|value| ("Creator".to_owned(), value)));
        let language = self.elements().find(|node| name_of(node) == "html").map(|node| value(&node, "lang"));
        out.extend(language.map(|language| ("language".to_owned(), language)));
        out
    }

    fn strange(&self) -> Vec<String> {
        let mut found: Vec<String> = self.elements().filter_map(|node| strange(&node)).collect();
        let is_comment = |node: &NodeRef| node.is_comment();
        found.extend(
            self.document
                .root()
                .descendants()
                .into_iter()
                .any(|node| is_comment(&node))
                .then(|| "a comment".to_owned()),
        );
        let styles: Vec<String> =
            self.elements().filter(|node| name_of(node) == "style").map(|node| node.text().trim().to_owned()).collect();
        if styles != [STYLE.trim()] {
            found.push("a style that is not ours: words could be hidden".to_owned());
        }
        found.sort();
        found.dedup();
        found
    }

    fn is_as_made(&self) -> bool {
        seal::is_sealed(self.bytes)
    }
}

/// The first element or attribute that our pages do not use.
fn strange(node: &NodeRef<'_>) -> Option<String> {
    let name = name_of(node);
    if !ELEMENTS.contains(&name.as_str()) {
        return Some(format!("an element `{}`", clipped(&name)));
    }
    if name == "script" && (value(node, "type") != "application/json" || value(node, "id") != NAME) {
        return Some("a script".to_owned());
    }
    node.attrs().into_iter().find_map(|attribute| {
        let (key, value) = (attribute.name.local.to_string(), attribute.value.to_string());
        let is_ours = match key.as_str() {
            "href" => value.starts_with('#'),
            "type" => name == "script",
            "class" => CLASSES.contains(&value.as_str()),
            key => ATTRIBUTES.contains(&key),
        };
        (!is_ours).then(|| format!("an attribute `{}=\"{}\"` of `{name}`", clipped(&key), clipped(&value)))
    })
}

/// The beginning of a value that may be of any length.
fn clipped(value: &str) -> String {
    const MOST: usize = 60;
    let start: String = value.chars().take(MOST).collect();
    if start.len() < value.len() { start + "…" } else { start }
}

/// The ledger as written, before the escaping of signs that could end its block.
fn unescaped(text: &str) -> Result<Vec<u8>, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|fault| fault.to_string())?;
    Ok(value.to_string().into_bytes())
}

struct Reader {
    stream: Stream,
    /// Words outside the text.
    stray: String,
    /// The number of the next item of each list around the present position; `None` for bullets.
    items: Vec<Option<u64>>,
    in_main: bool,
}

impl Reader {
    fn walk(&mut self, node: &NodeRef<'_>, depth: usize) -> Result<(), String> {
        if depth > 2 * DEPTH {
            return Err("it is nested more deeply than any page of ours".to_owned());
        }
        if node.is_text() {
            self.text(&node.text());
            return Ok(());
        }
        let name = name_of(node);
        if matches!(name.as_str(), "head" | "script" | "style") {
            return Ok(());
        }
        if self.is_number(node, &name) {
            return Ok(());
        }
        let is_inline = INLINE.contains(&name.as_str());
        let was_in_main = self.in_main;
        self.in_main |= name == "main";
        self.begin(node, &name, is_inline);
        for child in node.children_it(false) {
            self.walk(&child, depth + 1)?;
        }
        if matches!(name.as_str(), "ol" | "ul") {
            self.items.pop();
        }
        if !is_inline {
            self.stream.cut();
        }
        self.in_main = was_in_main;
        Ok(())
    }

    fn text(&mut self, words: &str) {
        if self.in_main {
            self.stream.text(words);
        } else {
            self.stray.push_str(words);
        }
    }

    fn begin(&mut self, node: &NodeRef<'_>, name: &str, is_inline: bool) {
        if !is_inline {
            self.stream.cut();
        }
        match name {
            "ol" => self.items.push(Some(value(node, "start").parse().unwrap_or(1))),
            "ul" => self.items.push(None),
            "li" => {
                if let Some(Some(number)) = self.items.last_mut() {
                    self.stream.mark(Token::Item(*number));
                    *number += 1;
                }
            }
            _ => {}
        }
    }

    /// A link to a note or back from it counts as its number.
    fn is_number(&mut self, node: &NodeRef<'_>, name: &str) -> bool {
        let role = value(node, "role");
        let number: Option<usize> = node.text().parse().ok();
        match (name, role.as_str(), number) {
            ("a", "doc-noteref", Some(number)) => self.stream.mark(Token::Reference(number)),
            ("a", "doc-backlink", Some(number)) => self.stream.mark(Token::Item(number as u64)),
            _ => return false,
        }
        true
    }
}
