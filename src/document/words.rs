//! The words of a document in reading order, for comparison with the words of a file.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::events::{Event, ReadingOrder, Tag};
use super::{Document, Origin};

/// One step of reading words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word.
    Word(String),
    /// The number of an item of a numbered list.
    Item(u64),
    /// The number of a note, at a reference and before the note itself.
    Reference(usize),
    /// A note begins.
    NoteStart,
    /// A note ends.
    NoteEnd,
}

impl Token {
    /// The form for messages.
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

/// Splits characters into tokens; both sides of a comparison go through it.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    tokens: Vec<Token>,
    word: String,
    /// True inside a note.
    in_note: bool,
    /// Number of whole words so far, outside notes.
    running: usize,
    /// True if words that look like the mark of an item are left out.
    skips_marks: bool,
}

impl Stream {
    /// Continues the word with these characters and splits at white space.
    pub(crate) fn text(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_whitespace() {
                self.cut();
            } else {
                // Some languages repeat a hyphen at a line break.
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
            if self.skips_marks && is_mark(&word) {
                return;
            }
            self.tokens.push(Token::Word(if is_nfc(&word) { word } else { word.nfc().collect() }));
            self.running += usize::from(!self.in_note);
        }
    }

    /// Adds characters to a word that has begun; without one they are left out.
    fn text_if_in_word(&mut self, text: &str) {
        if self.is_in_word() {
            self.text(text);
        }
        self.cut();
    }

    /// Starts or stops leaving out words that look like the mark of an item: `1.`, `-`.
    pub(crate) fn skip_marks(&mut self, skips: bool) {
        self.cut();
        self.skips_marks = skips;
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

    /// Number of whole words so far, outside notes.
    fn running(&self) -> usize {
        self.running
    }

    /// True if a word has begun and not ended.
    fn is_in_word(&self) -> bool {
        !self.word.is_empty()
    }

    /// The tokens from this index on, from 0.
    fn since(&self, index: usize) -> &[Token] {
        self.tokens.get(index..).unwrap_or_default()
    }

    /// The state of the stream, for [`Self::forget`].
    pub(crate) fn remember(&self) -> (usize, String) {
        (self.tokens.len(), self.word.clone())
    }

    /// Goes back to an earlier state.
    pub(crate) fn forget(&mut self, (length, word): (usize, String)) {
        // The word that was open then may have ended since.
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

/// True if a word looks like the mark of an item.
fn is_mark(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(word, "-" | "*") || digits.len() < word.len() && matches!(digits, "." | ")")
}

/// True for an invisible character that only allows a line break.
pub(crate) fn is_silent(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}' | '\u{2060}')
}

/// The words that a reader of the document must find, with their origins.
#[derive(Debug, Default)]
pub(crate) struct Expected<'a> {
    pub(crate) tokens: Vec<Token>,
    /// The origin of the tokens from each key up to the next key.
    places: BTreeMap<usize, Option<&'a Origin>>,
    /// The index of the first token of each block, line and cell, in reading order.
    pub(crate) starts: Vec<usize>,
    /// The positions of the claims, in reading order.
    pub(crate) claims: Vec<Shown>,
}

/// The position of a claim among the running words: those outside notes, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Index into the ledger, from 0.
    pub(crate) entry: usize,
    /// The index of its first word.
    pub(crate) at: usize,
    /// The number of its words. The first and the last may touch punctuation outside the claim.
    pub(crate) words: usize,
}

impl<'a> Expected<'a> {
    /// The words of a document in the order of a format.
    pub(crate) fn of(document: &'a Document, order: ReadingOrder) -> Self {
        let mut reader = Reader::new(order);
        document.events(order).for_each(|event| reader.meet(event));
        let Reader { stream, places, starts, claims, .. } = reader;
        Self { tokens: stream.finish(), places, starts, claims }
    }

    /// The origin of the token at this index.
    pub(crate) fn origin(&self, index: usize) -> Option<&'a Origin> {
        self.places.range(..=index).next_back().and_then(|(_, origin)| *origin)
    }
}

struct Reader<'a> {
    order: ReadingOrder,
    stream: Stream,
    /// For each open part, the innermost last: true if it has an origin of its own, and the origin before it.
    around: Vec<(bool, Option<&'a Origin>)>,
    places: BTreeMap<usize, Option<&'a Origin>>,
    starts: Vec<usize>,
    claims: Vec<Shown>,
    /// The claims around the present position, as indices into `claims`.
    open: Vec<usize>,
    /// True if the notes are together, as a list.
    listed: bool,
    /// The number of cells and columns around the present position.
    cells: usize,
}

impl<'a> Reader<'a> {
    fn new(order: ReadingOrder) -> Self {
        Self {
            order,
            stream: Stream::default(),
            around: Vec::new(),
            places: BTreeMap::new(),
            starts: Vec::new(),
            claims: Vec::new(),
            open: Vec::new(),
            listed: false,
            cells: 0,
        }
    }

    fn meet(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag, origin) => self.begin(tag, origin),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.stream.text(words),
            Event::Reference(number) => self.stream.mark(Token::Reference(number)),
            Event::LineBreak => self.stream.cut(),
            Event::Rule { .. } | Event::NewPage | Event::CutOff => {}
        }
    }

    fn begin(&mut self, tag: Tag<'a>, origin: Option<&'a Origin>) {
        if tag.is_run() || matches!(tag, Tag::Item(_) | Tag::SigningRow(_)) {
            self.start();
        }
        match tag {
            Tag::Cell | Tag::HeadCell | Tag::Column { .. } => self.cell(1),
            Tag::Item(Some(number)) if self.order.items_in_cells || self.cells == 0 => {
                self.stream.mark(Token::Item(number));
            }
            Tag::SigningRow(row) => self.stream.text(&row.to_string()),
            Tag::Notes => self.listed = true,
            Tag::Note(note) if self.listed => {
                self.start();
                self.stream.mark(Token::Item(note.number as u64));
            }
            Tag::Claim(entry) => {
                self.open.push(self.claims.len());
                self.claims.push(Shown { entry, at: self.stream.running(), words: 0 });
            }
            _ => {}
        }
        // A difference is reported at the block that prints the words, also inside a claim.
        let origin = origin.filter(|_| !matches!(tag, Tag::Claim(_)));
        self.around.push((origin.is_some(), self.here()));
        if origin.is_some() {
            self.places.insert(self.stream.len(), origin);
        }
        if let (Tag::Note(note), false) = (tag, self.listed) {
            self.stream.mark(Token::NoteStart);
            self.stream.mark(Token::Reference(note.number));
        }
    }

    fn end(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Claim(_) => {
                let words = self.stream.running() + usize::from(self.stream.is_in_word());
                if let Some(claim) = self.open.pop().and_then(|at| self.claims.get_mut(at)) {
                    claim.words = words - claim.at;
                }
            }
            Tag::Cell | Tag::HeadCell | Tag::Column { .. } => self.cell(-1),
            Tag::Label if self.order.colon_after_label => self.stream.text_if_in_word(":"),
            Tag::Notes => self.listed = false,
            Tag::Note(_) if !self.listed => self.stream.mark(Token::NoteEnd),
            _ if tag.is_run() || matches!(tag, Tag::Item(_) | Tag::SigningRow(_) | Tag::Note(_)) => self.stream.cut(),
            _ => {}
        }
        if let Some((true, before)) = self.around.pop() {
            self.places.insert(self.stream.len(), before);
        }
    }

    /// A cell or column begins or ends.
    fn cell(&mut self, step: isize) {
        self.stream.cut();
        self.cells = self.cells.saturating_add_signed(step);
        self.stream.skip_marks(!self.order.items_in_cells && self.cells > 0);
    }

    fn here(&self) -> Option<&'a Origin> {
        self.places.last_key_value().and_then(|(_, origin)| *origin)
    }

    /// A block, a line or a cell begins. The number of an item is part of its first block.
    fn start(&mut self) {
        self.stream.cut();
        let here = self.stream.len();
        let last = self.starts.last().map_or(0, |last| *last);
        let only_numbers = || self.stream.since(last).iter().all(|token| matches!(token, Token::Item(_)));
        if self.starts.is_empty() || !only_numbers() {
            self.starts.push(here);
        }
    }
}
