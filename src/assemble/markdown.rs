//! Expanded Markdown as blocks: a closed list of constructs, each with its place in the template.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::claims::{Claims, origin};
use super::leaf::{Leaf, Mode, RunRole};
use super::reader::{DEPTH, MarkdownReader, Parsed, is_inline, too_deep};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Block, BlockKind, Class, Inline};
use crate::yaml::nearest;

/// Parses Markdown. `locate` gives the place of an offset in bytes.
pub fn parse(text: &str, claims: &Claims, locate: &dyn Fn(usize) -> Place) -> Parsed {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_FOOTNOTES;
    let events = Parser::new_ext(text, options).into_offset_iter().collect();
    let mut reader = MarkdownReader {
        events,
        at: 0,
        text,
        claims,
        locate,
        leaf: Leaf::default(),
        mode: Mode::Words,
        depth: 0,
        out: Parsed::default(),
    };
    let blocks = reader.blocks();
    Parsed { blocks, ..reader.out }
}

impl<'a> MarkdownReader<'a> {
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, range)) = self.events.get(self.at).cloned() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if !is_inline(&tag) && self.depth > DEPTH => {
                    self.refuse(&range, &too_deep(&tag), "use fewer levels");
                }
                Event::Start(tag) if !is_inline(&tag) => {
                    self.depth += 1;
                    blocks.extend(self.block(tag, &range));
                    self.depth -= 1;
                }
                // A line to write on.
                Event::Rule if self.text[range.clone()].trim_start().starts_with('_') => {
                    self.at += 1;
                    blocks.push(self.made(BlockKind::Blank, &range));
                }
                Event::Rule => self.refuse(
                    &range,
                    "a rule between paragraphs",
                    "begin a new section with a heading; a line to write on is `____`",
                ),
                Event::Html(_) => self.refuse(&range, "HTML", "use Markdown alone"),
                // The words of a list item that has no paragraphs of its own.
                _ => {
                    let content = self.leaf(RunRole::Body);
                    blocks.push(self.made(BlockKind::Paragraph(content), &range));
                }
            }
        }
        blocks
    }

    fn made(&self, kind: BlockKind, range: &Range<usize>) -> Block {
        Block { kind, origin: origin(&(self.locate)(range.start)) }
    }

    fn block(&mut self, tag: Tag<'a>, range: &Range<usize>) -> Option<Block> {
        let kind = match tag {
            Tag::Paragraph => {
                self.at += 1;
                let content = self.leaf(RunRole::Body);
                self.table_without_header(&content, range);
                BlockKind::Paragraph(content)
            }
            Tag::Heading { level, id, classes, attrs } => {
                self.at += 1;
                let place = (self.locate)(range.start);
                let classes = classes.iter().filter_map(|class| self.class(class, &place)).collect();
                if !attrs.is_empty() {
                    self.construct(place.clone(), "an attribute of a heading", "use `{#id .class}` alone");
                }
                let level = depth(level);
                let id = id.map(|id| id.to_string());
                self.out.headings.push((level, id.clone(), place));
                BlockKind::Heading { level, id, classes, content: self.leaf(RunRole::Heading) }
            }
            Tag::List(start) => BlockKind::List { start, items: self.items() },
            Tag::DefinitionList => BlockKind::Definitions(self.definitions()),
            Tag::Table(_) => return self.table(range),
            other => return self.forbidden(&other, range),
        };
        self.at += 1;
        Some(self.made(kind, range))
    }

    fn forbidden(&mut self, tag: &Tag, range: &Range<usize>) -> Option<Block> {
        let (what, hint) = match tag {
            Tag::BlockQuote(_) => (
                "a block quotation of the template's own words",
                "only a verified quotation may stand in a block; write a paragraph",
            ),
            Tag::CodeBlock(_) => ("a block of code", "begin the line further to the left: four spaces make code of it"),
            Tag::HtmlBlock => ("HTML", "use Markdown alone"),
            Tag::FootnoteDefinition(_) => ("a hand-made footnote", "notes are made from the claims; print the fact"),
            _ => ("a construct that documents do not have", "use headings, paragraphs, lists and tables"),
        };
        self.refuse(range, what, hint);
        None
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        self.at += 1;
        let mut items = Vec::new();
        while matches!(self.events.get(self.at), Some((Event::Start(Tag::Item), _))) {
            self.at += 1;
            items.push(self.blocks());
            self.at += 1;
        }
        items
    }

    fn definitions(&mut self) -> Vec<(Vec<Inline>, Vec<Block>)> {
        self.at += 1;
        let mut items: Vec<(Vec<Inline>, Vec<Block>)> = Vec::new();
        while let Some((Event::Start(tag), _)) = self.events.get(self.at).cloned() {
            self.at += 1;
            match (tag, items.last_mut()) {
                (Tag::DefinitionListTitle, _) => items.push((self.leaf(RunRole::Body), Vec::new())),
                (_, None) => drop(self.blocks()),
                (_, Some(_)) => {
                    let blocks = self.blocks();
                    items.last_mut().into_iter().for_each(|(_, all)| all.extend(blocks.iter().cloned()));
                }
            }
            self.at += 1;
        }
        items
    }

    fn table(&mut self, range: &Range<usize>) -> Option<Block> {
        self.at += 1;
        let mut header = Vec::new();
        let mut rows = Vec::new();
        while let Some((Event::Start(tag), _)) = self.events.get(self.at).cloned() {
            self.at += 1;
            match tag {
                Tag::TableHead => header = self.cells(RunRole::TableHeader),
                _ => rows.push(self.cells(RunRole::Body)),
            }
            self.at += 1;
        }
        self.at += 1;
        if header.iter().all(|cell| crate::document::plain(cell).trim().is_empty()) {
            self.no_header(range);
            return None;
        }
        Some(self.made(BlockKind::Table { header, rows }, range))
    }

    fn cells(&mut self, role: RunRole) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while matches!(self.events.get(self.at), Some((Event::Start(Tag::TableCell), _))) {
            self.at += 1;
            cells.push(self.leaf(role));
            self.at += 1;
        }
        cells
    }

    /// The parser reads rows without the line under the header as a paragraph.
    fn table_without_header(&mut self, content: &[Inline], range: &Range<usize>) {
        let row = matches!(content.first(), Some(Inline::Text(text)) if text.starts_with('|'));
        if row && !self.text[range.clone()].trim_start().starts_with('\\') {
            self.no_header(range);
        }
    }

    fn no_header(&mut self, range: &Range<usize>) {
        let place = (self.locate)(range.start);
        let problem = Diagnostic::error(Code::TemplateHeading, place, "this table has no header row");
        self.out.problems.push(problem.hint("name the columns in the first row, and put `| --- | --- |` under it"));
    }

    fn class(&mut self, class: &str, place: &Place) -> Option<Class> {
        let found = Class::from_name(class);
        if found.is_none() {
            let known = Class::ALL.map(Class::name);
            let hint = nearest(class, &known).unwrap_or_else(|| format!("there are: {}", known.join(", ")));
            self.construct(place.clone(), &format!("a heading of the class `{class}`"), &hint);
        }
        found
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
