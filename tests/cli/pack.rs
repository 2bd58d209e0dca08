//! Packs: letter, leaf and envelope of one recipient in one folder, and nothing that nobody checked among them.

use std::path::Path;

use crate::program::Room;

const FOLDER: &str = "output/example/2026-06-01";
const PACK: &str = "output/example/2026-06-01/packs/letter-official.ombudsman.ru";

/// The files of a pack in the order in which a supporter sees them.
const IN_ORDER: [&str; 3] = ["1-read-first.en.pdf", "2-sign-and-post.ru.pdf", "3-envelope.ru.pdf"];

const ONE: &str = "build cases/example --only letter-official --to xa/ombudsman";

#[test]
fn a_pack_holds_what_a_supporter_needs_in_the_order_of_its_use() {
    let room = Room::with("example");
    room.run(&format!("{ONE} --pack")).done();
    assert_eq!(room.names(PACK), IN_ORDER);
    assert!(room.path(FOLDER).join("letter-official.ombudsman.en.pdf").is_file(), "a copy to read stays outside");
    assert!(!room.path(FOLDER).join("letter-official.ombudsman.ru.pdf").exists());
    let manifest = room.json(&format!("{FOLDER}/manifest.json"));
    for name in IN_ORDER {
        assert!(manifest["files"][format!("packs/letter-official.ombudsman.ru/{name}")].is_object(), "{name}");
    }
}

#[test]
fn a_letter_is_the_same_in_a_pack_and_outside() {
    let room = Room::with("example");
    room.run(&format!("{ONE} --pack --output packed")).done();
    room.run(ONE).done();
    let bytes = |path: &str| std::fs::read(room.path(path)).expect(path);
    let packed = "packed/example/2026-06-01/packs/letter-official.ombudsman.ru";
    for (inside, outside) in [
        ("2-sign-and-post.ru.pdf", "letter-official.ombudsman.ru.pdf"),
        ("1-read-first.en.pdf", "letter-official.ombudsman.ru.leaf.en.pdf"),
    ] {
        assert!(bytes(&format!("{packed}/{inside}")) == bytes(&format!("{FOLDER}/{outside}")), "{inside}");
    }
}

#[test]
fn a_build_without_packs_leaves_none_behind() {
    let room = Room::with("example");
    room.run("build cases/example --format md --pack").done();
    assert!(room.path(FOLDER).join("packs").is_dir());
    room.run("build cases/example --format md").done();
    assert!(!room.path(FOLDER).join("packs").exists());
    assert!(room.path(FOLDER).join("letter-official.ombudsman.ru.md").is_file());
}

#[test]
fn a_paper_in_a_pack_that_no_build_wrote_is_told_and_stays() {
    let room = Room::with("example");
    room.run(&format!("{ONE} --pack --format md")).done();
    let strange = Path::new(PACK).join("2-sign-and-post.old.md");
    room.write(&strange, "An old letter.");
    let ran = room.run(&format!("{ONE} --pack --format md")).done();
    ran.says("output/changed").says("packs/letter-official.ombudsman.ru/2-sign-and-post.old.md");
    assert!(room.path(&strange).is_file());
}

#[test]
#[cfg(unix)]
fn a_link_in_the_place_of_a_pack_leads_to_nothing_that_is_removed() {
    let room = Room::with("example");
    room.run(&format!("{ONE} --pack --format md")).done();
    // Somebody moved the pack away and left a link to it.
    std::fs::rename(room.path(PACK), room.path("elsewhere")).expect("moved");
    std::os::unix::fs::symlink(room.path("elsewhere"), room.path(PACK)).expect("linked");
    room.run("build cases/example --format md").done();
    assert_eq!(room.names("elsewhere").len(), 3);
}

#[test]
fn large_print_comes_beside_the_usual_one() {
    let room = Room::with("example");
    room.run(&format!("{ONE} --pack --large-print")).done();
    let names = room.names(PACK);
    let wanted = [
        "1-read-first.en.large-print.pdf",
        "1-read-first.en.pdf",
        "2-sign-and-post.ru.large-print.pdf",
        "2-sign-and-post.ru.pdf",
        "3-envelope.ru.pdf",
    ];
    assert_eq!(names, wanted, "an envelope has one size");
}
