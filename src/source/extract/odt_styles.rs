//! The styles of an ODT text, as far as they decide whether and how words are seen.
//!
//! Source: OASIS Open Document Format 1.3, part 3, 16 (styles) and 20 (properties).

use std::collections::{BTreeSet, HashMap};

use super::office::XmlElement;
use super::office_look::{LONGEST_CHAIN, LetterHeight, LetterLook};
use super::symbols::Font;

impl LetterLook {
    /// Reads `style:text-properties`.
    fn read_odt(&mut self, element: &XmlElement) {
        if let Some(display) = element.get("display") {
            self.hidden = Some(display == "none");
        }
        let lines = ["text-line-through-style", "text-line-through-type"].map(|name| element.get(name));
        if lines.iter().any(Option::is_some) {
            self.struck = Some(!lines.into_iter().flatten().any(|line| line == "none"));
        }
        if let Some(position) = element.get("text-position") {
            self.height = Some(height(&position));
        }
        let font = element.get("font-name").or_else(|| element.get("font-family"));
        self.font = font.map(|name| Font::of(&name)).or(self.font);
    }
}

/// A position such as `super 58%`, `sub` or `33% 58%`.
fn height(position: &str) -> LetterHeight {
    let rise = position.split_whitespace().next().unwrap_or_default();
    match rise {
        "super" => LetterHeight::Raised,
        "sub" => LetterHeight::Lowered,
        _ if rise.starts_with('-') => LetterHeight::Lowered,
        _ if rise.trim_end_matches('%').parse::<f64>().is_ok_and(|rise| rise > 0.0) => LetterHeight::Raised,
        _ => LetterHeight::OnLine,
    }
}

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    look: LetterLook,
    /// The list of the paragraphs; empty if they have none.
    list: Option<String>,
    /// The level of the headings to which the style is assigned.
    outline: Option<usize>,
    /// It was made by the program for some paragraphs, and stands for its parent.
    is_automatic: bool,
}

/// A family of styles and a name in it.
type Key = (String, String);

/// The styles of a text.
#[derive(Debug, Default)]
pub(super) struct OdtStyles {
    by_name: HashMap<Key, Style>,
    open: Option<Key>,
    in_automatic: bool,
    /// The sequences of pages that styles begin.
    pub(super) pages: BTreeSet<String>,
}

impl OdtStyles {
    /// Reads an element of the definitions.
    pub(super) fn start(&mut self, element: &XmlElement) {
        match element.name() {
            "office:automatic-styles" => self.in_automatic = true,
            "style:style" | "style:default-style" => self.open_style(element),
            "style:text-properties" => {
                if let Some(style) = self.open.as_ref().and_then(|key| self.by_name.get_mut(key)) {
                    style.look.read_odt(element);
                }
            }
            _ => {}
        }
    }

    /// Ends an element of the definitions.
    pub(super) fn end(&mut self, name: &str) {
        match name {
            "office:automatic-styles" => self.in_automatic = false,
            "style:style" | "style:default-style" => self.open = None,
            _ => {}
        }
    }

    fn open_style(&mut self, element: &XmlElement) {
        let family = element.get("family").unwrap_or_default();
        let name = element.get("name").unwrap_or_default();
        self.pages.extend(element.get("master-page-name").filter(|page| !page.is_empty()));
        let parent = element.get("parent-style-name");
        let style = Style {
            parent,
            list: element.get("list-style-name"),
            outline: element.parsed("default-outline-level"),
            is_automatic: self.in_automatic,
            look: LetterLook::default(),
        };
        self.by_name.insert((family.clone(), name.clone()), style);
        self.open = Some((family, name));
    }

    fn chain(&self, family: &str, name: &str) -> impl Iterator<Item = &Style> {
        let get = move |name: &str| self.by_name.get(&(family.to_owned(), name.to_owned()));
        std::iter::successors(get(name), move |style| get(style.parent.as_ref()?)).take(LONGEST_CHAIN)
    }

    /// The look of a style of a family.
    pub(super) fn look(&self, family: &str, name: &str) -> LetterLook {
        let own = self.chain(family, name).fold(LetterLook::default(), |look, style| look.over(style.look));
        // Only paragraphs pass the usual look on; a style of letters says nothing but its own.
        let usual = (family == "paragraph").then(|| self.chain(family, "").next()).flatten();
        own.over(usual.map(|style| style.look).unwrap_or_default())
    }

    /// The list that a paragraph style names; empty if it switches numbers off.
    pub(super) fn list(&self, name: &str) -> Option<&str> {
        self.chain("paragraph", name).find_map(|style| style.list.as_deref())
    }

    /// The level of the headings to which a paragraph style is assigned.
    pub(super) fn outline(&self, name: &str) -> Option<usize> {
        self.chain("paragraph", name).find(|style| !style.is_automatic)?.outline
    }
}
