//! What is done with the copies of sources: find, show, compare, exchange. The data stand in `tests/copies/`: what is
//! typed, what comes out. `AMPARO_UPDATE=1` writes what comes out; read the difference.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use crate::program::{Ran, Room};
use crate::support::{files, read, root};

fn data(inner: &str) -> PathBuf {
    root().join("tests/copies").join(inner)
}

/// Compares a text with the file that says what it should be.
#[track_caller]
fn is_as_recorded(name: &str, text: &str) {
    let path = data(name);
    if std::env::var_os("AMPARO_UPDATE").is_some() {
        std::fs::write(&path, text).expect("the record is written");
    }
    assert_eq!(text, read(&path), "{name}");
}

fn run(room: &Room, words: &[&str]) -> Ran {
    Ran::of(&mut room.command(words.iter().copied()))
}

/// Runs with an answer on stdin.
fn typed(room: &Room, words: &[&str], answer: &str) -> Ran {
    let mut command = room.command(words.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // It may have failed before it read the answer.
    let _ = child.stdin.take().expect("its stdin").write_all(answer.as_bytes());
    child.wait_with_output().map(Ran::from).expect("the program ends")
}

#[test]
fn words_are_found_and_their_citation_is_ready_to_paste() {
    let room = Room::with("example");
    let mut looked = 0;
    for line in read(&data("find.tsv")).lines().filter(|line| !line.starts_with('#')) {
        let (words, expected) = line.split_once('\t').expect("words and what is found");
        let came = run(&room, &["source", "find", "cases/example", words, "--message-format", "json"]);
        let found: Vec<String> = came.out.lines().map(told).collect();
        assert_eq!(found.join("\t"), expected, "{words}\n{}", came.err);
        assert_eq!(came.code, Some(i32::from(expected.is_empty())), "{words}");
        looked += 1;
    }
    assert!(looked > 12);
}

/// A passage as the table writes it.
fn told(line: &str) -> String {
    let passage: serde_json::Value = serde_json::from_str(line).expect("a passage");
    let words = |key: &str| passage[key].as_str().map(str::to_owned);
    let near = if passage["slips"] == 0 && passage["missing"] == 0 { "" } else { "~" };
    let quote = words("quote").map(|quote| format!("`{quote}`"));
    let rest = words("barred").or(quote).unwrap_or_else(|| "too short".to_owned());
    format!(
        "{near}{} {} {rest}",
        passage["source"].as_str().expect("a source"),
        passage["at"].as_str().expect("a place")
    )
}

#[test]
fn what_is_found_is_a_citation_that_verifies() {
    let room = Room::with("example");
    for words in ["lodged an appeal", "приговор изменить", "nobody tells us", "ringleader of an association", "inhaler"]
    {
        let came = run(&room, &["source", "find", "cases/example", words, "--message-format", "json", "--most", "1"]);
        let passage: serde_json::Value = serde_json::from_str(came.out.trim()).expect("one passage");
        let citation = passage["cites"].as_str().expect("a citation");
        let fact = format!(
            "facts:\n  found:\n    event: 2026-05-20\n    text: {{en: Words., ru: Слова.}}\n    cites:\n      {citation}\n"
        );
        room.write("cases/example/found.yaml", fact);
        let whole = read(&root().join("cases/example/case.yaml"));
        room.write("cases/example/case.yaml", whole.replacen("includes: [", "includes: [found.yaml, ", 1));
        let check = room.run("check cases/example --message-format short");
        let faults: Vec<&str> =
            check.err.lines().filter(|line| line.contains("error") && line.contains("found.yaml")).collect();
        assert!(faults.is_empty() && check.err.contains("found.yaml"), "{citation}\n{}", check.err);
    }
}

#[test]
fn a_passage_is_picked_by_its_number() {
    let room = Room::with("example");
    let pick = |answer: &str| {
        let words = ["source", "find", "cases/example", "three boxes of books", "--pick"];
        typed(&room, &words, answer)
    };
    let came = pick("2\n");
    assert_eq!(came.out, "- {source: third-shelf-statement, at: para 8, quote: three boxes of books}\n");
    assert!(came.err.contains("which one?") && came.err.contains("lantern-arrest, para 4"), "{}", came.err);
    for answer in ["", "3\n", "0\n", "two\n"] {
        let came = pick(answer);
        assert_eq!((came.code, came.out.as_str()), (Some(2), ""), "{answer:?}");
        assert!(came.err.contains("is not the number of a passage"), "{}", came.err);
    }
}

#[test]
fn passages_and_sources_read_well() {
    let room = Room::with("example");
    let found = run(&room, &["source", "find", "cases/example", "Lantern"]);
    is_as_recorded("find.txt", &found.out);
    is_as_recorded("show.txt", &room.run("source show cases/example lantern-update").done().out);
    for (line, words) in [
        ("source show cases/example lantern-updat", "did you mean `lantern-update`"),
        ("source find cases/example — ", "no word to look for"),
        ("source find cases/example word --in nobody", "has no source `nobody`"),
        ("source find cases/nowhere word", "there is no such folder"),
        ("source find cases/example word --archive nowhere", "no archive folder `nowhere`"),
    ] {
        let came = room.run(line);
        assert_eq!(came.code, Some(2), "{line}\n{}", came.err);
        assert!(came.err.contains(words), "{line}\n{}", came.err);
    }
}

#[test]
fn a_broken_case_does_not_hide_its_sources() {
    let room = Room::with("example");
    room.write("cases/example/case.yaml", "id: [\n");
    let came = run(&room, &["source", "find", "cases/example", "lodged an appeal"]);
    assert!(came.out.contains("lantern-update, para 6"), "{}", came.err);
}

#[test]
fn every_quotation_is_compared_with_its_copy() {
    let room = Room::with("example");
    is_as_recorded("recheck.same.txt", &room.run("source recheck cases/example").done().out);
    let copy = "cases/example/archive/lantern-update.txt";
    let text = room.read(copy);
    let newer = text
        .replace("lodged an appeal with", "filed an appeal with")
        .replace("Three crowns a month", "A new paragraph.\n\nFour crowns a month")
        .replace("whoever held the book read", "the readers took turns");
    room.write("newer.txt", &newer);
    let came = room.run("source recheck cases/example lantern-update newer.txt");
    assert_eq!(came.code, Some(1));
    is_as_recorded("recheck.newer.txt", &came.out);
    room.write(copy, &newer);
    let came = room.run("source recheck cases/example lantern-update --message-format json");
    assert_eq!(came.code, Some(1));
    is_as_recorded("recheck.json", &came.out);
    let check = room.run("check cases/example --message-format short");
    assert!(check.err.contains("error[source/digest-differs]"), "{}", check.err);
}

#[test]
fn libraries_are_taken_over_whole_or_not_at_all() {
    let folder = data("libraries");
    for library in files(&folder) {
        let name = library.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".expected") {
            continue;
        }
        let room = Room::with("example");
        let before = room.read("cases/example/sources.yaml");
        room.write(&name, std::fs::read(&library).expect("a library"));
        let came = room.run(&format!("source import cases/example {name} --message-format short"));
        let after = room.read("cases/example/sources.yaml");
        let added = after.strip_prefix(&before).unwrap_or_else(|| panic!("{name}: what stood there was changed"));
        assert_eq!(name.starts_with("bad"), added.is_empty(), "{name}");
        assert_eq!(came.code, Some(i32::from(added.is_empty())), "{name}\n{}", came.err);
        is_as_recorded(&format!("libraries/{name}.expected"), &format!("{}---{added}", came.err));
        let check = room.run("check cases/example --message-format short");
        assert!(!check.err.contains("case/syntax"), "{}", check.err);
    }
}

/// What a record is elsewhere, it is here again: the bibliographic part goes round without loss.
#[test]
fn records_go_round_through_other_programs() {
    for (format, ending) in [("biblatex", "bib"), ("csl-json", "json")] {
        for case in ["example", "khamroev"] {
            let room = Room::with(case);
            let out = room.run(&format!("source export cases/{case} --to {format}")).done().out;
            room.write(format!("library.{ending}"), &out);
            room.write("cases/fresh/case.yaml", "id: fresh\n");
            room.write("cases/fresh/sources.yaml", "# nothing yet\n");
            room.run(&format!("source import cases/fresh library.{ending}")).done();
            let again = room.run(&format!("source export cases/fresh --to {format}"));
            assert_eq!(again.out, out, "{case} as {format}");
        }
    }
}

#[test]
fn annotations_become_citations() {
    let room = Room::with("example");
    for file in files(&data("annotations")) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".expected") {
            continue;
        }
        room.write(&name, std::fs::read(&file).expect("annotations"));
        let came = room.run(&format!("source import cases/example {name} --message-format short"));
        is_as_recorded(&format!("annotations/{name}.expected"), &format!("{}---\n{}", came.err, came.out));
    }
}

#[test]
fn citations_go_round_as_annotations() {
    let room = Room::with("example");
    let out = room.run("source export cases/example --to web-annotations").done().out;
    let page: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let items = page["items"].as_array().expect("items");
    assert!(items.len() > 20);
    room.write("annotations.json", &out);
    let again = room.run("source import cases/example annotations.json");
    assert_eq!(again.code, Some(0), "{}", again.err);
    let citations: Vec<&str> = again.out.lines().collect();
    assert_eq!(citations.len(), items.len(), "{}", again.err);
    for (item, citation) in items.iter().zip(citations) {
        let exact = item["target"]["selector"]["exact"].as_str().expect("words");
        let short = amparo::text::Quotation::parse(exact).is_err();
        assert!(short || citation.contains(exact.trim_end_matches('”')), "{exact}\n{citation}");
    }
}

/// What rests on one source alone disappears, older states return with a warning, and the papers are built all the same.
#[test]
fn a_case_is_built_without_any_one_of_its_sources() {
    let mut told = String::new();
    for (case, date) in [("example", "2026-06-01"), ("khamroev", "2024-10-01")] {
        let room = Room::with(case);
        let sources = room.read(format!("cases/{case}/sources.yaml"));
        let ids = sources.lines().filter(|line| line.starts_with(char::is_alphabetic));
        let ids: Vec<&str> = ids.filter_map(|line| line.strip_suffix(':')).collect();
        assert!(ids.len() > 4);
        for id in ids {
            let line = format!("build cases/{case} --format md --message-format short --without {id}");
            let came = room.run(&line).done();
            let folder = format!("output/{case}/{date}.without-{id}");
            let manifest: serde_json::Value =
                serde_json::from_str(&room.read(format!("{folder}/manifest.json"))).expect("a manifest");
            let papers = manifest["files"].as_object().expect("papers");
            assert!(!papers.is_empty(), "{line}");
            let quoted = format!("\"source\":\"{id}\"");
            assert!(papers.values().all(|paper| !paper.to_string().contains(&quoted)), "{line}: `{id}` is cited");
            let _ = writeln!(told, "--without {id}: {} papers", papers.len());
            let lines =
                came.err.lines().filter(|line| line.contains("source/withdrawn") || line.contains("fact/returned"));
            told.extend(lines.map(|line| format!("  {line}\n")));
        }
    }
    is_as_recorded("without.txt", &told);
    let came = Room::with("example").run("build cases/example --without lantern-updat");
    assert_eq!(came.code, Some(2));
    assert!(came.err.contains("did you mean `lantern-update`"), "{}", came.err);
}
