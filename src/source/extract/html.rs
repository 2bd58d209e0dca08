//! Pages: the words of the body, block by block, as a browser would show them without a style.

use dom_query::{Document, NodeRef};

use crate::diag::Code;

use super::encoding::{self, Decoded};
use super::furniture::{self, Reason};
use super::{Extracted, File, Format, Paragraph, Refusal, html_about};

/// The largest page that is read, in bytes. A page of a newspaper has a hundredth of it.
pub(super) const MOST_BYTES: usize = 16 << 20;

/// Deeper nesting than any page has.
const DEEPEST: usize = 1000;

/// Elements with no words for readers.
const SILENT: [&str; 16] = [
    "script", "style", "template", "noscript", "head", "svg", "iframe", "object", "canvas", "audio", "video", "select",
    "datalist", "math", "map", "title",
];

/// Elements inside a line; every other one begins a paragraph.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var",
];

pub(super) fn read(file: File) -> Result<Extracted, Refusal> {
    if file.bytes.len() > MOST_BYTES {
        return Err(Refusal::too_large(file.name, "is too large for a page", MOST_BYTES as u64));
    }
    let Decoded { text, remark } = encoding::decode(file, declared(file.bytes).as_deref())?;
    let mut read = page(file.name, &text)?;
    read.remarks.extend(remark);
    Ok(read)
}

/// The words of a page that is decoded.
pub(super) fn page(name: &str, text: &str) -> Result<Extracted, Refusal> {
    if nesting(text) > 10 * DEEPEST {
        return Err(too_deep(name));
    }
    let document = Document::from(text);
    let paragraphs = walk(&document).ok_or_else(|| too_deep(name))?;
    let about = html_about::about(&document, text);
    let paragraphs = furniture::mark(paragraphs, text, &about);
    Ok(Extracted { format: Format::Html, paragraphs, pages: 0, about, remarks: Vec::new() })
}

fn too_deep(name: &str) -> Refusal {
    let hint = "no usual program writes such a page; save what a browser shows as text, and add that";
    Refusal::new(Code::SourceTooLarge, format!("`{name}` is nested too deeply"), hint)
}

/// About how deep the boxes of a page are nested, by a look at its tags: for a parser the time grows with the square.
fn nesting(text: &str) -> usize {
    const BOXES: [&str; 7] = ["div", "span", "table", "section", "blockquote", "font", "b"];
    let is_box = |tag: &str| {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        BOXES.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in text.match_indices('<') {
        let tag = text[at + 1..].get(..11).unwrap_or(&text[at + 1..]);
        match tag.strip_prefix('/') {
            Some(end) if is_box(end) => depth = depth.saturating_sub(1),
            None if is_box(tag) => depth += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The encoding that a page declares, within the part in which browsers look for it.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let rest = &head[head.find("charset")? + "charset".len()..];
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

/// A step through the tree: going in, and coming out of an element to what held before it.
enum Step<'a> {
    In(NodeRef<'a>, usize),
    Out { block: bool, reason: Option<Reason>, lines: bool },
}

/// The paragraphs of a document in the order of the page; `None` if it is nested too deeply.
pub(super) fn walk(document: &Document) -> Option<Vec<Paragraph>> {
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

/// Gathers paragraphs.
#[derive(Default)]
struct Writer {
    paragraphs: Vec<Paragraph>,
    line: String,
    breaks: usize,
    reason: Option<Reason>,
    /// Whether each line of the file is one of the page.
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

    /// One break continues the paragraph, two end it.
    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks > 1 { self.end() } else { self.line.push(' ') }
    }

    /// A raised number is no part of the words before it.
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
            self.paragraphs.push(Paragraph { text, page: 0, furniture: self.reason });
        }
    }
}
