//! The parts of the report's pages: words with their language, paragraphs, lists and tables.

use super::report::{Report, SECTIONS};
use crate::case::{Citation, Date, Text};
use crate::document::{Block, BlockKind, Inline, Language, Origin, PROGRAM_LANGUAGE};

/// Words of one cell, one item or one paragraph.
#[derive(Debug, Default, Clone)]
pub(super) struct CellWords(pub(super) Vec<Inline>);

impl CellWords {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn of(words: impl AsRef<str>) -> Self {
        Self::new().say(words)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn say(mut self, words: impl AsRef<str>) -> Self {
        if !words.as_ref().is_empty() {
            self.0.push(Inline::Text(words.as_ref().to_owned()));
        }
        self
    }

    pub(super) fn strong(mut self, words: impl AsRef<str>) -> Self {
        self.0.push(Inline::Strong(Self::of(words).0));
        self
    }

    pub(super) fn link(mut self, target: &str, words: &str) -> Self {
        self.0.push(Inline::Link { target: target.to_owned(), content: Self::of(words).0 });
        self
    }

    pub(super) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Begins a new line.
    pub(super) fn line(mut self) -> Self {
        if !self.is_empty() {
            self.0.push(Inline::LineBreak);
        }
        self
    }

    /// Joins several words with something between them.
    pub(super) fn join(all: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let each = all.into_iter().filter(|words| !words.is_empty());
        each.fold(Self::new(), |out, words| if out.is_empty() { words } else { out.say(between).then(words) })
    }

    /// Joins several words, each on its own line.
    pub(super) fn lines(all: impl IntoIterator<Item = Self>) -> Self {
        let each = all.into_iter().filter(|words| !words.is_empty());
        each.fold(Self::new(), |out, words| out.line().then(words))
    }
}

/// Words of a case on one line.
pub(super) fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ids, separated from each other.
pub(super) fn ids<S: AsRef<str>>(all: impl IntoIterator<Item = S>) -> String {
    all.into_iter().map(|id| id.as_ref().to_owned()).collect::<Vec<_>>().join(", ")
}

impl Report<'_> {
    fn block(&mut self, kind: BlockKind) {
        self.blocks.push(block(kind));
    }

    pub(super) fn heading(&mut self, level: u8, id: Option<&str>, title: &str) {
        let content = CellWords::of(title).0;
        self.block(BlockKind::Heading { level, id: id.map(str::to_owned), classes: Vec::new(), content });
    }

    /// A section with a sentence on its purpose.
    pub(super) fn section(&mut self, id: &'static str, lead: &str) {
        let title = SECTIONS.iter().find(|(own, _)| *own == id).map_or(id, |(_, title)| *title);
        self.heading(1, Some(id), title);
        self.paragraph(CellWords(vec![Inline::Emphasis(CellWords::of(lead).0)]));
    }

    pub(super) fn paragraph(&mut self, words: CellWords) {
        self.block(BlockKind::Paragraph(words.0));
    }

    /// A numbered list of tasks, each with the entries it is about.
    pub(super) fn numbered(&mut self, items: Vec<(CellWords, Vec<CellWords>)>) {
        let item = |(what, each): (CellWords, Vec<CellWords>)| {
            let mut blocks = vec![block(BlockKind::Paragraph(what.0))];
            if !each.is_empty() {
                let items = each.into_iter().map(|words| vec![block(BlockKind::Paragraph(words.0))]).collect();
                blocks.push(block(BlockKind::List { start: None, items }));
            }
            blocks
        };
        let items = items.into_iter().map(item).collect();
        self.block(BlockKind::List { start: Some(1), items });
    }

    /// A table; without rows a sentence says that there is nothing.
    pub(super) fn table(&mut self, header: &[&str], rows: Vec<Vec<CellWords>>) {
        if rows.is_empty() {
            return self.paragraph(CellWords::of("None recorded."));
        }
        let header = header.iter().map(|words| CellWords::of(words).0).collect();
        let rows = rows.into_iter().map(|row| row.into_iter().map(|cell| cell.0).collect()).collect();
        self.block(BlockKind::Table { header, rows });
    }

    /// Words in another language.
    pub(super) fn foreign(&self, code: &str, words: &str) -> CellWords {
        let content = CellWords::of(flat(words)).0;
        if code.is_empty() || code == PROGRAM_LANGUAGE || content.is_empty() {
            return CellWords(content);
        }
        let region = self.request.reference.locale(code).map_or("", |locale| locale.format.region());
        let language = Language { code: code.to_owned(), region: region.to_owned() };
        CellWords(vec![Inline::Foreign { language, content }])
    }

    /// Languages in the order of the report: its own first.
    fn languages(&self) -> impl Iterator<Item = &String> {
        let own = |code: &&String| **code == PROGRAM_LANGUAGE;
        self.case.languages.iter().filter(own).chain(self.case.languages.iter().filter(move |code| !own(code)))
    }

    /// A text of the case in the report's language, else in the first language that it has.
    pub(super) fn first(&self, text: &Text) -> CellWords {
        let found = self.languages().find_map(|code| Some((code, text.get(code)?)));
        found.map(|(code, words)| self.foreign(code, words)).unwrap_or_default()
    }

    /// A text of the case in all its languages, each on its own line.
    pub(super) fn all(&self, text: &Text) -> CellWords {
        CellWords::lines(self.languages().filter_map(|code| Some(self.foreign(code, text.get(code)?))))
    }

    /// The name of a person or thing, or the description of an unnamed person; else the id.
    pub(super) fn name(&self, id: &str) -> CellWords {
        let Some(named) = self.case.names.get(id) else { return CellWords::of(id) };
        let name = self.languages().find_map(|code| Some(self.foreign(code, named.names.get(code)?.plain())));
        let words = name.unwrap_or_else(|| self.first(&named.describe));
        if words.is_empty() { CellWords::of(id) } else { words }
    }

    /// A date with the words of its source, in the language of that source, and the reckoning.
    pub(super) fn date(&self, date: &Date, source: Option<&str>) -> CellWords {
        let printed = date
            .printed
            .as_ref()
            .map(|words| CellWords::of("printed “").then(self.in_source(source.unwrap_or_default(), words)).say("”"));
        let reckoning = date.reckoning.as_ref().map(|words| CellWords::of(format!("reckoned: {}", flat(words))));
        CellWords::lines([Some(CellWords::of(date.to_string())), printed, reckoning].into_iter().flatten())
    }

    /// The short form of the place of a citation.
    pub(super) fn at(citation: &Citation) -> String {
        format!("{} {}", citation.source, citation.at)
    }
}

fn block(kind: BlockKind) -> Block {
    Block { kind, origin: Origin::default() }
}
