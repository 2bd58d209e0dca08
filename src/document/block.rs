//! Running text: blocks, the runs of words in them, and notes.

use super::{Language, Line, Origin};

/// A block of running text and its origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// The origin of its words.
    pub origin: Origin,
}

/// The closed list of block constructs.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading; `level` counts from 1.
    Heading {
        /// 1 for the first level.
        level: u8,
        /// Target of links inside the document.
        id: Option<String>,
        /// Classes from the closed list.
        classes: Vec<Class>,
        /// The words.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; `start` is the first number of a numbered list.
    List {
        /// `None` for a bulleted list.
        start: Option<u64>,
        /// Each item is a list of blocks.
        items: Vec<Vec<Block>>,
    },
    /// Terms with their descriptions, for the fields of a form.
    Definitions(Vec<(Vec<Inline>, Vec<Block>)>),
    /// A table. There is always a header row.
    Table {
        /// The header row.
        header: Vec<Vec<Inline>>,
        /// The other rows, each with as many cells as the header.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A verified quotation set as a block.
    Quotation(Vec<Block>),
    /// A ruled line to be filled in by hand.
    Blank,
    /// The same text in two languages, side by side.
    SideBySide(SideBySide),
    /// A picture of the front of the envelope, which shows how to address it.
    Envelope {
        /// The words for the sender's corner, in the document's language.
        sender: String,
        /// The address, as it must be written on the envelope.
        address: Vec<Line>,
        /// Language of the address.
        language: Language,
    },
}

/// The same text in two languages, passage beside passage.
#[derive(Debug, Clone, PartialEq)]
pub struct SideBySide {
    /// The heads of both columns, in the document's language.
    pub header: [String; 2],
    /// Language of the left column; the right one has the document's.
    pub language: Language,
    /// The passages: left, right.
    pub rows: Vec<[Vec<Block>; 2]>,
}

closed! {
    /// Classes of a heading.
    Class {
        /// Paragraphs under it are numbered.
        Numbered = "numbered",
        /// Starts a new page.
        NewPage = "new-page",
        /// The section is printed in a box.
        Box = "box",
        /// The notes are in this section, not at the foot of the pages.
        Notes = "notes",
        /// A line to cut along is printed above the section.
        CutOff = "cut-off",
        /// The letter that goes with the document is in this section, in both languages.
        SideBySide = "side-by-side",
        /// The front of the envelope is in this section.
        Envelope = "envelope",
        /// The text that people sign: its words are counted, and its version is computed from them.
        Petition = "petition",
        /// The section and those after it are beside the lines to sign, apart from the text.
        ByTheLines = "by-the-lines",
        /// The section is printed once, after all copies of a paper that people sign.
        Once = "once",
        /// The list of the sources that the document cites is in this section.
        Annexes = "annexes",
    }
}

/// A run of words inside a block.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// A claim of the case: its words are exactly those of the ledger entry.
    Claim {
        /// Index into [`Ledger::entries`](super::Ledger::entries), from 0.
        entry: usize,
        /// The words.
        content: Vec<Inline>,
    },
    /// A reference to a note; the number counts from 1.
    NoteReference(usize),
    /// A link to a heading of the same document.
    Link {
        /// The heading's id.
        target: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// Words in another language than the document's.
    Foreign {
        /// Their language.
        language: Language,
        /// The words.
        content: Vec<Inline>,
    },
    /// A forced line break.
    LineBreak,
}

/// A note: the citations of one or more claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Number, from 1.
    pub number: usize,
    /// The words, in the document's language. A title in another language carries its own language.
    pub content: Vec<Span>,
    /// The origin of its words.
    pub origin: Origin,
}

/// Words of a note, with a language if it is not the document's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Language of these words, if it is not the document's.
    pub language: Option<Language>,
    /// Set in italics (titles of works).
    pub italic: bool,
}

impl SideBySide {
    /// The blocks in reading order: the first passage in both languages, then the next.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.rows.iter().flatten().flatten()
    }
}

/// The words of a run, without note references.
#[must_use]
pub fn plain(content: &[Inline]) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) => out.push_str(&plain(inner)),
            Inline::Claim { content, .. } | Inline::Link { content, .. } | Inline::Foreign { content, .. } => {
                out.push_str(&plain(content));
            }
            Inline::LineBreak => out.push(' '),
            Inline::NoteReference(_) => {}
        }
    }
    out
}
