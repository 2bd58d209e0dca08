//! The fields of a letter as text: words that are packed because a field may hold ASCII only, and raw bytes of programs
//! that disregard this.

use encoding_rs::{Encoding, UTF_8};
use mailparse::{MailAddr, MailHeaderMap as _, addrparse};

use super::File;
use super::encoding::{self, CharsetLabel};
use super::mail_packed;
use super::mail_parts::{Part, unfold};

/// How the fields of a letter are read.
pub(super) struct FieldReading {
    /// The encoding of raw bytes that are not UTF-8.
    raw: &'static Encoding,
    /// What was found while reading.
    pub(super) remarks: Vec<String>,
}

/// What a field is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Words,
    /// Signs of the grammar of addresses that come out of packed words are put in quotation marks.
    Addresses,
}

impl FieldReading {
    /// Finds the encoding of the raw bytes of a letter's fields: that of its text, if they fit, otherwise by their
    /// letters and those of the text.
    pub(super) fn of(file: File, letter: &Part, text: &[u8], label: Option<&str>) -> Self {
        let fields = ["From", "Subject"].iter().filter_map(|name| raw(letter, name));
        let mut sample: Vec<u8> = fields.filter(|raw| std::str::from_utf8(raw).is_err()).flatten().collect();
        if sample.is_empty() {
            return Self { raw: UTF_8, remarks: Vec::new() };
        }
        if std::str::from_utf8(text).is_err() {
            sample.extend_from_slice(text);
        }
        let label = label.map(|name| CharsetLabel { name, by: "its text" });
        let read = encoding::labelled(File { bytes: &sample, ..file }, label.as_slice());
        let read = read.or_else(|_| encoding::labelled(File { bytes: &sample, encoding: None, ..file }, &[]));
        let raw = read.map_or(encoding_rs::WINDOWS_1252, |read| read.encoding);
        let remark = format!("subject and sender have letters without a label: read as {}", raw.name());
        Self { raw, remarks: vec![remark] }
    }

    /// The words of a field; `None` if it has none.
    pub(super) fn words(&mut self, part: &Part, name: &str) -> Option<String> {
        let value = self.text(&raw(part, name)?, Use::Words);
        Some(super::one_line(&value)).filter(|value| !value.is_empty())
    }

    /// The names of the senders; the address of a sender without a name.
    pub(super) fn senders(&mut self, letter: &Part) -> Vec<String> {
        let Some(raw) = raw(letter, "From") else { return Vec::new() };
        let Ok(list) = addrparse(&self.text(&raw, Use::Addresses)) else {
            let words = super::one_line(&self.text(&raw, Use::Words));
            let name = words.split('<').next().unwrap_or_default().trim().to_owned();
            return Some(name).filter(|name| !name.is_empty()).into_iter().collect();
        };
        let name = |sender: &MailAddr| match sender {
            MailAddr::Single(one) => one.display_name.clone().unwrap_or_else(|| one.addr.clone()),
            MailAddr::Group(group) => group.group_name.clone(),
        };
        list.iter().map(|sender| super::one_line(&name(sender))).filter(|name| !name.is_empty()).collect()
    }

    fn text(&mut self, value: &[u8], used: Use) -> String {
        let (mut text, mut is_quoted) = (String::new(), false);
        for run in runs(value) {
            match run {
                Run::Raw(bytes) => {
                    is_quoted ^= memchr::memchr_iter(b'"', &bytes).count() % 2 == 1;
                    let raw = if std::str::from_utf8(&bytes).is_ok() { UTF_8 } else { self.raw };
                    text += &raw.decode_without_bom_handling(&bytes).0;
                }
                Run::Word { charset, bytes } => {
                    let words = self.word(&charset, &bytes);
                    text += &if used == Use::Addresses { as_name(words, is_quoted) } else { words };
                }
            }
        }
        text
    }

    /// The letters of a packed word.
    fn word(&mut self, charset: &str, bytes: &[u8]) -> String {
        let label = CharsetLabel { name: charset, by: "a field of the letter" };
        let file = File { name: "a field of the letter", bytes, encoding: None, url: None };
        let Ok(read) = encoding::labelled(file, &[label]) else {
            self.tell("letters of a field that cannot be read stand as \u{fffd}".to_owned());
            return String::from_utf8_lossy(bytes).into_owned();
        };
        if let Some(remark) = read.remark.filter(|_| read.contradicts) {
            self.tell(remark);
        }
        read.text
    }

    fn tell(&mut self, remark: String) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }
}

/// Words in a list of addresses: in quotation marks if they hold signs of its grammar.
fn as_name(words: String, is_quoted: bool) -> String {
    if !words.contains(['(', ')', '<', '>', '@', ',', ';', ':', '\\', '"', '[', ']']) {
        return words;
    }
    let words = words.replace('\\', "\\\\").replace('"', "\\\"");
    if is_quoted { words } else { format!("\"{words}\"") }
}

/// The bytes of a field on one line.
fn raw(part: &Part, name: &str) -> Option<Vec<u8>> {
    part.head.get_first_header(name).map(|field| unfold(field.get_value_raw()))
}

/// A stretch of a field.
enum Run {
    Raw(Vec<u8>),
    Word { charset: String, bytes: Vec<u8> },
}

/// The stretches of a field. Packed words one after the other are one text: the space between them is dropped, and a
/// letter may begin in one word and end in the next.
///
/// Source: RFC 2047, 6.2.
fn runs(value: &[u8]) -> Vec<Run> {
    let (mut found, mut raw, mut rest) = (Vec::new(), Vec::new(), value);
    while let Some(byte) = rest.first() {
        let Some((charset, bytes, after)) = word(rest) else {
            raw.push(*byte);
            rest = &rest[1..];
            continue;
        };
        rest = after;
        match found.last_mut() {
            Some(Run::Word { charset: known, bytes: all }) if raw.iter().all(u8::is_ascii_whitespace) => {
                raw.clear();
                if known.eq_ignore_ascii_case(&charset) {
                    all.extend(bytes);
                    continue;
                }
            }
            _ => found.push(Run::Raw(std::mem::take(&mut raw))),
        }
        found.push(Run::Word { charset, bytes });
    }
    found.push(Run::Raw(raw));
    found
}

/// The packed word with which a text begins: `=?charset?encoding?text?=`. A language may follow the charset.
///
/// Source: RFC 2047, 2; RFC 2231, 5.
fn word(text: &[u8]) -> Option<(String, Vec<u8>, &[u8])> {
    let rest = text.strip_prefix(b"=?")?;
    let end = rest.iter().take(80).position(|byte| *byte == b'?')?;
    let charset = std::str::from_utf8(&rest[..end]).ok()?.split('*').next()?.to_owned();
    let (how, rest) = rest[end + 1..].split_first()?;
    let rest = rest.strip_prefix(b"?")?;
    let end = memchr::memchr(b'?', rest)?;
    let after = rest[end + 1..].strip_prefix(b"=")?;
    if charset.is_empty() || charset.contains(char::is_whitespace) {
        return None;
    }
    let bytes = match how.to_ascii_lowercase() {
        b'b' => mail_packed::base64(&rest[..end])?.bytes.into_owned(),
        b'q' => underlined(&rest[..end]),
        _ => return None,
    };
    Some((charset, bytes, after))
}

/// The bytes of a word in which a space is written as `_`.
///
/// Source: RFC 2047, 4.2.
fn underlined(text: &[u8]) -> Vec<u8> {
    // A space at the end of a line would be dropped.
    let spaced: Vec<&[u8]> = text.chunks(1).map(|byte| if byte == b"_" { &b"=20"[..] } else { byte }).collect();
    mail_packed::quoted_printable(&spaced.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_words_are_joined_before_they_are_read() {
        let table = [
            ("=?utf-8?B?0J/Q?= =?utf-8?B?uNGB?=", "Пис"),
            ("=?koi8-r?Q?=F0=C9?=  =?KOI8-R*ru?q?=D3?= =?utf-8?q?_x?=", "Пис x"),
            ("a =?utf-8?q?b_?= c", "a b  c"),
            ("=?utf-8?q?a?=b", "ab"),
            ("=?utf-8?x?a?= =? =?a?b =?utf-8?q?=zz?=", "=?utf-8?x?a?= =? =?a?b =zz"),
            ("=?x-none?q?a?=", "a"),
            ("=?utf-8?q?na\u{ef}ve=?=", "na\u{ef}ve"),
        ];
        for (field, expected) in table {
            let mut reading = FieldReading { raw: UTF_8, remarks: Vec::new() };
            assert_eq!(reading.text(field.as_bytes(), Use::Words), expected, "{field}");
        }
    }
}
