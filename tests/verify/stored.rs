//! Papers that somebody received long ago are verified as on their first day.
//!
//! `stored` holds a short paper of the example for each format of the ledger, with its sources inside, as it was made when
//! that format was new. A file in it is never made again: whoever changes the format, the reader or the checks adds another
//! beside it.

use amparo::render::ledger::Extent;
use amparo::verify::{ArchiveCopies, Result, State, verify};

use super::mutate::mutate;
use crate::support::{files, root};

/// The names of the papers and their bytes.
fn stored() -> Vec<(String, Vec<u8>)> {
    let paths = files(&root().join("tests/verify/stored"));
    let name = |path: &std::path::Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read(path).expect("a paper"))).collect()
}

#[test]
fn older_papers_are_still_verified() {
    let papers = stored();
    assert!(!papers.is_empty());
    for (name, bytes) in papers {
        let verdict = verify(&name, &bytes, &ArchiveCopies::default());
        assert_eq!(verdict.result(), Result::Verified, "{name}: {verdict:#?}");
        let states: Vec<State> = verdict.checks.iter().map(|check| check.state).collect();
        assert_eq!(states, [State::Passed, State::Passed, State::Passed, State::NotChecked], "{name}");
        let carried = verdict.carried.expect("its ledger");
        assert_eq!(name, format!("format-{}.pdf", carried.format));
        assert_eq!(carried.extent, Extent::Full, "{name}");
        assert!(carried.attached.len() >= 4, "{name}");
    }
}

#[test]
fn an_altered_older_paper_is_found() {
    for (name, bytes) in stored() {
        for mutation in ["change-letter", "drop-foot", "save-again", "ledger-quote!"] {
            let altered = mutate(&bytes, &bytes, mutation, 0).expect("it has such a place");
            let verdict = verify(&name, &altered, &ArchiveCopies::default());
            assert_eq!(verdict.result(), Result::Wrong, "{name}: {mutation}");
        }
    }
}
