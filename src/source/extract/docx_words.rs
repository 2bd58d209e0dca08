//! The words inside a paragraph of a Word text: letters, symbols, fields, equations, references to notes.

use super::docx_fields::FieldShows;
use super::docx_math::Equation;
use super::docx_notes::NoteKind;
use super::docx_text::WordWriter;
use super::office::{XmlElement, is_yes};
use super::office_look::{LetterHeight, SeenAs};
use super::office_remarks::{OfficeRemark, UNKNOWN};
use super::symbols::Font;

/// The white space of XML.
const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];

impl WordWriter {
    /// Begins an element that stands among the words of a paragraph.
    pub(super) fn start_words(&mut self, element: &XmlElement) {
        if let Some(equation) = &mut self.equation {
            equation.start(element);
        }
        match element.name() {
            "w:t" | "m:t" | "a:t" => {
                let is_whole = element.get("space").is_some_and(|space| space == "preserve");
                self.words = Some((String::new(), is_whole));
            }
            "w:tab" | "w:br" | "w:cr" | "w:ptab" | "a:br" if self.of.is_empty() => self.say(" "),
            "w:noBreakHyphen" => self.say("\u{2011}"),
            "w:softHyphen" => self.say("\u{ad}"),
            "w:sym" => self.say_symbol(element),
            "w:footnoteReference" | "w:endnoteReference" => self.refer(element),
            "w:footnoteRef" | "w:endnoteRef" => self.say_number_of_note(),
            "m:oMath" if self.equation.is_none() => {
                let mut equation = Equation::default();
                equation.start(element);
                self.equation = Some(equation);
            }
            "v:textpath" if self.is_seen() => {
                self.flow.show_words(&element.get("string").unwrap_or_default());
            }
            "a:blip" | "v:imagedata" | "c:chart" | "dgm:relIds" | "o:OLEObject" if self.is_seen() => {
                self.remarks.tell(OfficeRemark::Pictures);
            }
            "w:commentReference" => self.remarks.tell(OfficeRemark::Comments),
            "w:altChunk" | "w:subDoc" => self.remarks.tell(OfficeRemark::Other),
            _ => self.start_field(element),
        }
    }

    fn start_field(&mut self, element: &XmlElement) {
        match element.name() {
            "w:instrText" => self.in_code = true,
            "w:fldChar" => match element.get("fldCharType").as_deref() {
                Some("begin") => self.fields.begin(),
                Some("separate") => self.fields.separate(),
                _ => self.end_field(),
            },
            "w:fldSimple" => {
                self.fields.begin();
                self.fields.code(&element.get("instr").unwrap_or_default());
                self.fields.separate();
            }
            _ => self.fields.property(element),
        }
    }

    /// Ends such an element.
    pub(super) fn end_words(&mut self, name: &str) {
        match name {
            "w:t" | "m:t" | "a:t" => {
                if let Some((text, is_whole)) = self.words.take() {
                    self.say(if is_whole { &text } else { text.trim_matches(SPACES) });
                }
            }
            "w:instrText" => self.in_code = false,
            "w:fldSimple" => self.end_field(),
            "m:oMathPara" => self.say(" "),
            _ => {}
        }
        let linear = self.equation.as_mut().and_then(|equation| equation.end(name));
        if let Some(linear) = linear {
            self.equation = None;
            if !linear.is_empty() {
                self.remarks.quote(OfficeRemark::Equation, &linear);
                if let Some(paragraph) = self.flow.paragraph() {
                    paragraph.shown.line.push_equation(&linear);
                }
                self.fields.fill();
            }
        }
    }

    /// True if words at this place are seen.
    fn is_seen(&self) -> bool {
        let is_hidden = self.hidden > 0 || self.runs.last().is_some_and(|run| run.seen.hidden);
        self.deleted == 0 && self.placeholders == 0 && !is_hidden && !self.fields.is_code()
    }

    /// Adds words, or tells why they are left out.
    fn say(&mut self, words: &str) {
        let (seen, is_mark) = self.runs.last().map_or((SeenAs::default(), false), |run| (run.seen, run.is_mark));
        if self.deleted > 0 || self.fields.is_code() || is_mark {
            return;
        }
        let left_out = if self.placeholders > 0 {
            Some(OfficeRemark::Placeholder)
        } else if self.hidden > 0 || seen.hidden {
            Some(OfficeRemark::Hidden)
        } else {
            seen.struck.then_some(OfficeRemark::Struck)
        };
        if let Some(why) = left_out {
            return self.remarks.leave_out(why, words);
        }
        // The number of a note in a field is a mark like the number itself.
        if seen.height == LetterHeight::Raised && self.fields.is_note_number() {
            return;
        }
        let text = self.remarks.in_font(words, seen.font);
        self.add(seen.height, &text);
    }

    fn add(&mut self, height: LetterHeight, words: &str) {
        self.remarks.end_example();
        self.fields.fill();
        match &mut self.equation {
            Some(equation) => equation.push(words),
            None => self.flow.push(height, words),
        }
    }

    fn say_symbol(&mut self, element: &XmlElement) {
        let font = element.get("font").unwrap_or_default();
        let code = element.get("char").unwrap_or_default();
        let known = u32::from_str_radix(&code, 16).ok().and_then(|code| Font::of(&font).named(code));
        if known.is_none() && self.is_seen() {
            self.remarks.quote(OfficeRemark::Symbol, &format!("{code} of {font}"));
        }
        let (seen, is_mark) = self.runs.last().map_or((SeenAs::default(), false), |run| (run.seen, run.is_mark));
        let symbol = known.unwrap_or(UNKNOWN).to_string();
        if self.is_seen() && !seen.struck && !is_mark {
            self.add(seen.height, &symbol);
        } else {
            self.say(&symbol);
        }
    }

    /// Ends a field, with what it shows beside its result.
    fn end_field(&mut self) {
        match self.fields.end() {
            FieldShows::Words(words) => self.say(&words),
            FieldShows::Unknown(code) if self.is_seen() => self.remarks.quote(OfficeRemark::Field, &code),
            FieldShows::Today if self.is_seen() => self.remarks.tell(OfficeRemark::Today),
            _ => {}
        }
    }

    /// Records a reference to a note. A mark that was typed follows in the same run.
    fn refer(&mut self, element: &XmlElement) {
        let (Some(kind), Some(id)) = (NoteKind::of(element.name()), element.get("id")) else { return };
        if !self.is_seen() {
            return;
        }
        let is_typed = element.get("customMarkFollows").is_some_and(|value| is_yes(&value));
        self.notes.refer((kind, id), is_typed);
        if let Some(run) = self.runs.last_mut() {
            run.is_mark = is_typed;
        }
    }

    /// Adds the number of the open note.
    fn say_number_of_note(&mut self) {
        if let Some(number) = self.note.as_mut().and_then(|note| note.number.take()) {
            self.flow.push(LetterHeight::OnLine, &format!("{number} "));
        }
    }
}
