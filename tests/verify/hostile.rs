//! The readers of PDFs and of ledgers meet whatever there is, and never break down. A small corpus (the papers and their
//! ledgers), changed in ways that nobody chose.

use std::sync::LazyLock;

use amparo::render::ledger::Carried;
use amparo::verify::{ArchiveCopies, Result, inspect::inspect, report, verify};
use proptest::prelude::*;

use super::PAPERS;
use super::ledgers::{put, take};

/// How a run of bytes is changed.
#[derive(Debug, Clone)]
enum Change {
    /// One byte becomes another.
    Byte(usize, u8),
    /// Some bytes go.
    Gone(usize, usize),
    /// Some bytes come twice.
    Twice(usize, usize),
    /// A token that means something comes in.
    Token(usize, &'static str),
}

const PDF: &[&str] = &[
    "<<",
    ">>",
    "[",
    "]",
    "endobj",
    "stream",
    "endstream",
    " 0 R",
    "/Length 99999999",
    "/Prev 0",
    "/Kids",
    "xref",
    "null",
    "(",
    "-1",
    "99999999999999999999",
    "/Filter/FlateDecode",
    "/Encrypt 1 0 R",
];
const JSON: &[&str] =
    &["{", "}", "[", "]", ",", "\"", "null", "-1", "1e999", "18446744073709551615", "\\u0000", "true"];

fn change(length: usize, tokens: &'static [&'static str]) -> impl Strategy<Value = Change> {
    prop_oneof![
        (0..length, any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (0..length, 1..200_usize).prop_map(|(at, count)| Change::Gone(at, count)),
        (0..length, 1..200_usize).prop_map(|(at, count)| Change::Twice(at, count)),
        (0..length, prop::sample::select(tokens)).prop_map(|(at, token)| Change::Token(at, token)),
    ]
}

fn apply(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    changes.iter().fold(bytes.to_vec(), |mut bytes, change| {
        let clamp = |at: usize| at.min(bytes.len());
        match *change {
            Change::Byte(at, byte) => {
                if let Some(one) = bytes.get_mut(at) {
                    *one = byte;
                }
            }
            Change::Gone(at, count) => {
                let (start, end) = (clamp(at), clamp(at + count));
                bytes.drain(start..end);
            }
            Change::Twice(at, count) => {
                let (start, end) = (clamp(at), clamp(at + count));
                let again = bytes[start..end].to_vec();
                bytes.splice(end..end, again);
            }
            Change::Token(at, token) => {
                let at = clamp(at);
                bytes.splice(at..at, token.bytes());
            }
        }
        bytes
    })
}

fn changed(bytes: &'static [u8], tokens: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(change(bytes.len(), tokens), 1..6).prop_map(move |changes| apply(bytes, &changes))
}

/// How many inputs: few each time, many where `AMPARO_FUZZ` asks for them.
fn config(usual: u32) -> ProptestConfig {
    let cases = std::env::var("AMPARO_FUZZ").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(48))]

    /// Whatever became of a file, there is a verdict, and an altered one is never taken for the paper.
    #[test]
    fn any_file_has_a_verdict(bytes in changed(&PAPERS["letter"], PDF)) {
        let verdict = verify("hostile.pdf", &bytes, &ArchiveCopies::default());
        let _ = inspect(&bytes);
        prop_assert!(bytes == PAPERS["letter"] || verdict.result() != Result::Verified);
    }

    #[test]
    fn any_bytes_have_a_verdict(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let with_head = [b"%PDF-1.7\n".as_slice(), &bytes].concat();
        for bytes in [&bytes, &with_head] {
            prop_assert_eq!(verify("hostile.pdf", bytes, &ArchiveCopies::default()).result(), Result::Wrong);
            prop_assert!(Carried::read(bytes).is_err());
        }
    }
}

/// A ledger with everything that one can hold, and the copies that belong to it.
static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| read_bytes("tests/verify/stored/format-1.pdf"));
static LEDGER: LazyLock<Vec<u8>> = LazyLock::new(|| take(&WHOLE));

fn read_bytes(path: &str) -> Vec<u8> {
    std::fs::read(crate::support::root().join(path)).expect("a file")
}

/// Numbers and words that a forger might write into a ledger.
const FORGED: &[&str] = &[
    "0",
    "18446744073709551615",
    "9223372036854775807",
    "\"\"",
    "\"para 0\"",
    "\"page 1\"",
    "\"page 18446744073709551615 para 1\"",
    "\"[…] […]\"",
    "\"sha256:\"",
    "\"sha256:é\"",
    "[]",
];

/// A ledger in which some values are others, sealed again as a forger would.
fn forged() -> impl Strategy<Value = Option<Carried>> {
    let change = (any::<prop::sample::Index>(), prop::sample::select(FORGED));
    prop::collection::vec(change, 1..4).prop_map(|changes| {
        let mut value: serde_json::Value = serde_json::from_slice(&LEDGER).expect("JSON");
        for (place, words) in changes {
            let mut leaves = Vec::new();
            collect(&mut value, &mut leaves);
            let at = place.index(leaves.len());
            *leaves.swap_remove(at) = serde_json::from_str(words).expect("JSON");
        }
        serde_json::from_value(value).ok()
    })
}

/// Every value that holds no other.
fn collect<'v>(value: &'v mut serde_json::Value, leaves: &mut Vec<&'v mut serde_json::Value>) {
    if !value.is_object() && value.as_array().is_none_or(Vec::is_empty) {
        return leaves.push(value);
    }
    match value {
        serde_json::Value::Array(list) => list.iter_mut().for_each(|one| collect(one, leaves)),
        serde_json::Value::Object(map) => map.values_mut().for_each(|one| collect(one, leaves)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(config(48))]

    /// Whatever a forger writes into a ledger, the checks come to an end, and the bytes of the file tell.
    #[test]
    fn a_forged_ledger_has_a_verdict(forged in forged()) {
        if let Some(carried) = forged {
            let paper = put(&WHOLE, &carried.write().expect("written"));
            let verdict = verify("forged.pdf", &paper, &ArchiveCopies::default());
            // Of another format nothing is told; else the file was saved again, and its bytes say so.
            prop_assert_ne!(verdict.result(), Result::Verified);
            prop_assert!(!report(&[verdict], chrono::NaiveDate::MIN, &|_| true).blocks.is_empty());
        }
    }

    #[test]
    fn any_file_with_sources_has_a_verdict(bytes in changed(&WHOLE, PDF)) {
        let verdict = verify("hostile.pdf", &bytes, &ArchiveCopies::default());
        prop_assert!(bytes == *WHOLE || verdict.result() != Result::Verified);
    }
}

proptest! {
    #![proptest_config(config(200))]

    /// A ledger is what was written, to the byte, or no ledger.
    #[test]
    fn an_altered_ledger_is_no_ledger(
        bytes in changed(Box::leak(take(&PAPERS["letter"]).into_boxed_slice()), JSON)
    ) {
        let same = bytes == take(&PAPERS["letter"]);
        prop_assert_eq!(Carried::read(&bytes).is_ok(), same);
    }
}

#[test]
fn a_newer_ledger_is_told_as_such() {
    let ledger = String::from_utf8(take(&PAPERS["letter"])).expect("text");
    let newer = put(&PAPERS["letter"], ledger.replacen("\"format\":1", "\"format\":2,\"new\":{}", 1).as_bytes());
    let verdict = verify("newer.pdf", &newer, &ArchiveCopies::default());
    assert_eq!(verdict.result(), Result::Unchecked, "{verdict:#?}");
    assert!(verdict.checks[0].says.contains("use a newer one"), "{verdict:#?}");
}
