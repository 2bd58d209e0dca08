//! The styles of a Word text, as far as they decide whether and how words are seen.
//!
//! Source: ECMA-376, part 1, 17.7 (styles) and 17.7.3 (properties that switch).

use std::collections::HashMap;

use super::docx_numbering::ListPlace;
use super::office::{Walker, XmlElement};
use super::office_look::{LONGEST_CHAIN, LetterHeight, LetterLook, SeenAs};
use super::symbols::Font;

impl LetterLook {
    /// Reads a child of `w:rPr`.
    pub(super) fn read_word(&mut self, element: &XmlElement) {
        match element.name() {
            "w:strike" => self.struck = Some(element.is_on()),
            "w:dstrike" => self.struck_twice = Some(element.is_on()),
            "w:vanish" => self.hidden = Some(element.is_on()),
            "w:position" => self.rise = element.number(),
            "w:vertAlign" => {
                self.height = Some(match element.val().as_deref() {
                    Some("superscript") => LetterHeight::Raised,
                    Some("subscript") => LetterHeight::Lowered,
                    _ => LetterHeight::OnLine,
                });
            }
            "w:rFonts" => {
                let given = ["ascii", "hAnsi"].into_iter().find_map(|name| element.get(name));
                self.font = given.map(|name| Font::of(&name)).or(self.font);
            }
            _ => {}
        }
    }
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    look: LetterLook,
    place: ListPlace,
}

/// The styles of a text. Reads `word/styles.xml`.
#[derive(Debug, Default)]
pub(super) struct WordStyles {
    defaults: LetterLook,
    usual: Option<String>,
    by_name: HashMap<String, Style>,
    /// The style that is being read, and its name.
    open: Option<(String, Style)>,
    in_defaults: bool,
}

impl WordStyles {
    /// The style and those on which it is based, nearest first, by name.
    fn chain<'a>(&'a self, name: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let first = name.and_then(|name| self.by_name.get_key_value(name));
        let next = |(_, style): &(&String, &Style)| self.by_name.get_key_value(style.based_on.as_ref()?);
        std::iter::successors(first, next).take(LONGEST_CHAIN).map(|(name, style)| (name.as_str(), style))
    }

    fn look(&self, name: Option<&str>) -> LetterLook {
        self.chain(name).fold(LetterLook::default(), |look, (_, style)| look.over(style.look))
    }

    /// The look that a paragraph of this style gives to its words.
    pub(super) fn paragraph(&self, name: Option<&str>) -> LetterLook {
        self.look(name.or(self.usual.as_deref()))
    }

    /// How words are seen that have these properties and this style of letters in such a paragraph. A style of letters
    /// turns round what the paragraph says of a line through them or of hiding them.
    pub(super) fn seen(&self, paragraph: LetterLook, style: Option<&str>, direct: LetterLook) -> SeenAs {
        let letters = self.look(style);
        let switched = |get: fn(&LetterLook) -> Option<bool>| {
            let styled = get(&paragraph).unwrap_or(false) != get(&letters).unwrap_or(false);
            get(&direct).unwrap_or(styled || get(&self.defaults) == Some(true))
        };
        let all = direct.over(letters).over(paragraph).over(self.defaults);
        SeenAs {
            struck: switched(|look| look.struck) || all.struck_twice == Some(true),
            hidden: switched(|look| look.hidden),
            ..all.seen()
        }
    }

    /// The list and level that a paragraph style gives, and the style that names the list.
    pub(super) fn place(&self, name: Option<&str>) -> (ListPlace, Option<String>) {
        let name = name.or(self.usual.as_deref());
        let level = self.chain(name).find_map(|(_, style)| style.place.level);
        let list = self.chain(name).find_map(|(name, style)| Some((style.place.list.clone()?, name.to_owned())));
        let (list, owner) = list.map_or((None, None), |(list, owner)| (Some(list), Some(owner)));
        (ListPlace { list, level }, owner)
    }

    fn open_style(&mut self, element: &XmlElement) {
        let Some(name) = element.get("styleId") else { return };
        let is_usual = element.get("default").is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
        if is_usual && element.get("type").is_none_or(|kind| kind == "paragraph") {
            self.usual = Some(name.clone());
        }
        self.open = Some((name, Style::default()));
    }
}

impl Walker for WordStyles {
    fn start(&mut self, element: &XmlElement) {
        match element.name() {
            "w:style" => self.open_style(element),
            "w:rPrDefault" => self.in_defaults = true,
            // Formats for parts of a table; they say nothing of the style itself.
            "w:tblStylePr" => self.open = None,
            _ => {}
        }
        if self.in_defaults {
            self.defaults.read_word(element);
        }
        let Some((_, style)) = &mut self.open else { return };
        match element.name() {
            "w:basedOn" => style.based_on = element.val(),
            _ if style.place.read(element) => {}
            _ => style.look.read_word(element),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:rPrDefault" => self.in_defaults = false,
            "w:style" => self.by_name.extend(self.open.take()),
            _ => {}
        }
    }
}
