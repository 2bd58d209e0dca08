//! `LibreOffice` texts (ISO 26300): paragraphs and headings of the body, then the notes. Deleted words of tracked
//! changes, comments in the margin and hidden words are left out.

use std::collections::BTreeSet;

use quick_xml::events::BytesStart;

use super::office::{Packed, Walker, attribute, fact, facts, walk};
use super::{Extracted, ExtractedParagraph, File, FileFormat, ImportRefusal, Made, Metadata, about};

/// The words of an ODT file.
pub(super) fn read(file: File) -> Result<Extracted, ImportRefusal> {
    let mut packed = Packed::open(file)?;
    let manifest = packed.member("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.windows(b"encryption-data".len()).any(|window| window == b"encryption-data") {
        return Err(ImportRefusal::encrypted(file.name));
    }
    let mut writer = Writer::default();
    let content = packed.member("content.xml")?.unwrap_or_default();
    writer.part(&content).ok_or_else(|| ImportRefusal::broken(file.name, "is damaged: `content.xml` is no XML"))?;
    writer.paragraphs.append(&mut writer.notes);
    let mut remarks = Vec::new();
    if writer.changes {
        remarks.push("it has tracked changes: inserted words are kept, deleted words left out".to_owned());
    }
    if writer.comments {
        remarks.push("it has comments in the margin, which are left out".to_owned());
    }
    if writer.hides {
        remarks.push("it has hidden words, which are left out".to_owned());
    }
    let about = packed.member("meta.xml")?.map(|xml| self::about(&xml)).unwrap_or_default();
    Ok(Extracted { format: FileFormat::Odt, paragraphs: writer.paragraphs, pages: 0, about, remarks })
}

fn about(xml: &[u8]) -> Metadata {
    let facts = facts(xml);
    let made = fact(&facts, &["dc:date", "meta:creation-date"]).and_then(|date| about::day(&date));
    Metadata {
        title: fact(&facts, &["dc:title"]),
        authors: fact(&facts, &["meta:initial-creator", "dc:creator"]).into_iter().collect(),
        made: made.map(|on| Made { on, by: "the properties of the file" }),
        language: fact(&facts, &["dc:language"]).and_then(|tag| about::language(&tag)),
        ..Metadata::default()
    }
}

/// Elements whose content is not part of the text.
const SILENT: [&str; 4] = ["text:tracked-changes", "office:annotation", "office:forms", "svg:desc"];

/// Elements that can be hidden: sections directly, the others by their style.
const HIDEABLE: [&str; 4] = ["text:p", "text:h", "text:span", "text:section"];

/// True if a section or a style hides its words.
fn is_none(start: &BytesStart) -> bool {
    attribute(start, "text:display").is_some_and(|value| value == "none")
}

#[derive(Default)]
struct Writer {
    paragraphs: Vec<ExtractedParagraph>,
    notes: Vec<ExtractedParagraph>,
    open: Vec<String>,
    /// The number of the open note, until its first paragraph has taken it.
    number: Option<String>,
    in_note: bool,
    in_number: bool,
    silent: usize,
    changes: bool,
    comments: bool,
    /// The style that is being defined.
    style: String,
    /// Styles that hide their words.
    hidden_styles: BTreeSet<String>,
    /// The open elements that can be hidden; true if the words of the element are hidden.
    hidden: Vec<bool>,
    hides: bool,
}

impl Writer {
    fn part(&mut self, xml: &[u8]) -> Option<()> {
        walk(xml, self)
    }
}

impl Walker for Writer {
    fn words(&mut self, words: &str) {
        self.push(words);
    }

    fn start(&mut self, start: &BytesStart) {
        let name = start.name();
        let name = name.as_ref();
        self.changes |= name == "text:tracked-changes";
        self.comments |= name == "office:annotation";
        if SILENT.contains(&name) {
            self.silent += 1;
        }
        if HIDEABLE.contains(&name) {
            self.open_hideable(start);
        }
        match name {
            "style:style" => self.style = attribute(start, "style:name").unwrap_or_default(),
            "style:text-properties" if is_none(start) => {
                self.hidden_styles.insert(self.style.clone());
            }
            "text:p" | "text:h" => self.open.push(self.number.take().unwrap_or_default()),
            "text:tab" | "text:line-break" | "text:s" => self.push(" "),
            "text:note-citation" => {
                self.push(" [");
                self.in_number = true;
                self.number = Some(String::new());
            }
            "text:note-body" => self.in_note = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if SILENT.contains(&name) {
            self.silent = self.silent.saturating_sub(1);
        }
        match name {
            "text:p" | "text:h" => {
                let text = self.open.pop().unwrap_or_default();
                let list = if self.in_note { &mut self.notes } else { &mut self.paragraphs };
                if self.silent == 0 {
                    list.push(ExtractedParagraph { text, ..ExtractedParagraph::default() });
                }
            }
            "text:note-citation" => {
                self.in_number = false;
                self.push("] ");
                self.number = self.number.take().map(|number| format!("[{number}] "));
            }
            "text:note-body" => self.in_note = false,
            _ => {}
        }
        if HIDEABLE.contains(&name) {
            self.hidden.pop();
        }
    }
}

impl Writer {
    fn open_hideable(&mut self, start: &BytesStart) {
        let style = attribute(start, "text:style-name");
        let hidden = is_none(start) || style.is_some_and(|style| self.hidden_styles.contains(&style));
        self.hides |= hidden;
        self.hidden.push(hidden);
    }

    fn push(&mut self, words: &str) {
        if self.silent > 0 || self.hidden.contains(&true) {
            return;
        }
        if self.in_number
            && let Some(number) = &mut self.number
        {
            number.push_str(words);
        }
        if let Some(open) = self.open.last_mut() {
            open.push_str(words);
        }
    }
}
