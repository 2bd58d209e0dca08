//! What the options choose: papers, languages, offices, the day, the clock, formats, the sheet.

use amparo::render::reading::read;

use crate::program::Room;

const FOLDER: &str = "output/example/2026-06-01";

/// The names of the papers, without endings and without the manifest.
fn papers(room: &Room, folder: &str) -> Vec<String> {
    let names = room.names(folder).into_iter().filter(|name| name != "manifest.json");
    names.map(|name| name.rsplit_once('.').expect("an ending").0.to_owned()).collect()
}

#[test]
fn only_one_template() {
    let room = Room::with("example");
    room.run("build cases/example --format md --only urgent-appeal").done();
    assert_eq!(papers(&room, FOLDER), ["urgent-appeal.en"]);
}

#[test]
fn only_some_languages() {
    let room = Room::with("example");
    room.run("build cases/example --format md --languages ru").done();
    let made = papers(&room, FOLDER);
    let is_russian = |name: &String| name.trim_end_matches(".leaf.en").rsplit('.').next() == Some("ru");
    assert!(made.len() > 3 && made.iter().all(is_russian), "{made:?}");
    room.run("build cases/example --format md --languages ru,en --output both").done();
    assert!(papers(&room, "both/example/2026-06-01").len() > made.len());
}

#[test]
fn only_some_offices() {
    let room = Room::with("example");
    room.run("build cases/example --format md --only letter-official --to xa/ombudsman --to xa/north-prison").done();
    let wanted = ["north-prison.en", "north-prison.ru", "ombudsman.en", "ombudsman.ru"];
    let mut wanted: Vec<String> = wanted.iter().map(|name| format!("letter-official.{name}")).collect();
    // A letter in another language than the supporter's has its leaf.
    wanted.extend(["north-prison", "ombudsman"].map(|name| format!("letter-official.{name}.ru.leaf.en")));
    let mut made = papers(&room, FOLDER);
    made.sort();
    wanted.sort();
    assert_eq!(made, wanted);
}

#[test]
fn names_that_the_case_does_not_list_are_refused_with_the_nearest() {
    let room = Room::with("example");
    for (options, words, hint) in [
        ("--only urgent-apeal", "the case lists no paper `urgent-apeal`", "did you mean `urgent-appeal`?"),
        ("--only zzz", "the case lists no paper `zzz`", "it lists: urgent-appeal, letter-official"),
        ("--languages de", "the case lists no paper in the language `de`", "it lists: en, ru"),
        ("--languages en,rus", "the case lists no paper in the language `rus`", "did you mean `ru`?"),
        ("--to xa/ombudsmann", "the case lists no paper to the office `xa/ombudsmann`", "did you mean `xa/ombudsman`?"),
        (
            "--only urgent-appeal --languages ru",
            "no paper of the case fits all that was asked for",
            "leave out `--only`",
        ),
    ] {
        let ran = room.run(&format!("build cases/example --format md {options}")).problems().says(words).says(hint);
        ran.says("cases/example/case.yaml");
        assert!(!room.path("output").exists(), "{options}: nothing is written");
    }
}

#[test]
fn an_earlier_day_knows_less_and_says_so() {
    let room = Room::with("khamroev");
    room.run("build cases/khamroev --format md --only letter-official --as-of 2023-06-01").done();
    let folder = "output/khamroev/2023-06-01";
    assert_eq!(room.json(&format!("{folder}/manifest.json"))["as_of"], "2023-06-01");
    let letter = room.read(format!("{folder}/letter-official.prosecutor-general.en.md"));
    assert!(!letter.contains("2024"), "{letter}");
    assert!(letter.contains("1 June 2023"), "{letter}");
    let now = Room::with("khamroev");
    now.run("build cases/khamroev --format md --only letter-official").done();
    assert_ne!(now.read("output/khamroev/2024-10-01/letter-official.prosecutor-general.en.md"), letter);
}

#[test]
fn the_clock_decides_what_counts() {
    let room = Room::with("khamroev");
    let dossier = |clock: &str| {
        room.run(&format!("dossier cases/khamroev --as-of 2023-06-01 --clock {clock} --output -")).done().out
    };
    assert_ne!(dossier("event"), dossier("knowledge"), "on that day more had happened than was published");
    room.run("build cases/khamroev --format md --clock event --only urgent-appeal").done();
    assert_eq!(room.json("output/khamroev/2024-10-01/manifest.json")["clock"], "event");
}

#[test]
fn another_output_folder() {
    let room = Room::with("example");
    room.run("build cases/example --format md --only urgent-appeal --output a/b")
        .done()
        .gives("a/b/example/2026-06-01/");
    assert!(!room.path("output").exists());
    room.run("dossier cases/example -o a/b --format md").done().gives("a/b/example/2026-06-01/internal/dossier.md");
    assert!(room.read("a/b/example/2026-06-01/internal/dossier.md").starts_with("**INTERNAL**"));
}

#[test]
fn both_formats_of_one_paper_on_another_sheet() {
    let room = Room::with("example");
    let line =
        "build cases/example --format pdf,md --paper us-letter --only letter-official --to xa/ombudsman --languages en";
    room.run(line).done();
    assert_eq!(papers(&room, FOLDER), ["letter-official.ombudsman.en"; 2]);
    let pdf = std::fs::read(room.path(format!("{FOLDER}/letter-official.ombudsman.en.pdf"))).expect("a file");
    let page = &read(&pdf).expect("it can be read back").pages[0];
    assert!((page.width - 215.9).abs() < 0.1 && (page.height - 279.4).abs() < 0.1, "{page:?}");
}

#[test]
fn templates_of_the_case_and_of_the_project_come_first() {
    let room = Room::with("example");
    for (folder, words) in [("ours", "Good day, "), ("cases/example/templates", "Most respected ")] {
        for file in ["template.yaml", "en.md", "ru.md"] {
            let inner = format!("documents/letter-official/{file}");
            let text = std::fs::read_to_string(crate::support::root().join("templates").join(&inner)).expect("shipped");
            room.write(
                format!("{folder}/{inner}"),
                text.replacen("I write to you", &format!("{words}I write to you"), 1),
            );
        }
        let line =
            "build cases/example --templates ours --format md --only letter-official --to xa/ombudsman --languages en";
        room.run(line).done();
        let paper = "letter-official.ombudsman.en.md";
        let letter = room.read(format!("{FOLDER}/{paper}"));
        assert!(letter.contains(words), "{letter}");
        let layer = if folder == "ours" { "project" } else { "case" };
        assert_eq!(room.json(&format!("{FOLDER}/manifest.json"))["files"][paper]["template-layer"], layer);
    }
}
