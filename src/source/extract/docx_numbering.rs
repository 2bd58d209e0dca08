//! The automatic numbers of a Word text: "1.", "(a)", "2.1".
//!
//! Source: ECMA-376, part 1, 17.9 (numbering).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::list_numbers::written;
use super::office::{Walker, XmlElement};
use super::office_remarks::{OfficeRemark, Remarks};

/// The number of levels of a list.
const LEVELS: usize = 9;

/// The longest pattern of a number, in letters.
const LONGEST_PATTERN: usize = 200;

/// The list and the level of a paragraph, as far as they are given.
#[derive(Debug, Clone, Default)]
pub(super) struct ListPlace {
    /// The list; "0" means none.
    pub(super) list: Option<String>,
    /// The level, from 0.
    pub(super) level: Option<usize>,
}

impl ListPlace {
    /// Reads a child of `w:numPr`; false if it is something else.
    pub(super) fn read(&mut self, element: &XmlElement) -> bool {
        match element.name() {
            "w:numId" => self.list = element.val(),
            "w:ilvl" => self.level = level_of(element, "val"),
            _ => return false,
        }
        true
    }
}

fn level_of(element: &XmlElement, name: &str) -> Option<usize> {
    element.parsed(name).filter(|level| *level < LEVELS)
}

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    /// The form; `decimal` if none is given.
    form: Option<String>,
    /// The least number of digits.
    digits: usize,
    pattern: String,
    /// All numbers are written in digits, whatever the other levels say.
    is_legal: bool,
    /// Neither space nor tab stands behind the number.
    is_close: bool,
    /// The level, from 1, that makes this one begin again; 0 for none.
    restart: Option<usize>,
    /// The paragraph style of this level.
    style: Option<String>,
    is_hidden: bool,
}

impl Level {
    fn read(&mut self, element: &XmlElement) {
        match element.name() {
            "w:start" => self.start = element.number().unwrap_or_default(),
            "w:numFmt" => self.read_form(element),
            "w:lvlText" => self.pattern = element.val().unwrap_or_default().chars().take(LONGEST_PATTERN).collect(),
            "w:isLgl" => self.is_legal = element.is_on(),
            "w:suff" => self.is_close = element.is("val", "nothing"),
            "w:lvlRestart" => self.restart = element.number(),
            "w:pStyle" => self.style = element.val(),
            "w:vanish" => self.is_hidden = element.is_on(),
            _ => {}
        }
    }

    /// Reads the form. Word writes a form of its own as an example ("001, 002, …") and a fallback behind it.
    fn read_form(&mut self, element: &XmlElement) {
        let form = element.val().unwrap_or_default();
        if form == "custom" {
            let example = element.get("format").unwrap_or_default();
            let first = example.split(',').next().unwrap_or_default().trim().to_owned();
            self.digits = if first.bytes().all(|byte| byte.is_ascii_digit()) { first.len().min(LEVELS) } else { 0 };
        }
        self.form = Some(form).filter(|form| form != "custom");
    }

    fn form(&self) -> &str {
        self.form.as_deref().unwrap_or("decimal")
    }

    fn written(&self, number: u32, is_legal: bool) -> Option<String> {
        let form = if is_legal && self.form() != "none" { "decimal" } else { self.form() };
        written(form, number)
            .map(|text| format!("{text:0>width$}", width = if text.is_empty() { 0 } else { self.digits }))
    }
}

/// A definition, which several lists may share.
#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style whose definition counts instead.
    link: Option<String>,
}

/// A list: a definition with changes of its own.
#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a text, and how far each has counted. Reads `word/numbering.xml`.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    /// The definition of a style of lists.
    by_style: HashMap<String, String>,
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    /// The levels of lists that have begun at a number of their own.
    begun: HashSet<(String, usize)>,
    open_definition: Option<String>,
    open_list: Option<String>,
    open_level: Option<(usize, Level)>,
    open_override: usize,
}

impl Numbering {
    /// The number of the next paragraph at this place, with the space behind it. `style` is the paragraph style that
    /// gives the list.
    pub(super) fn next(&mut self, place: &ListPlace, style: Option<&str>, remarks: &mut Remarks) -> String {
        let Some(list) = place.list.as_ref().filter(|list| *list != "0") else { return String::new() };
        let Some(definition) = self.definition_of(list) else { return String::new() };
        let levels = self.levels(list, &definition);
        let by_style = levels.iter().position(|level| style.is_some() && level.style.as_deref() == style);
        let level = by_style.or(place.level).unwrap_or(0);
        let Some(counted) = self.count(list, &definition, level, &levels, remarks) else { return String::new() };
        let own = &levels[level];
        if own.form() == "bullet" || own.is_hidden {
            return String::new();
        }
        let Some(text) = number(own, &levels, &counted) else {
            remarks.quote(OfficeRemark::Number, own.form());
            return String::new();
        };
        if own.is_close || text.is_empty() { text } else { text + " " }
    }

    /// The definition of a list, by way of a style if it has none of its own.
    fn definition_of(&self, list: &str) -> Option<String> {
        let own = &self.lists.get(list)?.definition;
        let link = self.definitions.get(own).and_then(|definition| definition.link.as_ref());
        Some(link.and_then(|style| self.by_style.get(style)).unwrap_or(own).clone())
    }

    fn levels(&self, list: &str, definition: &str) -> Vec<Level> {
        let (list, definition) = (self.lists.get(list), self.definitions.get(definition));
        let level = |index: usize| {
            let own = list.and_then(|list| list.levels.get(&index));
            let mut level = own.or_else(|| definition?.levels.get(&index)).cloned().unwrap_or_default();
            level.start = list.and_then(|list| list.starts.get(&index)).copied().unwrap_or(level.start);
            level
        };
        (0..LEVELS).map(level).collect()
    }

    /// Counts the paragraph.
    fn count(
        &mut self,
        list: &str,
        definition: &str,
        level: usize,
        levels: &[Level],
        remarks: &mut Remarks,
    ) -> Option<[Option<u32>; LEVELS]> {
        let starts_anew = self.lists.get(list)?.starts.contains_key(&level);
        let begins = starts_anew && self.begun.insert((list.to_owned(), level));
        let counted = self.counted.entry(definition.to_owned()).or_default();
        counted[level] = match counted[level].filter(|_| !begins) {
            Some(number) => Some(number.saturating_add(1)),
            None => Some(levels[level].start),
        };
        for below in level + 1..LEVELS {
            if levels[below].restart.is_none_or(|restart| level < restart) {
                counted[below] = None;
            }
        }
        for above in 0..level {
            if counted[above].is_none() {
                counted[above] = Some(levels[above].start);
                let is_shown = levels[level].pattern.contains(&format!("%{}", above + 1));
                if is_shown {
                    remarks.tell(OfficeRemark::Above);
                }
            }
        }
        Some(*counted)
    }
}

/// The number of a level; `None` if its form is not known.
fn number(own: &Level, levels: &[Level], counted: &[Option<u32>; LEVELS]) -> Option<String> {
    let mut text = String::new();
    let mut pattern = own.pattern.chars().peekable();
    while let Some(c) = pattern.next() {
        let digit = pattern.peek().and_then(|c| c.to_digit(10)).filter(|digit| c == '%' && *digit > 0);
        let Some(digit) = digit else {
            text.push(c);
            continue;
        };
        pattern.next();
        let index = digit as usize - 1;
        text.push_str(&levels[index].written(counted[index].unwrap_or(levels[index].start), own.is_legal)?);
    }
    Some(text)
}

impl Numbering {
    fn read_list(&mut self, element: &XmlElement) {
        let Some(list) = self.open_list.as_ref().and_then(|name| self.lists.get_mut(name)) else { return };
        match element.name() {
            "w:abstractNumId" => list.definition = element.val().unwrap_or_default(),
            "w:lvlOverride" => self.open_override = level_of(element, "ilvl").unwrap_or_default(),
            "w:startOverride" => {
                list.starts.insert(self.open_override, element.number().unwrap_or_default());
            }
            _ => {}
        }
    }

    fn read_definition(&mut self, element: &XmlElement) {
        let Some(name) = &self.open_definition else { return };
        match element.name() {
            "w:numStyleLink" => self.definitions.entry(name.clone()).or_default().link = element.val(),
            "w:styleLink" => self.by_style.extend(element.val().map(|style| (style, name.clone()))),
            _ => {}
        }
    }

    fn close_level(&mut self) {
        let Some((index, level)) = self.open_level.take() else { return };
        let levels = match (&self.open_list, &self.open_definition) {
            (Some(list), _) => &mut self.lists.entry(list.clone()).or_default().levels,
            (None, Some(definition)) => &mut self.definitions.entry(definition.clone()).or_default().levels,
            (None, None) => return,
        };
        levels.insert(index, level);
    }
}

impl Walker for Numbering {
    /// The forms of a level that are for older programs.
    fn skips(&mut self, element: &XmlElement) -> bool {
        element.name() == "mc:Fallback"
    }

    fn start(&mut self, element: &XmlElement) {
        match element.name() {
            "w:abstractNum" => {
                self.open_definition = element.get("abstractNumId");
                self.definitions.extend(self.open_definition.clone().map(|name| (name, Definition::default())));
            }
            "w:num" => {
                self.open_list = element.get("numId");
                self.lists.extend(self.open_list.clone().map(|name| (name, List::default())));
            }
            "w:lvl" => self.open_level = level_of(element, "ilvl").map(|level| (level, Level::default())),
            _ if self.open_level.is_some() => {
                if let Some((_, level)) = &mut self.open_level {
                    level.read(element);
                }
            }
            _ => {
                self.read_list(element);
                self.read_definition(element);
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:abstractNum" => self.open_definition = None,
            "w:num" => self.open_list = None,
            "w:lvl" => self.close_level(),
            _ => {}
        }
    }
}
