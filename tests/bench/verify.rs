//! What it costs to verify papers: a long submission against what it cost to build it, and a thousand letters in one call.
//!
//! All of it is generated from the invented example. The thousand letters are one letter under a thousand names: each is
//! read and checked by itself, so they cost what a thousand letters cost.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use amparo::verify::open;
use divan::Bencher;

/// How many facts are added, each with a quotation of its own: enough for about twenty pages.
const HEARINGS: usize = 60;
const LETTERS: usize = 1000;

/// The example with more facts than any real case, and papers of it.
struct Papers {
    folder: tempfile::TempDir,
}

static PAPERS: LazyLock<Papers> = LazyLock::new(Papers::new);

impl Papers {
    fn new() -> Self {
        let papers = Self { folder: tempfile::tempdir().expect("a folder") };
        copy(&crate::root().join("cases/example"), &papers.case());
        papers.add_hearings();
        let output = papers.folder.path().join("output");
        for template in ["wgad", "letter-official"] {
            run(papers.build(&output).args(["--only", template]));
        }
        let letter = std::fs::read(papers.letter()).expect("a letter");
        for path in papers.letters() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, &letter).expect("a letter");
        }
        papers.tell();
        papers
    }

    fn case(&self) -> PathBuf {
        self.folder.path().join("case")
    }

    fn built(&self, name: &str) -> PathBuf {
        self.folder.path().join("output/example/2026-06-01").join(name)
    }

    fn submission(&self) -> PathBuf {
        self.built("wgad.en.pdf")
    }

    fn letter(&self) -> PathBuf {
        self.built("letter-official.prosecutor-general.ru.pdf")
    }

    fn letters(&self) -> impl Iterator<Item = PathBuf> {
        let folder = self.folder.path().join("letters");
        (1..=LETTERS).map(move |number| folder.join(format!("letter-{number}.pdf")))
    }

    fn build(&self, output: &Path) -> Command {
        let mut command = silent();
        command.arg("build").arg(self.case()).arg("--output").arg(output);
        command
    }

    /// A source with a paragraph for each hearing, and a fact for each that quotes it.
    fn add_hearings(&self) {
        let (mut notes, mut facts) = (String::new(), String::new());
        for number in 1..=HEARINGS {
            let (month, name) = [(4, "April"), (5, "May"), (6, "June")][number / 25];
            let day = 1 + number % 25;
            let quote = format!("hearing of {day} {name} 2025 began an hour late");
            let _ = writeln!(notes, "The {quote}, and the bench heard what the defence had to say of the papers.");
            let words = format!(
                "The hearing of {day} {name} 2025 reportedly began an hour late. The bench reportedly heard what the \
                 defence had to say of the papers of that day before it rose at the end of the morning. She was reportedly \
                 brought to the court room in the morning and taken back from there in the afternoon, and her counsel \
                 was reportedly present. Her family reportedly waited in the corridor of the court and was reportedly \
                 told of the next hearing at the door of the room, by whoever came out of it last. Those who had come \
                 to listen reportedly found no room inside. The papers of the day were reportedly read out by the clerk, in the \
                 order in which they lay on the table, and no copy of them was reportedly given to the defence or to \
                 the family. Her counsel reportedly asked for a copy of them, and was reportedly told that the copies \
                 would be in the office of the court. At the end of the day she was reportedly led out by the door \
                 at the back of the room, past those who had waited in the corridor."
            );
            let _ = write!(
                facts,
                "\n  hearing-{number}:\n    event: 2025-{month:02}-{day:02}\n    about: trial\n    status: reported\n    \
                 text: {{en: \"{words}\", ru: \"Сообщается, что заседание началось на час позже.\"}}\n    cites:\n      \
                 - {{source: court-notes, at: para {number}, quote: {quote}}}\n    audience: [un, public]\n"
            );
        }
        let digest = amparo::disk::digest::hex(notes.as_bytes());
        let record = format!(
            "\ncourt-notes:\n  type: article\n  title: Notes from the court room\n  date: 2025-07-01\n  parent: {{type: \
             newspaper, title: The Northtown Lantern}}\n  language: en\n  file: court-notes.txt\n  digest: \
             sha256:{digest}\n  group: lantern\n  audience: [un, public]\n"
        );
        std::fs::write(self.case().join("archive/court-notes.txt"), notes).expect("written");
        append(&self.case().join("facts.yaml"), &facts);
        append(&self.case().join("sources.yaml"), &record);
    }

    /// How large the submission is, so that the figures mean something.
    fn tell(&self) {
        let bytes = std::fs::read(self.submission()).expect("a submission");
        let pages = amparo::render::reading::read(&bytes).expect("it can be read").pages.len();
        let carried = open(&bytes).carried.expect("its ledger");
        let citations: usize = carried.claims.iter().map(|claim| claim.citations.len()).sum();
        println!("the submission has {pages} pages and {citations} citations");
    }
}

fn append(path: &Path, more: &str) {
    let text = std::fs::read_to_string(path).expect("a file");
    std::fs::write(path, text + more).expect("written");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("copied");
        }
    }
}

/// The program, in the folder of its templates.
fn silent() -> Command {
    let mut command = Command::new(crate::PROGRAM);
    command.current_dir(crate::root()).env("SOURCE_DATE_EPOCH", "1780272000").env_remove("AMPARO_ARCHIVE");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn run(command: &mut Command) {
    let done = command.status().expect("the program starts");
    assert!(done.success(), "{command:?}");
}

/// A submission of about twenty pages, a new process each time.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn build_submission(bencher: Bencher) {
    bencher.with_inputs(|| tempfile::tempdir().expect("a folder")).bench_local_values(|folder| {
        run(PAPERS.build(folder.path()).args(["--only", "wgad"]));
        folder
    });
}

/// The same submission with its sources, a new process each time; target: less than building it.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn verify_submission(bencher: Bencher) {
    let papers = &*PAPERS;
    bencher.bench_local(|| {
        run(silent().arg("verify").arg(papers.submission()).arg("--archive").arg(papers.case().join("archive")));
    });
}

/// A thousand letters in one call.
#[divan::bench(sample_count = 2, sample_size = 1)]
fn verify_thousand_letters(bencher: Bencher) {
    let papers = &*PAPERS;
    bencher.bench_local(|| run(silent().arg("verify").args(papers.letters())));
}
