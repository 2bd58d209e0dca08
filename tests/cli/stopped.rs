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
    let script = "ulimit -f 16; exec \"$@\"";
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

#[cfg(unix)]
#[test]
fn a_new_case_is_made_whole_or_not_at_all() {
    let room = Room::new();
    let lines = ["new cases/anna --example", "new . --example"];
    for line in lines {
        on_a_full_disk(&room, line).failed().says("cannot write `").says("hint: ");
        let left: Vec<_> = room.path("").read_dir().expect("a folder").flatten().map(|entry| entry.path()).collect();
        assert_eq!(left, [] as [std::path::PathBuf; 0], "{line}");
    }
    room.run(lines[1]).done();
    assert!(room.path("case.yaml").is_file());
    let room = Room::new();
    room.run(lines[0]).done();
    assert_eq!(room.names("cases/anna").len(), room.names("").len(), "and nothing beside it");
    room.run(lines[0]).failed().says("is there already and not empty");
}

#[cfg(unix)]
#[test]
fn what_stands_in_the_way_of_a_folder_is_told() {
    let room = Room::with("example");
    std::os::unix::fs::symlink("nowhere", room.path("output")).expect("linked");
    room.run(BUILD).failed().says("cannot write `output/example/2026-06-01` (`output` is a link that leads nowhere)");
    room.write("papers", "a file of mine");
    room.run(&format!("{BUILD} --output papers")).failed().says("(`papers` is a file)");
    let script = "umask 777; exec \"$@\"";
    let line = format!("{BUILD} --output closed");
    let words = ["-c", script, "sh", env!("CARGO_BIN_EXE_amparo")];
    let ran = Ran::of(&mut room.dressed(Command::new("sh"), words.into_iter().chain(line.split(' '))));
    ran.failed().says("cannot write `closed/").says("the `umask` takes away your own right to use new folders");
    assert!(!room.path("closed").exists());
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
fn an_interruption_leaves_all_files_or_none() {
    let room = Room::with("example");
    room.run(BUILD).done();
    let old = room.names("output");
    // Another day of the case changes every paper and keeps the folder's name.
    let line = format!("{BUILD} --clock event --paper us-letter --format pdf");
    room.run(&format!("{line} --output fresh")).done();
    let new = room.snapshot("fresh");
    let differing = |now: &Snapshot, set: &Snapshot| -> Vec<_> {
        let names = now.keys().chain(set.keys()).filter(|name| now.get(*name) != set.get(*name));
        names.cloned().collect()
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
        let before = room.snapshot("output");
        let mut child = start(&room, &line);
        stopped += usize::from(interrupt(&mut child, moment));
        let now = room.snapshot("output");
        let (from_before, from_new) = (differing(&now, &before), differing(&now, &new));
        assert!(from_before.is_empty() || from_new.is_empty(), "{from_before:?}\n{from_new:?}");
    }
    assert!(stopped > 0, "at least one run was stopped");
    room.run(&line).done();
    assert_eq!(differing(&room.snapshot("output"), &new), [] as [std::path::PathBuf; 0]);
}

#[test]
fn a_set_that_a_power_cut_left_half_renamed_is_told() {
    let room = Room::with("example");
    let line = "build cases/example --format html --only urgent-appeal";
    room.run(line).done();
    let verify = format!("verify {FOLDER}/urgent-appeal.en.html");
    room.run(&verify).done();
    let whole = room.snapshot(FOLDER);
    let list = room.path(FOLDER).join("manifest.json");
    std::fs::rename(&list, list.with_file_name("manifest.before.json")).expect("renamed");
    room.write(format!("{FOLDER}/.amparo-Ab12Cd.unfinished"), "{}");
    for _ in 0..2 {
        let ran = room.run(&verify).says("warning[output/incomplete]: this set of papers is not complete");
        assert_eq!(ran.code, Some(2));
    }
    let ran = room.run(line).done();
    ran.says("warning[output/incomplete]: an earlier build was broken off here");
    assert!(room.snapshot(FOLDER) == whole, "{:?}", room.names(FOLDER));
    room.run(&verify).done().keeps_silent_about("output/incomplete");
    // Nothing but unfinished files: the first build of a folder was broken off.
    std::fs::remove_file(&list).expect("removed");
    room.run(&verify).done().keeps_silent_about("output/incomplete");
    room.write(format!("{FOLDER}/.amparo-Ab12Cd.unfinished"), "{}");
    room.run(&verify).says("warning[output/incomplete]");
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
