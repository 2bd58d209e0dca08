//! Text strings: what a file says of itself and of its annotations.

/// The words of a text string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 by its mark, otherwise one byte per letter.
pub(super) fn text(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode_with_bom_removal(bytes).0.into_owned(),
        None => {
            String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect())
        }
    }
}
