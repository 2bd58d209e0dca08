//! Who agrees on a fact, and how often the agreement counts: sources of one publisher group, and sources that rest on
//! one another, count once.

use std::fmt::Write as _;

use amparo::command::options::CaseOptions;
use amparo::command::prepared::Prepared;

/// Each source: id, publisher group, what it rests on.
const SOURCES: &[(&str, &str, &[&str])] = &[
    ("court", "court", &[]),
    ("daily", "press-house", &[]),
    ("evening", "press-house", &[]),
    ("agency", "agency", &[]),
    ("copy-one", "copy-one", &["agency"]),
    ("copy-two", "copy-two", &["agency"]),
    ("digest", "digest", &["daily", "agency"]),
];

/// The sources cited for a fact, and the groups whose agreement counts once.
const AGREEMENTS: &[(&[&str], &[&[&str]])] = &[
    (&["daily"], &[&["daily"]]),
    (&["daily", "evening"], &[&["daily", "evening"]]),
    (&["daily", "agency"], &[&["daily"], &["agency"]]),
    (&["agency", "copy-one", "copy-two"], &[&["agency", "copy-one", "copy-two"]]),
    // Neither is the origin of the other, but both have it from the agency.
    (&["copy-one", "copy-two"], &[&["copy-one", "copy-two"]]),
    (&["court", "copy-one", "evening"], &[&["court"], &["evening"], &["copy-one"]]),
    // It rests on both, and so adds nothing to either.
    (&["daily", "agency", "digest"], &[&["daily", "digest"], &["agency"]]),
    (&["digest", "court"], &[&["court"], &["digest"]]),
];

const WORDS: &str = "three windows of the library were broken";

fn sources() -> String {
    SOURCES.iter().fold(String::new(), |mut out, (id, group, rests_on)| {
        let rests_on = rests_on.join(", ");
        _ = writeln!(
            out,
            "{id}: {{type: web, title: {id}, date: 2031-01-02, language: en, group: {group}, rests-on: [{rests_on}], file: page.txt}}"
        );
        out
    })
}

fn case() -> String {
    let mut out = "id: library\ncountry: XA\nvictims: [anna]\nlanguages: [en]\npersons:\n  anna: {name: {en: Anna Lindqvist}}\nfacts:\n".to_owned();
    for (index, (cited, _)) in AGREEMENTS.iter().enumerate() {
        let cites = cited.iter().map(|source| format!("{{source: {source}, at: para 1, quote: {WORDS}}}"));
        let mut cites = cites.collect::<Vec<_>>();
        let also = cites.split_off(1).join(", ");
        _ = writeln!(out, "  f{index}:\n    event: 2031-01-01\n    text: {{en: Three windows were broken.}}");
        _ = writeln!(out, "    cites: [{}]\n    also: [{also}]", cites.join(", "));
    }
    out
}

#[test]
fn agreement_of_one_origin_counts_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).expect("written");
    write("case.yaml", case());
    write("sources.yaml", sources());
    std::fs::create_dir(folder.path().join("archive")).expect("made");
    write("archive/page.txt", format!("On that night {WORDS}.\n"));
    let options = CaseOptions::of(folder.path(), chrono::NaiveDate::default());
    let ready = Prepared::new(&options).expect("it is read");
    let checked = ready.checked.as_ref().expect("it is a case");
    for (index, (cited, expected)) in AGREEMENTS.iter().enumerate() {
        let found = &checked.comparison.facts[format!("f{index}").as_str()];
        assert_eq!(found.agreeing, *expected, "{cited:?}");
        assert!(found.differing.is_empty(), "{:?}", found.differing);
    }
}
