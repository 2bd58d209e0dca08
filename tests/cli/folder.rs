//! The folder of papers: the manifest, the same bytes each time, what stays and what goes.

use amparo::disk::digest::hex;

use crate::program::{Ran, Room};

const BUILD: &str = "build cases/example --format md";
const FOLDER: &str = "output/example/2026-06-01";
const LETTER: &str = "output/example/2026-06-01/letter-official.ombudsman.en.md";
const MANIFEST: &str = "output/example/2026-06-01/manifest.json";

fn built() -> Room {
    let room = Room::with("example");
    room.run(BUILD).done();
    room
}

#[test]
fn the_manifest_says_what_is_there_and_where_it_came_from() {
    let room = built();
    let manifest = room.json(MANIFEST);
    let files = manifest["files"].as_object().expect("files");
    let mut names: Vec<&str> = files.keys().map(String::as_str).chain(["manifest.json"]).collect();
    names.sort_unstable();
    assert_eq!(names, room.names(FOLDER));
    for (name, about) in files {
        let bytes = std::fs::read(room.path(FOLDER).join(name)).expect("a paper");
        assert_eq!((&about["sha256"], &about["bytes"]), (&hex(&bytes).into(), &bytes.len().into()), "{name}");
        let ledger = about["ledger"].as_array().expect("a ledger");
        assert!(!ledger.is_empty(), "{name}");
        let cited = ledger.iter().flat_map(|entry| entry["citations"].as_array().expect("citations"));
        for citation in cited {
            assert_eq!(citation["verdict"], "verified", "{name}: {citation}");
            assert!(citation["copy"].as_str().is_some_and(|copy| copy.starts_with("sha256:")), "{name}: {citation}");
        }
    }
    let left_out = room.json(&format!("{FOLDER}/internal/left-out.json"));
    let state = left_out["state"].as_object().expect("what the state is not told");
    assert!(
        !state.is_empty() && state.values().all(|why| why.as_str().is_some_and(|why| !why.is_empty())),
        "{state:?}"
    );
    assert_eq!((&manifest["case"], &manifest["clock"]), (&"example".into(), &"knowledge".into()));
    assert_eq!(manifest["cargo_lock"], hex(&std::fs::read(crate::support::root().join("Cargo.lock")).expect("a lock")));
}

#[test]
fn the_digest_of_every_input_is_kept() {
    let room = built();
    let manifest = room.json(MANIFEST);
    let beside = manifest["inputs"].as_object().expect("inputs");
    let whole = room.json(&MANIFEST.replace("manifest.json", "internal/inputs.json"));
    let inputs = whole.as_object().expect("inputs");
    // No reader of a paper may see it cited: beside the papers it is not named.
    let closed: Vec<&String> = inputs.keys().filter(|name| !beside.contains_key(*name)).collect();
    assert_eq!(closed, ["archive/farhaven-post.txt", "archive/wire-report.txt"]);
    assert!(beside.iter().all(|(name, digest)| inputs.get(name) == Some(digest)));
    for (path, bytes) in room.snapshot("cases/example") {
        let name = path.to_string_lossy();
        // Papers are made from the words, and not from the page or the log of who brought it.
        let kept = name.ends_with(".html") || name == "custody.log";
        assert_eq!(inputs.get(&*name), (!kept).then_some(&hex(&bytes).into()), "{name}");
    }
    for name in ["documents/urgent-appeal/en.md", "directory/xa.yaml", "layouts/common.typ", "citation/notes.csl"] {
        let shipped = std::fs::read(crate::support::root().join("templates").join(name)).expect("shipped");
        assert_eq!(inputs.get(&format!("templates/{name}")), Some(&hex(&shipped).into()), "{name}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_folder_on_any_day() {
    let line = "build cases/example --format pdf,md --only letter-official --to xa/ombudsman";
    let room = Room::with("example");
    room.run(line).done();
    let first = room.snapshot("output");
    room.run(line).done().keeps_silent_about("output/changed");
    assert!(room.snapshot("output") == first, "a second time");

    let other = Room::with("example");
    let case = other.path("cases/example").to_string_lossy().into_owned();
    let out = other.path("elsewhere").to_string_lossy().into_owned();
    let words = line.split(' ').map(|word| if word == "cases/example" { case.as_str() } else { word });
    let mut command = other.command(words.chain(["--output", &out]));
    command.env("SOURCE_DATE_EPOCH", "4102444800").env("TZ", "Pacific/Kiritimati").env("LANG", "ru_RU.UTF-8");
    let ran = Ran::of(&mut command).done().says("do not send these papers");
    for (name, bytes) in other.snapshot("elsewhere") {
        let same = first.get(&name) == Some(&bytes);
        assert!(same, "{} differs\n{}", name.display(), ran.out);
    }
    assert_eq!(other.snapshot("elsewhere").len(), first.len());
}

#[test]
fn no_path_and_no_day_of_the_run_is_in_any_output() {
    let room = Room::with("example");
    let case = room.path("cases/example").to_string_lossy().into_owned();
    let mut command = room.command(["build", &case, "--format", "pdf,md", "--only", "urgent-appeal"]);
    Ran::of(command.env("SOURCE_DATE_EPOCH", "1785888000").env("USER", "somebody-else")).done();
    let folder = room.path("").to_string_lossy().into_owned();
    for (name, bytes) in room.snapshot("output") {
        for secret in [folder.trim_end_matches('/'), "2026-08-05", "20260805", "5 August 2026", "somebody-else"] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} stands in {}", name.display());
        }
    }
}

#[test]
fn a_build_of_some_papers_keeps_the_others() {
    let room = built();
    let before = room.snapshot(FOLDER);
    let ran = room.run(&format!("{BUILD} --only urgent-appeal")).done();
    assert_eq!(ran.out.matches(".md\n").count(), 1);
    // What a run has to say of the papers that were asked for stands in its manifest.
    let is_manifest = |name: &std::path::Path| name.ends_with("manifest.json");
    let changed = |(name, bytes): &(std::path::PathBuf, _)| before.get(name) != Some(bytes) && !is_manifest(name);
    let changed: Vec<_> = room.snapshot(FOLDER).into_iter().filter(changed).map(|(name, _)| name).collect();
    assert_eq!(changed, Vec::<std::path::PathBuf>::new(), "the same papers");
    let manifest = room.json(MANIFEST);
    let known = &before[std::path::Path::new("manifest.json")];
    let known: serde_json::Value = serde_json::from_slice(known).expect("JSON");
    assert_eq!(manifest["files"], known["files"]);
    assert_eq!(
        manifest["files"].as_object().expect("files").len(),
        room.names(FOLDER).len() - 1,
        "all are still listed"
    );
}

#[test]
fn a_full_build_removes_what_is_no_longer_made_and_nothing_else() {
    let room = built();
    room.write(format!("{FOLDER}/my-notes.txt"), "mine");
    room.run("dossier cases/example --format md").done();
    room.change(
        "cases/example/case.yaml",
        "to: [place-of-detention/head]\n    languages: [ru, en]",
        "to: [place-of-detention/head]\n    languages: [en]",
    );
    room.run(BUILD).done();
    let names = room.names(FOLDER);
    assert!(!names.iter().any(|name| name == "letter-official.north-prison.ru.md"), "{names:?}");
    for stays in ["letter-official.north-prison.en.md", "my-notes.txt", "internal/dossier.md"] {
        assert!(room.path(FOLDER).join(stays).is_file(), "{stays}");
    }
}

#[test]
fn a_paper_that_was_changed_or_lost_is_told() {
    let room = built();
    let whole = room.snapshot(FOLDER);
    room.change(LETTER, "I write to you", "I wrote to you");
    std::fs::remove_file(room.path(FOLDER).join("urgent-appeal.en.md")).expect("removed");
    let ran = room.run(BUILD).done().says("warning[output/changed]");
    let ran = ran.says("`letter-official.ombudsman.en.md` was changed after it was built");
    ran.says("`urgent-appeal.en.md` was built here, but is gone").says("hint: change the case or the template instead");
    assert!(room.snapshot(FOLDER) == whole, "and they are as they should be");
    room.run(BUILD).done().keeps_silent_about("output/changed");
}

#[test]
fn a_paper_that_no_build_wrote_is_told() {
    let room = built();
    room.write(format!("{FOLDER}/letter-official.of-last-year.en.PDF"), "a letter");
    let words = "`letter-official.of-last-year.en.PDF` lies among the papers, but no build wrote it";
    room.run(BUILD).done().says("warning[output/changed]").says(words).says("hint: move it elsewhere");
    assert_eq!(room.read(format!("{FOLDER}/letter-official.of-last-year.en.PDF")), "a letter");
}

#[test]
fn papers_that_a_build_of_others_leaves_behind_are_told() {
    let room = built();
    let line = format!("{BUILD} --only letter-official");
    room.run(&line).done().keeps_silent_about("output/changed");
    room.change("cases/example/case.yaml", "documents:", "# a remark\ndocuments:");
    for _ in 0..2 {
        let ran = room.run(&line).done().says("warning[output/changed]: not built anew, although");
        ran.says("`urgent-appeal.en.md`").says("hint: build the whole case before you send any of them");
    }
    room.run(BUILD).done().keeps_silent_about("output/changed");
}

#[test]
fn a_manifest_that_cannot_be_read_is_told_and_written_anew() {
    for nonsense in [&b"{"[..], b"[]", b"\xff\xfe", b""] {
        let room = built();
        let whole = room.snapshot(FOLDER);
        room.write(MANIFEST, nonsense);
        room.run(BUILD).done().says("the manifest of this folder cannot be read");
        assert!(room.snapshot(FOLDER) == whole);
    }
}

/// A manifest that also names these files.
fn forge(room: &Room, names: &[&str]) {
    let mut manifest = room.json(MANIFEST);
    for name in names {
        manifest["files"][*name] = serde_json::json!({ "sha256": "00" });
    }
    room.write(MANIFEST, manifest.to_string());
}

#[test]
fn a_manifest_never_makes_us_leave_the_folder() {
    let room = built();
    room.write("output/example/kept.txt", "kept");
    room.write("output/kept.txt", "kept");
    room.write(format!("{FOLDER}/inner/kept.txt"), "kept");
    let outside = room.path("kept.txt");
    std::fs::write(&outside, "kept").expect("written");
    let absolute = outside.to_string_lossy().into_owned();
    let forged = ["../kept.txt", "../../kept.txt", "inner/kept.txt", "inner/../../kept.txt", "..", ".", "", &absolute];
    for line in [BUILD.to_owned(), format!("{BUILD} --only urgent-appeal")] {
        forge(&room, &forged);
        let ran = room.run(&line).done();
        assert_eq!(ran.err.matches("which no build wrote here").count(), forged.len(), "{}", ran.err);
        for kept in
            ["kept.txt", "output/kept.txt", "output/example/kept.txt", "output/example/2026-06-01/inner/kept.txt"]
        {
            assert_eq!(room.read(kept), "kept");
        }
        let manifest = room.json(MANIFEST);
        assert!(forged.iter().all(|name| manifest["files"].get(*name).is_none()), "{manifest}");
    }
}

#[test]
fn the_id_of_a_case_never_leads_out_of_the_output_folder() {
    for id in ["../../stolen", "ABSOLUTE", "..", ".", "a/b", "'a\\b'", "''"] {
        let room = Room::with("example");
        let before = room.snapshot("");
        let id = id.replace("ABSOLUTE", &room.path("stolen").to_string_lossy());
        room.change("cases/example/case.yaml", "\nid: example\n", &format!("\nid: {id}\n"));
        let line = room.line("cases/example/case.yaml", "id: ");
        let ran = room.run(&format!("{BUILD} --output a/b/c")).problems();
        ran.says("case/bad-value").says(&format!("case.yaml:{line}:"));
        assert_eq!(room.snapshot("").len(), before.len(), "{id}: nothing is written anywhere");
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_paper_that_is_a_link_is_replaced_not_followed() {
        let room = built();
        let whole = room.read(LETTER);
        room.write("secret.txt", "another file");
        std::fs::remove_file(room.path(LETTER)).expect("removed");
        symlink(room.path("secret.txt"), room.path(LETTER)).expect("linked");
        room.run(BUILD).done().says("output/changed");
        assert_eq!(room.read("secret.txt"), "another file");
        assert_eq!(room.read(LETTER), whole);
        assert!(!room.path(LETTER).is_symlink());
    }

    #[test]
    fn a_removed_paper_that_is_a_link_takes_only_the_link() {
        let room = built();
        room.write("secret.txt", "another file");
        symlink(room.path("secret.txt"), room.path(FOLDER).join("old.en.md")).expect("linked");
        forge(&room, &["old.en.md"]);
        room.run(BUILD).done();
        assert_eq!(room.read("secret.txt"), "another file");
        assert!(!room.path(FOLDER).join("old.en.md").is_symlink());
    }

    #[test]
    fn an_output_folder_may_be_a_link() {
        let room = Room::with("example");
        std::fs::create_dir(room.path("real")).expect("made");
        symlink(room.path("real"), room.path("output")).expect("linked");
        room.run(BUILD).done();
        assert!(room.path("real/example/2026-06-01/manifest.json").is_file());
    }

    #[test]
    fn a_folder_in_the_output_folder_that_is_a_link_is_refused() {
        for inner in ["output/example", FOLDER, "output/example/2026-06-01/internal", "output/example/2026-06-01/packs"]
        {
            let room = Room::with("example");
            room.write("elsewhere/mine.txt", "mine");
            std::fs::create_dir_all(room.path(inner).parent().expect("a folder")).expect("made");
            symlink(room.path("elsewhere"), room.path(inner)).expect("linked");
            for line in ["build cases/example --format md --pack", "dossier cases/example --format md"] {
                if line.starts_with("dossier") && inner.ends_with("packs") {
                    continue;
                }
                room.run(line)
                    .failed()
                    .says(&format!("`{inner}` is a link: papers would be written to another folder"));
                assert_eq!(room.names("elsewhere"), ["mine.txt"], "{inner}");
            }
        }
    }

    #[test]
    fn templates_that_are_links_are_not_followed() {
        let room = Room::with("example");
        room.write("secret/documents/letter-official/template.yaml", "id: letter-official");
        std::fs::create_dir(room.path("cases/example/templates")).expect("made");
        symlink(room.path("secret/documents"), room.path("cases/example/templates/documents")).expect("linked");
        room.run(BUILD).done();
        assert_eq!(room.json(MANIFEST)["files"]["urgent-appeal.en.md"]["template-layer"], "shipped");
    }
}
