//! Simple formulas of TeX as plain words: `$\alpha$`, `$CO_2$`, `$10^{-3}$`.

use super::commands::{DEEPEST, after_blanks, command, group, name};
use super::markup::script;

/// The words of a formula; `None` if one line of characters cannot say what it says, or if it is none: an amount of
/// money between two signs of dollar.
pub(super) fn formula(typed: &str, depth: usize) -> Option<String> {
    let is_formula = typed.contains(['\\', '^', '_']);
    let letters = typed.split(|c: char| !c.is_alphabetic()).map(|run| run.chars().count()).max().unwrap_or_default();
    if depth > DEEPEST || !is_formula && letters > 1 {
        return None;
    }
    let mut reader = Reader { rest: typed.trim(), out: String::new(), depth };
    while let Some(next) = reader.rest.chars().next() {
        reader.step(next)?;
    }
    Some(reader.out)
}

struct Reader<'a> {
    rest: &'a str,
    out: String,
    depth: usize,
}

impl Reader<'_> {
    fn step(&mut self, next: char) -> Option<()> {
        match next {
            '\\' => return self.command(),
            '^' | '_' => return self.script(next == '^'),
            '{' => {
                let inner = group(self.rest)?;
                self.out.push_str(&formula(inner, self.depth + 1).or_else(|| letters(inner))?);
                self.rest = &self.rest[inner.len() + 2..];
                return Some(());
            }
            '-' => self.out.push('−'),
            '~' => self.out.push(' '),
            '\'' => self.out.push('′'),
            _ if next.is_alphanumeric() || " +=()[],.;:/|<>!?*".contains(next) => self.out.push(next),
            _ => return None,
        }
        self.rest = &self.rest[next.len_utf8()..];
        Some(())
    }

    fn command(&mut self) -> Option<()> {
        let name = name(&self.rest[1..]);
        let after = &self.rest[1 + name.len()..];
        let rest = match (command(name), name) {
            (Some(("math" | "letter", sign)), _) => {
                self.out.push_str(sign);
                after_blanks(after)
            }
            (Some(("inside", "1")), _) => {
                let inner = group(after)?;
                self.out.push_str(&formula(inner, self.depth + 1).or_else(|| letters(inner))?);
                &after[inner.len() + 2..]
            }
            (Some(("space", _)), _) | (None, " " | "," | ";" | ":" | ">") => {
                self.out.push(' ');
                after
            }
            (None, "!") => after,
            // The parser of BibLaTeX takes the backslash away.
            (None, "%" | "&" | "#" | "_" | "$") => {
                self.out.push('\\');
                self.out.push_str(name);
                after
            }
            _ => return None,
        };
        self.rest = rest;
        Some(())
    }

    /// What stands above or below the line. Letters may do so at the beginning only: `4$^{th}$` is the fourth, `$x^{ab}$`
    /// a power.
    fn script(&mut self, is_raised: bool) -> Option<()> {
        let rest = &self.rest[1..];
        let length = match rest.chars().next()? {
            '{' => group(rest)?.len() + 2,
            '\\' => 1 + name(&rest[1..]).len(),
            c => c.len_utf8(),
        };
        let inner = rest[..length].trim_start_matches('{').trim_end_matches('}');
        let words = formula(inner, self.depth + 1).or_else(|| letters(inner))?;
        if is_raised && words == "∘" {
            self.out.push('°');
        } else {
            self.out.push_str(&script(&words, is_raised, self.out.is_empty())?);
        }
        self.rest = &rest[length..];
        Some(())
    }
}

/// Words without any command.
fn letters(words: &str) -> Option<String> {
    words.chars().all(|c| c.is_alphanumeric() || c == ' ').then(|| words.to_owned())
}
