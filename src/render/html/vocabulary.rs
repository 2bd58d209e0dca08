//! The elements, attributes and classes of our pages. They have no others.

use crate::document::events::{NotePlace, ReadingOrder, Role};

/// The order of the words in a page. Only the first of several copies to sign is printed.
pub(super) const ORDER: ReadingOrder =
    ReadingOrder { notes: NotePlace::Together, marks_in_text: true, each_copy: false, ..ReadingOrder::PAGES };

/// The beginning of each page.
pub(super) const HEADER: &str = "<!DOCTYPE html>\n";

/// The name of the program in the metadata.
pub(super) const CREATOR: &str = "amparo";

/// The style of a page.
pub(super) const STYLE: &str = include_str!("page.css");

/// Elements inside a line: they do not end a word.
pub(super) const INLINE: [&str; 6] = ["a", "span", "em", "strong", "cite", "sup"];

/// All elements.
pub(super) const ELEMENTS: [&str; 38] = [
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "script",
    "p",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "section",
    "div",
    "a",
    "span",
    "em",
    "strong",
    "cite",
    "sup",
];

/// All attributes.
pub(super) const ATTRIBUTES: [&str; 11] =
    ["lang", "dir", "charset", "name", "content", "class", "id", "href", "role", "start", "scope"];

/// All classes.
pub(super) const CLASSES: [&str; 23] = [
    "draft",
    "mark",
    "warning",
    "letterhead",
    "sender",
    "return-line",
    "recipient",
    "date",
    "signature",
    "enclosures",
    "fields",
    "foot",
    "label",
    "filled",
    "rule",
    "box",
    "petition",
    "envelope",
    "notes",
    "cut",
    "beside",
    "sign",
    "numbered",
];

/// The class of the lines of a region; `None` for running text, the headline, and regions that a page does not have.
pub(super) fn class(role: Role) -> Option<&'static str> {
    Some(match role {
        Role::Draft => "draft",
        Role::CopyMark => "mark",
        Role::Warning => "warning",
        Role::Letterhead => "letterhead",
        Role::Sender => "sender",
        Role::ReturnLine => "return-line",
        Role::Recipient => "recipient",
        Role::Date => "date",
        Role::Signature => "signature",
        Role::Enclosures => "enclosures",
        Role::SigningFields => "fields",
        Role::Footer => "foot",
        Role::Headline
        | Role::Body
        | Role::ByTheLines
        | Role::Once
        | Role::SigningColumns
        | Role::SigningRows
        | Role::Cover => return None,
    })
}
