//! What can hurt a person: words that must stand on the printed pages, and words that must never stand there.

use amparo::render::format::Finished as _;
use std::collections::BTreeMap;

use crate::geometry::sheets;
use crate::program::{Ran, Room};
use crate::support::rows;

/// Rows of a table, without remarks and the head; `-` is an empty cell.
/// The words of each page, with what stands at its head and foot, white space taken out.
type Pages = Vec<String>;

/// The papers of a build by name, as PDF.
fn built(case: &str, options: &str) -> BTreeMap<String, Pages> {
    let room = Room::with(case);
    room.run(&format!("build cases/{case} --outside-country {options}")).done();
    let pdfs = room.snapshot("output").into_iter().filter_map(|(path, bytes)| {
        // The case and the day are folders of their own.
        let name = path.iter().skip(2).collect::<std::path::PathBuf>();
        let name = name.to_str()?.strip_suffix(".pdf")?.to_owned();
        let words = |sheet: &crate::geometry::Sheet| sheet.runs.iter().map(|run| squeezed(&run.words)).collect();
        Some((name, sheets(&bytes).iter().map(words).collect()))
    });
    pdfs.collect()
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}')).collect()
}

#[test]
fn the_printed_pages_say_this_and_never_that() {
    let mut known: BTreeMap<(&str, &str), BTreeMap<String, Pages>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows(include_str!("harm/printed.tsv")) {
        let [case, options, paper, is, words] = row[..] else { panic!("{row:?}") };
        let papers = known.entry((case, options)).or_insert_with(|| built(case, options));
        let wanted = |name: &str| match paper.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == paper,
        };
        let chosen: Vec<(&String, &Pages)> = papers.iter().filter(|(name, _)| wanted(name)).collect();
        if chosen.is_empty() != (is == "none") {
            wrong.push(format!("{row:?}: {} papers", chosen.len()));
        }
        let any: Vec<String> = words.split('|').map(squeezed).collect();
        for (name, pages) in chosen {
            let stands = |page: &String| any.iter().any(|words| page.contains(words));
            let fits = match is {
                "has" => stands(&pages.concat()),
                "never" => !stands(&pages.concat()),
                "each page" => pages.iter().all(stands),
                _ => is == "none",
            };
            if !fits {
                wrong.push(format!("{name}: {row:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_order_and_each_change_is_answered() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("harm/orders.tsv")) {
        let [case, file, from, to, command, exit, says, at] = row[..] else { panic!("{row:?}") };
        let room = Room::with(case);
        let typed = |words: &str| words.replace("\\n", "\n");
        if !file.is_empty() {
            room.change(file, &typed(from), &typed(to));
        }
        let (verb, options) = command.split_once(' ').unwrap_or((command, ""));
        let Ran { code, err, .. } = room.run(&format!("{verb} cases/{case} {options}"));
        let place = at.split_once(':').map(|(file, words)| {
            let line = room.read(file).lines().position(|line| line.starts_with(words));
            format!("{file}:{}:", line.map_or(0, |line| line + 1))
        });
        let told = err.contains(says) && place.as_ref().is_none_or(|place| err.contains(place));
        if code != exit.parse().ok() || !told {
            wrong.push(format!("{row:?}\n  exit {code:?}, place {place:?}\n{err}"));
        }
        if exit == "1" && room.path("output").exists() {
            wrong.push(format!("{row:?}: something was written"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The last line says why nothing was made.
#[test]
fn the_last_line_says_why_no_paper_was_made() {
    let room = Room::with("example");
    let sources = room.read("cases/example/sources.yaml");
    let closed: String = sources
        .lines()
        .filter(|line| !line.starts_with("  audience:"))
        .fold(String::new(), |all, line| all + line + "\n");
    room.write("cases/example/sources.yaml", closed);
    let ran = room.run("build cases/example --only letter-official --message-format short");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let last = ran.err.lines().last().unwrap_or_default();
    assert!(last.contains("no paper was made: no source may be shown to those who would read a paper"), "{last}");
}

/// The ledger of a paper for supporters calls a source whose publisher is kept back by a number.
#[test]
fn no_file_for_supporters_holds_the_name_of_an_outlawed_publisher() {
    let room = Room::with("khamroev");
    room.run("build cases/khamroev --only urgent-appeal").done();
    let bytes = std::fs::read(room.path("output/khamroev/2024-10-01/urgent-appeal.en.pdf")).expect("a paper");
    let file = amparo::render::reading::file::PdfFile::open(&bytes).expect("a PDF");
    let enclosed = file.enclosed();
    let ledger = enclosed.iter().find(|one| one.name == "amparo.json").expect("a ledger");
    let ledger = String::from_utf8(ledger.bytes.clone().expect("its bytes")).expect("text");
    assert!(ledger.contains("source-"), "{ledger}");
    for name in ["memorial", "Memorial", "moscow-times", "Moscow Times"] {
        assert!(!ledger.contains(name), "{name} is in the file");
    }
}
