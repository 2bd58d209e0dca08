//! The Typst text of one document: calls of the layout's functions, each string escaped by Typst itself.

use super::bind::{bind, pieces};
use std::collections::BTreeSet;
use std::ops::Range;

use typst::foundations::Repr;

use super::fonts::{Family, Fonts};
use super::world::{ATTACHMENTS, LAYOUTS};
use crate::document::flow::{Piece, flow, headline};
use crate::document::{
    Attachment, Block, BlockKind, Document, Inline, Language, Line, Note, Origin, Parts, Print, Relationship,
    SideBySide, Signing, Span,
};

/// A generated text with the way back from its bytes to the user's files.
#[derive(Debug, Default)]
pub(super) struct Generated {
    pub(super) text: String,
    /// In the order in which they were closed: the inner range before the outer one.
    origins: Vec<(Range<usize>, Origin)>,
}

impl Generated {
    /// Where the words at these bytes came from: the innermost known place.
    pub(super) fn origin(&self, bytes: &Range<usize>) -> Option<&Origin> {
        let around = |range: &Range<usize>| range.start <= bytes.start && bytes.start < range.end;
        self.origins.iter().find(|(range, _)| around(range)).map(|(_, origin)| origin)
    }
}

/// Writes the text for one document.
///
/// `squeeze` counts the steps by which the text is made smaller, from 0; below 0 it is made larger.
pub(super) fn generate(document: &Document, fonts: &Fonts, squeeze: i8) -> Generated {
    let together = document.notes_together();
    let (out, printed) = (Generated::default(), BTreeSet::new());
    let mut writer = Writer { document, squeeze, together, out, printed, copy: 0 };
    writer.document(fonts);
    writer.out
}

struct Writer<'a> {
    document: &'a Document,
    squeeze: i8,
    /// Whether the notes stand in a section of their own.
    together: bool,
    out: Generated,
    /// Numbers of the notes that already stand on a page.
    printed: BTreeSet<usize>,
    /// The copy that is written, from 0, where people sign.
    copy: usize,
}

impl<'a> Writer<'a> {
    fn document(&mut self, fonts: &Fonts) {
        let document = self.document;
        let layout = format!("{LAYOUTS}{}/layout.typ", document.layout);
        self.push(&format!("#import {}: *\n", literal(&layout)));
        // Last, so that a layout cannot put a frame without the draft mark in its place.
        self.push(&format!("#import {}: frame\n", literal(&format!("{LAYOUTS}common.typ"))));
        self.push(&format!("#let setting = {}\n", setting(document, self.squeeze)));
        for attachment in &document.attachments {
            self.attach(attachment);
        }
        self.push("#frame(\nlook,\nsetting: setting,\n");
        let families: String = fonts.families().iter().map(|one| family(one) + ",").collect();
        self.push(&format!("families: ({families}),\n"));
        self.push(&format!("language: {},\n", literal(&document.language.code)));
        self.push(&format!("region: {},\n", region(&document.language.region)));
        self.optional("draft", document.parts.draft.as_deref());
        self.texts("footer", &document.parts.footer);
        self.push("{\n");
        let (each, once) = document.copies();
        let copies = document.parts.signing.as_ref().map_or(1, |signing| signing.marks.len());
        for copy in 0..copies {
            self.copy = copy;
            self.printed.clear();
            self.push(if copy > 0 { "apart()\n" } else { "" });
            self.push("sheet(\nsetting: setting,\n");
            self.parts(&document.parts);
            let (text, by_the_lines) = document.by_the_lines(each);
            if document.parts.signing.is_some() {
                self.push("by-the-lines: {\n");
                self.pieces(&flow(by_the_lines), false);
                self.push("[]\n},\n");
            }
            self.body(text);
            self.push(")\n");
        }
        if !once.is_empty() {
            self.closing(once);
        }
        self.push("},\n)\n");
    }

    /// What stands once after all copies, with the strip that hides the lines which others have filled in.
    fn closing(&mut self, blocks: &'a [Block]) {
        self.push("closing(\nsetting: setting,\n");
        let cover = self.document.parts.signing.as_ref().and_then(|signing| signing.cover.as_deref());
        self.optional("cover", cover);
        self.push("{\n");
        self.pieces(&flow(blocks), false);
        self.push("[]\n},\n)\n");
    }

    /// What this copy bears, its warning, the lines to sign and what else is filled in.
    fn signing(&mut self, signing: &Signing) {
        self.push("signing: (\n");
        self.optional("mark", signing.marks.get(self.copy).map(String::as_str));
        self.optional("warning", signing.warning.as_deref());
        self.texts("columns", &signing.columns);
        self.push(&format!("rows: {},\n", signing.rows));
        self.lines("fields", &signing.fields);
        self.push("),\n");
    }

    fn attach(&mut self, attachment: &Attachment) {
        let relationship = match attachment.relationship {
            Relationship::Data => "data",
            Relationship::Supplement => "supplement",
        };
        let [name, mime, description] =
            [&attachment.name, &attachment.mime, &attachment.description].map(|words| literal(words));
        let data = literal(&format!("{ATTACHMENTS}{}", attachment.name));
        self.push(&format!(
            "#pdf.attach({name}, read({data}, encoding: none), relationship: \"{relationship}\", mime-type: {mime}, \
             description: {description})\n"
        ));
    }

    fn parts(&mut self, parts: &Parts) {
        if let Some(signing) = &parts.signing {
            self.signing(signing);
        }
        self.lines("letterhead", &parts.letterhead);
        self.lines("sender", &parts.sender);
        self.maybe("return-line", parts.return_line.as_ref());
        self.lines("recipient", &parts.recipient);
        self.maybe("date", parts.date.as_ref());
        self.optional("headline", Some(headline(self.document)));
        self.lines("signature", &parts.signature);
        self.texts("enclosures", &parts.enclosures);
    }

    fn body(&mut self, blocks: &'a [Block]) {
        let pieces = flow(blocks);
        let signed = !self.document.parts.signature.is_empty();
        self.push("{\n");
        self.pieces(&pieces, signed);
        self.push("[]\n},\n");
    }

    /// Words that lead to a list stay with it, and the last words before a signature with that.
    fn pieces(&mut self, pieces: &[Piece<'a>], signed: bool) {
        for (index, piece) in pieces.iter().enumerate() {
            let wrap = match pieces.get(index + 1) {
                Some(next) if leads(piece, next) => Some("lead({\n"),
                None if signed => Some("last({\n"),
                _ => None,
            };
            self.push(wrap.unwrap_or_default());
            self.piece(piece);
            self.push(if wrap.is_some() { "})\n" } else { "" });
        }
    }

    fn piece(&mut self, piece: &Piece<'a>) {
        match piece {
            Piece::Block(block) => self.block(block),
            Piece::NewPage => self.push("new-page()\n"),
            Piece::Notes => self.endnotes(),
            Piece::CutOff => self.push("cut-off()\n"),
            Piece::Box(pieces) => {
                self.push("boxed({\n");
                self.pieces(pieces, false);
                self.push("})\n");
            }
            Piece::Petition(pieces) => {
                self.push("petition({\n");
                self.pieces(pieces, false);
                self.push("})\n");
            }
            Piece::Numbered { start, items } => {
                self.push(&format!("numbered({start},\n"));
                for item in items {
                    self.blocks(item.iter().copied());
                    self.push(",\n");
                }
                self.push(")\n");
            }
        }
    }

    fn blocks(&mut self, blocks: impl IntoIterator<Item = &'a Block>) {
        self.push("{\n");
        for block in blocks {
            self.block(block);
        }
        self.push("[]\n}");
    }

    fn block(&mut self, block: &'a Block) {
        let start = self.out.text.len();
        match &block.kind {
            BlockKind::Heading { level, id, content, .. } => {
                let target = id.as_ref().map_or_else(|| "none".to_owned(), |id| self.target(id));
                self.push(&format!("section({level}, {target}, "));
                self.content(content);
            }
            BlockKind::Paragraph(content) => {
                self.push("paragraph(");
                self.content(content);
            }
            BlockKind::List { start, items } => {
                self.push(&start.map_or_else(|| "bullets(".to_owned(), |start| format!("steps({start}, ")));
                self.each(items, Self::blocks);
            }
            BlockKind::Definitions(items) => {
                self.push("fields(");
                self.each(items, |writer, (term, description)| {
                    writer.push("(");
                    writer.content(term);
                    writer.push(", ");
                    writer.description(description);
                    writer.push(")");
                });
            }
            BlockKind::Table { header, rows } => {
                self.push(&format!("chart({}, (", header.len()));
                self.each(header, |writer, cell| writer.content(cell));
                self.push("), ");
                for row in rows {
                    self.each(row, |writer, cell| writer.content(cell));
                }
            }
            BlockKind::Quotation(blocks) => {
                self.push("quotation(");
                self.blocks(blocks);
            }
            BlockKind::Blank => self.push("ruled("),
            BlockKind::SideBySide(beside) => self.side_by_side(beside),
            BlockKind::Envelope { sender, address, language } => {
                self.push("envelope-face(");
                self.text(sender);
                self.push(&format!(", {}, {}, ", literal(&language.code), region(&language.region)));
                self.each(address, Self::line);
            }
        }
        self.push(")\n");
        self.remember(start, &block.origin);
    }

    fn side_by_side(&mut self, beside: &'a SideBySide) {
        self.push("side-by-side(");
        self.each(&beside.header, |writer, words| writer.text(words));
        let Language { code, region: country } = &beside.language;
        self.push(&format!("{}, {}, ", literal(code), region(country)));
        self.each(&beside.rows, |writer, [left, right]| {
            writer.push("(");
            writer.blocks(left);
            writer.push(", ");
            writer.blocks(right);
            writer.push(")");
        });
    }

    /// The first paragraph of a description stands beside its term, not under it.
    fn description(&mut self, blocks: &'a [Block]) {
        if let [Block { kind: BlockKind::Blank, .. }] = blocks {
            return self.push("rest-of-line()");
        }
        let Some((Block { kind: BlockKind::Paragraph(content), origin }, rest)) = blocks.split_first() else {
            return self.blocks(blocks);
        };
        self.push("{\n");
        let start = self.out.text.len();
        self.content(content);
        self.remember(start, origin);
        self.push("\n");
        self.blocks(rest);
        self.push("\n}");
    }

    /// Writes arguments, each with a comma.
    fn each<T>(&mut self, items: &'a [T], write: impl Fn(&mut Self, &'a T)) {
        for item in items {
            write(self, item);
            self.push(",\n");
        }
    }

    fn content(&mut self, content: &'a [Inline]) {
        self.push("{\n");
        for inline in content {
            self.inline(inline);
        }
        self.push("[]\n}");
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(words) => self.prose(words),
            Inline::Emphasis(inner) => self.call("emph(", inner),
            Inline::Strong(inner) => self.call("strong(", inner),
            Inline::Claim { entry, content } => {
                let start = self.out.text.len();
                for inline in content {
                    self.inline(inline);
                }
                if let Some(entry) = self.document.ledger.entries.get(*entry) {
                    self.remember(start, &entry.origin);
                }
                return;
            }
            Inline::NoteReference(number) => self.reference(*number),
            Inline::Link { target: to, content } => self.call(&format!("link(label({}), ", self.target(to)), content),
            Inline::Foreign { language, content } => {
                let language = format!("foreign({}, {}, ", literal(&language.code), region(&language.region));
                self.call(&language, content);
            }
            // The space keeps the words apart for whoever reads the file without seeing its lines.
            Inline::LineBreak => self.push("text(\" \")\nlinebreak()"),
        }
        self.push("\n");
    }

    fn call(&mut self, opening: &str, content: &'a [Inline]) {
        self.push(opening);
        self.content(content);
        self.push(")");
    }

    /// The note itself at its first reference, its number afterwards.
    fn reference(&mut self, number: usize) {
        if self.together {
            return self.push(&format!("pointer({number}, {})", self.copy));
        }
        let document = self.document;
        let note = document.notes.iter().find(|note| note.number == number);
        match note {
            Some(note) if self.printed.insert(number) => self.note(note),
            _ => self.push(&format!("again({number})")),
        }
    }

    fn note(&mut self, note: &'a Note) {
        self.words_of("note", note);
    }

    fn endnotes(&mut self) {
        let document = self.document;
        self.push(&format!("endnotes({},\n", self.copy));
        for note in &document.notes {
            self.words_of("", note);
            self.push(",\n");
        }
        self.push(")\n");
    }

    /// The number and the words of a note, as arguments of a call.
    fn words_of(&mut self, call: &str, note: &'a Note) {
        let start = self.out.text.len();
        self.push(&format!("{call}({}, {{\n", note.number));
        for span in &note.content {
            self.span(span);
        }
        self.push("[]\n})");
        self.remember(start, &note.origin);
    }

    fn span(&mut self, span: &Span) {
        let mut closing = String::new();
        if let Some(language) = &span.language {
            let call = format!("foreign({}, {}, ", literal(&language.code), region(&language.region));
            self.push(&call);
            closing.push(')');
        }
        if span.italic {
            self.push("work(");
            closing.push(')');
        }
        self.text(&span.text);
        self.push(&closing);
        self.push("\n");
    }

    fn maybe(&mut self, name: &str, line: Option<&Line>) {
        self.push(&format!("{name}: "));
        match line {
            Some(line) => self.line(line),
            None => self.push("none"),
        }
        self.push(",\n");
    }

    fn lines(&mut self, name: &str, lines: &[Line]) {
        self.push(&format!("{name}: ("));
        for line in lines {
            self.line(line);
            self.push(",\n");
        }
        self.push("),\n");
    }

    fn line(&mut self, line: &Line) {
        match line {
            Line::Text(words) => {
                self.push("printed(");
                self.text(words);
            }
            Line::Blank { label, filled } => {
                self.push("blank(");
                if label.is_empty() {
                    self.push("none");
                } else {
                    self.text(label);
                }
                self.push(", ");
                match filled {
                    Some(words) => self.text(words),
                    None => self.push("none"),
                }
            }
        }
        self.push(")");
    }

    fn texts(&mut self, name: &str, texts: &[String]) {
        self.push(&format!("{name}: ("));
        for words in texts {
            self.text(words);
            self.push(",\n");
        }
        self.push("),\n");
    }

    fn optional(&mut self, name: &str, words: Option<&str>) {
        self.push(&format!("{name}: "));
        match words {
            Some(words) => self.text(words),
            None => self.push("none"),
        }
        self.push(",\n");
    }

    /// Words as an element, never as a bare string: a bare string loses its place in messages.
    fn text(&mut self, words: &str) {
        self.push("text(");
        self.push(&literal(&bind(words, &self.document.names)));
        self.push(")");
    }

    /// Running text: each name is an element of its own, so that it is never divided.
    fn prose(&mut self, words: &str) {
        let bound = bind(words, &self.document.names);
        for (index, (words, is_name)) in pieces(&bound).iter().enumerate() {
            self.push(if index > 0 { "\n" } else { "" });
            self.push(if *is_name { "whole(" } else { "text(" });
            self.push(&literal(words));
            self.push(")");
        }
    }

    /// The label of a heading; the prefix keeps it apart from the labels of notes, and those of one copy from others.
    fn target(&self, id: &str) -> String {
        literal(&if self.copy == 0 { format!("heading-{id}") } else { format!("heading-{id}-{}", self.copy) })
    }

    fn push(&mut self, typst: &str) {
        self.out.text.push_str(typst);
    }

    fn remember(&mut self, start: usize, origin: &Origin) {
        if !origin.file.is_empty() {
            self.out.origins.push((start..self.out.text.len(), origin.clone()));
        }
    }
}

/// A string literal, escaped by Typst.
fn literal(words: &str) -> String {
    words.repr().into()
}

/// A family; the last one sets a closed list of signs and nothing else.
fn family(family: &Family) -> String {
    let name = literal(&family.name);
    match family.only {
        Some(signs) => format!("(name: {name}, covers: regex({}))", literal(&format!("[{signs}]"))),
        None => name,
    }
}

fn region(code: &str) -> String {
    if code.is_empty() { "none".to_owned() } else { literal(code) }
}

/// On what the document is printed.
fn setting(document: &Document, squeeze: i8) -> String {
    let (width, height) = document.paper.size();
    let large = document.print == Print::Large;
    let paper = literal(document.paper.name());
    let feet = document.feet();
    format!("(paper: {paper}, width: {width}mm, height: {height}mm, large: {large}, squeeze: {squeeze}, feet: {feet})")
}

/// Whether a paragraph leads to what follows: a list, fields or a table.
fn leads(piece: &Piece, next: &Piece) -> bool {
    let kind = |piece: &Piece| match piece {
        Piece::Block(block) => Some(std::mem::discriminant(&block.kind)),
        _ => None,
    };
    let is_paragraph = matches!(piece, Piece::Block(Block { kind: BlockKind::Paragraph(_), .. }));
    let is_text = matches!(next, Piece::Block(Block { kind: BlockKind::Paragraph(_) | BlockKind::Heading { .. }, .. }));
    is_paragraph && kind(next).is_some() && !is_text
}
