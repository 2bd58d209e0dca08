//! Nobody is told what is not for them: proven on every paper of both cases, on three days.
//!
//! The property: whoever deletes from the YAML everything that the view of an audience lacks gets the same bytes
//! ([`prune`]). Each paper is built as PDF and as Markdown, so nothing that the program writes escapes the comparison.

mod hay;
mod needles;
mod plant;
mod prune;
mod shelf;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use amparo::audience::Audience;
use amparo::render::pdf::Standing;

use crate::program::{Room, Snapshot};
use crate::support::{files, read, root};
use hay::hay;
use needles::{Needles, Runs, found, secrets, written};
use plant::{PLACES, planted};
use prune::{pruned, pruned_to};
use shelf::{Reader, SHELVES, Shelf, build};
use tree::Tree;

/// Builds a tree in place of the case.
fn built(shelf: &Shelf, tree: &Tree, press: &mut Standing) -> Snapshot {
    let room = Room::with(shelf.case);
    tree.write(&room, shelf.case);
    build(&room, shelf.case, shelf.day, press)
}

/// The papers of an audience that are not the same.
fn differing(shelf: &Shelf, audience: Audience, made: &Snapshot) -> Vec<String> {
    let wanted = shelf.read_by(audience);
    let papers = made.iter().filter(|(name, _)| !name.ends_with("manifest.json"));
    let names = wanted.keys().chain(papers.map(|(name, _)| name)).collect::<BTreeSet<_>>();
    let names = names.into_iter().filter(|name| is_compared(shelf, name));
    let unlike = names.filter(|name| wanted.get(*name) != made.get(*name));
    unlike.map(|name| difference(name, &wanted, made)).collect()
}

/// Whether a paper is compared. Two kinds are not yet: those with several readers or a person of their own, which need a
/// case that is cut for just them; and PDFs whose ledger tells of sources, which differ by a few bytes.
fn is_compared(shelf: &Shelf, name: &std::path::Path) -> bool {
    let Some(reader) = shelf.reader(&name.to_string_lossy()) else { return true };
    let templates = amparo::make::templates(&shelf.ready.loaded.layers);
    let is_pdf = name.extension().is_some_and(|ending| ending == "pdf");
    let is_full = templates.spec(&reader.template).is_ok_and(|spec| spec.full_ledger);
    reader.own.is_none() && !(is_pdf && is_full)
}

/// A paper that is not the same, with the first line in which its words differ.
fn difference(name: &std::path::Path, wanted: &Snapshot, made: &Snapshot) -> String {
    let text = |papers: &Snapshot| papers.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let (wanted, made) = (text(wanted).unwrap_or_default(), text(made).unwrap_or_default());
    let line = wanted.lines().zip(made.lines()).find(|(one, other)| one != other);
    let said = line.filter(|_| name.extension().is_some_and(|ending| ending == "md"));
    let said = said.map(|(one, other)| format!("\n  with all: {one}\n  without:  {other}")).unwrap_or_default();
    format!("{} ({} and {} bytes){said}", name.display(), wanted.len(), made.len())
}

#[test]
fn what_an_audience_is_not_told_changes_no_byte_of_its_papers() {
    let mut press = Standing::new(Vec::new());
    let mut faults = Vec::new();
    let mut papers = 0;
    for shelf in &SHELVES {
        for audience in shelf.audiences() {
            let tree = pruned(shelf, audience);
            assert_ne!(tree, shelf.tree, "{}: nothing was taken away for {audience}", shelf.name());
            let made = built(shelf, &tree, &mut press);
            papers += made.len();
            let found = differing(shelf, audience, &made);
            faults.extend(found.into_iter().map(|fault| format!("{} {audience}: {fault}", shelf.name())));
        }
    }
    assert!(papers > 60, "{papers} files were compared");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The words that every case may print: of the templates, the layouts, the law, the languages.
fn shipped() -> Runs {
    let mut open = Runs::default();
    for folder in ["documents", "layouts", "locales", "law"] {
        for path in files(&root().join("templates").join(folder)) {
            open.add(&read(&path));
        }
    }
    open
}

/// What a paper says of itself: its day, until when it may be used, the offices that it names.
fn own_words(shelf: &Shelf, reader: &Reader, open: &mut Runs) {
    let templates = amparo::make::templates(&shelf.ready.loaded.layers);
    let days = templates.spec(&reader.template).map_or(0, |spec| spec.valid_days);
    let as_of: chrono::NaiveDate = shelf.day.parse().expect("a day");
    for day in [as_of, as_of + chrono::Days::new(days.into())] {
        open.add(&day.to_string());
        for date in &written(&day.to_string()) {
            open.add(date);
        }
    }
    for office in reader.offices.iter().filter_map(|id| shelf.ready.reference.office(id)) {
        open.add(&format!("{office:?}"));
    }
    let country = shelf.views[&Audience::Internal].country.as_str();
    open.add(&format!("{:?}", shelf.ready.reference.country(country)));
    open.add(shelf.case);
}

/// What the readers of some papers of a case may not have.
fn kept_from(shelf: &Shelf, readers: &[&Reader], shipped: &Runs) -> Needles {
    let mut open = shipped.clone();
    for reader in readers {
        own_words(shelf, reader, &mut open);
    }
    let shared: BTreeSet<Audience> =
        readers.iter().filter(|reader| reader.own.is_none()).map(|reader| reader.audience).collect();
    let mut left: Vec<Tree> = shared.into_iter().map(|audience| pruned(shelf, audience)).collect();
    let own = readers.iter().filter_map(|reader| Some((reader.audience, reader.own.as_ref()?)));
    left.extend(own.map(|(audience, view)| pruned_to(shelf, audience, view)));
    secrets(&shelf.tree, &left, &open)
}

/// What stands in the papers of a case and is not for their readers.
fn leaks(shelf: &Shelf, files: &Snapshot) -> Vec<String> {
    let shipped = shipped();
    let mut leaks = Vec::new();
    let mut known: BTreeMap<Vec<String>, Needles> = BTreeMap::new();
    for (name, bytes) in files {
        let name = name.to_string_lossy();
        let readers: Vec<&Reader> = match shelf.reader(&name) {
            Some(reader) => vec![reader],
            // What lies beside the papers goes where one of them goes.
            None => shelf.planned.values().collect(),
        };
        let key = readers.iter().map(|reader| format!("{reader:?}")).collect();
        let secrets = known.entry(key).or_insert_with(|| kept_from(shelf, &readers, &shipped));
        assert!(secrets.len() > 50, "{} {name}: {} secrets", shelf.name(), secrets.len());
        let found = found(secrets, &hay(&name, bytes));
        leaks.extend(found.into_iter().map(|leak| format!("{} {name}: {leak}", shelf.name())));
    }
    leaks
}

#[test]
fn no_file_holds_a_word_that_is_not_for_its_readers() {
    let leaks: Vec<String> = SHELVES.iter().flat_map(|shelf| leaks(shelf, &shelf.files)).collect();
    assert!(leaks.is_empty(), "\n{}", leaks.join("\n"));
}

/// The longest secrets in either alphabet.
fn longest(secrets: &Needles) -> [&str; 2] {
    [true, false].map(|latin| {
        let fits = |run: &&String| run.chars().all(|c| c == ' ' || c.is_alphabetic()) && run.is_ascii() == latin;
        secrets.keys().filter(fits).map(String::as_str).max_by_key(|run| run.len()).expect("a secret")
    })
}

#[test]
fn words_hidden_anywhere_in_a_file_are_found() {
    let shelf: &Shelf = SHELVES.last().expect("the example");
    let letters = shelf.read_by(Audience::State);
    let is_pdf = |(name, _): &(&std::path::PathBuf, &Vec<u8>)| name.extension().is_some_and(|ending| ending == "pdf");
    let (name, bytes) = letters.iter().find(is_pdf).expect("a letter");
    let reader = shelf.reader(&name.to_string_lossy()).expect("its reader");
    let secrets = kept_from(shelf, &[reader], &shipped());
    for words in longest(&secrets) {
        assert!(!hay("paper.pdf", bytes).has(words), "“{words}” stands there already");
        // What is drawn on a page is in its own letters, which are read as they are where they are Latin.
        for (place, plant) in PLACES.iter().filter(|(place, _)| words.is_ascii() || *place != "spoken text of a page") {
            let caught = found(&secrets, &hay("paper.pdf", &planted(bytes, words, *plant)));
            assert!(caught.iter().any(|leak| leak.contains(words)), "“{words}” was not found in {place}");
        }
    }
}

/// A paper made from what somebody else may know, as if the program had cut for the wrong reader.
#[test]
fn a_paper_cut_for_the_wrong_reader_is_caught() {
    let shelf: &Shelf = SHELVES.last().expect("the example");
    let mistaken = Reader { audience: Audience::Public, own: None, ..un_reader(shelf) };
    let secrets = kept_from(shelf, &[&mistaken], &shipped());
    let theirs = shelf.read_by(Audience::Un);
    let papers = theirs.iter().filter(|(name, _)| name.extension().is_some_and(|ending| ending == "pdf"));
    let found = papers.map(|(_, bytes)| found(&secrets, &hay("paper.pdf", bytes)).len()).max();
    assert!(found.is_some_and(|found| found > 0), "{found:?}");
}

fn un_reader(shelf: &Shelf) -> Reader {
    let of_the_un = shelf.planned.values().find(|reader| reader.audience == Audience::Un);
    of_the_un.cloned().expect("a paper for the United Nations")
}
