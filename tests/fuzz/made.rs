//! Files with damage and malice, the same in every run.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use amparo::source::extract::{self, File};
use amparo::text::{Haystack, Quotation, QuotationVerdict};
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A source of numbers that are the same in every run.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    fn one<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// Pieces that mean something to one reader or another.
const PIECES: [&[u8]; 16] = [
    b"<",
    b">",
    b"</p>",
    b"<![CDATA[",
    b"&#0;",
    b"\0",
    b"\xff\xfe",
    b"99999999999",
    b"-1",
    b"[",
    b"<<",
    b"endobj",
    b"\r\n\r\n",
    b"=3D",
    b"%",
    b"\xf0\x9f\x98\x80",
];

/// The bytes of a file with one to eight damages. Of a packed file, mostly one of the files inside is damaged.
pub(crate) fn damaged(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    if bytes.starts_with(b"PK") && numbers.below(4) > 0 {
        return repacked(bytes, numbers).unwrap_or_default();
    }
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(8) {
        damage(&mut bytes, numbers);
    }
    bytes
}

fn damage(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    if bytes.is_empty() {
        return;
    }
    let at = numbers.below(bytes.len());
    let end = (at + 1 + numbers.below(64)).min(bytes.len());
    match numbers.below(6) {
        0 => bytes[at] ^= 1 << numbers.below(8),
        1 => drop(bytes.drain(at..end)),
        2 => drop(bytes.splice(at..at, bytes[at..end].repeat(1 + numbers.below(40)))),
        3 => drop(bytes.splice(at..end, numbers.one(&PIECES).iter().copied())),
        4 => drop(bytes.splice(at..at, numbers.one(&PIECES).repeat(1 + numbers.below(300)))),
        _ => bytes.truncate(at),
    }
}

/// A packed file, one member of it damaged; `None` if it cannot be unpacked.
fn repacked(bytes: &[u8], numbers: &mut Numbers) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = numbers.below(zip.len().max(1));
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut member = zip.by_index(index).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut inner = Vec::new();
        member.read_to_end(&mut inner).ok()?;
        if index == chosen {
            (0..=numbers.below(8)).for_each(|_| damage(&mut inner, numbers));
        }
        out.start_file(name, SimpleFileOptions::default()).ok()?;
        out.write_all(&inner).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// Reads damaged files, so many of them; returns how many had words.
pub(crate) fn read_damaged(originals: &[(String, Vec<u8>)], count: usize) -> usize {
    let read = |index: usize| {
        let (name, bytes) = &originals[index % originals.len()];
        let bytes = damaged(bytes, &mut Numbers::new(index as u64 + 1));
        extract::extract(File { name, bytes: &bytes, encoding: None, url: None }).is_ok()
    };
    (0..count).filter(|index| read(*index)).count()
}

/// The files of `tests/readers`, without the words that stand beside them.
pub(crate) fn originals(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for kind in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        for path in std::fs::read_dir(kind).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.extension().is_some_and(|ending| ending != "txt") {
                let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
                found.push((name, std::fs::read(&path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

/// The words that everybody sees.
const SEEN: &str = "the weaver was taken to the harbour";

/// The words that nobody sees.
const HIDDEN: &str = "the guard confessed to everything";

/// Ways in which a page hides words.
const HIDING: [(&str, &str); 12] = [
    ("<span style=\"display:none\">", "</span>"),
    ("<div hidden>", "</div>"),
    ("<p style='visibility: hidden'>", "</p>"),
    ("<span class=\"sr-only\">", "</span>"),
    ("<template><p>", "</p></template>"),
    ("<script>", "</script>"),
    ("<!--", "-->"),
    ("<div style=\"position:absolute;left:-9999px\">", "</div>"),
    ("<b class=\"away\">", "</b>"),
    ("<del>", "</del>"),
    ("<dialog>", "</dialog>"),
    ("<p style=\"font-size:0\">", "</p>"),
];

/// A page with seen words around hidden ones, nested at random.
pub(crate) fn page_with_hidden_words(numbers: &mut Numbers) -> String {
    const BOXES: [&str; 8] = ["div", "p", "section", "blockquote", "b", "table><tr><td", "ul><li", "article"];
    let mut page = String::from("<html><head><style>.away{display:none}</style></head><body>");
    let mut open: Vec<&str> = Vec::new();
    for _ in 0..8 + numbers.below(24) {
        match numbers.below(4) {
            0 => {
                let name = numbers.one(&BOXES);
                page.extend(["<", name, ">"]);
                open.push(name);
            }
            1 => page.extend(open.pop().map(|name| format!("</{}>", name.split('>').next().unwrap_or(name)))),
            2 => page.extend([SEEN, " and nobody told her sister "]),
            _ => {
                let (before, after) = HIDING[numbers.below(HIDING.len())];
                page.extend([before, HIDDEN, after]);
            }
        }
    }
    page
}

/// A PDF page with a seen line and one that is hidden in one of several ways.
fn pdf_with_hidden_words(numbers: &mut Numbers) -> Vec<u8> {
    let shown = format!("BT /F 11 Tf 50 700 Td ({SEEN}) Tj ET");
    let y = 100 + numbers.below(500);
    let line = |before: &str, after: &str| format!("q {before} BT /F 11 Tf 50 {y} Td ({HIDDEN}) Tj ET Q {after}");
    let hidden = match numbers.below(7) {
        0 => line("1 g", ""),
        1 => line("3 Tr", ""),
        2 => line("", &format!("q 1 g 40 {} 400 30 re f Q", y - 10)),
        3 => line("0 0 1 1 re W n", ""),
        4 => line("1 0 0 1 2000 0 cm", ""),
        5 => line("0.01 0 0 0.01 50 50 cm", ""),
        _ => line("0.2 0.4 0.6 rg", &format!("q 0.2 0.4 0.6 rg 0 {} 595 60 re f Q", y - 20)),
    };
    let content = if numbers.below(2) == 0 { format!("{shown} {hidden}") } else { format!("{hidden} {shown}") };
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>";
    let stream = format!("<</Length {}>>\nstream\n{content}\nendstream", content.len());
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[4 0 R]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        page,
        &stream,
    ];
    pdf(&objects.map(|object| object.as_bytes().to_vec()))
}

/// A PDF file with these objects, the first of them the catalogue.
pub(crate) fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = writeln!(out, "{} 0 obj", index + 1);
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let (table, size) = (out.len(), places.len() + 1);
    let _ = write!(out, "xref\n0 {size}\n0000000000 65535 f \n");
    for place in &places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
    out
}

/// True if words of a file can be quoted.
fn shows(name: &str, bytes: &[u8], words: &str) -> bool {
    let Ok(read) = extract::extract(File { name, bytes, encoding: None, url: None }) else { return false };
    let all = Haystack::new(read.paragraphs.into_iter().map(|part| part.text).collect());
    let quotation = Quotation::parse(words).expect("words");
    matches!(all.verify(&quotation, None, &|_| true), QuotationVerdict::Verified(_))
}

/// The numbers of the files, so many of them, whose hidden words can be quoted, or whose seen ones cannot.
pub(crate) fn faults(count: u64) -> Vec<(u64, &'static str)> {
    let shown = |seed: u64| {
        let numbers = &mut Numbers::new(seed);
        let page = page_with_hidden_words(numbers);
        let pdf = pdf_with_hidden_words(numbers);
        let faults = [
            (shows("a.html", page.as_bytes(), HIDDEN), "page"),
            (shows("a.pdf", &pdf, HIDDEN), "PDF"),
            (!shows("a.pdf", &pdf, SEEN), "PDF without its words"),
        ];
        faults.into_iter().filter(|(is_fault, _)| *is_fault).map(move |(_, kind)| (seed, kind))
    };
    (1..=count).flat_map(shown).collect()
}
