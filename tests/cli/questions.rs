//! Questions about statements that nobody has answered: drafts, with and without the copies of the sources.

use crate::program::Room;

const FACTS: &str = "cases/example/facts.yaml";
const CASE: &str = "cases/example/case.yaml";

/// The example with a statement that says more than its source.
fn asked() -> Room {
    let room = Room::with("example");
    room.change(FACTS, "reportedly came back unopened on", "reportedly came back burned and unopened on");
    room.change(FACTS, "как сообщается, вернулась невскрытой", "как сообщается, вернулась сожжённой и невскрытой");
    room
}

#[test]
fn a_paper_with_an_open_question_is_a_draft() {
    let room = asked();
    room.run("check cases/example").done().says("no word of the source carries `burned`");
    room.run("check cases/example --strict").problems().says("no word of the source carries `burned`");
    let ran = room.run("build cases/example --only urgent-appeal --output out --format md").done();
    ran.says("`urgent-appeal.en` is a draft: it has a statement that may say more than the sources");
    assert!(room.read("out/example/2026-06-01/urgent-appeal.en.md").contains("DRAFT"));
}

#[test]
fn the_lock_remembers_what_was_open() {
    let room = asked();
    room.run("check cases/example --lock").done();
    assert!(room.read("cases/example/citations.lock").contains("claim: \"facts.parcel\""));
    std::fs::remove_dir_all(room.path("cases/example/archive")).expect("the copies go");
    room.run("check cases/example").done().says("1 question about the fact `parcel` stood open");
    let ran = room.run("build cases/example --only urgent-appeal --output out --format md").done();
    ran.says("`urgent-appeal.en` is a draft: it has a statement that may say more than the sources");
    // What was asked about another text is not asked about this one.
    room.change(FACTS, "came back burned and unopened", "came back unopened");
    let ran = room.run("check cases/example").done();
    assert!(!ran.err.contains("stood open"), "{}", ran.err);
}

#[test]
fn each_step_to_one_court_is_asked_about() {
    let room = Room::with("example");
    room.change(
        CASE,
        "her counsel appealed to the Supreme Court of Xandria;",
        "her counsel begged the Supreme Court of Xandria;",
    );
    let second = "  - body: supreme-court
    date: 2026-03-20
    outcome: unknown
    text:
      en: On 20 March 2026 her counsel lodged an appeal with the Supreme Court of Xandria.
      ru: 20 марта 2026 года адвокат подал жалобу в Верховный суд Ксандрии.
    cites:
      - {source: lantern-update, at: para 6, quote: lodged an appeal with the Supreme Court of Xandria}
";
    let case = room.read(CASE);
    room.write(CASE, case.trim_end().to_owned() + "\n" + second);
    room.run("check cases/example").done().says("no word of the source carries `begged`");
    let ran = room.run("build cases/example --only wgad --output out --format md").done();
    ran.says("`wgad.en` is a draft: it has a statement that may say more than the sources");
}

#[test]
fn a_form_notes_what_nobody_who_reads_both_languages_has_compared() {
    let room = Room::with("example");
    let build = "build cases/example --only wgad --output out --format md";
    room.run(build).done().says("form/review").says("has compared 6 facts with their sources");
    let report = room.run("dossier cases/example -o -").done().out;
    let (_, rest) = report.split_once("teacher (seal ").expect("the seal of a fact that nobody has compared");
    let seal = &rest[..8];
    let reviewed = format!("    reviewed: {{by: a translator, on: 2026-05-30, seal: \"{seal}\"}}\n");
    let cited = "quote: учительница литературы Второй школы города Нортауна}\n";
    room.change(FACTS, cited, &format!("{cited}{reviewed}"));
    let ran = room.run(build).done().says("has compared 5 facts with their sources");
    assert!(!ran.err.contains("funds-dropped, teacher"), "{}", ran.err);
}
