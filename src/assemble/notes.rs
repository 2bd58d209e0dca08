//! Notes and ledger, made in the order of the document.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{Claim, Claims, origin};
use super::request::Request;
use super::translations::PrintedTranslation;
use crate::case::Citation;
use crate::case::view::View;
use crate::document::{Block, BlockKind, Entry, Inline, Ledger, Note, Origin, Span};
use crate::source::{Locator, NoteItem, NoteRequest};

/// The content of a note: its sources and places, the reservations it repeats, and the quotations with a printed
/// translation.
type Key = (BTreeSet<(String, Locator)>, Vec<String>, Vec<String>);

/// Adds a reference after each claim with citations, and returns the notes and the ledger.
pub fn annotate(
    blocks: &mut [Block],
    claims: &Claims,
    full: bool,
    request: &Request,
    view: &View,
    printed: &PrintedTranslation,
) -> (Vec<Note>, Ledger) {
    let (notes, used, numbers) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut numbering = Noter { claims, full, view, printed, notes, used, numbers };
    numbering.blocks(blocks);
    let notes = numbering.print(request);
    let entries = numbering.used.iter().filter_map(|index| claims.get(*index)).map(|claim| entry(claim, request));
    (notes, Ledger { entries: entries.collect() })
}

struct Noter<'a> {
    claims: &'a Claims,
    full: bool,
    view: &'a View,
    printed: &'a PrintedTranslation<'a>,
    /// The content of each note, and the claim that first needed it.
    notes: Vec<(Vec<&'a Citation>, &'a [String], Origin)>,
    /// The claims in order of first use.
    used: Vec<usize>,
    numbers: BTreeMap<Key, usize>,
}

impl<'a> Noter<'a> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.run(content),
                BlockKind::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                BlockKind::Definitions(items) => {
                    for (term, description) in items {
                        self.run(term);
                        self.blocks(description);
                    }
                }
                BlockKind::Table { header, rows } => {
                    header.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| self.run(cell));
                }
                BlockKind::Quotation(inner) => self.blocks(inner),
                // The left column repeats the letter, which has its own notes.
                BlockKind::SideBySide(beside) => beside.rows.iter_mut().for_each(|[_, right]| self.blocks(right)),
                BlockKind::Blank | BlockKind::Envelope { .. } => {}
            }
        }
    }

    fn run(&mut self, content: &mut Vec<Inline>) {
        let mut rest = std::mem::take(content).into_iter().peekable();
        let mut waiting = None;
        while let Some(inline) = rest.next() {
            if let Some(number) = waiting.take() {
                refer(content, inline, number);
                waiting = self.after(content, rest.peek());
                continue;
            }
            content.push(inline);
            waiting = self.after(content, rest.peek());
        }
        content.extend(waiting.map(Inline::NoteReference));
    }

    /// Enters the last inline into the ledger and returns the number of the note that must follow it, from 1.
    fn after(&mut self, content: &mut [Inline], next: Option<&Inline>) -> Option<usize> {
        match content.last_mut()? {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Link { content: inner, .. }
            | Inline::Foreign { content: inner, .. } => {
                self.run(inner);
                None
            }
            Inline::Claim { entry, .. } => {
                let index = *entry;
                *entry = self.enter(index);
                let claim = self.claims.get(index)?;
                let key = self.key(claim);
                let shared = match next {
                    Some(Inline::Claim { entry, .. }) => {
                        self.claims.get(*entry).is_some_and(|next| self.key(next) == key)
                    }
                    _ => false,
                };
                if key.0.is_empty() || shared { None } else { Some(self.number(key, claim)) }
            }
            _ => None,
        }
    }

    fn enter(&mut self, index: usize) -> usize {
        let same = |known: &usize| {
            let pair = self.claims.get(*known).zip(self.claims.get(index));
            pair.is_some_and(|(a, b)| a.id == b.id && a.text == b.text)
        };
        self.used.iter().position(same).unwrap_or_else(|| {
            self.used.push(index);
            self.used.len() - 1
        })
    }

    fn citations(&self, claim: &'a Claim) -> impl Iterator<Item = &'a Citation> {
        let also = if self.full { claim.also.as_slice() } else { &[] };
        let view = self.view;
        claim.cites.iter().chain(also).filter(|citation| view.sources.contains_key(&citation.source))
    }

    fn key(&self, claim: &'a Claim) -> Key {
        let places = self.citations(claim).map(|citation| (citation.source.clone(), citation.at)).collect();
        let translated =
            self.citations(claim).filter(|citation| self.printed.translation(self.view, citation).is_some());
        (places, claim.caveats.clone(), translated.map(|citation| citation.quote.value.clone()).collect())
    }

    fn number(&mut self, key: Key, claim: &'a Claim) -> usize {
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let citations = self.citations(claim).collect();
        self.notes.push((citations, &claim.caveats, origin(&claim.place)));
        self.numbers.insert(key, self.notes.len());
        self.notes.len()
    }

    fn print(&self, request: &Request) -> Vec<Note> {
        let item = |citation: &&'a Citation| {
            let source = self.view.sources.get(&citation.source)?;
            Some(NoteItem { source, pinpoints: vec![citation.at] })
        };
        let requests: Vec<NoteRequest> = self
            .notes
            .iter()
            .map(|(citations, ..)| NoteRequest { items: citations.iter().filter_map(item).collect() })
            .collect();
        let words = request.bibliography.cite(&requests, self.printed.locale);
        let numbered = self.notes.iter().zip(words).enumerate();
        numbered
            .map(|(index, ((citations, caveats, origin), mut content))| {
                content.extend(citations.iter().flat_map(|citation| self.printed.translated(self.view, citation)));
                let said =
                    caveats.iter().map(|words| Span { text: format!(" {words}"), language: None, italic: false });
                content.extend(said);
                Note { number: index + 1, content, origin: origin.clone() }
            })
            .collect()
    }
}

/// Adds the reference before the next inline, but after the punctuation at its beginning.
fn refer(content: &mut Vec<Inline>, next: Inline, number: usize) {
    let Inline::Text(text) = next else {
        content.extend([Inline::NoteReference(number), next]);
        return;
    };
    let marks = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '»' | '”' | '’' | ')');
    let after = text.find(|c| !marks(c)).unwrap_or(text.len());
    let (before, rest) = text.split_at(after);
    if !before.is_empty() {
        content.push(Inline::Text(before.to_owned()));
    }
    content.push(Inline::NoteReference(number));
    if !rest.is_empty() {
        content.push(Inline::Text(rest.to_owned()));
    }
}

fn entry(claim: &Claim, request: &Request) -> Entry {
    Entry {
        id: claim.id.clone(),
        text: claim.text.clone(),
        grounds: claim.grounds.clone(),
        citations: claim.cites.iter().chain(&claim.also).map(|citation| (request.verdict)(citation)).collect(),
        origin: origin(&claim.place),
        status: claim.status.map(|status| status.name().to_owned()).unwrap_or_default(),
    }
}
