//! A paper whose quotations stand in texts that were extracted: `verify` finds them there, at their page, and sees what
//! somebody changed.

use amparo::render::ledger::Carried;

use super::CASE;
use super::cited::cited;
use crate::program::{Ran, Room};
use crate::verify::ledgers::{put, take};

const PAPER: &str = "out/fresh/2026-06-01/urgent-appeal.en.pdf";

/// The cited case for everybody, with an appeal that carries its sources.
fn appeal() -> Room {
    let room = cited();
    let public = "audience: [state, un, public]";
    for file in ["case.yaml", "sources.yaml"] {
        let text = room.read(format!("{CASE}/{file}")).replace("audience: [state]", public);
        let text = text.replace("template: letter-official", "template: urgent-appeal");
        room.write(format!("{CASE}/{file}"), text.replace("name-to-government:", "public-campaign:"));
    }
    room.run(&format!("build {CASE} --only urgent-appeal --output out")).done();
    room
}

fn verified(room: &Room) -> Ran {
    room.run(&format!("verify {PAPER} --archive {CASE}/archive"))
}

#[test]
fn quotations_are_found_in_the_texts_that_were_made_of_files() {
    let room = appeal();
    let ran = verified(&room).done();
    ran.gives("sources  passed      11 quotations stand where the ledger says").gives("verified: ");
}

#[test]
fn a_changed_word_of_an_extracted_text_is_found() {
    let room = appeal();
    for (source, from, to) in [("judgment", "six years", "five years"), ("statement", "held & searched", "not held")] {
        let copy = format!("{CASE}/archive/{source}.txt");
        room.change(&copy, from, to);
        let ran = verified(&room);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        ran.gives(&format!("the copy of `{source}` is not the one against which the paper was made"));
        room.change(&copy, to, from);
    }
    verified(&room).done();
}

#[test]
fn a_quotation_of_another_page_is_found_there() {
    let room = appeal();
    let paper = std::fs::read(room.path(PAPER)).expect("a paper");
    let mut ledger = Carried::read(&take(&paper)).expect("a ledger");
    let cited = ledger.claims.iter_mut().flat_map(|claim| &mut claim.citations);
    let judgment = cited.filter(|cited| cited.source == "judgment");
    for (cited, place) in judgment.zip(["page 1 para 3", "page 9"]) {
        assert_eq!(cited.at, "page 2 para 3");
        place.clone_into(&mut cited.at);
    }
    room.write(PAPER, put(&paper, &ledger.write().expect("written")));
    verified(&room)
        .gives("is not in `judgment`, page 1 para 3: it stands in page 2 para 3")
        .gives("is not in `judgment`, page 9: its copy has no such place");
}

#[test]
fn the_files_from_which_texts_were_made_are_looked_at_too() {
    let room = appeal();
    let digest = amparo::disk::digest::hex(&super::files::pdf());
    let original = format!("{CASE}/archive/{digest}.pdf");
    room.write(&original, "another file");
    let ran = verified(&room);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    ran.gives("the file from which the text of `judgment` was made has been changed");
    std::fs::remove_file(room.path(&original)).expect("removed");
    verified(&room).done().gives("sources  partly").gives("the texts of `judgment` were made are not at hand");
    std::fs::remove_file(room.path(format!("{CASE}/archive/judgment.txt"))).expect("removed");
    let ran = verified(&room);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    ran.gives("there is no copy of `judgment`: put the file whose SHA-256 begins with");
}

/// A newer file is taken over: the paper that was made before still finds the words that it names.
#[test]
fn the_older_text_still_speaks_for_an_older_paper() {
    let room = appeal();
    let bytes = super::files::pdf();
    let at = bytes.windows(9).position(|part| part == b"six years").expect("the words");
    room.write("newer.pdf", [&bytes[..at], b"ten", &bytes[at + 3..]].concat());
    let ran = room.run(&format!("source recheck {CASE} judgment newer.pdf --write"));
    assert_eq!(ran.gives("papers that rest on it: urgent-appeal.en").code, Some(1));
    verified(&room).done().gives("sources  passed      11 quotations stand where the ledger says");
    let names = room.names(&format!("{CASE}/archive"));
    let kept = names.iter().find(|name| name.starts_with("judgment.") && *name != "judgment.txt").expect("it is kept");
    std::fs::remove_file(room.path(format!("{CASE}/archive/{kept}"))).expect("removed");
    let ran = verified(&room).gives("and the one that it names (its SHA-256 begins with");
    assert_eq!(ran.code, Some(1));
}
