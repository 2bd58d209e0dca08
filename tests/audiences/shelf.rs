//! The papers of a case on a day, built by the program's own way, with who reads each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock};

use amparo::assemble::{form, plan};
use amparo::case::Case;
use amparo::case::load;
use amparo::case::view::View;
use amparo::command::build::build_loaded;
use amparo::command::cli::{Cli, Command};
use amparo::command::options::{BuildOptions, CaseOptions};
use amparo::command::outcome::Outcome;
use amparo::command::prepared::Prepared;
use amparo::reference::audience::Audience;
use amparo::render::print::Printer;
use chrono::NaiveDate;
use clap::{CommandFactory as _, Parser as _};

use super::hay::hay;
use super::needles::Runs;
use super::tree::Tree;
use crate::program::{Room, Snapshot};

/// Both cases, on the days whose words are known (`tests/golden.rs`), each built once for all tests that need it.
pub(crate) static SHELVES: [LazyLock<Shelf>; 6] = [
    LazyLock::new(|| shelf("khamroev", "2023-06-01")),
    LazyLock::new(|| shelf("khamroev", "2024-02-01")),
    LazyLock::new(|| shelf("khamroev", "2024-10-01")),
    LazyLock::new(|| shelf("example", "2026-03-01")),
    LazyLock::new(|| shelf("example", "2026-05-01")),
    LazyLock::new(|| shelf("example", "2026-06-01")),
];

fn shelf(case: &'static str, day: &'static str) -> Shelf {
    Shelf::new(&Room::with(case), case, day, &mut Printer::new(Vec::new()))
}

/// A case on a day, with all its papers.
pub(crate) struct Shelf {
    pub(crate) case: &'static str,
    pub(crate) day: &'static str,
    /// What was typed.
    pub(crate) tree: Tree,
    /// What was read and checked.
    pub(crate) ready: Prepared,
    /// What each audience may be told.
    pub(crate) views: BTreeMap<Audience, View>,
    /// Each paper that is planned, by the path of its file without ending.
    pub(crate) planned: BTreeMap<String, Reader>,
    /// Each file of the folder of papers, working papers apart.
    pub(crate) files: Snapshot,
    hays: OnceLock<BTreeMap<String, Runs>>,
}

/// Who reads a paper.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    pub(crate) audience: Audience,
    pub(crate) template: String,
    /// The offices that it names, as the directory has them.
    pub(crate) offices: Vec<String>,
    /// What the paper is made from, where that is less than its audience may know: others read a petition too, and a
    /// form names nobody who has not consented.
    pub(crate) own: Option<View>,
}

impl Shelf {
    /// Builds every paper that the case lists.
    pub(crate) fn new(room: &Room, case: &'static str, day: &'static str, printer: &mut Printer) -> Self {
        let (job, order) = orders(room, case, day);
        let ready = Prepared::new(&job).expect("a case");
        let checked = ready.checked.as_ref().expect("a sound case");
        let as_of = job.moment.asked.expect("a day");
        let view = |audience| (audience, checked.case.view(as_of, job.moment.clock, audience));
        let views: BTreeMap<Audience, View> = Audience::ALL.into_iter().map(view).collect();
        let templates = &ready.templates;
        let plan = plan::plan(&checked.case, &views, &ready.reference, templates, &order.selection);
        let reader = |paper: plan::Planned| {
            let offices = paper.recipients.iter().map(|office| office.id.clone()).collect();
            let own = own_view(&checked.case, &paper, &views[&paper.audience]);
            (paper.file, Reader { audience: paper.audience, template: paper.spec.id, offices, own })
        };
        let planned: BTreeMap<String, Reader> = plan.papers.into_iter().map(reader).collect();
        let files = build(room, case, day, printer);
        let tree = Tree::read(&room.path(format!("cases/{case}")));
        Self { case, day, tree, ready, views, planned, files, hays: OnceLock::new() }
    }

    /// All words of each file.
    pub(crate) fn hays(&self) -> &BTreeMap<String, Runs> {
        let of = |(name, bytes): (&PathBuf, &Vec<u8>)| {
            let name = name.to_string_lossy().into_owned();
            let words = hay(&name, bytes);
            (name, words)
        };
        self.hays.get_or_init(|| self.files.iter().map(of).collect())
    }

    /// The papers by what they are made from, each group by the files of its papers: one for each audience, and one for
    /// each paper that is made from less than its audience may know.
    pub(crate) fn groups(&self) -> Vec<BTreeSet<&str>> {
        let mut groups: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (file, reader) in &self.planned {
            groups.entry(format!("{} {:?}", reader.audience, reader.own)).or_default().insert(file);
        }
        groups.into_values().collect()
    }

    /// What these papers of one group are made from.
    pub(crate) fn view_of(&self, papers: &BTreeSet<&str>) -> &View {
        let reader = &self.planned[*papers.first().expect("a paper")];
        reader.own.as_ref().unwrap_or(&self.views[&reader.audience])
    }

    /// Who reads a file; `None` for what lies beside the papers. A companion's name begins with that of its letter.
    pub(crate) fn reader(&self, file: &str) -> Option<&Reader> {
        self.paper(file).map(|(_, reader)| reader)
    }

    /// The paper to which a file belongs, with who reads it.
    fn paper(&self, file: &str) -> Option<(&str, &Reader)> {
        let fits =
            |(name, _): &(&String, &Reader)| file.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'));
        let paper = self.planned.iter().filter(fits).max_by_key(|(name, _)| name.len());
        paper.map(|(name, reader)| (name.as_str(), reader))
    }

    /// The files of these papers among all that were built.
    pub(crate) fn of_papers(&self, papers: &BTreeSet<&str>, all: &Snapshot) -> Snapshot {
        let is_one =
            |name: &PathBuf| self.paper(&name.to_string_lossy()).is_some_and(|(paper, _)| papers.contains(paper));
        all.iter().filter(|(name, _)| is_one(name)).map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
    }

    /// The files that an audience reads.
    pub(crate) fn read_by(&self, audience: Audience) -> Snapshot {
        let theirs =
            |name: &PathBuf| self.reader(&name.to_string_lossy()).is_some_and(|reader| reader.audience == audience);
        self.files.iter().filter(|(name, _)| theirs(name)).map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
    }

    /// How messages call it.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.case, self.day)
    }
}

/// What a paper with several readers, or with persons whom it must not name, may tell.
fn own_view(case: &Case, paper: &plan::Planned, view: &View) -> Option<View> {
    if paper.spec.signing.is_some() {
        return Some(case.view_for(view.as_of, view.clock, plan::readers(paper), &BTreeSet::new()));
    }
    let form = paper.spec.form.as_ref()?;
    let victim = paper.filing.victim.as_deref().or(case.victims().first())?;
    let hidden = form::hidden(form, case, victim, view.as_of);
    Some(case.view_for(view.as_of, view.clock, view.readers, &hidden))
}

/// Builds all papers of a case of a room, PDF and Markdown, and gives the files. A problem in the way fails the test.
pub(crate) fn build(room: &Room, case: &str, day: &str, printer: &mut Printer) -> Snapshot {
    let (job, order) = orders(room, case, day);
    let outcome = build_loaded(load::load(&job.input).expect("a case"), printer, &job, &order).expect("a folder");
    // A reader who may be told of no paper gets none.
    let none = outcome.problems.iter().any(|problem| problem.code == amparo::diag::Code::DocumentNothing);
    if none {
        return Snapshot::new();
    }
    assert!(!outcome.blocked, "{case} {day}:\n{}", problems(&outcome));
    let files = room.snapshot(&format!("output/{case}/{day}"));
    files.into_iter().filter(|(name, _)| !name.starts_with("internal")).collect()
}

fn problems(outcome: &Outcome) -> String {
    let errors = outcome.problems.iter().filter(|problem| problem.severity == amparo::diag::Severity::Error);
    let line = |problem: &amparo::diag::Diagnostic| format!("{}: {}", problem.code.name(), problem.headline);
    errors.map(line).collect::<Vec<_>>().join("\n")
}

/// What someone types who wants all there is.
fn orders(room: &Room, case: &str, day: &str) -> (CaseOptions, BuildOptions) {
    let folder = room.path(format!("cases/{case}"));
    let mut line = vec!["amparo", "build", folder.to_str().expect("a path"), "--as-of", day, "--format", "pdf,md"];
    let command = Cli::command();
    let build = command.find_subcommand("build").expect("a command");
    // Papers that are made on request only.
    line.extend(
        ["--outside-country"]
            .iter()
            .filter(|option| build.get_arguments().any(|argument| argument.get_long() == option.strip_prefix("--"))),
    );
    let Command::Build(build) = Cli::parse_from(line).command else { unreachable!("a build") };
    let mut job = CaseOptions::new(&build.case).expect("a job");
    job.input.archive = None;
    job.input.templates = room.path("templates");
    job.moment.today = NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day");
    (job, BuildOptions { output: room.path("output"), ..BuildOptions::new(&build) })
}
