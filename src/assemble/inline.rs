//! Runs of words: marks of claims become claims, and the template's own words are kept apart.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::leaf::{Leaf, Mode, RunPiece, RunRole};
use super::marks::{self, CLAIM_CLOSE, CLAIM_OPEN, VALUE_CLOSE, VALUE_OPEN};
use super::reader::{DEPTH, MarkdownReader, is_inline, target, too_deep};
use crate::diag::characters::is_private;
use crate::diag::{Code, Diagnostic};
use crate::document::Inline;

impl MarkdownReader<'_> {
    /// Reads a run of words up to the end of its block.
    pub(super) fn leaf(&mut self, role: RunRole) -> Vec<Inline> {
        self.leaf = Leaf { role, pieces: Vec::new() };
        self.mode = Mode::Words;
        let start = self.events.get(self.at).map_or(0, |(_, range)| range.start);
        let content = self.inlines();
        if self.mode != Mode::Words {
            self.broken(start);
        }
        let leaf = std::mem::take(&mut self.leaf);
        self.out.leaves.push(leaf);
        content
    }

    fn inlines(&mut self) -> Vec<Inline> {
        let mut content = Vec::new();
        while let Some((event, range)) = self.events.get(self.at).cloned() {
            match event {
                Event::Start(tag) if is_inline(&tag) => self.nested(tag, &range, &mut content),
                Event::End(_) | Event::Start(_) | Event::Html(_) | Event::Rule => break,
                Event::Text(text) => {
                    self.at += 1;
                    self.words(&text, range.start, &mut content);
                }
                Event::SoftBreak => {
                    self.at += 1;
                    self.words(" ", range.start, &mut content);
                }
                Event::HardBreak => {
                    self.at += 1;
                    self.literal(' ', range.start);
                    content.push(Inline::LineBreak);
                }
                Event::Code(_) => self.refuse(&range, "code", "take the backticks away"),
                Event::FootnoteReference(_) => {
                    self.refuse(&range, "a hand-made footnote", "notes are made from the claims; print the fact");
                }
                _ => self.refuse(&range, "HTML", "use Markdown alone"),
            }
        }
        content
    }

    fn nested(&mut self, tag: Tag, range: &Range<usize>, content: &mut Vec<Inline>) {
        if self.depth > DEPTH {
            return self.refuse(range, &too_deep(&tag), "use fewer levels");
        }
        let link = match &tag {
            Tag::Image { .. } => return self.refuse(range, "an image", "the layout sets pictures, not the text"),
            Tag::Link { link_type, dest_url, .. } => {
                let Some(target) = target(*link_type, dest_url) else {
                    let hint = "link to a heading of this document: `[words](#id)`; sources are named in the notes";
                    return self.refuse(range, "a link that leaves it", hint);
                };
                Some(target)
            }
            _ => None,
        };
        self.at += 1;
        self.depth += 1;
        let inner = self.inlines();
        self.depth -= 1;
        self.at += 1;
        content.push(match (tag, link) {
            (_, Some(target)) => {
                self.out.links.push((target.clone(), (self.locate)(range.start)));
                Inline::Link { target, content: inner }
            }
            (Tag::Strong, _) => Inline::Strong(inner),
            _ => Inline::Emphasis(inner),
        });
    }

    fn words(&mut self, text: &str, at: usize, content: &mut Vec<Inline>) {
        for c in text.chars() {
            self.mode = match (self.mode, c) {
                (Mode::Words, CLAIM_OPEN) => Mode::Claim(0),
                (Mode::Words, VALUE_OPEN) => {
                    self.leaf.pieces.push(RunPiece::Value);
                    Mode::Value
                }
                (Mode::Value, VALUE_CLOSE) => Mode::Words,
                (Mode::Claim(index), CLAIM_CLOSE) => {
                    self.claim(index, at, content);
                    Mode::Words
                }
                (Mode::Claim(index), c) if marks::digit(c).is_some() => {
                    Mode::Claim(index.saturating_mul(10).saturating_add(marks::digit(c).unwrap_or_default()))
                }
                (mode, c) if is_private(c) || matches!(mode, Mode::Claim(_)) => {
                    self.broken(at);
                    Mode::Words
                }
                (mode, c) => {
                    push(content, c);
                    if mode == Mode::Words {
                        self.literal(c, at);
                    }
                    mode
                }
            };
        }
    }

    fn literal(&mut self, c: char, at: usize) {
        let place = (self.locate)(at);
        match self.leaf.pieces.last_mut() {
            Some(RunPiece::Literal(text, own)) if *own == place => text.push(c),
            _ => self.leaf.pieces.push(RunPiece::Literal(c.to_string(), place)),
        }
    }

    fn claim(&mut self, index: usize, at: usize, content: &mut Vec<Inline>) {
        let Some(claim) = self.claims.get(index) else { return self.broken(at) };
        content.push(Inline::Claim { entry: index, content: vec![Inline::Text(claim.text.clone())] });
        self.leaf.pieces.push(RunPiece::Claim(index, (self.locate)(at)));
    }

    fn broken(&mut self, at: usize) {
        let place = (self.locate)(at);
        let problem = Diagnostic::error(Code::TemplateClaimAltered, place, "the marks of a claim were cut or changed");
        self.out.problems.push(problem.hint("a claim is printed as the case has it: `{{ fact }}`"));
    }
}

fn push(content: &mut Vec<Inline>, c: char) {
    match content.last_mut() {
        Some(Inline::Text(text)) => text.push(c),
        _ => content.push(Inline::Text(c.to_string())),
    }
}
