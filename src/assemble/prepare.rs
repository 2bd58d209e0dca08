//! Prepares a template's text for the engine: adds line marks and finds forbidden constructs.

use super::marks::{self, SPLIT};
use crate::diag::characters::is_private;

/// The largest template file, in bytes. Together with the fuel it limits the size of an expansion.
pub const MOST_BYTES: usize = 64 << 10;

/// The most steps of one tag, and branches of one file: each nests in the one before, and reading them takes stack of
/// the thread. The engine itself bounds parentheses and blocks. The longest shipped tag has a thirtieth of them.
const MOST_STEPS: usize = 250;

/// Signs that are a step of a tag, if they stand outside of quotation marks.
const STEPS: &str = "|.[(-<>=!/%";

/// Words that are a step of a tag.
const STEP_WORDS: [&str; 7] = ["and", "else", "if", "in", "is", "not", "or"];

/// A word that begins a branch.
const BRANCH: &str = "elif";

/// A template's text, ready for the engine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreparedTemplate {
    /// The text with line marks.
    pub text: String,
    /// Forbidden constructs: line, from 1, and kind.
    pub problems: Vec<(usize, Problem)>,
    /// Names inside tags, with their lines, from 1.
    pub names: Vec<(usize, String)>,
}

/// A forbidden construct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// A private-use character, or an escape that could make one.
    Private,
    /// An operator that joins or multiplies text.
    Operator(char),
    /// A file that is too large.
    TooLarge,
    /// A tag with too many steps, or a file with too many branches.
    TooDeep,
}

/// Prepares the text of the template file with this number.
#[must_use]
pub fn prepare(source: &str, file: usize) -> PreparedTemplate {
    if source.len() > MOST_BYTES {
        return PreparedTemplate { problems: vec![(1, Problem::TooLarge)], ..PreparedTemplate::default() };
    }
    let mut scanner =
        Scanner { rest: source, file, line: 1, marked: false, steps: 0, branches: 0, out: PreparedTemplate::default() };
    while !scanner.rest.is_empty() {
        scanner.step();
    }
    scanner.out
}

struct Scanner<'a> {
    rest: &'a str,
    file: usize,
    line: usize,
    /// True if the rest of this line has a mark already.
    marked: bool,
    /// The steps of the present tag.
    steps: usize,
    /// The branches of the file.
    branches: usize,
    out: PreparedTemplate,
}

impl Scanner<'_> {
    fn step(&mut self) {
        if let Some(length) = heading_id(self.rest) {
            self.mark();
            self.out.text.push('{');
            self.out.text.push(SPLIT);
            self.copy(1, length);
        } else if self.rest.starts_with("{#") {
            let length = self.rest.find("#}").map_or(self.rest.len(), |at| at + 2);
            self.copy(0, length);
            self.marked = false;
        } else if self.rest.starts_with("{{") {
            // A mark before `{{-` would stop it from removing the white space.
            if !self.rest.starts_with("{{-") {
                self.mark();
            }
            self.tag("}}");
        } else if self.rest.starts_with("{%") {
            self.tag("%}");
        } else {
            self.literal();
        }
    }

    fn literal(&mut self) {
        let Some(c) = self.rest.chars().next() else { return };
        if !c.is_whitespace() {
            self.mark();
        }
        self.copy(0, c.len_utf8());
    }

    fn mark(&mut self) {
        if !self.marked {
            self.out.text.push_str(&marks::line(self.file, self.line));
            self.marked = true;
        }
    }

    /// Copies bytes `from..to` of the rest and continues after them.
    fn copy(&mut self, from: usize, to: usize) {
        let text = &self.rest[from..to];
        for c in text.chars() {
            if c == '\n' {
                self.line += 1;
                self.marked = false;
            } else if is_private(c) {
                self.out.problems.push((self.line, Problem::Private));
            }
        }
        self.out.text.push_str(text);
        self.rest = &self.rest[to..];
    }

    fn tag(&mut self, close: &str) {
        self.steps = 0;
        let mut at = 2;
        let mut quote = None;
        let mut name = String::new();
        let mut line = self.line;
        while let Some(c) = self.rest[at..].chars().next() {
            if quote.is_none() && self.rest[at..].starts_with(close) {
                at += close.len();
                break;
            }
            let escaped = c == '\\' && self.rest[at + 1..].starts_with(['u', 'U', 'x']);
            match (quote, c) {
                (Some(_), _) if escaped => self.out.problems.push((line, Problem::Private)),
                (Some(open), c) if c == open => quote = None,
                (Some(_), '\\') => at += self.rest[at + 1..].chars().next().map_or(0, char::len_utf8),
                (None, '"' | '\'') => quote = Some(c),
                // `{%+` and `+%}` only keep white space.
                (None, '+') if at == 2 || self.rest[at + 1..].starts_with(close) => {}
                (None, '~' | '+' | '*') => self.out.problems.push((line, Problem::Operator(c))),
                _ => {}
            }
            self.steps += usize::from(quote.is_none() && STEPS.contains(c));
            if quote.is_none() && (c.is_alphanumeric() || c == '_' || c == '.') {
                name.push(c);
            } else {
                self.name(line, &mut name);
            }
            line += usize::from(c == '\n');
            at = (at + c.len_utf8()).min(self.rest.len());
        }
        self.name(line, &mut name);
        if self.steps > MOST_STEPS || self.branches > MOST_STEPS {
            self.out.problems.push((line, Problem::TooDeep));
            self.branches = 0;
        }
        self.copy(0, at);
        self.marked = false;
    }

    fn name(&mut self, line: usize, name: &mut String) {
        let name = std::mem::take(name);
        self.steps += usize::from(STEP_WORDS.contains(&name.as_str()));
        self.branches += usize::from(name == BRANCH);
        if name.chars().any(char::is_alphabetic) {
            self.out.names.push((line, name));
        }
    }
}

/// The length of `{#id .class}` at the end of a line; a comment closes with `#}`.
fn heading_id(rest: &str) -> Option<usize> {
    let row = rest.lines().next()?;
    let inner = row.strip_prefix("{#")?;
    let end = inner.find('}')?;
    let fits = |c: char| c.is_alphanumeric() || " .-_".contains(c);
    let is_id = inner.starts_with(char::is_alphanumeric) && inner[..end].chars().all(fits);
    (is_id && inner[end + 1..].trim().is_empty()).then_some(end + 3)
}

#[cfg(test)]
mod tests {
    use super::super::marks::{line, without_lines};
    use super::*;

    #[test]
    fn each_line_of_text_is_marked_once() {
        let source = "# A {#a .box}\n\n{% if x %}\n  - {{ y }} z\n{% endif %}{# no #}\n";
        let prepared = prepare(source, 0);
        assert_eq!(
            prepared.text,
            format!(
                "{}# A {{{SPLIT}#a .box}}\n\n{{% if x %}}\n  {}- {{{{ y }}}} {}z\n{{% endif %}}{{# no #}}\n",
                line(0, 1),
                line(0, 4),
                line(0, 4)
            )
        );
        assert_eq!(without_lines(&prepared.text).0, source);
    }

    #[test]
    fn names_and_forbidden_constructs_are_found_with_their_lines() {
        let table: &[(&str, &[(usize, Problem)])] = &[
            ("{{ a ~ b }}", &[(1, Problem::Operator('~'))]),
            ("x\n{{ 'a' * 9 }}", &[(2, Problem::Operator('*'))]),
            ("{{ '*' }} 1 * 2 + 3 ~", &[]),
            (r"{{ '\ue000' }}", &[(1, Problem::Private)]),
            ("a\n\u{E000}", &[(2, Problem::Private)]),
            ("{{ 'it\\'s }}' }}", &[]),
            (r"{{ '\", &[]),
            ("{{ unclosed", &[]),
        ];
        for (source, expected) in table {
            assert_eq!(prepare(source, 0).problems, *expected, "{source}");
        }
        for (before, step, after) in [
            ("{{ a", "|b", " }}"),
            ("{{ a", ".b", " }}"),
            ("{{ a", "[0]", " }}"),
            ("{{ a", "()", " }}"),
            ("{{", " not", " a }}"),
            ("{{", " -", "a }}"),
            ("{% if a", " and a", " %}{% endif %}"),
            ("{% if a", " is b", " %}{% endif %}"),
            ("{% if a %}", "{% elif a %}", "{% endif %}"),
        ] {
            let of = |steps: usize| format!("{before}{}{after}", step.repeat(steps));
            assert_eq!(prepare(&of(200), 0).problems, [], "{step}");
            assert_eq!(prepare(&of(300), 0).problems, [(1, Problem::TooDeep)], "{step}");
        }
        let names = prepare("{{ a.b }}\n{% if\n c %}x{% endif %}", 0).names;
        let expected = [(1, "a.b"), (2, "if"), (3, "c"), (3, "endif")];
        assert_eq!(names, expected.map(|(line, name)| (line, name.to_owned())));
    }
}
