//! `amparo source recheck --write`: another reading of a source is taken over. The page, its newer state, the facts and what
//! is said are in `tests/sources/renewed`.

use std::process::Command;

use super::{CASE, add_all, fresh, is_expected, without_digests};
use crate::program::{Ran, Room};
use crate::support::{read, root};

const WRITE: &str = "source recheck cases/fresh page newer.html --write --by family";

fn data(name: &str) -> String {
    read(&root().join("tests/sources/renewed").join(name))
}

/// A case with a page that has a menu, and with facts that cite it. The seals that `check` prints are written into it.
fn cited() -> Room {
    let room = fresh();
    room.write("page.html", data("page.html"));
    room.write("newer.html", data("newer.html"));
    room.run(&format!("source add {CASE} page.html --id page --retrieved 2026-03-07")).done();
    room.change(&format!("{CASE}/case.yaml"), "id: fresh\n", "id: fresh\nincludes: [facts.yaml]\n");
    room.write(format!("{CASE}/facts.yaml"), data("facts.yaml"));
    let told = room.run(&format!("check {CASE} --message-format json"));
    let text = room.read(format!("{CASE}/facts.yaml"));
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for line in told.err.lines().filter(|line| line.starts_with('{')) {
        let told: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let hint = told["hints"][0].as_str().unwrap_or_default();
        if let Some((_, seal)) = hint.split_once("write `seal: ") {
            let line = told["place"]["line"].as_u64().and_then(|line| usize::try_from(line).ok()).expect("a line");
            lines[line - 1] = lines[line - 1].replace("00000000", &seal[..8]);
        }
    }
    let text = lines.join("\n") + "\n";
    assert!(!text.contains("00000000"), "{text}");
    room.write(format!("{CASE}/facts.yaml"), text);
    room
}

/// A text whose seals are numbered in the order in which they first stand there: `seal 1`.
fn with_numbered_seals(text: &str, before: &str) -> String {
    let mut known: Vec<String> = Vec::new();
    for text in [before, text] {
        for part in text.split("seal: \"").skip(1) {
            if !known.contains(&part[..8].to_owned()) {
                known.push(part[..8].to_owned());
            }
        }
    }
    known
        .iter()
        .enumerate()
        .fold(text.to_owned(), |text, (index, seal)| text.replace(seal, &format!("seal {}", index + 1)))
}

#[test]
fn a_newer_page_without_its_menu() {
    let room = cited();
    let before = room.read(format!("{CASE}/facts.yaml"));
    let ran = room.run(WRITE);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    is_expected("../renewed/said.txt", &without_digests(&ran.out));
    let after = room.read(format!("{CASE}/facts.yaml"));
    is_expected("../renewed/facts.after.yaml", &with_numbered_seals(&after, &before));
    let sources = room.read(format!("{CASE}/sources.yaml"));
    assert!(
        sources.contains("- {from: 1, to: 2, why: \"menu\"}") && sources.contains("- {from: 9, to: 9, why:"),
        "{sources}"
    );
    room.run(&format!("source audit {CASE}"))
        .done()
        .gives("1 files added, 1 times read again")
        .gives("agrees with itself");
    // The seals that were renewed hold, the others are void.
    let told = room.run(&format!("check {CASE} --message-format short"));
    let told =
        told.says("`sentence` has changed since it was reviewed").says("`appeal` has changed since it was reviewed");
    told.keeps_silent_about("`arrest` has changed").keeps_silent_about("since its meaning was answered");
    // What is left is left again, and nothing is written a second time.
    let whole = room.snapshot(CASE);
    let ran = room.run(WRITE).gives("nothing was changed: what is left needs a person");
    assert_eq!(ran.code, Some(1));
    assert!(room.snapshot(CASE) == whole);
}

/// The old text is kept: somebody who changes or removes it is found out.
#[test]
fn the_older_text_is_audited() {
    let room = cited();
    let old = room.read(format!("{CASE}/archive/page.txt"));
    let _ = room.run(WRITE);
    let names = room.names(&format!("{CASE}/archive"));
    let kept = names.iter().find(|name| name.starts_with("page.") && *name != "page.txt").expect("it is kept");
    let kept = format!("{CASE}/archive/{kept}");
    assert_eq!(room.read(&kept), old);
    room.change(&kept, "six years", "ten years");
    room.run(&format!("source audit {CASE}")).problems().says("is not the file that was added");
    std::fs::remove_file(room.path(&kept)).expect("removed");
    room.run(&format!("source audit {CASE}")).problems().says("was added, but is not in the archive");
}

#[test]
fn a_file_read_again_by_a_newer_extractor() {
    let room = cited();
    room.run(&format!("source recheck {CASE} page --write")).done().gives("there is nothing to do");
    let older = |name: &str| {
        let text = room.read(format!("{CASE}/{name}"));
        room.write(format!("{CASE}/{name}"), text.replace("version: \"3+dom", "version: \"2+dom"));
    };
    older("sources.yaml");
    let facts = room.read(format!("{CASE}/facts.yaml"));
    let ran = room.run(&format!("source recheck {CASE} page --write")).done();
    ran.gives("the recorded file was read again by html 3+dom").gives("its words are the same");
    assert_eq!(room.read(format!("{CASE}/facts.yaml")), facts);
    room.run(&format!("source recheck {CASE} page --write")).done().gives("there is nothing to do");
    room.run(&format!("source audit {CASE}")).done().gives("1 times read again");
}

#[test]
fn the_encoding_is_remembered() {
    let room = fresh();
    let (text, ..) = encoding_rs::KOI8_R.encode("Первое слово.\n\nЕё задержали дома.\n");
    room.write("old.txt", &text);
    room.run(&format!("source add {CASE} old.txt --id old --encoding koi8-r --language ru")).done();
    assert!(room.read(format!("{CASE}/sources.yaml")).contains(", encoding: \"koi8-r\"}"));
    room.run(&format!("source recheck {CASE} old --write")).done().gives("there is nothing to do");
    let (text, ..) = encoding_rs::WINDOWS_1251.encode("Новое слово.\n\nЕё задержали дома.\n");
    room.write("new.txt", &text);
    room.run(&format!("source recheck {CASE} old new.txt --encoding windows-1251 --write")).done();
    assert!(room.read(format!("{CASE}/sources.yaml")).contains("encoding: \"windows-1251\"}"));
    assert!(room.read(format!("{CASE}/archive/old.txt")).starts_with("Новое слово."));
    room.run(&format!("source recheck {CASE} old --write")).done().gives("there is nothing to do");
    // A record without one gets it.
    room.write("plain.txt", "A first line of words.\n\nA second one.\n");
    room.run(&format!("source add {CASE} plain.txt --id plain --language en")).done();
    room.run(&format!("source recheck {CASE} plain new.txt --encoding koi8-r --write")).failed().says("as `old`");
    room.write("other.txt", encoding_rs::KOI8_R.encode("Другое слово.\n").0);
    room.run(&format!("source recheck {CASE} plain other.txt --encoding koi8-r --write")).done();
    room.run(&format!("source recheck {CASE} plain --write")).done().gives("there is nothing to do");
    room.run(&format!("source audit {CASE}")).done().gives("agrees with itself");
}

#[test]
fn what_cannot_be_taken_over_changes_nothing() {
    let room = cited();
    add_all(&room);
    let whole = room.snapshot(CASE);
    room.run(&format!("source recheck {CASE} page page.pdf --write")).failed();
    room.run(&format!("source recheck {CASE} --write")).failed().says("<ID>");
    room.run(&format!("source recheck {CASE} page notice.md --write")).failed().says("was made by html");
    room.run(&format!("source recheck {CASE} page newer.html --url https://a.example/b --write"))
        .failed()
        .says("address");
    assert!(room.snapshot(CASE) == whole);
    room.change(&format!("{CASE}/archive/page.txt"), "six years", "ten years");
    room.run(WRITE).failed().says("is not the one that was recorded");
    room.change(&format!("{CASE}/archive/page.txt"), "ten years", "six years");
    room.change(&format!("{CASE}/sources.yaml"), "\n  digest: sha256", "\n  digest: &d sha256");
    room.run(WRITE).failed().says("cannot be edited so that nothing else changes");
}

/// A disk that is full while the files are written.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let room = cited();
    room.write(
        "newer.html",
        data("newer.html").replace("</body>", &format!("<!-- {} -->\n</body>", "x".repeat(20_000))),
    );
    let whole = room.snapshot(CASE);
    let script = "ulimit -f 16; exec \"$@\"";
    let words = ["-c", script, "sh", env!("CARGO_BIN_EXE_amparo")];
    let ran = Ran::of(&mut room.dressed(Command::new("sh"), words.into_iter().chain(WRITE.split(' '))));
    ran.failed().says("cannot write");
    assert!(room.snapshot(CASE) == whole);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_leaves_everything_as_it_was() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let room = cited();
    if std::fs::metadata(room.path("cases")).expect("a folder").uid() == 0 {
        crate::program::skipped("a folder that may not be written: the tests run as root, who may write everywhere");
        return;
    }
    let whole = room.snapshot(CASE);
    let allow = |mode| std::fs::set_permissions(room.path(CASE), std::fs::Permissions::from_mode(mode));
    allow(0o555).expect("changed");
    let ran = room.run(WRITE);
    allow(0o755).expect("changed back");
    ran.failed().says("cannot write");
    assert!(room.snapshot(CASE) == whole);
}
