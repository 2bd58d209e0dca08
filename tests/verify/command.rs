//! The commands as they are typed.

use crate::program::{Ran, Room};

fn built() -> Room {
    let room = Room::with("example");
    room.run("build cases/example --strict").done();
    room
}

const APPEAL: &str = "output/example/2026-06-01/urgent-appeal.en.pdf";
const LETTER: &str = "output/example/2026-06-01/letter-official.prosecutor-general.ru.pdf";

#[test]
fn every_paper_of_a_case_is_verified_in_one_call() {
    let room = built();
    let names = room.names("output/example/2026-06-01");
    let papers: Vec<String> = names
        .iter()
        .filter(|name| name.rsplit('.').next() == Some("pdf"))
        .map(|name| format!("output/example/2026-06-01/{name}"))
        .collect();
    let line = format!("verify {} --archive cases/example/archive", papers.join(" "));
    let came = room.run(&line).done();
    assert!(came.out.contains(&format!("{} files: {0} verified", papers.len())), "{}", came.out);
    assert!(came.out.contains(".ru.pdf (not or not wholly checked: sources, rebuild)"), "{}", came.out);
    assert_eq!(came.err, "", "no progress where nobody looks");
}

#[test]
fn what_was_not_checked_is_not_told_as_passed() {
    let room = built();
    let alone = room.run(&format!("verify {APPEAL}")).done();
    assert!(alone.out.contains("sources  not checked there are no copies"), "{}", alone.out);
    assert!(alone.out.contains("rebuild  not checked"), "{}", alone.out);
    let letter = room.run(&format!("verify {LETTER} --archive cases/example/archive")).done();
    assert!(letter.out.contains("sources  not checked this paper carries nothing about its sources"), "{}", letter.out);
    let whole = room.run(&format!("verify {APPEAL} --archive cases/example/archive --case cases/example")).done();
    assert!(whole.out.contains("rebuild  passed"), "{}", whole.out);
    assert!(!whole.out.contains("sources  not checked"), "{}", whole.out);
}

#[test]
fn the_exit_code_says_how_it_came_out() {
    let room = built();
    room.write("empty/x", "");
    let came = room.run(&format!("verify {APPEAL} --archive empty"));
    assert_eq!(came.code, Some(2), "{}", came.out);
    assert!(came.out.contains("there is no copy of"), "{}", came.out);
    assert_eq!(room.run("verify nothing.pdf").code, Some(2));
    assert_eq!(room.run(&format!("verify nothing.pdf {APPEAL}")).code, Some(2));
    room.write("bad.pdf", "no PDF");
    let came = room.run(&format!("verify nothing.pdf bad.pdf {APPEAL}"));
    assert_eq!(came.code, Some(1), "{}", came.out);
    assert!(came.out.contains("1 verified, 1 WRONG, 1 not checked"), "{}", came.out);
    assert_eq!(room.run("verify bad.pdf --archive nowhere").code, Some(2));
    assert_eq!(room.run(&format!("verify {APPEAL} --case nowhere")).code, Some(2));
}

#[test]
fn a_case_that_moved_on_gives_another_paper_and_says_why() {
    let room = built();
    room.change("cases/example/case.yaml", "see that she is not ill-treated", "see that she is not treated ill");
    room.change("cases/example/case.yaml", "order without delay that she not", "order today that she not");
    let came = room.run(&format!("verify {APPEAL} --case cases/example"));
    assert_eq!(came.code, Some(1), "{}", came.out);
    assert!(came.out.contains("[verify/rebuild] `demands.safety` has other words"), "{}", came.out);
}

#[test]
fn programs_get_one_object_a_line() {
    let room = built();
    room.write("bad.pdf", "no PDF");
    let came = room.run(&format!("--message-format json verify bad.pdf {APPEAL} nothing.pdf"));
    let lines: Vec<serde_json::Value> =
        came.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let results: Vec<&str> = lines.iter().map(|line| line["result"].as_str().expect("a result")).collect();
    assert_eq!(results, ["wrong", "verified", "not-checked"]);
    assert_eq!(lines[0]["checks"][0]["findings"][0]["code"], "verify/file");
    let states: Vec<&str> = lines[1]["checks"]
        .as_array()
        .expect("checks")
        .iter()
        .map(|check| check["state"].as_str().expect("a state"))
        .collect();
    assert_eq!(states, ["passed", "passed", "not-checked", "not-checked"]);
}

#[test]
fn a_report_takes_the_place_of_no_other_file() {
    let room = Room::with("example");
    room.run("build cases/example --only urgent-appeal").done();
    room.write("old.pdf", "%PDF-1.7");
    for report in [APPEAL, "cases/example/case.yaml", "old.pdf", "report.txt"] {
        let before = std::fs::read(room.path(report)).ok();
        let ran = room.run(&format!("verify {APPEAL} --report {report}"));
        assert_eq!(ran.code, Some(2), "{report}: {}", ran.err);
        assert_eq!(std::fs::read(room.path(report)).ok(), before, "{report}");
    }
    for _ in ["new", "an earlier report"] {
        room.run(&format!("verify {APPEAL} --report report.pdf")).done();
    }
}

#[test]
fn the_working_report_is_verified_too() {
    for (case, day) in [("example", "2026-06-01"), ("khamroev", "2024-10-01")] {
        let room = Room::with(case);
        room.run(&format!("dossier cases/{case}")).done();
        let ran = room.run(&format!("verify output/{case}/{day}/internal/dossier.pdf"));
        assert_eq!(ran.code, Some(0), "{}", ran.out);
    }
}

#[test]
fn the_report_is_a_paper_that_can_be_verified() {
    let room = built();
    room.run(&format!("verify {APPEAL} --archive cases/example/archive --report report.pdf")).done();
    let report = std::fs::read(room.path("report.pdf")).expect("a report");
    std::fs::write(format!("{}/report.one.pdf", env!("CARGO_TARGET_TMPDIR")), &report).expect("kept");
    let reading = amparo::render::reading::read(&report).expect("it can be read");
    let said: String = reading.texts("P").join("\n");
    assert!(said.contains("The file: urgent-appeal.en.pdf"), "{said}");
    assert!(said.contains("It was not checked"), "{said}");
    assert!(!said.contains("output/"), "no folder: {said}");
    room.run("verify report.pdf").done();
    room.write("bad.pdf", "no PDF");
    let came = room.run(&format!("verify bad.pdf {APPEAL} {LETTER} --report report.pdf"));
    assert_eq!(came.code, Some(1));
    let report = std::fs::read(room.path("report.pdf")).expect("a report");
    std::fs::write(format!("{}/report.many.pdf", env!("CARGO_TARGET_TMPDIR")), &report).expect("kept");
    let reading = amparo::render::reading::read(&report).expect("it can be read");
    assert!(reading.elements.iter().any(|element| element.text.contains("Something is wrong")));
}

#[test]
fn a_paper_reveals_no_user_no_path_and_no_local_time() {
    let room = built();
    for path in [APPEAL, LETTER] {
        let Ran { out, .. } = room.run(&format!("inspect {path}")).done();
        let about = out.lines().skip(1).collect::<Vec<_>>().join("\n");
        for wanted in
            ["Creator: amparo", "CreationDate: D:20260601000000Z", "Producer: not said", "attachment `amparo.json`"]
        {
            assert!(about.contains(wanted), "{wanted}\n{about}");
        }
        let user = std::env::var("USER").unwrap_or_else(|_| "root".to_owned());
        for unwanted in ["/tmp", "/home", "/work", "strange", "Author", "Typst", "typst", &format!(" {user}")] {
            assert!(!about.contains(unwanted), "{unwanted}\n{about}");
        }
    }
}
