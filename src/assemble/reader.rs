//! Reading expanded Markdown: where the reader is, what it has found, and what it refuses.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::claims::Claims;
use super::leaf::{Leaf, Mode};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::Block;

/// Constructs that may stand one inside another: reading them takes the stack of the thread.
pub(super) const DEPTH: usize = 16;

/// What the Markdown says.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Each run of words, with what of it the template says itself.
    pub leaves: Vec<Leaf>,
    /// Headings: level, id, place.
    pub headings: Vec<(u8, Option<String>, Place)>,
    /// Links inside the document.
    pub links: Vec<(String, Place)>,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
}

pub(super) struct MarkdownReader<'a> {
    pub(super) events: Vec<(Event<'a>, Range<usize>)>,
    pub(super) at: usize,
    pub(super) text: &'a str,
    pub(super) claims: &'a Claims,
    pub(super) locate: &'a dyn Fn(usize) -> Place,
    /// The run of words that is being read, and inside which marks.
    pub(super) leaf: Leaf,
    pub(super) mode: Mode,
    /// How many constructs stand one inside another here.
    pub(super) depth: usize,
    pub(super) out: Parsed,
}

impl MarkdownReader<'_> {
    /// Reports a construct and passes over it.
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

/// What is said of a construct that stands inside too many others.
pub(super) fn too_deep(tag: &Tag) -> String {
    let what = if matches!(tag, Tag::List(_) | Tag::Item) { "lists" } else { "constructs" };
    format!("{what} inside {what}, more than {DEPTH} deep")
}

pub(super) fn is_inline(tag: &Tag) -> bool {
    let end = tag.to_end();
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image | TagEnd::Strikethrough)
        || matches!(end, TagEnd::Superscript | TagEnd::Subscript)
}

/// The heading a link leads to; only links inside the document exist.
pub(super) fn target(kind: LinkType, address: &str) -> Option<String> {
    let inside = !matches!(kind, LinkType::Autolink | LinkType::Email);
    address.strip_prefix('#').filter(|id| inside && !id.is_empty()).map(str::to_owned)
}
