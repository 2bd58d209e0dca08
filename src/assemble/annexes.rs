//! The list of annexes: the sources that a document cites, in the order in which it first cites them.

use super::assembler::Assembler;
use crate::document::{Block, BlockKind, Class, Inline, Ledger};
use crate::source::Record;

impl Assembler<'_> {
    /// Adds the list to each section that asks for it, under its words.
    ///
    /// Source: forms specification, 10.1: annexes are numbered in the order of first mention.
    pub(super) fn annexes(&self, blocks: &mut Vec<Block>, ledger: &Ledger) {
        let asks = |block: &Block| matches!(&block.kind, BlockKind::Heading { classes, .. } if classes.contains(&Class::Annexes));
        let Some(start) = blocks.iter().position(asks) else { return };
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
        let end = blocks[start + 1..].iter().position(is_heading).map_or(blocks.len(), |at| start + 1 + at);
        let origin = blocks[start].origin.clone();
        let entries = self.request.bibliography.list(&self.cited(ledger), self.locale);
        let paragraph = |words: String| {
            let kind = BlockKind::Paragraph(vec![Inline::Text(words)]);
            vec![Block { kind, origin: origin.clone() }]
        };
        let items: Vec<Vec<Block>> = entries
            .into_iter()
            .map(|spans| paragraph(spans.into_iter().map(|span| span.text).collect::<String>()))
            .collect();
        if !items.is_empty() {
            let kind = BlockKind::List { start: Some(1), items };
            blocks.insert(end, Block { kind, origin: origin.clone() });
        }
    }

    /// The sources that the ledger cites, each once, in the order of first mention.
    fn cited(&self, ledger: &Ledger) -> Vec<&Record> {
        let mut cited: Vec<&Record> = Vec::new();
        for one in ledger.entries.iter().flat_map(|entry| &entry.citations) {
            let record = self.view.sources.get(&one.source);
            cited.extend(record.filter(|record| !cited.iter().any(|known| known.id == record.id)));
        }
        cited
    }
}
