//! Web archives (ISO 28500), alone or in a ZIP file with their index (WACZ). One page of the archive is read.

use std::collections::HashSet;

use crate::diag::Code;

use super::encoding::{self, CharsetLabel};
use super::office::{MOST_BYTES, Packed};
use super::warc_body::{self, UnpackFault};
use super::warc_records::{Capture, WebArchive};
use super::{Extracted, File, FileFormat, ImportRefusal, html, one_line, plain};

/// The most captures of one page that are compared with the one that is read.
const COMPARED: usize = 12;

/// The words of the page in a WARC file.
pub(super) fn read(file: File) -> Result<Extracted, ImportRefusal> {
    let mut archive = WebArchive::default();
    archive.add(file.name, file.bytes)?;
    one(file, archive, &[], FileFormat::Warc)
}

/// The words of a page of a WACZ file. The pages named by its index come first.
pub(super) fn packed(file: File) -> Result<Extracted, ImportRefusal> {
    let mut packed = Packed::open(file)?;
    let mut members = packed.names();
    members
        .retain(|name| name.starts_with("archive/") && name.trim_end_matches(".gz").rsplit('.').next() == Some("warc"));
    members.sort();
    let mut archive = WebArchive::default();
    for name in members {
        archive.add(file.name, &packed.member(&name)?.unwrap_or_default())?;
    }
    let index = packed.member("pages/pages.jsonl")?.unwrap_or_default();
    let named: Vec<String> = String::from_utf8_lossy(&index).lines().filter_map(address).collect();
    one(file, archive, &named, FileFormat::Wacz)
}

/// The address in a line of the page index.
fn address(line: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    value.get("url")?.as_str().map(str::to_owned)
}

/// Reads the wanted page: the one that the user named, otherwise the only one of the index, otherwise the only one.
fn one(file: File, mut archive: WebArchive, named: &[String], format: FileFormat) -> Result<Extracted, ImportRefusal> {
    archive.follow();
    let mut pages = std::mem::take(&mut archive.captures);
    if let Some(url) = file.url {
        if !pages.iter().any(|page| is(&page.url, url)) {
            return Err(missing(file.name, url, &archive, &pages));
        }
        pages.retain(|page| is(&page.url, url));
    } else {
        let named: HashSet<&str> = named.iter().map(|url| url.trim_end_matches('/')).collect();
        let is_named = |page: &Capture| named.contains(page.url.trim_end_matches('/'));
        if pages.iter().any(is_named) {
            pages.retain(is_named);
        }
    }
    let first = pages.first().map(|page| page.url.clone());
    if pages.iter().any(|page| Some(&page.url) != first.as_ref()) {
        let count = addresses(&pages).len();
        return Err(choose(format!("`{}` holds {count} pages", file.name), &pages));
    }
    // Of several captures of one address, the last one is taken.
    pages.sort_by(|one, other| one.at.cmp(&other.at));
    let Some(page) = pages.pop() else { return Err(without_pages(file.name, &archive)) };
    let mut read = words(file, &page)?;
    read.remarks.extend(page.remark.map(str::to_owned));
    read.remarks.extend(differing(file, &read, &page, &pages));
    read.format = format;
    read.about.retrieved = page.on();
    read.about.url = Some(page.url).filter(|url| !url.contains([' ', '<', '>']));
    Ok(read)
}

fn is(url: &str, wanted: &str) -> bool {
    url.trim_end_matches('/') == wanted.trim_end_matches('/')
}

/// The words of a capture, in the encoding that the server or the page names if its bytes agree.
fn words(file: File, page: &Capture) -> Result<Extracted, ImportRefusal> {
    let bytes =
        warc_body::unpacked(page.body.to_vec(), &page.codings).map_err(|fault| refused(file.name, page, fault))?;
    if bytes.len() > html::MOST_BYTES {
        return Err(ImportRefusal::too_large(file.name, "holds a page that is too large", html::MOST_BYTES as u64));
    }
    let is_page = page.kind.contains("html");
    let outer = charset(&page.kind).map(|name| CharsetLabel { name, by: "the server" });
    let found = encoding::decode(File { bytes: &bytes, ..file }, outer, is_page.then_some("the page"))?;
    let mut read =
        if is_page { html::page(file.name, &found.text)? } else { plain::text(&found.text, FileFormat::Plain) };
    read.remarks.extend(found.remark);
    Ok(read)
}

/// The encoding that a kind of content names.
fn charset(kind: &str) -> Option<&str> {
    let (_, rest) = kind.split_once("charset=")?;
    let name = rest.split(';').next().unwrap_or_default().trim_matches(['"', '\'', ' ']);
    Some(name).filter(|name| !name.is_empty())
}

fn refused(name: &str, page: &Capture, fault: UnpackFault) -> ImportRefusal {
    match fault {
        UnpackFault::TooLarge => ImportRefusal::too_large(name, "holds a record that grows without end", MOST_BYTES),
        UnpackFault::Broken => {
            ImportRefusal::broken(name, &format!("is damaged: the page `{}` cannot be unpacked", page.url))
        }
        UnpackFault::Unknown(coding) => {
            let words = format!("`{name}` holds the page `{}` packed as `{coding}`, which is not read", page.url);
            let hint = "open the archive in a program that replays it, save the page from there, and add that file";
            ImportRefusal::new(Code::SourceFormat, words, hint)
        }
    }
}

/// A remark on other captures of the same page that say something else.
fn differing(file: File, read: &Extracted, page: &Capture, others: &[Capture]) -> Option<String> {
    let text = |read: &Extracted| -> Vec<String> {
        read.paragraphs.iter().map(|paragraph| one_line(&paragraph.text)).filter(|text| !text.is_empty()).collect()
    };
    let mine = text(read);
    let differs = |other: &&Capture| other.body != page.body && words(file, other).map_or(true, |it| text(&it) != mine);
    let distinct: Vec<&Capture> = others.iter().rev().take(COMPARED).filter(differs).collect();
    if distinct.is_empty() {
        return None;
    }
    let times = distinct.iter().map(|page| page.at.as_str()).collect::<Vec<&str>>().join(", ");
    Some(format!(
        "the page was captured {} times, and not always with the same words: the capture of {} is read, the last one; \
         others differ ({times}). `--url` chooses a page, not a time: to read another capture, store it in an archive \
         of its own",
        others.len() + 1,
        page.at
    ))
}

fn choose(words: String, pages: &[Capture]) -> ImportRefusal {
    let urls = addresses(pages);
    let shown = urls.iter().take(10).copied().collect::<Vec<&str>>().join(", ");
    let more = if urls.len() > 10 { format!(" and {} more", urls.len() - 10) } else { String::new() };
    ImportRefusal::new(Code::SourcePage, words, format!("name one with `--url`: {shown}{more}"))
}

/// The addresses of some pages, each once.
fn addresses(pages: &[Capture]) -> Vec<&str> {
    let mut known = HashSet::new();
    pages.iter().map(|page| page.url.as_str()).filter(|url| known.insert(*url)).collect()
}

/// The reason why the page that the user named cannot be read.
fn missing(name: &str, url: &str, archive: &WebArchive, pages: &[Capture]) -> ImportRefusal {
    if let Some((url, at)) = archive.elsewhere.iter().find(|(known, _)| is(known, url)) {
        return only_a_note(name, url, at);
    }
    if let Some((url, what)) = archive.others.iter().find(|(known, _)| is(known, url)) {
        let hint = "look at it in a program that replays the archive; a PDF can be saved from there, and added";
        return ImportRefusal::new(Code::SourcePage, format!("`{name}` holds no words for `{url}`, but {what}"), hint);
    }
    let words = format!("`{name}` does not hold the page `{url}`");
    if pages.is_empty() { without_pages(name, archive) } else { choose(words, pages) }
}

fn only_a_note(name: &str, url: &str, at: &str) -> ImportRefusal {
    let words =
        format!("`{name}` says of `{url}` only that it had not changed on {at}: the page is in another archive");
    ImportRefusal::new(Code::SourcePage, words, "add the archive that holds the page itself, or archive the page again")
}

fn without_pages(name: &str, archive: &WebArchive) -> ImportRefusal {
    if let Some((url, at)) = archive.elsewhere.first() {
        return only_a_note(name, url, at);
    }
    let mut others: Vec<String> = archive.others.iter().map(|(url, what)| format!("{url} ({what})")).collect();
    others.truncate(5);
    let but = if others.is_empty() { String::new() } else { format!(", but {}", others.join(", ")) };
    let hint = "archive the page again, or save it in a browser and add that file";
    ImportRefusal::new(Code::SourcePage, format!("`{name}` holds no page with words{but}"), hint)
}
