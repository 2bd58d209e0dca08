//! The reader of expanded Markdown: its position, its findings, and refused constructs.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::claims::Claims;
use super::leaf::{Leaf, Mode};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::Block;

/// The deepest nesting of constructs: reading them takes stack of the thread.
pub(super) const DEPTH: usize = 16;

/// The parsed Markdown.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Each run of words, with the template's own words marked.
    pub leaves: Vec<Leaf>,
    /// Headings: level, id, place.
    pub headings: Vec<(u8, Option<String>, Place)>,
    /// Links inside the document.
    pub links: Vec<(String, Place)>,
    /// The problems.
    pub problems: Vec<Diagnostic>,
}

pub(super) struct MarkdownReader<'a> {
    pub(super) events: Vec<(Event<'a>, Range<usize>)>,
    pub(super) at: usize,
    pub(super) text: &'a str,
    pub(super) claims: &'a Claims,
    pub(super) locate: &'a dyn Fn(usize) -> Place,
    /// The run of words that is being read, and the marks around the position.
    pub(super) leaf: Leaf,
    pub(super) mode: Mode,
    /// The depth of nesting at the position.
    pub(super) depth: usize,
    pub(super) out: Parsed,
}

impl MarkdownReader<'_> {
    /// Reports a construct and skips it.
    pub(super) fn refuse(&mut self, range: &Range<usize>, what: &str, hint: &str) {
        self.construct((self.locate)(range.start), what, hint);
        let mut depth = 0;
        while let Some((event, _)) = self.events.get(self.at) {
            depth += match event {
                Event::Start(_) => 1,
                Event::End(_) => -1,
                _ => 0,
            };
            self.at += 1;
            if depth <= 0 {
                break;
            }
        }
    }

    pub(super) fn construct(&mut self, place: Place, what: &str, hint: &str) {
        let words = format!("a document cannot hold {what}");
        self.out.problems.push(Diagnostic::error(Code::TemplateConstruct, place, words).hint(hint));
    }
}

/// The message for a construct that is nested too deep.
pub(super) fn too_deep(tag: &Tag) -> String {
    let what = if matches!(tag, Tag::List(_) | Tag::Item) { "lists" } else { "constructs" };
    format!("{what} inside {what}, more than {DEPTH} deep")
}

pub(super) fn is_inline(tag: &Tag) -> bool {
    let end = tag.to_end();
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image | TagEnd::Strikethrough)
        || matches!(end, TagEnd::Superscript | TagEnd::Subscript)
}

/// The heading to which a link leads. Other links than those inside the document are not allowed.
pub(super) fn target(kind: LinkType, address: &str) -> Option<String> {
    let inside = !matches!(kind, LinkType::Autolink | LinkType::Email);
    address.strip_prefix('#').filter(|id| inside && !id.is_empty()).map(str::to_owned)
}
