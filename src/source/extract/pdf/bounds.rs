//! Bounds of what a file may ask for, checked before it is spent: nesting, unpacked bytes, drawing operations.

use std::collections::HashMap;
use std::io::Read as _;
use std::ops::Range;

use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::content::UntypedIter;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use memchr::memmem;

use crate::diag::Code;

use super::super::{File, ImportRefusal};
use super::filters::{self, Filter, is_packed};

/// The deepest nesting of values in values.
pub(super) const DEEPEST: usize = 1000;

/// The largest part of a file that is unpacked, in bytes.
const MOST_PART: u64 = 64 << 20;

/// The largest unpacked picture, in bytes. Nobody unpacks it here.
const MOST_PICTURE: u64 = 256 << 20;

/// The most that all parts of a file unpack to, without pictures, in bytes.
const MOST_UNPACKED: u64 = 512 << 20;

/// Deflate packs at most 1032 bytes into one.
const MOST_PACKING: u64 = 1032;

/// The most nodes above the pages, whatever the number of pages. Above it, a fourth of the pages.
const MOST_NODES: usize = 256;

/// The most operations of a file.
const MOST_OPERATIONS: u64 = 100_000_000;

/// The deepest nesting of forms in forms that the interpreter follows.
const DEEPEST_FORM: usize = 50;

/// Checks what can be seen without reading the file.
pub(super) fn check(file: File) -> Result<(), ImportRefusal> {
    let mut seen = Bytes { name: file.name, unpacked: 0, nodes: 0, pages: 0 };
    let mut at = 0;
    for stream in memmem::find_iter(file.bytes, b"stream") {
        let Some(data) = data_of(file.bytes, stream) else { continue };
        if stream < at {
            continue;
        }
        seen.values(&file.bytes[at..stream])?;
        seen.part(&file.bytes[head_of(file.bytes, stream)], &file.bytes[data.clone()])?;
        at = data.end;
    }
    seen.values(&file.bytes[at..])?;
    seen.pages()
}

/// The bytes of a stream whose keyword begins at a place (ISO 32000-1, 7.3.8.1).
fn data_of(bytes: &[u8], keyword: usize) -> Option<Range<usize>> {
    let before = bytes[..keyword].last()?;
    let start = keyword + b"stream".len();
    let line = match bytes.get(start..)? {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => return None,
    };
    let ends_word = before.is_ascii_whitespace() || *before == b'>';
    let start = start + line;
    let length = memmem::find(&bytes[start..], b"endstream").unwrap_or(bytes.len() - start);
    ends_word.then_some(start..start + length)
}

/// The bytes between the beginning of an object and its stream.
fn head_of(bytes: &[u8], stream: usize) -> Range<usize> {
    const LONGEST: usize = 4096;
    let first = stream.saturating_sub(LONGEST);
    let start = memmem::rfind(&bytes[first..stream], b"obj").map_or(first, |at| first + at);
    start..stream
}

/// What is found in the bytes of a file.
struct Bytes<'a> {
    name: &'a str,
    unpacked: u64,
    nodes: usize,
    pages: usize,
}

impl Bytes<'_> {
    /// Looks at a stream: unpacked if it is packed, unless it is a picture or a font.
    fn part(&mut self, head: &[u8], data: &[u8]) -> Result<(), ImportRefusal> {
        let has = |word: &[u8]| memmem::find(head, word).is_some();
        let is_picture = has(b"/Image") || has(b"/ImageMask");
        if is_picture {
            return self.picture(data);
        }
        let is_font =
            has(b"/Length1") || has(b"FontFile") || has(b"/Type1C") || has(b"/CIDFontType0C") || has(b"/OpenType");
        let mut unpacked = None;
        for filter in filters::of(head, data) {
            unpacked = Some(self.unpack(filter, unpacked.as_deref().unwrap_or(data))?);
        }
        if is_font {
            return Ok(());
        }
        self.values(unpacked.as_deref().unwrap_or(data))
    }

    fn unpack(&mut self, filter: Filter, data: &[u8]) -> Result<Vec<u8>, ImportRefusal> {
        let bytes = filter.unpack(data, MOST_PART);
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > MOST_PART || self.unpacked > MOST_UNPACKED {
            return Err(ImportRefusal::too_large(self.name, "unpacks without end", MOST_PART));
        }
        Ok(bytes)
    }

    /// A picture is only measured: a page that says that it is one is bounded, too.
    fn picture(&self, data: &[u8]) -> Result<(), ImportRefusal> {
        if !is_packed(data) || (data.len() as u64) < MOST_PICTURE / MOST_PACKING {
            return Ok(());
        }
        let measured = std::io::copy(&mut ZlibDecoder::new(data).take(MOST_PICTURE + 1), &mut std::io::sink());
        if measured.is_ok_and(|length| length > MOST_PICTURE) {
            return Err(ImportRefusal::too_large(self.name, "unpacks without end", MOST_PICTURE));
        }
        Ok(())
    }

    /// Looks at values: how deeply they are nested, and how many nodes of the tree of pages are among them.
    fn values(&mut self, bytes: &[u8]) -> Result<(), ImportRefusal> {
        if nesting(bytes) > DEEPEST {
            let words = format!("`{}` nests values more than {DEEPEST} deep", self.name);
            return Err(harmful(words));
        }
        for at in memmem::find_iter(bytes, b"/Page") {
            match bytes.get(at + 5) {
                Some(b's') if bytes.get(at + 6).is_none_or(|c| !c.is_ascii_alphanumeric()) => self.nodes += 1,
                Some(c) if c.is_ascii_alphanumeric() => {}
                _ => self.pages += 1,
            }
        }
        Ok(())
    }

    /// A tree of pages is as good as flat. A chain of thousands of nodes is made to do harm.
    fn pages(&self) -> Result<(), ImportRefusal> {
        if self.nodes <= MOST_NODES.max(self.pages / 4) {
            return Ok(());
        }
        Err(harmful(format!("`{}` has {} tables of pages for {} pages", self.name, self.nodes, self.pages)))
    }
}

fn harmful(words: String) -> ImportRefusal {
    let hint = "such a file is made to do harm, or damaged; ask for another copy, or print it to a new PDF";
    ImportRefusal::new(Code::SourceTooLarge, words, hint)
}

/// The deepest nesting of arrays and dictionaries.
fn nesting(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest, mut at) = (0_usize, 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'[' | b'<' => depth += 1,
            b']' | b'>' => depth = depth.saturating_sub(1),
            b'(' => at = end_of_string(bytes, at),
            b'e' if bytes[at..].starts_with(b"endobj") => depth = 0,
            _ => {}
        }
        // A dictionary has two marks, and a string between angle brackets one: the bound is generous.
        deepest = deepest.max(depth);
        at += 1;
    }
    deepest
}

/// The closing bracket of a string that opens at a place; the place itself if it is not closed nearby.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    const LONGEST: usize = 1 << 16;
    let (mut depth, mut escaped) = (0_usize, false);
    for (offset, byte) in bytes[start..].iter().take(LONGEST).enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return start + offset;
        }
    }
    start
}

/// The drawing operations of a file, counted before they are done. Forms that draw forms multiply them.
pub(super) struct Work<'a> {
    name: &'a str,
    done: u64,
    /// The forms that were counted; `None` while their own operations are counted.
    forms: HashMap<ObjectIdentifier, Option<Cost>>,
}

/// The operations of a page or form.
#[derive(Debug, Clone, Default)]
struct Cost {
    operations: u64,
    /// The names of forms in it that draw themselves, directly or through others.
    endless: Vec<Vec<u8>>,
}

impl<'a> Work<'a> {
    pub(super) fn new(name: &'a str) -> Self {
        Self { name, done: 0, forms: HashMap::new() }
    }

    /// Adds the operations of a page. Returns the names of forms on it that draw themselves.
    ///
    /// # Errors
    /// The file has more operations than are done.
    pub(super) fn add(&mut self, page: &Page) -> Result<Vec<Vec<u8>>, ImportRefusal> {
        let inherited = page.resources().parent().map(|parent| parent.x_objects.clone());
        let forms: Vec<Dict> = inherited.into_iter().chain([page.resources().x_objects.clone()]).collect();
        if forms.iter().all(Dict::is_empty) {
            return Ok(Vec::new());
        }
        let cost = self.cost(page.operations(), &forms, 0);
        self.done = self.done.saturating_add(cost.operations);
        if self.done > MOST_OPERATIONS {
            return Err(harmful(format!("`{}` draws more than {MOST_OPERATIONS} operations", self.name)));
        }
        Ok(cost.endless)
    }

    fn cost(&mut self, content: UntypedIter, forms: &[Dict], depth: usize) -> Cost {
        let mut cost = Cost::default();
        for (name, times) in drawn(content, &mut cost.operations) {
            match self.form(&name, forms, depth) {
                Some(form) if form.endless.is_empty() => {
                    cost.operations = cost.operations.saturating_add(times.saturating_mul(form.operations));
                }
                Some(_) | None => cost.endless.push(name),
            }
        }
        cost
    }

    /// The operations of a form, none for a picture; `None` if the form is being counted: it draws itself.
    fn form(&mut self, name: &[u8], forms: &[Dict], depth: usize) -> Option<Cost> {
        let found = forms.iter().rev().find_map(|dict| Some((dict, dict.get::<Stream>(name)?)));
        let is_form =
            |stream: &Stream| stream.dict().get::<Name>(&b"Subtype"[..]).is_some_and(|kind| *kind == *b"Form");
        let Some((dict, stream)) = found.filter(|(_, stream)| depth < DEEPEST_FORM && is_form(stream)) else {
            return Some(Cost::default());
        };
        let id = dict.get_ref(name).map_or_else(|| stream.obj_id(), ObjectIdentifier::from);
        if let Some(known) = self.forms.get(&id) {
            return known.clone();
        }
        self.forms.insert(id, None);
        let own = stream.dict().get::<Dict>(&b"Resources"[..]).and_then(|dict| dict.get::<Dict>(&b"XObject"[..]));
        let within: Vec<Dict> = forms.iter().cloned().chain(own).collect();
        let content = stream.decoded().unwrap_or_default();
        let cost = self.cost(UntypedIter::new(&content), &within, depth + 1);
        self.forms.insert(id, Some(cost.clone()));
        Some(cost)
    }
}

/// The names of what is drawn, each with the number of times. Adds the number of all operations to `count`.
fn drawn(mut content: UntypedIter, count: &mut u64) -> HashMap<Vec<u8>, u64> {
    let mut drawn: HashMap<Vec<u8>, u64> = HashMap::new();
    while let Some(instruction) = content.next() {
        *count += 1;
        let operator: &[u8] = instruction.operator;
        if operator == b"Do"
            && let Some(name) = instruction.operands().last().cloned().and_then(Object::into_name)
        {
            *drawn.entry(name.to_vec()).or_default() += 1;
        }
    }
    drawn
}

/// The content of a page without the drawing of some forms.
pub(super) fn without_forms(content: &[u8], names: &[Vec<u8>]) -> Vec<u8> {
    let mut kept = content.to_vec();
    for at in memmem::find_iter(content, b"Do") {
        let before = content[..at].trim_ascii_end();
        let is_meant =
            |name: &Vec<u8>| before.strip_suffix(name.as_slice()).is_some_and(|before| before.ends_with(b"/"));
        if names.iter().any(is_meant) {
            kept[at..at + 2].fill(b' ');
        }
    }
    kept
}
