//! The parts of a letter (RFC 2045, RFC 2046), split at the lines between them and unpacked.

use std::borrow::Cow;
use std::collections::BTreeMap;

use mailparse::{MailHeader, MailHeaderMap as _, parse_content_type, parse_headers};
use memchr::memmem;

use crate::diag::Code;

use super::ImportRefusal;
use super::mail_packed::{self, Unpacked};

/// The deepest nesting of parts inside parts that is read.
const DEEPEST: usize = 24;

/// The most parts of a letter that are read.
const MOST_PARTS: usize = 2000;

/// The largest head of a letter or part, in bytes.
const MOST_HEAD: usize = 1 << 20;

/// A letter or a part of one.
pub(super) struct Part<'a> {
    /// Its fields.
    pub(super) head: Vec<MailHeader<'a>>,
    /// The kind of its content, in small letters, for instance `text/plain`.
    pub(super) kind: String,
    /// The parameters of the kind.
    pub(super) params: BTreeMap<String, String>,
    /// Its content, as sent.
    pub(super) body: &'a [u8],
    /// The parts inside it.
    pub(super) inner: Vec<Part<'a>>,
    /// True if the line that ends its last part is missing.
    pub(super) breaks_off: bool,
}

impl<'a> Part<'a> {
    /// Reads a letter.
    pub(super) fn read(name: &str, bytes: &'a [u8]) -> Result<Self, ImportRefusal> {
        let mut count = 0;
        let letter = Self::nested(name, bytes, "text/plain", DEEPEST, &mut count)?;
        if letter.breaks_off {
            return Err(ImportRefusal::broken(name, "breaks off: the end of its last part is missing"));
        }
        Ok(letter)
    }

    fn nested(
        name: &str,
        bytes: &'a [u8],
        usual: &str,
        depth: usize,
        count: &mut usize,
    ) -> Result<Self, ImportRefusal> {
        *count += 1;
        if *count > MOST_PARTS {
            return Err(too_many(name, &format!("holds more parts than any letter should: at most {MOST_PARTS}")));
        }
        if head_length(bytes) > MOST_HEAD {
            return Err(ImportRefusal::too_large(name, "has a head that is too long", MOST_HEAD as u64));
        }
        let (head, start) = parse_headers(bytes)
            .map_err(|_| ImportRefusal::broken(name, "is no letter that can be read: its head is damaged"))?;
        let value = head.get_first_header("Content-Type").map(|field| unfold(field.get_value_raw()));
        let content = value.map(|value| parse_content_type(&String::from_utf8_lossy(&value)));
        let (kind, params) = content.map_or((usual.to_owned(), BTreeMap::new()), |it| (it.mimetype, it.params));
        let body = bytes.get(start..).unwrap_or_default();
        let mut part = Self { head, kind, params, body, inner: Vec::new(), breaks_off: false };
        part.split(name, depth, count)?;
        Ok(part)
    }

    /// Splits a part that consists of parts.
    fn split(&mut self, name: &str, depth: usize, count: &mut usize) -> Result<(), ImportRefusal> {
        if !self.kind.starts_with("multipart/") {
            return Ok(());
        }
        let Some(boundary) = self.params.get("boundary").filter(|boundary| !boundary.is_empty()) else {
            return Err(ImportRefusal::broken(name, "does not say where its parts end"));
        };
        let Some(depth) = depth.checked_sub(1) else {
            let words = format!("holds parts inside parts without end: at most {DEEPEST} levels are read");
            return Err(ImportRefusal::broken(name, &words));
        };
        // Source: RFC 2046, 5.1.5.
        let usual = if self.kind == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        let (parts, ends) = between(self.body, boundary);
        self.breaks_off = !ends;
        for bytes in parts {
            self.inner.push(Self::nested(name, bytes, usual, depth, count)?);
        }
        Ok(())
    }

    /// The content of a part, unpacked; `None` if it is packed in a way that is not known.
    pub(super) fn unpacked(&self, name: &str) -> Result<Option<Unpacked<'a>>, ImportRefusal> {
        let broken = || ImportRefusal::broken(name, "is damaged: a part of it cannot be unpacked");
        match self.packing().as_str() {
            "" | "7bit" | "8bit" | "binary" => Ok(Some(Unpacked::plain(self.body))),
            "base64" => mail_packed::base64(self.body).map(Some).ok_or_else(broken),
            "quoted-printable" => Ok(Some(Unpacked::plain(mail_packed::quoted_printable(self.body)))),
            _ => Ok(None),
        }
    }

    /// The name of the way in which the content is packed.
    pub(super) fn packing(&self) -> String {
        let value = self.head.get_first_header("Content-Transfer-Encoding");
        let value = value.map(|field| String::from_utf8_lossy(field.get_value_raw()).to_lowercase());
        let value = value.unwrap_or_default();
        value.split([';', '(']).next().unwrap_or_default().trim().to_owned()
    }

    /// A part and all parts inside it, in order.
    pub(super) fn all(&self) -> Vec<&Part<'a>> {
        let mut found = vec![self];
        found.extend(self.inner.iter().flat_map(Part::all));
        found
    }
}

fn too_many(name: &str, why: &str) -> ImportRefusal {
    let hint = "such a file is made to do harm, or damaged; ask for another copy, or add the part that matters";
    ImportRefusal::new(Code::SourceTooLarge, format!("`{name}` {why} are read"), hint)
}

/// The length of the head, without parsing it.
fn head_length(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\n") || bytes.starts_with(b"\r\n") {
        return 0;
    }
    let ends = [memmem::find(bytes, b"\n\n"), memmem::find(bytes, b"\n\r\n")];
    ends.into_iter().flatten().min().unwrap_or(bytes.len())
}

/// The parts between the lines of a boundary, and whether the last line is there. A line belongs to another boundary if
/// it goes on: one program writes `--b1` and, inside, `--b12`.
///
/// Source: RFC 2046, 5.1.1.
fn between<'a>(body: &'a [u8], boundary: &str) -> (Vec<&'a [u8]>, bool) {
    let mark = format!("--{boundary}");
    let (mut parts, mut start) = (Vec::new(), None);
    let mut at = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let here = at;
        at += line.len();
        let Some(rest) = line.strip_prefix(mark.as_bytes()) else { continue };
        let rest = rest.trim_ascii_end();
        if !rest.is_empty() && rest != b"--" {
            continue;
        }
        if let Some(start) = start {
            parts.push(without_line_end(&body[start..here.max(start)]));
        }
        start = Some(at);
        if rest == b"--" {
            return (parts, true);
        }
    }
    parts.extend(start.map(|start| &body[start..]));
    (parts, false)
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// A field without the line ends inside it.
///
/// Source: RFC 5322, 2.2.3.
pub(super) fn unfold(value: &[u8]) -> Vec<u8> {
    value.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect()
}

/// A letter without the line that a mailbox puts before it, and without the marks by which the mailbox keeps lines of
/// the letter apart from such a line.
///
/// Source: RFC 4155, and the `mboxrd` form.
pub(super) fn without_mailbox<'a>(name: &str, bytes: &'a [u8]) -> Result<Cow<'a, [u8]>, ImportRefusal> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !bytes.starts_with(b"From ") && !bytes.starts_with(b">From ") {
        return Ok(Cow::Borrowed(bytes));
    }
    let letters = 1 + memmem::find_iter(bytes, b"\nFrom ").filter(|at| begins_letter(bytes, *at)).count();
    if letters > 1 {
        let hint = "it is a whole mailbox; save the letter that matters in a file by itself, and add that";
        return Err(ImportRefusal::new(Code::SourceFormat, format!("`{name}` holds {letters} letters"), hint));
    }
    let mut letter = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n').skip(1) {
        let inner = line.trim_ascii_start();
        let marks = inner.iter().take_while(|byte| **byte == b'>').count();
        let is_marked = marks > 0 && line.starts_with(b">") && inner[marks..].starts_with(b"From ");
        letter.extend_from_slice(&line[usize::from(is_marked)..]);
    }
    Ok(Cow::Owned(letter))
}

/// True if the line of a mailbox after a line end begins another letter: an empty line before it, and a field after it.
fn begins_letter(bytes: &[u8], line_end: usize) -> bool {
    let before = bytes[..line_end].strip_suffix(b"\r").unwrap_or(&bytes[..line_end]);
    let after = &bytes[line_end + 1..];
    let next = memchr::memchr(b'\n', after).map_or(&[][..], |end| &after[end + 1..]);
    let name = next.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    before.ends_with(b"\n") && name > 0 && next.get(name) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reason for which a letter is refused.
    fn refused(letter: &str) -> String {
        Part::read("a.eml", letter.as_bytes()).err().map(|refusal| refusal.words).unwrap_or_default()
    }

    fn nested(levels: usize) -> String {
        let open = |n: usize| format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\n\n--b{n}\n");
        let close = |n: usize| format!("\n--b{n}--");
        let open: String = (0..levels).map(open).collect();
        let close: String = (0..levels).rev().map(close).collect();
        format!("{open}\nwords{close}\n")
    }

    #[test]
    fn letters_made_to_do_harm_are_refused() {
        assert_eq!(refused(&nested(DEEPEST)), "");
        assert!(refused(&nested(DEEPEST + 1)).contains("`a.eml` holds parts inside parts without end: at most 24"));
        assert!(refused(&nested(20_000)).contains("without end"));
        let parts = |count: usize| {
            let parts = "--b\n\nwords\n".repeat(count);
            format!("Content-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n")
        };
        assert_eq!(refused(&parts(MOST_PARTS - 1)), "");
        assert!(refused(&parts(MOST_PARTS)).contains("more parts than any letter should: at most 2000"));
        assert!(refused(&"X-A: b\n".repeat(MOST_HEAD / 6)).contains("has a head that is too long: at most 1 MiB"));
        assert!(refused("Content-Type: multipart/mixed\n\n--\n").contains("does not say where its parts end"));
        assert!(refused("Content-Type: multipart/mixed; boundary=b\n\n--b\n").contains("breaks off"));
    }

    #[test]
    fn a_line_that_goes_on_is_of_another_boundary() {
        let (parts, ends) = between(b"x\n--b \none\n--b1\ntwo\r\n--b--\nthree", "b");
        assert_eq!((parts, ends), (vec![b"one\n--b1\ntwo".as_slice()], true));
    }
}
