//! The checksum that a finished file bears: the second half of its identifier.
//!
//! It covers every byte of the file but itself, so that whatever happens to a file by accident is seen. Whoever forges can
//! compute it as well.

use std::ops::Range;

use crate::disk::digest::hex;

/// Where the identifier stands in the last lines of a file, and what separates and ends its halves.
const OPEN: &[u8] = b"/ID[(";
const BETWEEN: &[u8] = b")(";
const CLOSE: &[u8] = b")]>>\nstartxref\n";

/// How many digits there are: fewer would tell nothing, and a digest has no more.
const LEAST: usize = 16;
const MOST: usize = 64;

/// What stands in the place of the checksum while it is computed.
const BLANK: u8 = b'0';

/// Puts the checksum into a file that Typst made, in the place of the one that is there.
///
/// # Errors
/// A file without an identifier, in words.
pub fn seal(bytes: &mut [u8]) -> Result<(), String> {
    let place = place(bytes).ok_or("the file has no identifier")?;
    let checksum = checksum(bytes, &place);
    bytes[place].copy_from_slice(checksum.as_bytes());
    Ok(())
}

/// Whether the bytes are those that were sealed.
#[must_use]
pub fn is_sealed(bytes: &[u8]) -> bool {
    place(bytes).is_some_and(|place| checksum(bytes, &place).as_bytes() == &bytes[place])
}

/// The bytes with no checksum in them: equal for files that differ in nothing else.
#[must_use]
pub fn unsealed(bytes: &[u8]) -> Vec<u8> {
    let mut blank = bytes.to_vec();
    if let Some(place) = place(bytes) {
        blank[place].fill(BLANK);
    }
    blank
}

/// The second half of the identifier.
fn place(bytes: &[u8]) -> Option<Range<usize>> {
    let end = find_last(bytes, CLOSE)?;
    let open = find_last(&bytes[..end], OPEN)? + OPEN.len();
    let start = open + find_last(&bytes[open..end], BETWEEN)? + BETWEEN.len();
    (LEAST..=MOST).contains(&(end - start)).then_some(start..end)
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

/// So many digits of the digest as there is room for.
fn checksum(bytes: &[u8], place: &Range<usize>) -> String {
    let mut digits = hex(&unsealed(bytes));
    digits.truncate(place.len());
    digits
}

#[cfg(test)]
mod tests {
    use super::{is_sealed, seal};

    #[test]
    fn each_byte_counts() {
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
