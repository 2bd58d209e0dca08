//! Files that are made to do harm: each is refused with the bound that it exceeds, or read in a moment.
//!
//! Each PDF has one page with one line of words; what else it has is said by its row.

use std::io::Write as _;

use amparo::source::extract::{self, Extracted, File, ImportRefusal};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use weezl::BitOrder;
use weezl::encode::Encoder;

use crate::fuzz::made::pdf;

const LINE: &str = "BT /F 11 Tf 50 700 Td (The teacher was taken from her home and nobody told her family.) Tj ET ";

/// The objects of a file: catalogue, pages, a font, then what the case adds. The page is object 4, its content object 5.
struct Pdf(Vec<Vec<u8>>);

impl Pdf {
    fn new(content: &[u8]) -> Self {
        Self::with(stream(content, ""))
    }

    fn with(content: Vec<u8>) -> Self {
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</X 6 0 R>>>>\
                    /Contents 5 0 R>>";
        let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
        let pages = "<</Type/Pages/Count 1/Kids[4 0 R]>>";
        let first = ["<</Type/Catalog/Pages 2 0 R>>", pages, font, page].map(|text| text.as_bytes().to_vec());
        Self(first.into_iter().chain([content]).collect())
    }

    fn add(mut self, objects: impl IntoIterator<Item = Vec<u8>>) -> Self {
        self.0.extend(objects);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        pdf(&self.0)
    }
}

fn stream(data: &[u8], head: &str) -> Vec<u8> {
    let mut out = format!("<</Length {}{head}>>\nstream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream");
    out
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(data).expect("memory");
    packer.finish().expect("memory")
}

fn form(content: &str, draws: &str) -> Vec<u8> {
    let head =
        format!("/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</Font<</F 3 0 R>>/XObject<<{draws}>>>>");
    stream(content.as_bytes(), &head)
}

fn drawing(content: &str) -> Pdf {
    Pdf::new(format!("{LINE}{content}").as_bytes())
}

fn read(pdf: &Pdf) -> Result<Extracted, ImportRefusal> {
    extract::extract(File { name: "a.pdf", bytes: &pdf.bytes(), encoding: None, url: None })
}

#[track_caller]
fn is_refused(pdf: &Pdf, words: &str) {
    let refusal = read(pdf).expect_err("a refusal");
    assert!(refusal.words.contains("a.pdf") && refusal.words.contains(words), "{}", refusal.words);
    assert_eq!(refusal.code.name(), "source/too-large", "{}", refusal.words);
}

#[track_caller]
fn is_read(pdf: &Pdf, remark: &str) {
    let read = read(pdf).unwrap_or_else(|refusal| panic!("{}", refusal.words));
    assert!(read.paragraphs[0].text.starts_with("The teacher was taken"), "{:?}", read.paragraphs);
    assert!(read.remarks.iter().any(|own| own.contains(remark)), "{:?}", read.remarks);
}

#[test]
fn a_form_that_draws_itself_is_left_out() {
    is_read(&drawing("/X Do").add([form("/X Do /X Do", "/X 6 0 R")]), "draws itself");
    let two = [form("/Y Do /Y Do", "/Y 7 0 R"), form("/X Do /X Do", "/X 6 0 R")];
    is_read(&drawing("/X Do").add(two), "draws itself");
}

#[test]
fn forms_that_draw_forms_are_counted_before_they_are_drawn() {
    let forms = (0..30).map(|index| form(&"/X Do ".repeat(10), &format!("/X {} 0 R", index + 7)));
    is_refused(&drawing("/X Do").add(forms).add([form(LINE, "")]), "operations");
}

#[test]
fn deep_nesting_is_refused_before_it_is_read() {
    let nested = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    is_refused(&drawing("").add([nested.clone().into_bytes()]), "nests");
    is_refused(&drawing(&format!("{nested} TJ")), "nests");
    let content = packed(format!("{LINE}{nested} TJ").as_bytes());
    is_refused(&Pdf::with(stream(&content, "/Filter/FlateDecode")), "nests");
}

#[test]
fn a_chain_of_tables_of_pages_is_refused() {
    let mut pdf = drawing("");
    pdf.0[1] = b"<</Type/Pages/Count 1/Kids[6 0 R]>>".to_vec();
    let links = (0..2000).map(|index| format!("<</Type/Pages/Count 1/Kids[{} 0 R]>>", index + 7).into_bytes());
    is_refused(&pdf.add(links).add([b"<</Type/Page/MediaBox[0 0 9 9]/Contents 5 0 R>>".to_vec()]), "tables of pages");
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let content = packed(&[LINE.as_bytes(), &vec![b' '; 66 << 20]].concat());
    is_refused(&Pdf::with(stream(&content, "/Filter/FlateDecode")), "unpacks");
    let twice = packed(&content);
    is_refused(&Pdf::with(stream(&twice, "/Filter[/FlateDecode/FlateDecode]")), "unpacks");
    let plain = [LINE.as_bytes(), &vec![b' '; 66 << 20]].concat();
    let content = Encoder::with_tiff_size_switch(BitOrder::Msb, 8).encode(&plain).expect("memory");
    is_refused(&Pdf::with(stream(&content, "/Filter/LZWDecode")), "unpacks");
    let hex: String = content.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().concat();
    is_refused(&Pdf::with(stream(hex.as_bytes(), "/Filter[/ASCIIHexDecode/LZWDecode]")), "unpacks");
    let ordinary = Encoder::with_tiff_size_switch(BitOrder::Msb, 8).encode(LINE.as_bytes()).expect("memory");
    assert_eq!(read(&Pdf::with(stream(&ordinary, "/Filter/LZWDecode"))).map_or(0, |read| read.paragraphs.len()), 1);
}

#[test]
fn a_page_has_no_more_letters_than_a_page_can_hold() {
    let lines =
        format!("BT /F 1 Tf 5 700 Td {} ET", "(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj 0 -1 Td ".repeat(6000));
    is_refused(&drawing(&lines), "more letters");
}

#[test]
fn an_ordinary_page_is_read() {
    let read = read(&drawing("")).unwrap_or_else(|refusal| panic!("{}", refusal.words));
    assert_eq!(read.paragraphs.len(), 1);
    assert_eq!(read.remarks, [] as [&str; 0]);
}
