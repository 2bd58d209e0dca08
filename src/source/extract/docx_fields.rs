//! Fields of a Word text: of each, only the result is seen. Fields of forms keep it in their properties.
//!
//! Source: ECMA-376, part 1, 17.16 (fields).

use super::office::XmlElement;
use super::symbols::Font;

/// The longest code that is kept, in bytes.
const LONGEST_CODE: usize = 400;

/// Fields that show something without holding it.
const COMPUTED: [&str; 7] = ["EQ", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM", "MACROBUTTON", "GOTOBUTTON"];

/// Fields that show the time of opening.
const OF_TODAY: [&str; 2] = ["DATE", "TIME"];

#[derive(Debug, Default)]
struct Field {
    code: String,
    in_result: bool,
    /// Its result has words.
    has_words: bool,
    /// The box is ticked, or not; `checked` counts more than `default`.
    checked: Option<bool>,
    by_default: Option<i64>,
    entries: Vec<String>,
    chosen: Option<i64>,
}

/// What a field shows beside its result.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FieldShows {
    Nothing,
    /// These words.
    Words(String),
    /// Something that the file does not hold; this is the code.
    Unknown(String),
    /// Its result, which changes with the day.
    Today,
}

/// The fields that are open.
#[derive(Debug, Default)]
pub(super) struct OpenFields {
    open: Vec<Field>,
    /// How many of them are still in their code.
    in_code: usize,
    /// How many give the number of a note.
    of_notes: usize,
}

impl OpenFields {
    /// Begins a field.
    pub(super) fn begin(&mut self) {
        self.open.push(Field::default());
        self.in_code += 1;
    }

    /// Adds to the code of the field.
    pub(super) fn code(&mut self, words: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.code.len() < LONGEST_CODE) {
            field.code.push_str(words);
        }
    }

    /// Begins the result of the field.
    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.in_result) {
            field.in_result = true;
            self.in_code -= 1;
            self.of_notes += usize::from(field.kind() == "NOTEREF");
        }
    }

    /// Ends the field.
    pub(super) fn end(&mut self) -> FieldShows {
        let Some(field) = self.open.pop() else { return FieldShows::Nothing };
        if field.in_result {
            self.of_notes -= usize::from(field.kind() == "NOTEREF");
        } else {
            self.in_code -= 1;
        }
        if let Some(outer) = self.open.last_mut() {
            outer.has_words |= field.has_words;
        }
        field.shown()
    }

    /// True inside a code: nothing there is seen.
    pub(super) fn is_code(&self) -> bool {
        self.in_code > 0
    }

    /// True inside a field that gives the number of a note.
    pub(super) fn is_note_number(&self) -> bool {
        self.of_notes > 0
    }

    /// Records that words of the result were seen.
    pub(super) fn fill(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.has_words = true;
        }
    }

    /// Reads a property of a field of a form.
    pub(super) fn property(&mut self, element: &XmlElement) {
        let Some(field) = self.open.last_mut() else { return };
        match element.name() {
            "w:checked" => field.checked = Some(element.is_on()),
            "w:default" => field.by_default = element.number().or(Some(i64::from(element.is_on()))),
            "w:result" => field.chosen = element.number(),
            "w:listEntry" => field.entries.extend(element.val()),
            _ => {}
        }
    }
}

impl Field {
    fn kind(&self) -> String {
        self.code.split_whitespace().next().unwrap_or_default().to_uppercase()
    }

    fn shown(self) -> FieldShows {
        let kind = self.kind();
        match kind.as_str() {
            "FORMCHECKBOX" => {
                let is_ticked = self.checked.unwrap_or(self.by_default == Some(1));
                FieldShows::Words(if is_ticked { "☒" } else { "☐" }.to_owned())
            }
            kind if OF_TODAY.contains(&kind) => FieldShows::Today,
            _ if self.has_words => FieldShows::Nothing,
            "FORMDROPDOWN" => self.choice().map_or(FieldShows::Nothing, FieldShows::Words),
            "SYMBOL" => {
                self.symbol().map_or(FieldShows::Unknown(self.code), |symbol| FieldShows::Words(symbol.to_string()))
            }
            kind if COMPUTED.contains(&kind) => FieldShows::Unknown(self.code),
            _ => FieldShows::Nothing,
        }
    }

    fn choice(&self) -> Option<String> {
        let index = self.chosen.or(self.by_default).unwrap_or(0);
        self.entries.get(usize::try_from(index).ok()?).cloned()
    }

    /// The character of a code such as `SYMBOL 176 \f "Symbol"`.
    fn symbol(&self) -> Option<char> {
        let words: Vec<&str> = self.code.split_whitespace().collect();
        let number = words.get(1)?;
        let hex = number.strip_prefix("0x").or_else(|| number.strip_prefix("0X"));
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        let (_, font) = self.code.split_once("\\f ").unwrap_or_default();
        let font = font.trim_start().trim_start_matches('"').split(['"', '\\']).next().unwrap_or_default();
        Font::of(font).named(code)
    }
}
