//! Load, check, assemble, render, write. Each stage is a function that gives its output and a list of problems.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::assemble::describe;
use crate::case::load::{self, Loaded};
use crate::check::{self, Checked};
use crate::command::dossier;
use crate::command::job::{Job, Order};
use crate::command::make;
use crate::diag::{Code, Diagnostic, Failure, Files, tidy};
use crate::disk::read;
use crate::disk::write;
use crate::reference::Reference;
use crate::reference::audience::Audience;
use crate::reference::layers;
use crate::render::markdown::markdown;
use crate::render::print::Printer;

/// The folder of working papers, beside the papers.
const INTERNAL: &str = "internal";

/// What a run came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The texts that messages point into.
    pub files: Files,
    /// All problems, in order.
    pub problems: Vec<Diagnostic>,
    /// Results for stdout, a line each.
    pub said: Vec<String>,
    /// Whether a problem stands in the way.
    pub blocked: bool,
    /// Whether something could not be checked.
    pub unchecked: bool,
    /// Digest of each file that was read, by its name.
    pub inputs: BTreeMap<String, String>,
}

/// A case that was read and checked, as far as it could be.
#[derive(Debug)]
pub struct Ready {
    /// What was read.
    pub loaded: Loaded,
    /// What is known independently of the case.
    pub reference: Reference,
    /// The case with its evidence; `None` if its shape is broken.
    pub checked: Option<Checked>,
    /// All problems so far.
    pub problems: Vec<Diagnostic>,
}

/// Reads and checks a case.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn prepare(job: &Job) -> Result<Ready, Failure> {
    ready(load::load(&job.input)?, job)
}

/// Checks a case that was read.
///
/// # Errors
/// A copy of a source that cannot be read.
pub(crate) fn ready(mut loaded: Loaded, job: &Job) -> Result<Ready, Failure> {
    let (mut reference, mut problems) = Reference::load(&layers::reference_files(&loaded.layers, &mut loaded.files));
    problems.append(&mut loaded.problems);
    problems.extend(loaded.case.iter().flat_map(|case| reference.guard(&case.guarded)));
    let (checked, found) = check::check(&loaded, &reference, job.strict)?;
    problems.extend(found);
    if let Some(checked) = &checked {
        loaded.looked_into(checked.evidence.copies());
        problems.extend(check::withdrawn(
            &checked.case,
            job.moment.as_of(&checked.case),
            job.moment.clock,
            &job.input.without,
        ));
    }
    Ok(Ready { loaded, reference, checked, problems })
}

/// `amparo check`.
///
/// # Errors
/// A folder or file that cannot be read or written.
pub fn check(job: &Job, lock: bool) -> Result<Outcome, Failure> {
    let mut ready = prepare(job)?;
    let mut said = Vec::new();
    if lock {
        // It is about to know them.
        ready.problems.retain(|problem| problem.code != Code::CiteNotLocked || ready.checked.is_none());
    }
    if let Some(checked) = &ready.checked {
        let unasked = make::without_consent(&ready, checked, job);
        ready.problems.extend(unasked);
        let citations = checked.case.citations().len();
        if lock {
            let path = job.input.case.join("citations.lock");
            write::replace(&path, checked.evidence.lock(job.moment.today, &ready.loaded.lock).write().as_bytes())?;
            said.push(format!("wrote {}", path.display()));
        }
        said.push(format!(
            "{}: {} facts, {} demands, {citations} citations: {}",
            checked.case.id(),
            checked.case.facts().len(),
            checked.case.demands().len(),
            checked.evidence.summary(&checked.case),
        ));
    }
    Ok(ready.finish(job, said))
}

/// `amparo check --for`: the state of a form in its own order. It is built in memory, so that its pages can be counted.
///
/// A form that is not ready does not break the case; under `--strict` it counts as a problem.
///
/// # Errors
/// A folder or file that cannot be read or written.
pub fn check_form(job: &Job, lock: bool, order: &Order) -> Result<Outcome, Failure> {
    let mut outcome = check(job, lock)?;
    let ready = prepare(job)?;
    let Some(checked) = &ready.checked else { return Ok(outcome) };
    let mut printer = Printer::new(read::fonts(&order.font_paths)?);
    let (made, problems) = make::make(&ready, checked, &mut printer, job, order);
    let about_form = |problem: &Diagnostic| problem.code.family() == "form";
    outcome.blocked |= problems.iter().any(|one| check::blocks(one, job.strict) || job.strict && about_form(one));
    outcome.problems.extend(problems);
    tidy(&mut outcome.problems);
    if made.forms.is_empty() && !outcome.blocked {
        let name = order.selection.only.join(", ");
        return Err(Failure::request(format!("`{name}` is no form"), "`amparo templates` lists the templates"));
    }
    for (name, lines) in made.forms {
        outcome.said.push(name.clone());
        outcome.said.extend(lines);
        let pages = made.outputs.iter().find(|output| output.name == format!("{name}.pdf"));
        let pages = pages.and_then(|output| output.about["pages"].as_u64());
        let templates = make::templates(&ready.loaded.layers);
        let spec = order.selection.only.first().and_then(|id| templates.spec(id).ok());
        let most = spec.and_then(|spec| spec.limits.pages);
        let count =
            pages.map_or_else(|| "not counted: the paper could not be set".to_owned(), |count| count.to_string());
        outcome.said.push(match most {
            Some(most) if pages.is_some_and(|count| count > most as u64) => {
                format!("pages: {count}; PAST the limit of {most}")
            }
            Some(most) => format!("pages: {count}; at most {most}"),
            None => format!("pages: {count}"),
        });
    }
    Ok(outcome)
}

/// `amparo build`.
///
/// # Errors
/// A folder or file that cannot be read or written.
pub fn build(job: &Job, order: &Order) -> Result<Outcome, Failure> {
    let loaded = load::load(&job.input)?;
    build_loaded(loaded, &mut Printer::new(read::fonts(&order.font_paths)?), job, order)
}

/// Builds from what was read, on a press that may stand from an earlier build.
///
/// # Errors
/// A folder or file that cannot be written.
pub fn build_loaded(loaded: Loaded, printer: &mut Printer, job: &Job, order: &Order) -> Result<Outcome, Failure> {
    let mut ready = ready(loaded, job)?;
    let Some(checked) = ready.checked.take() else { return Ok(ready.finish(job, Vec::new())) };
    let (made, problems) = make::make(&ready, &checked, printer, job, order);
    ready.problems.extend(problems);
    let folder = output_folder(&checked, job, &order.output);
    let as_built = ready.loaded.case_files(&job.input.case);
    let outcome = ready.finish(job, Vec::new());
    if outcome.blocked {
        return Ok(outcome);
    }
    let mut manifest = make::manifest(&outcome, &checked, job);
    let inputs = format!("{:#}\n", serde_json::json!(manifest.inputs));
    manifest.inputs.retain(|name, _| !made.closed.contains(name));
    let written = write::papers(&folder, manifest, &made.outputs, order.selection.is_partial())?;
    write::replace(&folder.join(INTERNAL).join("left-out.json"), made.left_out.as_bytes())?;
    write::replace(&folder.join(INTERNAL).join("inputs.json"), inputs.as_bytes())?;
    if !order.selection.is_partial() {
        for (name, text) in as_built {
            write::replace(&folder.join(write::BUILT_CASE).join(name), text.as_bytes())?;
        }
    }
    Ok(outcome.wrote(written))
}

/// `amparo dossier`.
///
/// # Errors
/// A folder or file that cannot be read or written.
pub fn report(job: &Job, order: &Order) -> Result<Outcome, Failure> {
    let mut ready = prepare(job)?;
    let Some(checked) = ready.checked.take() else { return Ok(ready.finish(job, Vec::new())) };
    let document = dossier::assemble(&ready, &checked, job, order);
    if order.output == Path::new("-") {
        return Ok(ready.finish(job, vec![markdown(&document).trim_end().to_owned()]));
    }
    let fonts = read::fonts(&order.font_paths)?;
    let (files, problems) = dossier::render(&ready, &document, &mut Printer::new(fonts), order);
    ready.problems.extend(problems);
    let folder = output_folder(&checked, job, &order.output).join(INTERNAL);
    let mut said = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        write::replace(&path, &bytes)?;
        said.push(path.display().to_string());
    }
    Ok(ready.finish(job, said))
}

/// `amparo templates`: each template with its languages, its audience and the layer it comes from.
///
/// # Errors
/// A folder that cannot be read.
pub fn templates(case: Option<&Path>, project: &Path) -> Result<Outcome, Failure> {
    let templates = make::templates(&layers::layers(case, project)?);
    let mut outcome = Outcome::default();
    for (id, layer) in templates.ids() {
        match templates.spec(id) {
            Ok(spec) => {
                let audience = spec.audience.map_or("its recipient", Audience::name);
                let languages = spec.languages.join(", ");
                outcome.said.push(format!("{id}: {languages}; layout {}; for {audience}; from {layer}", spec.layout));
            }
            Err(problems) => outcome.problems.extend(problems),
        }
    }
    outcome.blocked = !outcome.problems.is_empty();
    Ok(outcome)
}

/// `amparo context`: what a template may use for an audience, with what it holds in this case.
///
/// # Errors
/// A folder or file that cannot be read; an audience or office that does not exist.
pub fn context(job: &Job, audience: &str, language: Option<&str>, to: Option<&str>) -> Result<Outcome, Failure> {
    let ready = prepare(job)?;
    let Some(checked) = &ready.checked else { return Ok(ready.finish(job, Vec::new())) };
    let audience = Audience::from_name(audience).ok_or_else(|| {
        Failure::request(
            format!("there is no audience `{audience}`"),
            format!("use one of: {}", Audience::ALL.map(Audience::name).join(", ")),
        )
    })?;
    let office = to.map(|id| {
        let unknown = || Failure::request(format!("the directory has no office `{id}`"), "see `templates/directory/`");
        ready.reference.office(id).ok_or_else(unknown)
    });
    let office = office.transpose()?;
    let language = language.unwrap_or_else(|| checked.case.first_language());
    let locale = ready.reference.locale(language).ok_or_else(|| {
        let known: Vec<&str> = ready.reference.languages().collect();
        Failure::request(format!("there are no words for `{language}`"), format!("use one of: {}", known.join(", ")))
    })?;
    let view = checked.case.view(job.moment.as_of(&checked.case), job.moment.clock, audience);
    let offered = describe(&view, &ready.reference, locale, office, Some(view.as_of));
    let said = offered.iter().map(|offered| format!("{} ({}): {}", offered.name, offered.what, offered.sample));
    let said = said.map(|line| line.trim_end_matches([':', ' ']).to_owned()).collect();
    Ok(ready.finish(job, said))
}

/// `DIR/<case>/<date>`; without some sources, beside it: nobody is to take such papers for those of the whole case.
fn output_folder(checked: &Checked, job: &Job, output: &Path) -> PathBuf {
    let date = job.moment.as_of(&checked.case).to_string();
    let name = job.input.without.iter().fold(date, |name, id| name + ".without-" + &id.replace('/', "-"));
    output.join(checked.case.id()).join(name)
}

impl Outcome {
    /// Adds what writing did.
    fn wrote(mut self, written: write::Written) -> Self {
        self.problems.extend(written.problems);
        self.said.extend(written.files.iter().map(|path| path.display().to_string()));
        self
    }
}

impl Ready {
    /// Sorts the problems and says whether one stands in the way.
    #[must_use]
    pub fn finish(mut self, job: &Job, said: Vec<String>) -> Outcome {
        tidy(&mut self.problems);
        // Why nothing came of a run is the last word.
        self.problems.sort_by_key(|problem| problem.code == Code::DocumentNothing);
        let blocked = self.problems.iter().any(|problem| check::blocks(problem, job.strict));
        let Loaded { files, inputs, .. } = self.loaded;
        Outcome { files, problems: self.problems, said, blocked, inputs, ..Outcome::default() }
    }
}
