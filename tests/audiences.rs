//! Nobody is told what is not for them: proven on every paper of both cases, on three days.
//!
//! The property: whoever deletes from the YAML everything that the view of an audience lacks gets the same bytes
//! ([`prune`]). Each paper is built as PDF and as Markdown, so nothing that the program writes escapes the comparison.

mod prune;
mod shelf;
mod tree;

use amparo::audience::Audience;
use amparo::render::pdf::Standing;

use crate::program::{Room, Snapshot};
use prune::pruned;
use shelf::{SHELVES, Shelf, build};
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
    let names = wanted.keys().chain(papers.map(|(name, _)| name)).collect::<std::collections::BTreeSet<_>>();
    let unlike = names.into_iter().filter(|name| wanted.get(*name) != made.get(*name));
    unlike.map(|name| difference(name, &wanted, made)).collect()
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
    for shelf in SHELVES.iter() {
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
