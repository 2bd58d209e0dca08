//! The records of a web archive (ISO 28500): the answers of servers, and the notes that a page had not changed.

use std::collections::HashMap;
use std::rc::Rc;

use flate2::read::MultiGzDecoder;

use super::warc_body::{self, UnpackFault};
use super::{ImportRefusal, about};

/// The largest unpacked size of all records of a web archive, in bytes.
const MOST_ARCHIVE: u64 = 256 << 20;

/// The most fields of a record or an answer.
const MOST_FIELDS: usize = 256;

/// The longest head of the first record, in bytes.
const LONGEST_HEAD: usize = 1 << 16;

/// An answer with words: a page as it was fetched on a day.
#[derive(Clone)]
pub(super) struct Capture {
    pub(super) url: String,
    /// The moment at which it was fetched, as written.
    pub(super) at: String,
    /// The kind of its content, in small letters.
    pub(super) kind: String,
    /// The ways in which it is packed.
    pub(super) codings: String,
    /// The body, as sent.
    pub(super) body: Rc<Vec<u8>>,
    /// What is missing.
    pub(super) remark: Option<&'static str>,
    id: Option<String>,
    digest: Option<String>,
}

impl Capture {
    fn keys(&self) -> impl Iterator<Item = Key> {
        let place = Key::Place(self.url.clone(), self.at.clone());
        let named = [self.id.clone().map(Key::Name), self.digest.clone().map(Key::Digest)];
        named.into_iter().flatten().chain([place])
    }

    /// The day on which it was fetched.
    pub(super) fn on(&self) -> Option<String> {
        about::day(&self.at)
    }
}

/// A note that a page was the same as at an earlier time.
struct Revisit {
    url: String,
    at: String,
    /// What it refers to, the most certain first.
    keys: Vec<Key>,
}

/// What a web archive holds.
#[derive(Default)]
pub(super) struct WebArchive {
    pub(super) captures: Vec<Capture>,
    /// The addresses and times of notes that refer to something that is not in the archive.
    pub(super) elsewhere: Vec<(String, String)>,
    /// The addresses and kinds of answers that have no words.
    pub(super) others: Vec<(String, String)>,
    revisits: Vec<Revisit>,
    /// The unpacked size of the records.
    size: u64,
}

impl WebArchive {
    /// Reads the records of a file, or of one of several files.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ImportRefusal> {
        let refused = |fault| match fault {
            UnpackFault::TooLarge => ImportRefusal::too_large(name, "is a web archive that is too large", MOST_ARCHIVE),
            _ => ImportRefusal::broken(name, "is damaged or breaks off: its records cannot be read"),
        };
        let unpacked;
        let mut rest = bytes;
        if bytes.starts_with(b"\x1f\x8b") {
            unpacked = warc_body::read_all(MultiGzDecoder::new(bytes), MOST_ARCHIVE - self.size).map_err(refused)?;
            rest = &unpacked;
        }
        self.size += rest.len().max(bytes.len()) as u64;
        if self.size > MOST_ARCHIVE {
            return Err(refused(UnpackFault::TooLarge));
        }
        loop {
            while let Some(after) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) {
                rest = after;
            }
            if rest.is_empty() {
                return Ok(());
            }
            let (record, after) = Record::read(rest).ok_or_else(|| refused(UnpackFault::Broken))?;
            self.take(&record);
            rest = after;
        }
    }

    fn take(&mut self, record: &Record) {
        let Some(url) = value(&record.fields, "warc-target-uri") else { return };
        let url = url.trim_matches(['<', '>']).to_owned();
        match value(&record.fields, "warc-type") {
            Some("response") => match Answer::read(record.block) {
                Some(answer) if answer.code == 200 => self.answer(url, record, &answer.fields, answer.body),
                Some(answer) => self.others.push((url, format!("answer {}", answer.code))),
                None => self.others.push((url, "an answer that cannot be read".to_owned())),
            },
            Some("resource") => self.answer(url, record, &record.fields, record.block),
            Some("revisit") => self.revisits.push(Revisit::of(url, record)),
            _ => {}
        }
    }

    fn answer(&mut self, url: String, record: &Record, fields: &Fields, body: &[u8]) {
        let kind = value(fields, "content-type").unwrap_or_default().to_ascii_lowercase();
        let kind = if kind.is_empty() && looks_like_page(body) { "text/html".to_owned() } else { kind };
        if !(kind.contains("html") || kind.starts_with("text/plain")) || body.is_empty() {
            self.others.push((url, if kind.is_empty() { "content of no kind".to_owned() } else { kind }));
            return;
        }
        let in_pieces =
            value(fields, "transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
        let (whole, mut cut) = if in_pieces { warc_body::joined(body) } else { (body.to_vec(), false) };
        let length = value(fields, "content-length").and_then(|length| length.parse::<usize>().ok());
        cut |= !in_pieces && length.is_some_and(|length| body.len() < length);
        cut |= value(&record.fields, "warc-truncated").is_some();
        self.captures.push(Capture {
            url,
            at: value(&record.fields, "warc-date").unwrap_or_default().to_owned(),
            kind,
            codings: value(fields, "content-encoding").unwrap_or_default().to_owned(),
            body: Rc::new(whole),
            remark: cut.then_some("the page was not stored whole: its end is missing"),
            id: owned(&record.fields, "warc-record-id"),
            digest: owned(&record.fields, "warc-payload-digest"),
        });
    }

    /// Follows the notes that a page had not changed to the answers that they refer to.
    ///
    /// Source: ISO 28500, 6.7, and its profiles `identical-payload-digest` and `server-not-modified`.
    pub(super) fn follow(&mut self) {
        let mut known: HashMap<Key, usize> = HashMap::new();
        for (at, capture) in self.captures.iter().enumerate() {
            for key in capture.keys() {
                known.entry(key).or_insert(at);
            }
        }
        for revisit in std::mem::take(&mut self.revisits) {
            let earlier = revisit.keys.iter().find_map(|key| known.get(key)).map(|at| self.captures[*at].clone());
            match earlier {
                Some(earlier) => self.captures.push(Capture { url: revisit.url, at: revisit.at, ..earlier }),
                None => self.elsewhere.push((revisit.url, revisit.at)),
            }
        }
    }
}

/// That by which a note refers to a record.
#[derive(Hash, PartialEq, Eq)]
enum Key {
    Name(String),
    Digest(String),
    Place(String, String),
}

impl Revisit {
    fn of(url: String, record: &Record) -> Self {
        let get = |name| owned(&record.fields, name);
        let place = get("warc-refers-to-target-uri").map_or(url.clone(), |url| url.trim_matches(['<', '>']).to_owned());
        let keys = [
            get("warc-refers-to").map(Key::Name),
            get("warc-payload-digest").map(Key::Digest),
            get("warc-refers-to-date").map(|time| Key::Place(place, time)),
        ];
        Self { at: get("warc-date").unwrap_or_default(), keys: keys.into_iter().flatten().collect(), url }
    }
}

/// The fields of a header: names in small letters, with their values.
type Fields = Vec<(String, String)>;

/// A record: its fields and its block.
struct Record<'a> {
    fields: Fields,
    block: &'a [u8],
}

/// True if bytes begin with the head of a record.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let head = bytes.get(..LONGEST_HEAD).unwrap_or(bytes);
    let fields =
        memchr::memchr(b'\n', head).filter(|_| head.starts_with(b"WARC/")).and_then(|end| fields(&head[end + 1..]));
    fields
        .is_some_and(|(fields, _)| value(&fields, "warc-type").is_some() && value(&fields, "content-length").is_some())
}

impl<'a> Record<'a> {
    fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        if !bytes.starts_with(b"WARC/") {
            return None;
        }
        let line = memchr::memchr(b'\n', bytes)? + 1;
        let (fields, start) = fields(&bytes[line..])?;
        let size: usize = value(&fields, "content-length")?.parse().ok()?;
        let (block, after) = bytes[line + start..].split_at_checked(size)?;
        Some((Self { fields, block }, after))
    }
}

/// The answer of a server, of any version of HTTP.
struct Answer<'a> {
    code: u16,
    fields: Fields,
    body: &'a [u8],
}

impl<'a> Answer<'a> {
    fn read(block: &'a [u8]) -> Option<Self> {
        let line = memchr::memchr(b'\n', block)? + 1;
        let status = std::str::from_utf8(block.get(..line.min(64))?).unwrap_or_default();
        let code = status.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
        let (fields, start) = fields(&block[line..])?;
        Some(Self { code, fields, body: &block[line + start..] })
    }
}

/// Reads a header; gives its fields and the place at which it ends.
fn fields(bytes: &[u8]) -> Option<(Fields, usize)> {
    let mut heads = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let Ok(httparse::Status::Complete((length, heads))) = httparse::parse_headers(bytes, &mut heads) else {
        return None;
    };
    let field = |head: &httparse::Header| {
        (head.name.to_ascii_lowercase(), String::from_utf8_lossy(head.value).trim().to_owned())
    };
    Some((heads.iter().map(field).collect(), length))
}

fn value<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn owned(fields: &[(String, String)], name: &str) -> Option<String> {
    value(fields, name).map(str::to_owned)
}

fn looks_like_page(body: &[u8]) -> bool {
    let head = body.trim_ascii_start();
    let marks: [&[u8]; 2] = [b"<!doctype html", b"<html"];
    marks.iter().any(|mark| head.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)))
}

#[cfg(test)]
mod tests {
    use super::{MOST_ARCHIVE, WebArchive};

    #[test]
    fn several_files_together_have_one_limit() {
        let record = b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n";
        let mut archive = WebArchive { size: MOST_ARCHIVE - record.len() as u64, ..WebArchive::default() };
        archive.add("a.wacz", record).expect("one is read");
        let refusal = archive.add("a.wacz", record).expect_err("two are too large");
        assert!(refusal.words.contains("too large: at most 256 MiB"), "{}", refusal.words);
    }
}
