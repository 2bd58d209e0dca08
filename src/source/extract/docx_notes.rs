//! Footnotes and endnotes of a Word text: which are referred to, and with which numbers.
//!
//! Source: ECMA-376, part 1, 17.11 (footnotes and endnotes).

use std::collections::HashMap;

use super::list_numbers::written;
use super::office::{Walker, XmlElement};
use super::office_line::OfficeLine;
use super::office_remarks::{OfficeRemark, Remarks};

/// The two kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Foot,
    End,
}

impl NoteKind {
    /// The kind that an element of this name belongs to.
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "w:footnote" | "w:footnoteReference" | "w:footnotePr" => Some(Self::Foot),
            "w:endnote" | "w:endnoteReference" | "w:endnotePr" => Some(Self::End),
            _ => None,
        }
    }
}

/// A note, by its kind and its name in the file.
pub(super) type NoteName = (NoteKind, String);

/// How notes are numbered, as far as it is given.
#[derive(Debug, Clone, Default)]
struct Rule {
    form: Option<String>,
    start: Option<u32>,
    restart: Option<String>,
}

impl Rule {
    fn written(&self, number: u32, kind: NoteKind, remarks: &mut Remarks) -> String {
        let usual = if kind == NoteKind::End { "lowerRoman" } else { "decimal" };
        let form = self.form.as_deref().unwrap_or(usual);
        written(form, number).unwrap_or_else(|| {
            remarks.quote(OfficeRemark::Number, form);
            String::new()
        })
    }
}

/// The rules of a section, or of the whole text.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    rules: HashMap<NoteKind, Rule>,
    open: Option<NoteKind>,
}

impl Rules {
    /// Reads a child of `w:sectPr` or `w:settings`.
    pub(super) fn read(&mut self, element: &XmlElement) {
        if let Some(kind) = NoteKind::of(element.name()).filter(|_| element.name().ends_with("Pr")) {
            self.open = Some(kind);
        }
        let Some(rule) = self.open.map(|kind| self.rules.entry(kind).or_default()) else { return };
        match element.name() {
            "w:numFmt" => rule.form = element.val(),
            "w:numStart" => rule.start = element.number(),
            "w:numRestart" => rule.restart = element.val(),
            _ => {}
        }
    }

    /// Ends an element.
    pub(super) fn end(&mut self, name: &str) {
        if NoteKind::of(name).is_some() && name.ends_with("Pr") {
            self.open = None;
        }
    }
}

/// The settings of a text. Reads `word/settings.xml`.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// How notes are numbered where a section says nothing.
    pub(super) rules: Rules,
    /// Left pages have heads of their own.
    pub(super) has_left_pages: bool,
}

impl Walker for Settings {
    fn start(&mut self, element: &XmlElement) {
        self.rules.read(element);
        if element.name() == "w:evenAndOddHeaders" {
            self.has_left_pages = element.is_on();
        }
    }

    fn end(&mut self, name: &str) {
        self.rules.end(name);
    }
}

/// A reference in the running text.
#[derive(Debug)]
struct Reference {
    note: NoteName,
    /// Its mark was typed.
    is_typed: bool,
    section: usize,
}

/// The notes of a text, in the order of their references.
#[derive(Debug, Default)]
pub(super) struct Notes {
    references: Vec<Reference>,
    sections: Vec<Rules>,
    numbers: HashMap<NoteName, String>,
    /// The notes that have been read.
    pub(super) texts: HashMap<NoteName, Vec<OfficeLine>>,
}

impl Notes {
    /// Records a reference.
    pub(super) fn refer(&mut self, note: NoteName, is_typed: bool) {
        self.references.push(Reference { note, is_typed, section: self.sections.len() });
    }

    /// Ends a section of the text.
    pub(super) fn end_section(&mut self, rules: Rules) {
        self.sections.push(rules);
    }

    /// Numbers the notes.
    pub(super) fn count(&mut self, general: &Rules, remarks: &mut Remarks) {
        for kind in [NoteKind::Foot, NoteKind::End] {
            let (mut last, mut section) = (None::<u32>, 0);
            for reference in self.references.iter().filter(|reference| reference.note.0 == kind) {
                let rule = self.rule(reference.section, general, kind);
                let is_anew = rule.restart.as_deref() == Some("eachSect") && reference.section != section;
                section = reference.section;
                if rule.restart.as_deref() == Some("eachPage") {
                    remarks.tell(OfficeRemark::NotesByPage);
                }
                if self.numbers.contains_key(&reference.note) {
                    continue;
                }
                let next = last.filter(|_| !is_anew).map_or(rule.start.unwrap_or(1), |last| last.saturating_add(1));
                let mark = if reference.is_typed { String::new() } else { rule.written(next, kind, remarks) };
                last = if reference.is_typed { last } else { Some(next) };
                self.numbers.insert(reference.note.clone(), mark);
            }
        }
    }

    fn rule(&self, section: usize, general: &Rules, kind: NoteKind) -> Rule {
        let own = self.sections.get(section).and_then(|rules| rules.rules.get(&kind)).cloned().unwrap_or_default();
        let general = general.rules.get(&kind).cloned().unwrap_or_default();
        Rule {
            form: own.form.or(general.form),
            start: own.start.or(general.start),
            restart: own.restart.or(general.restart),
        }
    }

    /// The number of a note, empty if its mark was typed; `None` if nothing refers to it.
    pub(super) fn number(&self, note: &NoteName) -> Option<&String> {
        self.numbers.get(note)
    }

    /// The paragraphs of all notes: footnotes, then endnotes, each in the order of their references.
    pub(super) fn lines(mut self) -> Vec<OfficeLine> {
        let mut lines = Vec::new();
        for kind in [NoteKind::Foot, NoteKind::End] {
            for reference in self.references.iter().filter(|reference| reference.note.0 == kind) {
                lines.append(&mut self.texts.remove(&reference.note).unwrap_or_default());
            }
        }
        lines
    }
}
