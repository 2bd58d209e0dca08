//! Checks of the parsed Markdown: its structure, the template's own words, and the firmness of facts.

use std::collections::BTreeSet;

use super::claims::Claims;
use super::freshness;
use super::leaf::{Leaf, RunPiece, RunRole};
use super::reader::Parsed;
use crate::case::view::View;
use crate::case::{NamedKind, Status};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Block, BlockKind, ClaimId, ClaimKind, FactId, Inline, Ledger, plain};
use crate::reference::pattern::{Word, words};
use crate::reference::{Name, WordList, Wording};

/// Headings begin at level 1 and skip no level; ids are unique; links have a target; no heading has a claim.
pub fn structure(parsed: &Parsed, problems: &mut Vec<Diagnostic>) {
    let heading = |place: &Place, words: String, hint: &str| {
        Diagnostic::error(Code::TemplateHeading, place.clone(), words).hint(hint)
    };
    let mut before = 0;
    let mut ids = BTreeSet::new();
    for (level, id, place) in &parsed.headings {
        if *level > before + 1 {
            let words = match before {
                0 => "the first heading is not of the first level".to_owned(),
                _ => format!("this heading of level {level} follows one of level {before}"),
            };
            problems.push(heading(place, words, "take away one `#`: no level may be skipped"));
        }
        before = *level;
        if let Some(id) = id.as_ref().filter(|id| !ids.insert(id.as_str())) {
            problems.push(heading(place, format!("the id `{id}` stands at two headings"), "give each its own"));
        }
    }
    for (target, place) in parsed.links.iter().filter(|(target, _)| !ids.contains(target.as_str())) {
        problems.push(heading(place, format!("no heading has the id `{target}`"), "write `{#id}` after its words"));
    }
    for leaf in parsed.leaves.iter().filter(|leaf| leaf.role != RunRole::Body) {
        for piece in &leaf.pieces {
            if let RunPiece::Claim(_, place) = piece {
                let words = "a claim stands in a heading or in the header of a table".to_owned();
                problems.push(heading(place, words, "its note has no place there; print it in a paragraph"));
            }
        }
    }
}

/// Finds facts of the case in the template's own words.
pub struct OwnWords<'a> {
    wording: Option<&'a Wording>,
    exceptions: &'a [String],
    /// Names, each as the list of its words.
    names: Vec<Vec<String>>,
}

impl<'a> OwnWords<'a> {
    /// For the case of this view.
    pub fn new(view: &View, wording: Option<&'a Wording>, exceptions: &'a [String]) -> Self {
        let mut names = BTreeSet::new();
        for named in view.names.values() {
            let spelled = named.variants.iter().chain(&named.slips).map(|spelling| spelling.spelling.value.as_str());
            for form in named.names.values().flat_map(Name::forms).chain(spelled) {
                let parts: Vec<String> = words(form).into_iter().map(|word| word.folded).collect();
                if named.kind == NamedKind::Person {
                    names.extend(parts.iter().filter(|part| part.chars().count() > 2).map(|part| vec![part.clone()]));
                }
                names.insert(parts);
            }
        }
        names.remove(&Vec::new());
        Self { wording, exceptions, names: names.into_iter().collect() }
    }

    /// Reports each fact in the template's own words.
    pub fn check(&self, leaf: &Leaf, problems: &mut Vec<Diagnostic>) {
        let mut text = String::new();
        let mut places: Vec<(usize, &Place)> = Vec::new();
        for piece in &leaf.pieces {
            match piece {
                RunPiece::Literal(words, place) => {
                    places.push((text.len(), place));
                    text.push_str(words);
                }
                // Words before and after a value do not form one name.
                RunPiece::Value | RunPiece::Claim(..) => text.push_str(" \u{FFFC} "),
            }
        }
        for (at, what) in self.found(&text) {
            let after = places.partition_point(|(start, _)| *start <= at);
            let Some((_, place)) = places.get(after.saturating_sub(1)) else { continue };
            problems.push(in_words((*place).clone(), &what));
        }
    }

    /// The facts in a text with their offsets in bytes.
    fn found(&self, text: &str) -> Vec<(usize, String)> {
        let excepted: Vec<_> = self
            .exceptions
            .iter()
            .filter(|words| !words.is_empty())
            .flat_map(|words| text.match_indices(words.as_str()).map(|(at, found)| at..at + found.len()))
            .collect();
        let read = words(text);
        let mut found = Vec::new();
        for (index, word) in read.iter().enumerate() {
            let typed = &text[word.range.clone()];
            if typed.chars().any(char::is_numeric) {
                found.push((word.range.start, format!("the number `{typed}`")));
            } else if self.wording.is_some_and(|wording| wording.numbers.month(typed).is_some()) {
                found.push((word.range.start, format!("the month `{typed}`")));
            } else if let Some(name) = self.name_at(&read[index..]) {
                found.push((word.range.start, format!("the name `{name}`")));
            }
        }
        // A number that is not in a word: `½`, `№ ٣`.
        let lone =
            text.char_indices().filter(|(at, c)| c.is_numeric() && !read.iter().any(|word| word.range.contains(at)));
        found.extend(lone.map(|(at, c)| (at, format!("the number `{c}`"))));
        found.retain(|(at, _)| !excepted.iter().any(|range| range.contains(at)));
        found
    }

    fn name_at(&self, read: &[Word]) -> Option<String> {
        let stands = |name: &&Vec<String>| {
            name.len() <= read.len() && name.iter().zip(read).all(|(part, word)| *part == word.folded)
        };
        self.names.iter().filter(stands).max_by_key(|name| name.len()).map(|name| name.join(" "))
    }
}

fn in_words(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error(Code::TemplateFactInWords, place, format!("the template's own words hold {what}"))
        .with_note("a fact of the case comes from the case, with its source")
        .hint("print the value instead, or list the words under `exceptions` in `template.yaml` if the form itself says so")
}

/// Reports facts in a document without the facts that must be told with them, as far as the readers may be told those.
pub fn told_alone(ledger: &Ledger, view: &View, template: &Place, name: &str) -> Vec<Diagnostic> {
    let printed = freshness::printed(ledger);
    let told = printed.iter().filter_map(|id| view.fact(*id));
    let pairs = told.flat_map(|told| told.fact.told_with.iter().map(move |other| (told, other)));
    let lacking = pairs.filter(|(_, other)| !printed.contains(other) && view.fact(*other).is_some());
    let problem = |(told, other): (&crate::case::view::Told, &FactId)| {
        let words = format!("`{name}` tells `{}` without `{other}`, which must be told with it", told.fact.id);
        Diagnostic::error(Code::TemplateToldAlone, template.clone(), words)
            .and_at(told.fact.place.clone(), "its `told-with` stands here")
            .hint("print the facts through `together(…)`, which adds what must be told with them")
    };
    lacking.map(problem).collect()
}

/// Reports facts that are not established and neither hedged nor attributed: in their own words, before them in the
/// paragraph, or in the paragraph or term before their list.
pub fn hedges(blocks: &[Block], claims: &Claims, wording: Option<&Wording>, problems: &mut Vec<Diagnostic>) {
    let Some(wording) = wording else { return };
    let mut check = Hedges { claims, wording, problems, told: BTreeSet::new() };
    check.blocks(blocks, "");
}

struct Hedges<'a> {
    claims: &'a Claims,
    wording: &'a Wording,
    problems: &'a mut Vec<Diagnostic>,
    /// Claims reported already: a claim that is printed twice is one problem.
    told: BTreeSet<ClaimId>,
}

impl Hedges<'_> {
    fn blocks(&mut self, blocks: &[Block], framing: &str) {
        let mut before = String::new();
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                    self.run(content, framing);
                    before = without_claims(content);
                    continue;
                }
                BlockKind::List { items, .. } => {
                    let framing = format!("{framing} {before}");
                    for item in items {
                        self.blocks(item, &framing);
                    }
                }
                BlockKind::Definitions(items) => {
                    for (term, description) in items {
                        self.blocks(description, &format!("{framing} {}", plain(term)));
                    }
                }
                BlockKind::Table { header, rows } => {
                    let header: Vec<String> = header.iter().map(|cell| plain(cell)).collect();
                    for row in rows {
                        row.iter().zip(&header).for_each(|(cell, head)| self.run(cell, head));
                    }
                }
                BlockKind::Quotation(inner) => self.blocks(inner, framing),
                // The letter was checked when it was written.
                BlockKind::Blank | BlockKind::SideBySide(_) | BlockKind::Envelope { .. } => {}
            }
            before.clear();
        }
    }

    fn run(&mut self, content: &[Inline], framing: &str) {
        let mut before = framing.to_owned();
        self.inlines(content, &mut before);
    }

    fn inlines(&mut self, content: &[Inline], before: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(text) => before.push_str(text),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Link { content: inner, .. }
                | Inline::Foreign { content: inner, .. } => {
                    self.inlines(inner, before);
                }
                Inline::Claim { entry, .. } => self.claim(*entry, before),
                Inline::LineBreak | Inline::NoteReference(_) => before.push(' '),
            }
        }
    }

    fn claim(&mut self, index: usize, before: &str) {
        let Some(claim) = self.claims.get(index) else { return };
        let Some(status) = claim.status.filter(|status| *status != Status::Established) else { return };
        let hedged =
            |text: &str| self.wording.has(WordList::Hedges, text) || self.wording.has(WordList::Attribution, text);
        if claim.id.kind() != ClaimKind::Fact
            || hedged(&claim.text)
            || hedged(before)
            || !self.told.insert(claim.id.clone())
        {
            return;
        }
        let words = format!("`{}` is {}, but told as certain", claim.id, status.name());
        let problem = Diagnostic::error(Code::FactHedge, claim.place.clone(), words);
        self.problems.push(problem.hint(
            "say in its words who reports it, or let the template print it under a sentence such as “It is reported that:”",
        ));
    }
}

fn without_claims(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Claim { .. } => String::new(),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. }
            | Inline::Foreign { content: inner, .. } => without_claims(inner),
            other => plain(std::slice::from_ref(other)),
        })
        .collect()
}
