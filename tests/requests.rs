//! Requests and arguments with the facts on which they rest: how many false ones are stopped, and how many faithful ones
//! are questioned.
//!
//! A file under `tests/requests/` is an invented case in one language; nobody who wrote one had seen the program.
//! `AMPARO_REQUESTS` names a folder with more. The figures go to `target/requests.txt`; `figures.tsv` holds what must be
//! reached.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use amparo::diag::{Diagnostic, Severity};
use amparo::reference::Reference;
use serde::Deserialize;

use crate::measured::{self, SmallCase, quoted};
use crate::support::{read, rows};

#[derive(Debug, Deserialize)]
struct Written {
    language: String,
    victim: Person,
    facts: BTreeMap<String, String>,
    requests: Vec<Item>,
    arguments: Vec<Item>,
}

#[derive(Debug, Deserialize)]
struct Person {
    name: String,
    #[serde(default)]
    forms: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Item {
    says: String,
    from: Vec<String>,
    truth: Truth,
    #[serde(default)]
    about: String,
}

/// `faithful`, or `false` as a word of YAML.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Truth {
    Flag(bool),
    Word(String),
}

impl Item {
    fn is_false(&self) -> bool {
        match &self.truth {
            Truth::Flag(flag) => !flag,
            Truth::Word(word) => word == "false",
        }
    }
}

impl Person {
    /// The name with its forms, as a case gives them.
    fn declined(&self) -> String {
        let keys = ["nom", "gen", "dat", "acc", "ins", "prep"];
        let forms = std::iter::once(&self.name).chain(&self.forms);
        keys.iter().zip(forms).map(|(key, form)| format!("{key}: {}", quoted(form))).collect::<Vec<_>>().join(", ")
    }
}

impl Written {
    /// A case with these facts, each the paragraph of one source, and one request or argument in the last lines.
    fn as_case(&self, item: &Item, is_argument: bool) -> (String, usize) {
        let language = &self.language;
        let mut text = format!(
            "id: requests\ncountry: XA\nvictims: [who]\nlanguages: [{language}]\npersons:\n  who: {{name: {{{language}: {{{}}}}}}}\nfacts:\n",
            self.victim.declined()
        );
        for (number, (id, words)) in self.facts.iter().enumerate() {
            let quote: Vec<&str> = words.split_whitespace().take(8).collect();
            let quote = quoted(quote.join(" ").trim_end_matches(['.', ',', ':', ';']));
            _ = writeln!(text, "  {id}:\n    event: 2031-01-01\n    text: {{{language}: {}}}", quoted(words));
            _ = writeln!(text, "    cites: [{{source: page, at: para {}, quote: {quote}}}]", number + 1);
        }
        let start = text.lines().count() + 1;
        let (says, from) = (quoted(&item.says), item.from.join(", "));
        _ = if is_argument {
            writeln!(
                text,
                "arguments:\n  wgad/I: {{claimed: true, facts: [{from}], norms: [iccpr/9], text: {{{language}: {says}}}}}"
            )
        } else {
            writeln!(text, "demands:\n  it: {{following-from: [{from}], ask: {{raise: {{{language}: {says}}}}}}}")
        };
        (text, start)
    }

    /// The messages about a request or an argument.
    fn judged(&self, item: &Item, is_argument: bool, reference: &Reference) -> Vec<String> {
        let (text, start) = self.as_case(item, is_argument);
        let page: Vec<&str> = self.facts.values().map(String::as_str).collect();
        let sources = format!(
            "page:\n  type: web\n  title: A page\n  date: 2031-01-02\n  language: {}\n  file: page.txt\n",
            self.language
        );
        let problems = SmallCase { case: &text, sources: &sources, page: &page.join("\n") }.problems(reference);
        let counts = |problem: &&Diagnostic| {
            problem.severity != Severity::Note
                && problem.primary.place.line >= start
                && matches!(problem.code.family(), "fact" | "wording")
        };
        problems.iter().filter(counts).map(|problem| problem.headline.clone()).collect()
    }
}

#[test]
fn requests_and_arguments_presuppose_no_more_than_their_facts_tell() {
    let reference = measured::reference();
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut wrong = String::new();
    for file in measured::data("tests/requests", "AMPARO_REQUESTS") {
        let written: Written = serde_saphyr::from_str(&read(&file)).expect("requests");
        let place = measured::group(&file);
        let requests = written.requests.iter().map(|item| (item, false));
        for (item, is_argument) in requests.chain(written.arguments.iter().map(|item| (item, true))) {
            let messages = written.judged(item, is_argument, &reference);
            let what = if is_argument { "arguments" } else { "requests" };
            let truth = if item.is_false() { "false" } else { "faithful" };
            let count = counts.entry(format!("{}{place}\t{what}\t{truth}", written.language)).or_default();
            count.0 += 1;
            count.1 += usize::from(!messages.is_empty());
            if messages.is_empty() == item.is_false() {
                _ = writeln!(wrong, "{truth}\t{}\t{}\n\t{messages:?}", item.about, item.says);
            }
        }
    }
    let mut text = "language\twhat\ttruth\tnumber\tasked about\n".to_owned();
    for (group, (all, asked)) in &counts {
        _ = writeln!(text, "{group}\t{all}\t{asked}");
    }
    measured::keep(
        "requests.txt",
        &format!(
            "{text}
{wrong}"
        ),
    );
    for row in rows(include_str!("requests/figures.tsv")) {
        let [language, what, stopped, questioned] = row.as_slice() else { panic!("a row of four cells: {row:?}") };
        let share = |truth: &str| {
            let (all, asked) = counts[&format!("{language}\t{what}\t{truth}")];
            asked * 100 / all
        };
        assert!(share("false") >= stopped.parse().expect("a number"), "{language} {what}: too few are stopped\n{text}");
        assert!(
            share("faithful") <= questioned.parse().expect("a number"),
            "{language} {what}: too many are asked about\n{text}"
        );
    }
}
