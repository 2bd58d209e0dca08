//! The words of a page, block by block, as a browser would show them without a style.

use dom_query::{Document, NodeRef};

use super::ExtractedParagraph;
use super::furniture::{self, Reason};

/// The deepest nesting that is read; no real page is nested deeper.
pub(super) const DEEPEST: usize = 1000;

/// Elements with no words for readers.
const SILENT: [&str; 16] = [
    "script", "style", "template", "noscript", "head", "svg", "iframe", "object", "canvas", "audio", "video", "select",
    "datalist", "math", "map", "title",
];

/// Elements inside a line; all others begin a paragraph.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var",
];

/// A step through the tree: into an element, or back out to its parent.
enum Step<'a> {
    In(NodeRef<'a>, usize),
    Out { block: bool, reason: Option<Reason>, lines: bool },
}

/// The paragraphs of a document in the order of the page; `None` if it is nested too deeply.
pub(super) fn walk(document: &Document) -> Option<Vec<ExtractedParagraph>> {
    let mut writer = Writer::default();
    let mut steps = vec![Step::In(document.body().unwrap_or_else(|| document.root()), 0)];
    while let Some(step) = steps.pop() {
        match step {
            Step::In(_, DEEPEST..) => return None,
            Step::In(node, depth) => enter(node, depth, &mut writer, &mut steps),
            Step::Out { block, reason, lines } => writer.leave(block, reason, lines),
        }
    }
    writer.end();
    Some(writer.paragraphs)
}

fn enter<'a>(node: NodeRef<'a>, depth: usize, writer: &mut Writer, steps: &mut Vec<Step<'a>>) {
    if node.is_text() {
        writer.text(&node.text());
        return;
    }
    let name = node.node_name().unwrap_or_default();
    let name: &str = &name;
    if node.is_element() {
        if SILENT.contains(&name) || node.has_attr("hidden") {
            return;
        }
        if name == "br" {
            writer.line_break();
            return;
        }
    } else if !node.is_document() && !node.is_fragment() {
        return;
    }
    let block = node.is_element() && !INLINE.contains(&name);
    if block {
        writer.end();
    }
    if name == "sup" {
        writer.apart();
    }
    steps.push(Step::Out { block, reason: writer.reason, lines: writer.lines });
    writer.reason = writer.reason.or_else(|| furniture::by_element(&node, name));
    writer.lines |= name == "pre";
    for child in node.children_it(true) {
        steps.push(Step::In(child, depth + 1));
    }
}

/// Collects paragraphs.
#[derive(Default)]
struct Writer {
    paragraphs: Vec<ExtractedParagraph>,
    line: String,
    breaks: usize,
    reason: Option<Reason>,
    /// True if each line break of the file is shown on the page.
    lines: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        let mut lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
        if self.lines && text.contains('\n') {
            self.line.push_str(lines.next().unwrap_or_default());
            for line in lines {
                self.end();
                self.line.push_str(line);
            }
            return;
        }
        if text.trim().is_empty() {
            if !text.is_empty() && !self.line.is_empty() {
                self.line.push(' ');
            }
            return;
        }
        self.breaks = 0;
        self.line.push_str(text);
    }

    /// One line break continues the paragraph, two end it.
    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks > 1 { self.end() } else { self.line.push(' ') }
    }

    /// Separates a raised number from the words before it.
    fn apart(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(char::is_whitespace) {
            self.line.push(' ');
        }
    }

    fn leave(&mut self, block: bool, reason: Option<Reason>, lines: bool) {
        if block {
            self.end();
        }
        self.reason = reason;
        self.lines = lines;
    }

    fn end(&mut self) {
        self.breaks = 0;
        let text = std::mem::take(&mut self.line);
        if !text.trim().is_empty() {
            self.paragraphs.push(ExtractedParagraph { text, page: 0, furniture: self.reason });
        }
    }
}
