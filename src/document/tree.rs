//! A document as a whole.

use chrono::NaiveDate;

use super::{Block, BlockKind, Class, Language, Ledger, Note, PaperSize, Parts, Print};

/// A finished document, ready to be rendered.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file name without its ending, for instance `letter-official.prosecutor-general.ru`.
    pub name: String,
    /// The template that gave the words, for instance `letter-official`.
    pub template: String,
    /// The layout that gives the look, for instance `letter`.
    pub layout: String,
    /// Language of the text.
    pub language: Language,
    /// The title for metadata and for the head of the page. It never carries a guarded word.
    pub title: String,
    /// Sheet of paper.
    pub paper: PaperSize,
    /// Size of the print.
    pub print: Print,
    /// At most so many pages are wanted; the text is set a little smaller to keep to them.
    pub most_pages: Option<usize>,
    /// The date at which the document speaks and which it bears.
    pub as_of: NaiveDate,
    /// It tells a state of which the last news was too old on that date.
    pub stale: bool,
    /// Names of persons, in each grammatical form, that no line break may tear apart.
    pub names: Vec<String>,
    /// Words that lead to a number, which stands on their line. In small letters.
    pub before_numbers: Vec<String>,
    /// Seed of the file's stable identifier; hashed, never written out.
    pub identity: String,
    /// Fixed places of the page that are not running text.
    pub parts: Parts,
    /// The running text, in reading order.
    pub blocks: Vec<Block>,
    /// Notes, numbered from 1 in the order in which the tree first refers to them.
    pub notes: Vec<Note>,
    /// Each demand and fact used, with what it rests on.
    pub ledger: Ledger,
    /// Files that travel inside a PDF of it.
    pub attachments: Vec<Attachment>,
}

/// A file that travels inside a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without a folder.
    pub name: String,
    /// Its MIME type.
    pub mime: String,
    /// What it is, in words.
    pub description: String,
    /// What it is to the document.
    pub relationship: Relationship,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What an attached file is to the document.
///
/// Source: ISO 19005-3, 6.8 (`AFRelationship`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    /// The data that the pages show.
    Data,
    /// Something more to read.
    Supplement,
}

impl Document {
    /// Whether the notes stand together in a section of their own.
    #[must_use]
    pub fn notes_together(&self) -> bool {
        let is_place = |block: &Block| matches!(&block.kind, BlockKind::Heading { classes, .. } if classes.contains(&Class::Notes));
        self.blocks.iter().any(is_place)
    }

    /// The blocks that stand on each copy, and those that stand once after all of them.
    #[must_use]
    pub fn copies(&self) -> (&[Block], &[Block]) {
        self.split(&self.blocks, Class::Once)
    }

    /// Of the blocks of a copy, those of its text and those that stand by the lines to sign.
    #[must_use]
    pub fn by_the_lines<'a>(&self, copy: &'a [Block]) -> (&'a [Block], &'a [Block]) {
        self.split(copy, Class::ByTheLines)
    }

    /// The blocks before the first section of a class, and the others; where nobody signs there are no others.
    fn split<'a>(&self, blocks: &'a [Block], class: Class) -> (&'a [Block], &'a [Block]) {
        let begins =
            |block: &Block| matches!(&block.kind, BlockKind::Heading { classes, .. } if classes.contains(&class));
        let at = blocks.iter().position(begins).filter(|_| self.parts.signing.is_some());
        blocks.split_at(at.unwrap_or(blocks.len()))
    }

    /// How many feet stand beside each other on each page: lines of the footer and the number of the page. What is cut
    /// apart has one on each piece, an envelope has none.
    #[must_use]
    pub fn feet(&self) -> usize {
        match (self.paper, self.print) {
            (PaperSize::Dl | PaperSize::No10, _) => 0,
            (_, Print::Large) => 1,
            (_, Print::Normal) => self.parts.signing.as_ref().map_or(1, |signing| signing.per_page),
        }
    }

    /// The words at the head: what a letter is about, else the title. Exactly one of them is printed.
    #[must_use]
    pub fn headline(&self) -> &str {
        self.parts.subject.as_deref().unwrap_or(&self.title)
    }
}
