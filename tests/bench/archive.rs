//! A case with many large sources: how long `check` and `source find` take over them, and how much memory a check needs.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use amparo::disk::Digest;
use divan::Bencher;
use tempfile::TempDir;

use crate::{Numbers, PROGRAM, SOURCE_BYTES};

/// How many sources the large case has, and how many the small one.
const MANY: usize = 100;
const FEW: usize = 10;

/// Quotations of either case: what is kept of each paragraph that is cited is not to be taken for the sources.
const QUOTATIONS: usize = 2000;

/// How many quotations a fact has: two that carry it, two that corroborate.
const OF_A_FACT: usize = 4;

/// A case with its folder.
struct Invented {
    folder: TempDir,
    /// Words that stand in one place of one source.
    rare: String,
}

/// A quotation: its source, its paragraph from 1, its words.
type Quoted = (usize, usize, String);

impl Invented {
    /// Sources of a megabyte each, with the text already extracted; every quotation is true and in the lock.
    fn new(sources: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("archive")).expect("a folder");
        let mut numbers = Numbers(7);
        let vocabulary: Vec<String> = (0..20_000).map(|_| numbers.word()).collect();
        let (mut records, mut quoted) = (String::new(), Vec::new());
        for source in 0..sources {
            let text = text(source, QUOTATIONS / sources, &vocabulary, &mut numbers, &mut quoted);
            let digest = Digest::of(text.as_bytes());
            write(folder.path(), &format!("archive/s{source}.txt"), &text);
            let _ = write!(
                records,
                "s{source}:\n  type: article\n  title: Report {source}\n  date: 2026-01-15\n  language: en\n  \
                 parent: {{type: newspaper, title: Paper {source}}}\n  file: s{source}.txt\n  digest: {digest}\n"
            );
        }
        let rare = quoted.last().map(|(_, _, words)| words.clone()).expect("a quotation");
        write(folder.path(), "sources.yaml", &records);
        write(folder.path(), "case.yaml", &case(&quoted));
        let invented = Self { folder, rare };
        let locked = invented.program(&["check"], &["--lock"]).status().expect("the program starts");
        assert!(locked.success(), "each quotation is found");
        invented
    }

    /// The program with a command that is about this case.
    fn program(&self, before: &[&str], after: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(before).arg(self.folder.path()).args(after).env_remove("AMPARO_ARCHIVE");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("a file");
}

/// Paragraphs of about a hundred words in sentences, and quotations from them.
fn text(
    source: usize,
    wanted: usize,
    vocabulary: &[String],
    numbers: &mut Numbers,
    quoted: &mut Vec<Quoted>,
) -> String {
    let mut text = String::with_capacity(SOURCE_BYTES + 1024);
    let (mut paragraph, mut own) = (0, 0);
    while text.len() < SOURCE_BYTES {
        paragraph += 1;
        for _ in 0..8 {
            let words: Vec<&str> = (0..12).map(|_| vocabulary[numbers.below(vocabulary.len())].as_str()).collect();
            if own < wanted && text.len() >= own * SOURCE_BYTES / wanted {
                own += 1;
                quoted.push((source, paragraph, words[2..10].join(" ")));
            }
            let _ = write!(text, "The {}. ", words.join(" "));
        }
        text.push('\n');
    }
    text
}

/// Facts whose quotations come from sources far apart.
fn case(quoted: &[Quoted]) -> String {
    let mut case = "id: invented\ncountry: XX\nlanguages: [en]\ndate: 2026-06-01\nvictims: [person]\n\
                    persons:\n  person: {name: {en: Ilva Tarrin}}\nfacts:\n"
        .to_owned();
    let facts = quoted.len() / OF_A_FACT;
    for fact in 0..facts {
        let citations: Vec<String> = quoted
            .iter()
            .skip(fact)
            .step_by(facts)
            .map(|(source, paragraph, words)| format!("{{source: s{source}, at: para {paragraph}, quote: {words}}}"))
            .collect();
        let (cites, also) = citations.split_at(OF_A_FACT / 2);
        let _ = write!(
            case,
            "  fact-{fact}:\n    event: 2026-01-10\n    about: person\n    text: {{en: It is told that she was seen.}}\n    \
             cites: [{}]\n    also: [{}]\n",
            cites.join(", "),
            also.join(", ")
        );
    }
    case
}

/// Says what a check of each case needs: it must follow the largest source, not all of them.
pub(crate) fn memory() {
    for sources in [FEW, MANY] {
        let invented = Invented::new(sources);
        let peak = crate::peak_of(&mut invented.program(&["check"], &[]));
        println!("peak memory of a check of {QUOTATIONS} quotations in {sources} sources of a megabyte: {peak}");
    }
}

/// 2,000 quotations in 100 sources of a megabyte, a new process each time; target: 1 s.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn check_hundred_sources(bencher: Bencher) {
    let invented = Invented::new(MANY);
    bencher.bench_local(|| assert!(invented.program(&["check"], &[]).status().expect("the program starts").success()));
}

/// Words that stand once in 100 sources of a megabyte, a new process each time; target: 200 ms.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn find_in_hundred_sources(bencher: Bencher) {
    let invented = Invented::new(MANY);
    let find = || invented.program(&["source", "find"], &[&invented.rare]).status().expect("the program starts");
    bencher.bench_local(|| assert!(find().success(), "the words are found"));
}

/// The same with a word that is typed wrong.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn find_with_a_slip(bencher: Bencher) {
    let invented = Invented::new(MANY);
    let typed = format!("{}x", invented.rare);
    let find = || invented.program(&["source", "find"], &[&typed]).status().expect("the program starts");
    bencher.bench_local(|| assert!(find().success(), "the words are found"));
}
