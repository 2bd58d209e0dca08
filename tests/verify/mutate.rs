//! What somebody may do to a finished paper. `place` counts from 0: the how-many-th of its kind is changed.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::feet;

/// A mutation by its name, or `None` where the paper has no such place.
pub(crate) fn mutate(paper: &[u8], other: &[u8], name: &str, place: usize) -> Option<Vec<u8>> {
    if let Some(of_ledger) = name.strip_prefix("ledger-") {
        return super::ledgers::mutate(paper, of_ledger, place);
    }
    let bytes = match name {
        "append" => [paper, b"% one more line, and no more\n"].concat(),
        "cut" => paper[..paper.len() * place / 5].to_vec(),
        "empty" => Vec::new(),
        "garbage" => noise(place, 4096),
        "garbage-pdf" => [b"%PDF-1.7\n".to_vec(), noise(place, 4096)].concat(),
        "update" => update(paper),
        "other-program" => other_program(),
        "other-ledger" => super::ledgers::put(paper, &super::ledgers::take(other)),
        _ => return with_objects(paper, name, place),
    };
    Some(bytes)
}

fn with_objects(paper: &[u8], name: &str, place: usize) -> Option<Vec<u8>> {
    let mut pdf = Document::load_mem(paper).expect("a paper of ours");
    match name {
        "change-letter" => content(&mut pdf, |all| change_letter(nth(all, place)?))?,
        "drop-word" => content(&mut pdf, |all| {
            nth(all, place)?.clear();
            Some(())
        })?,
        "say-twice" => content(&mut pdf, |all| {
            let codes = nth(all, place)?;
            codes.extend(codes.clone());
            Some(())
        })?,
        "hide-letters" => content(&mut pdf, |all| {
            all.iter_mut().find(|one| one.operator == "Tr")?.operands[0] = 3.into();
            Some(())
        })?,
        "read-instead" => content(&mut pdf, read_instead)?,
        "add-untagged" => content(&mut pdf, |all| add(all, None))?,
        "add-unread" => content(&mut pdf, |all| add(all, Some(("P", dictionary! { "MCID" => 9999 }))))?,
        "add-furniture" => content(&mut pdf, |all| add(all, Some(("Artifact", Dictionary::new()))))?,
        "drop-foot" => content(&mut pdf, feet::drop_foot)?,
        "drop-number" => content(&mut pdf, feet::drop_number)?,
        "add-foot" => content(&mut pdf, feet::add_foot)?,
        "drawing" => lay_over(&mut pdf, "Form"),
        "picture" => lay_over(&mut pdf, "Image"),
        "drop-element" => kids(&mut pdf, place, |kids| drop(kids.remove(0)))?,
        "swap-elements" => kids(&mut pdf, place, |kids| kids.swap(0, 1))?,
        "drop-note" => drop_note(&mut pdf, place)?,
        "swap-pages" => pages(&mut pdf, |kids| kids.swap(0, 1)),
        "drop-page" => pages(&mut pdf, |kids| drop(kids.remove(place))),
        "repeat-page" => pages(&mut pdf, |kids| kids.push(kids[0].clone())),
        "remark" => remark(&mut pdf),
        "form" => catalog(&mut pdf).set("AcroForm", dictionary! { "Fields" => Vec::<Object>::new() }),
        "action" => catalog(&mut pdf).set("OpenAction", dictionary! { "S" => "GoTo" }),
        "script" => {
            pdf.add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
        }
        "layers" => catalog(&mut pdf).set("OCProperties", dictionary! { "OCGs" => Vec::<Object>::new() }),
        "title" => info(&mut pdf).set("Title", Object::string_literal("Another title")),
        "author" => info(&mut pdf).set("Author", Object::string_literal("Somebody")),
        "dates" => info(&mut pdf).set("CreationDate", Object::string_literal("D:20200101000000Z")),
        "xmp-title" => xmp(&mut pdf, "x-default\">", "x-default\">Another: "),
        "xmp-author" => xmp(
            &mut pdf,
            "<dc:language>",
            "<dc:creator><rdf:Seq><rdf:li>Somebody</rdf:li></rdf:Seq></dc:creator><dc:language>",
        ),
        "outline" => outline(&mut pdf, place)?,
        "save-again" => {}
        "font" => font(&mut pdf),
        "no-ledger" => no_ledger(&mut pdf),
        "two-ledgers" => second(&mut pdf, "amparo.json"),
        "stranger" => second(&mut pdf, "more.json"),
        "relationship" => specification(&mut pdf).set("AFRelationship", "Source"),
        "type" => file(&mut pdf).dict.set("Subtype", "text/plain"),
        other => panic!("there is no mutation `{other}`"),
    }
    Some(save(pdf))
}

pub(super) fn save(mut pdf: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("it can be written");
    bytes
}

/// Bytes without meaning, the same each time.
fn noise(seed: usize, length: usize) -> Vec<u8> {
    let mut state = seed as u64 + 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u8::try_from(state >> 56).expect("a byte")
    };
    std::iter::once(b'x').chain(std::iter::repeat_with(&mut next)).take(length).collect()
}

/// A change that is added at the end, as a program for remarks would save it.
fn update(paper: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(paper);
    let (_, start) = text.rsplit_once("startxref\n").expect("a place of the table");
    let start = start.trim_end_matches("%%EOF").trim().to_owned();
    let trailer = text.rsplit_once("trailer\n").expect("a trailer").1.split(">>").next().expect("its keys").to_owned();
    let mut bytes = [paper, b"\n"].concat();
    let object = bytes.len();
    bytes.extend(b"9000 0 obj\n<</Nothing true>>\nendobj\n");
    let table = bytes.len();
    let entry =
        format!("xref\n9000 1\n{object:010} 00000 n \ntrailer\n{trailer}/Prev {start}>>\nstartxref\n{table}\n%%EOF");
    bytes.extend(entry.as_bytes());
    bytes
}

/// A page that another program made.
fn other_program() -> Vec<u8> {
    let mut pdf = Document::with_version("1.5");
    let parent = pdf.new_object_id();
    let content = pdf.add_object(Stream::new(Dictionary::new(), b"BT ET".to_vec()));
    let page = pdf.add_object(dictionary! {
        "Type" => "Page", "Parent" => parent, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let pages = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    pdf.objects.insert(parent, Object::Dictionary(pages));
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    pdf.trailer.set("Root", catalog);
    save(pdf)
}

/// Changes the content of the first page.
fn content(pdf: &mut Document, change: impl Fn(&mut Vec<Operation>) -> Option<()>) -> Option<()> {
    let page = pdf.page_iter().next().expect("a page");
    let id = pdf.get_page_contents(page)[0];
    let mut content = Content::decode(&pdf.get_page_content(page)).expect("operations");
    change(&mut content.operations)?;
    let stream = Stream::new(Dictionary::new(), content.encode().expect("operations"));
    pdf.objects.insert(id, Object::Stream(stream));
    Some(())
}

/// The codes of the how-many-th string of at least four letters. Words stand together, so only each third counts.
fn nth(operations: &mut [Operation], place: usize) -> Option<&mut Vec<u8>> {
    let shown = operations.iter_mut().filter(|one| matches!(one.operator.as_str(), "Tj" | "TJ"));
    let pieces = shown.flat_map(|one| one.operands.iter_mut()).flat_map(|operand| match operand {
        Object::Array(pieces) => pieces.iter_mut().collect::<Vec<_>>(),
        other => vec![other],
    });
    let strings = pieces.filter_map(|piece| piece.as_str_mut().ok());
    strings.filter(|codes| codes.len() >= 8).nth(place * 3)
}

/// Another letter in the place of one that differs from it.
fn change_letter(codes: &mut [u8]) -> Option<()> {
    let first = codes[..2].to_vec();
    let other = codes.chunks(2).find(|code| *code != first.as_slice())?.to_vec();
    codes[..2].copy_from_slice(&other);
    Some(())
}

/// Letters that are drawn, and others that are read in their place.
fn read_instead(operations: &mut Vec<Operation>) -> Option<()> {
    let end = operations.iter().position(|one| one.operator == "ET")?;
    let start = operations[..end].iter().rposition(|one| one.operator == "BT")?;
    let words = dictionary! { "ActualText" => Object::string_literal("Words that are not there") };
    operations.insert(end, Operation::new("EMC", Vec::new()));
    operations.insert(start + 1, Operation::new("BDC", vec!["Span".into(), words.into()]));
    Some(())
}

/// More words at the end of the page, in a face of the page.
fn add(operations: &mut Vec<Operation>, mark: Option<(&str, Dictionary)>) -> Option<()> {
    let codes = nth(operations, 0)?.clone();
    let at = operations.iter().position(|one| one.operator == "Tf")?;
    let face = operations[at].clone();
    let is_marked = mark.is_some();
    operations.extend(mark.map(|(tag, about)| Operation::new("BDC", vec![tag.into(), about.into()])));
    operations.push(Operation::new("BT", Vec::new()));
    operations.push(face);
    operations.push(Operation::new("Tj", vec![Object::String(codes, StringFormat::Hexadecimal)]));
    operations.push(Operation::new("ET", Vec::new()));
    operations.extend(is_marked.then(|| Operation::new("EMC", Vec::new())));
    Some(())
}

fn lay_over(pdf: &mut Document, kind: &str) {
    let about = dictionary! {
        "Type" => "XObject", "Subtype" => kind, "Width" => 1, "Height" => 1, "BitsPerComponent" => 8,
        "ColorSpace" => "DeviceGray", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
    };
    pdf.add_object(Stream::new(about, vec![0]));
}

/// The elements of the structure tree that have several kids which are elements, by their ids.
fn branches(pdf: &Document) -> Vec<ObjectId> {
    let is_branch = |(id, object): (&ObjectId, &Object)| {
        let kids = object.as_dict().ok()?.get(b"K").ok()?.as_array().ok()?;
        let is_element = |kid: &Object| {
            let kid = pdf.dereference(kid).ok()?.1.as_dict().ok()?;
            (kid.has(b"S") && kid.get(b"S").ok()?.as_name().ok()? != b"Lbl").then_some(())
        };
        (kids.len() > 1 && kids.iter().take(2).all(|kid| is_element(kid).is_some())).then_some(*id)
    };
    pdf.objects.iter().filter_map(is_branch).collect()
}

fn kids(pdf: &mut Document, place: usize, change: impl Fn(&mut Vec<Object>)) -> Option<()> {
    let id = *branches(pdf).get(place)?;
    let element = pdf.get_dictionary_mut(id).expect("an element");
    change(element.get_mut(b"K").and_then(Object::as_array_mut).expect("kids"));
    Some(())
}

/// Takes a note out of the structure tree.
fn drop_note(pdf: &mut Document, place: usize) -> Option<()> {
    let is_note = |object: &Object| {
        object.as_dict().is_ok_and(|dict| matches!(dict.get(b"S").and_then(Object::as_name), Ok(b"Note")))
    };
    let note = *pdf.objects.iter().filter(|(_, object)| is_note(object)).map(|(id, _)| id).nth(place)?;
    for object in pdf.objects.values_mut() {
        if let Ok(Object::Array(kids)) = object.as_dict_mut().and_then(|element| element.get_mut(b"K")) {
            kids.retain(|kid| kid.as_reference().ok() != Some(note));
        }
    }
    Some(())
}

fn pages(pdf: &mut Document, change: impl Fn(&mut Vec<Object>)) {
    let root = pdf.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference).expect("pages");
    let tree = pdf.get_dictionary_mut(root).expect("a tree");
    let kids = tree.get_mut(b"Kids").and_then(Object::as_array_mut).expect("kids");
    change(kids);
    let count = i64::try_from(kids.len()).expect("few");
    tree.set("Count", count);
}

fn remark(pdf: &mut Document) {
    let note = pdf.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "FreeText", "Contents" => Object::string_literal("Release her"),
        "Rect" => vec![0.into(), 0.into(), 99.into(), 99.into()],
    });
    let page = pdf.page_iter().next().expect("a page");
    pdf.get_dictionary_mut(page).expect("a page").set("Annots", vec![note.into()]);
}

fn catalog(pdf: &mut Document) -> &mut Dictionary {
    pdf.catalog_mut().expect("a catalogue")
}

fn info(pdf: &mut Document) -> &mut Dictionary {
    let id = pdf.trailer.get(b"Info").and_then(Object::as_reference).expect("metadata");
    pdf.get_dictionary_mut(id).expect("metadata")
}

fn xmp(pdf: &mut Document, from: &str, to: &str) {
    let id = pdf.catalog().and_then(|catalog| catalog.get(b"Metadata")).and_then(Object::as_reference).expect("XMP");
    let stream = pdf.get_object_mut(id).and_then(Object::as_stream_mut).expect("XMP");
    let packet = String::from_utf8(stream.get_plain_content().expect("XMP")).expect("text");
    assert!(packet.contains(from), "{packet}");
    stream.set_plain_content(packet.replacen(from, to, 1).into_bytes());
}

fn outline(pdf: &mut Document, place: usize) -> Option<()> {
    let is_item = |object: &&mut Object| {
        object.as_dict().is_ok_and(|dict| dict.has(b"Title") && dict.has(b"Parent") && !dict.has(b"S"))
    };
    let item = pdf.objects.values_mut().filter(is_item).nth(place)?;
    item.as_dict_mut()
        .expect("an item")
        .set("Title", Object::String(b"Nothing of this is true".to_vec(), StringFormat::Literal));
    Some(())
}

/// The shapes of the letters: a byte in the middle of a font.
fn font(pdf: &mut Document) {
    let is_font = |object: &&mut Object| {
        object
            .as_stream()
            .is_ok_and(|stream| matches!(stream.dict.get(b"Subtype").and_then(Object::as_name), Ok(b"CIDFontType0C")))
    };
    let font = pdf.objects.values_mut().find(is_font).expect("a font").as_stream_mut().expect("a font");
    let mut shapes = font.get_plain_content().expect("shapes");
    let middle = shapes.len() / 2;
    shapes[middle] ^= 1;
    font.set_plain_content(shapes);
}

pub(super) fn file(pdf: &mut Document) -> &mut Stream {
    let is_file = |object: &&mut Object| object.as_stream().is_ok_and(|stream| stream.dict.has_type(b"EmbeddedFile"));
    pdf.objects.values_mut().find(is_file).expect("a ledger").as_stream_mut().expect("a ledger")
}

fn specification(pdf: &mut Document) -> &mut Dictionary {
    let is_one = |object: &&mut Object| object.as_dict().is_ok_and(|dict| dict.has(b"EF"));
    pdf.objects.values_mut().find(is_one).expect("an attachment").as_dict_mut().expect("an attachment")
}

fn no_ledger(pdf: &mut Document) {
    catalog(pdf).remove(b"AF");
    if let Ok(names) = catalog(pdf).get_mut(b"Names").and_then(Object::as_dict_mut) {
        names.remove(b"EmbeddedFiles");
    }
    pdf.objects.retain(|_, object| !object.as_dict().is_ok_and(|dict| dict.has(b"EF")));
}

fn second(pdf: &mut Document, name: &str) {
    let file = pdf.add_object(Stream::new(
        dictionary! { "Type" => "EmbeddedFile", "Subtype" => "application/json" },
        b"{}".to_vec(),
    ));
    pdf.add_object(dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal(name), "UF" => Object::string_literal(name),
        "EF" => dictionary! { "F" => file, "UF" => file }, "AFRelationship" => "Data", "Desc" => Object::string_literal("x"),
    });
}
