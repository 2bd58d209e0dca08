//! A finished PDF, read like a reader's program does: structure tree, words, metadata, fonts.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::faces::Faces;
use super::marked::{self, Marked, actual_text, letters};
use super::xmp;
use crate::document::words::{Stream, Token};

/// The contents of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The elements of the structure tree in reading order, outer ones first.
    pub elements: Vec<Element>,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// Words in another language than the file's, in reading order: the language, the words.
    pub foreign: Vec<(String, String)>,
    /// Title in the metadata.
    pub title: Option<String>,
    /// The program in the metadata.
    pub creator: Option<String>,
    /// Language of the file: `ru-RU`.
    pub language: Option<String>,
    /// Part and conformance of PDF/A: `3A`.
    pub pdf_a: Option<String>,
    /// Part of PDF/UA: `1`.
    pub pdf_ua: Option<String>,
    /// Fonts, each with true if the file contains it.
    pub fonts: BTreeMap<String, bool>,
    /// Words outside the structure tree and furniture.
    pub stray: String,
    /// The pages in the order of their first mention in the structure tree, from 1.
    pub visits: Vec<usize>,
    /// Reasons for which the words may differ from the visible ones: pictures, hidden letters, replaced words.
    pub doubtful: Vec<String>,
    /// The digest of its markup, in a format that has it in its ledger.
    pub markup: Option<String>,
    pub(crate) tokens: Vec<Token>,
}

/// An element of the structure tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its type as written: `P`, `H1`, `LI`, `Title`.
    pub kind: String,
    /// The depth; 0 for children of the root.
    pub depth: usize,
    /// Language of its own, if it has one.
    pub language: Option<String>,
    /// The page on which its words begin, from 1; 0 if it has none.
    pub page: usize,
    /// The words in it and in its children, white space unchanged.
    pub text: String,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Width in mm.
    pub width: f64,
    /// Height in mm.
    pub height: f64,
    /// Words of header, footer and marks.
    pub furniture: String,
}

impl Reading {
    /// The texts of all elements of one type.
    #[must_use]
    pub fn texts(&self, kind: &str) -> Vec<&str> {
        let same = self.elements.iter().filter(|element| element.kind == kind);
        same.map(|element| element.text.trim()).collect()
    }
}

/// Reads a file.
///
/// # Errors
/// The file cannot be parsed, or has no structure tree; the message is in words.
pub fn read(bytes: &[u8]) -> Result<Reading, String> {
    let pdf = Document::load_mem(bytes).map_err(|error| error.to_string())?;
    reading(&pdf).map_err(|error| error.to_string())
}

pub(super) fn reading(pdf: &Document) -> Result<Reading, lopdf::Error> {
    let mut out = Reading::default();
    let mut marked = BTreeMap::new();
    let mut faces = Faces::new(pdf);
    for id in pdf.get_pages().into_values() {
        let mut page = marked::page(pdf, id, &mut faces)?;
        page.number = out.pages.len() + 1;
        let (width, height) = size(pdf, id)?;
        out.pages.push(Page { width, height, furniture: page.furniture.trim().to_owned() });
        out.stray.push_str(&page.stray);
        out.doubtful.extend(page.doubtful.iter().map(|what| format!("page {}: {what}", page.number)));
        marked.insert(id, page);
    }
    metadata(pdf, &mut out);
    fonts(pdf, &mut out);
    let root = pdf.catalog()?.get_deref(b"StructTreeRoot", pdf)?.as_dict()?;
    let mut walker = Walker {
        pdf,
        marked: &marked,
        stream: Stream::default(),
        elements: Vec::new(),
        ancestors: Vec::new(),
        foreign: Vec::new(),
        visits: Vec::new(),
        read: BTreeSet::new(),
        doubtful: Vec::new(),
    };
    walker.children(root, &Context::default())?;
    out.elements = walker.elements;
    out.foreign = walker.foreign;
    out.visits = walker.visits;
    out.doubtful.extend(walker.doubtful);
    // Words outside the structure tree are not read by any reader's program.
    for (id, page) in &marked {
        let unread = page.content.iter().filter(|(number, _)| !walker.read.contains(&(*id, **number)));
        unread.for_each(|(_, words)| out.stray.push_str(words));
    }
    out.tokens = walker.stream.finish();
    Ok(out)
}

fn size(pdf: &Document, id: ObjectId) -> Result<(f64, f64), lopdf::Error> {
    let edges = pdf.get_dictionary(id)?.get_deref(b"MediaBox", pdf)?.as_array()?;
    let edge = |index: usize| edges.get(index).and_then(|edge| edge.as_float().ok()).map_or(0.0, f64::from);
    let mm = |points: f64| points * 25.4 / 72.0;
    Ok((mm(edge(2) - edge(0)), mm(edge(3) - edge(1))))
}

fn metadata(pdf: &Document, out: &mut Reading) {
    let text = |dictionary: &Dictionary, key: &[u8]| {
        dictionary.get_deref(key, pdf).ok().and_then(|object| lopdf::decode_text_string(object).ok())
    };
    if let Ok(info) = pdf.trailer.get_deref(b"Info", pdf).and_then(Object::as_dict) {
        out.title = text(info, b"Title");
        out.creator = text(info, b"Creator");
    }
    let Ok(catalog) = pdf.catalog() else { return };
    out.language = text(catalog, b"Lang");
    let stream = catalog.get_deref(b"Metadata", pdf).and_then(Object::as_stream);
    let packet = stream.and_then(lopdf::Stream::get_plain_content).unwrap_or_default();
    let properties = xmp::properties(&String::from_utf8_lossy(&packet));
    let property = |name: &str| properties.iter().find(|(known, _)| known == name).map(|(_, words)| words.clone());
    out.pdf_a = property("pdfaid:part").map(|part| part + &property("pdfaid:conformance").unwrap_or_default());
    out.pdf_ua = property("pdfuaid:part");
}

fn fonts(pdf: &Document, out: &mut Reading) {
    for object in pdf.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        if dictionary.has_type(b"FontDescriptor") {
            let name = dictionary.get(b"FontName").and_then(Object::as_name).unwrap_or_default();
            let embedded = [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| dictionary.has(key));
            out.fonts.insert(String::from_utf8_lossy(name).into_owned(), embedded);
        }
    }
}

/// The greatest depth of a tree; deeper ones are not ours.
const DEPTH: usize = 512;

/// The properties of the elements around an element.
#[derive(Debug, Clone, Default)]
struct Context {
    page: Option<ObjectId>,
    parent: String,
    /// The numbering of the list around it.
    numbering: String,
    depth: usize,
    /// True for a label, which is counted and not read.
    label: bool,
}

struct Walker<'a> {
    pdf: &'a Document,
    marked: &'a BTreeMap<ObjectId, Marked>,
    stream: Stream,
    elements: Vec<Element>,
    /// Indices of the elements around the present position.
    ancestors: Vec<usize>,
    foreign: Vec<(String, String)>,
    visits: Vec<usize>,
    /// The content already read, by page and number.
    read: BTreeSet<(ObjectId, i64)>,
    doubtful: Vec<String>,
}

impl Walker<'_> {
    /// Returns the words of all children.
    fn children(&mut self, element: &Dictionary, context: &Context) -> Result<String, lopdf::Error> {
        let Ok(kids) = element.get_deref(b"K", self.pdf) else { return Ok(String::new()) };
        match kids {
            Object::Array(kids) => {
                let mut text = String::new();
                for kid in kids {
                    text += &self.kid(kid, context)?;
                }
                Ok(text)
            }
            kid => self.kid(kid, context),
        }
    }

    fn kid(&mut self, kid: &Object, context: &Context) -> Result<String, lopdf::Error> {
        let (_, kid) = self.pdf.dereference(kid)?;
        match kid {
            Object::Integer(number) => Ok(self.content(*number, context.page, context)),
            Object::Dictionary(kid) if kid.has(b"S") && context.depth < DEPTH => self.element(kid, context),
            Object::Dictionary(kid) if kid.has(b"MCID") => {
                let page = kid.get(b"Pg").and_then(Object::as_reference).ok().or(context.page);
                Ok(self.content(kid.get(b"MCID")?.as_i64()?, page, context))
            }
            _ => Ok(String::new()),
        }
    }

    fn content(&mut self, number: i64, page: Option<ObjectId>, context: &Context) -> String {
        self.read.extend(page.map(|page| (page, number)));
        let page = page.and_then(|page| self.marked.get(&page));
        let text = page.and_then(|page| page.content.get(&number)).cloned().unwrap_or_default();
        if let Some(language) = page.and_then(|page| page.languages.get(&number)) {
            self.foreign.push((language.clone(), text.clone()));
        }
        if !context.label {
            self.stream.text(&text);
        }
        let number = page.map_or(0, |page| page.number);
        if number > 0 && !self.visits.contains(&number) {
            self.visits.push(number);
        }
        for index in &self.ancestors {
            let first = &mut self.elements[*index].page;
            *first = if *first == 0 { number } else { *first };
        }
        text
    }

    fn element(&mut self, element: &Dictionary, outer: &Context) -> Result<String, lopdf::Error> {
        let kind = String::from_utf8_lossy(element.get(b"S")?.as_name()?).into_owned();
        let page = element.get(b"Pg").and_then(Object::as_reference).ok().or(outer.page);
        let numbering = self.numbering(element).unwrap_or_else(|| outer.numbering.clone());
        let counted = kind == "Lbl" && !(outer.parent == "LI" && numbering == "None");
        let label = outer.label || counted;
        let inner = Context { page, parent: kind.clone(), numbering, depth: outer.depth + 1, label };
        let index = self.elements.len();
        let language = element.get_deref(b"Lang", self.pdf).ok().and_then(|lang| lopdf::decode_text_string(lang).ok());
        self.elements.push(Element { kind: kind.clone(), depth: outer.depth, language, page: 0, text: String::new() });
        let silent = outer.label || counted;
        self.open(&kind, silent);
        self.ancestors.push(index);
        let before = self.stream.remember();
        let mut text = self.children(element, &inner)?;
        self.ancestors.pop();
        let pointer = pointer(&kind, &text).filter(|_| !silent);
        if let Some(number) = pointer {
            self.stream.forget(before);
            self.stream.mark(Token::Reference(number));
            text.clear();
        }
        if let Some(actual) = actual_text(element) {
            if letters(&actual) != letters(&text) {
                self.doubtful.push(format!("“{}” is read where “{}” stands", actual.trim(), text.trim()));
            }
            text = actual;
        }
        if counted && !outer.label {
            self.label(&text, outer);
        }
        self.close(&kind, silent);
        self.elements[index].text.clone_from(&text);
        // The words of a note are not part of the sentence around it.
        Ok(if kind == "Note" || counted { String::new() } else { text + if is_inline(&kind) { "" } else { "\n" } })
    }

    fn open(&mut self, kind: &str, silent: bool) {
        match kind {
            _ if silent || is_inline(kind) => {}
            "Note" => self.stream.mark(Token::NoteStart),
            _ => self.stream.cut(),
        }
    }

    fn close(&mut self, kind: &str, silent: bool) {
        match kind {
            _ if silent || is_inline(kind) => {}
            "Note" => self.stream.mark(Token::NoteEnd),
            _ => self.stream.cut(),
        }
    }

    /// A label counts as its digits; a bullet does not count.
    fn label(&mut self, text: &str, outer: &Context) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match digits.parse::<u64>() {
            Ok(number) if outer.parent == "LI" => self.stream.mark(Token::Item(number)),
            Ok(number) => self.stream.mark(Token::Reference(usize::try_from(number).unwrap_or(usize::MAX))),
            Err(_) if outer.parent == "LI" => self.stream.cut(),
            Err(_) => self.stream.text(text),
        }
        // A number or a bullet has no letters; a label with letters counts as words.
        if outer.parent == "LI" && text.contains(char::is_alphabetic) {
            self.stream.text(text);
        }
    }

    fn numbering(&self, element: &Dictionary) -> Option<String> {
        let attributes = element.get_deref(b"A", self.pdf).ok()?;
        let one = std::slice::from_ref(attributes);
        let all = attributes.as_array().map_or(one, Vec::as_slice);
        all.iter().find_map(|attribute| {
            let dictionary = self.pdf.dereference(attribute).ok()?.1.as_dict().ok()?;
            let name = dictionary.get(b"ListNumbering").ok()?.as_name().ok()?;
            Some(String::from_utf8_lossy(name).into_owned())
        })
    }
}

/// The number of the note to which a link leads, if the text of the link is only a number.
fn pointer(kind: &str, text: &str) -> Option<usize> {
    text.trim().parse().ok().filter(|_| kind == "Link")
}

/// Elements inside a line: they do not end a word.
fn is_inline(kind: &str) -> bool {
    matches!(kind, "Span" | "Em" | "Strong" | "Link" | "Reference" | "Quote" | "Annot" | "Code" | "NonStruct")
}
