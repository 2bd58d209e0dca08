//! `amparo verify` and `amparo inspect`: real papers pass, and whatever is done to them is found by the right check.

#[path = "verify/careful.rs"]
mod careful;
#[path = "verify/command.rs"]
mod command;
#[path = "verify/feet.rs"]
mod feet;
#[path = "verify/hostile.rs"]
mod hostile;
#[path = "verify/ledgers.rs"]
pub(crate) mod ledgers;
#[path = "verify/mutate.rs"]
mod mutate;
#[path = "verify/stored.rs"]
mod stored;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use amparo::verify::rebuild::{self, Rebuilt};
use amparo::verify::{ArchiveCopies, FileVerdict, Result, State, verify};

use crate::program::Room;
use crate::support::{files, read, root};

/// The fewest mutations that the suite must hold.
const LEAST: usize = 200;

/// The papers that are tampered with, by their names in `mutations.tsv`.
pub(crate) static PAPERS: LazyLock<BTreeMap<&str, Vec<u8>>> = LazyLock::new(|| {
    let room = Room::with("example");
    room.copy_case("khamroev");
    room.run("build cases/example --pack").done();
    room.run("build cases/example --only petition-card --output cards").done();
    room.run("build cases/khamroev --only urgent-appeal").done();
    let example = "output/example/2026-06-01";
    let pack = format!("{example}/packs/letter-official.prosecutor-general.ru");
    let paths = [
        ("appeal", format!("{example}/urgent-appeal.en.pdf")),
        ("letter", format!("{pack}/2-sign-and-post.ru.pdf")),
        ("leaf", format!("{pack}/1-read-first.en.pdf")),
        ("envelope", format!("{pack}/3-envelope.ru.pdf")),
        ("cards", "cards/example/2026-06-01/petition-card.prosecutor-general.en.pdf".to_owned()),
        ("real", "output/khamroev/2024-10-01/urgent-appeal.en.pdf".to_owned()),
    ];
    paths.into_iter().map(|(name, path)| (name, std::fs::read(room.path(path)).expect(name))).collect()
});

/// The copies of the example's sources.
pub(crate) fn copies() -> ArchiveCopies {
    let folder = root().join("cases/example/archive");
    let name = |path: &std::path::PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    ArchiveCopies::new(files(&folder).iter().map(|path| (name(path), std::fs::read(path).expect("a copy"))).collect())
}

/// One mutation and the finding that it must come to.
struct Row {
    line: usize,
    paper: String,
    mutation: String,
    place: usize,
    code: String,
    words: String,
}

fn rows() -> Vec<Row> {
    let table = read(&root().join("tests/verify/mutations.tsv"));
    let mut rows = Vec::new();
    for (line, text) in (1..).zip(table.lines()).filter(|(_, text)| !text.starts_with('#')) {
        let [papers, mutation, places, code, words] = text.split('\t').collect::<Vec<_>>()[..] else {
            panic!("mutations.tsv:{line}: five columns are wanted");
        };
        let (first, last) = places.split_once('-').unwrap_or((places, places));
        let number = |text: &str| text.parse::<usize>().unwrap_or_else(|_| panic!("mutations.tsv:{line}: {text}"));
        for paper in papers.split(',') {
            for place in number(first)..=number(last) {
                let [paper, mutation, code, words] = [paper, mutation, code, words].map(str::to_owned);
                rows.push(Row { line, paper, mutation, place, code, words });
            }
        }
    }
    rows
}

/// A tampered paper as `verify` sees it, its case at hand.
fn judged(row: &Row, copies: &ArchiveCopies) -> Option<FileVerdict> {
    let paper = &PAPERS[row.paper.as_str()];
    let other = if row.paper == "appeal" { &PAPERS["letter"] } else { &PAPERS["appeal"] };
    let tampered = mutate::mutate(paper, other, &row.mutation, row.place)?;
    let mut verdict = verify("tampered.pdf", &tampered, copies);
    if let Some(carried) = &verdict.carried {
        let check = rebuild::check(&tampered, carried, &Rebuilt::Bytes(paper.clone()));
        *verdict.checks.last_mut().expect("four checks") = check;
    }
    Some(verdict)
}

#[test]
fn papers_as_they_were_made_are_verified() {
    let copies = copies();
    for (name, bytes) in PAPERS.iter().filter(|(name, _)| **name != "real") {
        let verdict = verify(name, bytes, &copies);
        assert_eq!(verdict.findings().next(), None, "{name}");
        assert_eq!(verdict.result(), Result::Verified, "{name}: {verdict:#?}");
    }
}

#[test]
fn whatever_is_done_to_a_paper_is_found_by_the_right_check() {
    let (rows, copies) = (rows(), copies());
    let next = std::sync::atomic::AtomicUsize::new(0);
    let faults = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(row) = rows.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    if let Err(fault) = row.holds(&copies) {
                        faults.lock().expect("faults").push(fault);
                    }
                }
            });
        }
    });
    let mut faults = faults.into_inner().expect("faults");
    faults.sort();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), rows.len(), faults.join("\n"));
    assert!(rows.len() >= LEAST, "only {} mutations", rows.len());
}

impl Row {
    fn holds(&self, copies: &ArchiveCopies) -> std::result::Result<(), String> {
        let what = format!("mutations.tsv:{}: {} {} {}", self.line, self.paper, self.mutation, self.place);
        let verdict = judged(self, copies).ok_or_else(|| format!("{what}: the paper has no such place"))?;
        let found =
            |finding: &amparo::verify::Finding| finding.code.name() == self.code && finding.words.contains(&self.words);
        if verdict.result() != Result::Wrong || !verdict.findings().any(found) {
            return Err(format!("{what}: wanted [{}] {}; found {verdict:#?}", self.code, self.words));
        }
        let lies = verdict.checks.iter().any(|check| check.state == State::Passed && !check.findings.is_empty());
        if lies { Err(format!("{what}: a check that found something says that it passed")) } else { Ok(()) }
    }
}
