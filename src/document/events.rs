//! The events of a document: what a reader meets, one after another.
//!
//! Formats, the words that a reader must meet, the check of glyphs and the search for names all read these events.

use super::{Class, Language, Note, Origin, SideBySide};

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
