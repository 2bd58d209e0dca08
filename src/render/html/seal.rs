//! The checksum in the head of a page, of all bytes except the checksum, and the digest of its markup. A forger can
//! compute both.

use std::ops::Range;

use crate::disk::digest::hex;

/// The text before the checksum.
const BEFORE: &str = "<meta name=\"amparo-checksum\" content=\"sha256:";

/// The element without a checksum.
pub(super) fn open() -> String {
    format!("{BEFORE}{}\">", "0".repeat(DIGITS))
}

/// The number of its digits.
const DIGITS: usize = 64;

/// Writes the checksum into its place.
///
/// # Errors
/// The page has no place for one.
pub(super) fn seal(page: &mut String) -> Result<(), String> {
    let place = place(page.as_bytes()).ok_or("the page has no place for its checksum")?;
    let checksum = hex(page.as_bytes());
    page.replace_range(place, &checksum);
    Ok(())
}

/// True if the checksum fits the bytes.
pub(super) fn is_sealed(bytes: &[u8]) -> bool {
    place(bytes).is_some_and(|place| {
        let mut blank = bytes.to_vec();
        blank[place.clone()].fill(b'0');
        hex(&blank).as_bytes() == &bytes[place]
    })
}

/// The digest of a page without its ledger, for the ledger; `before` and `after` are the parts around the ledger.
pub(super) fn markup(before: &str, after: &str) -> String {
    let mut bytes = [before, after].concat().into_bytes();
    if let Some(place) = place(&bytes) {
        bytes[place].fill(b'0');
    }
    format!("sha256:{}", hex(&bytes))
}

fn place(bytes: &[u8]) -> Option<Range<usize>> {
    let before = BEFORE.as_bytes();
    let start = bytes.windows(before.len()).position(|window| window == before)? + before.len();
    let range = start..start + DIGITS;
    bytes.get(range.clone()).map(|_| range)
}
