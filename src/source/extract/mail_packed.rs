//! The content of a part of a letter, unpacked as mail programs do it: more leniently than the standard asks.

use std::borrow::Cow;
use std::sync::LazyLock;

use data_encoding::{BASE64_NOPAD, Encoding, HEXLOWER_PERMISSIVE};

/// The content of a part.
pub(super) struct Unpacked<'a> {
    /// The bytes.
    pub(super) bytes: Cow<'a, [u8]>,
    /// What was found beside or instead of packed bytes.
    pub(super) remark: Option<String>,
}

impl<'a> Unpacked<'a> {
    /// Content that is complete as it stands.
    pub(super) fn plain(bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Self { bytes: bytes.into(), remark: None }
    }
}

/// Unpacks quoted-printable. Letters that the sender did not pack stay as they are.
///
/// Source: RFC 2045, 6.7.
pub(super) fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let mut rest = line.trim_ascii_end();
        let goes_on = rest.ends_with(b"=");
        while let Some((byte, after)) = rest.split_first() {
            let packed = after.get(..2).filter(|_| *byte == b'=').and_then(|two| HEXLOWER_PERMISSIVE.decode(two).ok());
            let is_unseen = byte.is_ascii_control() && *byte != b'\t' || goes_on && after.is_empty();
            bytes.extend(packed.as_deref().unwrap_or(if is_unseen { &[] } else { &rest[..1] }));
            rest = if packed.is_some() { &after[2..] } else { after };
        }
        if line.ends_with(b"\n") && !goes_on {
            bytes.push(b'\n');
        }
    }
    bytes
}

/// The length of a line that cannot be a word of a footer.
const LONG: usize = 56;

/// Base64 without fill, whatever bits are left over at its end.
static LENIENT: LazyLock<Encoding> = LazyLock::new(|| {
    let mut lenient = BASE64_NOPAD.specification();
    lenient.check_trailing_bits = false;
    lenient.encoding().expect("a known encoding with one check less")
});

/// Unpacks Base64; `None` if its lines are damaged in the middle. Missing fill is no damage, and a footer after the last
/// line, which mailing lists add, is told and left out, because mail programs do not show it.
///
/// Source: RFC 2045, 6.8.
pub(super) fn base64<'a>(body: &[u8]) -> Option<Unpacked<'a>> {
    let (mut texts, mut is_filled) = (vec![Vec::new()], false);
    let mut lines =
        body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()).peekable();
    // After fill, another packed text may follow, but a short line is a word.
    while let Some(line) = lines.next_if(|line| packed(line).is_some_and(|it| !is_filled || it.len() >= LONG)) {
        if is_filled {
            texts.push(Vec::new());
        }
        let letters = packed(line)?;
        texts.last_mut()?.extend_from_slice(letters);
        is_filled = letters.len() < line.len();
    }
    let rest: Vec<&[u8]> = lines.collect();
    if rest.iter().any(|line| line.len() >= LONG && packed(line) == Some(line)) {
        return None;
    }
    // One letter alone has too few bits for a byte.
    let is_cut = texts.last()?.len() % 4 == 1;
    let mut bytes = Vec::new();
    for text in texts {
        bytes.extend(LENIENT.decode(&text[..text.len() - usize::from(text.len() % 4 == 1)]).ok()?);
    }
    let shown = rest.iter().take(3).map(|line| String::from_utf8_lossy(line)).collect::<Vec<_>>().join(" / ");
    let remark = if rest.is_empty() {
        is_cut.then(|| "a packed part breaks off: its last letter may be missing".to_owned())
    } else {
        let shown: String = shown.chars().take(120).collect();
        Some(format!("not read, because mail programs do not show it: what stands after a packed part, `{shown}`"))
    };
    Some(Unpacked { bytes: Cow::Owned(bytes), remark })
}

/// The letters of a line of packed bytes, without its fill; `None` for any other line.
fn packed(line: &[u8]) -> Option<&[u8]> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let (letters, fill) = line.split_at(line.iter().take_while(|byte| is_letter(byte)).count());
    (fill.len() < 3 && fill.iter().all(|byte| *byte == b'=')).then_some(letters)
}
