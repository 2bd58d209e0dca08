//! The little of a page's style that decides which words are seen: hidden, struck out, raised.
//!
//! Style sheets inside of the page and styles of single elements are read; those in other files are not at hand. Later
//! rules win over earlier ones, and the style of an element over all: the full order of precedence is not followed.

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};

/// The most rules of a page that are looked at.
const MOST_RULES: usize = 2000;

/// Names of classes with which pages hide words from the eye alone.
const HIDING: [&str; 5] = ["visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "u-hidden-visually"];

/// The style of an element, as far as it decides about words; `None` leaves what the element has by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ElementStyle {
    pub(super) is_hidden: Option<bool>,
    pub(super) is_struck: Option<bool>,
    pub(super) height: Option<Raise>,
    /// True if it begins a paragraph, false if it stands in a line.
    pub(super) is_block: Option<bool>,
    /// How the items of its list are numbered.
    pub(super) numbers: Option<ListStyle>,
    /// True if free space divides it from the words beside it.
    pub(super) is_apart: bool,
    /// True if each line break of the file is shown.
    pub(super) keeps_lines: bool,
}

/// The numbers of the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListStyle {
    Unnumbered,
    /// The kind as the attribute `type` of a list names it.
    Of(&'static str),
}

impl ListStyle {
    /// Reads the value of `list-style` (CSS Lists 3).
    fn of(value: &str) -> Option<Self> {
        let kind = |word: &str| {
            Some(match word {
                "none" | "disc" | "circle" | "square" => Self::Unnumbered,
                "lower-alpha" | "lower-latin" => Self::Of("a"),
                "upper-alpha" | "upper-latin" => Self::Of("A"),
                "lower-roman" => Self::Of("i"),
                "upper-roman" => Self::Of("I"),
                "decimal" => Self::Of("1"),
                _ => return None,
            })
        };
        value.split_whitespace().find_map(kind)
    }
}

/// The height of an element in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raise {
    Up,
    Down,
}

impl ElementStyle {
    /// This style with another one over it.
    fn under(self, other: Self) -> Self {
        Self {
            is_hidden: other.is_hidden.or(self.is_hidden),
            is_struck: other.is_struck.or(self.is_struck),
            height: other.height.or(self.height),
            is_block: other.is_block.or(self.is_block),
            numbers: other.numbers.or(self.numbers),
            is_apart: other.is_apart || self.is_apart,
            keeps_lines: other.keeps_lines || self.keeps_lines,
        }
    }

    /// Reads declarations: `display: none; color: red`.
    fn of(declarations: &str) -> Self {
        let lower = declarations.to_ascii_lowercase();
        let all: Vec<(&str, &str)> = lower
            .split(';')
            .filter_map(|one| one.split_once(':'))
            .map(|(name, value)| (name.trim(), value.trim()))
            .collect();
        let mut style = Self::default();
        for (name, value) in &all {
            style.declare(name, value.trim_end_matches("!important").trim_end());
        }
        if all.iter().any(|(name, value)| *name == "position" && matches!(*value, "absolute" | "fixed")) {
            style.is_hidden = style.is_hidden.or(is_off_screen(&all).then_some(true));
        }
        style
    }

    fn declare(&mut self, name: &str, value: &str) {
        match name {
            "display" => {
                self.is_hidden = Some(value == "none");
                self.is_block = match value {
                    "block" | "flex" | "grid" | "table" | "list-item" | "table-row" | "table-cell" => Some(true),
                    "inline" => Some(false),
                    _ => None,
                };
            }
            "visibility" => self.is_hidden = Some(matches!(value, "hidden" | "collapse")),
            "opacity" | "font-size" if is_nothing(value) => self.is_hidden = Some(true),
            "text-decoration" | "text-decoration-line" => self.is_struck = Some(value.contains("line-through")),
            "vertical-align" => {
                self.height = match value {
                    "super" => Some(Raise::Up),
                    "sub" => Some(Raise::Down),
                    _ => None,
                };
            }
            "list-style" | "list-style-type" => self.numbers = ListStyle::of(value).or(self.numbers),
            "margin" | "margin-left" | "margin-right" | "padding" | "padding-left" | "padding-right" => {
                self.is_apart |= !value.split_whitespace().all(is_nothing);
            }
            "white-space" => self.keeps_lines |= value.starts_with("pre"),
            _ => {}
        }
    }
}

/// True for nought in any unit.
fn is_nothing(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse::<f64>().is_ok_and(|number| number.abs() < 0.02)
}

/// True for a box that is set beside the screen, or that shows a single point: words for programs that read aloud.
fn is_off_screen(declarations: &[(&str, &str)]) -> bool {
    let far = |value: &str| {
        value.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<f64>().is_ok_and(|x| x < -500.0)
    };
    declarations.iter().any(|(name, value)| match *name {
        "left" | "top" | "right" | "text-indent" => far(value),
        "clip" => value.starts_with("rect(0") || value.starts_with("rect(1px"),
        "clip-path" => value.contains("inset(50%") || value.contains("inset(100%"),
        _ => false,
    })
}

/// The styles of the elements of a page.
#[derive(Debug, Default)]
pub(super) struct PageStyles {
    by_element: HashMap<NodeId, ElementStyle>,
}

impl PageStyles {
    /// Reads the style sheets inside of a page.
    pub(super) fn of(document: &Document) -> Self {
        let mut styles = Self::default();
        let sheets = document.select("style");
        let text: String = sheets.nodes().iter().map(|sheet| sheet.text().to_string() + "\n").collect();
        for (selector, declarations) in rules(&without_comments(&text)).into_iter().take(MOST_RULES) {
            let style = ElementStyle::of(declarations);
            // Pages say what is new in selectors that are not known here; such a rule is not followed.
            let Some(found) = (style != ElementStyle::default()).then(|| document.try_select(selector)).flatten()
            else {
                continue;
            };
            for node in found.nodes() {
                let own = styles.by_element.entry(node.id).or_default();
                *own = own.under(style);
            }
        }
        styles
    }

    /// The style of an element.
    pub(super) fn element(&self, node: &NodeRef) -> ElementStyle {
        let style = self.by_element.get(&node.id).copied().unwrap_or_default();
        let style = match node.attr("style") {
            Some(own) => style.under(ElementStyle::of(&own)),
            None => style,
        };
        let class = node.attr("class").unwrap_or_default();
        let hides = class.split_whitespace().any(|class| HIDING.contains(&class));
        ElementStyle { is_hidden: style.is_hidden.or(hides.then_some(true)), ..style }
    }
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The rules of a style sheet: selector and declarations. Rules for paper and for screens of some width are left out.
fn rules(text: &str) -> Vec<(&str, &str)> {
    let mut rules = Vec::new();
    let mut rest = text;
    while let Some((selector, after)) = rest.split_once('{') {
        let selector = selector.rsplit([';', '}']).next().unwrap_or_default().trim();
        let end = closing(after);
        let (inside, next) = (&after[..end], after.get(end + 1..).unwrap_or_default());
        if let Some(at) = selector.strip_prefix('@') {
            let for_all =
                at.strip_prefix("media").is_some_and(|media| !media.contains("print") && !media.contains('('));
            // One level is enough: rules in rules in rules are not followed.
            rules.extend(if for_all { flat(inside) } else { Vec::new() });
        } else {
            rules.push((selector, inside));
        }
        rest = next;
    }
    rules
}

fn flat(text: &str) -> Vec<(&str, &str)> {
    let rules = text.split('}').filter_map(|rule| rule.split_once('{'));
    rules
        .map(|(selector, declarations)| (selector.trim(), declarations))
        .filter(|(at, _)| !at.starts_with('@'))
        .collect()
}

/// The place of the bracket that closes a block.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}
