//! What one letter costs with its leaf, against what any program must spend that sets the same pages with Typst as a
//! library.
//!
//! The reference is this binary, started with the word `reference`: it reads fonts and texts, compiles, exports and
//! writes, and knows nothing of cases. Its files must be the same, byte for byte; else the comparison is of two different
//! things.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use amparo::command::options::CaseOptions;
use amparo::command::papers;
use amparo::command::prepared::Prepared;
use amparo::reference::layers;
use amparo::render::pdf::Typesetter;
use amparo::render::reading::seal::unsealed;
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
const FOLDER: &str = "khamroev/2024-10-01";

/// Prints the instructions of both processes and how they compare; target: 1.5.
pub(crate) fn compare() {
    if Command::new("valgrind").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("instructions of one letter: not measured, there is no `valgrind` here");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("output");
    let program = crate::build(&output, &LETTER);
    let (reference, papers) = prepare(folder.path());
    let (whole, least) = (instructions(&program), instructions(&reference));
    // The program leaves a checksum of its own in each file.
    let read = |path: PathBuf| unsealed(&std::fs::read(path).expect("the paper"));
    for paper in &papers {
        let name = format!("{paper}.pdf");
        let same = read(output.join(FOLDER).join(&name)) == read(folder.path().join(&name));
        assert!(same, "both set the same {name}");
    }
    // Rounded up: what misses the target must not look as if it met it.
    let hundredths = (whole * 100).div_ceil(least);
    println!(
        "instructions of one letter, cold, {} papers: {} million; Typst as a library for the same pages: {} million; \
         ratio {}.{:02}",
        papers.len(),
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

/// Writes down what the reference needs, and gives the command for it with the names of the papers.
fn prepare(folder: &Path) -> (Command, Vec<String>) {
    let mut job: CaseOptions = crate::job();
    job.input.archive = None;
    let ready = Prepared::new(&job).expect("the case can be read");
    let day = ready.day(&job).expect("a sound case");
    let documents = papers::documents(&day, &crate::order(LETTER));
    let layouts = layers::layouts(&ready.loaded.layers);
    let typesetter = Typesetter::new(Vec::new(), layouts.clone()).expect("a typesetter");
    for (path, layout) in layouts {
        write(&folder.join("layouts").join(path), layout.text.as_bytes());
    }
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command.arg(WORD).arg(folder);
    for document in &documents {
        let (text, faces) = typesetter.reveal(document).expect("a page");
        write(&folder.join(format!("{}.typ", document.name)), text.as_bytes());
        for attachment in &document.attachments {
            write(&folder.join("attachments").join(&document.name).join(&attachment.name), &attachment.bytes);
        }
        for (index, face) in faces.iter().enumerate() {
            write(&folder.join(format!("fonts/{index:02}")), face);
        }
        let date = document.as_of.to_string();
        command.args([&document.name, &document.title, &document.identity, &date]);
    }
    (command, documents.into_iter().map(|document| document.name).collect())
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    std::fs::write(path, bytes).expect("the file is written");
}

/// The reference: sets each paper that is named with its title, identity and date, with the fonts of `fonts`.
pub(crate) fn run(arguments: impl Iterator<Item = String>) {
    let arguments: Vec<String> = arguments.collect();
    let (folder, papers) = arguments.split_first().expect("a folder");
    let shared = Shared::new(Path::new(folder));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(16 << 20).build().expect("a thread");
    for paper in papers.chunks(4) {
        let [name, title, identity, date] = paper else { panic!("four words for each paper") };
        let bytes = pool.install(|| shared.set(name, title, identity, date));
        write(&shared.folder.join(format!("{name}.pdf")), &bytes);
    }
}

/// The least that Typst must be given, whatever it sets.
struct Shared {
    folder: PathBuf,
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    layouts: Mutex<BTreeMap<String, Source>>,
}

/// One text in front of it.
struct Sheet<'a> {
    shared: &'a Shared,
    main: Source,
    today: Option<Datetime>,
    /// The folder of the files that the paper carries.
    attachments: PathBuf,
}

impl Shared {
    fn new(folder: &Path) -> Self {
        let entries = std::fs::read_dir(folder.join("fonts")).expect("fonts");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        let face = |path: &PathBuf| Font::new(Bytes::new(std::fs::read(path).expect("a font")), 0).expect("a face");
        let fonts: Vec<Font> = paths.iter().map(face).collect();
        Self {
            folder: folder.to_owned(),
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            layouts: Mutex::default(),
        }
    }

    fn set(&self, name: &str, title: &str, identity: &str, date: &str) -> Vec<u8> {
        let date: Vec<u16> = date.split('-').map(|part| part.parse().expect("a number")).collect();
        let small = |index: usize| u8::try_from(date[index]).expect("a month or day");
        let (year, month, day) = (i32::from(date[0]), small(1), small(2));
        let midnight = Datetime::from_ymd_hms(year, month, day, 0, 0, 0).expect("a date");
        let options = PdfOptions {
            ident: Smart::Custom(identity.to_owned()),
            creator: Smart::Custom(Some("amparo".to_owned())),
            timestamp: Some(Timestamp::new_utc(midnight)),
            standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).expect("standards that fit"),
            page_ranges: None,
            tagged: true,
            pretty: false,
        };
        let text = std::fs::read_to_string(self.folder.join(format!("{name}.typ"))).expect("a text");
        let main = RootedPath::new(VirtualRoot::Project, VirtualPath::new("/main.typ").expect("a path")).intern();
        let today = Datetime::from_ymd(year, month, day);
        let attachments = self.folder.join("attachments").join(name);
        let sheet = Sheet { shared: self, main: Source::new(main, text), today, attachments };
        let mut pages = typst::compile::<PagedDocument>(&sheet).output.expect("a page");
        pages.info_mut().title = Some(title.into());
        typst_pdf::pdf(&pages, &options).expect("a PDF")
    }
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let path = id.get().vpath().get_with_slash().to_owned();
        let mut layouts = self.shared.layouts.lock().expect("no thread broke down");
        if let Some(layout) = layouts.get(&path) {
            return Ok(layout.clone());
        }
        let text = std::fs::read_to_string(self.shared.folder.join(path.trim_start_matches('/')));
        let layout = Source::new(id, text.map_err(|_| FileError::NotFound(path.clone().into()))?);
        layouts.insert(path, layout.clone());
        Ok(layout)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        let name = path.vpath().get_with_slash().strip_prefix("/attachments/").ok_or(FileError::AccessDenied)?;
        std::fs::read(self.attachments.join(name)).map(Bytes::new).map_err(|_| FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
