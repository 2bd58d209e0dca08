//! Tests of records: the values that are read, and the message for each bad input.

use super::*;

fn read(text: &str) -> (Records, Vec<Diagnostic>) {
    let raw: RawSources = crate::yaml::read(&"sources.yaml".into(), text).expect("well-formed");
    records(&raw)
}

fn date(text: &str) -> NaiveDate {
    day(text).expect("a date")
}

const GOOD: &str = "\
herald:
  type: article
  title: {value: 'Cost: $5 {per} \"head\"', short: Cost, translation: {ru: Цена}}
  author: [Harbour Desk, {name: Lind, given-name: Ana}]
  url: {value: 'https://herald.example/a?b=c&d', date: 2031-10-05}
  parent: {type: newspaper, title: The Herald, publisher: Herald Press}
  language: en-GB
  genre: {en: press release}
  serial-number: 12
  note: for us
  date: 2031-09-30
  file: herald.txt
  digest: sha256:00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF
  extractor: {name: html, version: 2}
  group: herald-group
  rests-on: [bulletin]
  limits:
    truncated: the last page
    not-text: [{from: 9, to: 9, why: appeal for money}, {from: 1, to: 3, why: menu}]
  audience: [un, public, state]
  status:
    - {country: XA, from: 2031-11-01, what: {en: outlawed}, closes: [state], source: 'https://law.example', verified-on: 2031-11-02}
bulletin:
  type: web
  title: 1984
  author: {name: Lind}
  url: https://bulletin.example
  language: en
  published:
    not-before: 2031-10-02
    not-after: 2031-10-20
    basis: the newest day it tells of; the day of the copy
    counted-from: {on: 2031-10-03, why: cited by another paper that day}
  withdrawn: {on: 2031-12-01, why: taken off line}
";

#[test]
fn a_good_record_is_read_whole() {
    let (records, problems) = read(GOOD);
    assert_eq!(problems, []);
    let herald = &records["herald"];
    assert_eq!(herald.kind, SourceKind::Article);
    assert_eq!(herald.title.value, "Cost: $5 {per} \"head\"");
    assert_eq!(herald.title.translations["ru"], "Цена");
    assert_eq!(herald.authors[1].given_name.as_deref(), Some("Ana"));
    assert_eq!(herald.url.as_deref(), Some("https://herald.example/a?b=c&d"));
    assert_eq!(herald.accessed, Some(date("2031-10-05")));
    assert_eq!(herald.publisher.as_deref(), Some("Herald Press"));
    assert_eq!(herald.number.as_deref(), Some("12"));
    assert_eq!(herald.extractor.to_string(), "html 2");
    assert_eq!(herald.known_from(), Some(date("2031-09-30")));
    assert_eq!(herald.rests_on[0].place.line, 16);
    assert_eq!(herald.excluded.iter().map(|(range, _)| range.clone()).collect::<Vec<_>>(), [1..=3, 9..=9]);
    assert_eq!([3, 4, 8, 9].map(|n| herald.excluded(n).is_some()), [true, false, false, true]);
    let hex = "00112233445566778899aabbccddeeff".repeat(2);
    assert_eq!(herald.digest.as_ref().map(|digest| digest.to_string()), Some(format!("sha256:{hex}")));

    let bulletin = &records["bulletin"];
    assert_eq!(bulletin.title.value, "1984");
    assert_eq!(bulletin.extractor, Extractor::default());
    assert_eq!(bulletin.known_from(), Some(date("2031-10-03")));
    assert!(bulletin.withdrawn.is_some());
    assert!(!bulletin.allowed(Audience::Public, date("2031-10-03")));
    assert!(bulletin.allowed(Audience::Internal, date("2031-10-03")));
}

#[test]
fn a_status_closes_from_its_day_on() {
    let (records, _) = read(GOOD);
    let herald = &records["herald"];
    let table = [
        (Audience::State, "2031-10-31", true),
        (Audience::State, "2031-11-01", false),
        (Audience::Public, "2031-11-01", true),
        (Audience::Custodian, "2031-10-31", false),
        (Audience::Internal, "2031-11-01", true),
    ];
    for (audience, on, allowed) in table {
        assert_eq!(herald.allowed(audience, date(on)), allowed, "{audience} on {on}");
    }
}

#[test]
fn a_source_is_known_from_its_last_possible_day() {
    let table = [
        ("date: 2031-02-10", Some("2031-02-10")),
        ("date: 2032-02", Some("2032-02-29")),
        ("date: 2031", Some("2031-12-31")),
        ("published: {not-before: 2031-02-01, not-after: 2031-02-20, basis: b}", Some("2031-02-20")),
        ("published: {not-before: 2031-02-01, counted-from: {on: 2031-02-03, why: w}, basis: b}", Some("2031-02-03")),
        ("published: {not-before: 2031-02-01, basis: b}", None),
        ("group: g", None),
    ];
    for (line, known) in table {
        let (records, problems) = read(&format!("a:\n  type: web\n  title: t\n  language: en\n  {line}\n"));
        assert_eq!(records["a"].known_from(), known.map(date), "{line}");
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        let expected = if known.is_none() { vec![Code::SourceDate] } else { vec![] };
        assert_eq!(codes, expected, "{line}");
    }
}

#[test]
fn each_bad_value_has_its_code_and_line() {
    let table: &[(&str, Code, usize)] = &[
        ("date: 2031-02-31", Code::CaseBadDate, 5),
        ("date: 2031-2-3", Code::CaseBadDate, 5),
        ("date: spring", Code::CaseBadDate, 5),
        ("published: {basis: b, not-after: 2031-13-01}", Code::CaseBadDate, 5),
        ("published:\n    basis: b\n    not-before: 2031-03-02\n    not-after: 2031-03-01", Code::SourceDate, 8),
        (
            "published:\n    basis: b\n    not-before: 2031-03-02\n    counted-from: {on: 2031-03-01, why: w}",
            Code::SourceDate,
            8,
        ),
        ("published: {not-after: 2031-03-01}", Code::CaseMissingKey, 5),
        ("date: 2031\n  published: {not-after: 2031-03-01, basis: b}", Code::SourceDate, 6),
        ("date: 2031\n  digest: sha256:12", Code::CaseBadValue, 6),
        ("date: 2031\n  digest: '0123'", Code::CaseBadValue, 6),
        ("date: 2031\n  audience: [un, press]", Code::CaseBadValue, 6),
        ("date: 2031\n  file: ../a.txt", Code::CaseBadValue, 6),
        ("date: 2031\n  file: a/b.txt", Code::CaseBadValue, 6),
        ("date: 2031\n  file: a\\b.txt", Code::CaseBadValue, 6),
        ("date: 2031\n  file: a..txt", Code::CaseBadValue, 6),
        ("date: 2031\n  url: see below", Code::CaseBadValue, 6),
        ("date: 2031\n  url: {value: 'https://a.example', date: 2031-02-30}", Code::CaseBadDate, 6),
        ("date: 2031\n  parent: {type: wall, title: t}", Code::CaseBadValue, 6),
        ("date: 2031\n  extractor: {name: a b, version: 1}", Code::CaseBadValue, 6),
        ("date: 2031\n  publisher-name: {name: {en: P}, basis: guessed}", Code::CaseBadValue, 6),
        ("date: 2031\n  publisher-name: {name: {en: P}, basis: inferred}", Code::CaseMissingKey, 6),
        ("date: 2031\n  withdrawn: {on: soon, why: w}", Code::CaseBadDate, 6),
        ("date: 2031\n  limits:\n    not-text:\n    - {from: 3, to: 1, why: w}", Code::CaseBadValue, 8),
        ("date: 2031\n  limits:\n    not-text:\n    - {from: 0, to: 1, why: w}", Code::CaseBadValue, 8),
        (
            "date: 2031\n  limits:\n    not-text:\n    - {from: 4, to: 6, why: w}\n    - {from: 2, to: 4, why: w}",
            Code::CaseBadValue,
            8,
        ),
    ];
    for (lines, code, line) in table {
        let (_, problems) = read(&format!("a:\n  type: web\n  title: t\n  language: en\n  {lines}\n"));
        let found: Vec<_> = problems.iter().collect();
        let places: Vec<_> = found.iter().map(|problem| (problem.code, problem.primary.place.line)).collect();
        assert_eq!(places, [(*code, *line)], "{lines}");
        assert!(found.iter().all(|problem| !problem.hints.is_empty()), "{lines}");
    }
}

#[test]
fn all_missing_required_keys_are_reported_at_once() {
    let (_, problems) = read("a: {date: 2031}\nb: {type: wbe, title: t, language: english, date: 2031}\n");
    let found: Vec<_> = problems.iter().map(|problem| (problem.code.name(), problem.primary.place.line)).collect();
    let missing = ("case/missing-key", 1);
    assert_eq!(found, [missing, missing, missing, ("case/bad-value", 2), ("case/bad-value", 2)]);
}

#[test]
fn a_status_that_cannot_be_read_closes_more_not_less() {
    let status = "{country: XA, from: 2031-02-30, what: {en: x}, closes: [sate], source: s, verified-on: 2031-01-01}";
    let head = "a:\n  type: web\n  title: t\n  language: en\n  date: 2031\n  audience: [state, un]\n";
    let (records, problems) = read(&format!("{head}  status: [{status}]\n"));
    assert_eq!(problems.len(), 2);
    assert!(!records["a"].allowed(Audience::State, date("2020-01-01")));
    assert!(!records["a"].allowed(Audience::Un, date("2020-01-01")));
}

#[test]
fn unknown_keys_are_refused() {
    let raw = crate::yaml::read::<RawSources>(&"s.yaml".into(), "a:\n  type: web\n  titel: t\n");
    let problems = raw.expect_err("refused");
    assert_eq!((problems[0].code, problems[0].primary.place.line), (Code::CaseUnknownKey, 3));
}

#[test]
fn the_schema_knows_the_keys() {
    let schema = schemars::schema_for!(RawSources).to_value().to_string();
    for key in ["\"type\"", "counted-from", "not-text", "publisher-name", "verified-on", "given-name", "translation"] {
        assert!(schema.contains(key), "{key}");
    }
}
