//! The walk over the tree of a document. Only this file knows the order of the parts.

use super::events::{Event, NotePlace, ReadingOrder, Role, Tag};
use super::flow::{Piece, flow};
use super::{Block, BlockKind, Document, Inline, Line, Note, Origin, SideBySide, Signing};

impl Document {
    /// The events of this document in reading order.
    pub fn events(&self, order: ReadingOrder) -> impl Iterator<Item = Event<'_>> {
        let mut walk = Walk { document: Some(self), order, out: Vec::new(), told: Vec::new() };
        walk.document(self);
        walk.out.into_iter()
    }
}

/// The events of some blocks alone, without the effect of classes of headings, and without notes.
pub fn of_blocks(blocks: &[Block]) -> impl Iterator<Item = Event<'_>> {
    let mut walk = Walk { document: None, order: ReadingOrder::PAGES, out: Vec::new(), told: Vec::new() };
    for block in blocks {
        walk.block(block);
    }
    walk.out.into_iter()
}

struct Walk<'a> {
    document: Option<&'a Document>,
    order: ReadingOrder,
    out: Vec<Event<'a>>,
    /// Numbers of the notes that this copy has already told.
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

    /// One copy: its number and its warning, the text, then the lines to sign.
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
                if let Some(words) = filled {
                    walk.words(Tag::Filled, words);
                }
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

    /// Keeps the words before a list together with it, and the last words before a signature with that.
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
        for block in blocks {
            self.block(block);
        }
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
                for cells in rows {
                    walk.cells(Tag::Row, Tag::Cell, cells);
                }
            }),
            BlockKind::Quotation(blocks) => self.within(Tag::Quotation, origin, |walk| walk.blocks(blocks)),
            BlockKind::Blank => self.out.push(Event::Rule { beside: false }),
            BlockKind::SideBySide(beside) => {
                self.within(Tag::SideBySide(beside), origin, |walk| walk.side_by_side(beside));
            }
            BlockKind::Envelope { sender, address, language } => {
                self.within(Tag::Envelope(language), origin, |walk| {
                    walk.words(Tag::EnvelopeSender, sender);
                    for line in address {
                        walk.line(line);
                    }
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
            for content in cells {
                walk.within(cell, None, |walk| walk.run(content));
            }
        });
    }

    fn side_by_side(&mut self, beside: &'a SideBySide) {
        self.within(Tag::Head, None, |walk| {
            for words in &beside.header {
                walk.words(Tag::ColumnHead, words);
            }
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

    /// The number of a note; at its first reference also the note itself, if notes are on the same page.
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

/// True if a paragraph introduces the next piece: a list, fields or a table.
fn leads(piece: &Piece, next: &Piece) -> bool {
    let Piece::Block(Block { kind: BlockKind::Paragraph(_), .. }) = piece else { return false };
    let Piece::Block(next) = next else { return false };
    !matches!(next.kind, BlockKind::Paragraph(_) | BlockKind::Heading { .. })
}
