//! From files to a letter: every kind of file is added to a new case, a passage of each is found and cited, a letter is
//! built, and a newer file is compared. The passages, the case and what is said of the newer file are in
//! `tests/sources/cited`.

use std::io::Write as _;
use std::process::Stdio;

use super::{CASE, add_all, files};
use crate::program::{Ran, Room};
use crate::support::{read, root};

const ANSWERS: &str = "XA\nen\nAnna Lind\n2026-06-01\n";

fn data(name: &str) -> String {
    read(&root().join("tests/sources/cited").join(name))
}

/// A new case, made by answering the questions.
fn answered() -> Room {
    let room = Room::new();
    let mut command = room.command(["new", CASE]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("its stdin").write_all(ANSWERS.as_bytes()).expect("the answers are read");
    child.wait_with_output().map(Ran::from).expect("the program ends").done();
    room
}

/// The entry of `cites:` that `find` prints for these words of a source.
fn found(room: &Room, source: &str, words: &str, at: &str) -> String {
    let arguments = ["source", "find", CASE, words, "--in", source, "--most", "1"];
    let shown = Ran::of(&mut room.command(arguments)).done();
    let shown = shown.gives(&format!("{source}, {at}"));
    let entry = shown.out.lines().map(str::trim).find(|line| line.starts_with("- {")).expect("an entry to paste");
    entry.to_owned()
}

/// A case with every kind of file, in which a passage of each is cited.
pub(super) fn cited() -> Room {
    let room = answered();
    add_all(&room);
    let sources = room.read(format!("{CASE}/sources.yaml"));
    let told = sources.replace("  # Without a line `audience`", "  audience: [state]\n  # Without a line `audience`");
    room.write(format!("{CASE}/sources.yaml"), told);
    let mut case = data("case.yaml");
    for line in data("passages.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [source, words, at] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let entry = found(&room, source, words, at);
        case = case.replace(&format!("@{source}\n"), &format!("{entry}\n"));
    }
    assert!(!case.contains('@'), "every passage has its place:\n{case}");
    let consent = "    consent: {name-to-government: {given-by: a relative, on: 2026-03-10}}\n";
    let blueprint = room.read(format!("{CASE}/case.yaml"));
    let person = blueprint.replace("    # pronouns: {en: she}\n", &format!("    pronouns: {{en: she}}\n{consent}"));
    room.write(format!("{CASE}/case.yaml"), person + &case);
    room.run(&format!("check {CASE} --lock")).done();
    room
}

#[test]
fn from_files_of_each_kind_to_a_letter() {
    let room = cited();
    room.run(&format!("check {CASE} --strict")).done().gives("10 citations: 10 verified now");
    room.run(&format!("build {CASE} --strict --output out")).done();
    assert!(room.names("out").iter().any(|name| name.contains("letter-official.prosecutor-general.en")));
    room.run(&format!("source recheck {CASE}")).done().gives("1 quotation: 1 same place");
}

#[test]
fn a_newer_file_is_read_like_the_older_one() {
    let room = cited();
    let pdf = |from: &str, to: &str| {
        let bytes = files::pdf();
        let at = bytes.windows(from.len()).position(|part| part == from.as_bytes()).expect("the words");
        [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
    };
    room.write("newer.pdf", pdf("to six years", "to two years"));
    let ran = room.run(&format!("source recheck {CASE} judgment newer.pdf"));
    super::is_expected("../cited/newer.txt", &super::without_digests(&ran.out));
    assert_eq!(ran.code, Some(1));
    room.write("same.pdf", files::pdf());
    room.run(&format!("source recheck {CASE} judgment same.pdf")).done().gives("the one that was recorded");
    room.write("newer.html", files::data("page.html"));
    room.run(&format!("source recheck {CASE} judgment newer.html")).failed().says("was made by pdf");
    room.write("scan.pdf", files::scan());
    room.run(&format!("source recheck {CASE} judgment scan.pdf")).failed().says("scan.pdf");
    // A newer text in an old encoding, and a page among several.
    let notice = room.read(format!("{CASE}/archive/notice.txt"));
    room.write("old.txt", encoding_rs::WINDOWS_1251.encode(&notice).0);
    let one = room.run(&format!("source recheck {CASE} notice old.txt --encoding windows-1251"));
    one.done().gives("the one that was recorded").gives("1 quotation: 1 same place");
    let wrong = room.run(&format!("source recheck {CASE} notice old.txt --encoding koi8-r"));
    assert_eq!(wrong.gives("is not the one that was recorded").code, Some(1));
    room.write("two.warc.gz", files::warc_of_two());
    let other = format!("source recheck {CASE} other two.warc.gz");
    room.run(&other).done().gives("the one that was recorded");
    room.run(&format!("{other} --url https://www.lantern.example/nowhere")).failed().says("nowhere");
    room.run(&format!("source recheck {CASE} other --url https://www.lantern.example/other"))
        .failed()
        .says("<NEW_FILE>");
    let shown = room.run(&format!("source show {CASE} judgment")).done();
    super::is_expected("../cited/shown.txt", &shown.out);
    room.run(&format!("source export {CASE} --to web-annotations")).done().gives("six years in prison");
}

/// A word that somebody changes in the text that was extracted.
#[test]
fn a_changed_word_is_told_with_the_letter_that_rests_on_it() {
    let room = cited();
    room.change(&format!("{CASE}/archive/judgment.txt"), "six years", "five years");
    let ran = room.run(&format!("source recheck {CASE} judgment"));
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let ran = ran.gives("page 2 para 3 reads").gives("`six` is now `five`");
    ran.gives("letter-official.prosecutor-general.en");
}
