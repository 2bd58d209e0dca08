//! TeX in the fields of a BibLaTeX file: accents, letters, signs and simple formulas that are typed as commands become
//! the characters that a reader of the printed library sees.
//!
//! The parser of BibLaTeX reads some accents in some positions only, and no markup. A command that is not known here
//! stays as it is typed, for that parser and for the remark on what stays.

use biblatex::{RawBibliography, RawChunk};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::commands::{DEEPEST, after_blanks, command, group, name};
use super::formula::formula;
use super::markup::{LONGEST, script};

/// Fields whose words are no TeX.
const VERBATIM: [&str; 7] = ["url", "doi", "file", "pdf", "eprint", "uri", "urlraw"];

/// The text of a BibLaTeX file with plain characters in its fields. Line ends keep their places.
pub(super) fn file(text: &str, raw: &RawBibliography) -> String {
    let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields).chain(&raw.abbreviations);
    let worded = fields.filter(|field| !VERBATIM.contains(&field.key.v.to_lowercase().as_str()));
    let mut places: Vec<(usize, &str)> = Vec::new();
    for chunk in worded.flat_map(|field| &field.value.v) {
        if let RawChunk::Normal(words) = chunk.v
            && words.len() <= LONGEST
        {
            places.push((chunk.span.start, words));
        }
    }
    places.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (start, words) in places {
        if start >= done && text.get(start..start + words.len()) == Some(words) {
            out.push_str(&text[done..start]);
            out.push_str(&plain(words));
            done = start + words.len();
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The words of a field with characters in place of commands.
fn plain(field: &str) -> String {
    inside(field, 0)
}

fn inside(field: &str, depth: usize) -> String {
    if depth > DEEPEST {
        return field.to_owned();
    }
    let mut reader = Reader { rest: field, out: String::with_capacity(field.len()), depth, is_quoting: false };
    while let Some(next) = reader.rest.chars().next() {
        reader.step(next);
    }
    reader.out
}

struct Reader<'a> {
    rest: &'a str,
    out: String,
    depth: usize,
    /// True after an opening single quotation mark.
    is_quoting: bool,
}

impl Reader<'_> {
    fn step(&mut self, next: char) {
        match next {
            '\\' => self.command(),
            '{' => self.group(),
            '$' => self.formula(),
            '~' => self.put(1, " "),
            '`' | '\'' => self.quotation_mark(),
            _ => self.copy(next.len_utf8()),
        }
    }

    /// Takes some bytes and puts other words in their place.
    fn put(&mut self, taken: usize, words: &str) {
        self.rest = &self.rest[taken..];
        self.out.push_str(words);
    }

    fn copy(&mut self, taken: usize) {
        let (own, rest) = self.rest.split_at(taken);
        self.out.push_str(own);
        self.rest = rest;
    }

    /// Braces around one letter that was a command are not needed: the letter is as long and as high as any other.
    fn group(&mut self) {
        let Some(inner) = group(self.rest) else { return self.copy(1) };
        let words = inside(inner, self.depth + 1);
        let is_letter = inner.starts_with('\\') && words.chars().count() <= 2 && !words.contains(['\\', '{', '$', ' ']);
        let taken = inner.len() + 2;
        if is_letter { self.put(taken, &words) } else { self.put(taken, &format!("{{{words}}}")) }
    }

    fn quotation_mark(&mut self) {
        let is_apostrophe = self.rest[1..].starts_with(char::is_alphanumeric) || !self.is_quoting;
        match self.rest.as_bytes() {
            [b'`', b'`', ..] => self.put(2, "“"),
            [b'\'', b'\'', ..] => self.put(2, "”"),
            [b'`', ..] => {
                self.is_quoting = true;
                self.put(1, "‘");
            }
            _ if is_apostrophe => self.copy(1),
            _ => {
                self.is_quoting = false;
                self.put(1, "’");
            }
        }
    }

    fn formula(&mut self) {
        let inner = self.rest[1..].split_once('$').map(|(inner, _)| inner).filter(|inner| !inner.is_empty());
        match inner.and_then(|inner| Some((inner.len() + 2, formula(inner, self.depth)?))) {
            Some((taken, words)) => self.put(taken, &words),
            None => self.copy(inner.map_or(1, |inner| inner.len() + 2)),
        }
    }

    fn command(&mut self) {
        let name = name(&self.rest[1..]);
        let start = 1 + name.len();
        let after = &self.rest[start..];
        match (command(name), name) {
            (Some(("accent", mark)), _) => self.accent(start, mark),
            (Some(("letter", letter)), _) => self.put(start + ended(after), letter),
            (Some(("space", _)), _) | (None, "\\" | " " | "," | ";" | ":" | ">") => self.put(start + ended(after), " "),
            (None, "-" | "/" | "!" | "@") => self.put(start, ""),
            (None, "(") => self.bracketed_formula(),
            (Some((kind @ ("raised" | "lowered"), _)), _) => self.script(start, kind == "raised"),
            (Some(("inside", how)), _) => self.inside(start, how),
            (Some(("unseen", arguments)), _) => self.unseen(start, arguments),
            _ => self.copy(start),
        }
    }

    /// An argument from a place on: its words, and the place behind it.
    fn argument(&self, from: usize) -> Option<(String, usize)> {
        let blanks = self.rest[from..].len() - after_blanks(&self.rest[from..]).len();
        let from = from + blanks;
        let text = &self.rest[from..];
        if let Some(inner) = group(text) {
            return Some((inside(inner, self.depth + 1), from + inner.len() + 2));
        }
        let next = text.chars().next().filter(|c| !matches!(c, '{' | '}' | '$' | '\n'))?;
        if next != '\\' {
            return Some((next.to_string(), from + next.len_utf8()));
        }
        if self.depth >= DEEPEST {
            return None;
        }
        let mut own = Reader { rest: text, out: String::new(), depth: self.depth + 1, is_quoting: false };
        own.command();
        Some((own.out, self.rest.len() - own.rest.len()))
    }

    /// An accent over nothing stays as it is typed.
    fn accent(&mut self, start: usize, code: &str) {
        let mark = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        let words = |words: &str| accented(words, mark?);
        self.applied(start, &words);
    }

    fn script(&mut self, start: usize, is_raised: bool) {
        self.applied(start, &|words| script(words, is_raised, true));
    }

    /// Puts what becomes of the argument in place of the command. If nothing does, both stay as they are typed: the
    /// argument is not looked into again, because each level of arguments would double the work.
    fn applied(&mut self, start: usize, change: &dyn Fn(&str) -> Option<String>) {
        match self.argument(start) {
            Some((words, end)) => match change(&words) {
                Some(words) => self.put(end, &words),
                None => self.copy(end),
            },
            None => self.copy(start),
        }
    }

    /// The words of the last argument, in braces, so that an “and” in them does not part two names.
    fn inside(&mut self, start: usize, how: &str) {
        let (mut end, mut last) = (start, String::new());
        for _ in 0..how.parse().unwrap_or(1_usize) {
            let Some(argument) = self.argument(end) else { return self.copy(end) };
            (last, end) = argument;
        }
        let mut marks = how.chars().filter(|mark| !mark.is_ascii_digit());
        let (open, close) = (marks.next().unwrap_or('{'), marks.next().unwrap_or('}'));
        self.put(end, &format!("{open}{last}{close}"));
    }

    fn unseen(&mut self, start: usize, arguments: &str) {
        let end = if arguments == "0" { None } else { self.argument(start).map(|(_, end)| end) };
        let end = end.unwrap_or(start + ended(&self.rest[start..]));
        self.put(end, "");
    }

    fn bracketed_formula(&mut self) {
        let inner = self.rest[2..].split_once("\\)").map(|(inner, _)| inner);
        match inner.and_then(|inner| Some((inner.len() + 4, formula(inner, self.depth)?))) {
            Some((taken, words)) => self.put(taken, &words),
            None => self.copy(2),
        }
    }
}

/// The length of what ends the name of a command: blanks, or empty braces.
fn ended(after: &str) -> usize {
    if after.starts_with("{}") { 2 } else { after.len() - after_blanks(after).len() }
}

/// The first letter of some words with a mark. The letters without a dot are typed where the mark takes the place of
/// the dot.
fn accented(words: &str, mark: char) -> Option<String> {
    let words = words.trim_matches(['{', '}']);
    let base = words.chars().next().filter(|base| base.is_alphabetic())?;
    let rest = &words[base.len_utf8()..];
    let marks = rest.len() - rest.trim_start_matches(is_combining_mark).len();
    let base = match base {
        '\u{131}' => 'i',
        '\u{237}' => 'j',
        base => base,
    };
    let (marks, rest) = rest.split_at(marks);
    Some(format!("{base}{marks}{mark}{rest}").nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::plain;

    /// As typed, as a reader sees it. Braces are read by the parser of BibLaTeX.
    const TYPED: &[(&str, &str)] = &[
        (r#"\'e {\'e} \'{e} \' e \"{\i} \"\i{} {\"\i} \'{\'{e}}"#, "é é é é ï ï ï \u{e9}\u{301}"),
        (r"{\v{s}} \v{S} \v s {\v S} \c{c} \c c \H{o} \k{a} \r a \t{oo}", "š Š š Š ç ç ő ą å o\u{361}o"),
        (r#"stra{\ss}e Stra\ss e Stra\ss{}e \O{}re \aa ngstr\"om \AE sop"#, "straße Straße Straße Øre ångström Æsop"),
        (r"Mar{\'\i}a \'{\ae} \'{\OE} \^{} \'1", "María ǽ Œ\u{301} \\^{} \\'1"),
        (r"\emph{Ships \textbf{and}} \textit a {\bf bold} \href{http://x}{here}", "{Ships {and}} {a} {bold} {here}"),
        (r"$\alpha$ CO$_2$ $CO_2$ $10^{-3}$ 4$^{th}$ $90^\circ$ \(x \leq 5\)", "α CO₂ CO₂ 10⁻³ 4th 90° x ≤5"),
        (r"a fine of $500 and $600", "a fine of $500 and $600"),
        (
            r"$x_{ij}$ $\frac{1}{2}$ \unknown{a} 5\% \& \$5 \_ \{",
            r"$x_{ij}$ $\frac{1}{2}$ \unknown{a} 5\% \& \$5 \_ \{",
        ),
        (
            r"x\textsuperscript{2} H\textsubscript{2}O 1\textsuperscript{st} \textsuperscript{2a}",
            r"x² H₂O 1st \textsuperscript{2a}",
        ),
        ("``a'' `b' O'Neill visitors' a~b im\\-prison 5\\,000", "“a” ‘b’ O'Neill visitors' a b imprison 5 000"),
        (r"\enquote{no} \ldots{} \dots --- \textendash{} \LaTeX{} x", "“no” … …--- – LaTeX x"),
        ("{ \\", "{ \\"),
    ];

    #[test]
    fn commands_become_the_characters_that_are_seen() {
        for (typed, seen) in TYPED {
            assert_eq!(plain(typed), *seen, "{typed}");
        }
    }

    #[test]
    fn many_braces_do_no_harm() {
        let deep = format!("{}{}", "{\\'".repeat(3000), "}".repeat(3000));
        assert!(plain(&deep).len() <= deep.len());
        plain(&"\\'".repeat(100_000));
        plain(&"{".repeat(2000));
        // Each of these looks for an end that is not there.
        for (start, typed) in ["<", "&", "<sup>", "\\\\(", "\\emph"].map(|typed| (std::time::Instant::now(), typed)) {
            let text = format!("@misc{{a, title = {{{}}}}}", typed.repeat(400_000));
            assert!(super::super::read(&"a.bib".into(), &text).is_ok());
            assert!(start.elapsed().as_secs() < 20, "{typed}");
        }
    }
}
