//! The checksum of a finished file: the second half of its identifier.
//!
//! It covers every byte of the file except itself, so it shows every accidental change. A forger can compute it too.

use std::ops::Range;

use crate::disk::digest::hex;

/// The beginning of the identifier in the last lines of a file, and the signs that separate and end its halves.
const OPEN: &[u8] = b"/ID[(";
const BETWEEN: &[u8] = b")(";
const CLOSE: &[u8] = b")]>>\nstartxref\n";

/// The fewest digits; fewer would not identify a file.
const LEAST: usize = 16;
const MOST: usize = 64;

/// The placeholder for the checksum while it is computed.
const BLANK: u8 = b'0';

/// Writes the checksum into a file from Typst, over the identifier that is there.
///
/// # Errors
/// The file has no identifier; the message is in words.
pub fn seal(bytes: &mut [u8]) -> Result<(), String> {
    let place = place(bytes).ok_or("the file has no identifier")?;
    let checksum = checksum(bytes, &place);
    bytes[place].copy_from_slice(checksum.as_bytes());
    Ok(())
}

/// True if the checksum fits the bytes.
#[must_use]
pub fn is_sealed(bytes: &[u8]) -> bool {
    place(bytes).is_some_and(|place| checksum(bytes, &place).as_bytes() == &bytes[place])
}

/// The bytes without the checksum: equal for files that differ in nothing else.
#[must_use]
pub fn unsealed(bytes: &[u8]) -> Vec<u8> {
    let mut blank = bytes.to_vec();
    if let Some(place) = place(bytes) {
        blank[place].fill(BLANK);
    }
    blank
}

/// The byte range of the second half of the identifier, from 0.
fn place(bytes: &[u8]) -> Option<Range<usize>> {
    let end = find_last(bytes, CLOSE)?;
    let open = find_last(&bytes[..end], OPEN)? + OPEN.len();
    let start = open + find_last(&bytes[open..end], BETWEEN)? + BETWEEN.len();
    (LEAST..=MOST).contains(&(end - start)).then_some(start..end)
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

/// The first digits of the digest, as many as the place holds.
fn checksum(bytes: &[u8], place: &Range<usize>) -> String {
    let mut digits = hex(&unsealed(bytes));
    digits.truncate(place.len());
    digits
}

#[cfg(test)]
mod tests {
    use super::{is_sealed, seal};

    #[test]
    fn each_byte_is_part_of_the_checksum() {
        let mut file = b"%PDF-1.7\nwords\ntrailer\n<</ID[(abcd)(efghijklmnopqrst)]>>\nstartxref\n7\n%%EOF".to_vec();
        assert!(!is_sealed(&file));
        seal(&mut file).expect("an identifier");
        assert!(is_sealed(&file), "{}", String::from_utf8_lossy(&file));
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(!is_sealed(&changed), "byte {at}");
        }
        assert!(!is_sealed(&[file.as_slice(), b"\n"].concat()));
        assert!(seal(&mut b"%PDF-1.7\n".to_vec()).is_err());
    }
}
