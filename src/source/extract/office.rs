//! Members of ZIP files, read up to a limit, and the XML inside them.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{File, ImportRefusal};

/// The largest unpacked size of a member of a ZIP file, in bytes.
pub(super) const MOST_BYTES: u64 = 64 << 20;

/// The actions on the XML of a document while it is read.
pub(super) trait Walker {
    fn start(&mut self, start: &BytesStart);
    fn end(&mut self, name: &str);
    fn words(&mut self, words: &str);
}

/// Reads a part of a document from beginning to end; `None` if it is not XML.
pub(super) fn walk(xml: &[u8], walker: &mut impl Walker) -> Option<()> {
    let mut reader = Reader::from_reader(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => walker.start(&start),
            Event::Empty(start) => {
                walker.start(&start);
                walker.end(start.name().as_ref());
            }
            Event::End(end) => walker.end(end.name().as_ref()),
            Event::Text(text) => walker.words(&text),
            Event::GeneralRef(name) => walker.words(&reference(&name)),
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// An opened ZIP file.
pub(super) struct Packed<'a> {
    name: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Packed<'a> {
    /// Opens a ZIP file.
    pub(super) fn open(file: File<'a>) -> Result<Self, ImportRefusal> {
        let zip = ZipArchive::new(Cursor::new(file.bytes)).map_err(|_| broken(file.name))?;
        Ok(Self { name: file.name, zip })
    }

    /// The names of the members.
    pub(super) fn names(&self) -> Vec<String> {
        self.zip.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect()
    }

    /// The bytes of a member; `None` if no member has this name.
    pub(super) fn member(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportRefusal> {
        let member = match self.zip.by_name(name) {
            Ok(member) => member,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
                return Err(ImportRefusal::encrypted(self.name));
            }
            Err(_) => return Err(broken(self.name)),
        };
        let mut bytes = Vec::new();
        // The size in the directory of the file may be wrong, so the unpacked bytes are counted.
        member.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|_| broken(self.name))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(ImportRefusal::too_large(
                self.name,
                &format!("holds `{name}`, which grows without end"),
                MOST_BYTES,
            ));
        }
        Ok(Some(bytes))
    }
}

fn broken(name: &str) -> ImportRefusal {
    ImportRefusal::broken(name, "is damaged: what it holds cannot be unpacked")
}

/// The text of a reference such as `&amp;` or `&#8212;`.
pub(super) fn reference(reference: &BytesRef) -> String {
    let text = format!("&{};", &**reference);
    unescape(&text).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// The value of an attribute, by its name with prefix.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|found| found.key.as_ref() == name)?;
    Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned))
}

/// The words of the elements of a small metadata file, by name with prefix, such as `dc:title`.
pub(super) fn facts(xml: &[u8]) -> Vec<(String, String)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_reader(xml);
    let (mut found, mut open) = (Vec::<(String, String)>::new(), None::<String>);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => open = Some(start.name().as_ref().to_owned()),
            Ok(Event::Text(text)) => push(&mut found, open.as_ref(), &text),
            Ok(Event::GeneralRef(name)) => push(&mut found, open.as_ref(), &reference(&name)),
            Ok(Event::End(_)) => open = None,
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn push(found: &mut Vec<(String, String)>, open: Option<&String>, words: &str) {
    let Some(name) = open else { return };
    match found.last_mut() {
        Some((last, text)) if last == name => text.push_str(words),
        _ => found.push((name.clone(), words.to_owned())),
    }
}

/// The first of the named facts that has words.
pub(super) fn fact(facts: &[(String, String)], names: &[&str]) -> Option<String> {
    let words = |name: &&str| facts.iter().find(|(known, words)| known == name && !words.trim().is_empty());
    names.iter().find_map(words).map(|(_, words)| super::one_line(words))
}
