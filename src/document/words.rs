//! The words of a document in reading order, and the words of a file beside them.
//!
//! The order every layout keeps: letterhead, sender, line above the address, recipient, date, headline, running text,
//! signature, enclosures. A note is read at its first reference, where the structure tree of a PDF has it, or with all
//! others in the section that holds them.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::flow::{Piece, flow, headline};
use crate::document::{Block, BlockKind, Document, Inline, Line, Note, Origin, Parts};

/// What a reader meets, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word.
    Word(String),
    /// The number of an item of a numbered list.
    Item(u64),
    /// The number of a note, where it is referred to and where it stands before the note.
    Reference(usize),
    /// A note begins.
    NoteStart,
    /// A note ends.
    NoteEnd,
}

impl Token {
    /// As shown in a message.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Word(word) => format!("“{word}”"),
            Self::Item(number) => format!("item number {number}"),
            Self::Reference(number) => format!("note number {number}"),
            Self::NoteStart => "the beginning of a note".into(),
            Self::NoteEnd => "the end of a note".into(),
        }
    }
}

/// Cuts running characters into tokens; both sides of the comparison go through it.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    tokens: Vec<Token>,
    word: String,
    /// Whether the words are those of a note.
    in_note: bool,
    /// Number of whole words so far outside notes.
    running: usize,
}

impl Stream {
    /// Continues the word with these characters, cutting at white space.
    pub(crate) fn text(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_whitespace() {
                self.cut();
            } else {
                // Some languages repeat a hyphen at which a line was broken.
                let repeated = character == '-' && self.word.ends_with('-');
                if !repeated && !is_silent(character) {
                    self.word.push(character);
                }
            }
        }
    }

    /// Ends the word.
    pub(crate) fn cut(&mut self) {
        if !self.word.is_empty() {
            let word = std::mem::take(&mut self.word);
            self.tokens.push(Token::Word(if is_nfc(&word) { word } else { word.nfc().collect() }));
            self.running += usize::from(!self.in_note);
        }
    }

    /// Ends the word and adds a token.
    pub(crate) fn mark(&mut self, token: Token) {
        self.cut();
        self.in_note = match token {
            Token::NoteStart => true,
            Token::NoteEnd => false,
            _ => self.in_note,
        };
        self.tokens.push(token);
    }

    /// Number of whole words so far outside notes.
    fn running(&self) -> usize {
        self.running
    }

    /// Whether a word has begun and not ended.
    fn is_in_word(&self) -> bool {
        !self.word.is_empty()
    }

    /// The tokens from this index on.
    fn since(&self, index: usize) -> &[Token] {
        self.tokens.get(index..).unwrap_or_default()
    }

    /// The state of the stream, to come back to it.
    pub(crate) fn remember(&self) -> (usize, String) {
        (self.tokens.len(), self.word.clone())
    }

    /// Forgets what came after a state.
    pub(crate) fn forget(&mut self, (length, word): (usize, String)) {
        // The word that was open then may have been ended since.
        self.tokens.truncate(length);
        self.word = word;
    }

    /// Number of tokens so far.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// All tokens.
    pub(crate) fn finish(mut self) -> Vec<Token> {
        self.cut();
        self.tokens
    }
}

/// The words of a text.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut stream = Stream::default();
    stream.text(text);
    let word = |token| if let Token::Word(word) = token { Some(word) } else { None };
    stream.finish().into_iter().filter_map(word).collect()
}

/// Characters that only say where a line may break: nobody reads them.
pub(crate) fn is_silent(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}' | '\u{2060}')
}

/// What a reader of the document must meet, with the places of the words.
#[derive(Debug, Default)]
pub(crate) struct Expected<'a> {
    pub(crate) tokens: Vec<Token>,
    /// For the token at each key and those after it, up to the next key.
    places: BTreeMap<usize, Option<&'a Origin>>,
    /// The index of the first token of each block, line and cell, in reading order.
    pub(crate) starts: Vec<usize>,
    /// Where the claims stand, in reading order.
    pub(crate) claims: Vec<Shown>,
}

/// Where a claim stands among the running words: those outside notes, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Index into the ledger, from 0.
    pub(crate) entry: usize,
    /// Its first word.
    pub(crate) at: usize,
    /// How many words it has. The outer ones may touch punctuation that is not of the claim.
    pub(crate) words: usize,
}

impl<'a> Expected<'a> {
    /// Reads the tree.
    pub(crate) fn of(document: &'a Document) -> Self {
        let mut reader = Reader {
            document,
            stream: Stream::default(),
            places: BTreeMap::new(),
            read: Vec::new(),
            starts: Vec::new(),
            claims: Vec::new(),
        };
        reader.document();
        Self { tokens: reader.stream.finish(), places: reader.places, starts: reader.starts, claims: reader.claims }
    }

    /// Where the token at this index came from.
    pub(crate) fn origin(&self, index: usize) -> Option<&'a Origin> {
        self.places.range(..=index).next_back().and_then(|(_, origin)| *origin)
    }
}

struct Reader<'a> {
    document: &'a Document,
    stream: Stream,
    places: BTreeMap<usize, Option<&'a Origin>>,
    /// Numbers of the notes that were read.
    read: Vec<usize>,
    starts: Vec<usize>,
    claims: Vec<Shown>,
}

impl<'a> Reader<'a> {
    fn document(&mut self) {
        let (each, once) = self.document.copies();
        let copies = self.document.parts.signing.as_ref().map_or(1, |signing| signing.marks.len());
        for copy in 0..copies {
            self.read.clear();
            self.copy(copy, each);
        }
        let before = self.here();
        for piece in flow(once).iter().filter(|_| !once.is_empty()) {
            self.piece(piece);
        }
        self.places.insert(self.stream.len(), before);
        let cover = self.document.parts.signing.as_ref().and_then(|signing| signing.cover.as_ref());
        if let Some(words) = cover.filter(|_| !once.is_empty()) {
            self.alone(words);
        }
    }

    /// One copy: its number and its warning first, the lines to sign after the text.
    fn copy(&mut self, copy: usize, blocks: &'a [Block]) {
        let document = self.document;
        let Parts { letterhead, sender, return_line, recipient, date, signature, enclosures, signing, .. } =
            &document.parts;
        if let Some(signing) = signing {
            signing.marks.get(copy).into_iter().chain(&signing.warning).for_each(|words| self.alone(words));
        }
        let head = letterhead.iter().chain(sender).chain(return_line).chain(recipient).chain(date);
        head.for_each(|line| self.line(line));
        self.alone(headline(document));
        let (text, by_the_lines) = document.by_the_lines(blocks);
        for piece in flow(text).iter().chain(&flow(by_the_lines)) {
            self.piece(piece);
        }
        self.places.insert(self.stream.len(), None);
        if let Some(signing) = signing {
            signing.columns.iter().for_each(|words| self.alone(words));
            (1..=signing.rows).for_each(|row| self.alone(&row.to_string()));
            signing.fields.iter().for_each(|line| self.line(line));
        }
        for line in signature {
            self.line(line);
        }
        for words in enclosures {
            self.alone(words);
        }
    }

    /// A block, a line or a cell begins. The number of an item begins with what it counts.
    fn start(&mut self) {
        self.stream.cut();
        let here = self.stream.len();
        let last = self.starts.last().map_or(0, |last| *last);
        let only_numbers = || self.stream.since(last).iter().all(|token| matches!(token, Token::Item(_)));
        if self.starts.is_empty() || !only_numbers() {
            self.starts.push(here);
        }
    }

    fn alone(&mut self, words: &str) {
        self.start();
        self.stream.text(words);
        self.stream.cut();
    }

    fn line(&mut self, line: &Line) {
        line.words().for_each(|words| self.alone(words));
    }

    fn piece(&mut self, piece: &Piece<'a>) {
        match piece {
            Piece::Block(block) => self.block(block),
            Piece::NewPage | Piece::CutOff => {}
            Piece::Notes => {
                for note in &self.document.notes {
                    self.start();
                    self.stream.mark(Token::Item(note.number as u64));
                    self.places.insert(self.stream.len(), Some(&note.origin));
                    self.spans(note);
                    self.stream.cut();
                }
            }
            Piece::Box(pieces) | Piece::Petition(pieces) => {
                for piece in pieces {
                    self.piece(piece);
                }
            }
            Piece::Numbered { start, items } => {
                for (number, item) in (*start..).zip(items) {
                    self.start();
                    self.stream.mark(Token::Item(number));
                    for block in item {
                        self.block(block);
                    }
                }
            }
        }
    }

    fn block(&mut self, block: &'a Block) {
        let before = self.here();
        self.places.insert(self.stream.len(), Some(&block.origin));
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.content(content),
            BlockKind::List { start, items } => {
                for (index, item) in (0..).zip(items) {
                    self.start();
                    if let Some(start) = start {
                        self.stream.mark(Token::Item(start + index));
                    }
                    for block in item {
                        self.block(block);
                    }
                }
            }
            BlockKind::Definitions(items) => {
                for (term, description) in items {
                    self.content(term);
                    for block in description {
                        self.block(block);
                    }
                }
            }
            BlockKind::Table { header, rows } => {
                header.iter().chain(rows.iter().flatten()).for_each(|cell| self.content(cell));
            }
            BlockKind::Quotation(blocks) => blocks.iter().for_each(|block| self.block(block)),
            BlockKind::SideBySide(beside) => {
                beside.header.iter().for_each(|words| self.alone(words));
                beside.blocks().for_each(|block| self.block(block));
            }
            BlockKind::Envelope { sender, address, .. } => {
                self.alone(sender);
                for line in address {
                    self.line(line);
                }
            }
            BlockKind::Blank => {}
        }
        self.stream.cut();
        self.places.insert(self.stream.len(), before);
    }

    fn here(&self) -> Option<&'a Origin> {
        self.places.last_key_value().and_then(|(_, origin)| *origin)
    }

    fn content(&mut self, content: &'a [Inline]) {
        self.start();
        self.run(content);
        self.stream.cut();
    }

    fn run(&mut self, content: &'a [Inline]) {
        for inline in content {
            match inline {
                Inline::Text(words) => self.stream.text(words),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Link { content: inner, .. }
                | Inline::Foreign { content: inner, .. } => {
                    self.run(inner);
                }
                Inline::Claim { entry, content: inner } => {
                    let at = self.stream.running();
                    self.run(inner);
                    let words = self.stream.running() + usize::from(self.stream.is_in_word()) - at;
                    self.claims.push(Shown { entry: *entry, at, words });
                }
                Inline::NoteReference(number) => self.reference(*number),
                Inline::LineBreak => self.stream.cut(),
            }
        }
    }

    fn reference(&mut self, number: usize) {
        self.stream.mark(Token::Reference(number));
        if self.document.notes_together() {
            return;
        }
        let note = self.document.notes.iter().find(|note| note.number == number);
        if let Some(note) = note.filter(|_| !self.read.contains(&number)) {
            self.read.push(number);
            self.note(note);
        }
    }

    fn note(&mut self, note: &'a Note) {
        let before = self.here();
        self.places.insert(self.stream.len(), Some(&note.origin));
        self.stream.mark(Token::NoteStart);
        self.stream.mark(Token::Reference(note.number));
        self.spans(note);
        self.stream.mark(Token::NoteEnd);
        self.places.insert(self.stream.len(), before);
    }

    fn spans(&mut self, note: &Note) {
        for span in &note.content {
            self.stream.text(&span.text);
        }
    }
}
