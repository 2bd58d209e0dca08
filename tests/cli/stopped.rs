//! Runs that come to nothing: a folder that cannot be written, a full disk, an interruption, two runs at once. What was
//! there before is whole.

use std::process::{Child, Command, Stdio};

use crate::program::{Ran, Room, Snapshot, skipped};

const BUILD: &str = "build cases/example --format md";
const FOLDER: &str = "output/example/2026-06-01";

#[test]
fn a_file_where_the_output_folder_should_be() {
    let room = Room::with("example");
    for blocked in ["output", "output/example", FOLDER] {
        room.write(blocked, "a file of mine");
        room.run(BUILD).failed().says("cannot write `output/example/2026-06-01`").says("hint: choose another folder");
        assert_eq!(room.read(blocked), "a file of mine");
        std::fs::remove_file(room.path(blocked)).expect("removed");
    }
}

#[test]
fn a_folder_where_a_paper_should_be() {
    let room = Room::with("example");
    room.run(BUILD).done();
    let paper = "letter-official.ombudsman.en.md";
    std::fs::remove_file(room.path(FOLDER).join(paper)).expect("removed");
    room.write(format!("{FOLDER}/{paper}/mine.txt"), "mine");
    let before = room.snapshot(FOLDER);
    room.change("cases/example/case.yaml", "languages: [en]\n  #", "languages: [en]\n  # changed\n  #");
    room.run(BUILD).failed().says(&format!("cannot write `{FOLDER}/{paper}`")).says("hint: ");
    assert!(room.snapshot(FOLDER) == before, "no paper was touched, not even the first");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let room = Room::with("example");
    if std::fs::metadata(room.path("cases")).expect("a folder").uid() == 0 {
        skipped("a folder that may not be written: the tests run as root, who may write everywhere");
        return;
    }
    room.run(BUILD).done();
    let before = room.snapshot(FOLDER);
    let allow = |mode| std::fs::set_permissions(room.path(FOLDER), std::fs::Permissions::from_mode(mode));
    allow(0o555).expect("changed");
    let ran = room.run(BUILD);
    allow(0o755).expect("changed back");
    ran.failed().says("cannot write").says("what was there before is untouched");
    assert!(room.snapshot(FOLDER) == before);
}

/// Runs the program where no file may grow beyond some kilobytes: a disk that is full.
#[cfg(unix)]
fn on_a_full_disk(room: &Room, line: &str) -> Ran {
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$@\"";
    let words = ["-c", script, "sh", env!("CARGO_BIN_EXE_amparo")];
    Ran::of(&mut room.dressed(Command::new("sh"), words.into_iter().chain(line.split(' '))))
}

#[cfg(unix)]
#[test]
fn a_full_disk_changes_nothing() {
    let room = Room::with("example");
    let line = "build cases/example --format md,pdf --only letter-official --to xa/ombudsman --languages en";
    room.run(line).done();
    let before = room.snapshot("output");
    // The Markdown is new and would fit; the PDF does not.
    room.change("cases/example/case.yaml", "      en: Ilva Tarrin\n", "      en: Ilva M. Tarrin\n");
    on_a_full_disk(&room, line).failed().says("cannot write `output/example/").says("hint: ");
    assert!(room.snapshot("output") == before, "{:?}", room.names("output"));
    room.run(line).done().keeps_silent_about("output/changed");
    assert!(room.snapshot("output") != before, "with room it works");
}

#[test]
fn what_a_stopped_run_left_is_cleared_and_nothing_else() {
    let room = Room::with("example");
    room.run(BUILD).done();
    let before = room.snapshot(FOLDER);
    room.write(format!("{FOLDER}/.amparo-Ab12Cd.unfinished"), "half of a pa");
    room.write(format!("{FOLDER}/.amparo-notes"), "mine");
    room.run(BUILD).done();
    let mut after = room.snapshot(FOLDER);
    assert_eq!(after.remove(std::path::Path::new(".amparo-notes")), Some(b"mine".to_vec()));
    assert!(after == before, "{:?}", room.names(FOLDER));
}

fn start(room: &Room, line: &str) -> Child {
    let mut command = room.command(line.split(' '));
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

/// Whether a file is there that is not finished.
#[cfg(unix)]
fn is_writing(room: &Room) -> bool {
    let entries = std::fs::read_dir(room.path(FOLDER)).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_string_lossy().ends_with(".unfinished"))
}

/// Asks the program to stop as soon as `now` says so. Whether it was still running.
///
/// `TERM`, not `INT`: a shell lets what it starts in the background ignore `INT`, and the tests may run there.
#[cfg(unix)]
fn interrupt(child: &mut Child, now: impl Fn() -> bool) -> bool {
    while !now() {
        if child.try_wait().expect("a child").is_some() {
            return false;
        }
        std::thread::yield_now();
    }
    let kill = Command::new("sh").args(["-c", &format!("kill -TERM {}", child.id())]).status();
    assert!(kill.is_ok(), "a signal can be sent");
    !child.wait().expect("it ends").success()
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_every_file_whole() {
    let room = Room::with("example");
    room.run(BUILD).done();
    let old = room.snapshot("output");
    // Another day of the case changes every paper and keeps the folder's name.
    let line = format!("{BUILD} --clock event --paper us-letter --format pdf");
    room.run(&format!("{line} --output fresh")).done();
    let new = room.snapshot("fresh");
    let either = |now: &Snapshot| {
        for (name, bytes) in now.iter().filter(|(name, _)| name.extension().is_some_and(|e| e != "unfinished")) {
            let whole = old.get(name) == Some(bytes) || new.get(name) == Some(bytes);
            assert!(whole, "{} is neither the old nor the new one", name.display());
        }
        for name in old.keys().filter(|name| name.extension().is_some_and(|e| e == "json")) {
            assert!(now.contains_key(name), "{} is gone", name.display());
        }
    };
    let mut stopped = 0;
    let first = std::path::Path::new(FOLDER).join("urgent-appeal.en.pdf");
    // While it reads; once it writes; a little later; once the first paper is in its place.
    let moments: [&dyn Fn() -> bool; 4] = [
        &|| true,
        &|| is_writing(&room),
        &|| room.path(FOLDER).read_dir().is_ok_and(|entries| entries.count() > old.len() + 4),
        &|| room.path(&first).exists(),
    ];
    for moment in moments {
        let _ = std::fs::remove_file(room.path(&first));
        let mut child = start(&room, &line);
        stopped += usize::from(interrupt(&mut child, moment));
        either(&room.snapshot("output"));
    }
    assert!(stopped > 0, "at least one run was stopped");
    room.run(&line).done();
    assert!(room.snapshot("output") == new, "{:?}", room.names("output"));
}

#[test]
fn two_runs_at_once_do_not_mix() {
    let room = Room::with("example");
    let lines = [format!("{BUILD} --paper us-letter"), format!("{BUILD} --clock event")];
    let mut children: Vec<Child> = (0..6).map(|turn| start(&room, &lines[turn % 2])).collect();
    for child in &mut children {
        assert!(child.wait().expect("it ends").success());
    }
    let manifest = room.json(&format!("{FOLDER}/manifest.json"));
    for (name, about) in manifest["files"].as_object().expect("files") {
        let bytes = std::fs::read(room.path(FOLDER).join(name)).expect("a paper");
        assert_eq!(about["sha256"], amparo::disk::digest::hex(&bytes), "{name}");
    }
    assert!(!room.names(FOLDER).iter().any(|name| name.ends_with(".unfinished")));
}
