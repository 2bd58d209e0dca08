//! `amparo watch`: what a save begins, what it does not begin, and how the waiting ends.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::program::{Room, skipped};

const LETTER: &str = "--only letter-official --to xa/ombudsman --languages en";
const FOLDER: &str = "output/example/2026-06-01";
const FACTS: &str = "cases/example/facts.yaml";
const TEACHER: &str = "She is a teacher of literature from Northtown.";

/// For a machine on which much else is done. Nothing waits so long unless it is broken.
const LONG: Duration = Duration::from_mins(2);

/// Longer than it takes until a needless round has something to say. On a slow machine one may be missed, never invented.
const SHORT: Duration = Duration::from_secs(2);

/// The page from which a copy of the example was made.
const ORIGINAL: &str = "0f27cf0353b4809a11e04135c3b84345a25e306fd965857d64504c9dab7d9b61.html";

/// The program while it watches.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(room: &Room, line: &str) -> Self {
        let mut command = room.command(line.split_whitespace());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let messages = BufReader::new(child.stderr.take().expect("a pipe"));
        let (sender, lines) = channel();
        std::thread::spawn(move || messages.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// What is said until a line holds these words.
    #[track_caller]
    fn until(&self, words: &str) -> String {
        let mut said = String::new();
        while !said.lines().last().is_some_and(|line| line.contains(words)) {
            let line = self.lines.recv_timeout(LONG);
            let line = line.unwrap_or_else(|_| panic!("`{words}` was not said, but:\n{said}"));
            said = said + &line + "\n";
        }
        said
    }

    /// What is said in one round.
    #[track_caller]
    fn round(&self) -> String {
        self.until("waiting for changes (Ctrl-C ends)")
    }

    /// Asks it to end with a signal; what it had still to say, and how it ended.
    #[cfg(unix)]
    fn end(mut self, signal: &str) -> (String, ExitStatus) {
        let kill = Command::new("sh").args(["-c", &format!("kill -{signal} {}", self.child.id())]).status();
        assert!(kill.is_ok_and(|status| status.success()), "a signal can be sent");
        let mut said = Vec::new();
        let ended = loop {
            match self.lines.recv_timeout(LONG) {
                Ok(line) => said.push(line),
                Err(fault) => break fault,
            }
        };
        assert_eq!(ended, RecvTimeoutError::Disconnected, "{said:?}");
        (said.join("\n"), self.child.wait().expect("it ends"))
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn each_save_is_built_and_a_broken_one_keeps_the_papers() {
    let room = Room::with("example");
    let watching = Watching::start(&room, &format!("watch cases/example {LETTER}"));
    assert!(watching.round().contains("built "));
    let first = room.snapshot(FOLDER);

    room.change(FACTS, TEACHER, "She is a teacher from Northtown.");
    assert!(watching.round().contains("built "));
    let second = room.snapshot(FOLDER);
    let paper = std::path::Path::new("letter-official.ombudsman.en.pdf");
    assert_ne!(first[paper], second[paper]);

    room.change(FACTS, "  teacher:\n", "  teacher: {\n");
    let said = watching.round();
    let line = room.line(FACTS, "  teacher: {") + 2;
    assert!(said.contains(&format!("--> {FACTS}:{line}:")) && said.contains("error[case/syntax]"), "{said}");
    assert!(said.contains("\n1 error; the papers of the last good build are kept; waiting"), "{said}");
    assert!(room.snapshot(FOLDER) == second, "{:?}", room.names(FOLDER));

    room.change(FACTS, "  teacher: {\n", "  teacher:\n");
    room.change(FACTS, "She is a teacher from Northtown.", TEACHER);
    while room.snapshot(FOLDER) != first {
        watching.round();
    }
}

/// True if programs that are started here ignore a signal: a shell wants that from what it starts in the background.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[cfg(unix)]
#[test]
fn a_request_to_end_ends_it_at_once_and_leaves_nothing_half_written() {
    use std::os::unix::process::ExitStatusExt as _;
    let room = Room::with("example");
    for (signal, number, code) in [("INT", 2, Some(0)), ("TERM", 15, None), ("HUP", 1, None)] {
        let by = code.is_none().then_some(number);
        if is_ignored(number) {
            skipped(&format!("SIG{signal} at a watch: whoever runs the tests has it ignored"));
            continue;
        }
        let watching = Watching::start(&room, "watch cases/example --format md");
        watching.round();
        let before = room.names(FOLDER);
        // A round of some seconds begins.
        room.change("cases/example/case.yaml", "languages: [en]\n  #", "languages: [en]\n  # changed\n  #");
        let (_, ended) = watching.end(signal);
        assert_eq!((ended.code(), ended.signal()), (code, by), "{signal}");
        assert_eq!(room.names(FOLDER), before, "{signal}");
    }
}

#[cfg(unix)]
#[test]
fn what_it_writes_itself_begins_no_round() {
    let room = Room::with("example");
    let output = "cases/example/papers";
    let watching = Watching::start(&room, &format!("watch cases/example --format md {LETTER} --output {output}"));
    watching.round();
    room.change(FACTS, TEACHER, "She is a teacher from Northtown.");
    let said = watching.round();
    let paper = room.read(format!("{output}/example/2026-06-01/letter-official.ombudsman.en.md"));
    assert!(paper.contains("She is a teacher from Northtown."), "the second round is that of the change:\n{said}");
    assert_eq!(watching.lines.recv_timeout(SHORT), Err(RecvTimeoutError::Timeout));
    assert_eq!(watching.end("TERM").0, "");
}

#[test]
fn a_new_file_under_the_old_name_and_a_folder_that_comes_back_are_seen() {
    let room = Room::with("example");
    let watching = Watching::start(&room, &format!("watch cases/example --format md {LETTER}"));
    watching.round();
    let paper = format!("{FOLDER}/letter-official.ombudsman.en.md");

    // As most editors save.
    let facts = room.read(FACTS);
    room.write("cases/example/.facts.yaml.swp", facts.replace(TEACHER, "She is a teacher from Northtown."));
    std::fs::rename(room.path("cases/example/.facts.yaml.swp"), room.path(FACTS)).expect("renamed");
    watching.until("built ");
    assert!(room.read(&paper).contains("She is a teacher from Northtown."));

    std::fs::rename(room.path("cases/example"), room.path("cases/elsewhere")).expect("renamed");
    let said = watching.round();
    assert!(said.contains("cannot read `cases/example`") && said.contains("the last good build are kept"), "{said}");
    room.copy_case("example");
    // The copy comes file by file; what is built while it comes may be short of some.
    while !room.read(&paper).contains(TEACHER) {
        watching.round();
    }
    room.change(FACTS, TEACHER, "She is a teacher in Northtown.");
    while !room.read(&paper).contains("She is a teacher in Northtown.") {
        watching.round();
    }
}

#[test]
fn templates_of_the_project_and_the_archive_are_watched() {
    let room = Room::with("example");
    std::fs::rename(room.path("cases/example/archive"), room.path("copies")).expect("renamed");
    let watching = Watching::start(&room, &format!("watch cases/example --archive copies --format md {LETTER}"));
    let said = watching.round();
    assert!(said.contains("built "), "{said}");

    // A folder that was not there when the watch began, with a file that takes the place of a shipped one.
    room.write("templates/directory/xa.yaml", "offices: {");
    let said = watching.round();
    assert!(said.contains("templates/directory/xa.yaml:1"), "{said}");
    std::fs::remove_dir_all(room.path("templates")).expect("removed");
    watching.until("built ");

    // A copy, and the page from which another copy was made.
    for (name, errors) in [("lantern-arrest.txt", "1 error; "), (ORIGINAL, "2 errors; ")] {
        room.write(format!("copies/{name}"), "something else");
        let said = watching.round();
        assert!(said.contains(errors), "{name}: {said}");
    }
}

#[test]
fn its_messages_for_programs_are_objects_and_old_doubts_are_counted() {
    let room = Room::with("khamroev");
    let line = "watch cases/khamroev --format md --only letter-official --to ru/fsin --languages ru";
    let watching = Watching::start(&room, &format!("{line} --message-format json"));
    let rounds = [watching.until("\"code\":\"watch\""), {
        room.change("cases/khamroev/case.yaml", "id: khamroev", "# A word more.\nid: khamroev");
        watching.until("\"code\":\"watch\"")
    }];
    let mut doubts = Vec::new();
    for said in rounds {
        let objects: Vec<serde_json::Value> = said
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|fault| panic!("{fault}: {line}")))
            .collect();
        let round = objects.iter().find(|object| object["code"] == "watch").expect("a summary");
        assert!(round["papers"].as_u64().is_some_and(|papers| papers > 0) && round["errors"] == 0, "{round}");
        let told = objects.iter().filter(|object| object["code"] == "directory/unverified").count();
        doubts.push((told as u64, round["unrepeated"].as_u64().expect("a number")));
        assert!(
            objects.iter().any(|object| object["code"] == "document/stale"),
            "what concerns the papers is repeated"
        );
    }
    let (told, _) = doubts[0];
    assert!(told > 0);
    assert_eq!(doubts, [(told, 0), (0, told)]);
}

#[test]
fn a_case_that_was_never_there_fails_at_once() {
    let room = Room::new();
    let mut watching = Watching::start(&room, "watch cases/nowhere");
    watching.until("cannot read `cases/nowhere`");
    watching.until("hint: check the spelling of the path");
    assert_eq!(watching.lines.recv_timeout(LONG), Err(RecvTimeoutError::Disconnected));
    assert_eq!(watching.child.wait().expect("it ends").code(), Some(2));
}
