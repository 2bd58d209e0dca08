//! `amparo build`: check, build, write.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::options::{BuildOptions, CaseOptions};
use super::outcome::Outcome;
use super::papers;
use super::prepared::{CaseDay, Prepared};
use crate::case::load::{self, Loaded};
use crate::case::timeline::Clock;
use crate::diag::{Code, Diagnostic, Failure};
use crate::disk::read;
use crate::disk::write::{BUILT_CASE, INTERNAL, Manifest, Papers};
use crate::render::print::Printer;

/// Version of the manifest's format.
const MANIFEST_FORMAT: u32 = 1;

/// `amparo build`.
///
/// # Errors
/// A folder or file cannot be read or written.
pub fn build(options: &CaseOptions, order: &BuildOptions) -> Result<Outcome, Failure> {
    let loaded = load::load(&options.input)?;
    build_loaded(loaded, &mut printer(order)?, options, order)
}

/// A printer for an order.
pub(super) fn printer(order: &BuildOptions) -> Result<Printer, Failure> {
    Ok(Printer::new(read::fonts(&order.font_paths)?).within(order.layout_timeout))
}

/// Builds a loaded case, with a printer that may be kept from an earlier build.
///
/// # Errors
/// A folder or file cannot be written.
pub fn build_loaded(
    loaded: Loaded,
    printer: &mut Printer,
    options: &CaseOptions,
    order: &BuildOptions,
) -> Result<Outcome, Failure> {
    let mut prepared = Prepared::of(loaded, options)?;
    let Some(day) = prepared.day(options) else { return Ok(prepared.finish(options, Vec::new())) };
    let folder = output_folder(&day, options, &order.output);
    let mut written = Papers::new(&order.output, folder);
    let built = papers::build(&day, order, printer, &mut |output| written.add(&output))?;
    let (left_out, closed) = (papers::left_out(&day), papers::closed(&day, order));
    let mut manifest = manifest(&day);
    prepared.problems.extend(built.problems);
    let as_built = prepared.loaded.case_files(&options.input.case);
    let mut outcome = prepared.finish(options, Vec::new());
    if outcome.blocked {
        return Ok(outcome);
    }
    tell(&mut manifest, &outcome);
    let inputs = format!("{:#}\n", serde_json::json!(manifest.inputs));
    manifest.inputs.retain(|name, _| !closed.contains(name));
    written.add_beside(&format!("{INTERNAL}/left-out.json"), left_out.as_bytes())?;
    written.add_beside(&format!("{INTERNAL}/inputs.json"), inputs.as_bytes())?;
    if !order.selection.is_partial() {
        for (name, text) in as_built {
            written.add_beside(&format!("{BUILT_CASE}/{name}"), text.as_bytes())?;
        }
    }
    let written = written.finish(manifest, order.selection.is_partial())?;
    outcome.problems.extend(written.problems);
    outcome.said.extend(written.files.iter().map(|path| path.display().to_string()));
    Ok(outcome)
}

/// `DIR/<case>/<date>`. Without some sources it is another folder, so that nobody takes such papers for those of the
/// whole case.
pub(super) fn output_folder(day: &CaseDay, options: &CaseOptions, output: &Path) -> PathBuf {
    let date = day.as_of.to_string();
    let name = options.input.without.iter().fold(date, |name, id| name + ".without-" + &id.replace('/', "-"));
    output.join(day.case.id()).join(name)
}

/// The manifest of a run, still without files and messages.
fn manifest(day: &CaseDay) -> Manifest {
    let clock = match day.clock {
        Clock::Event => "event",
        Clock::Knowledge => "knowledge",
    };
    Manifest {
        format: MANIFEST_FORMAT,
        amparo: env!("CARGO_PKG_VERSION").to_owned(),
        cargo_lock: env!("AMPARO_CARGO_LOCK").to_owned(),
        case: day.case.id().to_owned(),
        as_of: day.as_of.to_string(),
        clock: clock.to_owned(),
        inputs: BTreeMap::new(),
        files: BTreeMap::new(),
        left_out: Vec::new(),
        messages: Vec::new(),
    }
}

/// Adds the inputs and the messages of a run to its manifest.
fn tell(manifest: &mut Manifest, outcome: &Outcome) {
    let message = |problem: &Diagnostic| format!("{}: {}", problem.code.name(), problem.headline);
    let of_code = |problem: &&Diagnostic| problem.code == Code::DocumentLeftOut;
    manifest.inputs.clone_from(&outcome.inputs);
    manifest.left_out = outcome.problems.iter().filter(of_code).map(message).collect();
    manifest.messages = outcome.problems.iter().filter(|problem| !problem.passing).map(message).collect();
}
