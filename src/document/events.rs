//! The events of a document: its content as a reader comes to it, one part after another.
//!
//! Formats, the comparison of words, the check of glyphs and the search for names all read these events.

use super::{Class, Language, Note, Origin, SideBySide};

/// One step of reading a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event<'a> {
    /// A part begins. It may have a place in a file of the user.
    Start(Tag<'a>, Option<&'a Origin>),
    /// A part ends.
    End(Tag<'a>),
    /// Words.
    Text(&'a str),
    /// The number of a note, from 1, at a reference to it.
    Reference(usize),
    /// A forced line break.
    LineBreak,
    /// A ruled line to be filled in by hand, beside its term or alone.
    Rule {
        /// True if it is beside the term of a field.
        beside: bool,
    },
    /// A new page starts here.
    NewPage,
    /// A line to cut along.
    CutOff,
}

/// A part that begins and ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tag<'a> {
    /// A copy of a paper that people sign, from 0. Any other document is one copy.
    Copy(usize),
    /// A part of the document.
    Region(Role),
    /// A printed line of a region.
    Line,
    /// A ruled blank of a region.
    Blank,
    /// The words that tell the writer how to fill in a blank.
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
    /// A list; a numbered one has the number of its first item.
    List(Option<u64>),
    /// Paragraphs with numbers that run through the whole document; the number of the first one.
    Numbered(u64),
    /// An item of a list, with its number.
    Item(Option<u64>),
    /// Terms with their descriptions.
    Definitions,
    /// A term.
    Term,
    /// Its description.
    Description,
    /// A table, with the number of its columns.
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
    /// The head of a column of it.
    ColumnHead,
    /// A passage in both languages.
    Passage,
    /// The passage in one language: the left column or the right one.
    Column {
        /// Its language, if it is not the document's.
        language: Option<&'a Language>,
    },
    /// The front of an envelope, with the language of the address.
    Envelope(&'a Language),
    /// The sender's words on it.
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
    /// A note, at its place on the page or in that list; see [`NotePlace`].
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
    /// The mark of a paper that is not verified or must not be given away or sent.
    Draft,
    /// The mark of a copy: its number and the version of the text.
    CopyMark,
    /// The warning at the head of a copy.
    Warning,
    /// The head of the page.
    Letterhead,
    /// The sender.
    Sender,
    /// The line above the address.
    ReturnLine,
    /// The recipient.
    Recipient,
    /// Place and date.
    Date,
    /// The subject of a letter, else the title.
    Headline,
    /// The running text.
    Body,
    /// The text by the lines to sign.
    ByTheLines,
    /// The heads of the columns of a list to sign.
    SigningColumns,
    /// The lines to sign.
    SigningRows,
    /// Other blanks to fill in by hand.
    SigningFields,
    /// Closing words, blank for the signature, name.
    Signature,
    /// Enclosures.
    Enclosures,
    /// The part that is printed once, after all copies.
    Once,
    /// The strip that hides lines filled in by others.
    Cover,
    /// The lines in the footer of each page.
    Footer,
}

/// The order of the words in a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingOrder {
    /// The place of the notes.
    pub notes: NotePlace,
    /// True if the draft mark and the footer are in the text; else they are on each page, outside the text.
    pub marks_in_text: bool,
    /// True if each copy that people sign is present; else only the first one is.
    pub each_copy: bool,
    /// True if the label of a blank ends with a colon.
    pub colon_after_label: bool,
    /// True if the items of lists have their numbers also inside cells and columns.
    pub items_in_cells: bool,
}

/// The place of the notes in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotePlace {
    /// At the foot of the page, read at the first reference; together if the document has a section for notes.
    AtReference,
    /// Together, in the section for notes if the document has one, else at the end.
    Together,
    /// Together at the end.
    AtEnd,
}

impl Role {
    /// The name in messages.
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
    /// The order of printed pages.
    pub const PAGES: Self = Self {
        notes: NotePlace::AtReference,
        marks_in_text: false,
        each_copy: true,
        colon_after_label: false,
        items_in_cells: true,
    };

    /// Everything that any format prints, each copy and each note once.
    pub const ALL: Self = Self { notes: NotePlace::AtEnd, marks_in_text: true, ..Self::PAGES };
}

impl Tag<'_> {
    /// True if it contains one run of words: a line, a cell, a paragraph…
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

/// The runs of words of some events (a line, a cell, a paragraph each) without the numbers of notes.
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

/// The origins of the parts around the present position.
#[derive(Debug, Default)]
pub struct Origins<'a>(Vec<Option<&'a Origin>>);

impl<'a> Origins<'a> {
    /// Takes an event and returns the innermost known origin after it.
    pub fn meet(&mut self, event: &Event<'a>) -> Option<&'a Origin> {
        match event {
            Event::Start(_, origin) => self.0.push(origin.or_else(|| self.here())),
            Event::End(_) => drop(self.0.pop()),
            _ => {}
        }
        self.here()
    }

    /// The innermost known origin.
    #[must_use]
    pub fn here(&self) -> Option<&'a Origin> {
        self.0.last().copied().flatten()
    }
}
