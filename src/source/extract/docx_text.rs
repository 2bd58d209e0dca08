//! The words of a part of a Word text, as the reader of the accepted text sees them.
//!
//! Source: ECMA-376, part 1, 17 (`WordprocessingML`); part 3, 9 (alternate content).

use super::docx_fields::OpenFields;
use super::docx_math::Equation;
use super::docx_notes::{NoteKind, NoteName, Notes, Rules};
use super::docx_numbering::{ListPlace, Numbering};
use super::docx_sections::Sections;
use super::docx_styles::WordStyles;
use super::office::{Walker, XmlElement};
use super::office_flow::Flow;
use super::office_line::OfficeLine;
use super::office_look::{LetterLook, SeenAs};
use super::office_remarks::{OfficeRemark, Remarks};

/// Elements of which nothing is seen, beside former formats: deleted words, the properties of controls and signs.
const UNSEEN: [&str; 4] = ["w:delText", "w:delInstrText", "w:sdtEndPr", "m:ctrlPr"];

/// Elements that record a change, beside former formats.
const CHANGES: [&str; 7] = ["w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel", "w:cellMerge"];

/// True for elements that hold a former format.
fn is_former(name: &str) -> bool {
    name.starts_with("w:") && name.ends_with("Change")
}

/// Extensions that Word knows: of two forms of a drawing, it shows the first one whose extensions it knows.
const KNOWN: [&str; 16] = [
    "wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "w16cex", "w16sdtdh", "wne", "a14",
    "cx1", "am3d",
];

/// Elements that hold paragraphs of their own.
const PLACES: [&str; 7] = ["w:body", "w:tc", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote"];

/// Elements of which all words may be deleted, hidden, or nobody's.
const REGIONS: [&str; 4] = ["w:tr", "w:tc", "w:sdt", "w:txbxContent"];

/// The words of a region that are no text.
#[derive(Debug, Clone, Copy, Default)]
struct Region {
    deleted: bool,
    hidden: bool,
    placeholder: bool,
}

/// A run: letters of one look.
#[derive(Debug)]
pub(super) struct Run {
    look: LetterLook,
    style: Option<String>,
    pub(super) seen: SeenAs,
    /// Its words are the mark of a note.
    pub(super) is_mark: bool,
}

/// The element whose properties are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Nothing,
    Paragraph,
    Mark,
    Run,
    Row,
    Section,
    Control,
}

/// The properties of a paragraph.
#[derive(Debug, Default)]
pub(super) struct WordParagraph {
    style: Option<String>,
    place: ListPlace,
    /// The look that its style gives to its words.
    look: LetterLook,
    /// The look of its end, and the style of letters there.
    mark: (LetterLook, Option<String>),
    /// Its end is deleted, or it is the first letter of the next one.
    is_open_ended: bool,
}

/// A note while it is read.
pub(super) struct OpenNote {
    note: NoteName,
    pub(super) number: Option<String>,
    /// The paragraphs before it.
    before: usize,
}

/// Reads a part.
#[derive(Default)]
pub(super) struct WordWriter {
    pub(super) styles: WordStyles,
    pub(super) numbering: Numbering,
    pub(super) notes: Notes,
    pub(super) sections: Sections,
    pub(super) remarks: Remarks,
    pub(super) flow: Flow<WordParagraph>,
    pub(super) fields: OpenFields,
    pub(super) equation: Option<Equation>,
    pub(super) runs: Vec<Run>,
    pub(super) of: Vec<Of>,
    rules: Rules,
    /// For each open choice between two forms: one has been taken.
    choices: Vec<bool>,
    /// The open elements of deleted words; false for one that is a property.
    deletions: Vec<bool>,
    regions: Vec<Region>,
    pub(super) deleted: usize,
    pub(super) hidden: usize,
    pub(super) placeholders: usize,
    /// The words that are being read, and whether their outer spaces count.
    pub(super) words: Option<(String, bool)>,
    pub(super) in_code: bool,
    pub(super) note: Option<OpenNote>,
}

impl WordWriter {
    /// Takes the paragraphs of the part that has been read.
    pub(super) fn take(&mut self) -> Vec<OfficeLine> {
        if self.fields.is_code() {
            self.remarks.tell(OfficeRemark::Field);
        }
        self.fields = OpenFields::default();
        self.flow.finish();
        self.flow.take()
    }

    /// True if nothing of the element is seen.
    fn is_unseen(&mut self, element: &XmlElement) -> bool {
        match element.name() {
            "mc:Choice" => {
                let requires = element.get("Requires").unwrap_or_default();
                let is_known = requires.split_whitespace().all(|name| KNOWN.contains(&name));
                let taken = self.choices.last_mut();
                taken.is_none_or(|taken| !is_known || std::mem::replace(taken, true))
            }
            "mc:Fallback" => self.choices.last() == Some(&true),
            "w:rt" => {
                self.remarks.tell(OfficeRemark::Ruby);
                true
            }
            name @ ("w:footnote" | "w:endnote") => !self.open_note(name, element),
            name => UNSEEN.contains(&name) || is_former(name),
        }
    }

    fn start_property(&mut self, element: &XmlElement) {
        let within = self.of.last().copied();
        let next = match (element.name(), within) {
            ("w:pPr", _) => Some(Of::Paragraph),
            ("w:rPr", Some(Of::Paragraph)) => Some(Of::Mark),
            ("w:rPr", None) => Some(Of::Run),
            ("w:rPr", _) => Some(Of::Nothing),
            ("w:sectPr", _) => Some(Of::Section),
            ("w:trPr" | "w:tcPr", _) => Some(Of::Row),
            ("w:sdtPr", _) => Some(Of::Control),
            _ => None,
        };
        match within {
            Some(Of::Paragraph | Of::Mark) => self.paragraph_property(element, within),
            Some(Of::Run) => self.run_property(element),
            Some(Of::Row | Of::Control) => self.region_property(element),
            Some(Of::Section) => {
                self.sections.read(element);
                self.rules.read(element);
            }
            Some(Of::Nothing) | None => {}
        }
        self.of.extend(next);
    }

    fn paragraph_property(&mut self, element: &XmlElement, of: Option<Of>) {
        let Some(paragraph) = self.flow.paragraph().map(|paragraph| &mut paragraph.own) else { return };
        match (element.name(), of) {
            ("w:pStyle", Some(Of::Paragraph)) => paragraph.style = element.val(),
            // A large first letter is the beginning of the next paragraph.
            ("w:framePr", Some(Of::Paragraph)) => {
                paragraph.is_open_ended |= element.get("dropCap").is_some_and(|value| value != "none");
            }
            (_, Some(Of::Paragraph)) => {
                paragraph.place.read(element);
            }
            ("w:rStyle", _) => paragraph.mark.1 = element.val(),
            ("w:del" | "w:moveFrom", _) => paragraph.is_open_ended = true,
            _ => paragraph.mark.0.read_word(element),
        }
    }

    fn run_property(&mut self, element: &XmlElement) {
        let Some(run) = self.runs.last_mut() else { return };
        match element.name() {
            "w:rStyle" => run.style = element.val(),
            _ => run.look.read_word(element),
        }
    }

    fn region_property(&mut self, element: &XmlElement) {
        let Some(region) = self.regions.last_mut() else { return };
        let (flag, count) = match element.name() {
            "w:del" | "w:cellDel" => (&mut region.deleted, &mut self.deleted),
            "w:hidden" if element.is_on() => (&mut region.hidden, &mut self.hidden),
            "w:showingPlcHdr" if element.is_on() => (&mut region.placeholder, &mut self.placeholders),
            _ => return,
        };
        *count += usize::from(!std::mem::replace(flag, true));
    }

    fn end_property(&mut self, name: &str) {
        if !matches!(name, "w:pPr" | "w:rPr" | "w:sectPr" | "w:trPr" | "w:tcPr" | "w:sdtPr") {
            return;
        }
        match self.of.pop() {
            Some(Of::Paragraph) => {
                if let Some(paragraph) = self.flow.paragraph().map(|paragraph| &mut paragraph.own) {
                    paragraph.look = self.styles.paragraph(paragraph.style.as_deref());
                }
            }
            Some(Of::Run) => self.see_run(),
            Some(Of::Section) => self.notes.end_section(std::mem::take(&mut self.rules)),
            _ => {}
        }
    }

    /// Works out how the words of the open run are seen.
    fn see_run(&mut self) {
        let look = self.flow.paragraph().map(|paragraph| paragraph.own.look).unwrap_or_default();
        if let Some(run) = self.runs.last_mut() {
            run.seen = self.styles.seen(look, run.style.as_deref(), run.look);
        }
    }

    fn start_structure(&mut self, name: &str) {
        if matches!(name, "w:del" | "w:moveFrom") {
            let is_content = self.of.is_empty();
            self.deletions.push(is_content);
            self.deleted += usize::from(is_content);
        }
        if REGIONS.contains(&name) {
            let hidden = name == "w:txbxContent" && self.runs.last().is_some_and(|run| run.seen.hidden);
            self.hidden += usize::from(hidden);
            self.regions.push(Region { hidden, ..Region::default() });
        }
        if PLACES.contains(&name) {
            self.flow.open_place();
        }
        match name {
            "mc:AlternateContent" => self.choices.push(false),
            "w:tbl" => self.flow.finish(),
            "w:p" | "a:p" => {
                let own = WordParagraph { look: self.styles.paragraph(None), ..WordParagraph::default() };
                self.flow.open(own, self.deleted > 0);
            }
            "w:r" | "m:r" => {
                self.runs.push(Run {
                    look: LetterLook::default(),
                    style: None,
                    seen: SeenAs::default(),
                    is_mark: false,
                });
                self.see_run();
            }
            _ => {}
        }
    }

    fn end_structure(&mut self, name: &str) {
        match name {
            "w:del" | "w:moveFrom" => self.deleted -= usize::from(self.deletions.pop() == Some(true)),
            "mc:AlternateContent" => {
                self.choices.pop();
            }
            "w:p" | "a:p" => self.end_paragraph(),
            "w:r" | "m:r" => {
                self.runs.pop();
            }
            _ => {}
        }
        if PLACES.contains(&name) {
            self.flow.close_place();
        }
        if REGIONS.contains(&name)
            && let Some(region) = self.regions.pop()
        {
            self.deleted -= usize::from(region.deleted);
            self.hidden -= usize::from(region.hidden);
            self.placeholders -= usize::from(region.placeholder);
        }
    }

    /// Ends a paragraph: it is shown, with its number, or waits for the next one if its end is deleted or hidden.
    fn end_paragraph(&mut self) {
        self.remarks.end_example();
        let Some(paragraph) = self.flow.close() else { return };
        let (own, mut shown) = (paragraph.own, paragraph.shown);
        if own.is_open_ended {
            return self.flow.keep(shown);
        }
        let (look, style) = &own.mark;
        let end = self.styles.seen(own.look, style.as_deref(), *look);
        let is_seen = !shown.line.is_blank() || !end.hidden && self.hidden == 0;
        if is_seen && shown.number.is_none() {
            shown.number = Some(self.number(&own, end.struck));
        } else if !is_seen && self.has_number(&own) {
            self.remarks.tell(OfficeRemark::HiddenNumber);
        }
        if end.hidden { self.flow.keep(shown) } else { self.flow.show(shown) }
    }

    fn has_number(&self, paragraph: &WordParagraph) -> bool {
        let list = paragraph.place.list.clone().or_else(|| self.styles.place(paragraph.style.as_deref()).0.list);
        list.is_some_and(|list| list != "0")
    }

    /// The automatic number of a paragraph. It has the look of the end of the paragraph.
    fn number(&mut self, paragraph: &WordParagraph, is_struck: bool) -> String {
        let (styled, owner) = self.styles.place(paragraph.style.as_deref());
        let own = paragraph.place.clone();
        let by_style = owner.filter(|_| own.list.is_none() && own.level.is_none());
        let level = own.level.or(styled.level.filter(|_| own.list.is_none()));
        let place = ListPlace { list: own.list.or(styled.list), level };
        let number = self.numbering.next(&place, by_style.as_deref(), &mut self.remarks);
        if is_struck {
            self.remarks.leave_out(OfficeRemark::Struck, &number);
            self.remarks.end_example();
            return String::new();
        }
        number
    }

    /// Begins a note; false if nothing refers to it.
    fn open_note(&mut self, name: &str, element: &XmlElement) -> bool {
        let is_line = element.get("type").is_some_and(|kind| kind != "normal");
        let (Some(kind), Some(id)) = (NoteKind::of(name), element.get("id").filter(|_| !is_line)) else { return false };
        let note = (kind, id);
        let Some(number) = self.notes.number(&note).cloned() else { return false };
        let number = Some(number).filter(|number| !number.is_empty());
        self.note = Some(OpenNote { note, number, before: self.flow.count() });
        true
    }

    /// Ends a note. Programs differ on whether a note without the element for its number shows one; it gets it here.
    fn end_note(&mut self) {
        let Some(open) = self.note.take() else { return };
        let mut lines = self.flow.take_from(open.before);
        if let (Some(number), Some(first)) = (open.number, lines.first_mut()) {
            first.begin_with(&format!("{number} "));
        }
        self.notes.texts.insert(open.note, lines);
    }
}

impl Walker for WordWriter {
    fn skips(&mut self, element: &XmlElement) -> bool {
        let name = element.name();
        if CHANGES.contains(&name) || is_former(name) {
            self.remarks.tell(OfficeRemark::Changes);
        }
        self.is_unseen(element)
    }

    fn start(&mut self, element: &XmlElement) {
        self.start_property(element);
        self.start_structure(element.name());
        self.start_words(element);
    }

    fn end(&mut self, name: &str) {
        self.end_words(name);
        self.end_property(name);
        self.end_structure(name);
        if matches!(name, "w:footnote" | "w:endnote") {
            self.end_note();
        }
    }

    fn words(&mut self, words: &str) {
        if let Some((text, _)) = &mut self.words {
            text.push_str(words);
        } else if self.in_code {
            self.fields.code(words);
        }
    }

    fn is_full(&self) -> bool {
        self.flow.is_full()
    }
}
