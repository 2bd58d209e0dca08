//! How fast and how large: `cargo bench`. Figures only; nothing here fails because a machine is slow.
#![allow(clippy::print_stdout, reason = "the figures are the result")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use amparo::assemble::plan::Selection;
use amparo::command::check;
use amparo::command::options::{BuildOptions, CaseOptions};
use amparo::document::PaperSize;
use amparo::text::{Canonical, Haystack, Quotation, QuotationVerdict};
use chrono::NaiveDate;
use divan::Bencher;

mod archive;
#[path = "../fuzz/made.rs"]
mod fuzz;
mod reference;
mod verify;

const PROGRAM: &str = env!("CARGO_BIN_EXE_amparo");

/// How many texts there are, how many quotations of each, and how long each text is.
const SOURCES: usize = 100;
const QUOTATIONS: usize = 100;
const SOURCE_BYTES: usize = 1 << 20;

fn main() {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(reference::WORD) {
        return reference::run(arguments);
    }
    memory_of_a_build();
    archive::memory();
    damaged_files();
    reference::compare();
    divan::main();
    println!("peak memory of the benches: {}", own_peak());
}

/// The time and memory of the import of files with damage and malice.
fn damaged_files() {
    const FILES: usize = 10_000;
    let originals = fuzz::originals(&root().join("tests/readers"));
    let begun = std::time::Instant::now();
    let read = fuzz::read_damaged(&originals, FILES);
    let seconds = begun.elapsed().as_secs_f32();
    println!(
        "{FILES} damaged files: {read} read, the others refused, {seconds:.1} s; peak memory so far: {}",
        own_peak()
    );
    let faults = fuzz::faults(FILES as u64).len();
    println!("{FILES} pages and {FILES} PDF files with hidden words: {faults} show them, or do not show the others");
}

fn own_peak() -> String {
    peak("/proc/self/status")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The largest amount of memory that a process had.
fn peak(status: &str) -> String {
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(str::trim);
    let kilobytes = line.and_then(|line| line.strip_suffix(" kB")).and_then(|number| number.parse::<u64>().ok());
    kilobytes.map_or_else(|| "unknown on this system".to_owned(), |kilobytes| format!("{} MiB", kilobytes >> 10))
}

fn build(output: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("build").arg(root().join("cases/khamroev")).arg("--output").arg(output).args(options);
    command.env("SOURCE_DATE_EPOCH", "1727740800").env_remove("AMPARO_ARCHIVE");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The peak of a process, as the system last reports it.
fn peak_of(command: &mut Command) -> String {
    let mut child = command.spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut last = peak(&status);
    while child.try_wait().expect("a child").is_none() {
        let now = peak(&status);
        if now.ends_with("MiB") {
            last = now;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    last
}

fn memory_of_a_build() {
    let folder = tempfile::tempdir().expect("a folder");
    println!("peak memory of a build of all papers: {}", peak_of(&mut build(folder.path(), &[])));
}

fn job() -> CaseOptions {
    let mut job = CaseOptions::of(root().join("cases/khamroev"), NaiveDate::from_ymd_opt(2024, 10, 1).expect("a day"));
    job.input.archive = archive();
    job
}

/// One kind of paper to one office, in one language; the values stand where the options of the program have them.
fn order([_, template, _, language, _, office]: [&str; 6]) -> BuildOptions {
    BuildOptions {
        selection: Selection {
            only: vec![template.to_owned()],
            languages: vec![language.to_owned()],
            to: vec![office.to_owned()],
            ..Selection::default()
        },
        formats: vec![&amparo::render::pdf::Pdf],
        paper: PaperSize::A4,
        output: PathBuf::new(),
        font_paths: Vec::new(),
        large_print: false,
        attach_sources: false,
        sheets: None,
        threads: 1,
        ..BuildOptions::whole(std::path::Path::new(""))
    }
}

/// The real copies where they are at hand; else the lock speaks.
fn archive() -> Option<PathBuf> {
    let named = std::env::var_os("AMPARO_REAL_SOURCES").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("../shared/sources")).join("khamroev");
    folder.is_dir().then_some(folder)
}

/// Reading and checking the Khamroev case; target: 50 ms.
#[divan::bench]
fn check_khamroev() -> amparo::command::outcome::Outcome {
    check::check(&job(), false).expect("the case can be read")
}

/// All papers of the case, a new process each time; target: 2 s.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn build_khamroev(bencher: Bencher) {
    cold(bencher, &[]);
}

/// One letter, a new process each time.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn build_one_letter(bencher: Bencher) {
    cold(bencher, &["--only", "letter-official", "--to", "ru/fsin", "--languages", "en"]);
}

fn cold(bencher: Bencher, options: &[&str]) {
    bencher.with_inputs(|| tempfile::tempdir().expect("a folder")).bench_local_values(|folder| {
        let done = build(folder.path(), options).status().expect("the program starts");
        assert!(done.success(), "the papers are built");
        folder
    });
}

/// Numbers that are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    fn word(&mut self) -> String {
        let letters = b"aeiounrtslkdmv";
        (0..3 + self.below(6)).map(|_| char::from(letters[self.below(letters.len())])).collect()
    }
}

/// A source of a megabyte in paragraphs of about a hundred words, and quotations of twelve words from it.
fn source(numbers: &mut Numbers) -> (String, Vec<Quotation>) {
    let vocabulary: Vec<String> = (0..20_000).map(|_| numbers.word()).collect();
    let mut text = String::with_capacity(SOURCE_BYTES + 1024);
    let mut quotations = Vec::new();
    let wanted = SOURCE_BYTES / QUOTATIONS;
    while text.len() < SOURCE_BYTES {
        let words: Vec<&str> = (0..100).map(|_| vocabulary[numbers.below(vocabulary.len())].as_str()).collect();
        if quotations.len() < QUOTATIONS && text.len() >= quotations.len() * wanted {
            let start = numbers.below(88);
            let mut quoted = words[start..start + 12].to_vec();
            if quotations.len() % 10 == 9 {
                quoted[6] = "changed";
            }
            quotations.push(Quotation::parse(&quoted.join(" ")).expect("twelve words"));
        }
        text.push_str(&words.join(" "));
        text.push('\n');
    }
    (text, quotations)
}

/// 10,000 quotations against 100 MB of text, nine in ten true: from the bytes of the copies to the verdicts.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn ten_thousand_quotations(bencher: Bencher) {
    let mut numbers = Numbers(1);
    let sources: Vec<(String, Vec<Quotation>)> = (0..SOURCES).map(|_| source(&mut numbers)).collect();
    let total: usize = sources.iter().map(|(_, quotations)| quotations.len()).sum();
    let bytes: usize = sources.iter().map(|(text, _)| text.len()).sum();
    println!("{total} quotations, {} MB", bytes / 1_000_000);
    bencher.bench_local(|| {
        let verified: usize = sources.iter().map(|(text, quotations)| verified(text, quotations)).sum();
        assert_eq!(verified, total * 9 / 10, "each verdict is the right one");
    });
}

fn verified(text: &str, quotations: &[Quotation]) -> usize {
    let paragraphs = Canonical::from_plain(text).paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
    let haystack = Haystack::new(paragraphs);
    let is_verified =
        |quotation: &&Quotation| matches!(haystack.verify(quotation, None, &|_| true), QuotationVerdict::Verified(_));
    quotations.iter().filter(is_verified).count()
}
