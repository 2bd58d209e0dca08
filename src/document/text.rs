//! The words of the running text.

use super::events::{Tag, runs};
use super::walk::of_blocks;
use super::{Block, BlockKind, Class, Document};

impl Document {
    /// The words that people sign: the sections of the petition, without their headings.
    #[must_use]
    pub fn petition(&self) -> Vec<String> {
        petition(&self.blocks)
    }

    /// The words in the header rows of its tables, which may be repeated on each page. Each once, in reading order.
    #[must_use]
    pub fn table_heads(&self) -> Vec<String> {
        let is_head = |tag: Tag| matches!(tag, Tag::HeadCell | Tag::ColumnHead);
        let mut heads: Vec<String> = Vec::new();
        for (_, words) in runs(of_blocks(&self.blocks)).into_iter().filter(|(tag, _)| is_head(*tag)) {
            if !words.is_empty() && !heads.contains(&words) {
                heads.push(words);
            }
        }
        heads
    }

    /// The words of the running text, block after block in reading order, without notes and parts.
    #[must_use]
    pub fn text(&self) -> Vec<String> {
        texts(&self.blocks)
    }
}

/// The words of the sections of the petition, without their headings.
#[must_use]
pub fn petition(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    // The level of the heading of the petition.
    let mut inside: Option<u8> = None;
    for block in blocks {
        if let BlockKind::Heading { level, classes, .. } = &block.kind {
            let goes_on = inside.filter(|own| own < level);
            inside = goes_on.or(classes.contains(&Class::Petition).then_some(*level));
        } else if inside.is_some() {
            out.extend(texts(std::slice::from_ref(block)));
        }
    }
    out
}

/// The words of some blocks, block after block in reading order.
#[must_use]
pub fn texts(blocks: &[Block]) -> Vec<String> {
    let runs = runs(of_blocks(blocks)).into_iter();
    runs.filter(|(tag, _)| *tag != Tag::ColumnHead).map(|(_, words)| words).collect()
}
