//! What one letter costs, against what any program must spend that sets the same page with Typst as a library.
//!
//! The reference is this binary, started with the word `reference`: it reads the fonts and the text, compiles, exports
//! and writes, and knows nothing of cases. Its file must be the same, byte for byte; else the comparison is of two
//! different things.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use amparo::job::Job;
use amparo::render::pdf::Press;
use amparo::{make, pipeline};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// The first argument of a process that is the reference.
pub(crate) const WORD: &str = "reference";

const LETTER: [&str; 6] = ["--only", "letter-official", "--languages", "ru", "--to", "ru/fsin"];
const PAPER: &str = "khamroev/2024-10-01/letter-official.fsin.ru.pdf";

/// Prints the instructions of both processes and how they compare; target: 1.5.
pub(crate) fn compare() {
    if Command::new("valgrind").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("instructions of one letter: not measured, there is no `valgrind` here");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("output");
    let program = crate::build(&output, &LETTER);
    let reference = prepare(folder.path());
    let (whole, least) = (instructions(&program), instructions(&reference));
    let read = |path: PathBuf| std::fs::read(path).expect("the paper");
    assert!(read(output.join(PAPER)) == read(folder.path().join("page.pdf")), "both set the same page");
    let hundredths = whole * 100 / least;
    println!(
        "instructions of one letter, cold: {} million; Typst as a library for the same page: {} million; ratio {}.{:02}",
        whole / 1_000_000,
        least / 1_000_000,
        hundredths / 100,
        hundredths % 100
    );
}

/// The instructions of all threads of a process, as valgrind counts them.
fn instructions(command: &Command) -> u64 {
    let mut counted = Command::new("valgrind");
    counted.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    counted.arg(command.get_program()).args(command.get_args()).current_dir(crate::root());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => counted.env(name, value),
            None => counted.env_remove(name),
        };
    }
    let done = counted.output().expect("valgrind starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let total = said.lines().find_map(|line| line.split_once("Collected :")).expect("a total");
    total.1.trim().parse().expect("a number")
}

/// Writes down what the reference needs, and gives the command for it.
fn prepare(folder: &Path) -> Command {
    let job = Job { archive: None, ..crate::job() };
    let ready = pipeline::prepare(&job).expect("the case can be read");
    let checked = ready.checked.as_ref().expect("a case");
    let (documents, layouts) = make::documents(&ready, checked, &job, &crate::order(LETTER));
    let [document] = documents.as_slice() else { panic!("one letter, not {}", documents.len()) };
    let press = Press::new(Vec::new(), layouts.clone()).expect("a press");
    let (text, faces) = press.reveal(document).expect("a page");
    for (path, text) in layouts {
        write(&folder.join("world/layouts").join(path), text.as_bytes());
    }
    write(&folder.join("world/main.typ"), text.as_bytes());
    for (index, face) in faces.iter().enumerate() {
        write(&folder.join(format!("fonts/{index:02}")), face);
    }
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command.arg(WORD).arg(folder).args([&document.title, &document.identity, &document.as_of.to_string()]);
    command
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    std::fs::write(path, bytes).expect("the file is written");
}

/// The reference: sets `world/main.typ` with the fonts of `fonts`, and writes `page.pdf`.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) {
    let mut next = || arguments.next().expect("an argument");
    let (folder, title, identity, date) = (PathBuf::from(next()), next(), next(), next());
    let date: Vec<u16> = date.split('-').map(|part| part.parse().expect("a number")).collect();
    let small = |index: usize| u8::try_from(date[index]).expect("a month or day");
    let (year, month, day) = (i32::from(date[0]), small(1), small(2));
    let midnight = Datetime::from_ymd_hms(year, month, day, 0, 0, 0).expect("a date");
    let options = PdfOptions {
        ident: Smart::Custom(identity),
        creator: Smart::Custom(Some("amparo".to_owned())),
        timestamp: Some(Timestamp::new_utc(midnight)),
        standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).expect("standards that fit"),
        page_ranges: None,
        tagged: true,
        pretty: false,
    };
    let sheet = Sheet::new(&folder, Datetime::from_ymd(year, month, day));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(16 << 20).build().expect("a thread");
    let bytes = pool.install(|| {
        let mut pages = typst::compile::<PagedDocument>(&sheet).output.expect("a page");
        pages.info_mut().title = Some(title.into());
        typst_pdf::pdf(&pages, &options).expect("a PDF")
    });
    write(&folder.join("page.pdf"), &bytes);
}

/// The least that Typst must be given.
struct Sheet {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    folder: PathBuf,
    sources: Mutex<BTreeMap<String, Source>>,
    today: Option<Datetime>,
}

impl Sheet {
    fn new(folder: &Path, today: Option<Datetime>) -> Self {
        let entries = std::fs::read_dir(folder.join("fonts")).expect("fonts");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        let face = |path: &PathBuf| Font::new(Bytes::new(std::fs::read(path).expect("a font")), 0).expect("a face");
        let fonts: Vec<Font> = paths.iter().map(face).collect();
        let main = VirtualPath::new("/main.typ").expect("a path");
        Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
            folder: folder.join("world"),
            sources: Mutex::default(),
            today,
        }
    }
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = id.get().vpath().get_with_slash().to_owned();
        let mut sources = self.sources.lock().expect("no thread broke down");
        if let Some(source) = sources.get(&path) {
            return Ok(source.clone());
        }
        let text = std::fs::read_to_string(self.folder.join(path.trim_start_matches('/')));
        let source = Source::new(id, text.map_err(|_| FileError::NotFound(path.clone().into()))?);
        sources.insert(path, source.clone());
        Ok(source)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
