//! Converts a typed case: resolves every id, parses every date, and collects all problems.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;

use super::model::Case;
use super::named::Named;
use super::raw::RawCase;
use super::reader::{CAVEAT, CaseReader, DEMAND, FACT, NAMED, SOURCE, TOPIC};
use super::shape;
use crate::diag::{Code, Diagnostic, Place, Severity};
use crate::source::Records;
use crate::yaml::At;

/// Converts a case and returns it with every problem found. There is a case only without errors; warnings come with it.
#[must_use]
pub fn convert(file: &Arc<str>, raw: &RawCase, records: Records) -> (Option<Case>, Vec<Diagnostic>) {
    let mut reader = reader(raw, &records);
    check_head(file, raw, &mut reader);
    let case = case(file, raw, &mut reader);
    for person in records.values().flat_map(|record| record.narrator.iter().chain(&record.about)) {
        reader.id(NAMED, person);
    }
    let mut problems = reader.problems;
    let case = Case { records, ..case };
    if problems.is_empty() {
        shape::check(&case, raw, &mut problems);
    }
    let broken = problems.iter().any(|problem| problem.severity == Severity::Error);
    (if broken { None } else { Some(case) }, problems)
}

/// A reader that knows every id of the case.
fn reader<'a>(raw: &'a RawCase, records: &'a Records) -> CaseReader<'a> {
    let mut reader = CaseReader::new(&raw.languages);
    reader.define(NAMED, &raw.persons);
    reader.define(NAMED, &raw.organisations);
    reader.define(NAMED, &raw.institutions);
    reader.define(NAMED, &raw.places);
    reader.define(TOPIC, &raw.topics);
    reader.define(FACT, &raw.facts);
    reader.define(DEMAND, &raw.demands);
    reader.define(CAVEAT, &raw.caveats);
    reader.exist(SOURCE, records.keys());
    reader
}

/// Checks the entries that every case needs.
fn check_head(file: &Arc<str>, raw: &RawCase, reader: &mut CaseReader) {
    let here = At { value: (), place: Place::line(file.clone(), 1) };
    if raw.id.is_none() {
        reader.error(Code::CaseMissingKey, &here, "the case has no `id`", "add a line `id: …` with the folder's name");
    }
    if let Some(id) = raw.id.as_ref().filter(|id| !is_folder_name(id)) {
        reader.error(
            Code::CaseBadValue,
            id,
            format!("`{}` cannot be the name of a folder", id.value),
            "use the name of the case's folder, without slashes and with no dot in front",
        );
    }
    if raw.country.is_none() {
        reader.error(
            Code::CaseMissingKey,
            &here,
            "the case names no `country`",
            "add a line `country: …`, an ISO 3166 code",
        );
    }
    if raw.victims.is_empty() {
        reader.error(Code::CaseMissingKey, &here, "the case names no victim", "add a line `victims: [id]`");
    }
    if raw.languages.is_empty() {
        reader.error(Code::CaseMissingKey, &here, "the case names no `languages`", "add a line `languages: [en, …]`");
    }
}

/// True for an id that can name the folder of the papers and does not lead out of it.
fn is_folder_name(id: &str) -> bool {
    let mut parts = Path::new(id).components();
    let is_one = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    is_one && !id.starts_with('.') && !id.contains(|c: char| c.is_control() || "/\\".contains(c))
}

/// The case, still without the records of its sources.
fn case(file: &Arc<str>, raw: &RawCase, reader: &mut CaseReader) -> Case {
    let text = |value: &Option<At<String>>| value.as_ref().map(|value| value.value.clone()).unwrap_or_default();
    let facts = raw.facts.iter().enumerate();
    Case {
        id: text(&raw.id),
        file: file.clone(),
        country: text(&raw.country),
        languages: raw.languages.iter().map(|language| language.value.clone()).collect(),
        victims: reader.ids(NAMED, &raw.victims),
        date: raw.date.as_ref().map(|day| reader.day(day)),
        names: names(raw, reader),
        topics: raw.topics.iter().map(|(id, topic)| (id.value.clone(), topic.convert(id, reader))).collect(),
        facts: facts.map(|(order, (id, fact))| (id.value.as_str().into(), fact.convert(order, id, reader))).collect(),
        demands: raw
            .demands
            .iter()
            .map(|(id, demand)| (id.value.as_str().into(), demand.convert(id, reader)))
            .collect(),
        caveats: raw.caveats.iter().map(|(id, caveat)| (id.value.clone(), caveat.convert(id, reader))).collect(),
        conflicts: raw.conflicts.iter().map(|conflict| conflict.convert(reader)).collect(),
        gaps: raw.gaps.iter().map(|(id, gap)| gap.convert(id, reader)).collect(),
        arguments: raw.arguments.iter().map(|(category, argument)| argument.convert(category, reader)).collect(),
        steps: raw.steps.iter().map(|step| step.convert(reader)).collect(),
        papers: raw.documents.iter().map(|paper| paper.convert(&raw.victims, reader)).collect(),
        records: BTreeMap::new(),
    }
}

fn names(raw: &RawCase, reader: &mut CaseReader) -> BTreeMap<String, Named> {
    let mut all = Vec::new();
    all.extend(raw.persons.iter().map(|(id, person)| person.convert(id, reader)));
    all.extend(raw.organisations.iter().map(|(id, organisation)| organisation.convert(id, reader)));
    all.extend(raw.institutions.iter().map(|(id, institution)| institution.convert(id, reader)));
    all.extend(raw.places.iter().map(|(id, place)| place.convert(id, reader)));
    all.into_iter().map(|named| (named.id.clone(), named)).collect()
}
