//! The operations of a page: its drawing syntax, split into operators with their operands.
//!
//! The words of a file are read here for comparison with the document, so nothing may be skipped. Syntax that cannot be
//! understood is a fault; `lopdf` would end silently and take the part before it for the whole page.

use lopdf::{Dictionary, Error, Object, ParseError, StringFormat};

/// The deepest nesting of arrays and dictionaries; deeper ones are not ours.
const DEPTH: usize = 16;

/// The unread rest of the operations of a page.
pub(super) struct Operations<'a> {
    rest: &'a [u8],
}

/// The fault for a page that cannot be understood.
pub(super) fn fault() -> Error {
    ParseError::InvalidContentStream.into()
}

impl<'a> Operations<'a> {
    /// All operations of a content stream.
    pub(super) fn new(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }

    /// The next operator, or `None` at the end. Its operands replace those in the list.
    pub(super) fn read(&mut self, operands: &mut Vec<Object>) -> Result<Option<&'a [u8]>, Error> {
        operands.clear();
        loop {
            self.space();
            match self.rest.first() {
                None if operands.is_empty() => return Ok(None),
                Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'\'' | b'"') => {
                    let word = self.regular();
                    match constant(word) {
                        Some(object) => operands.push(object),
                        None if is_operator(word) => return Ok(Some(word)),
                        None => return Err(fault()),
                    }
                }
                _ => operands.push(self.object(DEPTH)?),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Object, Error> {
        let depth = depth.checked_sub(1).ok_or_else(fault)?;
        match self.rest {
            [b'/', ..] => self.name().map(Object::Name),
            [b'(', ..] => self.literal().map(|bytes| Object::String(bytes, StringFormat::Literal)),
            [b'<', b'<', ..] => self.dictionary(depth).map(Object::Dictionary),
            [b'<', ..] => self.hexadecimal().map(|bytes| Object::String(bytes, StringFormat::Hexadecimal)),
            [b'[', ..] => self.array(depth).map(Object::Array),
            _ => {
                let word = self.regular();
                number(word).or_else(|| constant(word)).ok_or_else(fault)
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Object>, Error> {
        self.take()?;
        let mut items = Vec::new();
        loop {
            self.space();
            if self.accept(b"]") {
                return Ok(items);
            }
            items.push(self.object(depth)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Dictionary, Error> {
        self.accept(b"<<");
        let mut entries = Dictionary::new();
        loop {
            self.space();
            if self.accept(b">>") {
                return Ok(entries);
            }
            let key = self.name()?;
            self.space();
            let value = self.object(depth)?;
            // Readers may choose either of two values for one key, so that is a fault.
            if entries.has(&key) {
                return Err(fault());
            }
            entries.set(key, value);
        }
    }

    fn name(&mut self) -> Result<Vec<u8>, Error> {
        if !self.accept(b"/") {
            return Err(fault());
        }
        let mut written = self.regular().iter();
        let mut name = Vec::new();
        while let Some(byte) = written.next() {
            name.push(match byte {
                b'#' => pair(written.next(), written.next())?,
                byte => *byte,
            });
        }
        Ok(name)
    }

    fn hexadecimal(&mut self) -> Result<Vec<u8>, Error> {
        self.take()?;
        let mut digits = Vec::new();
        loop {
            self.space();
            match self.take()? {
                b'>' => break,
                digit => digits.push(digit),
            }
        }
        // A single last digit is followed by a nought.
        digits.chunks(2).map(|two| pair(two.first(), two.get(1).or(Some(&b'0')))).collect()
    }

    fn literal(&mut self) -> Result<Vec<u8>, Error> {
        self.take()?;
        let mut bytes = Vec::new();
        let mut inner = 0_usize;
        loop {
            match self.take()? {
                b'\\' => bytes.extend(self.escaped()?),
                b')' if inner == 0 => return Ok(bytes),
                b'\r' => {
                    self.accept(b"\n");
                    bytes.push(b'\n');
                }
                byte => {
                    inner = inner + usize::from(byte == b'(') - usize::from(byte == b')');
                    bytes.push(byte);
                }
            }
        }
    }

    /// The character for a backslash and the characters after it; none at the end of a line.
    fn escaped(&mut self) -> Result<Option<u8>, Error> {
        Ok(Some(match self.take()? {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            sign @ (b'(' | b')' | b'\\') => sign,
            digit @ b'0'..=b'7' => self.octal(digit)?,
            b'\n' => return Ok(None),
            b'\r' => {
                self.accept(b"\n");
                return Ok(None);
            }
            _ => return Err(fault()),
        }))
    }

    /// One to three octal digits, of which the first has been read.
    fn octal(&mut self, first: u8) -> Result<u8, Error> {
        let mut value = u16::from(first - b'0');
        for _ in 0..2 {
            let [digit @ b'0'..=b'7', rest @ ..] = self.rest else { break };
            value = value * 8 + u16::from(digit - b'0');
            self.rest = rest;
        }
        u8::try_from(value).map_err(|_| fault())
    }

    fn take(&mut self) -> Result<u8, Error> {
        let (byte, rest) = self.rest.split_first().ok_or_else(fault)?;
        self.rest = rest;
        Ok(*byte)
    }

    fn accept(&mut self, wanted: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn space(&mut self) {
        while let [byte, rest @ ..] = self.rest
            && is_space(*byte)
        {
            self.rest = rest;
        }
    }

    /// The characters up to the next white space or delimiter.
    fn regular(&mut self) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| is_space(*byte) || is_delimiter(*byte));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 12)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The byte for two hexadecimal digits.
fn pair(high: Option<&u8>, low: Option<&u8>) -> Result<u8, Error> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let value = digit(high).zip(digit(low)).map(|(high, low)| high * 16 + low);
    value.and_then(|value| u8::try_from(value).ok()).ok_or_else(fault)
}

/// A number. PDF has no exponents, and no words such as `inf`.
fn number(word: &[u8]) -> Option<Object> {
    let text = std::str::from_utf8(word).ok()?;
    let mut plain = text.bytes();
    if !plain.all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.')) {
        return None;
    }
    if text.contains('.') { text.parse().ok().map(Object::Real) } else { text.parse().ok().map(Object::Integer) }
}

fn constant(word: &[u8]) -> Option<Object> {
    match word {
        b"true" => Some(Object::Boolean(true)),
        b"false" => Some(Object::Boolean(false)),
        b"null" => Some(Object::Null),
        _ => None,
    }
}

/// The operators of ISO 32000-1, annex A, without inline images and those that older readers may skip.
fn is_operator(word: &[u8]) -> bool {
    match word.len() {
        1 => b"bBcdfFGghijJKklmMnqQsSvwWy'\"".contains(&word[0]),
        2 => b"b*B*BTcmCScsd0d1DoDPETf*gsMPreRGrgriSCscshT*TcTdTDTfTjTJTLTmTrTsTwTzW*"
            .chunks(2)
            .any(|known| known == word),
        _ => matches!(word, b"BDC" | b"BMC" | b"EMC" | b"SCN" | b"scn"),
    }
}

#[cfg(test)]
#[path = "operations_tests.rs"]
mod tests;
