//! The example is clean, shows every part of the model, and `amparo new` gives it, or a blueprint, to newcomers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use amparo::case::raw::RawCase;
use amparo::case::timeline::Clock;
use amparo::case::view::View;
use amparo::case::{Case, Citation, Fact, FactKind, NamedKind, StateChange, Status};
use amparo::check::Checked;
use amparo::command::new::{Dialogue, blueprint, example};
use amparo::command::options::CaseOptions;
use amparo::command::prepared::Prepared;
use amparo::diag::Diagnostic;
use amparo::reference::WordList;
use amparo::reference::audience::Audience;
use amparo::source::raw::RawSources;
use chrono::NaiveDate;

/// Reads and checks a case strictly, with nothing but its own folder and the shipped templates.
fn checked(folder: &Path, strict: bool) -> Prepared {
    let options = CaseOptions { strict, ..CaseOptions::of(folder, day("2026-11-22")) };
    Prepared::new(&options).expect("the folder can be read")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn shipped() -> Prepared {
    checked(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/example"), true)
}

fn evidence(ready: &Prepared) -> &Checked {
    ready.checked.as_ref().expect("the case holds together")
}

fn view(case: &Case, audience: Audience) -> View {
    case.view(case.date().expect("the example has a date"), Clock::Knowledge, audience)
}

/// The messages without the notes on shipped data.
fn messages(ready: &Prepared) -> Vec<String> {
    let own = ready.problems.iter().filter(|problem| problem.code.family() != "directory");
    own.map(|problem: &Diagnostic| format!("{}: {}", problem.code.name(), problem.headline)).collect()
}

/// An empty folder of this test's own.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new").join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder of the tests can be written");
    folder
}

#[test]
fn is_clean_and_verified_now() {
    let ready = shipped();
    assert_eq!(messages(&ready), Vec::<String>::new());
    let Checked { case, evidence, .. } = evidence(&ready);
    assert_eq!(evidence.summary(case), format!("{} verified now", case.citations().len()));
}

/// What is looked for, and how to know it.
type Wanted<T> = (&'static str, fn(&T) -> bool);

/// What the example must show of facts, each with a test of one fact.
const FACTS: &[Wanted<Fact>] = &[
    ("event", |fact| matches!(fact.kind, FactKind::Event(_))),
    ("state", |fact| matches!(fact.kind, FactKind::State { .. })),
    ("part-of", |fact| fact.part_of.is_some() && matches!(fact.kind, FactKind::Detail)),
    ("first state", |fact| changes(fact, |change| *change == StateChange::First)),
    ("adds", |fact| changes(fact, |change| matches!(change, StateChange::Adds(_)))),
    ("replaces", |fact| changes(fact, |change| matches!(change, StateChange::Replaces(_)))),
    ("requalifies", |fact| changes(fact, |change| matches!(change, StateChange::Requalifies(_)))),
    ("ends", |fact| changes(fact, |change| matches!(change, StateChange::Ends(_)))),
    ("via unknown", |fact| matches!(&fact.kind, FactKind::State { via_unknown: Some(days), .. } if days.len() == 2)),
    ("from, seen", |fact| matches!(&fact.kind, FactKind::State { from: Some(_), seen: Some(_), .. })),
    ("until", |fact| matches!(&fact.kind, FactKind::State { until: Some(_), .. })),
    ("printed and reckoned", |fact| fact.date().is_some_and(|on| on.printed.is_some() && on.reckoning.is_some())),
    ("month", |fact| fact.date().is_some_and(|on| on.precision == amparo::reference::Precision::Month)),
    ("alleged", |fact| fact.ceiling == Some(Status::Alleged)),
    ("feared", |fact| fact.ceiling == Some(Status::Feared)),
    ("disputed", |fact| fact.ceiling == Some(Status::Disputed)),
    ("reported", |fact| fact.ceiling == Some(Status::Reported)),
    ("derived from facts", |fact| fact.sets.is_empty() && fact.derived.iter().any(|derived| derived.from.len() > 1)),
    ("derived words", |fact| !fact.sets.is_empty() && fact.derived.iter().any(|derived| !derived.words.is_empty())),
    ("together", |fact| fact.sets.first().is_some_and(|set| set.len() > 1)),
    ("or-cites", |fact| fact.sets.len() > 1),
    ("also", |fact| !fact.also.is_empty()),
    ("caveats", |fact| !fact.caveats.is_empty()),
    ("reviewed", |fact| fact.reviewed.is_some()),
    ("at", |fact| fact.at.is_some()),
    ("awaits", |fact| fact.awaits.is_some()),
    ("confirmed", |fact| fact.confirmed.is_some()),
    ("urgent", |fact| fact.urgent),
    ("internal only", |fact| fact.audience == BTreeSet::from([Audience::Internal])),
];

const CITATIONS: &[Wanted<Citation>] = &[
    ("voice", |citation| citation.voices.len() == 1),
    ("chain of voices", |citation| citation.voices.len() > 1),
    ("translation", |citation| citation.translation.is_some()),
    ("meaning", |citation| citation.meaning.is_some()),
    ("audience", |citation| !citation.audience.is_empty()),
];

fn changes(fact: &Fact, fits: impl Fn(&StateChange) -> bool) -> bool {
    matches!(&fact.kind, FactKind::State { change, .. } if fits(change))
}

#[test]
fn shows_every_kind_of_fact_and_citation() {
    let ready = shipped();
    let case = &evidence(&ready).case;
    for (name, fits) in FACTS {
        assert!(case.facts().values().any(fits), "the example has no fact with: {name}");
    }
    for (name, fits) in CITATIONS {
        assert!(
            case.citations().iter().any(|(_, citation)| fits(citation)),
            "the example has no citation with: {name}"
        );
    }
    let told: BTreeSet<Audience> = case.facts().values().flat_map(|fact| fact.audience.clone()).collect();
    assert_eq!(told, BTreeSet::from(Audience::ALL));
}

#[test]
fn shows_every_kind_of_name_and_source() {
    let ready = shipped();
    let case = &evidence(&ready).case;
    let names = case.names().values();
    assert!(names.clone().any(|name| name.protected && !name.relations.is_empty() && !name.describe.is_empty()));
    assert!(names.clone().any(|name| !name.variants.is_empty()) && names.clone().any(|name| !name.slips.is_empty()));
    assert!(names.clone().any(|name| name.kind == NamedKind::Organisation));
    assert!(names.clone().any(|name| name.kind == NamedKind::Place));
    assert!(names.clone().any(|name| name.directory.is_some()));
    assert!(names.clone().any(|name| !name.audience.is_empty()));
    let consents: Vec<_> = names.flat_map(|name| &name.consents).collect();
    assert!(consents.iter().any(|consent| consent.withdrawn_on.is_some()));
    assert!(consents.iter().any(|consent| consent.withdrawn_on.is_none()));
    for (language, word) in [("en", "ringleaders"), ("ru", "зачинщик")] {
        let wording = ready.reference.wording(language).expect("it is shipped");
        assert!(wording.has(WordList::Guarded, word), "the case guards {word}");
    }

    let records = case.records().values();
    assert!(records.clone().any(amparo::source::Record::is_primary));
    assert!(records.clone().any(|record| record.withdrawn.is_some()));
    assert!(records.clone().any(|record| record.truncated.is_some() && record.counted_from.is_some()));
    assert!(records.clone().any(|record| !record.status.is_empty()));
    assert!(
        records.clone().any(|record| record.excluded.iter().any(|(range, _)| *range.start() > 1 && *range.end() < 6))
    );
    assert!(records.clone().any(|record| !record.rests_on.is_empty()));
    assert!(records.clone().any(|record| record.original.is_some() && !record.extractor.is_plain()));
    assert!(records.clone().any(|record| record.publisher_name.as_ref().is_some_and(|name| name.inferred)));
}

#[test]
fn shows_every_kind_of_demand_and_record() {
    let ready = shipped();
    let case = &evidence(&ready).case;
    let demands = case.demands().values();
    assert!(demands.clone().any(|demand| demand.made_by.is_some() && !demand.restated_by.is_empty()));
    assert!(demands.clone().any(|demand| demand.made_by.is_some() && demand.restated_by.is_empty()));
    assert!(demands.clone().any(|demand| demand.ask.len() > 2 && !demand.norms.is_empty()));

    let raw = ready.loaded.case.as_ref().expect("the case was read");
    let kinds: BTreeSet<&str> = raw.conflicts.iter().map(|conflict| conflict.kind.as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["contradiction", "slip", "succession", "wording"]));
    assert_eq!((raw.victims.len(), raw.includes.len()), (2, 1));

    let all = view(case, Audience::Internal);
    assert!(all.gaps.iter().any(|gap| !gap.fields.is_empty()));
    assert!(all.gaps.iter().any(|gap| !gap.between.is_empty()));
    assert!(all.gaps.iter().any(|gap| gap.topic.is_some()));
    for claimed in [true, false] {
        assert!(all.arguments.iter().any(|argument| argument.claimed == claimed));
    }
    assert!(all.steps.iter().any(|step| step.date.is_some() && step.outcome.is_some() && !step.cites.is_empty()));
    // A step of which something is unknown keeps a form a draft; that of the example is final.
    assert!(all.steps.iter().all(|step| step.date.is_some() && step.outcome.is_some()));
    let filed =
        |paper: &amparo::case::ListedPaper| paper.filing.victim.is_some() && paper.filing.counsel_informed.is_some();
    assert!(case.papers().iter().any(|paper| filed(paper) && !paper.filing.answers.is_empty()));
    assert!(all.steps.iter().any(|step| !step.sent.is_empty() && step.bears.is_some()));
    assert!(case.papers().iter().any(|paper| paper.cleared_by.is_some()));
}

/// The cuts that the example is there to show.
#[test]
fn tells_each_audience_what_it_may_know() {
    let ready = shipped();
    let case = &evidence(&ready).case;
    for audience in Audience::ALL {
        assert!(view(case, audience).fact("hospital").is_none(), "{audience}: a withdrawn source supports nothing");
    }
    let [prison, state] = [Audience::Custodian, Audience::State].map(|audience| view(case, audience));
    for view in [&prison, &state] {
        assert!(!view.names.contains_key("quillan") && view.names.contains_key("tarrin"));
        let cited: BTreeSet<&str> = view.facts.iter().flat_map(|told| &told.cites).map(|c| c.source.as_str()).collect();
        assert!(!cited.contains("third-shelf-statement") && !cited.contains("lantern-arrest"), "{cited:?}");
    }
    assert_eq!(prison.asks.len(), 4);
    assert_eq!(prison.place_of_detention().map(|place| place.id.as_str()), Some("north-prison"));
    let inside = view(case, Audience::Internal);
    assert!(inside.names.contains_key("quillan"), "those who work on the case are told of everybody");
    let corroborated = |view: &View| view.fact("free-quillan").map(|told| told.also.len());
    let everybody = view(case, Audience::Public);
    assert_eq!((corroborated(&inside), corroborated(&everybody)), (Some(1), Some(0)));
    assert_eq!(everybody.fact("asthma").map(|told| told.status), Some(Status::Established));
    assert_eq!(state.fact("asthma").map(|told| told.status), Some(Status::Reported));
    assert_eq!(everybody.fact("custody-length").map(|told| told.status), Some(Status::Derived));
}

#[test]
fn new_example_is_clean_under_any_name() {
    for name in ["anna", "true", "2031", "it’s #1, “ж”", "a 'b' \"c\" {d}", "-x"] {
        let folder = folder("example").join(name);
        example(&folder).expect(name);
        let ready = checked(&folder, true);
        assert_eq!(messages(&ready), Vec::<String>::new(), "{name}");
        assert_eq!(evidence(&ready).case.id(), name);
    }
}

/// The blueprint for these answers, and what was said.
fn start(folder: &Path, answers: &str, asks: bool) -> (Prepared, Vec<String>, String) {
    let mut questions = Vec::new();
    let mut dialogue = Dialogue { answers: &mut answers.as_bytes(), questions: &mut questions, asks };
    let said = blueprint(folder, day("2026-11-22"), &mut dialogue).expect("the folder is free");
    (checked(folder, false), said, String::from_utf8(questions).expect("text"))
}

#[test]
fn the_blueprint_passes_the_check() {
    let folder = folder("blueprint");
    let (ready, said, questions) = start(&folder.join("silent"), "", false);
    assert_eq!(questions, "");
    assert_eq!(said.iter().filter(|line| line.contains("not given")).count(), 4, "{said:?}");
    assert_eq!(ready.problems.len(), messages(&ready).len());
    let [only] = &messages(&ready)[..] else { panic!("{:?}", messages(&ready)) };
    assert!(only.starts_with("source/archive-missing"), "{only}");

    let odd = "Anna \"X\" #1: {{date}}";
    let (ready, said, _) = start(&folder.join("odd, ж"), &format!("XA\r\nru en\r\n{odd}\r\n2026-06-01\r\n"), false);
    assert!(said.iter().all(|line| !line.contains("stands there")), "{said:?}");
    let case = &evidence(&ready).case;
    assert_eq!((case.id(), case.date()), ("odd, ж", Some(day("2026-06-01"))));
    assert_eq!(case.names()["person"].names["ru"].plain(), odd);

    let (ready, _, questions) = start(&folder.join("asked"), "Xandria\nXA\n\n\n2026-02-31\n2026-02-28\n", true);
    assert!(questions.contains("`Xandria` cannot be used") && questions.contains("`2026-02-31` cannot"), "{questions}");
    assert_eq!(evidence(&ready).case.date(), Some(day("2026-02-28")));
}

/// Takes the single marks away, as the blueprint tells its reader to.
fn without_marks(text: &str) -> String {
    let line = |line: &str| match line.trim_start() {
        trimmed if trimmed.starts_with("## ") || trimmed == "##" => String::new(),
        trimmed => {
            let indent = &line[..line.len() - trimmed.len()];
            format!("{indent}{}", trimmed.strip_prefix("# ").unwrap_or(trimmed))
        }
    };
    text.lines().map(|text| line(text) + "\n").collect()
}

fn keys<T: schemars::JsonSchema>() -> BTreeSet<String> {
    fn collect(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
        if let Some(properties) = value.get("properties").and_then(serde_json::Value::as_object) {
            keys.extend(properties.keys().filter(|key| *key != "gen_").cloned());
        }
        let inner: Vec<&serde_json::Value> = match value {
            serde_json::Value::Object(map) => map.values().collect(),
            serde_json::Value::Array(list) => list.iter().collect(),
            _ => Vec::new(),
        };
        for value in inner {
            collect(value, keys);
        }
    }
    let mut all = BTreeSet::new();
    collect(schemars::schema_for!(T).as_value(), &mut all);
    all
}

#[test]
fn the_blueprint_has_every_key_and_can_be_used() {
    let folder = folder("keys").join("all");
    start(&folder, "", false);
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect(name);
    let (case, sources) = (without_marks(&read("case.yaml")), without_marks(&read("sources.yaml")));
    for (name, keys) in [("case.yaml", keys::<RawCase>()), ("sources.yaml", keys::<RawSources>())] {
        let text = read(name);
        let words: BTreeSet<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').collect();
        for key in keys {
            assert!(words.contains(key.as_str()), "the blueprint does not show `{key}`");
        }
    }
    amparo::yaml::read::<RawCase>(&"case.yaml".into(), &case).expect("the whole blueprint of a case");
    amparo::yaml::read::<RawSources>(&"sources.yaml".into(), &sources).expect("the whole blueprint of sources");
}

#[test]
fn what_is_there_is_left_alone() {
    let folder = folder("taken");
    let file = folder.join("notes.txt");
    std::fs::write(&file, "mine").expect("a file");
    for taken in [&folder, &file] {
        let fault = example(taken).expect_err("it is not free").to_string();
        assert!(fault.contains("not empty"), "{fault}");
    }
    assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 1);
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "mine");
    assert!(example(&folder.join("..")).is_err() && example(Path::new("/")).is_err());
    assert!(example(&folder.join("a\nb")).is_err());
    std::fs::create_dir(folder.join("empty")).expect("a folder");
    assert!(example(&folder.join("empty")).is_ok());
}

fn amparo(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amparo"));
    command.args(arguments).current_dir(folder).stdin(std::process::Stdio::null());
    command.output().expect("the program runs")
}

#[test]
fn the_command_does_not_hang_and_says_what_to_do() {
    let folder = folder("command");
    for (arguments, code) in [(["new", "a"], 0), (["new", "a"], 2), (["check", "a"], 0)] {
        let output = amparo(&arguments, &folder);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {output:?}");
    }
    let output = amparo(&["new", "b", "--example"], &folder);
    assert!(String::from_utf8_lossy(&output.stdout).contains("amparo build b"), "{output:?}");
    assert_eq!(amparo(&["check", "b", "--strict"], &folder).status.code(), Some(0));
}
