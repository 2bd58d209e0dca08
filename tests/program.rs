//! The program as people run it: in a folder of its own, on a fixed day, with nothing of the tester's surroundings.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::support::{files, root};

/// The day of every run: 1 June 2026.
const TODAY: &str = "1780272000";

/// A folder in which the program runs.
pub(crate) struct Room {
    dir: TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The files of a folder by their path in it.
pub(crate) type Snapshot = BTreeMap<PathBuf, Vec<u8>>;

impl Room {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder for the test") }
    }

    /// A folder with `cases/NAME` of the project, without copies that are not part of the project.
    pub(crate) fn with(case: &str) -> Self {
        let room = Self::new();
        room.copy_case(case);
        room
    }

    pub(crate) fn copy_case(&self, case: &str) {
        let from = root().join("cases").join(case);
        let copies = from.join("archive");
        for path in files(&from).iter().filter(|path| case == "example" || !path.starts_with(&copies)) {
            let inner = path.strip_prefix(root()).expect("inside the project");
            self.write(inner, std::fs::read(path).expect("a file of the project"));
        }
    }

    pub(crate) fn path(&self, inner: impl AsRef<Path>) -> PathBuf {
        self.dir.path().join(inner)
    }

    pub(crate) fn write(&self, inner: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(inner);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(path, bytes).expect("the file is written");
    }

    pub(crate) fn read(&self, inner: impl AsRef<Path>) -> String {
        crate::support::read(&self.path(inner))
    }

    /// Replaces words of a file; they must be there.
    #[track_caller]
    pub(crate) fn change(&self, inner: &str, from: &str, to: &str) {
        let text = self.read(inner);
        assert!(text.contains(from), "`{from}` is not in {inner}");
        self.write(inner, text.replacen(from, to, 1));
    }

    /// The first line of a file that begins with these words, from 1.
    #[track_caller]
    pub(crate) fn line(&self, inner: &str, words: &str) -> usize {
        let text = self.read(inner);
        1 + text.lines().position(|line| line.starts_with(words)).expect("such a line")
    }

    /// The program with these arguments, ready to start.
    pub(crate) fn command<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        self.dressed(Command::new(env!("CARGO_BIN_EXE_amparo")), arguments)
    }

    /// Another program in the same folder and surroundings.
    pub(crate) fn dressed<'a>(&self, mut command: Command, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        command.args(arguments).current_dir(self.dir.path()).stdin(Stdio::null());
        command.env_remove("AMPARO_ARCHIVE").env_remove("NO_COLOR").env("SOURCE_DATE_EPOCH", TODAY);
        command
    }

    /// Runs a line as one would type it, without quotation marks.
    pub(crate) fn run(&self, line: &str) -> Ran {
        Ran::of(&mut self.command(line.split_whitespace()))
    }

    /// The files of a folder as they are.
    pub(crate) fn snapshot(&self, folder: &str) -> Snapshot {
        let folder = self.path(folder);
        let read = |path: PathBuf| {
            let bytes = std::fs::read(&path).expect("a file");
            (path.strip_prefix(&folder).expect("inside").to_owned(), bytes)
        };
        files(&folder).into_iter().map(read).collect()
    }

    /// The names of the papers of a folder, sorted; working papers are no papers.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let names = self.snapshot(folder).into_keys().map(|path| path.to_string_lossy().into_owned());
        names.filter(|name| !name.starts_with("internal")).collect()
    }

    pub(crate) fn json(&self, inner: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(inner)).unwrap_or_else(|fault| panic!("{inner}: {fault}"))
    }
}

impl Ran {
    pub(crate) fn of(command: &mut Command) -> Self {
        command.output().map(Self::from).expect("the program starts")
    }

    #[track_caller]
    fn came_to(self, code: i32) -> Self {
        assert!(!self.err.contains("panicked"), "{}", self.err);
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    /// Exit code 0.
    #[track_caller]
    pub(crate) fn done(self) -> Self {
        self.came_to(0)
    }

    /// Exit code 1, with a message and a next step.
    #[track_caller]
    pub(crate) fn problems(self) -> Self {
        self.came_to(1).says("hint: ")
    }

    /// Exit code 2, with a message.
    #[track_caller]
    pub(crate) fn failed(self) -> Self {
        self.came_to(2).says("error: ")
    }

    /// A message holds these words.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.err.contains(words), "`{words}` is not said in:\n{}", self.err);
        self
    }

    /// No message holds these words.
    #[track_caller]
    pub(crate) fn keeps_silent_about(self, words: &str) -> Self {
        assert!(!self.err.contains(words), "`{words}` is said in:\n{}", self.err);
        self
    }

    /// The results hold these words.
    #[track_caller]
    pub(crate) fn gives(self, words: &str) -> Self {
        assert!(self.out.contains(words), "`{words}` is not among the results:\n{}", self.out);
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The folder of the real sources, if it is at hand. Who needs it and has it not says so.
pub(crate) fn real_sources(test: &str) -> Option<PathBuf> {
    let named = std::env::var_os("AMPARO_REAL_SOURCES").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("../shared/sources")).join("khamroev");
    if folder.is_dir() {
        return Some(folder.canonicalize().expect("a folder"));
    }
    skipped(&format!("{test}: the real sources are not at hand (AMPARO_REAL_SOURCES)"));
    None
}

/// Says that a test was not done, and why: past the harness, which keeps what passing tests print.
pub(crate) fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
