//! The command line: exit codes, streams, forms of messages, and what the options choose.

use std::io::Read as _;
use std::process::{Command, Stdio};

use crate::program::{Ran, Room, real_sources, skipped};

mod choice;
mod folder;
mod ids;
mod pack;
mod questions;
mod stopped;
mod update;
mod watch;

const PAPERS: &str = "build cases/example --format md --only letter-official --to xa/ombudsman --languages en";

#[test]
fn help_is_a_result() {
    let room = Room::new();
    let ran = room.run("--help").done();
    assert_eq!(ran.err, "");
    let commands = [
        "new",
        "check",
        "build",
        "watch",
        "dossier",
        "update",
        "templates",
        "context",
        "explain",
        "schema",
        "licences",
        "completions",
    ];
    for command in commands {
        assert!(ran.out.contains(&format!("\n  {command} ")), "{command}");
        let help = room.run(&format!("{command} --help")).done();
        assert!(help.out.contains(&format!("Usage: amparo {command}")), "{}", help.out);
    }
    room.run("--version").done().gives("amparo 0.1.0\n");
}

#[test]
fn what_is_not_a_command_fails() {
    let room = Room::with("example");
    room.run("").came_to_usage();
    room.run("biuld cases/example").failed().says("'build'");
    room.run("build").failed().says("<CASE>");
    room.run("build cases/example --fromat pdf").failed().says("'--format'");
    room.run("build cases/example --format docx").failed().says("[possible values: pdf, md, html]");
    room.run("build cases/example --paper a5").failed().says("us-letter");
    room.run("build cases/example --clock moon").failed().says("knowledge");
    room.run("check cases/example --message-format xml").failed().says("short");
    assert!(!room.path("output").exists(), "nothing is written");
}

impl Ran {
    fn came_to_usage(self) -> Self {
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""));
        self.says("Usage: amparo")
    }
}

#[test]
fn a_date_that_does_not_exist_fails() {
    let room = Room::with("example");
    for date in ["2026-02-31", "31.02.2026", "yesterday", "2026"] {
        let ran = room.run(&format!("build cases/example --as-of {date}")).failed();
        ran.says(date).says("hint: write `--as-of 2024-10-01`");
    }
}

#[test]
fn the_exit_code_says_whose_turn_it_is() {
    let room = Room::with("example");
    room.run("check cases/example --strict").done();
    room.change("cases/example/case.yaml", "country: XA", "country: XA\ncuontry: XA");
    room.run("check cases/example").problems().says("case/unknown-key").says("did you mean `country`?");
    room.run("check cases/nowhere").failed().says("cases/nowhere").says("check the spelling of the path");
    room.run("explain quote/altred").failed();
}

#[test]
fn results_go_to_stdout_and_messages_to_stderr() {
    let room = Room::with("khamroev");
    let ran = room.run("check cases/khamroev").done().gives("khamroev: ").says("source/archive-missing");
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    assert!(!ran.err.contains("facts, "), "{}", ran.err);

    let ran = room.run("build cases/khamroev --only urgent-appeal --format md").done();
    assert_eq!(ran.out, "output/khamroev/2024-10-01/urgent-appeal.en.md\n");
    assert!(ran.err.contains("document/stale"), "{}", ran.err);

    let ran = room.run("dossier cases/khamroev --output -").done().gives("# ");
    assert!(!ran.err.contains("\n# "), "{}", ran.err);
}

#[test]
fn a_message_for_people_shows_the_line() {
    let room = Room::with("example");
    room.change("cases/example/case.yaml", "country: XA", "cuontry: XA");
    let ran = room.run("check cases/example").problems();
    let line = room.line("cases/example/case.yaml", "cuontry");
    let ran = ran.says("error[case/unknown-key]: `cuontry` is not a key of this place\n");
    let ran = ran.says(&format!("--> cases/example/case.yaml:{line}:1\n")).says(&format!("\n{line} | cuontry: XA\n"));
    let ran = ran.says(" | ^^^^^^^\n");
    assert!(!ran.err.contains('\x1b'), "no colour where no terminal is: {}", ran.err);
}

#[test]
fn a_short_message_is_one_line() {
    let room = Room::with("example");
    room.change("cases/example/case.yaml", "country: XA", "cuontry: XA");
    let ran = room.run("check cases/example --message-format short").came_to_problems();
    let first = ran.err.lines().next().unwrap_or_default();
    let line = room.line("cases/example/case.yaml", "cuontry");
    let whole = format!(
        "cases/example/case.yaml:{line}:1: error[case/unknown-key]: `cuontry` is not a key of this place \
         (did you mean `country`?)"
    );
    assert_eq!(first, whole);
    assert!(ran.err.lines().all(|line| line.contains("error[") || line.contains("warning[") || line.contains("note[")));
    let ran = room.run("check nowhere --message-format short").failed();
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

impl Ran {
    #[track_caller]
    fn came_to_problems(self) -> Self {
        assert_eq!(self.code, Some(1), "{}", self.err);
        self
    }
}

#[test]
fn json_messages_are_objects_line_by_line() {
    let room = Room::with("khamroev");
    room.change("cases/khamroev/case.yaml", "to: [ru/prosecutor-general", "to: [ru/prosecutor-genral");
    let ran = room.run("--message-format json build cases/khamroev").came_to_problems();
    assert!(ran.err.lines().count() > 3, "{}", ran.err);
    for line in ran.err.lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|fault| panic!("{fault}: {line}"));
        let code = message["code"].as_str().expect("a code");
        assert!(amparo::diag::Code::from_name(code).is_some(), "{code}");
        assert!(["error", "warning", "note"].contains(&message["severity"].as_str().expect("a severity")));
        assert!(message["message"].as_str().is_some_and(|words| !words.is_empty()), "{line}");
        assert!(message["place"]["file"].as_str().is_some_and(|file| !file.is_empty()), "{line}");
        assert!(message["place"]["line"].is_u64() && message["hints"].is_array(), "{line}");
    }
    let wrong: serde_json::Value = serde_json::from_str(
        ran.err.lines().find(|line| line.contains("\"directory/unknown\"") && line.contains("genral")).expect("named"),
    )
    .expect("json");
    assert_eq!(wrong["place"]["file"], "cases/khamroev/case.yaml");
    assert_eq!(wrong["hints"][0], "did you mean `ru/prosecutor-general`?");

    let ran = room.run("check cases/nowhere --message-format json").came_to_failure();
    let message: serde_json::Value = serde_json::from_str(&ran.err).expect("json");
    assert_eq!((&message["code"], &message["severity"]), (&"failure".into(), &"error".into()));
}

impl Ran {
    #[track_caller]
    fn came_to_failure(self) -> Self {
        assert_eq!(self.code, Some(2), "{}", self.err);
        self
    }
}

/// A terminal that is none: `script` gives the program one, where the system has it.
fn in_a_terminal(room: &Room, colour: Option<&str>) -> Option<String> {
    let line = format!("{} check cases/example", env!("CARGO_BIN_EXE_amparo"));
    let mut script = room.dressed(Command::new("script"), ["-qec", &line, "/dev/null"]);
    if let Some(value) = colour {
        script.env("NO_COLOR", value);
    }
    let output = script.output().ok().filter(|output| !output.stdout.is_empty())?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn colour_is_for_terminals_and_can_be_declined() {
    let room = Room::with("example");
    room.change("cases/example/case.yaml", "country: XA", "cuontry: XA");
    let Some(coloured) = in_a_terminal(&room, None) else {
        skipped("colours: there is no `script` that lends a terminal");
        return;
    };
    assert!(coloured.contains('\x1b'), "{coloured}");
    let plain = in_a_terminal(&room, Some("1")).expect("as before");
    assert!(plain.contains("case/unknown-key") && !plain.contains('\x1b'), "{plain}");
    assert!(in_a_terminal(&room, Some("")).expect("as before").contains('\x1b'), "an empty NO_COLOR is none");
}

#[test]
fn a_reader_that_leaves_early_is_no_fault() {
    let room = Room::with("khamroev");
    let mut child = room
        .command(["dossier", "cases/khamroev", "--output", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("text");
    assert_eq!(child.wait().expect("it ends").code(), Some(0), "{err}");
    assert!(!err.contains("panicked") && !err.contains("cannot print"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_is_told() {
    let room = Room::with("khamroev");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let ran = Ran::of(room.command(["dossier", "cases/khamroev", "--output", "-"]).stdout(full));
    ran.failed().says("cannot print the result");
}

#[test]
fn the_archive_can_come_from_the_environment() {
    let room = Room::with("example");
    std::fs::rename(room.path("cases/example/archive"), room.path("copies")).expect("renamed");
    let run = |archive: Option<&str>| {
        let mut command = room.command(["check", "cases/example", "--strict"]);
        if let Some(folder) = archive {
            command.env("AMPARO_ARCHIVE", folder);
        }
        Ran::of(&mut command)
    };
    run(None).problems().says("source/archive-missing");
    run(Some("copies")).done().gives("verified now");
    run(Some("nowhere")).problems().says("there is no archive folder `nowhere`");
}

#[test]
fn the_lock_is_written_only_when_asked() {
    let room = Room::with("example");
    let before = room.read("cases/example/citations.lock");
    room.run("check cases/example").done();
    assert_eq!(room.read("cases/example/citations.lock"), before);
    std::fs::remove_file(room.path("cases/example/citations.lock")).expect("removed");
    room.run("check cases/example --lock").done().gives("wrote cases/example/citations.lock");
    room.run("check cases/example --strict").done().keeps_silent_about("not-locked");
    std::fs::rename(room.path("cases/example/archive"), room.path("copies")).expect("renamed");
    room.run("check cases/example").done().gives("verified before (lock)");
}

#[test]
fn the_real_case_is_verified_and_one_wrong_word_is_found() {
    let Some(sources) = real_sources("the real case is verified and one wrong word is found") else { return };
    let room = Room::with("khamroev");
    let archive = sources.to_string_lossy();
    let check = ["check", "cases/khamroev", "--archive", &archive, "--strict"];
    let ran = Ran::of(&mut room.command(check)).done();
    // Nobody has recorded the consents of the real case, and each check says so.
    let told = |line: &&str| line.starts_with("error") || line.starts_with("warning") || line.starts_with("note");
    let told: Vec<&str> = ran.err.lines().filter(told).collect();
    assert!(told.len() == 2 && told.iter().all(|line| line.contains("[document/consent]")), "{}", ran.err);
    room.change("cases/khamroev/facts.yaml", "13-years and 9-months", "14-years and 9-months");
    Ran::of(&mut room.command(check)).problems().says("error[quote/altered]").says("cases/khamroev/facts.yaml:");
}

#[test]
fn every_paper_named_on_stdout_is_there() {
    let room = Room::with("example");
    let ran = room.run(PAPERS).done();
    assert!(!ran.out.is_empty());
    for line in ran.out.lines() {
        assert!(room.path(line).is_file(), "{line}");
    }
}
