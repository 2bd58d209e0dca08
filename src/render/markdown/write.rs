//! Writes a document as Markdown: for golden tests, for reading in a terminal and for `--format md`.
//!
//! Plain Markdown with the extensions of templates: notes, tables, definition lists, heading attributes.

use super::words::{RULE, RULE_ALONE, around, escape, hard, item, list, start_of_line};
use crate::document::events::{Event, NotePlace, ReadingOrder, Role, Tag};
use crate::document::{Class, Document};

/// The order of the words in Markdown. Only the first of several copies to sign is printed; the notes are at the end.
pub(super) const ORDER: ReadingOrder = ReadingOrder {
    notes: NotePlace::AtEnd,
    marks_in_text: true,
    each_copy: false,
    colon_after_label: true,
    items_in_cells: false,
};

/// Writes a document, with a line end.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut writer = Writer { open: vec![Frame::default()], columns: Vec::new() };
    document.events(ORDER).for_each(|event| writer.meet(event));
    let blocks = writer.open.pop().unwrap_or_default().blocks;
    blocks.join("\n\n") + "\n"
}

/// A part that has begun and not ended.
#[derive(Default)]
struct Frame {
    /// The words of a run.
    text: String,
    /// The blocks, lines or cells in it.
    blocks: Vec<String>,
    /// The items of a list, each with its blocks.
    items: Vec<Vec<String>>,
}

struct Writer {
    /// The open parts, the outermost first; there is always one.
    open: Vec<Frame>,
    /// The heads of the columns of a list to sign.
    columns: Vec<String>,
}

impl Writer {
    fn meet(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag, _) if !is_transparent(tag) => self.open.push(Frame::default()),
            Event::End(tag) if !is_transparent(tag) => {
                let frame = self.open.pop().unwrap_or_default();
                self.close(tag, frame);
            }
            Event::Text(words) => self.say(&escape(words)),
            Event::Reference(number) => self.say(&format!("[^{number}]")),
            Event::LineBreak => self.say("\\\n"),
            Event::Rule { .. } => self.add(RULE_ALONE.to_owned()),
            // The class of the heading shows it; Markdown has its notes at the end.
            Event::Start(..) | Event::End(_) | Event::NewPage | Event::CutOff => {}
        }
    }

    fn top(&mut self) -> Option<&mut Frame> {
        self.open.last_mut()
    }

    fn say(&mut self, words: &str) {
        self.top().into_iter().for_each(|frame| frame.text.push_str(words));
    }

    fn add(&mut self, block: String) {
        if let Some(frame) = self.top() {
            frame.blocks.push(block);
        }
    }

    fn close(&mut self, tag: Tag<'_>, frame: Frame) {
        let Frame { text, blocks, items } = frame;
        match tag {
            Tag::Emphasis | Tag::Work => self.say(&around("*", &text)),
            Tag::Strong => self.say(&around("**", &text)),
            Tag::Link(target) => self.say(&format!("[{text}](#{target})")),
            Tag::Item(_) => self.top().into_iter().for_each(|list| list.items.push(blocks.clone())),
            Tag::List(start) => self.list(start, items),
            Tag::Numbered(start) => self.list(Some(start), items),
            Tag::Region(role) => self.region(role, blocks),
            Tag::SigningRow(row) => self.add(row.to_string()),
            _ => self.add(composed(tag, &text, &blocks)),
        }
    }

    fn list(&mut self, start: Option<u64>, items: Vec<Vec<String>>) {
        let before = self.top().and_then(|frame| frame.blocks.last().cloned());
        self.add(list(start, items, before.as_deref()));
    }

    fn region(&mut self, role: Role, lines: Vec<String>) {
        match role {
            Role::Body | Role::ByTheLines | Role::Once => {
                self.top().into_iter().for_each(|frame| frame.blocks.extend(lines.iter().cloned()));
            }
            Role::Draft | Role::Warning => lines.iter().for_each(|words| self.add(format!("**{words}**"))),
            Role::Headline => lines.iter().for_each(|words| self.add(format!("# {words}"))),
            Role::SigningColumns => self.columns = lines,
            Role::SigningRows => self.add(signing_table(&self.columns, &lines)),
            Role::Footer => {
                self.add("---".to_owned());
                self.add(hard(lines.iter().map(|words| start_of_line(words)).collect()));
            }
            _ => self.add(hard(lines.iter().map(|words| start_of_line(words)).collect())),
        }
    }
}

/// True for a part that adds nothing itself.
fn is_transparent(tag: Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Copy(_) | Tag::Box | Tag::Petition | Tag::WithNext | Tag::WithSignature | Tag::Claim(_) | Tag::Foreign(_)
    )
}

/// A block, a line or a cell from its contents.
fn composed(tag: Tag<'_>, text: &str, blocks: &[String]) -> String {
    match tag {
        Tag::Heading { level, id, classes } => {
            let marks = "#".repeat(usize::from(level).saturating_add(1).min(6));
            format!("{marks} {}{}", flat(text), attributes(id, classes))
        }
        Tag::Paragraph => text.trim().lines().map(start_of_line).collect::<Vec<_>>().join("\n"),
        Tag::Term | Tag::HeadCell | Tag::Cell => flat(text),
        Tag::Description => item(": ", &blocks.join("\n\n")),
        Tag::Definitions => {
            let pairs = blocks.chunks(2).map(|pair| match pair {
                [term, description] => format!("{}\n{description}", start_of_line(term)),
                other => other.join("\n"),
            });
            pairs.collect::<Vec<_>>().join("\n\n")
        }
        Tag::Head => format!("{}\n|{}", row(blocks), " --- |".repeat(blocks.len())),
        Tag::Row | Tag::Passage => row(blocks),
        Tag::Table(_) | Tag::SideBySide(_) | Tag::Notes => blocks.join("\n"),
        Tag::Quotation => item("> ", &blocks.join("\n\n")).replace("\n  ", "\n> "),
        Tag::Blank => blank(blocks),
        Tag::Column { .. } => blocks.join(" ").replace("\\\n", " ").replace('\n', " "),
        Tag::Envelope(_) => match blocks.split_first() {
            Some((sender, address)) => {
                let address = address.iter().map(|line| start_of_line(line)).collect();
                format!("{}\n\n{}", start_of_line(sender), hard(address))
            }
            None => String::new(),
        },
        Tag::Note(note) => format!("[^{}]: {text}", note.number),
        _ => text.to_owned(),
    }
}

/// A blank with its label and the words filled in.
fn blank(words: &[String]) -> String {
    match words {
        [label] if label.is_empty() => RULE_ALONE.to_owned(),
        [label] => format!("{label}: {RULE}"),
        [label, filled] => format!("{label}: {filled}"),
        _ => String::new(),
    }
}

/// The lines to sign as a table.
fn signing_table(columns: &[String], rows: &[String]) -> String {
    let empty = " |".repeat(columns.len().saturating_sub(1));
    let head = [row(columns), format!("|{}", " --- |".repeat(columns.len()))];
    let rows = rows.iter().map(|number| format!("| {number} |{empty}"));
    head.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// A run on one line.
fn flat(text: &str) -> String {
    text.replace("\\\n", " ").trim().to_owned()
}

fn attributes(id: Option<&str>, classes: &[Class]) -> String {
    let id = id.map(|id| format!("#{id}"));
    let classes = classes.iter().map(|class| format!(".{}", class.name()));
    let all: Vec<String> = id.into_iter().chain(classes).collect();
    if all.is_empty() { String::new() } else { format!(" {{{}}}", all.join(" ")) }
}
