//! Petition sheets and cards: what somebody signs, measured and read in the finished files; who is never named there.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use amparo::render::reading::{Reading, read};

use crate::geometry::{Place, Sheet, sheets};
use crate::papers::{Paper, built};
use crate::program::Room;
use crate::support::{root, rows};

/// The least height of a line to sign, in mm. Source: forms specification, 9.4.
const LEAST: f64 = 9.0;

/// At most so many words are signed. Source: forms specification, 9.2.
const MOST_WORDS: usize = 180;

/// What no paper for supporters of a case may say, in any spelling.
const OUTLAWED: [(&str, &[&str]); 2] = [
    ("khamroev", &["Hizb", "Tahrir", "Хизб", "Тахрир"]),
    ("example", &["Open Page League", "Лига открытой", "Лиги открытой", "Лигой открытой"]),
];

/// What petitions may not even cite: publishers that are outlawed.
const CLOSED: [&str; 6] = ["Moscow Times", "Москоу таймс", "Memorial", "Мемориал", "Third Shelf", "Третья полка"];

/// Rows of a table, without remarks and the head.
/// The petitions of both cases, on both sheets, in both sizes of print.
static PETITIONS: LazyLock<Vec<Paper>> = LazyLock::new(|| {
    let only = "--only petition-sheet --only petition-card --large-print";
    let sheets = ["a4", "us-letter"].into_iter();
    sheets.flat_map(|sheet| built(&format!("{only} --paper {sheet}"), &format!("petition.{sheet}"))).collect()
});

fn petitions() -> Vec<&'static Paper> {
    PETITIONS.iter().collect()
}

fn is_list(paper: &Paper) -> bool {
    paper.about["template"] == "petition-sheet"
}

/// The lines to sign of a page, each between the rules above and below its number.
fn lines(sheet: &Sheet) -> Vec<Place> {
    let rules: Vec<&Place> = sheet.shapes.iter().map(|shape| &shape.place).collect();
    let flat = |place: &&Place| place.bottom - place.top < 0.3 && place.right - place.left > 5.0;
    let numbers = sheet.content().filter(|run| run.role.is_in("TD"));
    let between = numbers.filter(|run| run.words.trim().parse::<usize>().is_ok()).map(|run| {
        let beside = |place: &&&Place| place.left <= run.place.left && run.place.right <= place.right;
        let near = || rules.iter().copied().filter(flat).collect::<Vec<_>>();
        let middle = f64::midpoint(run.place.top, run.place.bottom);
        let all = near();
        let beside: Vec<&Place> = all.iter().filter(beside).copied().collect();
        let above = beside.iter().map(|place| place.bottom).filter(|y| *y < middle).fold(0.0, f64::max);
        let below = beside.iter().map(|place| place.top).filter(|y| *y > middle).fold(sheet.height, f64::min);
        Place { left: run.place.left, right: run.place.right, top: above, bottom: below }
    });
    between.collect()
}

#[test]
fn each_line_to_sign_is_high_enough_and_on_its_sheet() {
    let mut seen = 0;
    for paper in petitions().into_iter().filter(|paper| is_list(paper)) {
        let lines: Vec<Vec<Place>> = sheets(&paper.bytes).iter().map(lines).filter(|lines| !lines.is_empty()).collect();
        let [lines] = lines.as_slice() else { panic!("{}: lines on {} pages", paper.id(), lines.len()) };
        assert_eq!(lines.len(), 12, "{}", paper.id());
        for line in lines {
            let height = line.bottom - line.top;
            assert!((LEAST..30.0).contains(&height), "{}: a line is {height:.2} mm high", paper.id());
        }
        seen += 1;
    }
    assert!(seen >= 16, "{seen} sheets");
}

/// A list asks for number, name, place and signature; neither for a street nor for a way to reach somebody.
#[test]
fn nobody_is_asked_for_more_than_name_place_and_signature() {
    let heads = [
        ["No.", "Full name (capitals)", "Town and country", "Signature"],
        ["№", "Имя и фамилия (печатно)", "Город и страна", "Подпись"],
    ];
    for paper in petitions() {
        let found: Vec<String> = paper.reading.texts("TH").into_iter().map(joined).collect();
        if is_list(paper) {
            assert!(heads.iter().any(|head| found == *head), "{}: {found:?}", paper.id());
        }
        let text = all_words(&paper.reading).to_lowercase();
        for more in ["e-mail", "email", "telephone", "phone", "@", "телефон", "почты"] {
            assert!(!text.contains(more), "{}: {more}", paper.id());
        }
    }
}

#[test]
fn each_sheet_of_several_bears_its_number_and_the_whole_text() {
    let room = Room::with("example");
    room.run("build cases/example --only petition-sheet --only petition-card --format pdf,md --sheets 3").done();
    let folder = "output/example/2026-06-01";
    for (kind, mark, per_page) in [("petition-sheet", "Sheet", 1), ("petition-card", "Card", 2)] {
        let name = format!("{folder}/{kind}.prosecutor-general.en");
        let bytes = std::fs::read(room.path(format!("{name}.pdf"))).expect("a paper");
        let pages: Vec<String> = sheets(&bytes).iter().map(words_of).collect();
        assert_eq!(pages.len(), 3_usize.div_ceil(per_page) + 1, "{kind}");
        let markdown = room.read(format!("{name}.md"));
        let version = version(&markdown);
        let manifest = room.json(&format!("{folder}/manifest.json"));
        let ledger =
            manifest["files"][format!("{kind}.prosecutor-general.en.pdf")]["ledger"].as_array().expect("a ledger");
        let demands = ledger.iter().filter(|entry| entry["id"].as_str().is_some_and(|id| id.starts_with("demands.")));
        let demands: Vec<String> = demands.map(|entry| squeezed(entry["text"].as_str().expect("words"))).collect();
        assert_eq!(demands.len(), 3, "{kind}");
        for copy in 1..=3 {
            let page = &pages[(copy - 1) / per_page];
            let all =
                ["As known on 1 June 2026", "use until 13 July 2026", "Prosecutor General of the Republic of Xandria"];
            let marked = format!("{mark} {copy} of 3 · text {version}");
            for words in all.into_iter().map(str::to_owned).chain([marked]).chain(demands.clone()) {
                assert!(page.contains(&squeezed(&words)), "{kind} {copy}: “{words}” is not in\n{page}");
            }
        }
        assert!(!pages.last().expect("a page").contains("of3"), "{kind}: the last page is for whoever collects");
    }
}

/// The version after “text” in the first line.
fn version(markdown: &str) -> String {
    let line = markdown.lines().next().expect("a line");
    let version = line.rsplit(' ').next().expect("a word");
    assert!(version.len() == 8 && version.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
    version.to_owned()
}

#[test]
fn the_version_belongs_to_the_text() {
    let order = "build cases/example --only petition-sheet --format md";
    let made = |room: &Room, options: &str| {
        room.run(&format!("{order} {options}")).done();
        version(&room.read("output/example/2026-06-01/petition-sheet.prosecutor-general.en.md"))
    };
    let room = Room::with("example");
    let first = made(&room, "");
    assert_eq!(first, made(&room, "--sheets 7 --paper us-letter"), "the same text");
    room.change("cases/example/case.yaml", "keep-until: 2026-12-31", "keep-until: 2027-01-31");
    assert_eq!(first, made(&room, ""), "what is not signed");
    room.change("cases/example/case.yaml", "en: check whether letters", "en: look whether letters");
    assert_ne!(first, made(&room, ""), "another demand");
}

#[test]
fn what_is_signed_is_short_and_asks_for_three_things_at_most() {
    for paper in petitions() {
        let text = paper.markdown.split(".petition}").nth(1).expect("a petition");
        let text = text.split("\n## ").next().unwrap_or_default();
        let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        assert!((40..=MOST_WORDS).contains(&words), "{}: {words} words", paper.id());
        let asks = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
        assert!((1..=3).contains(&asks), "{}: {asks} demands", paper.id());
    }
}

/// In a language of the country: a warning on each copy, and that names are not handed to that State.
#[test]
fn a_petition_in_a_language_of_the_country_warns_on_each_copy() {
    for paper in petitions() {
        let inside = paper.about["language"] == "ru";
        let text = squeezed(&all_words(&paper.reading));
        let copies = text.matches(&squeezed("Текст петиции")).count();
        for words in ["Только для подписей за пределами", "Имена подписавших органам власти"]
        {
            let found = text.matches(&squeezed(words)).count();
            assert_eq!(found, if inside { copies } else { 0 }, "{}: {words}", paper.id());
        }
        let handed = if inside {
            "ни подписи не передаются"
        } else {
            "no signature is handed to that office"
        };
        assert!(text.contains(&squeezed(handed)), "{}", paper.id());
    }
}

/// Every paper of both cases, packs and working languages included, as text.
#[test]
fn no_paper_for_supporters_names_an_outlawed_organisation() {
    let mut seen = 0;
    for (case, names) in OUTLAWED {
        let room = Room::with(case);
        room.run(&format!("build cases/{case} --format md --pack --outside-country")).done();
        let papers = room.snapshot("output").into_iter();
        let is_text = |path: &Path| path.extension().is_some_and(|ending| ending == "md");
        // A body of the United Nations may be told of them.
        let is_for_the_un = |path: &Path| path.file_name().is_some_and(|name| name == "wgad.en.md");
        for (path, bytes) in papers.filter(|(path, _)| is_text(path) && !is_for_the_un(path)) {
            let (path, text) = (path.display(), String::from_utf8(bytes).expect("text"));
            let is_petition = path.to_string().contains("petition");
            for name in names.iter().chain(CLOSED.iter().filter(|_| is_petition)) {
                assert!(!text.contains(name), "{path} names {name}");
            }
            seen += 1;
        }
    }
    assert!(seen >= 40, "{seen} papers");
}

/// The name is cut for all but the United Nations and those who work on the case, and what says it falls with it.
#[test]
fn the_united_nations_are_told_the_name() {
    let cut = [
        ("example", "2026-06-01", ["names.league", "facts.league-label", "demands.readers-abroad-visit"]),
        ("khamroev", "2024-10-01", ["names.hizb-ut-tahrir", "facts.posts-content", "facts.ban-2003"]),
    ];
    for (case, day, ids) in cut {
        let room = Room::with(case);
        room.run(&format!("build cases/{case} --only urgent-appeal --format md")).done();
        let left_out = room.json(&format!("output/{case}/{day}/internal/left-out.json"));
        for id in ids {
            for audience in ["public", "state", "custodian", "other-state", "inside-country"] {
                assert!(left_out[audience][id].is_string(), "{case}: {audience} is told of {id}");
            }
            for audience in ["un", "internal"] {
                assert!(left_out[audience][id].is_null(), "{case}: {audience} is not told of {id}");
            }
        }
    }
}

/// A demand of a source that names it falls away; the demand of ours that restates it stands.
#[test]
fn a_demand_that_names_it_is_restated() {
    let room = Room::with("example");
    room.run("build cases/example --only urgent-appeal --format md").done();
    let appeal = room.read("output/example/2026-06-01/urgent-appeal.en.md");
    assert!(appeal.contains("check on what ground her counsel was not let in"), "{appeal}");
    assert!(!appeal.contains("Readers Abroad"), "{appeal}");
    // Without the status it is told as theirs.
    room.change(
        "cases/example/case.yaml",
        "        from: 2024-01-15",
        "        from: 2024-01-15\n        until: 2025-12-31",
    );
    room.run("build cases/example --only urgent-appeal --format md").done();
    let appeal = room.read("output/example/2026-06-01/urgent-appeal.en.md");
    assert!(appeal.contains("no longer be called members of the Open Page League"), "{appeal}");
}

#[test]
fn each_order_ends_as_it_should() {
    for row in rows(include_str!("petition/orders.tsv")) {
        let [case, arguments, exit, says, made] = row[..] else { panic!("{row:?}") };
        let room = Room::with(case);
        let ran = room.run(&format!("build cases/{case} --format md {arguments}"));
        assert_eq!(ran.code, exit.parse().ok(), "{row:?}\n{}", ran.err);
        let found: BTreeSet<String> = made_in(&room);
        let wanted: BTreeSet<String> = made.split_whitespace().map(str::to_owned).collect();
        assert_eq!(found, wanted, "{row:?}\n{}", ran.err);
        ran.says(says);
    }
}

/// The petitions that were made: `sheet.en`.
fn made_in(room: &Room) -> BTreeSet<String> {
    if !room.path("output").exists() {
        return BTreeSet::new();
    }
    let name = |path: &Path| {
        let name = path.file_name()?.to_str()?.strip_suffix(".md")?.strip_prefix("petition-")?;
        Some(name.replace(".prosecutor-general", ""))
    };
    room.snapshot("output").keys().filter_map(|path| name(path)).collect()
}

#[test]
fn each_change_is_answered_at_its_place() {
    for row in rows(include_str!("petition/changes.tsv")) {
        let [file, from, to, exit, says, at] = row[..] else { panic!("{row:?}") };
        let plain = |words: &str| words.trim_matches('"').replace("\\n", "\n");
        let room = Room::with("example");
        if let Some(folder) = file.strip_prefix("templates/") {
            copy_templates(&room, folder.split('/').next().expect("a folder"));
        }
        room.change(file, &plain(from), &plain(to));
        let ran = room.run("build cases/example --format md --sheets 1");
        assert_eq!(ran.code, exit.parse().ok(), "{row:?}\n{}", ran.err);
        if exit == "1" {
            assert!(!room.path("output").exists(), "{row:?}: something was written");
        }
        let ran = ran.says(says);
        if let Some((file, words)) = at.split_once(':') {
            let text = room.read(file);
            let line = text.lines().position(|line| line.trim_start().starts_with(words)).expect(words) + 1;
            ran.says(&format!("{file}:{line}:"));
        }
    }
}

/// The shipped templates of one folder, to be changed by a project of its own.
fn copy_templates(room: &Room, folder: &str) {
    let from = root().join("templates").join(folder);
    for path in crate::support::files(&from) {
        let inner = path.strip_prefix(root()).expect("inside the project");
        room.write(inner, std::fs::read(&path).expect("a file"));
    }
}

fn all_words(reading: &Reading) -> String {
    let outer = reading.elements.iter().filter(|element| element.depth == 0);
    outer.map(|element| element.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn words_of(sheet: &Sheet) -> String {
    squeezed(&sheet.content().map(|run| run.words.as_str()).collect::<Vec<_>>().join(" "))
}

/// Letters alone: nothing that a line puts between them.
fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}')).collect()
}

fn joined(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_file_is_read_back_whole() {
    let paper = petitions().into_iter().find(|paper| is_list(paper)).expect("a sheet");
    let reading = read(&paper.bytes).expect("a PDF");
    let kinds: Vec<&str> = reading.elements.iter().map(|element| element.kind.as_str()).collect();
    for kind in ["Table", "TR", "TH", "TD", "Title", "H1", "L", "LI"] {
        assert!(kinds.contains(&kind), "{kind} is not among {kinds:?}");
    }
}
