//! The content of a part of a letter, unpacked as mail programs do it: more leniently than the standard asks.

use std::borrow::Cow;

use quoted_printable::ParseMode;

/// The content of a part.
pub(super) struct Unpacked<'a> {
    /// The bytes.
    pub(super) bytes: Cow<'a, [u8]>,
    /// What was found beside or instead of packed bytes.
    pub(super) remark: Option<String>,
}

impl<'a> Unpacked<'a> {
    /// Content that is not packed.
    pub(super) fn plain(bytes: &'a [u8]) -> Self {
        Self { bytes: Cow::Borrowed(bytes), remark: None }
    }
}

/// Unpacks quoted-printable.
///
/// Source: RFC 2045, 6.7.
pub(super) fn quoted_printable<'a>(body: &[u8]) -> Option<Unpacked<'a>> {
    let bytes = quoted_printable::decode(body, ParseMode::Robust).ok()?;
    Some(Unpacked { bytes: Cow::Owned(bytes), remark: None })
}

/// The length of a line that cannot be a word of a footer.
const LONG: usize = 56;

/// Unpacks Base64; `None` if its lines are damaged in the middle. Missing fill is no damage, and a footer after the last
/// line, which mailing lists add, is told and left out, because mail programs do not show it.
///
/// Source: RFC 2045, 6.8.
pub(super) fn base64<'a>(body: &[u8]) -> Option<Unpacked<'a>> {
    let mut groups = Groups::default();
    let mut lines = body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let footer = lines.by_ref().find(|line| !line.is_empty() && !groups.take(line));
    let rest: Vec<&[u8]> = footer.into_iter().chain(lines).filter(|line| !line.is_empty()).collect();
    if rest.iter().any(|line| line.len() >= LONG && line.iter().all(|byte| value(*byte).is_some())) {
        return None;
    }
    let cut = groups.end();
    let shown = rest.iter().take(3).map(|line| String::from_utf8_lossy(line)).collect::<Vec<_>>().join(" / ");
    let remark = if rest.is_empty() {
        cut.then(|| "a packed part breaks off: its last letter may be missing".to_owned())
    } else {
        let shown: String = shown.chars().take(120).collect();
        Some(format!("not read, because mail programs do not show it: what stands after a packed part, `{shown}`"))
    };
    Some(Unpacked { bytes: Cow::Owned(groups.bytes), remark })
}

/// Groups of four letters, each of which gives three bytes.
#[derive(Default)]
struct Groups {
    bytes: Vec<u8>,
    bits: u32,
    letters: u32,
    filled: bool,
}

impl Groups {
    /// Takes a line; false if it holds anything but packed bytes.
    fn take(&mut self, line: &[u8]) -> bool {
        let letters = line.iter().take_while(|byte| value(**byte).is_some()).count();
        let is_packed = line[letters..].iter().all(|byte| *byte == b'=') && line.len() - letters < 3;
        // After fill, another packed text may follow, but a short line is a word.
        if !is_packed || self.filled && letters < LONG {
            return false;
        }
        for byte in &line[..letters] {
            self.bits = self.bits << 6 | value(*byte).unwrap_or_default();
            self.letters += 1;
            if self.letters == 4 {
                self.bytes.extend_from_slice(&self.bits.to_be_bytes()[1..]);
                (self.bits, self.letters) = (0, 0);
            }
        }
        self.filled = letters < line.len();
        if self.filled {
            self.end();
        }
        true
    }

    /// Ends an incomplete group; true if bits of a byte are missing.
    fn end(&mut self) -> bool {
        let bits = self.bits << (6 * (4 - self.letters));
        let whole = match self.letters {
            2 => 1,
            3 => 2,
            _ => 0,
        };
        self.bytes.extend_from_slice(&bits.to_be_bytes()[1..=whole]);
        let cut = self.letters == 1;
        (self.bits, self.letters) = (0, 0);
        cut
    }
}

/// The number that a letter stands for.
fn value(letter: u8) -> Option<u32> {
    let number = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(number))
}
