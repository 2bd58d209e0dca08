//! The letter that a document goes with: its text in both languages, and the front of its envelope.

use super::assembler::{Assembler, Written};
use super::claims::Claims;
use super::request::Request;
use super::template::Templates;
use crate::diag::{Code, Diagnostic, Place, Severity};
use crate::document::{Block, BlockKind, Class, Document, Inline, Line, Origin, SideBySide, plain};

impl Assembler<'_> {
    /// Puts the letter and its envelope into the sections that ask for them.
    pub(super) fn insert(
        &self,
        letter: &Document,
        written: &mut Written,
        templates: &Templates,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<()> {
        if !written.blocks.iter().any(|block| is_of(block, Class::SideBySide) || is_of(block, Class::Envelope)) {
            return Some(());
        }
        let translation = self.translation(letter, templates, problems)?;
        let envelope = BlockKind::Envelope {
            sender: self.locale.words.envelope_sender.clone(),
            address: letter.parts.recipient.clone(),
            language: letter.language.clone(),
        };
        under(&mut written.blocks, Class::Envelope, envelope);
        let beside = self.beside(letter, translation, &mut written.claims);
        under(&mut written.blocks, Class::SideBySide, BlockKind::SideBySide(beside));
        Some(())
    }

    /// The letter in the language of this document. Warnings are left out: the letter itself has them already.
    fn translation(&self, letter: &Document, templates: &Templates, problems: &mut Vec<Diagnostic>) -> Option<Written> {
        let spec = templates.spec(&letter.template).map_err(|found| problems.extend(found)).ok()?;
        let request = Request { template: &letter.template, letter: None, ..self.request.clone() };
        let mut found = Vec::new();
        let written = Assembler::new(&request, self.view, self.reference, &spec)
            .map_err(|problem| found.push(*problem))
            .ok()
            .and_then(|assembler| assembler.write(templates, &mut found));
        problems.extend(found.into_iter().filter(|problem| problem.severity == Severity::Error));
        written
    }

    /// Both texts, from the address to the closing words. The claims of the translation become claims of the document,
    /// with notes. The letter itself has its own notes.
    fn beside(&self, letter: &Document, translation: Written, claims: &mut Claims) -> SideBySide {
        let mut left = passages(letter.parts.clone(), letter.blocks.clone());
        edit(&mut left, &flat);
        let mut right = passages(translation.parts, translation.blocks);
        let before = claims.append(translation.claims);
        edit(&mut right, &|run| renumber(run, before));
        let words = &self.locale.words;
        SideBySide {
            header: [words.as_sent.clone(), words.in_translation.clone()],
            language: letter.language.clone(),
            rows: pairs(left, right),
        }
    }
}

/// Reports sections for a letter in a paper that goes with no letter.
pub(super) fn without_letter(blocks: &[Block]) -> Vec<Diagnostic> {
    let classes = [Class::SideBySide, Class::Envelope];
    let found =
        blocks.iter().filter_map(|block| Some((block, classes.into_iter().find(|class| is_of(block, *class))?)));
    let told = |(block, class): (&Block, Class)| {
        let place = Place::line(block.origin.file.as_str(), block.origin.line);
        let words = format!("a section `.{}` in a paper that goes with no letter", class.name());
        let hint = "take the class away; only a paper that a letter names under `companions` has a letter to show";
        Diagnostic::error(Code::TemplateConstruct, place, words).hint(hint)
    };
    found.map(told).collect()
}

/// True for a heading of the class.
fn is_of(block: &Block, class: Class) -> bool {
    matches!(&block.kind, BlockKind::Heading { classes, .. } if classes.contains(&class))
}

/// Adds a block under each heading of a class.
fn under(blocks: &mut Vec<Block>, class: Class, kind: BlockKind) {
    let Some(at) = blocks.iter().position(|block| is_of(block, class)) else { return };
    // After the words under the heading, before the next one.
    let rest = blocks[at + 1..].iter().position(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let end = rest.map_or(blocks.len(), |rest| at + 1 + rest);
    let origin = blocks[at].origin.clone();
    blocks.insert(end, Block { kind, origin });
}

/// A letter in pieces that can stand side by side: its head, its subject, each paragraph and item, its closing.
fn passages(parts: crate::document::Parts, blocks: Vec<Block>) -> Vec<Block> {
    let head =
        [parts.sender, parts.return_line.into_iter().collect(), parts.recipient, parts.date.into_iter().collect()];
    let mut out: Vec<Block> = head.into_iter().filter_map(|part| lines(printed(part))).collect();
    out.extend(parts.subject.map(|words| paragraph(vec![Inline::Strong(vec![Inline::Text(words)])])));
    for Block { kind, origin } in blocks {
        match kind {
            BlockKind::List { start, items } => out.extend((0..).zip(items).map(|(index, item)| Block {
                kind: BlockKind::List { start: start.map(|start| start + index), items: vec![item] },
                origin: origin.clone(),
            })),
            kind => out.push(Block { kind, origin }),
        }
    }
    out.extend(lines(printed(parts.signature)));
    out
}

/// The words of lines; a blank to fill in by hand is in brackets.
fn printed(lines: Vec<Line>) -> Vec<String> {
    let words = lines.into_iter().filter_map(|line| match line {
        Line::Text(words) => Some(words),
        Line::Blank { label, .. } => Some(label).filter(|label| !label.is_empty()).map(|label| format!("[{label}]")),
    });
    words.collect()
}

/// Lines as a paragraph, if there are any.
fn lines(words: Vec<String>) -> Option<Block> {
    let mut run = Vec::new();
    for words in words {
        if !run.is_empty() {
            run.push(Inline::LineBreak);
        }
        run.push(Inline::Text(words));
    }
    (!run.is_empty()).then(|| paragraph(run))
}

fn paragraph(run: Vec<Inline>) -> Block {
    Block { kind: BlockKind::Paragraph(run), origin: Origin::default() }
}

/// Pairs the passages if both texts have the same kinds of blocks in the same order; else pairs the whole texts.
fn pairs(left: Vec<Block>, right: Vec<Block>) -> Vec<[Vec<Block>; 2]> {
    let kinds = |blocks: &[Block]| blocks.iter().map(|block| std::mem::discriminant(&block.kind)).collect::<Vec<_>>();
    if kinds(&left) == kinds(&right) {
        left.into_iter().zip(right).map(|(left, right)| [vec![left], vec![right]]).collect()
    } else {
        vec![[left, right]]
    }
}

/// Turns claims into plain words, without the note numbers of the letter.
fn flat(run: &mut Vec<Inline>) {
    run.retain(|inline| !matches!(inline, Inline::NoteReference(_)));
    for inline in run {
        match inline {
            Inline::Claim { content, .. } => *inline = Inline::Text(plain(content)),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. }
            | Inline::Foreign { content: inner, .. } => flat(inner),
            Inline::Text(_) | Inline::NoteReference(_) | Inline::LineBreak => {}
        }
    }
}

/// Renumbers claims for a longer list with `before` claims in front of them.
fn renumber(run: &mut [Inline], before: usize) {
    for inline in run {
        match inline {
            Inline::Claim { entry, .. } => *entry += before,
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. }
            | Inline::Foreign { content: inner, .. } => {
                renumber(inner, before);
            }
            Inline::Text(_) | Inline::NoteReference(_) | Inline::LineBreak => {}
        }
    }
}

/// Changes each run of words.
fn edit(blocks: &mut [Block], change: &dyn Fn(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => change(content),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| edit(item, change)),
            BlockKind::Definitions(items) => {
                for (term, description) in items {
                    change(term);
                    edit(description, change);
                }
            }
            BlockKind::Table { header, rows } => {
                header.iter_mut().chain(rows.iter_mut().flatten()).for_each(change);
            }
            BlockKind::Quotation(inner) => edit(inner, change),
            BlockKind::Blank | BlockKind::SideBySide(_) | BlockKind::Envelope { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::texts;

    fn words(words: &str) -> Block {
        paragraph(vec![Inline::Text(words.to_owned())])
    }

    fn items(count: usize) -> Block {
        let items = (0..count).map(|number| vec![words(&format!("item {number}"))]).collect();
        Block { kind: BlockKind::List { start: Some(1), items }, origin: Origin::default() }
    }

    fn letter(blocks: Vec<Block>) -> Vec<Block> {
        let parts = crate::document::Parts {
            sender: vec![
                Line::Blank { label: "name".into(), filled: None },
                Line::Blank { label: String::new(), filled: None },
            ],
            recipient: vec![Line::Text("Office".into()), Line::Text("Town".into())],
            subject: Some("Subject".into()),
            signature: vec![Line::Text("Yours".into())],
            ..Default::default()
        };
        passages(parts, blocks)
    }

    #[test]
    fn texts_of_one_shape_are_paired_by_passage() {
        let pairs = pairs(letter(vec![words("a"), items(2)]), letter(vec![words("b"), items(2)]));
        // Blank, address, subject, paragraph, two items, closing.
        assert_eq!(pairs.len(), 7);
        assert!(pairs.iter().all(|[left, right]| left.len() == 1 && right.len() == 1));
        let [left, _] = &pairs[5];
        assert!(matches!(&left[0].kind, BlockKind::List { start: Some(2), items } if items.len() == 1));
        assert_eq!(texts(&pairs[0][0]), ["[name]"]);
        assert_eq!(texts(&pairs[1][0]), ["Office Town"]);
    }

    #[test]
    fn texts_of_different_shapes_are_paired_as_a_whole() {
        for (left, right) in [(items(2), items(3)), (words("a"), items(1))] {
            let pairs = pairs(letter(vec![left]), letter(vec![right]));
            assert_eq!(pairs.len(), 1);
        }
    }
}
