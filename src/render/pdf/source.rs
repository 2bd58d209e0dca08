//! The Typst text of one document: calls of the layout's functions, each string escaped by Typst itself.

use std::collections::BTreeMap;

use super::bind::{bind, pieces};
use super::fonts::Fonts;
use super::generated::Generated;
use super::literal::{family, literal, region, setting};
use super::world::{ATTACHMENTS, LAYOUTS};
use crate::document::events::{Event, ReadingOrder, Role, Tag};
use crate::document::{Attachment, Document, Language, Origin, Relationship};

/// Writes the text for one document.
///
/// `squeeze` is the number of steps by which the text is made smaller, from 0; below 0 it is made larger.
pub(super) fn generate(document: &Document, fonts: &Fonts, squeeze: i8) -> Generated {
    let mut writer =
        Writer { document, out: vec![Generated::default()], open: Vec::new(), regions: BTreeMap::new(), copy: 0 };
    writer.head(fonts, squeeze);
    let events: Vec<Event> = document.events(ReadingOrder::PAGES).collect();
    for (at, event) in events.iter().enumerate() {
        writer.meet(*event, events.get(at + 1));
    }
    writer.end();
    writer.out.pop().unwrap_or_default()
}

/// A part that has begun and not ended.
#[derive(Clone, Copy)]
struct Open<'a> {
    tag: Tag<'a>,
    origin: Option<&'a Origin>,
    /// The byte at which its call begins.
    start: usize,
    /// The byte at which its contents begin.
    inner: usize,
}

struct Writer<'a> {
    document: &'a Document,
    /// The texts being written: the last is the present region, those before it continue after it. There is always one.
    out: Vec<Generated>,
    /// All parts that have begun and not ended, the outermost first.
    open: Vec<Open<'a>>,
    /// The finished regions of the present copy.
    regions: BTreeMap<Role, Generated>,
    /// The present copy, from 0, if people sign.
    copy: usize,
}

impl<'a> Writer<'a> {
    fn head(&mut self, fonts: &Fonts, squeeze: i8) {
        let document = self.document;
        let layout = format!("{LAYOUTS}{}/layout.typ", document.layout);
        self.push(&format!("#import {}: *\n", literal(&layout)));
        // The last import, so that a layout cannot replace the frame by one without the draft mark.
        self.push(&format!("#import {}: frame\n", literal(&format!("{LAYOUTS}common.typ"))));
        self.push(&format!("#let setting = {}\n", setting(document, squeeze)));
        for attachment in &document.attachments {
            self.attach(attachment);
        }
        self.push("#frame(\nlook,\nsetting: setting,\n");
        let families: String = fonts.families().iter().map(|one| family(one) + ",").collect();
        self.push(&format!("families: ({families}),\n"));
        self.push(&format!("language: {},\n", literal(&document.language.code)));
        self.push(&format!("region: {},\n", region(&document.language.region)));
        self.push("draft: ");
        match &document.parts.draft {
            Some(words) => self.words(words),
            None => self.push("none"),
        }
        self.push(",\nfooter: (");
        for words in &document.parts.footer {
            self.words(words);
            self.push(",\n");
        }
        self.push("),\n{\n");
    }

    fn attach(&mut self, attachment: &Attachment) {
        let relationship = match attachment.relationship {
            Relationship::Data => "data",
            Relationship::Supplement => "supplement",
        };
        let [name, mime, description] =
            [&attachment.name, &attachment.mime, &attachment.description].map(|words| literal(words));
        let data = literal(&format!("{ATTACHMENTS}{}", attachment.name));
        self.push(&format!(
            "#pdf.attach({name}, read({data}, encoding: none), relationship: \"{relationship}\", mime-type: {mime}, \
             description: {description})\n"
        ));
    }

    /// The part that is printed once after all copies, and the end.
    fn end(&mut self) {
        if let Some(once) = self.regions.remove(&Role::Once) {
            self.push("closing(\nsetting: setting,\n");
            self.one("cover", Role::Cover);
            self.push("{\n");
            self.append(once);
            self.push("[]\n},\n)\n");
        }
        self.push("},\n)\n");
    }

    fn meet(&mut self, event: Event<'a>, next: Option<&Event<'a>>) {
        match event {
            Event::Start(tag, origin) => {
                let start = self.here();
                self.start(tag, next);
                self.open.push(Open { tag, origin, start, inner: self.here() });
            }
            Event::End(tag) => {
                let Some(open) = self.open.pop() else { return };
                self.close(tag, open, next);
                if let (Some(origin), Some(out)) = (open.origin, self.out.last_mut()) {
                    out.remember(open.start, origin);
                }
            }
            Event::Text(words) => self.text(words),
            Event::Reference(number) => self.reference(number, next),
            // The space separates the words for programs that read the file without its lines.
            Event::LineBreak => self.push("text(\" \")\nlinebreak()\n"),
            Event::Rule { beside } => self.push(if beside { "rest-of-line()" } else { "ruled()\n" }),
            Event::NewPage => self.push("new-page()\n"),
            Event::CutOff => self.push("cut-off()\n"),
        }
    }

    fn start(&mut self, tag: Tag<'a>, next: Option<&Event<'a>>) {
        let call = match tag {
            Tag::Copy(copy) => {
                self.copy = copy;
                if copy > 0 { "apart()\n" } else { "" }
            }
            Tag::Region(_) => return self.out.push(Generated::default()),
            Tag::Line if self.is_printed() => "printed(",
            Tag::Blank => "blank(",
            Tag::Label if matches!(next, Some(Event::Text(""))) => "none",
            Tag::Heading { level, id, .. } => {
                let target = id.map_or_else(|| "none".to_owned(), |id| self.target(id));
                return self.push(&format!("section({level}, {target}, {{\n"));
            }
            // The first paragraph of a description is beside its term, not under it.
            Tag::Paragraph if self.is_first_of_description(self.here()) => "{\n",
            Tag::Paragraph => "paragraph({\n",
            Tag::List(None) => "bullets(",
            Tag::List(Some(start)) => return self.push(&format!("steps({start}, ")),
            Tag::Numbered(start) => return self.push(&format!("numbered({start},\n")),
            Tag::Definitions => "fields(",
            Tag::Term => "({\n",
            Tag::Description if matches!(next, Some(Event::Rule { beside: true })) => "",
            Tag::Table(columns) => return self.push(&format!("chart({columns}, (")),
            Tag::Quotation => "quotation({\n",
            Tag::SideBySide(_) => "side-by-side(",
            Tag::Passage => "(",
            Tag::Envelope(_) => "envelope-face(",
            Tag::Box => "boxed({\n",
            Tag::Petition => "petition({\n",
            Tag::WithNext => "lead({\n",
            Tag::WithSignature => "last({\n",
            Tag::Notes => return self.push(&format!("endnotes({},\n", self.copy)),
            Tag::Note(note) => {
                let call = if self.is_in_list_of_notes() { "" } else { "note" };
                return self.push(&format!("{call}({}, {{\n", note.number));
            }
            Tag::Emphasis => "emph({\n",
            Tag::Strong => "strong({\n",
            Tag::Link(target) => return self.push(&format!("link(label({}), {{\n", self.target(target))),
            Tag::Foreign(language) => {
                let (call, inner) = (place(language), if self.is_in_note() { "" } else { "{\n" });
                return self.push(&format!("foreign({call}, {inner}"));
            }
            Tag::Work => "work(",
            Tag::Item(_) | Tag::Description | Tag::HeadCell | Tag::Cell | Tag::Column { .. } => "{\n",
            _ => "",
        };
        self.push(call);
    }

    fn close(&mut self, tag: Tag<'a>, open: Open<'a>, next: Option<&Event<'a>>) {
        let end = match tag {
            Tag::Copy(_) => return self.sheet(),
            Tag::Region(role) => {
                let region = self.out.pop().unwrap_or_default();
                self.regions.insert(role, region);
                return;
            }
            // The description contains nothing but a rule.
            Tag::Description if open.inner == open.start => "),\n",
            Tag::Line if self.is_printed() => "),\n",
            Tag::Line | Tag::ColumnHead => ",\n",
            Tag::Label if matches!(next, Some(Event::Start(Tag::Filled, _))) => ", ",
            Tag::Label => ", none",
            Tag::Head => return self.after_head(),
            Tag::EnvelopeSender => return self.envelope_sender(),
            Tag::Paragraph if self.is_first_of_description(open.start) => "[]\n}\n",
            Tag::Note(_) if self.is_in_list_of_notes() => "[]\n}),\n",
            Tag::Foreign(_) if self.is_in_note() => ")\n",
            Tag::Description => "[]\n}),\n",
            Tag::Term => "[]\n}, ",
            Tag::Blank | Tag::Passage => "),\n",
            Tag::Box | Tag::Petition | Tag::WithNext | Tag::WithSignature => "})\n",
            Tag::Item(_) | Tag::HeadCell | Tag::Cell | Tag::Column { .. } => "[]\n},\n",
            Tag::List(_)
            | Tag::Numbered(_)
            | Tag::Definitions
            | Tag::Table(_)
            | Tag::SideBySide(_)
            | Tag::Envelope(_)
            | Tag::Notes
            | Tag::Work => ")\n",
            Tag::Heading { .. }
            | Tag::Paragraph
            | Tag::Quotation
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Link(_)
            | Tag::Foreign(_)
            | Tag::Note(_) => "[]\n})\n",
            _ => "",
        };
        self.push(end);
    }

    /// One copy: the regions as arguments of a call.
    fn sheet(&mut self) {
        self.push("sheet(\nsetting: setting,\n");
        if let Some(signing) = &self.document.parts.signing {
            self.push("signing: (\n");
            self.one("mark", Role::CopyMark);
            self.one("warning", Role::Warning);
            self.many("columns", Role::SigningColumns);
            self.push(&format!("rows: {},\n", signing.rows));
            self.many("fields", Role::SigningFields);
            self.push("),\n");
        }
        self.many("letterhead", Role::Letterhead);
        self.many("sender", Role::Sender);
        self.one("return-line", Role::ReturnLine);
        self.many("recipient", Role::Recipient);
        self.one("date", Role::Date);
        self.one("headline", Role::Headline);
        self.many("signature", Role::Signature);
        self.many("enclosures", Role::Enclosures);
        if let Some(by_the_lines) = self.regions.remove(&Role::ByTheLines) {
            self.push("by-the-lines: {\n");
            self.append(by_the_lines);
            self.push("[]\n},\n");
        }
        self.push("{\n");
        let body = self.regions.remove(&Role::Body).unwrap_or_default();
        self.append(body);
        self.push("[]\n},\n)\n");
    }

    /// A region of one line, which ends with a comma.
    fn one(&mut self, name: &str, role: Role) {
        self.push(&format!("{name}: "));
        match self.regions.remove(&role) {
            Some(region) => self.append(region),
            None => self.push("none,\n"),
        }
    }

    /// A region of lines, each of which ends with a comma.
    fn many(&mut self, name: &str, role: Role) {
        self.push(&format!("{name}: ("));
        let region = self.regions.remove(&role).unwrap_or_default();
        self.append(region);
        self.push("),\n");
    }

    /// Adds the language of the left column after the heads of a text in two languages.
    fn after_head(&mut self) {
        match self.open.last().map(|open| open.tag) {
            Some(Tag::SideBySide(beside)) => self.push(&format!("{}, ", place(&beside.language))),
            _ => self.push("), "),
        }
    }

    /// Adds the language of the address after the sender.
    fn envelope_sender(&mut self) {
        if let Some(Tag::Envelope(language)) = self.open.last().map(|open| open.tag) {
            self.push(&format!(", {}, ", place(language)));
        }
    }

    /// The note itself at its first reference, only its number afterwards.
    fn reference(&mut self, number: usize, next: Option<&Event<'a>>) {
        if self.document.notes_together() {
            self.push(&format!("pointer({number}, {})\n", self.copy));
        } else if !matches!(next, Some(Event::Start(Tag::Note(_), _))) {
            self.push(&format!("again({number})\n"));
        }
    }

    fn text(&mut self, words: &str) {
        if self.is_in_note() {
            self.words(words);
            return self.push(if self.is_in_work() { "" } else { "\n" });
        }
        match self.open.iter().rev().map(|open| open.tag).find(|tag| tag.is_run()) {
            Some(Tag::Label) if words.is_empty() => {}
            Some(Tag::Line | Tag::Label | Tag::Filled | Tag::ColumnHead | Tag::EnvelopeSender) => self.words(words),
            _ => self.prose(words),
        }
    }

    fn bound(&self, words: &str) -> String {
        bind(words, &self.document.names, &self.document.before_numbers)
    }

    /// Words as an element, because a bare string loses its place in messages.
    fn words(&mut self, words: &str) {
        self.push("text(");
        self.push(&literal(&self.bound(words)));
        self.push(")");
    }

    /// Running text. Each name is an element of its own, so that it is never hyphenated.
    fn prose(&mut self, words: &str) {
        let bound = self.bound(words);
        for (words, is_name) in pieces(&bound) {
            self.push(if is_name { "whole(" } else { "text(" });
            self.push(&literal(words));
            self.push(")\n");
        }
    }

    /// The label of a heading. The prefix separates it from the labels of notes and of other copies.
    fn target(&self, id: &str) -> String {
        literal(&if self.copy == 0 { format!("heading-{id}") } else { format!("heading-{id}-{}", self.copy) })
    }

    /// True if the lines of the open region are calls; else they are only words.
    fn is_printed(&self) -> bool {
        self.open.iter().any(|open| {
            matches!(
                open.tag,
                Tag::Envelope(_)
                    | Tag::Region(
                        Role::Letterhead
                            | Role::Sender
                            | Role::ReturnLine
                            | Role::Recipient
                            | Role::Date
                            | Role::SigningFields
                            | Role::Signature
                    )
            )
        })
    }

    fn is_in_note(&self) -> bool {
        self.open.iter().any(|open| matches!(open.tag, Tag::Note(_)))
    }

    fn is_in_work(&self) -> bool {
        matches!(self.open.last().map(|open| open.tag), Some(Tag::Work | Tag::Foreign(_)))
    }

    fn is_in_list_of_notes(&self) -> bool {
        self.open.iter().any(|open| open.tag == Tag::Notes)
    }

    fn is_first_of_description(&self, at: usize) -> bool {
        self.open.last().is_some_and(|open| open.tag == Tag::Description && open.inner == at)
    }

    fn here(&self) -> usize {
        self.out.last().map_or(0, |out| out.text.len())
    }

    fn push(&mut self, typst: &str) {
        self.out.last_mut().into_iter().for_each(|out| out.push(typst));
    }

    fn append(&mut self, other: Generated) {
        if let Some(out) = self.out.last_mut() {
            out.append(other);
        }
    }
}

/// A language and its region as arguments.
fn place(language: &Language) -> String {
    format!("{}, {}", literal(&language.code), region(&language.region))
}
