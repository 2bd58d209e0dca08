//! Every command of the guides really runs. A block of `sh` holds commands of the program, or one of the few others
//! that are known and not run here.

use crate::program::Room;
use crate::support::{read, root};

const GUIDES: [&str; 3] = ["README.md", "cases/README.md", "templates/README.md"];

/// What a guide may show and a test does not do: it would run the tests in the tests, or change the machine.
const NOT_RUN: [&str; 2] = ["cargo test", "cargo install --path ."];

/// The lines of the blocks of `sh`, each with its number.
fn commands(text: &str) -> Vec<(usize, &str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        match line.trim() {
            "```sh" => inside = true,
            "```" => inside = false,
            "" => {}
            command if inside && !command.starts_with('#') => found.push((number + 1, command)),
            _ => {}
        }
    }
    found
}

#[test]
fn every_command_of_the_guides_runs() {
    let mut ran = 0;
    for guide in GUIDES {
        let room = Room::with("khamroev");
        room.copy_case("example");
        for (number, line) in commands(&read(&root().join(guide))) {
            if NOT_RUN.iter().any(|known| line.starts_with(known)) {
                continue;
            }
            let command = line.strip_prefix("cargo run -- ");
            let command =
                command.unwrap_or_else(|| panic!("{guide}:{number}: `{line}` is no command that is known here"));
            let quoted = command.contains(['\'', '"', '|', '>', '\\', '$', '&', ';']);
            assert!(!quoted, "{guide}:{number}: `{line}` needs a shell");
            let came = room.run(command);
            assert_eq!(came.code, Some(0), "{guide}:{number}: {line}\n{}", came.err);
            assert!(!came.out.is_empty(), "{guide}:{number}: {line} gives nothing");
            ran += 1;
        }
    }
    assert!(ran >= 9, "only {ran} commands were run");
}

#[test]
fn the_readme_has_the_two_commands() {
    let readme = read(&root().join("README.md"));
    let commands: Vec<&str> = commands(&readme).into_iter().map(|(_, line)| line).collect();
    for wanted in ["cargo run -- build cases/khamroev", "cargo test"] {
        assert!(commands.contains(&wanted), "{commands:?}");
    }
}

/// The digest of what is drawn on the first page of a paper. The ledger within the paper changes more often.
fn drawn(paper: &[u8]) -> String {
    let paper = lopdf::Document::load_mem(paper).expect("a paper");
    let page = paper.page_iter().next().expect("a page");
    let content = paper.get_page_content(page);
    amparo::disk::digest::hex(&content)
}

#[test]
fn the_picture_is_of_the_page_as_it_is_now() {
    let room = Room::with("example");
    room.run("build cases/example --only urgent-appeal").done();
    let paper = std::fs::read(room.path("output/example/2026-06-01/urgent-appeal.en.pdf")).expect("a paper");
    let (digest, known) = (drawn(&paper), root().join(".readme/urgent-appeal.sha256"));
    if std::env::var_os("AMPARO_UPDATE").is_some() {
        return std::fs::write(known, digest + "\n").expect("a digest");
    }
    assert_eq!(digest, read(&known).trim(), "the picture of the README is old: run `.ci/picture`");
    assert!(root().join(".readme/urgent-appeal.png").is_file());
}

#[test]
fn what_a_guide_calls_a_file_is_one() {
    for guide in GUIDES {
        let text = read(&root().join(guide));
        let folder = root().join(guide).parent().expect("a folder").to_owned();
        for part in text.split("](").skip(1) {
            let target = part.split([')', '#']).next().unwrap_or_default();
            let inside = !target.is_empty() && !target.contains("://");
            assert!(!inside || folder.join(target).exists(), "{guide}: there is no {target}");
        }
    }
}
