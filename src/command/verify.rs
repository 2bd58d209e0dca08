//! `amparo verify` and `amparo inspect`: checks files, and builds the case again if the user names it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::prelude::*;

use crate::assemble::plan::Selection;
use crate::check;
use crate::command::build::printer;
use crate::command::cli::{self, ClockArg};
use crate::command::options::{self, BuildOptions, CaseOptions};
use crate::command::outcome::Outcome;
use crate::command::papers;
use crate::command::prepared::Prepared;
use crate::diag::{Code, Diagnostic, Failure, Place, Severity};
use crate::disk::read;
use crate::disk::write;
use crate::document::PaperSize;
use crate::document::events::ReadingOrder;
use crate::reference::layers;
use crate::render::formats;
use crate::render::ledger::{Carried, Folded};
use crate::render::pdf::Pdf;
use crate::render::print::Printer;
use crate::verify::rebuild::{self, Ordered, Rebuilt};
use crate::verify::{self, ArchiveCopies, FileVerdict, Result as Came};

/// The files to verify, and the material for the checks.
pub struct Task {
    files: Vec<PathBuf>,
    archive: Option<PathBuf>,
    rebuilding: Option<cli::CaseArgs>,
    fonts: Vec<PathBuf>,
    report: Option<PathBuf>,
    templates: PathBuf,
    layout_timeout: Duration,
    options: CaseOptions,
}

impl Task {
    /// Resolves the typed options.
    ///
    /// # Errors
    /// A date does not exist.
    pub fn new(args: &cli::VerifyArgs) -> Result<Self, Failure> {
        let case = cli::CaseArgs {
            case: args.case.clone().unwrap_or_default(),
            archive: args.archive.clone(),
            strict: false,
            as_of: None,
            clock: ClockArg::Knowledge,
            templates: args.templates.clone(),
            without: Vec::new(),
        };
        Ok(Self {
            files: args.files.clone(),
            archive: args.archive.clone(),
            options: CaseOptions::new(&case)?,
            rebuilding: args.case.is_some().then_some(case),
            fonts: args.font_path.clone(),
            report: args.report.clone(),
            templates: args.templates.clone(),
            layout_timeout: options::seconds(args.layout_timeout),
        })
    }
}

/// Verifies files, in their order; `done` is called after each. If a file cannot be read, the others are still
/// verified.
///
/// # Errors
/// A folder of copies cannot be read, or a report cannot be written.
pub fn verify(task: &Task, as_json: bool, done: &(dyn Fn() + Sync)) -> Result<Outcome, Failure> {
    if let Some(report) = &task.report {
        guard(report)?;
    }
    let copies = match &task.archive {
        Some(folder) => ArchiveCopies::new(read::folder(folder)?),
        None => ArchiveCopies::default(),
    };
    let readers = readers()?;
    let mut builder = Builder { task, built: BTreeMap::new() };
    let mut outcome = Outcome::default();
    let (mut verdicts, mut results) = (Vec::new(), Vec::new());
    let whole = task.files.len() == 1;
    // Few files are open at once, because many would fill the memory.
    for files in task.files.chunks(AT_ONCE) {
        let looked: Vec<Looked> = readers.install(|| files.par_iter().map(|path| look(path, &copies)).collect());
        for Looked { bytes, mut verdict } in looked {
            builder.rebuild(&bytes, &mut verdict);
            outcome.said.push(if as_json { verify::json(&verdict) } else { verify::human(&verdict, whole) });
            results.push(verdict.result());
            verdicts.extend(task.report.is_some().then_some(verdict));
            done();
        }
    }
    if !as_json && results.len() > 1 {
        outcome.said.push(verify::summary(&results));
    }
    if let Some(path) = &task.report {
        write::replace(path, &print(&verdicts, task)?)?;
        outcome.said.extend((!as_json).then(|| path.display().to_string()));
    }
    outcome.problems = incomplete(&task.files);
    outcome.blocked = results.contains(&Came::Wrong);
    outcome.unchecked = results.contains(&Came::Unchecked) || !outcome.problems.is_empty();
    Ok(outcome)
}

/// Each set of papers whose build was broken off. The papers in it may be of two builds, each of them right.
fn incomplete(files: &[PathBuf]) -> Vec<Diagnostic> {
    let sets: BTreeSet<&Path> = files.iter().map(|file| write::set_of(file)).collect();
    let broken_off = sets.into_iter().filter(|set| write::is_incomplete(set));
    let told = broken_off.map(|set| {
        let place = Place::file(set.to_string_lossy().into_owned());
        let words = "this set of papers is not complete: its build was broken off, or is still at work";
        Diagnostic::warning(Code::OutputIncomplete, place, words)
            .hint("build the whole case again, then verify the papers again")
    });
    told.collect()
}

/// A report may only replace an earlier report.
fn guard(report: &Path) -> Result<(), Failure> {
    let is_pdf = report.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    if !is_pdf {
        let words = format!("the report is a PDF, and `{}` is no name of one", report.display());
        return Err(Failure::request(words, "give it a name that ends in `.pdf`"));
    }
    if !is_free(report) {
        let words = format!("`{}` is there and is no earlier report: it is not written over", report.display());
        return Err(Failure::request(words, "choose another name for the report"));
    }
    Ok(())
}

/// True if there is nothing at a path, or a report of an earlier check.
fn is_free(path: &Path) -> bool {
    match read::limited(path) {
        Ok(bytes) => verify::open(&bytes).carried.is_some_and(|carried| carried.document.template == verify::REPORT),
        Err(Failure::Read { cause, .. }) => cause.kind() == std::io::ErrorKind::NotFound,
        Err(_) => false,
    }
}

/// The number of files that are open at the same time.
const AT_ONCE: usize = 16;

/// The stack of a thread, in bytes: the tree of a hostile file can be deep.
const STACK: usize = 16 << 20;

/// Threads that read files.
fn readers() -> Result<rayon::ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options::threads()).stack_size(STACK).build();
    pool.map_err(|cause| Failure::Internal(format!("no thread can be started: {cause}")))
}

/// A file that was opened and checked.
struct Looked {
    bytes: Vec<u8>,
    verdict: FileVerdict,
}

fn look(path: &Path, copies: &ArchiveCopies) -> Looked {
    let name = path.display().to_string();
    match read::limited(path) {
        Ok(bytes) => Looked { verdict: verify::verify(&name, &bytes, copies), bytes },
        Err(failure) => {
            let verdict = verify::unread(&name, format!("{failure}: {}", failure.hint()));
            Looked { bytes: Vec::new(), verdict }
        }
    }
}

/// Builds papers again, once for each kind of order.
struct Builder<'a> {
    task: &'a Task,
    built: BTreeMap<Ordered, Result<Vec<write::Output>, String>>,
}

impl Builder<'_> {
    fn rebuild(&mut self, bytes: &[u8], verdict: &mut FileVerdict) {
        let (Some(case), Some(carried)) = (&self.task.rebuilding, &verdict.carried) else { return };
        let ordered = rebuild::ordered(bytes, carried);
        let built =
            self.built.entry(ordered.clone()).or_insert_with(|| build(case, &ordered, &order(&ordered, self.task)));
        let rebuilt = match built {
            Ok(outputs) => {
                find(outputs, &carried.document.name, &ordered.format).map_or(Rebuilt::NoSuchPaper, Rebuilt::Bytes)
            }
            Err(why) => Rebuilt::Impossible(why.clone()),
        };
        let check = rebuild::check(bytes, carried, &rebuilt);
        if let Some(last) = verdict.checks.last_mut() {
            *last = check;
        }
    }
}

/// The papers of a case with the options of their order.
fn build(case: &cli::CaseArgs, ordered: &Ordered, order: &BuildOptions) -> Result<Vec<write::Output>, String> {
    let args = cli::CaseArgs {
        as_of: Some(ordered.as_of.clone()),
        clock: if ordered.event_clock { ClockArg::Event } else { ClockArg::Knowledge },
        ..case.clone()
    };
    let said = |failure: Failure| format!("its case cannot be built: {failure}");
    let options = CaseOptions::new(&args).map_err(said)?;
    let prepared = Prepared::new(&options).map_err(said)?;
    let Some(day) = prepared.day(&options) else { return Err("its case has errors: run `amparo check`".to_owned()) };
    let mut printer = printer(order).map_err(said)?;
    let mut outputs = Vec::new();
    let mut keep = |output| {
        outputs.push(output);
        Ok(())
    };
    let built = papers::build(&day, order, &mut printer, &mut keep).map_err(said)?;
    let blocks = |problem: &&Diagnostic| check::blocks(problem, false);
    match day.problems.iter().chain(&built.problems).find(blocks) {
        Some(problem) => Err(format!("its case cannot be built: {}", problem.headline)),
        None => Ok(outputs),
    }
}

fn order(ordered: &Ordered, task: &Task) -> BuildOptions {
    BuildOptions {
        // Copies are attached to some papers only; otherwise a letter also makes its companions.
        selection: Selection {
            only: if ordered.attach_sources { vec![ordered.template.clone()] } else { Vec::new() },
            // A pack has the same papers, and the envelopes.
            pack: true,
            outside_country: true,
            ..Selection::default()
        },
        formats: formats::named(&ordered.format).into_iter().collect(),
        paper: if ordered.us_letter { PaperSize::UsLetter } else { PaperSize::A4 },
        font_paths: task.fonts.clone(),
        layout_timeout: task.layout_timeout,
        large_print: ordered.large_print,
        sheets: ordered.copies,
        attach_sources: ordered.attach_sources,
        ..BuildOptions::whole(Path::new(""))
    }
}

/// The paper with this name. In a pack its file has another name, so the name in its ledger counts.
fn find(outputs: &[write::Output], name: &str, ending: &str) -> Option<Vec<u8>> {
    let is_it = |output: &&write::Output| {
        output.name == format!("{name}.{ending}")
            || output.name.contains('/')
                && verify::open(&output.bytes).carried.is_some_and(|carried| carried.document.name == name)
    };
    outputs.iter().find(is_it).map(|output| output.bytes.clone())
}

/// The report as a PDF, with a ledger of its own.
fn print(verdicts: &[FileVerdict], task: &Task) -> Result<Vec<u8>, Failure> {
    let fault = |problems: Vec<Diagnostic>| {
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        let words = errors.clone().map(|problem| problem.headline.as_str()).collect::<Vec<_>>().join("; ");
        if errors.clone().any(|problem| problem.code == Code::Internal) {
            return Failure::Internal(words);
        }
        let words = format!("the report cannot be made: {words}");
        Failure::request(words, "mend the layout `report` of your templates, or verify without `--report`")
    };
    let mut printer = Printer::new(Vec::new()).within(task.layout_timeout);
    printer.lay_out(layers::layouts(&layers::layers(None, &task.templates)?)).map_err(fault)?;
    let renderer = printer.renderer(&Pdf).map_err(fault)?;
    let mut document = verify::report(verdicts, task.options.moment.today, &|c| renderer.has(c));
    let carried = Carried::of_pages(&document, &Folded::of(&document, ReadingOrder::PAGES));
    document.attachments = vec![carried.attachment().map_err(Failure::Internal)?];
    Ok(printer.print(&Pdf, &document).map_err(fault)?.bytes)
}

/// `amparo inspect`.
///
/// # Errors
/// A file cannot be read.
pub fn inspect(files: &[PathBuf]) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    for path in files {
        let bytes = read::limited(path)?;
        outcome.said.push(format!("{}", path.display()));
        match verify::inspect::inspect(&bytes) {
            Ok(lines) => outcome.said.extend(lines.into_iter().map(|(what, value)| format!("  {what}: {value}"))),
            Err(why) => {
                outcome.said.push(format!("  {why}"));
                outcome.unchecked = true;
            }
        }
    }
    Ok(outcome)
}
