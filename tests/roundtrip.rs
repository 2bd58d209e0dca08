//! One text of our own in five languages, packed into every format that is read: all of its sentences can be quoted, and
//! none of them with one word changed.

use std::io::{Cursor, Write as _};

use amparo::source::extract::{self, File};
use amparo::text::{Haystack, Quotation, QuotationVerdict};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::pdf;
use crate::support::{files, read, root};

/// A format: the ending of its files, and a file with some paragraphs in a language; `None` if it cannot be made here.
type Format = (&'static str, fn(&[String], &str) -> Option<Vec<u8>>);

const FORMATS: [Format; 12] = [
    ("txt", |text, _| Some(text.join("\n\n").into_bytes())),
    ("md", |text, _| Some(text.join("\n\n").into_bytes())),
    ("html", |text, language| Some(page(text, language, "utf-8").into_bytes())),
    ("html", |text, language| {
        let (name, encoding) = narrow(language);
        encoded(&page(text, language, name), encoding)
    }),
    ("mhtml", |text, language| Some(mhtml(text, language))),
    ("pdf", typeset),
    ("docx", |text, language| Some(docx(text, language))),
    ("odt", |text, _| Some(odt(text))),
    ("eml", |text, language| letter(text, language)),
    ("eml", |text, _| Some(flowed(text))),
    ("warc", |text, language| Some(warc(text, language))),
    ("wacz", |text, language| Some(zipped(&[("archive/data.warc", warc(text, language))]))),
];

#[test]
fn every_sentence_of_every_format_can_be_quoted_and_no_changed_one() {
    let mut faults = Vec::new();
    let mut count = 0;
    for path in files(&root().join("tests/roundtrip")) {
        let language = path.file_stem().and_then(|name| name.to_str()).expect("a language");
        let sentences: Vec<String> = read(&path).lines().map(str::to_owned).collect();
        let paragraphs: Vec<String> = sentences.chunks(3).map(|sentences| sentences.join(" ")).collect();
        for (index, (ending, make)) in FORMATS.iter().enumerate() {
            let Some(bytes) = make(&paragraphs, language) else { continue };
            let name = format!("{language}-{index}.{ending}");
            let file = File { name: &name, bytes: &bytes, encoding: None, url: None };
            let read = extract::extract(file).unwrap_or_else(|refusal| panic!("{name}: {}", refusal.words));
            let own = read.paragraphs.into_iter().filter(|part| part.furniture.is_none()).map(|part| part.text);
            let text = Haystack::new(own.collect());
            for sentence in &sentences {
                count += 1;
                faults.extend((!can_be_quoted(&text, sentence)).then(|| format!("{name}: lost: {sentence}")));
                let changed = changed(sentence).into_iter().filter(|changed| can_be_quoted(&text, changed));
                faults.extend(changed.map(|changed| format!("{name}: passes: {changed}")));
            }
        }
    }
    assert!(count > 500, "{count} sentences");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn can_be_quoted(text: &Haystack, words: &str) -> bool {
    let quotation = Quotation::parse(words).expect("a sentence");
    matches!(text.verify(&quotation, None, &|_| true), QuotationVerdict::Verified(_))
}

/// A sentence without one of its words, with two of them exchanged, and with a letter or digit of one changed.
fn changed(sentence: &str) -> Vec<String> {
    let words: Vec<&str> = sentence.split(' ').collect();
    let middle = words.len() / 2;
    let without = [&words[..middle], &words[middle + 1..]].concat().join(" ");
    let mut turned = words.clone();
    turned.swap(middle, middle - 1);
    let mut other = words.clone();
    let letters: String = words[middle].chars().rev().collect();
    other[middle] = &letters;
    let digit = sentence.replacen(|c: char| c.is_ascii_digit(), "7", 1);
    let all = [without, turned.join(" "), other.join(" "), digit];
    all.into_iter().filter(|changed| changed != sentence).collect()
}

/// A page with what pages have around their text.
fn page(text: &[String], language: &str, encoding: &str) -> String {
    let paragraph = |text: &String| {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        format!("<p><b>{first}</b> {}</p>\n", rest.replace(' ', "\n").replace('&', "&amp;"))
    };
    let body: String = text.iter().map(paragraph).collect();
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"{encoding}\"><title>1</title></head><body>\
         <nav><a href=\"/\">2</a></nav><main>{body}</main><footer>3</footer></body></html>"
    )
}

/// The encoding that pages of a language had before UTF-8.
fn narrow(language: &str) -> (&'static str, &'static Encoding) {
    match language {
        "ru" => ("windows-1251", WINDOWS_1251),
        "ar" => ("windows-1256", WINDOWS_1256),
        _ => ("windows-1252", WINDOWS_1252),
    }
}

/// The text in an encoding; `None` if it has letters that are not in it.
fn encoded(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let (bytes, _, is_lossy) = encoding.encode(text);
    (!is_lossy).then(|| bytes.into_owned())
}

/// Bytes packed for a mail (RFC 2045, 6.7), with lines that go on behind `=`.
fn quoted_printable(bytes: &[u8]) -> String {
    let one = |byte: &u8| match byte {
        b' '..=b'<' | b'>'..=b'~' => char::from(*byte).to_string(),
        byte => format!("={byte:02X}"),
    };
    let packed: Vec<String> = bytes.iter().map(one).collect();
    packed.chunks(20).map(<[String]>::concat).collect::<Vec<_>>().join("=\r\n")
}

fn mhtml(text: &[String], language: &str) -> Vec<u8> {
    let page = quoted_printable(page(text, language, "utf-8").as_bytes());
    format!(
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"; \
         type=\"text/html\"\r\n\r\n--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://example.org/\r\n\r\n{page}\r\n--x--\r\n"
    )
    .into_bytes()
}

/// A letter in the encoding of its language, packed as mail programs do.
fn letter(text: &[String], language: &str) -> Option<Vec<u8>> {
    let (name, encoding) = narrow(language);
    let (name, encoding) = if language == "es" { ("utf-8", UTF_8) } else { (name, encoding) };
    let body = quoted_printable(&encoded(&text.join("\r\n\r\n"), encoding)?);
    let head =
        "From: Oda <oda@example.org>\r\nSubject: 1\r\nDate: Wed, 5 Mar 2031 10:00:00 +0000\r\nMIME-Version: 1.0\r\n";
    Some(
        format!(
            "{head}Content-Type: text/plain; charset={name}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n"
        )
        .into_bytes(),
    )
}

/// A letter whose lines go on where they end with a space (RFC 3676).
fn flowed(text: &[String]) -> Vec<u8> {
    let line = |words: &[&str]| words.join(" ");
    let lines = |text: &String| {
        let words: Vec<&str> = text.split(' ').collect();
        words.chunks(8).map(line).collect::<Vec<_>>().join(" \r\n")
    };
    let body = text.iter().map(lines).collect::<Vec<_>>().join("\r\n\r\n");
    let head =
        "From: Oda <oda@example.org>\r\nSubject: 1\r\nDate: Wed, 5 Mar 2031 10:00:00 +0000\r\nMIME-Version: 1.0\r\n";
    format!("{head}Content-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n")
        .into_bytes()
}

fn warc(text: &[String], language: &str) -> Vec<u8> {
    let page = page(text, language, "utf-8");
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    );
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\nWARC-Date: 2031-03-05T10:00:00Z\r\n\
         WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
    .into_bytes()
}

fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // The kind of an ODT file stands unpacked at its beginning.
        let kind = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(kind)).expect("memory");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// A text document of Word, with each paragraph in several runs.
fn docx(text: &[String], language: &str) -> Vec<u8> {
    const NAMES: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let turned = if language == "ar" { "<w:pPr><w:bidi/></w:pPr>" } else { "" };
    let run = |word: &str| format!("<w:r><w:t xml:space=\"preserve\">{word} </w:t></w:r>");
    let paragraph = |text: &String| format!("<w:p>{turned}{}</w:p>", text.split(' ').map(run).collect::<String>());
    let body: String = text.iter().map(paragraph).collect();
    let document =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"{NAMES}\"><w:body>{body}</w:body></w:document>");
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\
        \"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    zipped(&[("[Content_Types].xml", types.into()), ("word/document.xml", document.into_bytes())])
}

fn odt(text: &[String]) -> Vec<u8> {
    let paragraph = |text: &String| {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        format!("<text:p><text:span>{first}</text:span><text:s/>{rest}</text:p>")
    };
    let body: String = text.iter().map(paragraph).collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>{body}</office:text>\
         </office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()),
        ("META-INF/manifest.xml", b"<manifest/>".to_vec()),
        ("content.xml", content.into_bytes()),
    ])
}

/// A PDF of our own. No font of the program has Arabic letters; such files are among those of `tests/readers`.
fn typeset(text: &[String], language: &str) -> Option<Vec<u8>> {
    (language != "ar").then(|| pdf::paragraphs(text, language))
}
