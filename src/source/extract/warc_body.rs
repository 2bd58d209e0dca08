//! The body of a server's answer: sent in pieces, packed, or both.

use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use super::office::MOST_BYTES;

/// The largest window of Zstandard, in bytes. Browsers accept no larger one.
///
/// Source: RFC 9659.
const ZSTANDARD_WINDOW: u64 = 8 << 20;

/// The reason why a body cannot be unpacked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum UnpackFault {
    /// It grows beyond the limit.
    TooLarge,
    /// It is damaged or breaks off.
    Broken,
    /// It is packed in a way that is not known.
    Unknown(String),
}

/// All bytes of a packed stream, up to a limit.
pub(super) fn read_all(stream: impl Read, most: u64) -> Result<Vec<u8>, UnpackFault> {
    let mut bytes = Vec::new();
    stream.take(most + 1).read_to_end(&mut bytes).map_err(|_| UnpackFault::Broken)?;
    if bytes.len() as u64 > most { Err(UnpackFault::TooLarge) } else { Ok(bytes) }
}

/// Joins the pieces in which a body was sent, and tells if the last one is missing. Some archives store it joined and
/// keep the field that says otherwise.
///
/// Source: RFC 9112, 7.1.
pub(super) fn joined(body: &[u8]) -> (Vec<u8>, bool) {
    let (mut whole, mut rest, mut pieces) = (Vec::new(), body, 0);
    loop {
        let size = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete((start, size))) => usize::try_from(size).ok().map(|size| (start, size)),
            _ => None,
        };
        let Some((start, size)) = size else {
            return if pieces == 0 { (body.to_vec(), false) } else { (whole, true) };
        };
        if size == 0 {
            return (whole, false);
        }
        let Some(piece) = rest.get(start..).and_then(|rest| rest.get(..size)) else {
            if pieces == 0 && !is_line_end(&rest[..start]) {
                return (body.to_vec(), false);
            }
            whole.extend_from_slice(rest.get(start..).unwrap_or_default());
            return (whole, true);
        };
        whole.extend_from_slice(piece);
        pieces += 1;
        rest = &rest[start + size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// True if the size of a piece ends with a line end, which a text that begins with a digit need not have.
fn is_line_end(size: &[u8]) -> bool {
    size.ends_with(b"\r\n")
}

/// Unpacks a body: the last of its codings was applied last. Some archives store it unpacked and keep the field that
/// says otherwise; then it looks like text.
///
/// Source: RFC 9110, 8.4; RFC 7932 (`br`); RFC 8878 (`zstd`).
pub(super) fn unpacked(mut body: Vec<u8>, codings: &str) -> Result<Vec<u8>, UnpackFault> {
    let codings = codings.to_ascii_lowercase();
    for coding in codings.split(',').map(str::trim).rev().filter(|coding| !coding.is_empty()) {
        let whole = match coding {
            "identity" => continue,
            "gzip" | "x-gzip" => gzip(&body),
            "deflate" => deflate(&body),
            "br" => read_all(Decompressor::new(body.as_slice(), 4096), MOST_BYTES),
            "zstd" => zstandard(&body),
            _ => Err(UnpackFault::Unknown(coding.to_owned())),
        };
        body = match whole {
            Ok(whole) => whole,
            Err(_) if is_text(&body) => body,
            Err(fault) => return Err(fault),
        };
    }
    Ok(body)
}

fn gzip(body: &[u8]) -> Result<Vec<u8>, UnpackFault> {
    read_all(GzDecoder::new(body), MOST_BYTES)
}

/// Two forms go by the name `deflate`: with the head of zlib, and without.
fn deflate(body: &[u8]) -> Result<Vec<u8>, UnpackFault> {
    match read_all(ZlibDecoder::new(body), MOST_BYTES) {
        Err(UnpackFault::Broken) => read_all(DeflateDecoder::new(body), MOST_BYTES),
        whole => whole,
    }
}

/// Several frames may follow each other.
fn zstandard(body: &[u8]) -> Result<Vec<u8>, UnpackFault> {
    let (mut whole, mut rest) = (Vec::new(), body);
    while !rest.is_empty() {
        let left = MOST_BYTES - whole.len() as u64;
        let mut frame =
            StreamingDecoder::new_with_max_window_size(rest, ZSTANDARD_WINDOW).map_err(|_| UnpackFault::Broken)?;
        whole.extend(read_all(&mut frame, left)?);
        rest = frame.into_inner();
    }
    Ok(whole)
}

/// True for bytes that are text and not packed.
fn is_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(1024)];
    let controls = head.iter().filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()).count();
    controls == 0 && head.iter().any(|byte| matches!(byte, b'<' | b' ')) && !head.starts_with(b"\x1f\x8b")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROTLI: [u8; 14] = [91, 63, 13, 131, 127, 2, 32, 30, 11, 4, 242, 9, 6, 0];
    const ZSTANDARD: [u8; 27] =
        [40, 181, 47, 253, 4, 88, 84, 0, 0, 16, 0, 0, 1, 0, 251, 255, 57, 192, 2, 3, 106, 8, 0, 196, 233, 116, 112];

    #[test]
    fn pieces_are_joined() {
        let table: [(&[u8], &[u8], bool); 6] = [
            (b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", b"abcde", false),
            (b"3\r\nabc\r\n5\r\nde", b"abcde", true),
            (b"3\r\nabc\r\n", b"abc", true),
            (b"<p>whole</p>", b"<p>whole</p>", false),
            (b"", b"", false),
            (b"ffffffffffffffff\r\nabc", b"abc", true),
        ];
        for (body, expected, cut) in table {
            assert_eq!(joined(body), (expected.to_vec(), cut), "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn what_cannot_be_unpacked_is_refused() {
        let noise = b"\x01\x02\x03\xff\xfe\x00".to_vec();
        for coding in ["gzip", "deflate", "br", "zstd", "gzip, br"] {
            assert_eq!(unpacked(noise.clone(), coding), Err(UnpackFault::Broken), "{coding}");
            assert_eq!(unpacked(b"<p>whole</p>".to_vec(), coding), Ok(b"<p>whole</p>".to_vec()), "{coding}");
        }
        assert_eq!(unpacked(noise, "dcb"), Err(UnpackFault::Unknown("dcb".to_owned())));
    }

    /// Two hundred thousand noughts, packed by the reference programs.
    #[test]
    fn what_grows_is_cut_at_the_limit() {
        let brotli: &[u8] = &BROTLI;
        let zstandard: &[u8] = &ZSTANDARD;
        assert_eq!(read_all(Decompressor::new(brotli, 64), 1000), Err(UnpackFault::TooLarge));
        assert_eq!(read_all(Decompressor::new(brotli, 64), 200_000), Ok(vec![0; 200_000]));
        let frame = || StreamingDecoder::new_with_max_window_size(zstandard, ZSTANDARD_WINDOW).expect("a frame");
        assert_eq!(read_all(frame(), 1000), Err(UnpackFault::TooLarge));
        assert_eq!(read_all(frame(), 200_000), Ok(vec![0; 200_000]));
    }
}
