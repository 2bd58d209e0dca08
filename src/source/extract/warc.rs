//! Web archives (ISO 28500), alone or in a ZIP file with their index (WACZ). One page of the archive is read.

use std::io::Read as _;

use flate2::read::{GzDecoder, MultiGzDecoder, ZlibDecoder};

use crate::diag::Code;

use super::office::{MOST_BYTES, Packed};
use super::{Extracted, File, FileFormat, ImportRefusal, about, html, plain};

/// A page in a web archive.
struct Found {
    url: String,
    /// The day on which it was fetched.
    on: Option<String>,
    kind: String,
    body: Vec<u8>,
}

/// The words of the page in a WARC file.
pub(super) fn read(file: File) -> Result<Extracted, ImportRefusal> {
    let pages = pages(file.name, file.bytes)?;
    one(file, pages, &[], FileFormat::Warc)
}

/// The words of a page of a WACZ file. The pages named by its index come first.
pub(super) fn packed(file: File) -> Result<Extracted, ImportRefusal> {
    let mut packed = Packed::open(file)?;
    let mut members = packed.names();
    members
        .retain(|name| name.starts_with("archive/") && name.trim_end_matches(".gz").rsplit('.').next() == Some("warc"));
    members.sort();
    let mut found = Vec::new();
    for name in members {
        found.extend(pages(file.name, &packed.member(&name)?.unwrap_or_default())?);
    }
    let index = packed.member("pages/pages.jsonl")?.unwrap_or_default();
    let named: Vec<String> = String::from_utf8_lossy(&index).lines().filter_map(address).collect();
    one(file, found, &named, FileFormat::Wacz)
}

/// The address in a line of the page index.
fn address(line: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    value.get("url")?.as_str().map(str::to_owned)
}

/// Reads the wanted page: the one that the user named, otherwise the only one of the index, otherwise the only one.
fn one(file: File, mut pages: Vec<Found>, named: &[String], format: FileFormat) -> Result<Extracted, ImportRefusal> {
    if pages.is_empty() {
        let hint = "archive the page again, or save it in a browser and add that file";
        return Err(ImportRefusal::new(Code::SourcePage, format!("`{}` holds no page with words", file.name), hint));
    }
    let is = |page: &Found, url: &str| page.url.trim_end_matches('/') == url.trim_end_matches('/');
    if let Some(url) = file.url {
        if !pages.iter().any(|page| is(page, url)) {
            return Err(choose(format!("`{}` does not hold the page `{url}`", file.name), &pages));
        }
        pages.retain(|page| is(page, url));
    } else if pages.iter().any(|page| named.iter().any(|url| is(page, url))) {
        pages.retain(|page| named.iter().any(|url| is(page, url)));
    }
    let first = pages[0].url.clone();
    if pages.iter().any(|page| page.url != first) {
        let count = pages.len();
        return Err(choose(format!("`{}` holds {count} pages", file.name), &pages));
    }
    // If the same address was fetched several times, the last one is taken.
    let page = pages.pop().ok_or_else(|| ImportRefusal::no_text(file.name))?;
    let charset =
        page.kind.split_once("charset=").map(|(_, charset)| charset.trim_matches(['"', '\'', ' ']).to_owned());
    let encoding = file.encoding.map(str::to_owned).or(charset);
    let inner = File { bytes: &page.body, encoding: encoding.as_deref(), ..file };
    let mut read = if page.kind.contains("html") { html::read(inner)? } else { plain::read(inner, FileFormat::Plain)? };
    read.format = format;
    read.about.url = Some(page.url).filter(|url| !url.contains([' ', '<', '>']));
    read.about.retrieved = page.on;
    Ok(read)
}

fn choose(words: String, pages: &[Found]) -> ImportRefusal {
    let mut urls: Vec<&str> = pages.iter().map(|page| page.url.as_str()).collect();
    urls.dedup();
    let shown = urls.iter().take(10).copied().collect::<Vec<&str>>().join(", ");
    let more = if urls.len() > 10 { format!(" and {} more", urls.len() - 10) } else { String::new() };
    ImportRefusal::new(Code::SourcePage, words, format!("name one with `--url`: {shown}{more}"))
}

/// The responses with words in a web archive.
fn pages(name: &str, bytes: &[u8]) -> Result<Vec<Found>, ImportRefusal> {
    let broken = || ImportRefusal::broken(name, "is damaged or breaks off: its records cannot be read");
    let unpacked;
    let mut rest = if bytes.starts_with(b"\x1f\x8b") {
        unpacked =
            unpack(MultiGzDecoder::new(bytes)).map_err(|large| if large { too_large(name) } else { broken() })?;
        unpacked.as_slice()
    } else {
        bytes
    };
    let mut found = Vec::new();
    loop {
        while let Some(after) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) {
            rest = after;
        }
        if rest.is_empty() {
            return Ok(found);
        }
        let (record, after) = Record::read(rest).ok_or_else(broken)?;
        rest = after;
        if let Some(page) = record.page() {
            found.push(page.map_err(|large| if large { too_large(name) } else { broken() })?);
        }
    }
}

fn too_large(name: &str) -> ImportRefusal {
    ImportRefusal::too_large(name, "holds a record that grows without end", MOST_BYTES)
}

/// All bytes of a packed stream; `Err(true)` if they exceed the limit.
fn unpack(stream: impl std::io::Read) -> Result<Vec<u8>, bool> {
    let mut bytes = Vec::new();
    stream.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|_| false)?;
    if bytes.len() as u64 > MOST_BYTES { Err(true) } else { Ok(bytes) }
}

/// The fields of a header: names in small letters, with their values.
type Fields = Vec<(String, String)>;

/// A record: its fields and its block.
struct Record<'a> {
    fields: Fields,
    block: &'a [u8],
}

impl<'a> Record<'a> {
    fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        if !bytes.starts_with(b"WARC/") {
            return None;
        }
        let mut heads = [httparse::EMPTY_HEADER; 64];
        let line = bytes.iter().position(|byte| *byte == b'\n')? + 1;
        let Ok(httparse::Status::Complete((length, heads))) = httparse::parse_headers(&bytes[line..], &mut heads)
        else {
            return None;
        };
        let fields: Vec<(String, String)> = heads.iter().map(field).collect();
        let start = line + length;
        let size: usize = value(&fields, "content-length")?.trim().parse().ok()?;
        let end = start.checked_add(size)?;
        let block = bytes.get(start..end)?;
        Some((Self { fields, block }, &bytes[end..]))
    }

    /// The page in a response of a server, if it has words; `None` for all other records.
    fn page(&self) -> Option<Result<Found, bool>> {
        let url = value(&self.fields, "warc-target-uri")?.trim_matches(['<', '>']).to_owned();
        let on = value(&self.fields, "warc-date").and_then(about::day);
        let (fields, body) = match value(&self.fields, "warc-type")? {
            "response" => self.answer()?,
            "resource" => (self.fields.clone(), self.block.to_vec()),
            _ => return None,
        };
        let kind = value(&fields, "content-type").unwrap_or_default().to_ascii_lowercase();
        if !(kind.contains("html") || kind.starts_with("text/plain")) || body.is_empty() {
            return None;
        }
        let whole = if value(&fields, "transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"))
        {
            unchunked(&body).unwrap_or(body)
        } else {
            body
        };
        let body = match value(&fields, "content-encoding").map(str::to_ascii_lowercase).as_deref() {
            Some("gzip" | "x-gzip") if whole.starts_with(b"\x1f\x8b") => unpack(GzDecoder::new(whole.as_slice())),
            Some("deflate") => unpack(ZlibDecoder::new(whole.as_slice())),
            Some("br" | "zstd") => Err(false),
            _ => Ok(whole),
        };
        Some(body.map(|body| Found { url, on, kind, body }))
    }

    /// Header and body of a successful response.
    fn answer(&self) -> Option<(Fields, Vec<u8>)> {
        let mut heads = [httparse::EMPTY_HEADER; 128];
        let mut response = httparse::Response::new(&mut heads);
        let httparse::Status::Complete(length) = response.parse(self.block).ok()? else { return None };
        if response.code != Some(200) {
            return None;
        }
        Some((response.headers.iter().map(field).collect(), self.block[length..].to_vec()))
    }
}

fn field(head: &httparse::Header) -> (String, String) {
    (head.name.to_ascii_lowercase(), String::from_utf8_lossy(head.value).trim().to_owned())
}

fn value<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The body of a response sent in pieces (RFC 9112, 7.1); `None` if it is not in pieces, because some archives store it
/// joined.
fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(bytes) else { return None };
        let size = usize::try_from(size).ok()?;
        if size == 0 {
            return Some(whole);
        }
        let end = start.checked_add(size)?;
        whole.extend_from_slice(bytes.get(start..end)?);
        bytes = bytes.get(end + 2..)?;
    }
}
