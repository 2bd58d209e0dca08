//! Ids that hold dots: `a.date` and `b.date` are two facts, `hearing.awaits` is a fact and no decision that is awaited.
//!
//! The case, its template and the paper that they make lie in `tests/cli/ids/`.

use crate::program::Room;
use crate::support::{files, read, root};

const CASE: &str = "cases/dotted/case.yaml";

/// The case after a build.
fn built() -> Room {
    let room = Room::new();
    let from = root().join("tests/cli/ids/case");
    for path in files(&from) {
        let inner = path.strip_prefix(&from).expect("inside");
        room.write(format!("cases/dotted/{}", inner.display()), read(&path));
    }
    room.run("build cases/dotted --format md").done();
    room
}

#[test]
fn a_fact_that_is_printed_by_its_id_has_its_own_words_and_note() {
    let paper = built().read("output/dotted/2026-06-01/note.en.md");
    assert_eq!(paper, read(&root().join("tests/cli/ids/note.en.md")));
}

#[test]
fn a_paper_that_was_sent_is_judged_by_the_facts_that_it_tells() {
    let room = built();
    let judged = |words: &str| room.run("update cases/dotted").done().gives(words);
    judged("`note.en` of 2026-06-01 to `xa/ombudsman`: still says what we would say");
    room.change(CASE, "Ten people waited outside", "Nobody waited outside");
    let ran = judged("- says something else: `hearing.awaits`").gives("WRONG").gives("it now says: [-Ten people-]");
    assert!(!ran.out.contains("no longer open"), "{}", ran.out);
    room.change(CASE, "Nobody waited outside", "Ten people waited outside");
    let awaits = "    awaits: {topic: appeal, text: {en: The decision on her appeal is not known to us.}}\n";
    room.change(CASE, awaits, "");
    let ran = judged("this is no longer open");
    assert!(!ran.out.contains("WRONG"), "{}", ran.out);
}
