//! The automatic numbers of lists and headings of an ODT text.
//!
//! Source: OASIS Open Document Format 1.3, part 3, 5.3 (lists), 16.30 to 16.34 (styles of lists), 19.500 (forms). Where
//! it is silent, the numbers are those that `LibreOffice` shows.

use std::collections::HashMap;

use super::list_numbers::written;
use super::office::XmlElement;
use super::office_remarks::{OfficeRemark, Remarks};

/// The number of levels of a list.
const LEVELS: usize = 10;

/// The longest pattern of a number, in letters.
const LONGEST_PATTERN: usize = 200;

/// The forms of numbers by their examples.
const FORMS: &str = include_str!("forms.tsv");

/// The name under which the list of headings is kept.
const OUTLINE: &str = "\u{0}outline";

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    form: String,
    prefix: String,
    suffix: String,
    /// A pattern such as `%1%.%2%)`, which counts more than prefix and suffix.
    pattern: Option<String>,
    start: u32,
    /// How many levels are shown.
    shown: usize,
    is_bullet: bool,
}

/// A list that is open.
#[derive(Debug, Clone)]
struct Open {
    /// The style of the list.
    style: String,
    /// The list to which it belongs, by its own name.
    list: String,
    /// No paragraph of the open item has taken its number.
    is_fresh: bool,
    start: Option<u32>,
}

/// The lists of a text, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: HashMap<String, Vec<Level>>,
    open_style: Option<String>,
    open: Vec<Open>,
    /// The lists around the boxes and notes that are open.
    outer: Vec<Vec<Open>>,
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    last: HashMap<String, String>,
    /// Lists that continue another one, by their own names.
    aliases: HashMap<String, String>,
    made: usize,
}

impl Lists {
    /// Reads an element of the definitions.
    pub(super) fn define(&mut self, element: &XmlElement) {
        match element.name() {
            "text:list-style" => self.open_style = element.get("name"),
            "text:outline-style" => self.open_style = Some(OUTLINE.to_owned()),
            "text:list-level-style-number"
            | "text:outline-level-style"
            | "text:list-level-style-bullet"
            | "text:list-level-style-image" => self.define_level(element),
            _ => return,
        }
        if element.name().ends_with("-style") && !element.name().contains("level") {
            self.styles.extend(self.open_style.clone().map(|name| (name, vec![Level::default(); LEVELS])));
        }
    }

    fn define_level(&mut self, element: &XmlElement) {
        let name = element.name();
        let index = element.parsed("level").and_then(|level: usize| level.checked_sub(1));
        let levels = self.open_style.as_ref().and_then(|style| self.styles.get_mut(style));
        let Some(level) = levels.zip(index).and_then(|(levels, index)| levels.get_mut(index)) else { return };
        let short = |name: &str| element.get(name).map(|text| text.chars().take(LONGEST_PATTERN).collect::<String>());
        *level = Level {
            form: element.get("num-format").map(|form| form_of(&form, element)).unwrap_or_default(),
            prefix: short("num-prefix").unwrap_or_default(),
            suffix: short("num-suffix").unwrap_or_default(),
            pattern: short("num-list-format"),
            start: element.parsed("start-value").unwrap_or(1),
            shown: element.parsed("display-levels").unwrap_or(1),
            is_bullet: name.ends_with("bullet") || name.ends_with("image"),
        };
    }

    /// Begins a list, or a list in a list.
    pub(super) fn open_list(&mut self, element: &XmlElement) {
        let outer = self.open.last().cloned();
        let style =
            element.get("style-name").or_else(|| outer.as_ref().map(|outer| outer.style.clone())).unwrap_or_default();
        let goes_on = element.is("continue-numbering", "true");
        let list = match &outer {
            Some(outer) => outer.list.clone(),
            None => self.root(element, &style, goes_on),
        };
        if let (Some(level), false) = (self.level(), goes_on)
            && outer.is_some()
            && let Some(counted) = self.counted.get_mut(&list).and_then(|counted| counted.get_mut(level + 1))
        {
            *counted = None;
        }
        self.last.insert(style.clone(), list.clone());
        self.open.push(Open { style, list, is_fresh: false, start: None });
    }

    /// The list to which an outermost list belongs: an earlier one that it continues, or a new one.
    fn root(&mut self, element: &XmlElement, style: &str, goes_on: bool) -> String {
        let own = element.get("id");
        let earlier = element.get("continue-list").or_else(|| self.last.get(style).filter(|_| goes_on).cloned());
        let earlier = earlier.map(|list| self.aliases.get(&list).cloned().unwrap_or(list));
        self.made += 1;
        let new = own.clone().unwrap_or_else(|| format!("\u{0}{}", self.made));
        let Some(earlier) = earlier.filter(|earlier| self.counted.contains_key(earlier)) else {
            self.counted.insert(new.clone(), [None; LEVELS]);
            return new;
        };
        self.aliases.extend(own.map(|own| (own, earlier.clone())));
        earlier
    }

    /// Ends a list.
    pub(super) fn close_list(&mut self) {
        self.open.pop();
    }

    /// Begins an item; the heading of a list has no number.
    pub(super) fn open_item(&mut self, element: &XmlElement) {
        if let Some(open) = self.open.last_mut() {
            open.is_fresh = element.name() == "text:list-item";
            open.start = element.parsed("start-value");
        }
    }

    /// Begins a box or a note: lists in it are lists of their own.
    pub(super) fn open_place(&mut self) {
        self.outer.push(std::mem::take(&mut self.open));
    }

    /// Ends a box or a note.
    pub(super) fn close_place(&mut self) {
        self.open = self.outer.pop().unwrap_or_default();
    }

    fn level(&self) -> Option<usize> {
        self.open.len().checked_sub(1).map(|level| level.min(LEVELS - 1))
    }

    /// True inside a list.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// True if the next paragraph begins an item.
    pub(super) fn is_item(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_fresh)
    }

    /// The number of a paragraph that begins an item, with a space behind it.
    pub(super) fn item(&mut self, style: Option<&str>, remarks: &mut Remarks) -> String {
        let Some(level) = self.level() else { return String::new() };
        let Some(open) = self.open.last_mut().filter(|open| open.is_fresh) else { return String::new() };
        open.is_fresh = false;
        let (list, start) = (open.list.clone(), open.start.take());
        let own = if open.style.is_empty() { style.unwrap_or_default().to_owned() } else { open.style.clone() };
        self.count(&list, &own, level, start, remarks)
    }

    /// The number of a heading that is in no list, with a space behind it.
    pub(super) fn heading(&mut self, element_level: usize, start: Option<u32>, remarks: &mut Remarks) -> String {
        let Some(level) = element_level.checked_sub(1).filter(|level| *level < LEVELS) else { return String::new() };
        self.count(OUTLINE, OUTLINE, level, start, remarks)
    }

    fn count(&mut self, list: &str, style: &str, level: usize, start: Option<u32>, remarks: &mut Remarks) -> String {
        let Some(levels) = self.styles.get(style) else { return String::new() };
        let counted = self.counted.entry(list.to_owned()).or_default();
        let next = || counted[level].map_or(levels[level].start, |last| last.saturating_add(1));
        counted[level] = Some(start.unwrap_or_else(next));
        counted[level + 1..].fill(None);
        for above in 0..level {
            counted[above].get_or_insert(levels[above].start);
        }
        if levels[level].is_bullet {
            return String::new();
        }
        match number(levels, counted, level) {
            Some(text) if text.trim().is_empty() => String::new(),
            Some(text) => text + " ",
            None => {
                remarks.quote(OfficeRemark::Number, &levels[level].form);
                String::new()
            }
        }
    }
}

/// The number of a level; `None` if its form is not known.
fn number(levels: &[Level], counted: &[Option<u32>; LEVELS], level: usize) -> Option<String> {
    let own = &levels[level];
    let one = |index: usize| {
        let level: &Level = levels.get(index)?;
        written(if level.form.is_empty() { "none" } else { &level.form }, counted[index].unwrap_or(level.start))
    };
    if let Some(pattern) = &own.pattern {
        return by_pattern(pattern, one);
    }
    let first = (level + 1).saturating_sub(own.shown.max(1));
    let shown: Option<Vec<String>> = (first..=level).map(one).collect();
    let shown: Vec<String> = shown?.into_iter().filter(|number| !number.is_empty()).collect();
    Some(format!("{}{}{}", own.prefix, shown.join("."), own.suffix))
}

/// A number by a pattern such as `%1%.%2%)`. What stands behind a level without number is left out with it.
fn by_pattern(pattern: &str, one: impl Fn(usize) -> Option<String>) -> Option<String> {
    let mut text = String::new();
    let mut parts = pattern.split('%').enumerate().peekable();
    // Every second part stands between two percent signs.
    while let Some((index, part)) = parts.next() {
        let level = part.parse::<usize>().ok().filter(|level| index % 2 == 1 && (1..=LEVELS).contains(level));
        let Some(level) = level else {
            text.push_str(part);
            continue;
        };
        let number = one(level - 1)?;
        let is_last = !pattern.split('%').skip(index + 2).any(|part| part.parse::<usize>().is_ok());
        if number.is_empty() && !is_last {
            parts.next();
        }
        text.push_str(&number);
    }
    Some(text)
}

/// The form of a number, under the name that Word gives it. `LibreOffice` writes forms of other scripts as examples.
fn form_of(form: &str, element: &XmlElement) -> String {
    let is_doubled = element.is("num-letter-sync", "true");
    let row = |row: &'static str| row.split_once('\t').filter(|(example, _)| *example == form).map(|(_, name)| name);
    let name = FORMS.lines().find_map(row).unwrap_or(form);
    if is_doubled { name.replace("Latin", "Letter") } else { name.to_owned() }
}
