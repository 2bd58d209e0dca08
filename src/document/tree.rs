//! A document as a whole.

use chrono::NaiveDate;

use super::{Block, BlockKind, Class, Language, Ledger, Note, PaperSize, Parts, Print};

/// A finished document, ready to be rendered.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file name without its ending, for instance `letter-official.prosecutor-general.ru`.
    pub name: String,
    /// The template of the words, for instance `letter-official`.
    pub template: String,
    /// The layout, for instance `letter`.
    pub layout: String,
    /// Language of the text.
    pub language: Language,
    /// The title for metadata and the top of the page. It never contains a guarded word.
    pub title: String,
    /// Sheet of paper.
    pub paper: PaperSize,
    /// Size of the print.
    pub print: Print,
    /// The most pages; the text is set a little smaller to keep to them.
    pub most_pages: Option<usize>,
    /// The date for which the document is made and which it bears.
    pub as_of: NaiveDate,
    /// True if it tells a state whose last news was too old on that date.
    pub stale: bool,
    /// Names of persons, in each grammatical form, that no line break may split.
    pub names: Vec<String>,
    /// Words that must stay on the line of the number after them, in small letters.
    pub before_numbers: Vec<String>,
    /// Seed of the file's stable identifier; hashed, never written out.
    pub identity: String,
    /// The parts of the page outside the running text.
    pub parts: Parts,
    /// The running text, in reading order.
    pub blocks: Vec<Block>,
    /// Notes, numbered from 1 in the order of their first references.
    pub notes: Vec<Note>,
    /// Each demand and fact used, with its grounds and citations.
    pub ledger: Ledger,
    /// Files attached inside a PDF of it.
    pub attachments: Vec<Attachment>,
}

/// A file attached inside a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without a folder.
    pub name: String,
    /// Its MIME type.
    pub mime: String,
    /// Its description, in words.
    pub description: String,
    /// Its relation to the document.
    pub relationship: Relationship,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The relation of an attached file to the document.
///
/// Source: ISO 19005-3, 6.8 (`AFRelationship`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    /// The data that the pages show.
    Data,
    /// Further reading.
    Supplement,
}

impl Document {
    /// True if the notes are together in a section of their own.
    #[must_use]
    pub fn notes_together(&self) -> bool {
        let is_place = |block: &Block| matches!(&block.kind, BlockKind::Heading { classes, .. } if classes.contains(&Class::Notes));
        self.blocks.iter().any(is_place)
    }

    /// The blocks of each copy, and those that are printed once after all copies.
    #[must_use]
    pub fn copies(&self) -> (&[Block], &[Block]) {
        self.split(&self.blocks, Class::Once)
    }

    /// Of the blocks of a copy: those of its text, and those beside the lines to sign.
    #[must_use]
    pub fn by_the_lines<'a>(&self, copy: &'a [Block]) -> (&'a [Block], &'a [Block]) {
        self.split(copy, Class::ByTheLines)
    }

    /// The blocks before the first section of a class, and the rest; the rest is empty if nobody signs.
    fn split<'a>(&self, blocks: &'a [Block], class: Class) -> (&'a [Block], &'a [Block]) {
        let begins =
            |block: &Block| matches!(&block.kind, BlockKind::Heading { classes, .. } if classes.contains(&class));
        let at = blocks.iter().position(begins).filter(|_| self.parts.signing.is_some());
        blocks.split_at(at.unwrap_or(blocks.len()))
    }

    /// The number of footers side by side on each page, each with its lines and the page number. Copies that are cut
    /// apart have one each, an envelope has none.
    #[must_use]
    pub fn feet(&self) -> usize {
        match (self.paper, self.print) {
            (PaperSize::Dl | PaperSize::No10, _) => 0,
            (_, Print::Large) => 1,
            (_, Print::Normal) => self.parts.signing.as_ref().map_or(1, |signing| signing.per_page),
        }
    }

    /// The subject of a letter, else the title. Exactly one of them is printed.
    #[must_use]
    pub fn headline(&self) -> &str {
        self.parts.subject.as_deref().unwrap_or(&self.title)
    }
}
