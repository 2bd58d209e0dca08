//! Puts words into a PDF where nobody looks, to see that the search looks there.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// Puts words into a file.
pub(crate) type Plant = fn(&mut Document, &str);

/// Where words can hide, and how they get there.
pub(crate) const PLACES: [(&str, Plant); 7] = [
    ("metadata", metadata),
    ("outline", outline),
    ("attachment", attachment),
    ("packed stream", packed),
    ("spoken text of a page", page),
    ("a name", name),
    ("alternative text", alternative),
];

/// The file with the words at one place.
pub(crate) fn planted(bytes: &[u8], words: &str, plant: Plant) -> Vec<u8> {
    let mut pdf = Document::load_mem(bytes).expect("a PDF");
    plant(&mut pdf, words);
    let mut out = Vec::new();
    pdf.save_to(&mut out).expect("it can be written");
    out
}

/// As PDF writes what is not Latin: two bytes a letter.
fn string(words: &str) -> Object {
    lopdf::text_string(words)
}

fn metadata(pdf: &mut Document, words: &str) {
    let info = pdf.add_object(dictionary! { "Subject" => string(words) });
    pdf.trailer.set("Info", info);
}

fn outline(pdf: &mut Document, words: &str) {
    let item = pdf.add_object(dictionary! { "Title" => string(words) });
    catalog(pdf).set("Outlines", dictionary! { "First" => item, "Last" => item });
}

fn attachment(pdf: &mut Document, words: &str) {
    let file = packed_stream(words);
    let file = pdf.add_object(file);
    let spec = pdf.add_object(dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => file } });
    catalog(pdf).set("AF", vec![Object::Reference(spec)]);
}

fn packed(pdf: &mut Document, words: &str) {
    pdf.add_object(packed_stream(words));
}

/// Said of what is drawn on the first page, packed as pages are.
fn page(pdf: &mut Document, words: &str) {
    let first = pdf.page_iter().next().expect("a page");
    let mut drawn =
        Stream::new(Dictionary::new(), format!("/Span <</ActualText ({words})>> BDC EMC\n").repeat(20).into_bytes());
    drawn.compress().expect("it can be packed");
    let drawn = pdf.add_object(drawn);
    pdf.get_dictionary_mut(first).expect("a page").set("Contents", drawn);
}

fn name(pdf: &mut Document, words: &str) {
    catalog(pdf).set("PieceInfo", Object::Name(words.replace(' ', "-").into_bytes()));
}

fn alternative(pdf: &mut Document, words: &str) {
    pdf.add_object(dictionary! { "S" => "Figure", "Alt" => string(words) });
}

fn packed_stream(words: &str) -> Stream {
    let mut stream = Stream::new(Dictionary::new(), format!("{words}.\n").repeat(20).into_bytes());
    stream.compress().expect("it can be packed");
    assert!(stream.dict.get(b"Filter").is_ok(), "it was packed");
    stream
}

fn catalog(pdf: &mut Document) -> &mut Dictionary {
    pdf.catalog_mut().expect("a catalogue")
}
