//! The words of a part of an ODT text, as the reader of the accepted text sees them.
//!
//! Source: OASIS Open Document Format 1.3, part 3, 5 (paragraphs, lists), 5.5 (changes), 6 (inline elements), 7 (fields).

use super::odt_lists::Lists;
use super::odt_styles::OdtStyles;
use super::office::{Walker, XmlElement};
use super::office_flow::Flow;
use super::office_line::OfficeLine;
use super::office_look::{LetterLook, SeenAs};
use super::office_remarks::{OfficeRemark, Remarks};

/// Elements of which nothing is seen. Numbers that are written down (`text:number`) are for programs that cannot count.
const UNSEEN: [&str; 10] = [
    "text:tracked-changes",
    "office:annotation",
    "office:forms",
    "office:event-listeners",
    "svg:desc",
    "svg:title",
    "text:number",
    "text:script",
    "text:ruby-text",
    "table:covered-table-cell",
];

/// Elements that stand for something that is not words.
const PICTURES: [&str; 5] = ["draw:image", "draw:object", "draw:object-ole", "draw:plugin", "draw:control"];

/// Elements that hold paragraphs of their own inside a paragraph.
const PLACES: [&str; 2] = ["draw:text-box", "text:note-body"];

/// An open element: whether its own words are text, and whether they are seen.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    has_words: bool,
    hidden: bool,
    placeholder: bool,
}

/// The properties of a paragraph.
#[derive(Debug, Default)]
pub(super) struct OdtParagraph {
    style: String,
    /// The level of a heading, and the number with which it begins anew.
    heading: Option<(usize, Option<u32>)>,
    is_hidden: bool,
}

/// The heads and feet of a sequence of pages.
#[derive(Debug, Default)]
struct Pages {
    name: String,
    next: Option<String>,
    heads: Vec<(&'static str, Vec<OfficeLine>)>,
}

/// A note while it is read, with the text around it.
struct OpenNote {
    is_end: bool,
    mark: String,
    around: Flow<OdtParagraph>,
}

/// Reads a part.
#[derive(Default)]
pub(super) struct OdtWriter {
    pub(super) remarks: Remarks,
    styles: OdtStyles,
    lists: Lists,
    flow: Flow<OdtParagraph>,
    open: Vec<Open>,
    looks: Vec<LetterLook>,
    notes: Vec<OpenNote>,
    in_mark: bool,
    foot: Vec<OfficeLine>,
    end: Vec<OfficeLine>,
    pages: Vec<Pages>,
}

impl OdtWriter {
    /// Takes the paragraphs of the text: its own, then the footnotes, then the endnotes.
    pub(super) fn take(&mut self) -> Vec<OfficeLine> {
        let mut lines = self.flow.take();
        lines.append(&mut self.foot);
        lines.append(&mut self.end);
        lines
    }

    /// Takes the heads and feet of the pages that the text uses.
    pub(super) fn take_heads(&mut self) -> Vec<(&'static str, Vec<OfficeLine>)> {
        let pages = std::mem::take(&mut self.pages);
        let mut used = self.styles.pages.clone();
        used.extend(
            pages.iter().find(|pages| pages.name == "Standard").or(pages.first()).map(|pages| pages.name.clone()),
        );
        // Each sequence of pages may lead to another one, which then is used as well.
        for _ in 0..pages.len().min(used.len() + 8) {
            let next = pages.iter().filter(|pages| used.contains(&pages.name)).filter_map(|pages| pages.next.clone());
            let next: Vec<String> = next.collect();
            used.extend(next);
        }
        pages.into_iter().filter(|pages| used.contains(&pages.name)).flat_map(|pages| pages.heads).collect()
    }

    /// True if nothing of the element is seen.
    fn is_unseen(&mut self, element: &XmlElement) -> bool {
        let name = element.name();
        let told = match name {
            "office:annotation" => Some(OfficeRemark::Comments),
            "text:ruby-text" => Some(OfficeRemark::Ruby),
            "text:change" | "text:change-start" => Some(OfficeRemark::Changes),
            _ => None,
        };
        if let Some(told) = told {
            self.remarks.tell(told);
        }
        let is_template = name.starts_with("text:") && name.ends_with("-source");
        let is_off = name.starts_with("style:") && element.is("display", "false");
        UNSEEN.contains(&name) || is_template || is_off
    }

    /// Whether the words of an element are text, and whether they are seen.
    fn open_element(&mut self, element: &XmlElement) {
        let name = element.name();
        let is = |attribute: &str, wanted: &str| element.is(attribute, wanted);
        let outer = self.open.last().copied().unwrap_or_default();
        let has_words = match name {
            "text:p" | "text:h" => true,
            "text:note" | "text:note-body" | "text:list" | "text:list-item" | "text:section" => false,
            _ => outer.has_words && !["draw:", "table:", "office:"].iter().any(|prefix| name.starts_with(prefix)),
        };
        let is_text = name.starts_with("text:");
        let is_off = is_text && (is("display", "none") || is("is-hidden", "true") && name != "text:hidden-paragraph");
        let is_row_off = name == "table:table-row" && (is("visibility", "collapse") || is("visibility", "filter"));
        let in_hidden = PLACES.contains(&name) && self.seen().hidden;
        let placeholder = name == "text:placeholder" || is("showing-place-holder", "true");
        self.open.push(Open {
            has_words,
            hidden: outer.hidden || is_off || is_row_off || in_hidden,
            placeholder: outer.placeholder || placeholder,
        });
        if name == "text:hidden-text" && is_off {
            self.remarks.leave_out(OfficeRemark::Hidden, &element.get("string-value").unwrap_or_default());
            self.remarks.end_example();
        }
    }

    fn look(&self) -> LetterLook {
        self.looks.last().copied().unwrap_or_default()
    }

    fn seen(&self) -> SeenAs {
        self.look().seen()
    }

    fn start_text(&mut self, element: &XmlElement) {
        let style = || element.get("style-name").unwrap_or_default();
        match element.name() {
            "text:p" | "text:h" => self.open_paragraph(element),
            "text:span" | "text:a" => {
                let look = self.styles.look("text", &style()).over(self.look());
                self.looks.push(look);
            }
            "text:s" | "text:tab" | "text:line-break" => self.say(" "),
            "text:hidden-paragraph" if element.is("is-hidden", "true") => {
                if let Some(paragraph) = self.flow.paragraph() {
                    paragraph.own.is_hidden = true;
                }
            }
            "text:date" | "text:time" if !element.is("fixed", "true") => {
                self.remarks.tell(OfficeRemark::Today);
            }
            "text:list" => self.lists.open_list(element),
            "text:list-item" | "text:list-header" => self.lists.open_item(element),
            name if PICTURES.contains(&name) && !self.is_hidden() => self.remarks.tell(OfficeRemark::Pictures),
            _ => {}
        }
    }

    fn open_paragraph(&mut self, element: &XmlElement) {
        let style = element.get("style-name").unwrap_or_default();
        let is_bare = element.is("is-list-header", "true");
        let outline = if element.name() == "text:h" {
            Some(element.parsed("outline-level").unwrap_or(1))
        } else {
            self.styles.outline(&style)
        };
        let restarts = element.is("restart-numbering", "true");
        let start = element.parsed("start-value").or(restarts.then_some(1));
        let heading = outline.filter(|_| !is_bare).map(|level| (level, start));
        self.looks.push(self.styles.look("paragraph", &style));
        self.flow.open(OdtParagraph { style, heading, is_hidden: false }, false);
    }

    fn close_paragraph(&mut self) {
        self.remarks.end_example();
        self.looks.pop();
        let Some(paragraph) = self.flow.close() else { return };
        let (own, mut shown) = (paragraph.own, paragraph.shown);
        let style = self.styles.look("paragraph", &own.style).seen();
        if own.is_hidden {
            let words = shown.hide();
            self.remarks.leave_out(OfficeRemark::Hidden, &words);
            self.remarks.end_example();
        }
        let is_hidden = own.is_hidden || self.is_hidden() || style.hidden;
        // A hidden paragraph is counted; its number is not seen.
        let number = self.number(&own);
        let is_seen = (!is_hidden || !shown.line.is_blank()) && !style.struck;
        shown.number = Some(number).filter(|_| is_seen);
        self.flow.show(shown);
    }

    fn number(&mut self, paragraph: &OdtParagraph) -> String {
        let list = self.styles.list(&paragraph.style);
        if self.lists.is_item() {
            return self.lists.item(list, &mut self.remarks);
        }
        match paragraph.heading {
            Some((level, start)) if list != Some("") && !self.lists.is_open() => {
                self.lists.heading(level, start, &mut self.remarks)
            }
            _ => String::new(),
        }
    }

    fn is_hidden(&self) -> bool {
        self.open.last().is_some_and(|open| open.hidden)
    }

    /// Adds words, or tells why they are left out.
    fn say(&mut self, words: &str) {
        let (open, seen) = (self.open.last().copied().unwrap_or_default(), self.seen());
        let left_out = if open.placeholder {
            Some(OfficeRemark::Placeholder)
        } else if open.hidden || seen.hidden {
            Some(OfficeRemark::Hidden)
        } else {
            seen.struck.then_some(OfficeRemark::Struck)
        };
        if let Some(why) = left_out {
            return self.remarks.leave_out(why, words);
        }
        self.remarks.end_example();
        let text = self.remarks.in_font(words, seen.font);
        self.flow.push(seen.height, &text);
    }

    fn start_note(&mut self, element: &XmlElement) {
        match element.name() {
            "text:note" => {
                let is_end = element.is("note-class", "endnote");
                self.notes.push(OpenNote { is_end, mark: String::new(), around: Flow::default() });
            }
            "text:note-citation" => self.in_mark = true,
            name if PLACES.contains(&name) => {
                self.lists.open_place();
                if let Some(note) = self.notes.last_mut().filter(|_| name == "text:note-body") {
                    std::mem::swap(&mut note.around, &mut self.flow);
                }
            }
            _ => {}
        }
    }

    fn end_note(&mut self, name: &str) {
        match name {
            "text:note-citation" => self.in_mark = false,
            "text:note-body" => {
                self.lists.close_place();
                let Some(note) = self.notes.last_mut() else { return };
                let mut lines = self.flow.take();
                note.around.size += self.flow.size;
                std::mem::swap(&mut note.around, &mut self.flow);
                if let Some(first) = lines.first_mut() {
                    first.begin_with(&format!("{} ", note.mark.trim()));
                }
                if note.is_end { self.end.append(&mut lines) } else { self.foot.append(&mut lines) }
            }
            "text:note" => {
                self.notes.pop();
            }
            "draw:text-box" => self.lists.close_place(),
            _ => {}
        }
    }

    fn start_pages(&mut self, element: &XmlElement) {
        if element.name() == "style:master-page" {
            let name = element.get("name").unwrap_or_default();
            self.pages.push(Pages { name, next: element.get("next-style-name"), heads: Vec::new() });
        }
    }

    fn end_pages(&mut self, name: &str) {
        let reason = if name.starts_with("style:header") && !name.ends_with("style") {
            "head of the page"
        } else if name.starts_with("style:footer") && !name.ends_with("style") {
            "foot of the page"
        } else {
            return;
        };
        let lines = self.flow.take();
        if let Some(pages) = self.pages.last_mut() {
            pages.heads.push((reason, lines));
        }
    }
}

impl Walker for OdtWriter {
    fn skips(&mut self, element: &XmlElement) -> bool {
        self.is_unseen(element)
    }

    fn start(&mut self, element: &XmlElement) {
        self.styles.start(element);
        self.lists.define(element);
        self.start_pages(element);
        self.start_note(element);
        self.open_element(element);
        self.start_text(element);
    }

    fn end(&mut self, name: &str) {
        match name {
            "text:p" | "text:h" => self.close_paragraph(),
            "text:span" | "text:a" => {
                self.looks.pop();
            }
            "text:list" => self.lists.close_list(),
            _ => {}
        }
        self.open.pop();
        self.styles.end(name);
        self.end_note(name);
        self.end_pages(name);
    }

    fn words(&mut self, words: &str) {
        if self.in_mark {
            if let Some(note) = self.notes.last_mut() {
                note.mark.push_str(words);
            }
        } else if self.open.last().is_some_and(|open| open.has_words) {
            self.say(words);
        }
    }

    fn is_full(&self) -> bool {
        self.flow.is_full()
    }
}
