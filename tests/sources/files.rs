//! One file of each kind, made from words of our own.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::root;

/// A file of `tests/sources/data`.
pub(super) fn data(name: &str) -> Vec<u8> {
    let path = root().join("tests/sources/data").join(name);
    std::fs::read(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

/// A ZIP file with these members.
pub(super) fn zip(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

pub(super) fn docx() -> Vec<u8> {
    zip(&[
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("word/document.xml", data("document.xml")),
        ("word/footnotes.xml", data("footnotes.xml")),
        ("docProps/core.xml", data("core.xml")),
    ])
}

pub(super) fn odt() -> Vec<u8> {
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()),
        ("META-INF/manifest.xml", b"<manifest/>".to_vec()),
        ("content.xml", data("content.xml")),
        ("meta.xml", data("meta.xml")),
    ])
}

pub(super) fn mhtml() -> Vec<u8> {
    let page = String::from_utf8(data("page.html")).expect("text");
    let page = page.replace('=', "=3D").replace('©', "=C2=A9").replace('\n', "\r\n");
    let head = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://www.lantern.example/teacher?x=1\r\n\
                Subject: Teacher\r\nDate: Fri, 6 Mar 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n\
                Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----M\"\r\n\r\n------M\r\n\
                Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
                Content-Location: https://www.lantern.example/teacher?x=1\r\n\r\n";
    let picture = "\r\n------M\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
                   Content-Location: https://www.lantern.example/x.jpg\r\n\r\niVBORw0KGgo=\r\n------M--\r\n";
    format!("{head}{page}{picture}").into_bytes()
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

fn record(url: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-06T10:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

/// An answer whose body was packed and sent in pieces.
fn in_pieces(page: &[u8]) -> Vec<u8> {
    let packed = gzip(page);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\
                Transfer-Encoding: chunked\r\n\r\n";
    let (one, two) = packed.split_at(packed.len() / 2);
    let piece = |bytes: &[u8]| [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
    [head.as_bytes().to_vec(), piece(one), piece(two), b"0\r\n\r\n".to_vec()].concat()
}

/// A web archive with one page.
pub(super) fn warc() -> Vec<u8> {
    record("https://www.lantern.example/teacher", &in_pieces(&data("page.html")))
}

/// A web archive with two pages, record by record packed.
pub(super) fn warc_of_two() -> Vec<u8> {
    let plain = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".to_vec();
    let other = record("https://www.lantern.example/other", &[plain, data("page.html")].concat());
    [gzip(&warc()), gzip(&other)].concat()
}

pub(super) fn wacz() -> Vec<u8> {
    let index = "{\"format\": \"json-pages-1.0\"}\n{\"url\": \"https://www.lantern.example/teacher\"}\n";
    zip(&[
        ("archive/data.warc.gz", warc_of_two()),
        ("pages/pages.jsonl", index.into()),
        ("datapackage.json", b"{}".to_vec()),
    ])
}

/// The judgment: two pages with a head, a number, a list and a word that is broken at the end of a line.
pub(super) fn pdf() -> Vec<u8> {
    let first = [
        (72, 800, "District Court of Northtown"),
        (72, 760, "Judgment"),
        (72, 730, "The court finds that the accused has read aloud from a book that stood in the"),
        (72, 715, "reading room of the Second School, and that she has done so on several eve-"),
        (72, 700, "nings. It is no matter whether anybody listened."),
        (86, 685, "The accused was heard. She said that the book was on the list of the school and"),
        (72, 670, "that nobody had ever taken it away."),
        (290, 40, "1"),
    ];
    let second = [
        (72, 800, "District Court of Northtown"),
        (72, 730, "The court therefore decides:"),
        (72, 710, "1. The accused is sentenced to six years in prison."),
        (72, 690, "2. The book is to be destroyed."),
        (290, 40, "2"),
    ];
    pages(&[page(&first), page(&second)], "")
}

/// A scan: a page without letters.
pub(super) fn scan() -> Vec<u8> {
    pages(&["0.5 g 0 0 595 842 re f".to_owned()], "")
}

/// A PDF that opens with a password only.
pub(super) fn locked() -> Vec<u8> {
    let lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (0123456789abcdef0123456789abcdef) \
                /U (0123456789abcdef0123456789abcdef) >> /ID [(0123456789abcdef) (0123456789abcdef)]";
    pages(&[page(&[(72, 700, "Locked words")])], lock)
}

fn page(lines: &[(i32, i32, &str)]) -> String {
    let line = |(x, y, words): &(i32, i32, &str)| format!("BT /F1 12 Tf {x} {y} Td ({words}) Tj ET\n");
    lines.iter().map(line).collect()
}

/// A PDF with these contents of pages, and further entries of its trailer.
fn pages(contents: &[String], trailer: &str) -> Vec<u8> {
    let count = contents.len();
    let kids = (0..count).map(|index| format!("{} 0 R", 5 + 2 * index)).collect::<Vec<String>>().join(" ");
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Title (Judgment of 4 March) /Author (District Court) /CreationDate (D:20260304120000Z) >>".to_owned(),
    ];
    for (index, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>",
            6 + 2 * index
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&[&format!("{} 0 obj\n", index + 1), object.as_str(), "\nendobj\n"].concat());
    }
    let start = file.len();
    let size = objects.len() + 1;
    let rows: Vec<String> = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let table = format!("xref\n0 {size}\n0000000000 65535 f \n{}", rows.concat());
    let end = format!("trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    [file, table, end].concat().into_bytes()
}

/// A DOCX whose text grows a thousandfold when it is unpacked.
pub(super) fn bomb() -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>".to_vec()), ("word/document.xml", vec![b' '; 66 << 20])])
}
