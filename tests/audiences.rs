//! Nobody is told what is not for them: proven on every paper of both cases, on three days.
//!
//! The property: whoever deletes from the YAML everything that the view of an audience lacks gets the same bytes
//! ([`prune`]). Each paper is built as PDF and as Markdown, so nothing that the program writes escapes the comparison.

mod closed;
mod hay;
mod needles;
mod plant;
mod prune;
mod shelf;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use amparo::case::view::View;
use amparo::reference::audience::Audience;
use amparo::render::format::Finished as _;
use amparo::render::print::Printer;
use amparo::render::reading::file::PdfFile;

use crate::program::{Room, Snapshot};
use crate::support::{files, read, root};
use closed::opened_to;
use hay::hay;
use needles::{Needles, Runs, found, secrets, written};
use plant::{PLACES, planted};
use prune::{pruned, pruned_for, pruned_to, without_context};
use shelf::{Reader, SHELVES, Shelf, build};
use tree::Tree;

/// Builds a tree in place of the case.
fn built(shelf: &Shelf, tree: &Tree, printer: &mut Printer) -> Snapshot {
    let room = Room::with(shelf.case);
    tree.write(&room, shelf.case);
    build(&room, shelf.case, shelf.day, printer)
}

/// The papers of the whole case, as they are without words from around quotations.
fn whole(shelf: &Shelf, printer: &mut Printer) -> Snapshot {
    let mut tree = shelf.tree.clone();
    without_context(&mut tree);
    if tree == shelf.tree { shelf.files.clone() } else { built(shelf, &tree, printer) }
}

/// The files of some papers that are not the same when they are made from what a view has.
fn differing(
    shelf: &Shelf,
    papers: &BTreeSet<&str>,
    view: &View,
    whole: &Snapshot,
    printer: &mut Printer,
) -> Vec<String> {
    let tree = pruned_for(shelf, papers, view);
    assert_ne!(tree, shelf.tree, "{}: nothing was taken away for {papers:?}", shelf.name());
    let wanted = shelf.of_papers(papers, whole);
    let made = shelf.of_papers(papers, &built(shelf, &tree, printer));
    let names = wanted.keys().chain(made.keys()).collect::<BTreeSet<_>>();
    let unlike = names.into_iter().filter(|name| wanted.get(*name) != made.get(*name));
    unlike.map(|name| format!("{}: {}", shelf.name(), difference(name, &wanted, &made))).collect()
}

/// A file that is not the same, with the first line in which its words or its ledger differ.
fn difference(name: &std::path::Path, wanted: &Snapshot, made: &Snapshot) -> String {
    let text = |papers: &Snapshot| papers.get(name).map(|bytes| lines(name, bytes)).unwrap_or_default();
    let (wanted, made) = (text(wanted), text(made));
    let said = similar::TextDiff::from_lines(&wanted, &made).unified_diff().context_radius(3).to_string();
    format!("{}\n{said}", name.display())
}

/// What can be read of a file: of a PDF, its ledger.
fn lines(name: &std::path::Path, bytes: &[u8]) -> String {
    if name.extension().is_some_and(|ending| ending == "pdf") {
        ledger(bytes)
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    }
}

/// The ledger of a PDF.
fn ledger(bytes: &[u8]) -> String {
    let pdf = PdfFile::open(bytes).unwrap_or_else(|_| panic!("a PDF"));
    let enclosed = pdf.enclosed().into_iter().find(|enclosed| enclosed.name == amparo::render::ledger::NAME);
    let bytes = enclosed.and_then(|enclosed| enclosed.bytes.ok()).expect("a ledger");
    let ledger: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    format!("{ledger:#}")
}

#[test]
fn what_is_not_told_changes_no_byte_of_any_paper() {
    // The longest test of all: each case and day on a thread of its own.
    let compared = |shelf: &Shelf| {
        let mut printer = Printer::new(Vec::new());
        let (mut faults, mut compared) = (Vec::new(), 0);
        let whole = whole(shelf, &mut printer);
        for papers in shelf.groups() {
            compared += shelf.of_papers(&papers, &whole).len();
            faults.extend(differing(shelf, &papers, shelf.view_of(&papers), &whole, &mut printer));
        }
        (faults, compared)
    };
    let found: Vec<(Vec<String>, usize)> = std::thread::scope(|scope| {
        let threads: Vec<_> = SHELVES.iter().map(|shelf| scope.spawn(|| compared(shelf))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let compared: usize = found.iter().map(|(_, compared)| compared).sum();
    let faults: Vec<String> = found.into_iter().flat_map(|(faults, _)| faults).collect();
    assert!(compared > 100, "{compared} files were compared");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A paper that tells its readers more than the view has, as if its template had looked at the case itself: made from
/// less, it is another.
#[test]
fn a_paper_that_tells_more_than_the_view_has_is_seen() {
    let mut printer = Printer::new(Vec::new());
    let shelf: &Shelf = SHELVES.last().expect("the example");
    let groups = shelf.groups();
    let is_of_the_state = |papers: &&BTreeSet<&str>| shelf.view_of(papers).audience == Audience::State;
    let letters = groups.iter().find(is_of_the_state).expect("letters");
    let mut less = shelf.view_of(letters).clone();
    let told = less.facts.iter().rposition(|told| told.fact.id.as_str() == "teacher").expect("a fact that is told");
    less.facts.remove(told);
    let faults = differing(shelf, letters, &less, &shelf.files, &mut printer);
    assert!(!faults.is_empty());
}

/// The words that every case may print: of the templates, the layouts, the law, the languages.
fn shipped() -> Runs {
    let mut open = Runs::default();
    for folder in ["documents", "layouts", "languages", "law"] {
        let shipped = files(&root().join("templates").join(folder));
        // The lists of words are never printed.
        let is_list =
            |path: &Path| ["wording.yaml", "sense.yaml", "lexicon.txt"].iter().any(|list| path.ends_with(list));
        for path in shipped.iter().filter(|path| !is_list(path)) {
            open.add(&read(path));
        }
    }
    open
}

/// What a paper says of itself: its day, until when it may be used, the offices that it names.
fn own_words(shelf: &Shelf, reader: &Reader, open: &mut Runs) {
    let templates = &shelf.ready.templates;
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
    let names = shelf.planned.iter().filter(|(_, other)| other.audience == reader.audience).map(|(name, _)| name);
    names.for_each(|name| open.add(name));
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
fn leaks(shelf: &Shelf) -> Vec<String> {
    let shipped = shipped();
    let mut leaks = Vec::new();
    let mut known: BTreeMap<Vec<String>, Needles> = BTreeMap::new();
    for (name, hay) in shelf.hays() {
        let readers: Vec<&Reader> = match shelf.reader(name) {
            Some(reader) => vec![reader],
            // What lies beside the papers goes where one of them goes.
            None => shelf.planned.values().collect(),
        };
        let key = readers.iter().map(|reader| format!("{reader:?}")).collect();
        let secrets = known.entry(key).or_insert_with(|| kept_from(shelf, &readers, &shipped));
        assert!(secrets.len() > 50, "{} {name}: {} secrets", shelf.name(), secrets.len());
        let found = found(secrets, hay);
        leaks.extend(found.into_iter().map(|leak| format!("{} {name}: {leak}", shelf.name())));
    }
    leaks
}

#[test]
fn no_file_holds_a_word_that_is_not_for_its_readers() {
    let leaks: Vec<String> = SHELVES.iter().flat_map(|shelf| leaks(shelf)).collect();
    assert!(leaks.is_empty(), "\n{}", leaks.join("\n"));
}

#[test]
fn no_file_holds_a_word_that_the_case_itself_closes_to_its_reader() {
    let shipped = shipped();
    let mut leaks = Vec::new();
    for shelf in &SHELVES {
        let mut known: BTreeMap<String, Needles> = BTreeMap::new();
        for (name, hay) in shelf.hays() {
            let Some(reader) = shelf.reader(name) else { continue };
            let secrets = known.entry(format!("{reader:?}")).or_insert_with(|| {
                let mut open = shipped.clone();
                own_words(shelf, reader, &mut open);
                secrets(&shelf.tree, &[opened_to(reader.audience, &shelf.tree)], &open)
            });
            assert!(secrets.len() > 20, "{} {name}: {} secrets", shelf.name(), secrets.len());
            leaks.extend(found(secrets, hay).iter().map(|leak| format!("{} {name}: {leak}", shelf.name())));
        }
    }
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

/// What is drawn on a page is read glyph by glyph, whatever the file says of it.
#[test]
fn words_that_are_drawn_are_read_from_their_glyphs() {
    let shelf: &Shelf = SHELVES.last().expect("the example");
    for (paper, name) in
        [("letter-official.ombudsman.en", "tarrin"), ("petition-sheet.prosecutor-general.ru", "таррин")]
    {
        let file = shelf.files.iter().find(|(file, _)| **file == std::path::Path::new(&format!("{paper}.pdf")));
        let (_, bytes) = file.unwrap_or_else(|| panic!("{paper} in {:?}", shelf.files.keys()));
        assert!(hay::drawn(bytes).has(name), "{paper}");
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
