//! The words of a page, block by block, as a browser shows them.

use std::collections::{BTreeMap, HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::super::ExtractedParagraph;
use super::super::raised::{self, Raised};
use super::furniture::{self, Reason};
use super::numbers;
use super::style::{ElementStyle, PageStyles, Raise};

/// The deepest nesting that is read; no real page is nested deeper.
pub(super) const DEEPEST: usize = 1000;

/// The most words of what is left out that are kept to be shown.
const SHOWN: usize = 8;

/// The most characters of a raised or lowered word. More are a phrase that stands higher.
const LONGEST_MARK: usize = 24;

/// Elements with no words for readers.
const SILENT: [&str; 18] = [
    "script", "style", "template", "noscript", "head", "svg", "iframe", "object", "canvas", "audio", "video", "select",
    "datalist", "map", "title", "rt", "rp", "noframes",
];

/// Elements that begin a paragraph. All others, known or not, stand in a line (HTML Standard, 15.3).
const BLOCKS: [&str; 50] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
];

/// Two further ones.
const ROWS: [&str; 2] = ["tr", "ul"];

/// The words of a page.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) paragraphs: Vec<ExtractedParagraph>,
    /// The places of headings among the paragraphs, and true for those of the page itself.
    pub(super) headings: BTreeMap<usize, bool>,
    /// Words that are struck out.
    pub(super) struck: UnreadWords,
    /// Words that are hidden by the style of the page.
    pub(super) hidden: UnreadWords,
    /// The marks of notes, and links back to them.
    pub(super) marks: UnreadWords,
    /// Formulas.
    pub(super) formulas: UnreadWords,
}

/// Words that are no part of the text.
#[derive(Debug, Default)]
pub(super) struct UnreadWords {
    /// The elements in which they stand.
    pub(super) elements: Vec<NodeId>,
    /// The first of them.
    pub(super) first: String,
}

impl UnreadWords {
    fn add(&mut self, node: &NodeRef) {
        let text = node.text();
        let mut words = text.split_whitespace().peekable();
        if words.peek().is_none() {
            return;
        }
        self.elements.push(node.id);
        if self.first.is_empty() {
            self.first = words.take(SHOWN).collect::<Vec<_>>().join(" ");
        }
    }
}

/// A step through the tree: into an element, or back out to its parent.
enum Step<'a> {
    In(NodeRef<'a>, usize),
    Out { block: bool, reason: Option<Reason>, lines: bool, quoted: Option<usize>, apart: bool },
}

/// The paragraphs of a document in the order of the page; `None` if it is nested too deeply.
pub(super) fn walk(document: &Document) -> Option<Walked> {
    let body = document.body().unwrap_or_else(|| document.root());
    let page = Page {
        styles: PageStyles::of(document),
        length: body.text().len(),
        notes: notes(document),
        opened: opened(document),
    };
    let mut writer = Writer::default();
    let mut steps = vec![Step::In(body, 0)];
    while let Some(step) = steps.pop() {
        match step {
            Step::In(_, DEEPEST..) => return None,
            Step::In(node, depth) => enter(node, depth, &page, &mut writer, &mut steps),
            Step::Out { block, reason, lines, quoted, apart } => writer.leave(block, reason, lines, quoted, apart),
        }
    }
    writer.end();
    Some(writer.walked)
}

/// What is known of the whole page.
struct Page {
    styles: PageStyles,
    /// The length of its words, in bytes.
    length: usize,
    /// The ids of notes: elements to which marks on the page lead.
    notes: HashSet<String>,
    /// The ids of what a button of the page opens.
    opened: HashSet<String>,
}

/// The ids of the parts of a page that open when somebody presses a button (WAI-ARIA 1.2, aria-controls).
fn opened(document: &Document) -> HashSet<String> {
    const NAMES: [&str; 3] = ["aria-controls", "data-target", "data-bs-target"];
    let selected = document.select("[aria-controls], [data-target], [data-bs-target]");
    let targets = selected.nodes().iter().flat_map(|node| NAMES.iter().filter_map(|name| node.attr(name)));
    let ids = targets.map(|ids| ids.to_string());
    ids.flat_map(|ids| ids.split_whitespace().map(|id| id.trim_start_matches('#').to_owned()).collect::<Vec<_>>())
        .collect()
}

/// The targets of links whose words are a number or a sign: `3`, `[3]`, `†`.
fn notes(document: &Document) -> HashSet<String> {
    let links = document.select("a[href^='#']");
    let is_mark = |link: &&NodeRef| {
        let text = link.text();
        let bare = text.trim().trim_matches(['[', ']', '(', ')']);
        (1..=3).contains(&bare.chars().count()) && !bare.contains(char::is_alphabetic)
    };
    let targets = links.nodes().iter().filter(is_mark).filter_map(|link| link.attr("href"));
    targets.map(|target| target.trim_start_matches('#').to_owned()).collect()
}

fn enter<'a>(node: NodeRef<'a>, depth: usize, page: &Page, writer: &mut Writer, steps: &mut Vec<Step<'a>>) {
    if node.is_text() {
        writer.text(&node.text());
        return;
    }
    if !node.is_element() && !node.is_document() && !node.is_fragment() {
        return;
    }
    let name = node.node_name().unwrap_or_default();
    let name: &str = &name;
    let style = page.styles.element(&node);
    if node.is_element()
        && (is_left_out(&node, name, style, page, writer) || is_written(&node, name, style, page, writer))
    {
        return;
    }
    let is_block = BLOCKS.contains(&name) || ROWS.contains(&name);
    let is_cell = matches!(name, "td" | "th");
    let block = node.is_element() && (is_cell || style.is_block.unwrap_or(is_block));
    if block {
        writer.end();
    }
    writer.number(&node, style);
    let quoted = (name == "q").then(|| writer.open_quotation());
    let apart = style.is_apart && !block;
    if apart {
        writer.line.push(' ');
    }
    if furniture::is_heading(&node) {
        writer.walked.headings.insert(writer.walked.paragraphs.len(), name == "h1");
    }
    steps.push(Step::Out { block, reason: writer.reason, lines: writer.lines, quoted, apart });
    let reason = furniture::by_element(&node, name).filter(|_| !holds_the_page(&node, page));
    writer.reason = writer.reason.or(reason);
    writer.lines |= name == "pre" || style.keeps_lines;
    steps.extend(node.children_it(true).map(|child| Step::In(child, depth + 1)));
}

/// True for an element that has most words of the page: whatever its name, it is no side column.
fn holds_the_page(node: &NodeRef, page: &Page) -> bool {
    2 * node.text().len() > page.length
}

/// True if an element has no words for readers. What is hidden or struck out is noted.
fn is_left_out(node: &NodeRef, name: &str, style: ElementStyle, page: &Page, writer: &mut Writer) -> bool {
    let is_closed = name == "dialog" && !node.has_attr("open");
    let opens = || name != "dialog" && node.attr("id").is_some_and(|id| page.opened.contains(&*id));
    if name == "math" {
        writer.walked.formulas.add(node);
        return true;
    }
    if SILENT.contains(&name) || name == "input" {
        return true;
    }
    if (node.has_attr("hidden") || is_closed || style.is_hidden == Some(true)) && !opens() {
        writer.walked.hidden.add(node);
        return true;
    }
    if style.is_struck.unwrap_or(matches!(name, "del" | "s" | "strike")) {
        writer.walked.struck.add(node);
        return true;
    }
    false
}

/// True for an element that is written here and now: line breaks, raised and lowered words.
fn is_written(node: &NodeRef, name: &str, style: ElementStyle, page: &Page, writer: &mut Writer) -> bool {
    match (name, height(node, name, style)) {
        ("br", _) => writer.line_break(),
        ("bdo", _) => return writer.turn(node),
        ("wbr", _) => {}
        ("a", None) if is_back_link(node, page) => writer.walked.marks.add(node),
        (_, Some(height)) => writer.shift(node, height, page),
        _ => return false,
    }
    true
}

/// The height of a raised or lowered word; `None` for all others, and for whole phrases, whose parts are read one by one.
fn height(node: &NodeRef, name: &str, style: ElementStyle) -> Option<Raise> {
    let height = style.height.or(match name {
        "sup" => Some(Raise::Up),
        "sub" => Some(Raise::Down),
        _ => None,
    });
    height.filter(|_| node.text().trim().chars().count() <= LONGEST_MARK)
}

/// True for the link from a note back to its mark.
fn is_back_link(link: &NodeRef, page: &Page) -> bool {
    let is = |attribute: &str, value: &str| link.attr(attribute).is_some_and(|own| own.contains(value));
    let to_page = link.attr("href").is_some_and(|target| target.starts_with('#'));
    let is_sign = || link.text().trim().chars().all(|c| matches!(c, '↑' | '↩' | '\u{fe0e}' | '^' | '⇑' | '⏎'));
    let ends = |above: &NodeRef| above.text().trim_end().ends_with(link.text().trim());
    let is_note = |above: &NodeRef| above.attr("id").is_some_and(|id| page.notes.contains(&*id));
    let ends_note = || link.ancestors_it(Some(3)).any(|above| is_note(&above) && ends(&above));
    is("role", "doc-backlink")
        || is("class", "backref")
        || is("rev", "footnote")
        || to_page && (is_sign() || ends_note())
}

/// Collects paragraphs.
#[derive(Default)]
struct Writer {
    walked: Walked,
    /// The numbers of the items of ordered lists.
    numbers: HashMap<NodeId, String>,
    /// The number of the item that begins.
    number: String,
    /// The number of open quotations.
    quotations: usize,
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

    /// Notes the numbers of a list, or takes the number of an item.
    fn number(&mut self, node: &NodeRef, style: ElementStyle) {
        if let Some(number) = self.numbers.remove(&node.id) {
            self.number = number;
        }
        let items = node.children_it(false).filter(|item| item.has_name("li"));
        let numbers = numbers::of(node, style);
        if !numbers.is_empty() {
            self.numbers.extend(items.map(|item| item.id).zip(numbers));
        }
    }

    /// Writes the mark that browsers draw before a quotation, and returns its depth.
    fn open_quotation(&mut self) -> usize {
        self.line.push(if self.quotations.is_multiple_of(2) { '“' } else { '‘' });
        self.quotations += 1;
        self.quotations
    }

    /// Writes words of scripts from left to right that the page shows from right to left; false for all others.
    fn turn(&mut self, node: &NodeRef) -> bool {
        let text = node.text();
        let is_turned = node.attr("dir").is_some_and(|dir| dir.eq_ignore_ascii_case("rtl")) && text.is_ascii();
        if is_turned {
            self.line.extend(text.chars().rev());
        }
        is_turned
    }

    /// The words of an element without those that are left out of it.
    fn seen(&mut self, node: &NodeRef, page: &Page) -> String {
        let mut text = String::new();
        let mut open: Vec<NodeRef> = node.children_it(true).collect();
        while let Some(below) = open.pop() {
            if below.is_text() {
                text.push_str(&below.text());
            } else if below.is_element() {
                let name = below.node_name().unwrap_or_default();
                if !is_left_out(&below, &name, page.styles.element(&below), page, self) {
                    open.extend(below.children_it(true));
                }
            }
        }
        text
    }

    /// Writes a raised or lowered word, unless it is the mark of a note.
    fn shift(&mut self, node: &NodeRef, height: Raise, page: &Page) {
        let text = self.seen(node, page);
        let word = text.trim();
        let before = format!("{}{}", self.number, self.line);
        match height {
            Raise::Down => self.line.push_str(&raised::lowered(&before, word)),
            Raise::Up if is_note_link(node) => self.walked.marks.add(node),
            Raise::Up => match raised::raised(&before, word, false) {
                Raised::Note if self.line.trim().is_empty() => self.line.extend([word, " "]),
                Raised::Note => self.walked.marks.add(node),
                Raised::Part(part) => self.line.push_str(&part),
            },
        }
    }

    fn leave(&mut self, block: bool, reason: Option<Reason>, lines: bool, quoted: Option<usize>, apart: bool) {
        if let Some(depth) = quoted {
            self.quotations = depth - 1;
            self.line.push(if self.quotations.is_multiple_of(2) { '”' } else { '’' });
        }
        if apart {
            self.line.push(' ');
        }
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
            let text = std::mem::take(&mut self.number) + text.trim_start();
            self.walked.paragraphs.push(ExtractedParagraph { text, page: 0, furniture: self.reason });
        }
    }
}

/// True for a raised word that leads to a note, or stands in brackets as marks of notes do.
fn is_note_link(node: &NodeRef) -> bool {
    let leads = |node: &NodeRef| {
        let target = node.attr("href").is_some_and(|target| target.contains('#'));
        let role = node.attr("role").is_some_and(|role| role.contains("noteref"));
        let class = node.attr("class").is_some_and(|class| class.contains("noteref") || class.contains("footnote"));
        node.has_name("a") && target || role || class
    };
    let text = node.text();
    let in_brackets = text.trim().starts_with('[') && text.trim().ends_with(']');
    in_brackets
        || leads(node)
        || node.descendants_it().any(|below| leads(&below))
        || node.ancestors_it(Some(2)).any(|above| leads(&above))
}
