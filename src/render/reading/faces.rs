//! The faces of a file for reading: they map the codes in a text to words.

use lopdf::{Dictionary, Document, Encoding, Error};

use super::operations::fault;

/// The faces of a file. Each is read once, on however many pages it is used.
pub(super) struct Faces<'a> {
    pdf: &'a Document,
    faces: Vec<Face<'a>>,
}

/// A face with its known codes.
struct Face<'a> {
    font: &'a Dictionary,
    encoding: Encoding<'a>,
    /// True if each code has two bytes.
    double: bool,
    /// The words of the two-byte codes found so far; the index is the code.
    known: Vec<Option<String>>,
}

impl<'a> Faces<'a> {
    /// No faces yet.
    pub(super) fn new(pdf: &'a Document) -> Self {
        Self { pdf, faces: Vec::new() }
    }

    /// The number of a face.
    pub(super) fn number(&mut self, font: &'a Dictionary) -> Result<usize, Error> {
        if let Some(number) = self.faces.iter().position(|face| std::ptr::eq(face.font, font)) {
            return Ok(number);
        }
        let encoding = font.get_font_encoding(self.pdf)?;
        // In these two tables every code has two bytes.
        let table = font.get(b"Encoding").and_then(lopdf::Object::as_name).unwrap_or_default();
        let double =
            matches!(table, b"Identity-H" | b"Identity-V") && matches!(encoding, Encoding::UnicodeMapEncoding(_));
        self.faces.push(Face { font, encoding, double, known: Vec::new() });
        Ok(self.faces.len() - 1)
    }

    /// Adds the words of these codes.
    pub(super) fn read(&mut self, number: usize, codes: &[u8], words: &mut String) -> Result<(), Error> {
        let face = self.faces.get_mut(number).ok_or_else(fault)?;
        if face.double {
            return face.pairs(codes, words);
        }
        words.push_str(&Document::decode_text(&face.encoding, codes)?);
        Ok(())
    }
}

impl Face<'_> {
    fn pairs(&mut self, codes: &[u8], words: &mut String) -> Result<(), Error> {
        let (codes, half) = codes.as_chunks::<2>();
        if !half.is_empty() {
            return Err(fault());
        }
        for code in codes {
            let place = usize::from(u16::from_be_bytes(*code));
            if self.known.len() <= place {
                self.known.resize(place + 1, None);
            }
            match &mut self.known[place] {
                Some(known) => words.push_str(known),
                new => words.push_str(new.insert(Document::decode_text(&self.encoding, code)?)),
            }
        }
        Ok(())
    }
}
