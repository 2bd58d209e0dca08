//! A PDF as a file: its contents besides the pages, and foreign additions.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::readback::{self, Reading};
use super::{seal, xmp};
use crate::render::format::{Enclosed, Finished, Property, Unreadable};

/// The beginning of each PDF.
pub const HEADER: &[u8] = b"%PDF-";

/// The largest file, in bytes; larger ones are not ours.
pub const MOST_BYTES: usize = 256 << 20;

/// The largest unpacked stream, in bytes; larger ones are not ours.
const MOST_UNPACKED: usize = 64 << 20;

/// The keys of our own catalogues, pages and other dictionaries; other keys can change the look or the behaviour of a
/// file.
const CATALOG: [&str; 11] = [
    "Type",
    "Pages",
    "Metadata",
    "OutputIntents",
    "Lang",
    "StructTreeRoot",
    "MarkInfo",
    "ViewerPreferences",
    "Outlines",
    "Names",
    "AF",
];
const NAMES: [&str; 2] = ["Dests", "EmbeddedFiles"];
const PAGE: [&str; 9] =
    ["Type", "Parent", "Resources", "MediaBox", "Contents", "StructParents", "Tabs", "Annots", "PageLabels"];
const LINK: [&str; 10] =
    ["Type", "Subtype", "Rect", "QuadPoints", "Border", "Contents", "Dest", "F", "StructParent", "P"];
const INFO: [&str; 4] = ["Title", "Creator", "CreationDate", "ModDate"];
const TRAILER: [&str; 4] = ["Size", "Root", "Info", "ID"];

/// An opened PDF.
pub struct PdfFile<'a> {
    pdf: Document,
    bytes: &'a [u8],
}

impl<'a> PdfFile<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// It is not a PDF, or is encrypted or broken.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        if !bytes.starts_with(HEADER) {
            return Err(Unreadable::Other);
        }
        if bytes.len() > MOST_BYTES {
            return Err(Unreadable::Broken("it is larger than any paper of ours".to_owned()));
        }
        let options = LoadOptions { max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
        match Document::load_mem_with_options(bytes, options) {
            Ok(pdf) if pdf.is_encrypted() || pdf.was_encrypted() => Err(Unreadable::Encrypted),
            Ok(pdf) => Ok(Self { pdf, bytes }),
            Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => Err(Unreadable::Encrypted),
            Err(error) => Err(Unreadable::Broken(error.to_string())),
        }
    }

    /// The number of pages.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.pdf.page_iter().count()
    }

    fn one(&self, specification: &Dictionary) -> Enclosed {
        let text = |key: &[u8]| self.text(specification, key);
        let name = [text(b"UF"), text(b"F")];
        let stream = specification
            .get_deref(b"EF", &self.pdf)
            .and_then(Object::as_dict)
            .and_then(|file| file.get_deref(b"UF", &self.pdf).or_else(|_| file.get_deref(b"F", &self.pdf)))
            .and_then(Object::as_stream);
        let name_of = |dictionary: &Dictionary, key: &[u8]| {
            let name = dictionary.get(key).and_then(Object::as_name).unwrap_or_default();
            String::from_utf8_lossy(name).into_owned()
        };
        let about = stream.as_ref().ok().map(|stream| &stream.dict);
        let parameters = about.and_then(|dict| dict.get_deref(b"Params", &self.pdf).ok()?.as_dict().ok());
        // Two names for one file could show one and mean the other.
        let name = if name[0] == name[1] { name[0].clone() } else { name.join(" | ") };
        Enclosed {
            name,
            mime: about.map(|dict| name_of(dict, b"Subtype")).unwrap_or_default(),
            description: text(b"Desc"),
            relationship: name_of(specification, b"AFRelationship"),
            modified: parameters.map(|dict| self.text(dict, b"ModDate")).unwrap_or_default(),
            bytes: stream
                .and_then(|stream| stream.get_plain_content_with_limit(MOST_UNPACKED))
                .map_err(|error| error.to_string()),
        }
    }

    fn changes(&self, found: &mut Vec<String>) {
        let ends = self.bytes.windows(10).filter(|window| *window == b"\nstartxref").count();
        if ends != 1 || self.pdf.xref_section_count > 1 {
            found.push("a change that was added at its end".to_owned());
        }
        if self.pdf.xref_recovery.is_some() {
            found.push("a table of contents that does not fit".to_owned());
        }
        if !self.bytes.trim_ascii_end().ends_with(b"%%EOF") {
            found.push("something behind its end".to_owned());
        }
    }

    fn page(&self, number: usize, id: ObjectId, found: &mut Vec<String>) {
        let Ok(page) = self.pdf.get_dictionary(id) else { return };
        unknown(page, &PAGE, &format!("page {number}"), found);
        let annotations = page.get_deref(b"Annots", &self.pdf).and_then(Object::as_array);
        for annotation in annotations.into_iter().flatten() {
            let Ok((_, Object::Dictionary(annotation))) = self.pdf.dereference(annotation) else {
                found.push(format!("page {number}: a remark that cannot be read"));
                continue;
            };
            if annotation.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Link") {
                unknown(annotation, &LINK, &format!("a link of page {number}"), found);
            } else {
                found.push(format!("page {number}: a remark or field laid over it"));
            }
        }
    }

    /// The XMP packet, as text.
    fn xmp(&self) -> String {
        let stream = self.catalog(b"Metadata").and_then(Object::as_stream);
        let packet = stream.and_then(|stream| stream.get_plain_content_with_limit(MOST_UNPACKED)).unwrap_or_default();
        String::from_utf8_lossy(&packet).into_owned()
    }

    fn catalog(&self, key: &[u8]) -> Result<&Object, lopdf::Error> {
        self.pdf.catalog()?.get_deref(key, &self.pdf)
    }

    /// A flat tree of names: each name is followed by its target.
    fn names(&self, key: &[u8]) -> Option<&Vec<Object>> {
        let names = self.catalog(b"Names").ok()?.as_dict().ok()?;
        names.get_deref(key, &self.pdf).ok()?.as_dict().ok()?.get_deref(b"Names", &self.pdf).ok()?.as_array().ok()
    }

    fn text(&self, dictionary: &Dictionary, key: &[u8]) -> String {
        let object = dictionary.get_deref(key, &self.pdf).ok();
        let words = object.and_then(|object| lopdf::decode_text_string(object).ok());
        words.or_else(|| Some(String::from_utf8_lossy(object?.as_name().ok()?).into_owned())).unwrap_or_default()
    }
}

impl Finished for PdfFile<'_> {
    fn reading(&self) -> Result<Reading, String> {
        for page in self.pdf.page_iter() {
            let unpacked = self.pdf.get_page_content_with_limit(page, MOST_UNPACKED);
            unpacked.map_err(|error| error.to_string())?;
        }
        readback::reading(&self.pdf).map_err(|error| error.to_string())
    }

    fn enclosed(&self) -> Vec<Enclosed> {
        let mut listed = Vec::new();
        let mut add = |id: Option<ObjectId>| listed.extend(id.filter(|id| !listed.contains(id)));
        if let Some(names) = self.names(b"EmbeddedFiles") {
            for object in names {
                add(object.as_reference().ok());
            }
        }
        if let Ok(files) = self.catalog(b"AF").and_then(Object::as_array) {
            for object in files {
                add(object.as_reference().ok());
            }
        }
        for (id, object) in &self.pdf.objects {
            let is_file = object.as_dict().is_ok_and(|dictionary| dictionary.has(b"EF"));
            add(Some(*id).filter(|_| is_file));
        }
        listed.into_iter().filter_map(|id| self.pdf.get_dictionary(id).ok()).map(|one| self.one(one)).collect()
    }

    fn properties(&self) -> Vec<Property> {
        let mut out = vec![("PDF version".to_owned(), self.pdf.version.clone())];
        if let Ok(info) = self.pdf.trailer.get_deref(b"Info", &self.pdf).and_then(Object::as_dict) {
            let keys = info.iter().map(|(key, _)| key);
            out.extend(keys.map(|key| (String::from_utf8_lossy(key).into_owned(), self.text(info, key))));
        }
        if let Ok(Object::Array(ids)) = self.pdf.trailer.get_deref(b"ID", &self.pdf) {
            let ids = ids.iter().filter_map(|id| id.as_str().ok());
            out.extend(
                ["document identifier", "identifier of this file"]
                    .into_iter()
                    .zip(ids)
                    .map(|(name, id)| (name.to_owned(), shown(id))),
            );
        }
        if let Ok(catalog) = self.pdf.catalog() {
            let language = self.text(catalog, b"Lang");
            out.extend((!language.is_empty()).then(|| ("language".to_owned(), language)));
        }
        out.extend(xmp::properties(&self.xmp()).into_iter().map(|(name, words)| (format!("XMP {name}"), words)));
        out
    }

    fn strange(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.changes(&mut found);
        unknown(&self.pdf.trailer, &TRAILER, "the end of the file", &mut found);
        if let Ok(catalog) = self.pdf.catalog() {
            unknown(catalog, &CATALOG, "the catalogue", &mut found);
        }
        if let Ok(names) = self.catalog(b"Names").and_then(Object::as_dict) {
            unknown(names, &NAMES, "the list of names", &mut found);
        }
        if let Ok(info) = self.pdf.trailer.get_deref(b"Info", &self.pdf).and_then(Object::as_dict) {
            unknown(info, &INFO, "the metadata", &mut found);
        }
        for (number, page) in (1..).zip(self.pdf.page_iter()) {
            self.page(number, page, &mut found);
        }
        for object in self.pdf.objects.values() {
            let kind = |key: &[u8]| {
                object.as_dict().ok().or_else(|| Some(&object.as_stream().ok()?.dict))?.get(key).ok()?.as_name().ok()
            };
            match kind(b"Subtype") {
                Some(b"Image") => found.push("a picture".to_owned()),
                Some(b"Form") => found.push("a drawing that pages may repeat".to_owned()),
                _ => {}
            }
            if kind(b"S").is_some_and(|action| matches!(action, b"JavaScript" | b"Launch" | b"SubmitForm" | b"URI")) {
                found.push("an action that a reader's program would carry out".to_owned());
            }
        }
        found.sort();
        found.dedup();
        found
    }

    fn is_as_made(&self) -> bool {
        seal::is_sealed(self.bytes)
    }

    fn outline(&self) -> Vec<String> {
        let items = self.pdf.objects.values().filter_map(|object| object.as_dict().ok());
        let items = items.filter(|item| item.has(b"Title") && item.has(b"Parent") && !item.has(b"S"));
        items.map(|item| self.text(item, b"Title")).collect()
    }

    fn revisions(&self) -> usize {
        self.bytes.windows(10).filter(|window| *window == b"\nstartxref").count().max(1)
    }
}

/// Keys that our files do not use.
fn unknown(dictionary: &Dictionary, known: &[&str], place: &str, found: &mut Vec<String>) {
    for (key, _) in dictionary {
        let key = String::from_utf8_lossy(key);
        if !known.contains(&&*key) {
            found.push(format!("{place}: `{key}`, which no paper of ours has"));
        }
    }
}

/// Bytes that are not text, in hexadecimal digits.
fn shown(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.chars().all(|c| c.is_ascii_graphic()) => text.to_owned(),
        _ => bytes.iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        }),
    }
}
