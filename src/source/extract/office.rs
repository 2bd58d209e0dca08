//! Members of ZIP files, read up to a limit, and the XML inside them.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{File, ImportRefusal, Made, Metadata, about};

/// The largest unpacked size of a member of a ZIP file, in bytes.
pub(super) const MOST_BYTES: u64 = 64 << 20;

/// The deepest nesting of elements. Far above that of any real text: a table in a table takes three levels.
const DEEPEST: usize = 1000;

/// The longest value of an attribute, in letters. Names of styles and lists are copied for each paragraph.
const LONGEST_VALUE: usize = 1000;

/// The prefixes under which this program knows the namespaces of texts, whatever prefix a file uses.
const PREFIXES: [(&str, &str); 20] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", "c"),
    ("http://purl.oclc.org/ooxml/drawingml/chart", "c"),
    ("http://schemas.openxmlformats.org/drawingml/2006/diagram", "dgm"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg"),
    ("urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0", "loext"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
];

/// An element of a part.
pub(super) struct XmlElement<'a> {
    start: &'a BytesStart<'a>,
    name: &'a str,
}

impl XmlElement<'_> {
    /// Its name, with the usual prefix of its namespace.
    pub(super) fn name(&self) -> &str {
        self.name
    }

    /// The value of an attribute, by its name without prefix. An endless one is cut: it is no name of anything.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
        let value = unescape(&found.value).unwrap_or(Cow::Borrowed(&found.value));
        Some(value.chars().take(LONGEST_VALUE).collect())
    }

    /// True if an attribute has this value.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|given| given == value)
    }

    /// The value of an attribute as a number.
    pub(super) fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }

    /// The attribute `val`, in which Word keeps most values.
    pub(super) fn val(&self) -> Option<String> {
        self.get("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.parsed("val")
    }

    /// The attribute `val` of a property that is on unless it says otherwise.
    pub(super) fn is_on(&self) -> bool {
        self.val().is_none_or(|value| is_yes(&value))
    }
}

/// True unless a value of Word says no.
pub(super) fn is_yes(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

/// The actions on the XML of a document while it is read.
pub(super) trait Walker {
    /// True if neither the element nor anything inside it counts.
    fn skips(&mut self, _element: &XmlElement) -> bool {
        false
    }

    fn start(&mut self, element: &XmlElement);

    fn end(&mut self, _name: &str) {}

    fn words(&mut self, _words: &str) {}

    /// True if it holds more words than any text should: automatic numbers make many words of a few bytes.
    fn is_full(&self) -> bool {
        false
    }
}

/// Reads a part of a document from beginning to end.
///
/// # Errors
/// The reason why it cannot be read, as the end of a sentence.
pub(super) fn walk(xml: &[u8], walker: &mut impl Walker) -> Result<(), String> {
    let mut reader = NsReader::from_reader(xml);
    // How deep the elements are nested, and how many of them are inside one that does not count.
    let (mut depth, mut skipped) = (0_usize, 0_usize);
    while !walker.is_full() {
        let event = reader.read_event().map_err(|_| "is no XML".to_owned())?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(format!("is nested more than {DEEPEST} deep"));
                }
                let name = usual_name(&reader, start.name());
                let element = XmlElement { start: &start, name: &name };
                if skipped > 0 || walker.skips(&element) {
                    skipped += 1;
                } else {
                    walker.start(&element);
                }
            }
            Event::Empty(start) if skipped == 0 => {
                let name = usual_name(&reader, start.name());
                let element = XmlElement { start: &start, name: &name };
                if !walker.skips(&element) {
                    walker.start(&element);
                    walker.end(&name);
                }
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if skipped == 0 {
                    walker.end(&usual_name(&reader, end.name()));
                }
                skipped = skipped.saturating_sub(1);
            }
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if skipped > 0 => {}
            Event::Text(text) => walker.words(&text),
            Event::CData(text) => walker.words(&text),
            // Word and LibreOffice know no entities but those of XML itself.
            Event::GeneralRef(name) => {
                walker.words(&reference(&name).ok_or_else(|| format!("uses the unknown entity `{}`", &*name))?);
            }
            Event::Eof if depth > 0 => return Err("breaks off".to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
    Ok(())
}

/// The name of an element with the usual prefix of its namespace.
fn usual_name<'a>(reader: &NsReader<&[u8]>, name: quick_xml::name::QName<'a>) -> Cow<'a, str> {
    let (found, local) = reader.resolver().resolve_element(name);
    let ResolveResult::Bound(space) = found else { return Cow::Borrowed(name.0) };
    let usual = PREFIXES.iter().find(|(address, _)| *address == space.as_ref()).map(|(_, prefix)| *prefix);
    match usual {
        Some(prefix) if name.prefix().is_none_or(|known| known.as_ref() != prefix) => {
            Cow::Owned(format!("{prefix}:{}", local.as_ref()))
        }
        _ => Cow::Borrowed(name.0),
    }
}

/// An opened ZIP file.
pub(super) struct Packed<'a> {
    name: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: u64,
}

impl<'a> Packed<'a> {
    /// Opens a ZIP file.
    pub(super) fn open(file: File<'a>) -> Result<Self, ImportRefusal> {
        let zip = ZipArchive::new(Cursor::new(file.bytes)).map_err(|_| broken(file.name))?;
        Ok(Self { name: file.name, zip, unpacked: 0 })
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
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(ImportRefusal::too_large(
                self.name,
                &format!("holds `{name}`, which grows without end"),
                MOST_BYTES,
            ));
        }
        Ok(Some(bytes))
    }

    /// The number of bytes that have been unpacked.
    pub(super) fn unpacked(&self) -> u64 {
        self.unpacked
    }

    /// Reads a member from beginning to end, if the file has it.
    pub(super) fn walk(&mut self, name: &str, walker: &mut impl Walker) -> Result<(), ImportRefusal> {
        let Some(xml) = self.member(name)? else { return Ok(()) };
        walk(&xml, walker).map_err(|why| ImportRefusal::broken(self.name, &format!("is damaged: `{name}` {why}")))?;
        if walker.is_full() { Err(super::too_many_words(self.name)) } else { Ok(()) }
    }
}

fn broken(name: &str) -> ImportRefusal {
    ImportRefusal::broken(name, "is damaged: what it holds cannot be unpacked")
}

/// The text of a reference such as `&amp;` or `&#8212;`; `None` if it names nothing.
fn reference(reference: &BytesRef) -> Option<String> {
    let text = format!("&{};", &**reference);
    unescape(&text).ok().map(Cow::into_owned)
}

/// The most elements of a metadata file that are read.
const MOST_FACTS: usize = 1000;

/// The elements of a metadata file that give the properties of a text, by name with prefix; the first one counts most.
pub(super) struct FactNames {
    pub(super) author: &'static [&'static str],
    pub(super) date: &'static [&'static str],
    pub(super) made: &'static [&'static str],
}

impl Packed<'_> {
    /// The properties of a text. A damaged metadata file is read as far as it goes.
    pub(super) fn facts(&mut self, name: &str, names: &FactNames) -> Result<Metadata, ImportRefusal> {
        let mut facts = Facts::default();
        // What is damaged here is no part of the text.
        let _ = walk(&self.member(name)?.unwrap_or_default(), &mut facts);
        let day = |names| facts.first(names).and_then(|date| about::day(&date));
        Ok(Metadata {
            title: facts.first(&["dc:title"]),
            authors: facts.first(names.author).into_iter().collect(),
            date: day(names.date),
            made: day(names.made).map(|on| Made { on, by: "the properties of the file" }),
            language: facts.first(&["dc:language"]).and_then(|tag| about::language(&tag)),
            ..Metadata::default()
        })
    }
}

/// The words of the elements of a metadata file, by name.
#[derive(Default)]
struct Facts {
    found: Vec<(String, String)>,
    is_open: bool,
}

impl Facts {
    /// The first of these facts that has words.
    fn first(&self, names: &[&str]) -> Option<String> {
        let words = |name: &&str| self.found.iter().find(|(known, words)| known == name && !words.trim().is_empty());
        names.iter().find_map(words).map(|(_, words)| super::one_line(words))
    }
}

impl Walker for Facts {
    fn start(&mut self, element: &XmlElement) {
        self.is_open = self.found.len() < MOST_FACTS;
        if self.is_open {
            self.found.push((element.name().to_owned(), String::new()));
        }
    }

    fn end(&mut self, _name: &str) {
        self.is_open = false;
    }

    fn words(&mut self, words: &str) {
        if let Some((_, text)) = self.found.last_mut().filter(|_| self.is_open) {
            text.push_str(words);
        }
    }
}
