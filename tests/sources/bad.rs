//! Files that cannot be added: each is refused with its code, and the case stays as it was.

use super::{CASE, files, fresh};
use crate::program::Room;

/// What is bad, what is typed after `source add CASE`, and what is said about it.
struct Bad {
    name: &'static str,
    make: fn(&Room),
    typed: &'static str,
    says: &'static [&'static str],
}

const fn bad(name: &'static str, make: fn(&Room), typed: &'static str, says: &'static [&'static str]) -> Bad {
    Bad { name, make, typed, says }
}

fn cut(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len() * 2 / 3]
}

const BAD: &[Bad] = &[
    bad(
        "a truncated PDF",
        |room| room.write("a.pdf", cut(&files::pdf())),
        "a.pdf",
        &["error[source/broken]", "breaks off"],
    ),
    bad("a damaged PDF", |room| room.write("a.pdf", "%PDF-1.7\nwords\n%%EOF\n"), "a.pdf", &["error[source/broken]"]),
    bad("a locked PDF", |room| room.write("a.pdf", files::locked()), "a.pdf", &["error[source/encrypted]", "password"]),
    bad(
        "a scan",
        |room| room.write("a.pdf", files::scan()),
        "a.pdf",
        &["error[source/no-text]", "no text layer", "OCR"],
    ),
    bad(
        "a page of 20 MB",
        |room| room.write("a.html", format!("<html><body>{}</body></html>", "<p>words\n".repeat(2_300_000))),
        "a.html",
        &["error[source/too-large]", "16 MiB"],
    ),
    bad(
        "a page nested without end",
        |room| room.write("a.html", format!("<html><body>{}words", "<div>".repeat(100_000))),
        "a.html",
        &["error[source/too-large]", "nested"],
    ),
    bad(
        "a bomb",
        |room| room.write("a.docx", files::bomb()),
        "a.docx",
        &["error[source/too-large]", "word/document.xml"],
    ),
    bad("a truncated DOCX", |room| room.write("a.docx", cut(&files::docx())), "a.docx", &["error[source/broken]"]),
    bad(
        "a DOCX that is no XML",
        |room| room.write("a.docx", files::zip(&[("word/document.xml", b"<w:document><w:p></w:q>".to_vec())])),
        "a.docx",
        &["error[source/broken]", "no XML"],
    ),
    bad(
        "a locked ODT",
        |room| {
            let manifest = b"<manifest:encryption-data/>".to_vec();
            room.write("a.odt", files::zip(&[("META-INF/manifest.xml", manifest), ("content.xml", b"x".to_vec())]));
        },
        "a.odt",
        &["error[source/encrypted]"],
    ),
    bad(
        "an old Word file",
        |room| room.write("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"),
        "a.docx",
        &["error[source/encrypted]", "old Word file"],
    ),
    bad(
        "a name that leads out of a packed file",
        |room| {
            room.write("a.docx", files::zip(&[("word/document.xml", b"<x/>".to_vec()), ("../../evil", b"x".to_vec())]));
        },
        "a.docx",
        &["error[source/name]", "../../evil"],
    ),
    bad(
        "a letter inside letters",
        |room| {
            let open = |n: usize| format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\n\n--b{n}\n");
            let letter: String = (0..500).map(open).collect();
            room.write("a.eml", format!("From: a@b.example\n{letter}Content-Type: text/plain\n\nwords\n--b0--\n"));
        },
        "a.eml",
        &["error[source/broken]", "without end"],
    ),
    bad(
        "a letter that breaks off",
        |room| room.write("a.eml", cut(&files::data("letter.eml"))),
        "a.eml",
        &["error[source/broken]", "breaks off"],
    ),
    bad(
        "a wrong ending",
        |room| room.write("a.docx", files::pdf()),
        "a.docx",
        &["error[source/format]", "rename it to `a.pdf`"],
    ),
    bad("a PDF that is none", |room| room.write("a.pdf", "words"), "a.pdf", &["error[source/broken]", "is no PDF"]),
    bad("a picture", |room| room.write("a.png", b"\x89PNG\r\n\x1a\n"), "a.png", &["error[source/format]", "DOCX"]),
    bad("a picture as text", |room| room.write("a.txt", b"\x89PNG\r\n\x1a\n"), "a.txt", &["error[source/format]"]),
    bad("an empty file", |room| room.write("a.txt", ""), "a.txt", &["error[source/broken]", "is empty"]),
    bad("nothing but spaces", |room| room.write("a.txt", " \n \n"), "a.txt", &["error[source/no-text]"]),
    bad("noughts", |room| room.write("a.txt", vec![0; 4096]), "a.txt", &["error[source/encoding]"]),
    bad(
        "a wrong encoding",
        |room| room.write("a.txt", b"\xcf\xf0\xee\xf8\xf3"),
        "a.txt --encoding utf-8",
        &["error[source/encoding]", "no text in UTF-8", "--encoding windows-1251"],
    ),
    bad(
        "no such encoding",
        |room| room.write("a.txt", "words"),
        "a.txt --encoding cyrillic8",
        &["error[source/encoding]"],
    ),
    bad(
        "two pages",
        |room| room.write("a.warc.gz", files::warc_of_two()),
        "a.warc.gz",
        &["error[source/page]", "lantern.example/other"],
    ),
    bad(
        "a page that is not in the archive",
        |room| room.write("a.wacz", files::wacz()),
        "a.wacz --url https://herald.example/",
        &["error[source/page]", "does not hold"],
    ),
    bad(
        "a truncated web archive",
        |room| room.write("a.warc", cut(&files::warc())),
        "a.warc",
        &["error[source/broken]"],
    ),
    bad(
        "an id that leads out",
        |room| room.write("a.md", "words"),
        "a.md --id ../../a",
        &["error[source/name]", "../../a"],
    ),
    bad(
        "an id that is taken",
        |room| room.write("a.md", "words"),
        "a.md --id before",
        &["error[source/twice]", "`before` already"],
    ),
    bad("the same file twice", |_| {}, "before.md", &["error[source/twice]", "as `before`"]),
    bad("a folder", |room| room.write("folder/x", ""), "folder", &["error[source/format]", "is not a file"]),
    bad(
        "a time stamp of another file",
        |room| {
            room.write("a.md", "Words of the court.");
            let mut stamp = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".to_vec();
            stamp.extend([7; 40]);
            room.write("a.md.ots", stamp);
        },
        "a.md --language en",
        &["error[source/companion]", "a.md.ots", "another file"],
    ),
    bad(
        "a proof of no kind",
        |room| {
            room.write("a.md", "Words of the court.");
            room.write("b.json", "{}");
        },
        "a.md --language en --beside b.json",
        &["error[source/companion]", "no proof of a known kind"],
    ),
    bad(
        "a log that was changed",
        |room| room.change("cases/fresh/custody.log", "\"format\":1", "\"format\":1,"),
        "a.md",
        &["error[source/custody]", "custody.log:1"],
    ),
    bad(
        "records between braces",
        |room| {
            room.write("a.md", "Words of the court.");
            room.write("cases/fresh/sources.yaml", "{a: {type: misc, title: A, language: en}}\n");
        },
        "a.md --language en",
        &["error[source/record]", "sources.yaml"],
    ),
];

#[test]
fn what_cannot_be_added_leaves_the_case_as_it_was() {
    for bad in BAD {
        let room = fresh();
        room.write("before.md", "The court has read its judgment to nobody.");
        room.run(&format!("source add {CASE} before.md --id before --language en")).done();
        room.write("a.md", "words");
        (bad.make)(&room);
        let before = room.snapshot(CASE);
        let ran = room.run(&format!("source add {CASE} {}", bad.typed));
        assert_eq!(ran.code, Some(1), "{}:\n{}\n{}", bad.name, ran.out, ran.err);
        assert!(!ran.err.contains("panicked") && ran.out.is_empty(), "{}:\n{}", bad.name, ran.err);
        for words in bad.says.iter().chain(&["hint: "]) {
            assert!(ran.err.contains(words), "{}: `{words}` is not said in:\n{}", bad.name, ran.err);
        }
        assert!(room.snapshot(CASE) == before, "{}: the case was touched", bad.name);
    }
}

#[test]
fn what_was_typed_wrongly_changes_nothing() {
    let room = fresh();
    room.write("a.md", "words");
    let before = room.snapshot(CASE);
    let table = [
        ("a.md --retrieved 2026-02-31", "2026-02-31"),
        ("a.md --retrieved 2026-06-02", "yet to come"),
        ("a.md --language russian", "not a language code"),
        ("a.md --url <x>", "not an address"),
        ("nowhere.md", "cannot read `nowhere.md`"),
        ("a.md --beside nowhere.ots", "nowhere.ots"),
        ("a.md", "the language of `a.md` cannot be told"),
    ];
    for (typed, says) in table {
        room.run(&format!("source add {CASE} {typed}")).failed().says(says).says("hint: ");
        assert!(room.snapshot(CASE) == before, "{typed}");
    }
    room.run("source add nowhere a.md").failed().says("cannot read `nowhere/case.yaml`");
    // The archive cannot be made where a file lies.
    room.write(format!("{CASE}/archive"), "a file");
    let before = room.snapshot(CASE);
    room.run(&format!("source add {CASE} a.md --language en")).failed().says("archive");
    assert!(room.snapshot(CASE) == before);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let room = fresh();
    room.write("a.md", "Words of the court.");
    symlink(room.path("a.md"), room.path("link.md")).expect("linked");
    room.run(&format!("source add {CASE} link.md --language en")).problems().says("error[source/name]");
    std::fs::create_dir(room.path("elsewhere")).expect("made");
    symlink(room.path("elsewhere"), room.path(format!("{CASE}/archive"))).expect("linked");
    let ran = room.run(&format!("source add {CASE} a.md --language en")).problems();
    ran.says("error[source/name]").says("archive` is a symbolic link");
    assert!(room.snapshot("elsewhere").is_empty());
}

/// What becomes of a case after a file was added, and what the audit says.
type Change = (&'static str, fn(&Room), &'static str);

const LOG: &str = "cases/fresh/custody.log";

const CHANGES: [Change; 7] = [
    ("a line", |room| room.change(LOG, "\"by\":\"family\"", "\"by\":\"nobody\""), "custody.log:2"),
    ("the first line", |room| room.write(LOG, room.read(LOG).split_once('\n').expect("lines").1), "custody.log:1"),
    (
        "the last line",
        |room| room.write(LOG, room.read(LOG).lines().next().expect("a line").to_owned() + "\n"),
        "does not say how `two` came into the case",
    ),
    (
        "a text",
        |room| room.change("cases/fresh/archive/one.txt", "court", "judge"),
        "`one.txt` is not the file that was added",
    ),
    (
        "a missing proof",
        |room| {
            let archive = room.path("cases/fresh/archive");
            let names = std::fs::read_dir(archive).expect("a folder").map(|entry| entry.expect("an entry").path());
            names.filter(|path| path.extension().is_some_and(|ending| ending == "ots")).for_each(|path| {
                std::fs::remove_file(path).expect("removed");
            });
        },
        "was added, but is not in the archive",
    ),
    (
        "a record with another digest",
        |room| room.change("cases/fresh/sources.yaml", "\n  digest: sha256:", "\n  digest: sha256:00"),
        "error[",
    ),
    (
        "another extractor",
        |room| {
            room.change(
                "cases/fresh/sources.yaml",
                "\n  extractor: {name: plain, version: \"2\"",
                "\n  extractor: {name: plain, version: \"3\"",
            );
        },
        "names another extractor than the custody log",
    ),
];

#[test]
fn the_audit_sees_what_was_changed() {
    for (name, change, says) in CHANGES {
        let room = fresh();
        room.write("one.md", "The court has read its judgment to nobody.");
        let digest = amparo::disk::digest::hex(b"The court has read its judgment to nobody.");
        let bytes = (0..32).map(|at| u8::from_str_radix(&digest[2 * at..2 * at + 2], 16).expect("a digest"));
        let mut stamp = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".to_vec();
        stamp.extend(bytes);
        stamp.extend(b"\xf0\x10");
        room.write("one.md.ots", stamp);
        room.write("two.md", "The family was not let in.");
        room.run(&format!("source add {CASE} one.md --id one --language en --by family")).done();
        room.run(&format!("source add {CASE} two.md --id two --language en")).done();
        assert!(room.read(LOG).contains("\"kind\":\"opentimestamps\""), "{}", room.read(LOG));
        room.run(&format!("source audit {CASE}")).done().gives("2 files added");
        change(&room);
        let ran = room.run(&format!("source audit {CASE}")).problems();
        assert!(ran.err.contains(says), "{name}: {}", ran.err);
    }
}
