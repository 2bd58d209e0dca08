//! Files that nobody thought of: no import panics or overflows, and what nobody sees cannot be quoted. The tests read a
//! fixed sample, `cargo bench` reads ten thousand.

pub(crate) mod made;

use crate::support::root;

#[test]
fn damaged_files_are_read_or_refused() {
    let originals = made::originals(&root().join("tests/readers"));
    let read = made::read_damaged(&originals, 600);
    assert!((100..600).contains(&read), "{read} of 600 files were read");
}

#[test]
fn what_nobody_sees_cannot_be_quoted() {
    assert_eq!(made::faults(300), Vec::new());
}
