//! Bad input from end to end: each gets a clear message with its place and the next step, and the papers that were
//! built before stay as they are. What a small case can show alone is in `tests/suite/`.

use std::sync::LazyLock;

use crate::program::{Ran, Room, Snapshot, skipped};

mod hostile;

const CASE: &str = "cases/example/case.yaml";
const FACTS: &str = "cases/example/facts.yaml";
const SOURCES: &str = "cases/example/sources.yaml";
const OUTPUT: &str = "output/example/2026-06-01";

/// The papers of the untouched example.
static BEFORE: LazyLock<Snapshot> = LazyLock::new(|| {
    let room = Room::with("example");
    room.run("build cases/example --format md").done();
    room.snapshot(OUTPUT)
});

/// What is bad, and what is said about it.
struct Bad {
    name: &'static str,
    spoil: fn(&Room),
    options: &'static str,
    code: i32,
    says: &'static [&'static str],
}

impl Bad {
    const fn problem(name: &'static str, spoil: fn(&Room), says: &'static [&'static str]) -> Self {
        Self { name, spoil, options: "", code: 1, says }
    }

    const fn failure(name: &'static str, spoil: fn(&Room), says: &'static [&'static str]) -> Self {
        Self { name, spoil, options: "", code: 2, says }
    }

    const fn with(self, options: &'static str) -> Self {
        Self { options, ..self }
    }

    fn run(&self) {
        let room = Room::with("example");
        for (name, bytes) in &*BEFORE {
            room.write(std::path::Path::new(OUTPUT).join(name), bytes);
        }
        (self.spoil)(&room);
        let ran = room.run(&format!("build cases/example --format md {}", self.options));
        assert_eq!(ran.code, Some(self.code), "{}:\n{}", self.name, ran.err);
        assert!(!ran.err.contains("panicked") && !ran.err.contains("[internal]"), "{}:\n{}", self.name, ran.err);
        assert!(ran.out.is_empty(), "{}: {}", self.name, ran.out);
        for words in self.says.iter().chain(&["hint: "]) {
            assert!(ran.err.contains(words), "{}: `{words}` is not said in:\n{}", self.name, ran.err);
        }
        assert!(ran.err.len() < 20_000, "{}: {} bytes of messages", self.name, ran.err.len());
        assert!(room.snapshot(OUTPUT) == *BEFORE, "{}: the papers of before were touched", self.name);
    }
}

fn remove(room: &Room, inner: &str) {
    std::fs::remove_file(room.path(inner)).expect("removed");
}

/// A file of the project's own templates with these words, in place of the shipped letter.
fn letter(room: &Room, words: &str) {
    let folder = "cases/example/templates/documents/letter-official";
    for file in ["template.yaml", "en.md", "ru.md"] {
        let shipped = crate::support::root().join("templates/documents/letter-official").join(file);
        room.write(format!("{folder}/{file}"), std::fs::read(shipped).expect("shipped"));
    }
    room.write(format!("{folder}/en.md"), words);
}

const EN: &str = "cases/example/templates/documents/letter-official/en.md";

const FILES: &[Bad] = &[
    Bad::failure("no case file", |room| remove(room, CASE), &["cannot read `cases/example/case.yaml`"]),
    Bad::failure(
        "a folder in place of a file",
        |room| {
            remove(room, CASE);
            room.write("cases/example/case.yaml/x", "");
        },
        &["cannot read `cases/example/case.yaml` (it is a folder, not a file)"],
    ),
    Bad::problem("no facts", |room| remove(room, FACTS), &["there is no file `facts.yaml`", "case.yaml:16:12"]),
    Bad::problem("no sources", |room| remove(room, SOURCES), &["case/missing-key", SOURCES, "has no `sources.yaml`"]),
    Bad::problem(
        "a picture as a case",
        |room| room.write(CASE, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0"),
        &["error[case/not-text]", CASE, "save it as UTF-8"],
    ),
    Bad::problem(
        "a program as sources",
        |room| room.write(SOURCES, std::fs::read(env!("CARGO_BIN_EXE_amparo")).expect("a program")),
        &["error[case/too-large]", SOURCES],
    ),
    Bad::problem(
        "nothing but null",
        |room| room.write(CASE, vec![0; 4096]),
        &["error[case/", "cases/example/case.yaml"],
    ),
    Bad::problem(
        "an empty case",
        |room| room.write(CASE, ""),
        &["error[case/missing-key]", CASE, "add a line `id: …`"],
    ),
    Bad::problem(
        "50 MB of YAML",
        |room| room.write(FACTS, "# words that say nothing\n".repeat(2_100_000)),
        &["error[case/too-large]", FACTS, "at most 8 MiB are read"],
    ),
    Bad::problem(
        "many brackets",
        |room| room.write(FACTS, "[".repeat(1_000_000)),
        &["error[case/", "cases/example/facts.yaml"],
    ),
    Bad::problem(
        "many mappings",
        |room| room.write(FACTS, (0..2_000).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "a:\n")),
        &["error[case/", "cases/example/facts.yaml"],
    ),
    Bad::problem(
        "an alias bomb",
        |room| {
            let level = |n: usize| {
                format!("{}: &x{n} [{}]\n", "abcdefghi".as_bytes()[n] as char, format!("*x{}, ", n - 1).repeat(9))
            };
            let bomb = (1..9).fold("a: &x0 [lol, lol]\n".to_owned(), |text, n| text + &level(n));
            room.write(FACTS, bomb);
        },
        &["error[case/", FACTS],
    ),
    Bad::problem(
        "a copy that is no text",
        |room| room.write("cases/example/archive/wire-report.txt", b"\x89PNG\r\n\x1a\n\0"),
        &["error[source/", SOURCES],
    ),
    Bad::problem("a file as archive", |_| {}, &["there is no archive folder `Cargo.toml`"])
        .with("--archive Cargo.toml"),
    Bad::failure("no folder of fonts", |_| {}, &["cannot read `fonts`"]).with("--font-path fonts"),
    Bad::problem(
        "the template of another project",
        |room| {
            room.write("cases/example/templates/documents/letter-official/template.yaml", "title: {{ page.title }}\n");
        },
        &["cases/example/templates/documents/letter-official/template.yaml:1:"],
    ),
    Bad::failure(
        "a template that is no text",
        |room| {
            letter(room, "x");
            room.write("cases/example/templates/documents/letter-official/ru.md", b"\xcf\xf0\xee\xf8\xf3");
        },
        &["cannot read", "templates/documents/letter-official/ru.md", "UTF-8"],
    )
    .with("--languages en"),
];

const WORDS: &[Bad] = &[
    Bad::problem(
        "a day that does not exist",
        |room| room.change(FACTS, "value: 2025-03-11", "value: 2025-02-31"),
        &["error[case/bad-date]", "cases/example/facts.yaml:", "2025-02-31"],
    ),
    Bad::problem(
        "a locator past the end",
        |room| room.change(FACTS, "at: para 4, quote: учительница", "at: para 400, quote: учительница"),
        &["error[cite/locator]", "cases/example/facts.yaml:", "400"],
    ),
    Bad::problem(
        "one letter of a quotation",
        |room| room.change(FACTS, "учительница литературы Второй", "учительница литературы второй"),
        &["error[quote/altered]", "cases/example/facts.yaml:", "Второй"],
    ),
    Bad::problem(
        "a demand without ground",
        |room| room.change(CASE, "following-from: [visit-refused, no-letters]", "following-from: []"),
        &["error[demand/no-ground]", "cases/example/case.yaml:"],
    ),
    Bad::problem(
        "a fact that replaces itself",
        |room| room.change(FACTS, "replaces: none\n    about: person", "replaces: teacher\n    about: person"),
        &["error[case/cycle]", "cases/example/facts.yaml:", "`teacher` changes itself"],
    ),
    Bad::problem(
        "a title with a word that the case guards",
        |room| room.change(CASE, "[\"ringleader*\"]", "[urgent]"),
        &["error[wording/unattributed]: a guarded word stands in a title", "urgent-appeal/template.yaml:"],
    ),
    Bad::problem(
        "a State that the directory does not have",
        |room| room.change(CASE, "country: XA", "country: GE"),
        &["error[directory/unknown]: this needs the name of `GE`", "`templates/directory/ge.yaml` lacks it"],
    )
    .with("--only wgad"),
    Bad::problem(
        "words that turn the line round",
        |room| room.change(FACTS, "She is a teacher", "She is \u{202e}a teacher"),
        &["error[case/control-character]", "cases/example/facts.yaml:"],
    ),
    Bad::problem(
        "a bell",
        |room| {
            room.change(
                FACTS,
                "en: She is a teacher of literature from Northtown.",
                "en: \"She is \\u0007 a teacher\"",
            );
        },
        &["error[case/control-character]", "cases/example/facts.yaml:"],
    ),
];

const TEMPLATES: &[Bad] = &[
    Bad::problem(
        "a loop without end",
        |room| {
            letter(
                room,
                "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{{ c }}{% endfor %}{% endfor %}{% endfor %}\n",
            );
        },
        &["error[template/endless]", EN],
    ),
    Bad::problem(
        "more words than a paper may have",
        |room| letter(room, &format!("{{% for a in range(3000) %}}\n{}\n{{% endfor %}}\n", "words ".repeat(90))),
        &["error[template/endless]", "expands to more than 1 MiB", EN],
    ),
    Bad::problem(
        "filters on filters",
        |room| letter(room, &format!("{{{{ 'a'{} }}}}\n", "|upper".repeat(9000))),
        &["error[template/endless]", "letter-official/en.md:1"],
    ),
    Bad::problem(
        "a macro that calls itself",
        |room| letter(room, "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}\n"),
        &["error[template/", EN],
    ),
    Bad::problem(
        "words that grow without end",
        |room| letter(room, "{% set ns = ['word '] %}{{ ('word ' * 100000000) }}\n"),
        &["error[template/", EN],
    ),
    Bad::problem(
        "an unknown variable",
        |room| letter(room, "Dear {{ recipient.salutaton }}\n"),
        &["error[template/undefined]", "letter-official/en.md:1", "salutation"],
    ),
    Bad::problem(
        "a template that includes itself",
        |room| letter(room, "{% include \"documents/letter-official/en.md\" %}\n"),
        &["error[template/", EN],
    ),
    Bad::problem(
        "a template that leaves its folder",
        |room| letter(room, "{% include \"../../../case.yaml\" %}\n"),
        &["error[template/outside]", "letter-official/en.md:1"],
    ),
    Bad::problem(
        "a template that names a file of the system",
        |room| letter(room, "{% include \"/etc/passwd\" %}\n"),
        &["error[template/outside]", "letter-official/en.md:1"],
    ),
    Bad::problem(
        "a template that states a fact",
        |room| letter(room, "{{ recipient.salutation }}\n\nHe was arrested on 24 February 2022.\n\n1. {{ asks[0] }}\n"),
        &["error[template/fact-in-words]", "letter-official/en.md:3"],
    ),
    Bad::problem(
        "a template that shortens a demand",
        |room| letter(room, "{{ recipient.salutation }}\n\n1. {{ asks[0]|string|truncate(9) }}\n"),
        &["error[template/", EN],
    ),
    Bad::problem(
        "a picture in a template",
        |room| letter(room, "![x](http://example.org/x.png)\n"),
        &["error[template/construct]", "letter-official/en.md:1"],
    ),
];

#[test]
fn files_that_are_none() {
    FILES.iter().for_each(Bad::run);
}

#[test]
fn statements_that_cannot_be() {
    WORDS.iter().for_each(Bad::run);
}

#[test]
fn templates_that_misbehave() {
    TEMPLATES.iter().for_each(Bad::run);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let room = Room::with("example");
    if std::fs::metadata(room.path("cases")).expect("a folder").uid() == 0 {
        skipped("a file that may not be read: the tests run as root, who may read everything");
        return;
    }
    for file in [CASE, FACTS, "cases/example/archive/wire-report.txt"] {
        std::fs::set_permissions(room.path(file), std::fs::Permissions::from_mode(0o0)).expect("changed");
        let ran: Ran = room.run("build cases/example --format md").failed();
        ran.says(&format!("cannot read `{file}`")).says("hint: check that you may read it");
        std::fs::set_permissions(room.path(file), std::fs::Permissions::from_mode(0o644)).expect("changed back");
    }
    assert!(!room.path("output").exists());
}

#[test]
fn of_a_missing_file_only_the_cause_is_told() {
    let room = Room::with("example");
    remove(&room, FACTS);
    let ran = room.run("check cases/example --message-format short");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_line_break_in_a_path_does_not_break_the_line_of_a_message() {
    let room = Room::with("example");
    room.change(CASE, "country: XA", "country: XA\ncuontry: XA");
    std::fs::rename(room.path("cases/example"), room.path("cases/exa\nmple")).expect("renamed");
    let run = |case: &str| Ran::of(&mut room.command(["check", case, "--message-format", "short"]));
    let ran = run("cases/exa\nmple");
    assert!(ran.err.starts_with("cases/exa\\nmple/case.yaml:11:1: error[case/unknown-key]"), "{}", ran.err);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1), "{}", ran.err);
    let ran = run("cases/no\nwhere");
    assert!(ran.err.starts_with("error: cannot read `cases/no\\nwhere`"), "{}", ran.err);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{}", ran.err);
}

#[test]
fn a_layout_without_end_is_named() {
    let room = Room::with("example");
    let letter = std::fs::read_to_string(crate::support::root().join("templates/layouts/letter/layout.typ"));
    let endless = "\n#for a in range(100000) { for b in range(100000) { let c = a + b } }\n";
    room.write("mine/layouts/letter/layout.typ", letter.expect("shipped") + endless);
    let only =
        "cases/example --templates mine --layout-timeout 3 --only letter-official --to xa/ombudsman --languages en";
    for command in ["build", "watch"] {
        let ran = room.run(&format!("{command} {only}")).problems();
        ran.says("error[pdf/endless]").says("mine/layouts/letter/layout.typ").says("not set after 3 s");
        assert!(!room.path("output").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_file_does_not_hang() {
    let room = Room::with("example");
    std::fs::remove_file(room.path(CASE)).expect("removed");
    std::os::unix::fs::symlink("/dev/zero", room.path(CASE)).expect("linked");
    room.run("check cases/example").failed().says("it is a device, not a file");
    let room = Room::with("example");
    let pipe = |inner: &str| std::process::Command::new("mkfifo").arg(room.path(inner)).status().expect("a pipe");
    std::fs::remove_file(room.path(FACTS)).expect("removed");
    pipe(FACTS);
    room.run("check cases/example").problems().says("`facts.yaml` is a pipe, not a file of the case");
    std::fs::remove_file(room.path(CASE)).expect("removed");
    pipe(CASE);
    room.run("check cases/example").failed().says("it is a pipe, not a file");
    pipe("alone");
    room.run("check alone").failed().says("it is a pipe, not the folder of a case");
}
