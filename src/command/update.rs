//! `amparo update`: compares two states of a case, both prepared like for a build.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::case::Case;
use crate::case::load::Input;
use crate::case::load::{self, Loaded};
use crate::command::options::{Against, BuildOptions, CaseOptions};
use crate::command::outcome::Outcome;
use crate::command::papers;
use crate::command::prepared::Prepared;
use crate::diag::Failure;
use crate::disk::write;
use crate::document::Document;
use crate::reference::day;
use crate::report::update::{self, Sent, Side};
use crate::yaml::At;

/// `amparo update`: the changes since the last build, or between two other states of the case.
///
/// # Errors
/// A folder or file cannot be read, a source does not exist, or the last build cannot be read.
pub fn update(options: &CaseOptions, order: &BuildOptions, against: &Against) -> Result<Outcome, Failure> {
    let options = &options.without(Vec::new());
    let States { then, now, sent_from } = states(options, order, against)?;
    let options = &options.undated();
    let (mut after, mut before) = (now, then);
    speak_of(&mut after.loaded, after.as_of);
    speak_of(&mut before.loaded, before.as_of);
    let (now, then) = (Prepared::of(after.loaded, options)?, Prepared::of(before.loaded, options)?);
    let Some(after_day) = now.day(options) else { return Ok(now.finish(options, Vec::new())) };
    let Some(before_day) = then.day(options) else {
        let hint = "name what is new (`--new SOURCE`), or compare with a day (`--since 2024-10-01`)";
        return Err(Failure::request(format!("{} cannot be read any more", before.name), hint));
    };
    let sent = sent(after_day.case, options, order, sent_from.as_deref());
    let documents = |day| papers::documents(day, order);
    let clock = options.moment.clock;
    let before = Side::new(before_day.case, before.as_of, clock, documents(&before_day), before.name);
    let after = Side::new(after_day.case, after.as_of, clock, documents(&after_day), after.name);
    let text = update::report(&before, &after, &sent);
    Ok(now.finish(options, vec![text.trim_end().to_owned()]))
}

/// A loaded state of a case, not yet checked.
struct State {
    loaded: Loaded,
    as_of: NaiveDate,
    name: String,
}

/// The two states to compare.
struct States {
    then: State,
    now: State,
    /// The folder with the papers of the case, by day.
    sent_from: Option<PathBuf>,
}

fn states(options: &CaseOptions, order: &BuildOptions, against: &Against) -> Result<States, Failure> {
    let loaded = load::load(&options.input)?;
    let raw = loaded.case.as_ref();
    let own = raw.and_then(|raw| raw.date.as_ref()).and_then(|date| day(date).ok());
    let as_of = options.moment.asked.or(own).unwrap_or(options.moment.today);
    let sent_from = raw.and_then(|raw| raw.id.as_ref()).map(|id| order.output.join(&id.value));
    let mut now = State { loaded, as_of, name: format!("the case as of {as_of}") };
    let then = match against {
        Against::LastBuild => match sent_from.as_deref().and_then(write::last_build) {
            Some(folder) => built(&folder, &now, options)?,
            None => unbuilt(&now, options, order)?,
        },
        Against::Day(day) => {
            State { loaded: load::load(&options.input)?, as_of: *day, name: format!("what was known on {day}") }
        }
        Against::Before(sources) => {
            let name = format!("the case without {}", listed(sources));
            State { loaded: left_out(options, sources)?, as_of, name }
        }
        Against::Without(sources) => {
            let name = format!("as if the case had never had {}", listed(sources));
            let without = State { loaded: left_out(options, sources)?, as_of, name };
            std::mem::replace(&mut now, without)
        }
    };
    Ok(States { then, now, sent_from })
}

/// The case as it was at the last build. Both sides use the present templates, so that only the case is compared.
fn built(folder: &Path, now: &State, options: &CaseOptions) -> Result<State, Failure> {
    let archive = now.loaded.archive.folder().map(Path::to_owned);
    let own = Input { case: folder.join(write::BUILT_CASE), archive, ..options.input.clone() };
    let mut loaded = load::load(&own)?;
    loaded.layers.clone_from(&now.loaded.layers);
    let as_of = plain_day(folder).unwrap_or(now.as_of);
    Ok(State { loaded, as_of, name: format!("the case as it was built in `{}`", folder.display()) })
}

/// Without a build: the case before its newest source.
fn unbuilt(now: &State, options: &CaseOptions, order: &BuildOptions) -> Result<State, Failure> {
    let newest = newest(&now.loaded, now.as_of).ok_or_else(|| {
        let words = "there is nothing to compare with: no earlier build, and no source that is known on this day";
        Failure::request(words, "build the case first")
    })?;
    let output = order.output.display();
    let name = format!("the case without its newest source `{newest}` (no earlier build lies in `{output}`)");
    Ok(State { loaded: left_out(options, &[newest])?, as_of: now.as_of, name })
}

/// The papers that steps record as sent, with their claims: from the manifest of their day, else as they would be made
/// now for that day.
fn sent(case: &Case, options: &CaseOptions, order: &BuildOptions, papers: Option<&Path>) -> Vec<Sent> {
    let mut all = Vec::new();
    for step in case.steps() {
        let Some(day) = step.bears else { continue };
        let manifest = papers.and_then(|papers| write::manifest(&papers.join(day.to_string())));
        let remade = OnceCell::new();
        for paper in &step.sent {
            let built = manifest.as_ref().and_then(|manifest| update::by_manifest(manifest, paper));
            let remade_now = built.is_none();
            let claims =
                built.or_else(|| update::by_document(remade.get_or_init(|| remake(options, order, day)), paper));
            all.push(Sent { body: step.body.clone(), paper: paper.clone(), day, claims, remade: remade_now });
        }
    }
    all
}

/// The papers for a day, made from the present case.
fn remake(options: &CaseOptions, order: &BuildOptions, day: NaiveDate) -> Vec<Document> {
    let Ok(mut loaded) = load::load(&options.input) else { return Vec::new() };
    speak_of(&mut loaded, day);
    let Ok(prepared) = Prepared::of(loaded, options) else { return Vec::new() };
    prepared.day(options).map(|day| papers::documents(&day, order)).unwrap_or_default()
}

/// Changes the date of a case, so that its papers do not count as made for an earlier day.
fn speak_of(loaded: &mut Loaded, day: NaiveDate) {
    if let Some(raw) = &mut loaded.case {
        let place = raw.date.as_ref().map(|date| date.place.clone()).unwrap_or_default();
        raw.date = Some(At { value: day.to_string(), place });
    }
}

/// The source that became known last, of those known on a day.
fn newest(loaded: &Loaded, as_of: NaiveDate) -> Option<String> {
    let known = loaded.records.values().filter(|record| record.withdrawn.is_none());
    let dated = known.filter_map(|record| Some((record.known_from()?, record.id.clone())));
    dated.filter(|(day, _)| *day <= as_of).max().map(|(_, id)| id)
}

/// The case as if it never had these sources.
fn left_out(options: &CaseOptions, sources: &[String]) -> Result<Loaded, Failure> {
    load::load(&options.without(sources.to_vec()).input)
}

fn listed(sources: &[String]) -> String {
    sources.iter().map(|source| format!("`{source}`")).collect::<Vec<_>>().join(" and ")
}

/// The day in the name of a folder of papers.
fn plain_day(folder: &Path) -> Option<NaiveDate> {
    day(folder.file_name()?.to_str()?).ok()
}
