//! Word texts (ECMA-376, part 1): the paragraphs of the body, then the footnotes and endnotes. Deleted words of tracked
//! changes and hidden words are left out, inserted ones are kept: the words that a reader of the accepted text would
//! see.

use quick_xml::events::BytesStart;

use super::office::{Packed, Walker, attribute, fact, facts, walk};
use super::{Extracted, ExtractedParagraph, File, FileFormat, ImportRefusal, Made, Metadata, about};

/// The words of a DOCX file.
pub(super) fn read(file: File) -> Result<Extracted, ImportRefusal> {
    let mut packed = Packed::open(file)?;
    let mut writer = Writer::default();
    for part in ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(xml) = packed.member(part)? {
            writer
                .part(&xml)
                .ok_or_else(|| ImportRefusal::broken(file.name, &format!("is damaged: `{part}` is no XML")))?;
        }
    }
    let mut remarks = Vec::new();
    if writer.changes {
        remarks.push("it has tracked changes: inserted words are kept, deleted words left out".to_owned());
    }
    if packed.names().iter().any(|name| name.starts_with("word/comments")) {
        remarks.push("it has comments in the margin, which are left out".to_owned());
    }
    if writer.hides {
        remarks.push("it has hidden words, which are left out".to_owned());
    }
    let about = packed.member("docProps/core.xml")?.map(|xml| self::about(&xml)).unwrap_or_default();
    Ok(Extracted { format: FileFormat::Docx, paragraphs: writer.paragraphs, pages: 0, about, remarks })
}

fn about(xml: &[u8]) -> Metadata {
    let facts = facts(xml);
    let made = fact(&facts, &["dcterms:modified", "dcterms:created"]).and_then(|date| about::day(&date));
    Metadata {
        title: fact(&facts, &["dc:title"]),
        authors: fact(&facts, &["dc:creator"]).into_iter().collect(),
        date: fact(&facts, &["dcterms:issued", "dc:date"]).and_then(|date| about::day(&date)),
        made: made.map(|on| Made { on, by: "the properties of the file" }),
        language: fact(&facts, &["dc:language"]).and_then(|tag| about::language(&tag)),
        ..Metadata::default()
    }
}

/// Elements whose content is not shown: deleted and moved words, formulas of fields, the second form of a drawing.
const SILENT: [&str; 6] = ["w:del", "w:moveFrom", "w:instrText", "w:delText", "mc:Fallback", "w:delInstrText"];

#[derive(Default)]
struct Writer {
    paragraphs: Vec<ExtractedParagraph>,
    /// The open paragraphs; one in a text box lies inside another.
    open: Vec<String>,
    silent: usize,
    words: bool,
    changes: bool,
    /// The open runs; true if the words of the run are hidden.
    runs: Vec<bool>,
    hides: bool,
}

impl Writer {
    /// Adds the paragraphs of a part; `None` if it is not XML.
    fn part(&mut self, xml: &[u8]) -> Option<()> {
        walk(xml, self)
    }
}

impl Walker for Writer {
    fn words(&mut self, words: &str) {
        self.text(words);
    }

    fn start(&mut self, start: &BytesStart) {
        let name = start.name();
        let name = name.as_ref();
        if SILENT.contains(&name) {
            self.silent += 1;
        }
        self.changes |= matches!(name, "w:del" | "w:ins" | "w:moveFrom");
        match name {
            "w:p" => self.open.push(String::new()),
            "w:r" => self.runs.push(false),
            "w:vanish" => self.hide(start),
            "w:t" => self.words = true,
            "w:tab" | "w:br" | "w:cr" => self.push(" "),
            "w:noBreakHyphen" => self.push("\u{2011}"),
            "w:softHyphen" => self.push("\u{ad}"),
            "w:footnoteReference" | "w:endnoteReference" => {
                self.push(&format!(" [{}] ", attribute(start, "w:id").unwrap_or_default()));
            }
            "w:footnote" | "w:endnote" if attribute(start, "w:type").is_none() => self.open_note(start),
            _ => {}
        }
    }

    /// Ends an element. A note begins with its number, as in the text.
    fn end(&mut self, name: &str) {
        if SILENT.contains(&name) {
            self.silent = self.silent.saturating_sub(1);
        }
        match name {
            "w:p" => {
                let text = self.open.pop().unwrap_or_default();
                // The first paragraph of a note takes the pending number.
                let number = self.open.last_mut().filter(|open| open.starts_with('[') && open.ends_with("] "));
                let number = number.filter(|open| !open.trim_start_matches('[').contains('['));
                let text =
                    if text.trim().is_empty() { text } else { number.map(std::mem::take).unwrap_or_default() + &text };
                self.paragraphs.push(ExtractedParagraph { text, ..ExtractedParagraph::default() });
            }
            "w:r" => {
                self.runs.pop();
            }
            "w:footnote" | "w:endnote" => self.open.clear(),
            "w:t" => self.words = false,
            _ => {}
        }
    }
}

impl Writer {
    fn open_note(&mut self, start: &BytesStart) {
        let number = attribute(start, "w:id").unwrap_or_default();
        self.open.push(format!("[{number}] "));
    }

    /// Hides the words of this run, unless its value says otherwise. Outside a run only the paragraph mark is hidden.
    fn hide(&mut self, start: &BytesStart) {
        let shown = attribute(start, "w:val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"));
        if let Some(run) = self.runs.last_mut().filter(|_| !shown) {
            *run = true;
            self.hides = true;
        }
    }

    fn text(&mut self, words: &str) {
        if self.words {
            self.push(words);
        }
    }

    fn push(&mut self, words: &str) {
        if self.silent == 0
            && !self.runs.contains(&true)
            && let Some(open) = self.open.last_mut()
        {
            open.push_str(words);
        }
    }
}
