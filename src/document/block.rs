//! Running text: blocks, the runs of words in them, and notes.

use super::{Language, Line, Origin};

/// A block of running text and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where its words came from.
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
    /// Terms with their descriptions: the fields of a form.
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
    /// How the envelope is to be addressed: a picture of its face.
    Envelope {
        /// What the sender writes in the corner, in the document's language.
        sender: String,
        /// The address, as it must stand there.
        address: Vec<Line>,
        /// Language of the address.
        language: Language,
    },
}

/// The same text in two languages, passage beside passage.
#[derive(Debug, Clone, PartialEq)]
pub struct SideBySide {
    /// What stands over each column, in the document's language.
    pub header: [String; 2],
    /// Language of the left column; the right one is in the document's.
    pub language: Language,
    /// The passages: left, right.
    pub rows: Vec<[Vec<Block>; 2]>,
}

closed! {
    /// Classes a heading may carry.
    Class {
        /// Paragraphs under it are numbered.
        Numbered = "numbered",
        /// Starts a new page.
        NewPage = "new-page",
        /// The section stands in a box.
        Box = "box",
        /// The notes stand in this section, not at the foot of the pages.
        Notes = "notes",
        /// A line to cut along stands above the section.
        CutOff = "cut-off",
        /// The letter that goes with the document stands in this section, in both languages.
        SideBySide = "side-by-side",
        /// The face of the envelope stands in this section.
        Envelope = "envelope",
        /// The text that people sign: its words are counted, and its version is worked out from them.
        Petition = "petition",
        /// The section and what follows it stand by the lines to sign, apart from the text.
        ByTheLines = "by-the-lines",
        /// The section stands once, after all copies of a paper that people sign.
        Once = "once",
        /// The list of the sources that the document cites stands in this section.
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
    /// Where it came from.
    pub origin: Origin,
}

/// Words of a note, with a language of their own where it is not the document's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Language of these words, where it differs from the document's.
    pub language: Option<Language>,
    /// Set in italics (titles of works).
    pub italic: bool,
}

impl SideBySide {
    /// The blocks in reading order: each passage in both languages, then the next.
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
