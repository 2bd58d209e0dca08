//! The effect of the classes of headings on the blocks under them (boxes, numbers, new pages), the same for every
//! format.

use crate::document::{Block, BlockKind, Class};

/// A piece of the running text.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece<'a> {
    /// A block as it is.
    Block(&'a Block),
    /// A new page starts here.
    NewPage,
    /// A section in a box, its heading first.
    Box(Vec<Piece<'a>>),
    /// The section that people sign, its heading first.
    Petition(Vec<Piece<'a>>),
    /// Numbered paragraphs; numbers run through the whole document and count from 1.
    Numbered {
        /// Number of the first item.
        start: u64,
        /// Each item is a paragraph with the blocks that belong to it.
        items: Vec<Vec<&'a Block>>,
    },
    /// All notes of the document.
    Notes,
    /// A line to cut along.
    CutOff,
}

/// The running text with the effect of its classes.
pub(crate) fn flow(blocks: &[Block]) -> Vec<Piece<'_>> {
    Flow { blocks, at: 0, paragraphs: 0 }.section(0, false)
}

struct Flow<'a> {
    blocks: &'a [Block],
    at: usize,
    paragraphs: u64,
}

impl<'a> Flow<'a> {
    /// The blocks before the next heading of `level` or a higher one.
    fn section(&mut self, level: u8, numbered: bool) -> Vec<Piece<'a>> {
        let mut out = Vec::new();
        while let Some(block) = self.blocks.get(self.at) {
            if let BlockKind::Heading { level: own, classes, .. } = &block.kind {
                if *own <= level {
                    break;
                }
                self.at += 1;
                self.heading(block, *own, classes, numbered, &mut out);
            } else {
                self.at += 1;
                self.place(block, numbered, &mut out);
            }
        }
        out
    }

    fn heading(&mut self, block: &'a Block, level: u8, classes: &[Class], numbered: bool, out: &mut Vec<Piece<'a>>) {
        if classes.contains(&Class::NewPage) {
            out.push(Piece::NewPage);
        }
        if classes.contains(&Class::CutOff) {
            out.push(Piece::CutOff);
        }
        let mut section = vec![Piece::Block(block)];
        section.extend(self.section(level, numbered || classes.contains(&Class::Numbered)));
        if classes.contains(&Class::Notes) {
            section.push(Piece::Notes);
        }
        if classes.contains(&Class::Box) {
            out.push(Piece::Box(section));
        } else if classes.contains(&Class::Petition) {
            out.push(Piece::Petition(section));
        } else {
            out.extend(section);
        }
    }

    fn place(&mut self, block: &'a Block, numbered: bool, out: &mut Vec<Piece<'a>>) {
        let paragraph = matches!(block.kind, BlockKind::Paragraph(_));
        match out.last_mut() {
            Some(Piece::Numbered { items, .. }) if paragraph => {
                self.paragraphs += 1;
                items.push(vec![block]);
            }
            Some(Piece::Numbered { items, .. }) => {
                if let Some(item) = items.last_mut() {
                    item.push(block);
                }
            }
            _ if numbered && paragraph => {
                self.paragraphs += 1;
                out.push(Piece::Numbered { start: self.paragraphs, items: vec![vec![block]] });
            }
            _ => out.push(Piece::Block(block)),
        }
    }
}
