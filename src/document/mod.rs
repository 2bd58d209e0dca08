//! The document that assembling gives: a tree of blocks with its ledger.
//!
//! It knows no other room. Nothing of YAML, of a template language or of Typst is left in it, so every format
//! (PDF, Markdown, text) reads the same tree and says the same words.

pub(crate) mod flow;
mod id;
pub mod words;

use std::ops::Range;

use chrono::NaiveDate;

pub use id::ClaimId;

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
    pub paper: Paper,
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

/// A language of a document and the country whose habits it follows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language {
    /// ISO 639 code: `en`, `ru`.
    pub code: String,
    /// ISO 3166 code: `GB`, `RU`. Empty where none is known.
    pub region: String,
}

/// A sheet of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 215.9 by 279.4 mm.
    UsLetter,
    /// An envelope for a sheet of A4 folded twice: 220 by 110 mm.
    ///
    /// Source: ISO 269 (withdrawn, the sizes stay in use).
    Dl,
    /// An envelope for a sheet of US Letter folded twice: 9 1/2 by 4 1/8 in, 241.3 by 104.8 mm.
    No10,
}

/// Sizes of print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Print {
    /// As the layout has it.
    #[default]
    Normal,
    /// 18 points for what is read, nothing below 16.
    Large,
}

/// What stands on the page outside the running text. The layout sets it.
///
/// An empty list or `None` means: this kind of document has no such part.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts {
    /// The head of the page, for instance the name of the document kind.
    pub letterhead: Vec<Line>,
    /// Who writes. Ruled blanks where the sender fills in by hand.
    pub sender: Vec<Line>,
    /// Where a letter goes back to if it cannot be delivered; it shows in the window above the address.
    pub return_line: Option<Line>,
    /// Who is addressed: office, street, town, country.
    pub recipient: Vec<Line>,
    /// Place and date line of a letter.
    pub date: Option<Line>,
    /// What the letter is about.
    pub subject: Option<String>,
    /// Closing words, ruled blank for the signature, name.
    pub signature: Vec<Line>,
    /// Enclosures, each with its title.
    pub enclosures: Vec<String>,
    /// Where people sign, on a paper that supporters sign: a sheet for several, a card for one.
    pub signing: Option<Signing>,
    /// The mark on each page of a paper that is not verified, not to be given away, or not to be sent: it is set large,
    /// and no layout can leave it out.
    pub draft: Option<String>,
    /// A line at the foot of each page: as known on, use until, latest news.
    pub footer: Vec<String>,
}

/// Where people sign. The file holds the paper several times, each with its whole text and its own number.
#[derive(Debug, Clone, PartialEq)]
pub struct Signing {
    /// What each copy bears: its number and the version of the text, so that signatures belong to the text.
    pub marks: Vec<String>,
    /// So many copies stand beside each other on a page, to be cut apart; in large print one.
    pub per_page: usize,
    /// The warning at the head of each copy in a language of the country itself.
    pub warning: Option<String>,
    /// The heads of the columns of a list: number, name, town and country, signature.
    pub columns: Vec<String>,
    /// Lines to sign on each copy, numbered from 1; a card has none.
    pub rows: usize,
    /// What is filled in by hand: by whoever signs a card, by whoever collects a list.
    pub fields: Vec<Line>,
    /// Words on the strip that hides the lines which others have filled in; a card has none.
    pub cover: Option<String>,
}

/// One line of a part: text, or a ruled blank with the words that say what to write on it.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// Printed words.
    Text(String),
    /// A rule to be filled in by hand; `label` is printed small beside it.
    Blank {
        /// What to write here, in the document's language.
        label: String,
        /// Words already filled in, printed on the rule.
        filled: Option<String>,
    },
}

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

/// Classes a heading may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Paragraphs under it are numbered.
    Numbered,
    /// Starts a new page.
    NewPage,
    /// The section stands in a box.
    Box,
    /// The notes stand in this section, not at the foot of the pages.
    Notes,
    /// A line to cut along stands above the section.
    CutOff,
    /// The letter that goes with the document stands in this section, in both languages.
    SideBySide,
    /// The face of the envelope stands in this section.
    Envelope,
    /// The text that people sign: its words are counted, and its version is worked out from them.
    Petition,
    /// The section and what follows it stand by the lines to sign, apart from the text.
    ByTheLines,
    /// The section stands once, after all copies of a paper that people sign.
    Once,
    /// The list of the sources that the document cites stands in this section.
    Annexes,
}

impl Class {
    /// Each class with its name in a template.
    pub const ALL: [(&'static str, Self); 11] = [
        ("numbered", Self::Numbered),
        ("new-page", Self::NewPage),
        ("box", Self::Box),
        ("notes", Self::Notes),
        ("cut-off", Self::CutOff),
        ("side-by-side", Self::SideBySide),
        ("envelope", Self::Envelope),
        ("petition", Self::Petition),
        ("by-the-lines", Self::ByTheLines),
        ("once", Self::Once),
        ("annexes", Self::Annexes),
    ];

    /// Its name in a template.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, class)| *class == self).map_or("", |(name, _)| name)
    }

    /// The class of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(own, _)| *own == name).map(|(_, class)| *class)
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
        /// Index into [`Ledger::entries`], from 0.
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

/// Where words came from: a place in a file of the user.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The file as the user knows it: relative to the project, or `templates/…`.
    pub file: String,
    /// Line, from 1; 0 where unknown.
    pub line: usize,
    /// Byte range in that file, where known.
    pub bytes: Option<Range<usize>>,
}

/// For one document: each demand and fact used, its citations, and how each was verified.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// In the order in which the document first uses them.
    pub entries: Vec<Entry>,
}

/// One claim of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it puts into words.
    pub id: ClaimId,
    /// Its words in this document.
    pub text: String,
    /// Ids of the facts a demand rests on.
    pub grounds: Vec<String>,
    /// What it is cited to.
    pub citations: Vec<Cited>,
    /// Where it stands in the case file.
    pub origin: Origin,
    /// The status worked out for this document: `established`, `reported`, … Empty for demands and norms.
    pub status: String,
}

/// The kinds of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClaimKind {
    /// A fact of the case.
    Fact,
    /// What is asked.
    Demand,
    /// An article of a treaty, declaration, rule or statute: the drafter's.
    Norm,
    /// A reservation that travels with a fact.
    Caveat,
    /// What the sources do not say.
    Gap,
    /// An argument of the drafter.
    Argument,
    /// A step taken before.
    Step,
}

impl ClaimKind {
    const ALL: [Self; 7] = [Self::Fact, Self::Demand, Self::Norm, Self::Caveat, Self::Gap, Self::Argument, Self::Step];

    /// As ledgers and manifests call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Demand => "demand",
            Self::Norm => "norm",
            Self::Caveat => "caveat",
            Self::Gap => "gap",
            Self::Argument => "argument",
            Self::Step => "step",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One citation of a claim, as verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Id of the source.
    pub source: String,
    /// Where in the source, for instance `para 12`.
    pub locator: String,
    /// The quoted phrase.
    pub quote: String,
    /// What comparing it with its copy gave.
    pub verdict: Verdict,
    /// The tier the match needed: `exact`, `white-space`, `typographic`, `unicode`, `hyphenation`. Empty if none.
    pub tier: String,
    /// SHA-256 of the copy, in hexadecimal.
    pub digest: String,
}

/// What comparing a citation with its copy gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The words stand in the copy, at their place.
    Verified,
    /// They did when the citation was last compared, with a copy of a recorded digest.
    Locked,
    /// There is no copy, or none that can be read.
    NotCheckable,
    /// They do not stand there.
    Absent,
}

impl Verdict {
    /// As ledgers and manifests call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Locked => "locked",
            Self::NotCheckable => "not-checkable",
            Self::Absent => "absent",
        }
    }

    /// Whether the citation may stand in a paper that is no draft.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        matches!(self, Self::Verified | Self::Locked)
    }
}

impl Parts {
    /// Adds a mark to those on each page.
    pub fn mark(&mut self, words: &str) {
        self.draft = Some(match self.draft.take() {
            Some(other) => format!("{other} · {words}"),
            None => words.to_owned(),
        });
    }
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

    /// The words that people sign: those of the sections that are the petition, without their headings.
    #[must_use]
    pub fn petition(&self) -> Vec<String> {
        petition(&self.blocks)
    }

    /// How many feet stand beside each other on each page: lines of the footer and the number of the page. What is cut
    /// apart has one on each piece, an envelope has none.
    #[must_use]
    pub fn feet(&self) -> usize {
        match (self.paper, self.print) {
            (Paper::Dl | Paper::No10, _) => 0,
            (_, Print::Large) => 1,
            (_, Print::Normal) => self.parts.signing.as_ref().map_or(1, |signing| signing.per_page),
        }
    }

    /// The words in the heads of its tables: they may return on each page. Each once, in reading order.
    #[must_use]
    pub fn table_heads(&self) -> Vec<String> {
        let mut heads = Vec::new();
        self.blocks.iter().for_each(|block| block.collect_heads(&mut heads));
        let mut seen = Vec::new();
        heads.retain(|words: &String| {
            let is_new = !words.is_empty() && !seen.contains(words);
            seen.extend(is_new.then(|| words.clone()));
            is_new
        });
        heads
    }

    /// The words of the running text, block after block in reading order, without notes and parts.
    #[must_use]
    pub fn text(&self) -> Vec<String> {
        let mut out = Vec::new();
        for block in &self.blocks {
            block.collect_text(&mut out);
        }
        out
    }
}

/// The words of the sections that are the petition, without their headings.
#[must_use]
pub fn petition(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    // The level of the section in which the words are signed.
    let mut inside: Option<u8> = None;
    for block in blocks {
        if let BlockKind::Heading { level, classes, .. } = &block.kind {
            let goes_on = inside.filter(|own| own < level);
            inside = goes_on.or(classes.contains(&Class::Petition).then_some(*level));
        } else if inside.is_some() {
            block.collect_text(&mut out);
        }
    }
    out
}

impl Block {
    fn collect_heads(&self, out: &mut Vec<String>) {
        match &self.kind {
            BlockKind::Table { header, .. } => out.extend(header.iter().map(|cell| plain(cell))),
            BlockKind::SideBySide(beside) => {
                out.extend(beside.header.iter().cloned());
                beside.blocks().for_each(|block| block.collect_heads(out));
            }
            BlockKind::List { items, .. } => items.iter().flatten().for_each(|block| block.collect_heads(out)),
            BlockKind::Definitions(items) => {
                items.iter().flat_map(|(_, blocks)| blocks).for_each(|block| block.collect_heads(out));
            }
            BlockKind::Quotation(blocks) => blocks.iter().for_each(|block| block.collect_heads(out)),
            BlockKind::Heading { .. } | BlockKind::Paragraph(_) | BlockKind::Blank | BlockKind::Envelope { .. } => {}
        }
    }

    /// Appends the words of this block and the blocks inside it, in reading order.
    pub fn collect_text(&self, out: &mut Vec<String>) {
        match &self.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => out.push(plain(content)),
            BlockKind::List { items, .. } => items.iter().flatten().for_each(|block| block.collect_text(out)),
            BlockKind::Definitions(items) => {
                for (term, description) in items {
                    out.push(plain(term));
                    for block in description {
                        block.collect_text(out);
                    }
                }
            }
            BlockKind::Table { header, rows } => {
                out.extend(header.iter().map(|cell| plain(cell)));
                out.extend(rows.iter().flatten().map(|cell| plain(cell)));
            }
            BlockKind::Quotation(blocks) => blocks.iter().for_each(|block| block.collect_text(out)),
            BlockKind::SideBySide(beside) => beside.blocks().for_each(|block| block.collect_text(out)),
            BlockKind::Blank => {}
            BlockKind::Envelope { sender, address, .. } => {
                out.push(sender.clone());
                out.extend(address.iter().flat_map(Line::words).map(str::to_owned));
            }
        }
    }
}

impl SideBySide {
    /// The blocks in reading order: each passage in both languages, then the next.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.rows.iter().flatten().flatten()
    }
}

impl Line {
    /// The words on it: printed ones, or the label of a blank and what is filled in.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Text(words) => (words.as_str(), None),
            Self::Blank { label, filled } => (label.as_str(), filled.as_deref()),
        };
        std::iter::once(first).chain(second)
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

impl Paper {
    /// As layouts call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::UsLetter => "us-letter",
            Self::Dl => "dl",
            Self::No10 => "no-10",
        }
    }

    /// The envelope in which a sheet of this paper, folded twice, is sent.
    #[must_use]
    pub fn envelope(self) -> Self {
        match self {
            Self::A4 | Self::Dl => Self::Dl,
            Self::UsLetter | Self::No10 => Self::No10,
        }
    }

    /// Width and height in mm.
    #[must_use]
    pub fn size(self) -> (f64, f64) {
        match self {
            Self::A4 => (210.0, 297.0),
            Self::UsLetter => (215.9, 279.4),
            Self::Dl => (220.0, 110.0),
            Self::No10 => (241.3, 104.8),
        }
    }
}
