//! The record of a new source, as text for `sources.yaml`.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use crate::source::extract::{Extracted, FileFormat};
use crate::text::PAGE;
use crate::yaml::{self, quoted};

use super::custody::KeptFile;

/// The data from which a record is made.
#[derive(Debug)]
pub struct NewRecord<'a> {
    /// Id of the source.
    pub id: &'a str,
    /// The content of the file.
    pub read: &'a Extracted,
    /// The address that was typed.
    pub url: Option<&'a str>,
    /// The language that was typed.
    pub language: Option<&'a str>,
    /// The day on which the copy was made.
    pub retrieved: &'a str,
    /// Name and digest of the canonical text.
    pub text: &'a KeptFile,
    /// Name and digest of the original.
    pub original: &'a KeptFile,
    /// The encoding of the original that was typed.
    pub encoding: Option<&'a str>,
}

impl NewRecord<'_> {
    /// The lines of the record. Values that nobody typed are named under `guessed`.
    #[must_use]
    pub fn write(&self) -> String {
        let mut lines = Lines { text: format!("{}:\n", self.id), guessed: Vec::new() };
        self.told(&mut lines);
        lines.line("language", &scalar(self.language.or(self.read.about.language.as_deref()).unwrap_or_default()));
        if self.language.is_none() {
            lines.guessed.push("language");
        }
        self.kept(&mut lines);
        self.dated(&mut lines);
        self.limited(&mut lines);
        let Lines { mut text, guessed } = lines;
        text += "  # The program read these by itself. Compare each with the original, then take its name out of the list.\n";
        let _ = writeln!(text, "  guessed: [{}]", guessed.join(", "));
        text += "  # Without a line `audience` it is for those who work on the case only.\n";
        text
    }

    /// Adds the data that the file gives about itself.
    fn told(&self, lines: &mut Lines) {
        let about = &self.read.about;
        let page =
            matches!(self.read.format, FileFormat::Html | FileFormat::Mhtml | FileFormat::Warc | FileFormat::Wacz);
        lines.guess(
            "type",
            if about.article {
                "article"
            } else if page {
                "web"
            } else {
                "misc"
            },
        );
        lines.guess("title", &scalar(&self.title()));
        let authors: Vec<String> = about.authors.iter().map(|author| scalar(author)).collect();
        match authors.as_slice() {
            [] => {}
            [one] => lines.guess("author", one),
            _ => lines.guess("author", &format!("[{}]", authors.join(", "))),
        }
        if let Some(date) = &about.date {
            lines.guess("date", date);
        }
        if let Some(site) = &about.site {
            lines.guess("parent", &format!("{{title: {}}}", scalar(site)));
        }
        if let Some(publisher) = &about.publisher {
            lines.guess("publisher", &scalar(publisher));
        }
        let url = self.url.or(about.url.as_deref());
        if let Some(url) = url {
            lines.line("url", &format!("{{value: {}, date: {}}}", quoted(url), self.retrieved));
        }
        if url.is_some() && self.url.is_none() {
            lines.guessed.push("url");
        }
    }

    /// The title given by the file, otherwise its first words.
    fn title(&self) -> String {
        let about = &self.read.about;
        if let Some(title) = about.title.as_ref().filter(|title| !title.trim().is_empty()) {
            return title.clone();
        }
        // A file of nothing but repeated lines has to have a title, too.
        let all = &self.read.paragraphs;
        let first = all.iter().find(|paragraph| paragraph.furniture.is_none()).or_else(|| all.first());
        let words: Vec<&str> = first.map(|first| first.text.split_whitespace().collect()).unwrap_or_default();
        let shown = words.iter().take(12).copied().collect::<Vec<&str>>().join(" ");
        if words.len() > 12 { shown + " …" } else { shown }
    }

    fn kept(&self, lines: &mut Lines) {
        let (name, version) = self.read.format.extractor();
        lines.line("file", &scalar(&self.text.file));
        lines.line("digest", &self.text.digest);
        let (file, digest) = (quoted(&self.original.file), quoted(&self.original.digest));
        let encoding = self.encoding.map(|encoding| format!(", encoding: {}", quoted(encoding))).unwrap_or_default();
        lines.line("original", &format!("{{file: {file}, digest: {digest}{encoding}}}"));
        lines.line("extractor", &format!("{{name: {name}, version: {}}}", quoted(version)));
    }

    /// Dates a file without a date of its own: it counts from the day on which the copy was in hand, because no earlier
    /// day is certain.
    fn dated(&self, lines: &mut Lines) {
        let about = &self.read.about;
        if about.date.is_some() {
            return;
        }
        let mut basis = format!("It bears no date that the program found. The copy was in hand on {}.", self.retrieved);
        if let Some(made) = &about.made {
            let _ = write!(basis, " The file was made on {}, as {} say.", made.on, made.by);
        }
        lines.text += "  published:\n";
        let _ = writeln!(lines.text, "    not-after: {}\n    basis: {}", self.retrieved, quoted(&basis));
        lines.guessed.push("published");
    }

    /// Adds the ranges of paragraphs that may not be part of the text.
    fn limited(&self, lines: &mut Lines) {
        let ranges = furniture(self.read);
        if ranges.is_empty() {
            return;
        }
        lines.text += "  limits:\n    # Proposed by the program: delete the lines that are wrong.\n    not-text:\n";
        for (range, why) in ranges {
            let (from, to) = range.into_inner();
            let _ = writeln!(lines.text, "      - {{from: {from}, to: {to}, why: {}}}", quoted(why));
        }
        lines.guessed.push("not-text");
    }
}

/// The paragraphs, from 1, that the extractor takes for no part of the text, in ranges with the reason.
#[must_use]
pub fn furniture(read: &Extracted) -> Vec<(RangeInclusive<usize>, &'static str)> {
    let mut ranges: Vec<(RangeInclusive<usize>, &str)> = Vec::new();
    for (index, paragraph) in read.paragraphs.iter().enumerate() {
        let Some(why) = paragraph.furniture else { continue };
        match ranges.last_mut() {
            Some((range, before)) if *range.end() == index && *before == why => *range = *range.start()..=index + 1,
            _ => ranges.push((index + 1..=index + 1, why)),
        }
    }
    ranges
}

/// The canonical text: one paragraph per line, and a line with a form feed before each page.
#[must_use]
pub fn canonical(read: &Extracted) -> String {
    let mut text = String::new();
    let mut page = 0;
    for paragraph in &read.paragraphs {
        while page < paragraph.page {
            text.push(PAGE);
            text.push('\n');
            page += 1;
        }
        text += &paragraph.text;
        text.push('\n');
    }
    while page < read.pages {
        text.push(PAGE);
        text.push('\n');
        page += 1;
    }
    text
}

struct Lines {
    text: String,
    guessed: Vec<&'static str>,
}

impl Lines {
    fn line(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "  {key}: {value}");
    }

    fn guess(&mut self, key: &'static str, value: &str) {
        self.line(key, value);
        self.guessed.push(key);
    }
}

/// A value of the record. The mark of a word broken at the end of a line is removed from it.
fn scalar(words: &str) -> String {
    yaml::scalar(&words.replace('\u{2028}', " "))
}
