//! `amparo source add`, `list` and `audit`: one file of each kind, bad files, and what a changed archive comes to.
//!
//! The words of the files are in `tests/sources/data`; what is made of them in `tests/sources/expected`. With
//! `AMPARO_UPDATE=1` the latter is written anew.

use crate::program::{Room, Snapshot};
use crate::support::{read, root};

mod bad;
mod cited;
mod files;
mod proven;
mod renewed;

/// The case of these tests, as `amparo new` makes it.
const CASE: &str = "cases/fresh";

fn fresh() -> Room {
    let room = Room::new();
    room.run("new cases/fresh").done();
    room
}

/// Name of the file, its id, how it is made, further options.
type Kind = (&'static str, &'static str, fn() -> Vec<u8>, &'static str);

const KINDS: [Kind; 10] = [
    ("notice.md", "notice", || files::data("notice.md"), ""),
    ("page.html", "lantern-2026-03-05", || files::data("page.html"), "--retrieved 2026-03-07 --by family"),
    ("page.mhtml", "lantern-2026-03-05-2", files::mhtml, ""),
    ("page.warc", "lantern-2026-03-05-3", files::warc, ""),
    ("page.wacz", "lantern-2026-03-05-4", files::wacz, ""),
    ("two.warc.gz", "other", files::warc_of_two, "--id other --url https://www.lantern.example/other"),
    ("statement.docx", "statement", files::docx, "--id statement"),
    ("minutes.odt", "minutes", files::odt, "--id minutes"),
    ("letter.eml", "letter-2026-03-05", || files::data("letter.eml"), ""),
    ("judgment.pdf", "judgment", files::pdf, "--id judgment --language en"),
];

fn add_all(room: &Room) {
    for (name, id, make, options) in KINDS {
        room.write(name, make());
        let options = if name == "notice.md" { "--id notice" } else { options };
        room.run(&format!("source add {CASE} {name} {options}")).done().gives(&format!("added `{id}`"));
    }
}

#[track_caller]
fn is_expected(name: &str, text: &str) {
    let path = root().join("tests/sources/expected").join(name);
    if std::env::var_os("AMPARO_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, text).expect("written");
    }
    assert_eq!(text, read(&path), "{name}");
}

/// A text without digests: those of packed files are the packer's.
fn without_digests(text: &str) -> String {
    let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() {
            word.push(c);
        } else {
            out += if is_digest(&word) { "DIGEST" } else { &word };
            word.clear();
            out.push(c);
        }
    }
    out.pop();
    out
}

#[test]
fn each_kind_of_file_is_added_with_its_words_and_its_record() {
    let room = fresh();
    let before = room.read(format!("{CASE}/sources.yaml"));
    add_all(&room);
    for (name, id, make, _) in KINDS {
        let text = room.read(format!("{CASE}/archive/{id}.txt"));
        is_expected(&format!("{name}.txt"), &text);
        let digest = amparo::disk::digest::hex(&make());
        let kept = room.snapshot(&format!("{CASE}/archive"));
        let original = kept.keys().find(|path| path.to_string_lossy().starts_with(&digest)).expect("kept");
        assert!(kept[original] == make(), "{name} is kept as it was");
    }
    let after = room.read(format!("{CASE}/sources.yaml"));
    let records = after.strip_prefix(&before).expect("what was there is there still");
    is_expected("records.yaml", &without_digests(records));
    is_expected("custody.log", &without_digests(&room.read(format!("{CASE}/custody.log"))));
    is_expected("list.txt", &room.run(&format!("source list {CASE}")).done().out);
    room.run(&format!("source audit {CASE}")).done().gives("the log agrees with itself");
}

#[test]
fn a_passage_of_each_kind_can_be_cited() {
    let room = fresh();
    add_all(&room);
    let passages = [
        ("notice", "para 2", "задержана 14 октября 2025 года"),
        ("lantern-2026-03-05", "para 8", "he would appeal within ten days"),
        ("lantern-2026-03-05-2", "para 6", "sentenced the teacher Anna Lind"),
        ("statement", "para 2", "held & searched [2] on the fourteenth"),
        ("minutes", "para 2", "held [1] on the fourteenth of October"),
        ("letter-2026-03-05", "para 1", "reasons will be given to us within five days"),
        ("judgment", "page 1 para 3", "done so on several evenings"),
        ("judgment", "page 2", "sentenced to six years in prison"),
        ("judgment", "para 9", "book is to be destroyed"),
    ];
    let cite = |(source, at, quote): &(&str, &str, &str)| {
        format!("      - {{source: {source}, at: {at}, quote: \"{quote}\"}}\n")
    };
    let cites: String = passages.iter().map(cite).collect();
    let facts = format!(
        "facts:\n  told:\n    event: 2026-03-04\n    status: reported\n    text: {{en: Some words.}}\n    cites:\n{cites}"
    );
    let case = room.read(format!("{CASE}/case.yaml")) + &facts;
    room.write(format!("{CASE}/case.yaml"), case);
    let ran = room.run(&format!("check {CASE} --message-format short"));
    assert!(!ran.err.contains("error["), "{}", ran.err);
    let ran = ran.gives("9 citations: 9 verified now").says("note[source/guessed]");
    ran.keeps_silent_about("cite/moved").keeps_silent_about("cite/excluded").keeps_silent_about("digest-differs");

    room.change(&format!("{CASE}/case.yaml"), "at: page 2, quote", "at: page 3, quote");
    room.run(&format!("check {CASE}")).says("cite/locator").says("`judgment` has 2 pages");
    room.change(&format!("{CASE}/case.yaml"), "at: page 3, quote", "at: page 1, quote");
    room.run(&format!("check {CASE}")).says("cite/moved").says("write `at: page 2 para 3`");
    room.change(&format!("{CASE}/case.yaml"), "at: page 1, quote: \"sent", "at: page 2 para 5, quote: \"sent");
    room.run(&format!("check {CASE}")).says("cite/excluded").says("number of the page");
}

/// Every encoding gives the same words.
#[test]
fn encodings_are_told_apart() {
    let text = String::from_utf8(files::data("notice.md")).expect("text").replace("**", "");
    let wide = |text: &str, mark: bool, big: bool| -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let narrow = |encoding: &'static encoding_rs::Encoding| encoding.encode(&text).0.into_owned();
    let table = [
        ("utf-8", text.clone().into_bytes(), ""),
        ("mark", format!("\u{feff}{text}").into_bytes(), ""),
        ("utf-16le", wide(&text, true, false), "UTF-16LE"),
        ("utf-16be", wide(&text, true, true), "UTF-16BE"),
        ("utf-16", wide(&text, false, false), "UTF-16LE, by its form"),
        ("windows", narrow(encoding_rs::WINDOWS_1251), "windows-1251"),
        ("koi", narrow(encoding_rs::KOI8_R), "KOI8-"),
    ];
    for (id, bytes, remark) in table {
        let room = fresh();
        room.write("notice.txt", bytes);
        let ran = room.run(&format!("source add {CASE} notice.txt --id {id}")).done().gives(remark);
        assert_eq!(remark.is_empty(), !ran.out.contains("read as"), "{id}: {}", ran.out);
        is_expected("notice.md.txt", &room.read(format!("{CASE}/archive/{id}.txt")));
    }
    let room = fresh();
    room.write("page.html", [b"<meta charset=windows-1251><p>".to_vec(), narrow(encoding_rs::WINDOWS_1251)].concat());
    room.run(&format!("source add {CASE} page.html --id page")).done().gives("windows-1251, as the file says");
    room.write("windows.txt", narrow(encoding_rs::WINDOWS_1251));
    room.run(&format!("source add {CASE} windows.txt --id windows")).done();
    room.write("koi.txt", narrow(encoding_rs::KOI8_R));
    let named = room.run(&format!("source add {CASE} koi.txt --id koi --encoding koi8-r")).done();
    named.gives("KOI8-R, as you said").says("warning[source/twice]");
}

#[test]
fn check_sees_each_side_that_disagrees_with_the_record() {
    let room = fresh();
    add_all(&room);
    let before: Snapshot = room.snapshot(CASE);
    let name =
        |ending: &str| before.keys().find(|path| path.to_string_lossy().ends_with(ending)).expect("a file").clone();
    let original = format!("{CASE}/{}", name(".pdf").display());
    let check = || room.run(&format!("check {CASE} --message-format short"));
    check().keeps_silent_about("source/digest-differs").keeps_silent_about("source/extractor");

    // Another version that gives the same words is nothing to be told.
    room.change(&format!("{CASE}/sources.yaml"), "name: pdf, version: \"3+", "name: pdf, version: \"0+");
    check().keeps_silent_about("source/extractor");
    let (copy, sources) = (format!("{CASE}/archive/judgment.txt"), format!("{CASE}/sources.yaml"));
    let digest = |room: &Room| amparo::disk::digest::hex(room.read(&copy).as_bytes());
    let recorded = digest(&room);
    room.change(&copy, "six years", "five years");
    check().keeps_silent_about("source/extractor");
    room.change(&sources, &recorded, &digest(&room));
    check().says("note[source/extractor]: the text of `judgment` was made by pdf 0+").says("in another way");
    room.change(&sources, &digest(&room), &recorded);
    room.change(&copy, "five years", "six years");

    room.write(&original, "another file");
    check().says("error[source/digest-differs]: the original of `judgment` is not the one");
    std::fs::remove_file(room.path(&original)).expect("removed");
    check().says("warning[source/copy-missing]: the archive has no original of `judgment`");
    room.change(&format!("{CASE}/archive/judgment.txt"), "six years", "five years");
    check().says("error[source/digest-differs]: the copy of `judgment` is not the one");
}

/// The libraries that decide about words are named with the versions that are built in.
#[test]
fn an_extractor_names_the_libraries_that_are_built_in() {
    let lock = read(&root().join("Cargo.lock"));
    for format in amparo::source::extract::FileFormat::ALL {
        let (_, version) = format.extractor();
        for library in version.split('+').skip(1) {
            let (name, version) = library.rsplit_once('-').expect("a name and a version");
            let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
            assert!(lock.contains(&entry), "{library} is not what Cargo.lock has");
        }
    }
}
