//! `amparo update`: what a change of the case does, and to papers that were sent.

use crate::program::Room;

const FACTS: &str = "cases/example/facts.yaml";
const CASE: &str = "cases/example/case.yaml";

/// A newspaper of a later day, with a transfer and a letter that came.
const NEWS: &str = "Ilva Tarrin was moved to the hospital of South Prison on 25 May 2026.\n";

const RECORD: &str = "
news:
  type: article
  title: Teacher moved to a hospital
  date: 2026-05-27
  parent: {type: newspaper, title: The Northtown Lantern}
  language: en
  group: lantern
  file: news.txt
  audience: [custodian, state, other-state, un, public]
";

const FACT: &str = "
  moved:
    state: contact
    from: 2026-05-25
    replaces: no-letters
    about: contact
    text:
      en: On 25 May 2026 she was moved to a hospital.
      ru: 25 мая 2026 года её перевели в больницу.
    cites:
      - {source: news, at: para 1, quote: was moved to the hospital of South Prison}
    audience: [custodian, state, other-state, un, public]
";

const SENT: &str = "
  - body: xa/ombudsman
    date: 2026-06-01
    outcome: unknown
    sent: [letter-official.ombudsman.en]
";

/// The example with a letter that was sent, after a build.
fn sent() -> Room {
    let room = Room::with("example");
    let case = room.read(CASE);
    room.write(CASE, case.trim_end().to_owned() + SENT);
    room.run("build cases/example --format md").done();
    room
}

/// The example with the news in it.
fn newer(room: &Room) {
    room.write("cases/example/archive/news.txt", NEWS);
    let sources = room.read("cases/example/sources.yaml");
    room.write("cases/example/sources.yaml", sources + RECORD);
    let facts = room.read(FACTS);
    room.write(FACTS, facts.trim_end().to_owned() + "\n" + FACT);
}

#[track_caller]
fn has(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "`{line}` is not in:\n{text}");
    }
}

#[test]
fn after_a_build_nothing_has_happened() {
    let ran = sent().run("update cases/example").done();
    let expected = [
        "Before: the case as it was built in `output/example/2026-06-01`.",
        "Papers: 0 change, 0 new, 0 can no longer be made,",
        "`letter-official.ombudsman.en` of 2026-06-01 to `xa/ombudsman`: still says what we would say",
        "What to do\n- Nothing.",
    ];
    has(&ran.out, &expected);
    assert!(!ran.out.contains("Facts"), "{}", ran.out);
}

#[test]
fn news_supersedes_a_fact_and_makes_a_letter_wrong() {
    let room = sent();
    newer(&room);
    let ran = room.run("update cases/example").done();
    let expected = [
        "- new: `news`: Teacher moved to a hospital",
        "- superseded: `no-letters`:",
        "by `moved`: On 25 May 2026 she was moved to a hospital.",
        "- falls: `letters`:",
        "`no-letters` is superseded by `moved`",
        "- changes: `letter-official.ombudsman.en`",
        // The news is of a day before that of the letter.
        "`letter-official.ombudsman.en` of 2026-06-01 to `xa/ombudsman`: WRONG",
        "on that day it was already otherwise: On 25 May 2026 she was moved to a hospital.",
        "- Write to `xa/ombudsman` again: correct `letter-official.ombudsman.en` of 2026-06-01.",
    ];
    has(&ran.out, &expected);
}

#[test]
fn what_happened_after_a_letter_overtakes_it() {
    let room = sent();
    newer(&room);
    room.change(CASE, "date: 2026-06-01", "date: 2026-06-10");
    room.change(FACTS, "from: 2026-05-25", "from: 2026-06-05");
    for (words, later) in [("25 May 2026", "5 June 2026"), ("25 мая 2026", "5 июня 2026")] {
        room.change(FACTS, words, later);
    }
    room.change("cases/example/archive/news.txt", "25 May 2026", "5 June 2026");
    room.change("cases/example/sources.yaml", "date: 2026-05-27", "date: 2026-06-06");
    let ran = room.run("update cases/example").done();
    has(&ran.out, &["overtaken: it was right on its day", "since then: On 5 June 2026", "bring up to date"]);
    assert!(!ran.out.contains("WRONG"), "{}", ran.out);
}

#[test]
fn a_corrected_statement_is_shown_word_by_word() {
    let room = sent();
    room.change(FACTS, "She is a teacher of literature from Northtown.", "She is a teacher from Northtown.");
    let ran = room.run("update cases/example").done();
    has(&ran.out, &["says something else", "She is a teacher [-of literature-]", "from Northtown."]);
}

#[test]
fn without_a_build_the_newest_source_is_the_news() {
    let room = Room::with("khamroev");
    let ran = room.run("update cases/khamroev").done();
    let expected = [
        "Before: the case without its newest source `fld-2024` (no earlier build lies in `output`).",
        "- superseded: `verdict`:",
        "with its details `verdict-regime`",
        "- rises: `contact`:",
        "- falls: `appeal-rights`:",
        "- new: `letter-official.fsin.ru`",
    ];
    has(&ran.out, &expected);
    let ran = room.run("update cases/khamroev --since 2024-02-01").done();
    has(&ran.out, &["Before: what was known on 2024-02-01.", "- superseded: `verdict`:"]);
    let ran = room.run("update cases/khamroev --without fld-2024").done();
    let expected = [
        "Now: as if the case had never had `fld-2024`.",
        "- no longer counts: `fld-2024`",
        "- holds again: `verdict`:",
        "- falls: `upheld`:",
        "- can no longer be made: `letter-official.fsin.ru`",
    ];
    has(&ran.out, &expected);
    assert!(!room.path("output").exists(), "it writes nothing");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let room = Room::with("example");
    let table = [
        ("--without nobody", "`sources.yaml` has no source `nobody`"),
        ("--new nobody", "`sources.yaml` has no source `nobody`"),
        ("--since 2026-02-30", "2026-02-30"),
    ];
    for (option, words) in table {
        let ran = room.run(&format!("update cases/example {option}"));
        assert_eq!(ran.code, Some(2), "{option}: {}{}", ran.out, ran.err);
        has(&ran.err, &[words]);
    }
    room.run("build cases/example --format md").done();
    room.write("output/example/2026-06-01/internal/case/case.yaml", "id: [");
    let ran = room.run("update cases/example");
    assert_eq!(ran.code, Some(2), "{}{}", ran.out, ran.err);
    has(&ran.err, &["cannot be read any more", "--since 2024-10-01"]);
}
