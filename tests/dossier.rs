//! The working report: its words for the example are in `tests/dossier/example.md`, everything in a case file is in it,
//! and every page of it bears its mark.
//!
//! After a change that is meant, `AMPARO_UPDATE=1 cargo test dossier` writes the words anew; then read the difference.

use std::collections::BTreeSet;

use amparo::render::reading::read;
use serde_json::Value;

use crate::program::Room;
use crate::support::{read as text, root, unmarked};

/// What a report prints: without the marks of Markdown, each run of white space a single one.
fn plain(markdown: &str) -> String {
    flat(&unmarked(markdown))
}

fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The files of a case as they were typed.
fn typed(case: &str) -> Vec<Value> {
    let folder = root().join("cases").join(case);
    let value = |name: &str| serde_saphyr::from_str::<Value>(&text(&folder.join(name))).expect(name);
    let main = value("case.yaml");
    let includes = main["includes"].as_array().cloned().unwrap_or_default();
    let others: Vec<Value> = includes.iter().filter_map(Value::as_str).map(value).collect();
    [vec![main], others, vec![serde_json::json!({"sources": value("sources.yaml")})]].concat()
}

/// Each id of a case, each topic of a conflict, each quotation.
fn everything(case: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let kinds = [
        "facts",
        "demands",
        "gaps",
        "caveats",
        "topics",
        "persons",
        "organisations",
        "institutions",
        "places",
        "sources",
    ];
    for file in typed(case) {
        for kind in kinds {
            out.extend(file[kind].as_object().into_iter().flat_map(|all| all.keys().cloned()));
        }
        for conflict in file["conflicts"].as_array().into_iter().flatten() {
            out.extend(["about", "resolution", "why"].iter().filter_map(|key| conflict[key].as_str()).map(flat));
        }
        quotations(&file, &mut out);
    }
    out
}

fn quotations(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(all) => {
            out.extend(all.get("quote").and_then(Value::as_str).map(flat));
            all.values().for_each(|value| quotations(value, out));
        }
        Value::Array(all) => all.iter().for_each(|value| quotations(value, out)),
        _ => {}
    }
}

#[test]
fn the_words_for_the_example_are_the_known_ones() {
    let known = root().join("tests/dossier/example.md");
    let made = Room::with("example").run("dossier cases/example -o -").done().out;
    if std::env::var_os("AMPARO_UPDATE").is_some() {
        std::fs::create_dir_all(known.parent().expect("a folder")).expect("made");
        std::fs::write(&known, &made).expect("written");
    }
    let known = text(&known);
    let differs = known.lines().zip(made.lines()).find(|(known, made)| known != made);
    assert!(known == made, "{differs:?}\nIf this is meant: AMPARO_UPDATE=1 cargo test dossier");
}

#[test]
fn everything_in_a_case_file_is_in_its_report_on_any_day_and_clock() {
    for case in ["khamroev", "example"] {
        let all = everything(case);
        assert!(all.len() > 90, "{case}: {}", all.len());
        let room = Room::with(case);
        for options in ["", "--as-of 2025-03-20", "--as-of 2022-01-01", "--as-of 2030-01-01 --clock event"] {
            let report = plain(&room.run(&format!("dossier cases/{case} -o - {options}")).done().out);
            let missing: Vec<&String> = all.iter().filter(|id| !report.contains(id.as_str())).collect();
            assert!(missing.is_empty(), "{case} {options}: {missing:?}");
        }
    }
}

#[test]
fn what_is_later_than_the_day_is_told_as_not_counted() {
    let room = Room::with("example");
    let report = plain(&room.run("dossier cases/example -o - --as-of 2025-06-01").done().out);
    assert!(report.contains("reconstruction of what could be known"), "{report}");
    assert!(report.contains("Later news."), "{report}");
    let news = report.split("visit-refused: ").nth(1).unwrap_or_default();
    assert!(news.starts_with("its date (2026-05-11) is later than 2025-06-01"), "{report}");
    let now = plain(&room.run("dossier cases/example -o -").done().out);
    assert!(!now.contains("Later news.") && !now.contains("reconstruction"), "{now}");
}

#[test]
fn a_case_with_little_in_it_says_so() {
    let room = Room::new();
    room.write("cases/new/case.yaml", "id: new\ncountry: XA\nvictims: [anna]\nlanguages: [ru]\ndate: 2026-06-01\npersons:\n  anna:\n    name:\n      ru: {basis: source, nom: Анна Линд, gen: Анны Линд, dat: Анне Линд, acc: Анну Линд, ins: Анной Линд, prep: Анне Линд}\n    pronouns: {ru: f}\n");
    room.write("cases/new/sources.yaml", "{}\n");
    let ran = room.run("dossier cases/new -o -");
    let report = plain(&ran.out);
    assert!(report.contains("Dossier: Анна Линд"), "{report}\n{}", ran.err);
    assert!(report.matches("None recorded.").count() > 10, "{report}");
    for category in ["wgad/I", "wgad/II", "wgad/III", "wgad/IV", "wgad/V"] {
        let row = format!("| {category} | no entry |");
        assert!(report.contains(&row), "{row}\n{report}");
    }
}

#[test]
fn sources_are_compared_and_what_differs_is_told() {
    let room = Room::new();
    let source = |id: &str, more: &str| {
        format!("{id}: {{type: web, title: {id}, date: 2031-01-02, language: en, file: {id}.txt{more}}}\n")
    };
    let sources = source("daily", ", group: press") + &source("evening", ", group: press") + &source("court", "");
    room.write("cases/new/sources.yaml", &sources);
    room.write("cases/new/archive/daily.txt", "On 3 January 2031 the three windows of the library were broken.\n");
    room.write("cases/new/archive/evening.txt", "That night the three windows of the library were broken.\n");
    room.write("cases/new/archive/court.txt", "It is found that four windows of the library were broken.\n");
    let cite = |id: &str, words: &str| format!("{{source: {id}, at: para 1, quote: {words} windows of the library}}");
    let case = format!(
        "id: new\ncountry: XA\nvictims: [anna]\nlanguages: [en]\ndate: 2031-06-01\npersons:\n  anna: {{name: {{en: Anna \
         Lindqvist}}}}\norganisations:\n  league:\n    name: {{en: Open League}}\n    status: [{{country: XA, from: 2030-01-01, \
         until: 2031-02-01, what: {{en: banned}}, source: a register, verified-on: 2031-01-01}}]\nfacts:\n  windows:\n    \
         event: 2031-01-03\n    text: {{en: On 3 January 2031 three windows were broken.}}\n    cites: [{}]\n    also: [{}, {}]\n",
        cite("daily", "three"),
        cite("evening", "three"),
        cite("court", "four"),
    );
    let report = |case: &str| {
        room.write("cases/new/case.yaml", case);
        let ran = room.run("dossier cases/new -o -");
        assert!(!ran.out.is_empty(), "{}", ran.err);
        plain(&ran.out)
    };
    let open = report(&case);
    for words in [
        "One origin. daily, evening: count once, as publishers of one group (press)",
        "date: “3 January 2031”, in daily only",
        "number: “three windows”, in all",
        "court para 1 says “four windows”, where the fact says “three windows”. No resolution is recorded.",
        "XA: banned from 2030-01-01 until 2031-02-01 (over)",
    ] {
        assert!(open.contains(words), "{words}\n{open}");
    }
    let resolved = report(&format!(
        "{case}conflicts:\n  - {{kind: contradiction, about: windows, values: [{{says: four, source: court, at: para 1}}], \
         resolution: three are told, why: two saw them, facts: [windows]}}\n"
    ));
    assert!(resolved.contains("where the fact says “three windows”. We go by: three are told"), "{resolved}");
    assert!(!resolved.contains("No resolution is recorded."), "{resolved}");
}

#[test]
fn every_page_bears_its_mark_and_russian_is_russian() {
    let room = Room::with("example");
    room.run("dossier cases/example --format pdf,md --paper us-letter").done();
    let folder = "output/example/2026-06-01/internal";
    let bytes = std::fs::read(room.path(format!("{folder}/dossier.pdf"))).expect("a file");
    std::fs::write(format!("{}/dossier.example.pdf", env!("CARGO_TARGET_TMPDIR")), &bytes).expect("kept");
    let reading = read(&bytes).expect("it can be read back");
    assert!(reading.pages.len() > 3);
    for page in &reading.pages {
        assert!(page.furniture.matches("INTERNAL").count() >= 2, "{}", page.furniture);
        assert!((page.width - 215.9).abs() < 0.1, "{page:?}");
    }
    assert_eq!(reading.language.as_deref(), Some("en-GB"));
    assert!(reading.pdf_a.is_some() && reading.pdf_ua.is_some());
    let russian = |(language, words): &(String, String)| language.starts_with("ru") && words.contains("Таррин");
    assert!(reading.foreign.iter().any(russian), "{:?}", reading.foreign);
    // A cell that is all Russian bears the mark itself.
    let cells =
        reading.elements.iter().filter(|one| one.language.as_deref().is_some_and(|code| code.starts_with("ru")));
    let cells = cells.map(|one| one.text.as_str());
    let tagged: String =
        reading.foreign.iter().map(|(_, words)| words.as_str()).chain(cells).collect::<Vec<_>>().join(" ");
    let words = |text: &str| {
        let words = text.split(|c: char| !('а'..='я').contains(&c)).filter(|word| word.chars().count() > 3);
        let mut words: Vec<String> = words.map(str::to_owned).collect();
        words.sort();
        words
    };
    let tagged = words(&tagged.replace(['\u{ad}', '\u{2060}', '\u{200b}'], ""));
    let mut bare = words(&room.read(format!("{folder}/dossier.md")));
    for word in &tagged {
        if let Some(at) = bare.iter().position(|other| other == word) {
            bare.remove(at);
        }
    }
    assert!(!tagged.is_empty() && bare.is_empty(), "these words are not marked as Russian: {bare:?}");
}
