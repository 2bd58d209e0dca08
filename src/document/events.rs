//! A document as a sequence of events: the one walk over its tree.
//!
//! Formats, the words that a reader must meet, the check of glyphs and the search for names all read these events, so
//! the order of the parts is known here alone.

use super::flow::{Piece, flow};
use super::{Block, BlockKind, Class, Document, Inline, Language, Line, Note, Origin, SideBySide, Signing};

/// What a reader of a document meets, one after another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event<'a> {
    /// Something begins; it may come from a place in a file of the user.
    Start(Tag<'a>, Option<&'a Origin>),
    /// It ends.
    End(Tag<'a>),
    /// Words.
    Text(&'a str),
    /// The number of a note, from 1, where the text refers to it.
    Reference(usize),
    /// A forced line break.
    LineBreak,
    /// A ruled line to be filled in by hand; beside its term, or alone.
    Rule {
        /// Whether it stands beside the term of a field.
        beside: bool,
    },
    /// What follows starts a new page.
    NewPage,
    /// A line to cut along.
    CutOff,
}

/// What begins and ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tag<'a> {
    /// A copy of a paper that people sign, counted from 0; any other document is one copy.
    Copy(usize),
    /// A part of the document.
    Region(Role),
    /// A printed line of a region.
    Line,
    /// A ruled blank of a region.
    Blank,
    /// The words that say what to write on a blank.
    Label,
    /// Words already filled in on a blank.
    Filled,
    /// A line to sign, numbered from 1.
    SigningRow(usize),
    /// A heading; the level counts from 1.
    Heading {
        /// 1 for the first level.
        level: u8,
        /// Target of links inside the document.
        id: Option<&'a str>,
        /// Its classes.
        classes: &'a [Class],
    },
    /// A paragraph.
    Paragraph,
    /// A list; numbered where it has a first number.
    List(Option<u64>),
    /// Paragraphs that are numbered through the whole document, with the first number.
    Numbered(u64),
    /// An item of a list, with its number.
    Item(Option<u64>),
    /// Terms with their descriptions.
    Definitions,
    /// A term.
    Term,
    /// Its description.
    Description,
    /// A table of so many columns.
    Table(usize),
    /// The header row of a table, or the heads of two columns.
    Head,
    /// A cell of it.
    HeadCell,
    /// Another row.
    Row,
    /// A cell.
    Cell,
    /// A verified quotation set as a block.
    Quotation,
    /// The same text in two languages, passage beside passage.
    SideBySide(&'a SideBySide),
    /// What stands over a column of it.
    ColumnHead,
    /// A passage in both languages.
    Passage,
    /// The passage in one language: the left column or the right one.
    Column {
        /// Its language, where it is not the document's.
        language: Option<&'a Language>,
    },
    /// The face of an envelope, with the language of the address.
    Envelope(&'a Language),
    /// What the sender writes on it.
    EnvelopeSender,
    /// A section in a box.
    Box,
    /// The section that people sign.
    Petition,
    /// A paragraph that leads to the list, fields or table after it.
    WithNext,
    /// The last words before a signature.
    WithSignature,
    /// All notes of the document, as a list.
    Notes,
    /// A note, at its place on the page or in that list.
    Note(&'a Note),
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// A claim of the case: index into the entries of the ledger, from 0.
    Claim(usize),
    /// A link to a heading of the same document.
    Link(&'a str),
    /// Words in another language than the document's.
    Foreign(&'a Language),
    /// The title of a work, in a note.
    Work,
}

/// The parts of a document, in the order in which they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The mark of a paper that is not verified, not to be given away or not to be sent.
    Draft,
    /// What a copy bears: its number and the version of the text.
    CopyMark,
    /// The warning at the head of a copy.
    Warning,
    /// The head of the page.
    Letterhead,
    /// Who writes.
    Sender,
    /// The line above the address.
    ReturnLine,
    /// Who is addressed.
    Recipient,
    /// Place and date.
    Date,
    /// What a letter is about, else the title.
    Headline,
    /// The running text.
    Body,
    /// The text by the lines to sign.
    ByTheLines,
    /// The heads of the columns of a list to sign.
    SigningColumns,
    /// The lines to sign.
    SigningRows,
    /// What else is filled in by hand.
    SigningFields,
    /// Closing words, blank for the signature, name.
    Signature,
    /// Enclosures.
    Enclosures,
    /// What stands once, after all copies.
    Once,
    /// The strip that hides the lines which others have filled in.
    Cover,
    /// The lines at the foot of each page.
    Footer,
}

/// What belongs to a format about the order of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingOrder {
    /// Where the notes stand.
    pub notes: NotePlace,
    /// Whether the draft mark and the footer stand in the text; else they stand on each page, outside it.
    pub marks_in_text: bool,
    /// Whether each copy that people sign stands there; else the first stands for all.
    pub each_copy: bool,
    /// Whether a colon stands behind the label of a blank.
    pub colon_after_label: bool,
    /// Whether the items of lists have their numbers inside cells and columns too.
    pub items_in_cells: bool,
}

/// Where the notes of a document stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotePlace {
    /// At the foot of the page, read at the first reference; together where the document has a section for them.
    AtReference,
    /// Together: in the section that the document has for them, else at the end.
    Together,
    /// Together at the end.
    AtEnd,
}

impl Role {
    /// As messages call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft mark",
            Self::CopyMark | Self::Warning | Self::SigningColumns | Self::SigningRows | Self::SigningFields => {
                "lines to sign"
            }
            Self::Cover => "strip over the lines to sign",
            Self::Letterhead => "letterhead",
            Self::Sender => "sender",
            Self::ReturnLine => "line above the address",
            Self::Recipient => "recipient",
            Self::Date => "date",
            Self::Headline => "headline",
            Self::Body | Self::ByTheLines | Self::Once => "text",
            Self::Signature => "signature",
            Self::Enclosures => "enclosures",
            Self::Footer => "footer",
        }
    }
}

impl ReadingOrder {
    /// The order of pages that are printed.
    pub const PAGES: Self = Self {
        notes: NotePlace::AtReference,
        marks_in_text: false,
        each_copy: true,
        colon_after_label: false,
        items_in_cells: true,
    };

    /// Everything that is printed anywhere, each copy and each note once.
    pub const ALL: Self = Self { notes: NotePlace::AtEnd, marks_in_text: true, ..Self::PAGES };
}

impl Document {
    /// The events of this document in reading order.
    pub fn events(&self, order: ReadingOrder) -> impl Iterator<Item = Event<'_>> {
        let mut walk = Walk { document: Some(self), order, out: Vec::new(), told: Vec::new() };
        walk.document(self);
        walk.out.into_iter()
    }
}

/// The events of some blocks alone, without what classes of headings mean, and without notes.
pub fn of_blocks(blocks: &[Block]) -> impl Iterator<Item = Event<'_>> {
    let mut walk = Walk { document: None, order: ReadingOrder::PAGES, out: Vec::new(), told: Vec::new() };
    blocks.iter().for_each(|block| walk.block(block));
    walk.out.into_iter()
}

impl Tag<'_> {
    /// Whether it holds one run of words: a line, a cell, a paragraph…
    #[must_use]
    pub fn is_run(self) -> bool {
        matches!(
            self,
            Self::Line
                | Self::Label
                | Self::Filled
                | Self::Heading { .. }
                | Self::Paragraph
                | Self::Term
                | Self::HeadCell
                | Self::Cell
                | Self::ColumnHead
                | Self::EnvelopeSender
        )
    }
}

/// The runs of words of some events: a line, a cell, a paragraph each, without the numbers of notes.
pub fn runs<'a>(events: impl IntoIterator<Item = Event<'a>>) -> Vec<(Tag<'a>, String)> {
    let mut out: Vec<(Tag, String)> = Vec::new();
    let mut inside = false;
    for event in events {
        match event {
            Event::Start(tag, _) if tag.is_run() => {
                inside = true;
                out.push((tag, String::new()));
            }
            Event::End(tag) if tag.is_run() => inside = false,
            _ => {}
        }
        let words = match event {
            Event::Text(words) => words,
            Event::LineBreak => " ",
            _ => continue,
        };
        out.last_mut().filter(|_| inside).into_iter().for_each(|(_, run)| run.push_str(words));
    }
    out
}

/// The innermost place from which what is read at the moment comes.
#[derive(Debug, Default)]
pub struct Origins<'a>(Vec<Option<&'a Origin>>);

impl<'a> Origins<'a> {
    /// Follows an event; then the innermost known place.
    pub fn meet(&mut self, event: &Event<'a>) -> Option<&'a Origin> {
        match event {
            Event::Start(_, origin) => self.0.push(origin.or_else(|| self.here())),
            Event::End(_) => drop(self.0.pop()),
            _ => {}
        }
        self.here()
    }

    /// The innermost known place.
    #[must_use]
    pub fn here(&self) -> Option<&'a Origin> {
        self.0.last().copied().flatten()
    }
}

struct Walk<'a> {
    document: Option<&'a Document>,
    order: ReadingOrder,
    out: Vec<Event<'a>>,
    /// Numbers of the notes that were told in this copy.
    told: Vec<usize>,
}

impl<'a> Walk<'a> {
    fn document(&mut self, document: &'a Document) {
        let parts = &document.parts;
        if self.order.marks_in_text {
            self.texts(Role::Draft, &parts.draft);
        }
        let (each, once) = document.copies();
        let copies = parts.signing.as_ref().filter(|_| self.order.each_copy).map_or(1, |signing| signing.marks.len());
        for copy in 0..copies {
            self.told.clear();
            self.within(Tag::Copy(copy), None, |walk| walk.copy(document, copy, each));
        }
        if !once.is_empty() {
            self.within(Tag::Region(Role::Once), None, |walk| walk.pieces(&flow(once), false));
            let cover = parts.signing.as_ref().and_then(|signing| signing.cover.as_ref());
            self.texts(Role::Cover, cover.filter(|_| self.order.each_copy));
        }
        if self.order.marks_in_text {
            self.texts(Role::Footer, &parts.footer);
        }
        let elsewhere = match self.order.notes {
            NotePlace::AtReference => true,
            NotePlace::Together => document.notes_together(),
            NotePlace::AtEnd => false,
        };
        if !elsewhere && !document.notes.is_empty() {
            self.notes(document);
        }
    }

    /// One copy: its number and its warning first, the lines to sign after the text.
    fn copy(&mut self, document: &'a Document, copy: usize, blocks: &'a [Block]) {
        let parts = &document.parts;
        if let Some(signing) = &parts.signing {
            self.texts(Role::CopyMark, signing.marks.get(copy));
            self.texts(Role::Warning, &signing.warning);
        }
        self.lines(Role::Letterhead, &parts.letterhead);
        self.lines(Role::Sender, &parts.sender);
        self.lines(Role::ReturnLine, parts.return_line.as_slice());
        self.lines(Role::Recipient, &parts.recipient);
        self.lines(Role::Date, parts.date.as_slice());
        self.within(Tag::Region(Role::Headline), None, |walk| walk.words(Tag::Line, document.headline()));
        let (text, by_the_lines) = document.by_the_lines(blocks);
        let signed = !parts.signature.is_empty();
        self.within(Tag::Region(Role::Body), None, |walk| walk.pieces(&flow(text), signed));
        if let Some(signing) = &parts.signing {
            self.within(Tag::Region(Role::ByTheLines), None, |walk| walk.pieces(&flow(by_the_lines), false));
            self.signing(signing);
        }
        self.lines(Role::Signature, &parts.signature);
        self.texts(Role::Enclosures, &parts.enclosures);
    }

    fn signing(&mut self, signing: &'a Signing) {
        self.texts(Role::SigningColumns, &signing.columns);
        if signing.rows > 0 {
            self.within(Tag::Region(Role::SigningRows), None, |walk| {
                (1..=signing.rows).for_each(|row| walk.within(Tag::SigningRow(row), None, |_| {}));
            });
        }
        self.lines(Role::SigningFields, &signing.fields);
    }

    fn texts(&mut self, role: Role, texts: impl IntoIterator<Item = &'a String>) {
        let mut texts = texts.into_iter().peekable();
        if texts.peek().is_some() {
            self.within(Tag::Region(role), None, |walk| texts.for_each(|words| walk.words(Tag::Line, words)));
        }
    }

    fn lines(&mut self, role: Role, lines: &'a [Line]) {
        if !lines.is_empty() {
            self.within(Tag::Region(role), None, |walk| lines.iter().for_each(|line| walk.line(line)));
        }
    }

    fn line(&mut self, line: &'a Line) {
        match line {
            Line::Text(words) => self.words(Tag::Line, words),
            Line::Blank { label, filled } => self.within(Tag::Blank, None, |walk| {
                walk.words(Tag::Label, label);
                filled.iter().for_each(|words| walk.words(Tag::Filled, words));
            }),
        }
    }

    fn words(&mut self, tag: Tag<'a>, words: &'a str) {
        self.within(tag, None, |walk| walk.out.push(Event::Text(words)));
    }

    fn within(&mut self, tag: Tag<'a>, origin: Option<&'a Origin>, inner: impl FnOnce(&mut Self)) {
        self.out.push(Event::Start(tag, origin));
        inner(self);
        self.out.push(Event::End(tag));
    }

    /// Words that lead to a list stay with it, and the last words before a signature with that.
    fn pieces(&mut self, pieces: &[Piece<'a>], signed: bool) {
        for (index, piece) in pieces.iter().enumerate() {
            match pieces.get(index + 1) {
                Some(next) if leads(piece, next) => self.within(Tag::WithNext, None, |walk| walk.piece(piece)),
                None if signed => self.within(Tag::WithSignature, None, |walk| walk.piece(piece)),
                _ => self.piece(piece),
            }
        }
    }

    fn piece(&mut self, piece: &Piece<'a>) {
        match piece {
            Piece::Block(block) => self.block(block),
            Piece::NewPage => self.out.push(Event::NewPage),
            Piece::CutOff => self.out.push(Event::CutOff),
            Piece::Notes => {
                let here = self.order.notes != NotePlace::AtEnd;
                self.document.into_iter().filter(|_| here).for_each(|document| self.notes(document));
            }
            Piece::Box(pieces) => self.within(Tag::Box, None, |walk| walk.pieces(pieces, false)),
            Piece::Petition(pieces) => self.within(Tag::Petition, None, |walk| walk.pieces(pieces, false)),
            Piece::Numbered { start, items } => self.within(Tag::Numbered(*start), None, |walk| {
                for (number, item) in (*start..).zip(items) {
                    walk.within(Tag::Item(Some(number)), None, |walk| item.iter().for_each(|block| walk.block(block)));
                }
            }),
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Block) {
        let origin = Some(&block.origin);
        match &block.kind {
            BlockKind::Heading { level, id, classes, content } => {
                let tag = Tag::Heading { level: *level, id: id.as_deref(), classes };
                self.within(tag, origin, |walk| walk.run(content));
            }
            BlockKind::Paragraph(content) => self.within(Tag::Paragraph, origin, |walk| walk.run(content)),
            BlockKind::List { start, items } => self.within(Tag::List(*start), origin, |walk| {
                for (index, item) in (0..).zip(items) {
                    let number = start.map(|start| start.saturating_add(index));
                    walk.within(Tag::Item(number), None, |walk| walk.blocks(item));
                }
            }),
            BlockKind::Definitions(items) => self.within(Tag::Definitions, origin, |walk| {
                for (term, description) in items {
                    walk.within(Tag::Term, None, |walk| walk.run(term));
                    walk.within(Tag::Description, None, |walk| walk.description(description));
                }
            }),
            BlockKind::Table { header, rows } => self.within(Tag::Table(header.len()), origin, |walk| {
                walk.cells(Tag::Head, Tag::HeadCell, header);
                rows.iter().for_each(|cells| walk.cells(Tag::Row, Tag::Cell, cells));
            }),
            BlockKind::Quotation(blocks) => self.within(Tag::Quotation, origin, |walk| walk.blocks(blocks)),
            BlockKind::Blank => self.out.push(Event::Rule { beside: false }),
            BlockKind::SideBySide(beside) => {
                self.within(Tag::SideBySide(beside), origin, |walk| walk.side_by_side(beside));
            }
            BlockKind::Envelope { sender, address, language } => {
                self.within(Tag::Envelope(language), origin, |walk| {
                    walk.words(Tag::EnvelopeSender, sender);
                    address.iter().for_each(|line| walk.line(line));
                });
            }
        }
    }

    fn description(&mut self, blocks: &'a [Block]) {
        match blocks {
            [Block { kind: BlockKind::Blank, .. }] => self.out.push(Event::Rule { beside: true }),
            _ => self.blocks(blocks),
        }
    }

    fn cells(&mut self, row: Tag<'a>, cell: Tag<'a>, cells: &'a [Vec<Inline>]) {
        self.within(row, None, |walk| {
            cells.iter().for_each(|content| walk.within(cell, None, |walk| walk.run(content)));
        });
    }

    fn side_by_side(&mut self, beside: &'a SideBySide) {
        self.within(Tag::Head, None, |walk| {
            beside.header.iter().for_each(|words| walk.words(Tag::ColumnHead, words));
        });
        for [left, right] in &beside.rows {
            self.within(Tag::Passage, None, |walk| {
                let language = Some(&beside.language);
                walk.within(Tag::Column { language }, None, |walk| walk.blocks(left));
                walk.within(Tag::Column { language: None }, None, |walk| walk.blocks(right));
            });
        }
    }

    fn run(&mut self, content: &'a [Inline]) {
        for inline in content {
            match inline {
                Inline::Text(words) => self.out.push(Event::Text(words)),
                Inline::Emphasis(inner) => self.within(Tag::Emphasis, None, |walk| walk.run(inner)),
                Inline::Strong(inner) => self.within(Tag::Strong, None, |walk| walk.run(inner)),
                Inline::Claim { entry, content } => {
                    let origin = self.document.and_then(|document| document.ledger.entries.get(*entry));
                    let origin = origin.map(|entry| &entry.origin);
                    self.within(Tag::Claim(*entry), origin, |walk| walk.run(content));
                }
                Inline::NoteReference(number) => self.reference(*number),
                Inline::Link { target, content } => self.within(Tag::Link(target), None, |walk| walk.run(content)),
                Inline::Foreign { language, content } => {
                    self.within(Tag::Foreign(language), None, |walk| walk.run(content));
                }
                Inline::LineBreak => self.out.push(Event::LineBreak),
            }
        }
    }

    /// The number of a note, and at the first one the note itself, where it stands on the same page.
    fn reference(&mut self, number: usize) {
        self.out.push(Event::Reference(number));
        let on_page = self.order.notes == NotePlace::AtReference;
        let Some(document) = self.document.filter(|document| on_page && !document.notes_together()) else { return };
        let note = document.notes.iter().find(|note| note.number == number);
        if let Some(note) = note.filter(|_| !self.told.contains(&number)) {
            self.told.push(number);
            self.note(note);
        }
    }

    fn notes(&mut self, document: &'a Document) {
        self.within(Tag::Notes, None, |walk| document.notes.iter().for_each(|note| walk.note(note)));
    }

    fn note(&mut self, note: &'a Note) {
        self.within(Tag::Note(note), Some(&note.origin), |walk| {
            for span in &note.content {
                let foreign = span.language.as_ref().map(Tag::Foreign);
                let work = span.italic.then_some(Tag::Work);
                let tags: Vec<Tag> = foreign.into_iter().chain(work).collect();
                walk.out.extend(tags.iter().map(|tag| Event::Start(*tag, None)));
                walk.out.push(Event::Text(&span.text));
                walk.out.extend(tags.iter().rev().map(|tag| Event::End(*tag)));
            }
        });
    }
}

/// Whether a paragraph leads to what follows: a list, fields or a table.
fn leads(piece: &Piece, next: &Piece) -> bool {
    let Piece::Block(Block { kind: BlockKind::Paragraph(_), .. }) = piece else { return false };
    let Piece::Block(next) = next else { return false };
    !matches!(next.kind, BlockKind::Paragraph(_) | BlockKind::Heading { .. })
}
