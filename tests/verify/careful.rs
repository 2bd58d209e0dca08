//! What a PDF carries never tells more than its audience may know.

use serde_json::Value;

use super::PAPERS;
use super::ledgers::take;
use crate::program::Room;

fn ledger(paper: &[u8]) -> Value {
    serde_json::from_slice(&take(paper)).expect("JSON")
}

/// Every key and every text of a JSON value.
fn words(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|value| words(value, out)),
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            out.push(key.clone());
            words(value, out);
        }),
        _ => {}
    }
}

#[test]
fn papers_that_supporters_carry_have_digests_only() {
    for name in ["letter", "leaf", "envelope"] {
        let ledger = ledger(&PAPERS[name]);
        assert_eq!(ledger["extent"], "digests", "{name}");
        let mut found = Vec::new();
        words(&ledger, &mut found);
        for key in ["sources", "attached", "citations", "selector", "id", "grounds", "status", "audience", "url"] {
            assert!(!found.iter().any(|word| word == key), "{name} has `{key}`");
        }
        for closed in ["appeal-judgment", "lantern", "visits-sheet", "facts.", "demands."] {
            assert!(!found.iter().any(|word| word.contains(closed)), "{name} tells `{closed}`");
        }
    }
}

#[test]
fn an_appeal_carries_its_sources_and_quotations() {
    for name in ["appeal", "real"] {
        let ledger = ledger(&PAPERS[name]);
        assert_eq!((&ledger["extent"], &ledger["document"]["audience"]), (&"full".into(), &"public".into()), "{name}");
        let claims = ledger["claims"].as_array().expect("claims");
        for kind in ["fact", "demand"] {
            assert!(claims.iter().any(|claim| claim["kind"] == kind && claim["text"].is_string()), "{name}: no {kind}");
        }
        let cited = claims.iter().filter_map(|claim| claim["citations"].as_array()).flatten();
        assert!(cited.clone().any(|cited| cited["selector"]["exact"].is_string()), "{name}");
        let sources: Vec<&Value> = ledger["sources"].as_array().expect("sources").iter().collect();
        assert!(cited.clone().all(|cited| sources.iter().any(|source| source["id"] == cited["source"])), "{name}");
    }
}

#[test]
fn words_around_a_quotation_go_only_where_its_owner_allows_it() {
    let around = |name: &str| {
        let mut found = Vec::new();
        words(&ledger(&PAPERS[name])["claims"], &mut found);
        found.iter().any(|word| word == "prefix" || word == "suffix")
    };
    assert!(around("appeal"));
    assert!(!around("real"), "no record of the first case allows any");
}

/// The example with a source that names somebody beside a quotation, in a ledger for everybody.
fn beside(words: &str, change: impl Fn(&Room)) -> String {
    let room = Room::with("example");
    let copy = "cases/example/archive/lantern-update.txt";
    let from = "counsel";
    room.change(copy, from, words);
    change(&room);
    let text = std::fs::read(room.path(copy)).expect("a copy");
    let digest = amparo::disk::digest::hex(&text);
    room.change(
        "cases/example/sources.yaml",
        "218ae5753bfb4c95ad6eb092b585bc83b8176353c0afd52363ae94d84620c1f1",
        &digest,
    );
    room.run("build cases/example --only urgent-appeal").done();
    let paper = std::fs::read(room.path("output/example/2026-06-01/urgent-appeal.en.pdf")).expect("a paper");
    String::from_utf8(take(&paper)).expect("text")
}

#[test]
fn a_name_that_stands_beside_a_quotation_stays_at_home() {
    for name in ["counsel Vesna Orlik", "counsel (Orlik)", "counsel, 4177 years old,", "counsel V."] {
        let told = beside(name, |_| ());
        assert!(told.contains(", her counsel"), "the words before it go: {told}");
        for word in ["Orlik", "Vesna", "4177", " V."] {
            assert!(!told.contains(word), "{word}");
        }
    }
}

#[test]
fn copies_are_refused_for_what_supporters_carry() {
    let room = Room::with("example");
    room.run("build cases/example --attach-sources")
        .problems()
        .says("document/copy-kept")
        .says("`letter-official` is carried by supporters");
    assert!(!room.path("output").exists(), "nothing is written");
}

#[test]
fn copies_travel_with_an_appeal_unless_they_name_somebody() {
    let room = Room::with("example");
    room.run("build cases/example --only urgent-appeal --attach-sources").done();
    let path = "output/example/2026-06-01/urgent-appeal.en.pdf";
    let came = room.run(&format!("verify {path}")).done();
    assert!(came.out.contains("with copies of sources"), "{}", came.out);
    let came = room.run(&format!("inspect {path}")).done();
    assert!(came.out.contains("text/plain; Supplement"), "{}", came.out);
    // Somebody of whom the readers of an appeal are not told is named in one of them.
    room.change(
        "cases/example/case.yaml",
        "    audience: [other-state, un, public]\n  # Relatives",
        "    audience: [internal]\n  # Relatives",
    );
    let came = room.run("build cases/example --only urgent-appeal --attach-sources");
    assert!(came.err.contains("of whom the readers of this paper are not told"), "{}", came.err);
}

#[test]
fn a_template_for_the_country_cannot_ask_for_a_full_ledger() {
    let room = Room::with("example");
    for (name, bytes) in crate::support::files(&crate::support::root().join("templates/documents/letter-official"))
        .into_iter()
        .map(|path| (path.file_name().expect("a name").to_owned(), std::fs::read(path).expect("a file")))
    {
        room.write(std::path::Path::new("templates/documents/letter-official").join(name), bytes);
    }
    room.change("templates/documents/letter-official/template.yaml", "notes: short", "notes: short\nledger: full");
    room.run("build cases/example").problems().says("must not carry its sources in the file");
}
