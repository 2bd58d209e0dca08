//! Forms: what a form in a case's own templates needs no code for, when a form is a draft, what `check --for` says.
//!
//! The small invented form and what is expected of it stand in `tests/forms/`.

use crate::program::Room;
use crate::support::{read, root};

const CASE: &str = "cases/example/case.yaml";

fn data(name: &str) -> String {
    read(&root().join("tests/forms").join(name))
}

/// The example with the small form in its own `templates/`, asked for in the case.
fn with_small_form() -> Room {
    let room = Room::with("example");
    for name in ["template.yaml", "en.md"] {
        room.write(format!("cases/example/templates/documents/alert/{name}"), data(name));
    }
    room.change(CASE, "documents:\n", &format!("documents:\n{}", data("document.yaml")));
    room
}

#[test]
fn a_form_of_the_case_needs_no_code() {
    let room = with_small_form();
    room.run("build cases/example --only alert --format md").done();
    let made = room.read("output/example/2026-06-01/alert.en.md");
    assert_eq!(made.trim(), data("alert.en.md").trim());
    let checked = room.run("check cases/example --for alert --message-format short").done();
    assert_eq!(checked.out.trim(), data("check.txt").trim());
}

/// What is changed in the example, by file: from, to; the code of the warning; whether the paper becomes a draft.
#[test]
fn a_form_is_final_only_when_all_that_it_needs_is_recorded() {
    let government = "      name-to-government: {given-by: a relative, on: 2026-05-29, evidence: signed paper; kept with the file}\n";
    let late = government.replace("2026-05-29", "2026-06-02");
    let withdrawn = government.replace("evidence:", "withdrawn-on: 2026-06-20, evidence:");
    let counsel = "    counsel-informed: {on: 2026-05-30, how: in the office; the note is kept with the file}\n";
    let table = [
        (government, "", "form/consent"),
        (government, late.as_str(), "form/consent"),
        (government, withdrawn.as_str(), "form/consent"),
        (counsel, "", "form/consent"),
        ("    outcome: the term was reduced\n", "    outcome: unknown\n", "form/step"),
        (
            "  - body: provincial-court\n    date: 2026-02-10\n",
            "  - body: provincial-court\n    date: unknown\n",
            "form/step",
        ),
        ("      ii.date: [taken-away]\n", "", "form/field-missing"),
        ("    fields: [iii.places]\n", "", "form/gap"),
    ];
    for (from, to, code) in table {
        let draft = !["form/field-missing", "form/gap"].contains(&code);
        let room = Room::with("example");
        room.change(CASE, from, to);
        let ran = room.run("build cases/example --only wgad --message-format short").done();
        let manifest = room.json("output/example/2026-06-01/manifest.json");
        assert_eq!(manifest["files"]["wgad.en.pdf"]["draft"], draft, "{from} -> {to}: {}", ran.err);
        assert!(ran.err.contains(&format!("warning[{code}]")), "{from} -> {to}: {}", ran.err);
        let strict = room.run("check cases/example --for wgad --strict");
        assert_eq!(strict.code, Some(1), "{from} -> {to}: {}", strict.err);
    }
}

#[test]
fn the_forms_of_both_cases_are_what_their_records_allow() {
    for (case, day, draft) in [("example", "2026-06-01", false), ("khamroev", "2024-10-01", true)] {
        let room = Room::with(case);
        room.run(&format!("build cases/{case} --only wgad --format pdf,md")).done();
        let manifest = room.json(&format!("output/{case}/{day}/manifest.json"));
        assert_eq!(manifest["files"]["wgad.en.pdf"]["draft"], draft, "{case}");
        let text = room.read(format!("output/{case}/{day}/wgad.en.md"));
        assert!(!text.contains("Quillan") && !text.contains(" none"), "{case}: {text}");
        assert!(text.to_lowercase().contains("not stated in this paper"), "{case}");
        let checked = room.run(&format!("check cases/{case} --for wgad"));
        assert_eq!(checked.code, Some(0), "{}", checked.err);
        assert_eq!(checked.out.contains("LACKING"), draft, "{}", checked.out);
        assert_eq!(checked.out.contains("UNKNOWN in part"), draft, "{}", checked.out);
    }
}

/// What is typed wrongly, and what the message must name.
#[test]
fn what_is_wrong_in_a_form_or_its_answers_is_told_at_its_line() {
    let table = [
        (CASE, "      ii.place: [taken-away]", "      ii.plce: [taken-away]", "the form has no field `ii.plce`"),
        (CASE, "      ii.place: [taken-away]", "      ii.place: [taken-awy]", "there is no fact `taken-awy`"),
        (CASE, "    victim: tarrin\n", "", "is filled in for one person"),
        (CASE, "    victim: tarrin\n", "    victim: sister\n", "`sister` is no victim"),
        (CASE, "family-name: {en: Tarrin", "family-name: {en: Tarin", "is no part of the name"),
        (CASE, "  - template: urgent-appeal\n", "  - template: urgent-appeal\n    victim: tarrin\n", "is no form"),
    ];
    for (file, from, to, expected) in table {
        let room = Room::with("example");
        room.change(file, from, to);
        let ran = room.run("build cases/example --message-format short");
        assert_eq!(ran.code, Some(1), "{to}: {}", ran.err);
        let told = ran.err.lines().find(|line| line.contains(expected)).unwrap_or_else(|| panic!("{to}: {}", ran.err));
        assert!(told.starts_with("cases/example/case.yaml:"), "{told}");
        assert!(!room.path("output").exists(), "{to}: something was written");
    }
    let form = [
        ("required: mandatory", "required: maybe", "`maybe` cannot stand here"),
        ("from: topic, topic: sentence", "from: topic", "no topic is named"),
        ("required: optional", "required: optional, unbroken-within: 7", "only states of a topic follow one another"),
        ("id: a.sentence", "id: a.date", "the field `a.date` stands twice"),
        ("value: [en]", "value: [fr]", "the form cannot be filed in `en`"),
        ("label: {en: Date of the arrest}", "label: {ru: День}", "the label of `a.date` in `en` is missing"),
    ];
    for (from, to, expected) in form {
        let room = with_small_form();
        room.change("cases/example/templates/documents/alert/template.yaml", from, to);
        let ran = room.run("build cases/example --only alert --message-format short");
        assert_eq!(ran.code, Some(1), "{to}: {}", ran.err);
        let told = ran.err.lines().find(|line| line.contains(expected)).unwrap_or_else(|| panic!("{to}: {}", ran.err));
        assert!(told.contains("alert/template.yaml:"), "{told}");
    }
    let ran = Room::with("example").run("check cases/example --for urgent-appeal");
    assert_eq!(ran.code, Some(2), "{}", ran.err);
}
