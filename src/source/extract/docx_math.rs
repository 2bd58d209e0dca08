//! Equations of Word (OMML) in a linear form: `3/4`, `m²`, `√9`.
//!
//! Source: ECMA-376, part 1, 22.1 (math).

use super::office::{XmlElement, is_yes};
use super::raised;

/// The deepest nesting of an equation that is read.
const DEEPEST: usize = 40;

/// A part of an equation while it is read.
#[derive(Debug, Default)]
struct Part {
    name: String,
    /// The parts inside it, by name.
    parts: Vec<(String, String)>,
    words: String,
    /// Where the last part inside it ends that is more than letters.
    built_end: usize,
    /// Its signs and its kind, by the names of the elements that give them.
    properties: Vec<(&'static str, String)>,
}

/// The elements that give signs and kinds.
const PROPERTIES: [&str; 7] = ["m:begChr", "m:endChr", "m:sepChr", "m:chr", "m:type", "m:pos", "m:show"];

/// The elements that have parts of their own.
const BUILT: [&str; 21] = [
    "m:oMath",
    "m:f",
    "m:sSup",
    "m:sSub",
    "m:sSubSup",
    "m:sPre",
    "m:rad",
    "m:nary",
    "m:d",
    "m:func",
    "m:limLow",
    "m:limUpp",
    "m:m",
    "m:mr",
    "m:eqArr",
    "m:acc",
    "m:bar",
    "m:phant",
    "m:groupChr",
    "m:box",
    "m:borderBox",
];

/// The parts of such elements.
const PARTS: [&str; 8] = ["m:e", "m:num", "m:den", "m:sup", "m:sub", "m:deg", "m:fName", "m:lim"];

/// An equation while it is read.
#[derive(Debug, Default)]
pub(super) struct Equation {
    open: Vec<Part>,
    /// Elements that were too deep.
    skipped: usize,
    has_words: bool,
}

impl Equation {
    /// Begins an element of the equation.
    pub(super) fn start(&mut self, element: &XmlElement) {
        let name = element.name();
        if BUILT.contains(&name) || PARTS.contains(&name) {
            if self.open.len() < DEEPEST {
                self.open.push(Part { name: name.to_owned(), ..Part::default() });
            } else {
                self.skipped += 1;
                self.push("\u{fffd}");
            }
        } else if let Some(part) = self.open.last_mut()
            && let Some(property) = PROPERTIES.iter().find(|known| **known == name)
        {
            part.properties.retain(|(known, _)| known != property);
            part.properties.push((property, element.val().unwrap_or_default()));
        }
    }

    /// Adds letters.
    pub(super) fn push(&mut self, words: &str) {
        if let Some(part) = self.open.last_mut().filter(|_| self.skipped == 0 || words == "\u{fffd}") {
            part.add(words, part.built_end == part.words.len());
            self.has_words = true;
        }
    }

    /// Ends an element; gives the equation if it ends here.
    pub(super) fn end(&mut self, name: &str) -> Option<String> {
        if !BUILT.contains(&name) && !PARTS.contains(&name) {
            return None;
        }
        if self.skipped > 0 {
            self.skipped -= 1;
            return None;
        }
        let part = self.open.pop()?;
        if PARTS.contains(&name) {
            let words = part.words.trim().to_owned();
            if let Some(whole) = self.open.last_mut() {
                whole.parts.push((part.name, words));
            }
            return None;
        }
        let words = part.linear();
        match self.open.last_mut() {
            Some(whole) if whole.name == "m:m" => whole.parts.push((part.name, words)),
            Some(whole) => {
                whole.add(&words, true);
                whole.built_end = whole.words.len();
            }
            None => return Some(if self.has_words { words } else { String::new() }),
        }
        None
    }
}

impl Part {
    /// Adds words. Digits beside a built part are no part of the same number: 3 and ½ are not 31/2.
    fn add(&mut self, words: &str, beside_built: bool) {
        let makes_number = self.words.ends_with(char::is_numeric) && words.starts_with(char::is_numeric);
        self.words.push_str(if beside_built && makes_number { " " } else { "" });
        self.words.push_str(words);
    }

    fn get(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, words)| words)
    }

    /// The value of a property.
    fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn joined(&self, between: &str) -> String {
        self.parts.iter().map(|(_, words)| words.as_str()).collect::<Vec<&str>>().join(between)
    }

    /// The part in one line.
    fn linear(&self) -> String {
        let base = self.get("m:e");
        match self.name.as_str() {
            "m:f" => self.fraction(),
            "m:sSup" => format!("{base}{}", above(self.get("m:sup"))),
            "m:sSub" => format!("{base}{}", below(self.get("m:sub"))),
            "m:sSubSup" => format!("{base}{}{}", below(self.get("m:sub")), above(self.get("m:sup"))),
            "m:sPre" => format!("{}{}{base}", above(self.get("m:sup")), below(self.get("m:sub"))),
            "m:rad" => self.root(),
            "m:nary" => self.sum(),
            "m:d" => self.in_brackets(),
            "m:func" => format!("{} {base}", self.get("m:fName")),
            "m:limLow" => format!("{base}{}", below(self.get("m:lim"))),
            "m:limUpp" => format!("{base}{}", above(self.get("m:lim"))),
            "m:m" | "m:eqArr" => self.joined("; "),
            "m:mr" => self.joined(", "),
            "m:acc" => format!("{}{}", bracketed(base), self.property("m:chr").unwrap_or("\u{302}")),
            "m:bar" if self.property("m:pos") == Some("top") => format!("{}\u{305}", bracketed(base)),
            "m:bar" => format!("{}\u{332}", bracketed(base)),
            "m:phant" if self.property("m:show").is_some_and(|value| !is_yes(value)) => String::new(),
            "m:oMath" => self.words.trim().to_owned(),
            _ => base.to_owned(),
        }
    }

    fn fraction(&self) -> String {
        let (over, under) = (bracketed(self.get("m:num")), bracketed(self.get("m:den")));
        match self.property("m:type") {
            // A stack without a line, as of a binomial coefficient.
            Some("noBar") => format!("({over}¦{under})"),
            _ => format!("{over}/{under}"),
        }
    }

    fn root(&self) -> String {
        let degree = self.get("m:deg");
        let sign = if degree.is_empty() { String::new() } else { superscript(degree).unwrap_or(format!("{degree}-")) };
        format!("{sign}√{}", bracketed(self.get("m:e")))
    }

    fn sum(&self) -> String {
        let sign = self.property("m:chr").unwrap_or("∫");
        let (from, to) = (self.get("m:sub"), self.get("m:sup"));
        format!("{sign}{}{} {}", below(from), above(to), self.get("m:e"))
    }

    fn in_brackets(&self) -> String {
        let sign = |name: &str, usual| self.property(name).unwrap_or(usual);
        format!("{}{}{}", sign("m:begChr", "("), self.joined(sign("m:sepChr", "|")), sign("m:endChr", ")"))
    }
}

fn is_number(words: &str) -> bool {
    !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '−'))
}

fn superscript(words: &str) -> Option<String> {
    is_number(words).then(|| raised::superscript(words))
}

/// A raised part: digits as exponents, other signs behind a caret.
fn above(words: &str) -> String {
    let other = || if words.is_empty() { String::new() } else { format!("^{}", bracketed(words)) };
    superscript(words).unwrap_or_else(other)
}

/// A lowered part: digits as indices, other signs behind an underscore.
fn below(words: &str) -> String {
    match words {
        "" => String::new(),
        _ if is_number(words) => raised::subscript(words),
        _ => format!("_{}", bracketed(words)),
    }
}

/// Words in brackets, unless they are one number, one name, or in brackets already.
fn bracketed(words: &str) -> String {
    let is_one =
        |words: &str| words.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '\u{300}'..='\u{36f}'));
    let has_brackets = words.starts_with('(') && words.find(')').is_some_and(|at| at + 1 == words.len());
    if words.is_empty() || is_one(words) || has_brackets { words.to_owned() } else { format!("({words})") }
}
