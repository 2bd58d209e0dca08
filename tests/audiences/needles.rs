//! Which values of a case an audience may not have: all that stands in its YAML and not in what is left for them.
//!
//! A value is looked for as a run of words. Long texts are looked for in every run of [`RUN`] words, so that half a
//! sentence is found as well; names word by word too; dates also as people write them; ids of one plain word only with
//! their kind before them, as a ledger or a label would have them.
//!
//! The rule for what is shared: a run of words is no secret if it stands in what is left for the audience, in the
//! words that the program ships for every case, or in the entry of the directory of an office that the paper names.
//! A word of a name by itself is looked for only if no text of the case writes it small, as a word that is no name.
//! Short words at either end of a run add nothing to it, and no run goes from one sentence into the next. Nothing is
//! excepted by hand.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::tree::Tree;

/// So many words of a text in a row are looked for.
pub(crate) const RUN: usize = 4;

/// Keys under which words of a closed list stand, names of papers, places in a source, or how it prints a date: they say
/// nothing of the case that other keys do not say.
const CLOSED: [&str; 17] = [
    "audience",
    "basis",
    "status",
    "about",
    "type",
    "language",
    "languages",
    "template",
    "pronouns",
    "protect",
    "closes",
    "country",
    "at",
    "claimed",
    "date-kind",
    "extractor",
    "to",
];

/// Words that stand where nothing is known.
const UNKNOWN: [&str; 3] = ["unknown", "none", "-"];

/// Runs of words, each with the place in the case from which it was taken.
pub(crate) type Needles = BTreeMap<String, String>;

/// Words in lower case, each by itself.
pub(crate) fn words(text: &str) -> Vec<String> {
    let hidden = |c: &char| matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}');
    let text: String = text.chars().filter(|c| !hidden(c)).flat_map(char::to_lowercase).collect();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Every run of at most [`RUN`] words.
#[derive(Debug, Default, Clone)]
pub(crate) struct Runs(HashSet<String>);

impl Runs {
    /// Adds the words of a text.
    pub(crate) fn add(&mut self, text: &str) {
        for sentence in sentences(text) {
            let words = words(sentence);
            for length in 1..=RUN {
                self.0.extend(words.windows(length).map(|run| run.join(" ")));
            }
        }
    }

    /// Whether the words stand there in a row.
    pub(crate) fn has(&self, run: &str) -> bool {
        self.0.contains(run)
    }
}

/// What can be looked for in a case: each value with the path to it.
pub(crate) fn values(tree: &Tree) -> Needles {
    let mut collector = Collector { plain: plain(tree), ..Collector::default() };
    for (section, value) in &tree.case {
        if !["documents", "languages", "country", "id", "date", "guarded"].contains(&section.as_str()) {
            collector.section(section, value);
        }
    }
    collector.entries("sources", &tree.sources);
    collector.found
}

/// What those may not have to whom these parts of the case are open: the values of the case that stand in none of them.
pub(crate) fn secrets(tree: &Tree, left: &[Tree], shipped: &Runs) -> Needles {
    let mut open = shipped.clone();
    for left in left {
        opened(left, &mut open);
    }
    values(tree).into_iter().filter(|(run, _)| !open.has(run) && !open.has(core(run))).collect()
}

/// A run without the short words at its ends: articles, prepositions.
fn core(run: &str) -> &str {
    let is_short = |word: &str| word.chars().count() <= 3 && word.chars().all(char::is_alphabetic);
    let mut core = run;
    while let Some((_, rest)) = core.split_once(' ').filter(|(word, _)| is_short(word)) {
        core = rest;
    }
    while let Some((rest, _)) = core.rsplit_once(' ').filter(|(_, word)| is_short(word)) {
        core = rest;
    }
    core
}

/// The sentences of a text.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    const ENDS: [&str; 6] = [". ", ".\n", "? ", "! ", "; ", ": "];
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = ENDS.iter().filter_map(|end| Some(rest.find(end)? + end.len())).min().unwrap_or(rest.len());
        let (sentence, after) = rest.split_at(end);
        rest = after;
        Some(sentence)
    })
}

/// All words of a case, its ids with their kinds.
fn opened(left: &Tree, open: &mut Runs) {
    let sections = left.case.iter().filter_map(|(section, value)| Some((section.as_str(), value.as_object()?)));
    for (section, entries) in sections.chain([("sources", &left.sources)]) {
        for id in entries.keys() {
            open.add(&format!("{section} {id}"));
        }
    }
    for value in left.case.values().chain(left.sources.values()) {
        open_words(value, open);
    }
}

fn open_words(value: &Value, open: &mut Runs) {
    for text in super::prune::strings(value) {
        open.add(text);
        for date in &written(text) {
            open.add(date);
        }
    }
}

/// The words that a text of the case writes in small letters; ids and addresses are no texts.
fn plain(tree: &Tree) -> HashSet<String> {
    let texts = tree.case.values().chain(tree.sources.values()).flat_map(super::prune::strings);
    let texts = texts.filter(|text| text.contains(' '));
    let all = texts.flat_map(str::split_whitespace).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    all.filter(|word| word.chars().all(char::is_lowercase)).map(str::to_owned).collect()
}

#[derive(Default)]
struct Collector {
    found: Needles,
    /// Words that are no names.
    plain: HashSet<String>,
}

impl Collector {
    fn section(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(entries) => self.entries(name, entries),
            other => self.value(name, name, other),
        }
    }

    /// Entries by id.
    fn entries(&mut self, section: &str, entries: &Map<String, Value>) {
        for (id, value) in entries {
            self.id(section, id);
            self.value(&format!("{section}.{id}"), section, value);
        }
    }

    fn id(&mut self, section: &str, id: &str) {
        let path = format!("{section}.{id}");
        if id.contains('-') {
            self.run(&words(id), &path);
        }
        self.run(&words(&format!("{section} {id}")), &path);
    }

    fn value(&mut self, path: &str, key: &str, value: &Value) {
        match value {
            Value::Object(entries) => {
                let names = ["name", "spelling"].contains(&key);
                for (inner, value) in entries {
                    let key = if names && inner != "basis" { key } else { inner };
                    self.value(&format!("{path}.{inner}"), key, value);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.value(path, key, item)),
            Value::String(text) if !CLOSED.contains(&key) && !UNKNOWN.contains(&text.as_str()) => {
                self.text(path, key, text);
            }
            _ => {}
        }
    }

    fn text(&mut self, path: &str, key: &str, text: &str) {
        // An id of one plain word is looked for with its kind, where it is defined.
        if text.chars().all(|c| c.is_ascii_lowercase()) {
            return;
        }
        for sentence in sentences(text) {
            let all = words(sentence);
            for run in all.windows(RUN.min(all.len()).max(1)) {
                self.run(run, path);
            }
        }
        for date in &written(text) {
            self.run(&words(date), path);
        }
        if ["name", "spelling"].contains(&key) {
            let proper = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_uppercase));
            for word in proper.map(words).filter(|word| !self.plain.contains(&word.join(" "))).collect::<Vec<_>>() {
                self.run(&word, path);
            }
        }
    }

    /// A run that says something: a single word only if it is long enough not to be anything else.
    fn run(&mut self, run: &[String], path: &str) {
        let letters: usize = run.iter().map(|word| word.chars().count()).sum();
        if letters >= 4 {
            self.found.entry(run.join(" ")).or_insert_with(|| path.to_owned());
        }
    }
}

/// A date as it is written in the languages of the cases.
pub(crate) fn written(text: &str) -> Vec<String> {
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const RUSSIAN: [&str; 12] = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    let Ok(date) = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d") else { return Vec::new() };
    let (day, month, year) =
        (chrono::Datelike::day(&date), chrono::Datelike::month0(&date) as usize, chrono::Datelike::year(&date));
    vec![
        format!("{day} {} {year}", ENGLISH[month]),
        format!("{day} {} {year}", RUSSIAN[month]),
        format!("{day:02}.{:02}.{year}", month + 1),
    ]
}

/// The paths of the secrets that stand in what was searched, each with its words.
pub(crate) fn found(secrets: &Needles, hay: &Runs) -> BTreeSet<String> {
    secrets.iter().filter(|(run, _)| hay.has(run)).map(|(run, path)| format!("{path}: “{run}”")).collect()
}
