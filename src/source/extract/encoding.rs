//! Decoding bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::diag::Code;

use super::{File, ImportRefusal};

/// A text, and the way in which its encoding was found.
pub(super) struct Decoded {
    pub(super) text: String,
    /// The remark on the encoding; `None` for UTF-8.
    pub(super) remark: Option<String>,
}

/// Decodes a text. The encoding is tried in this order: named by the user, byte order mark, valid UTF-8, declared by
/// the file, guessed from the frequency of letters.
pub(super) fn decode(file: File, declared: Option<&str>) -> Result<Decoded, ImportRefusal> {
    let bytes = file.bytes;
    if let Some(label) = file.encoding {
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| no_such(label))?;
        return strict(file, encoding, "as you said");
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return strict(file, encoding, "by its byte order mark");
    }
    if let Some(encoding) = by_noughts(bytes) {
        return strict(file, encoding, "by its form");
    }
    if bytes.contains(&0) {
        let hint = "look at the file: it is a picture, a program or damaged";
        return Err(ImportRefusal::new(Code::SourceEncoding, format!("`{}` is no text", file.name), hint));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return strict(file, UTF_8, "");
    }
    let named = declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|named| *named != UTF_8);
    if let Some(Ok(decoded)) = named.map(|encoding| strict(file, encoding, "as the file says")) {
        return Ok(decoded);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    strict(file, detector.guess(None, Utf8Detection::Deny), "guessed by its letters")
}

fn no_such(label: &str) -> ImportRefusal {
    let hint = "use a label that browsers know, for instance `utf-8`, `windows-1251` or `koi8-r`";
    ImportRefusal::new(Code::SourceEncoding, format!("there is no encoding `{label}`"), hint)
}

/// Recognises UTF-16 without a mark: nearly every second byte of Latin letters is zero, and hardly any other.
fn by_noughts(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes[..bytes.len().min(4096)].chunks_exact(2);
    let count = pairs.len();
    let (first, second) =
        pairs.fold((0, 0), |(a, b), pair| (a + usize::from(pair[0] == 0), b + usize::from(pair[1] == 0)));
    // Spaces and line ends have a zero byte in every script.
    if second > count / 12 && first == 0 {
        Some(UTF_16LE)
    } else if first > count / 12 && second == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes a text; a single wrong byte is an error.
fn strict(file: File, encoding: &'static Encoding, how: &str) -> Result<Decoded, ImportRefusal> {
    let (text, wrong) = encoding.decode_with_bom_removal(file.bytes);
    if wrong || text.chars().filter(|c| ('\u{80}'..'\u{a0}').contains(c)).count() > text.len() / 100 {
        let words = format!("`{}` is no text in {}", file.name, encoding.name());
        let hint = match file.encoding {
            Some(_) => "leave out `--encoding`, or name the right one, for instance `--encoding windows-1251`",
            None => "name its encoding, for instance `--encoding windows-1251`, or save it as UTF-8",
        };
        return Err(ImportRefusal::new(Code::SourceEncoding, words, hint));
    }
    let remark = (encoding != UTF_8).then(|| format!("read as {}, {how}", encoding.name()));
    Ok(Decoded { text: text.into_owned(), remark })
}
