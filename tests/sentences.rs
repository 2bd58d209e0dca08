//! True and false sentences with their sources: how many of the false ones are stopped, and how many of the faithful ones are
//! questioned.
//!
//! A file under `tests/sentences/` is an invented source with the sentences that somebody wrote from it. Nobody who wrote them had
//! seen the program. Files whose names begin with `aside-` were not looked at while the words of the languages were collected.
//! `AMPARO_SENTENCES` names a folder with more files, which are measured as a group of their own.
//! The figures go to `target/sentences.txt`; `figures.tsv` holds what must be reached.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use amparo::diag::{Code, Diagnostic, Severity};
use amparo::reference::Reference;
use serde::Deserialize;

use crate::measured::{self, SmallCase, quoted};
use crate::support::{read, rows};

const FIGURES: &str = include_str!("sentences/figures.tsv");

#[derive(Debug, Deserialize)]
struct Written {
    kind: String,
    language: String,
    published: String,
    publisher: String,
    names: Vec<Recorded>,
    victim: String,
    /// The person who says “I”.
    #[serde(default)]
    narrator: Option<String>,
    /// The person whom all of it is about.
    #[serde(default)]
    about: Option<String>,
    paragraphs: Vec<String>,
    sentences: Vec<Sentence>,
}

#[derive(Debug, Deserialize)]
struct Recorded {
    id: String,
    kind: String,
    name: String,
    #[serde(default)]
    forms: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Sentence {
    says: String,
    quotes: Vec<String>,
    truth: String,
    #[serde(default)]
    about: String,
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A case in which each sentence is a fact, with the lines of each.
struct AsCase {
    text: String,
    lines: Vec<Range<usize>>,
}

impl Written {
    fn as_case(&self) -> AsCase {
        let mut text =
            format!("id: sentences\ncountry: XA\nvictims: [{}]\nlanguages: [{}]\n", self.victim, self.language);
        for (key, kind) in [
            ("persons", "person"),
            ("institutions", "institution"),
            ("organisations", "organisation"),
            ("places", "place"),
        ] {
            let named: Vec<&Recorded> = self.names.iter().filter(|named| named.kind == kind).collect();
            if !named.is_empty() {
                _ = writeln!(text, "{key}:");
            }
            for named in named {
                named.write(&self.language, &mut text);
            }
        }
        text += "facts:\n";
        let mut lines = Vec::new();
        for (number, sentence) in self.sentences.iter().enumerate() {
            let start = text.lines().count() + 1;
            self.fact(number, sentence, &mut text);
            lines.push(start..text.lines().count() + 1);
        }
        AsCase { text, lines }
    }

    fn fact(&self, number: usize, sentence: &Sentence, text: &mut String) {
        _ = writeln!(
            text,
            "  s{number}:\n    event: {}\n    text: {{{}: {}}}",
            self.published,
            self.language,
            quoted(&sentence.says)
        );
        text.push_str("    cites:\n");
        for quote in &sentence.quotes {
            let at = self.paragraph(quote);
            _ = writeln!(text, "      - {{source: page, at: para {at}, quote: {}}}", quoted(quote));
        }
    }

    /// The paragraph, from 1, that has a quotation.
    fn paragraph(&self, quote: &str) -> usize {
        let parts: Vec<String> = quote.split("[…]").map(one_line).filter(|part| !part.is_empty()).collect();
        let has = |paragraph: &String| parts.iter().all(|part| one_line(paragraph).contains(part));
        1 + self.paragraphs.iter().position(has).unwrap_or_else(|| panic!("no paragraph has {quote:?}"))
    }

    fn sources(&self) -> String {
        format!(
            "page:\n  type: web\n  title: {}\n  date: {}\n  publisher: {}\n  language: {}\n  file: page.txt\n{}",
            quoted(&self.kind),
            self.published,
            quoted(&self.publisher),
            self.language,
            [("narrator", &self.narrator), ("about", &self.about)]
                .into_iter()
                .filter_map(|(key, person)| Some(format!("  {key}: {}\n", person.as_ref()?)))
                .collect::<String>()
        )
    }
}

impl Recorded {
    fn write(&self, language: &str, text: &mut String) {
        let keys = ["gen", "dat", "acc", "ins", "prep"];
        let mut name = format!("nom: {}", quoted(&self.name));
        for (key, form) in keys.iter().zip(self.forms.iter().filter(|form| **form != self.name)) {
            _ = write!(name, ", {key}: {}", quoted(form));
        }
        let kind = if self.kind == "institution" { "kind: service, " } else { "" };
        _ = writeln!(text, "  {}: {{{kind}name: {{{language}: {{{name}}}}}}}", self.id);
    }
}

/// What the program says of the sentences of a file: for each, the messages about it.
fn judged(written: &Written, reference: &Reference) -> Vec<Vec<String>> {
    let AsCase { text, lines } = written.as_case();
    let page: Vec<String> = written.paragraphs.iter().map(|paragraph| one_line(paragraph)).collect();
    let case = SmallCase { case: &text, sources: &written.sources(), page: &page.join("\n") };
    let problems = case.problems(reference);
    // The day of the source stands for the unknown day of each fact.
    let about = |problem: &&Diagnostic| {
        let counts = problem.severity != Severity::Note && problem.code != Code::FactRecord;
        counts && matches!(problem.code.family(), "fact" | "quote" | "wording")
    };
    let told = |range: &Range<usize>| {
        let own = problems.iter().filter(about).filter(|problem| range.contains(&problem.primary.place.line));
        own.map(|problem| format!("{}: {}", problem.code.name(), problem.headline)).collect::<Vec<_>>()
    };
    let messages: Vec<Vec<String>> = lines.iter().map(told).collect();
    let broken = messages.iter().flatten().find(|message| message.starts_with("quote/a"));
    assert!(broken.is_none(), "a quotation of the data is wrong: {broken:?}");
    messages
}

/// How many sentences there are, and how many were questioned.
#[derive(Debug, Clone, Copy, Default)]
struct Figure {
    all: usize,
    questioned: usize,
}

impl Figure {
    fn add(&mut self, questioned: bool) {
        self.all += 1;
        self.questioned += usize::from(questioned);
    }

    /// In hundredths.
    fn share(self) -> usize {
        (self.questioned * 100 + self.all / 2) / self.all.max(1)
    }
}

#[derive(Debug, Default)]
struct Figures {
    /// By group: language, with `aside` for files that were kept aside.
    groups: BTreeMap<String, [Figure; 2]>,
    /// The false sentences by language and kind of fault.
    kinds: BTreeMap<String, Figure>,
    /// Each wrong answer, in words.
    wrong: String,
}

impl Figures {
    fn add(&mut self, file: &Path, written: &Written, messages: &[Vec<String>]) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let aside = measured::group(file);
        let figures = self.groups.entry(format!("{}{aside}", written.language)).or_default();
        for (sentence, messages) in written.sentences.iter().zip(messages) {
            let is_false = sentence.truth == "false";
            let questioned = !messages.is_empty();
            figures[usize::from(is_false)].add(questioned);
            if is_false {
                self.kinds.entry(format!("{}\t{}", written.language, sentence.about)).or_default().add(questioned);
            }
            // The files that are kept aside stay unread.
            if questioned != is_false && aside.is_empty() {
                let what = if is_false { "PASSED" } else { "QUESTIONED" };
                _ = writeln!(
                    self.wrong,
                    "{what}\t{name} ({})\t{}\n\t{}",
                    written.kind,
                    sentence.says,
                    messages.join("\n\t")
                );
            }
        }
    }

    fn text(&self) -> String {
        let mut out = "group\tfalse sentences\tstopped\tfaithful sentences\tquestioned\n".to_owned();
        for (group, [faithful, wrong]) in &self.groups {
            _ = writeln!(out, "{group}\t{}\t{} %\t{}\t{} %", wrong.all, wrong.share(), faithful.all, faithful.share());
        }
        out += "\nlanguage\tkind of fault\tfalse sentences\tstopped\n";
        for (kind, figure) in &self.kinds {
            _ = writeln!(out, "{kind}\t{}\t{}", figure.all, figure.questioned);
        }
        format!("{out}\n{}", self.wrong)
    }
}

#[test]
fn false_sentences_are_stopped_and_faithful_ones_pass() {
    let reference = measured::reference();
    let mut figures = Figures::default();
    for file in measured::data("tests/sentences", "AMPARO_SENTENCES") {
        let written: Written =
            serde_saphyr::from_str(&read(&file)).unwrap_or_else(|cause| panic!("{}: {cause}", file.display()));
        let messages = judged(&written, &reference);
        figures.add(&file, &written, &messages);
    }
    let text = figures.text();
    measured::keep("sentences.txt", &text);
    let all: usize = figures.groups.values().flatten().map(|figure| figure.all).sum();
    assert!(all >= 400, "{all} sentences are too few to tell anything");
    for row in rows(FIGURES) {
        let [group, stopped, questioned] = row.as_slice() else { panic!("a row of three cells: {row:?}") };
        let [faithful, wrong] = figures.groups[*group];
        assert!(wrong.share() >= stopped.parse().expect("a number"), "{group}: too few are stopped\n{text}");
        assert!(faithful.share() <= questioned.parse().expect("a number"), "{group}: too many are questioned\n{text}");
    }
}
