//! The words of every paper of both cases on three days, compared exactly with `tests/golden/CASE/DAY/`.
//!
//! After a change that is meant, `AMPARO_UPDATE=1 cargo test golden` writes them anew; then read the difference.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::program::Room;
use crate::support::{files, read, root};

/// Khamroev: before and after the first judgment was published; the day of the case. The example: after the judgment on
/// appeal; once it is known where she is held; the day of the case.
const DAYS: [(&str, [&str; 3]); 2] =
    [("khamroev", ["2023-06-01", "2024-02-01", "2024-10-01"]), ("example", ["2026-03-01", "2026-05-01", "2026-06-01"])];

fn folder() -> PathBuf {
    root().join("tests/golden")
}

/// Every paper by its path under `tests/golden/`.
fn papers(case: &str, days: [&str; 3]) -> BTreeMap<PathBuf, String> {
    let room = Room::with(case);
    let mut papers = BTreeMap::new();
    for day in days {
        room.run(&format!("build cases/{case} --format md --as-of {day} --outside-country")).done();
        let inner = Path::new(case).join(day);
        for (name, bytes) in room.snapshot(&format!("output/{case}/{day}")) {
            if name.extension().is_some_and(|ending| ending == "md") {
                papers.insert(inner.join(name), String::from_utf8(bytes).expect("text"));
            }
        }
    }
    papers
}

/// The first line in which two texts differ.
fn difference(wanted: &str, made: &str) -> String {
    let mut lines = wanted.lines().zip(made.lines()).enumerate();
    match lines.find(|(_, (wanted, made))| wanted != made) {
        Some((line, (wanted, made))) => format!("line {}\n  was: {wanted}\n  is:  {made}", line + 1),
        None => format!("{} lines became {}", wanted.lines().count(), made.lines().count()),
    }
}

#[test]
fn the_words_of_every_paper_are_the_known_ones() {
    let mut made = BTreeMap::new();
    for (case, days) in DAYS {
        let papers = papers(case, days);
        for day in days {
            assert!(papers.keys().any(|path| path.starts_with(Path::new(case).join(day))), "{case} {day}: no paper");
        }
        made.extend(papers);
    }
    if std::env::var_os("AMPARO_UPDATE").is_some() {
        return update(&made);
    }
    let known: BTreeMap<PathBuf, String> = files(&folder())
        .into_iter()
        .map(|path| (path.strip_prefix(folder()).expect("inside").to_owned(), read(&path)))
        .collect();
    let mut faults = Vec::new();
    for path in known.keys().chain(made.keys()).collect::<std::collections::BTreeSet<_>>() {
        match (known.get(path), made.get(path)) {
            (Some(known), Some(made)) if known == made => {}
            (Some(known), Some(made)) => faults.push(format!("{}: {}", path.display(), difference(known, made))),
            (Some(_), None) => faults.push(format!("{}: no run makes it", path.display())),
            _ => faults.push(format!("{}: it is new", path.display())),
        }
    }
    assert!(faults.is_empty(), "\n{}\nIf this is meant: AMPARO_UPDATE=1 cargo test golden\n", faults.join("\n"));
}

/// Writes what was made, and removes what is no longer made.
fn update(made: &BTreeMap<PathBuf, String>) {
    if folder().is_dir() {
        std::fs::remove_dir_all(folder()).expect("removed");
    }
    for (path, text) in made {
        let path = folder().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
}
