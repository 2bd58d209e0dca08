//! Short ways to write a tree in code.

use amparo::document::{
    Block, BlockKind, Class, Document, Inline, Language, Line, Note, Origin, PaperSize, Parts, Print, Span,
};

/// A document with nothing but a title.
pub fn document(layout: &str, language: (&str, &str), title: &str) -> Document {
    Document {
        stale: false,
        attachments: Vec::new(),
        name: format!("{layout}.test"),
        template: format!("test-{layout}"),
        layout: layout.into(),
        language: Language { code: language.0.into(), region: language.1.into() },
        title: title.into(),
        paper: PaperSize::A4,
        print: Print::Normal,
        most_pages: None,
        names: Vec::new(),
        before_numbers: vec!["article".to_owned(), "para".to_owned(), "n".to_owned()],
        as_of: chrono::NaiveDate::from_ymd_opt(2031, 10, 20).expect("a date"),
        identity: format!("test/{layout}/{title}"),
        parts: Parts::default(),
        blocks: Vec::new(),
        notes: Vec::new(),
        ledger: amparo::document::Ledger::default(),
    }
}

/// A place in the invented template that these trees come from.
pub fn origin(line: usize) -> Origin {
    Origin { file: "templates/documents/test/en.md".into(), line, bytes: None }
}

/// A block at a line of the template.
pub fn at(line: usize, kind: BlockKind) -> Block {
    Block { kind, origin: origin(line) }
}

/// Words; `^3^` in them is a reference to note 3, `**…**` is strong, `_…_` is emphasis.
pub fn inlines(words: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    for (index, piece) in words.split('^').enumerate() {
        match piece.parse() {
            Ok(number) if index % 2 == 1 => out.push(Inline::NoteReference(number)),
            _ if piece.is_empty() => {}
            _ => styled(piece, &mut out),
        }
    }
    out
}

fn styled(words: &str, out: &mut Vec<Inline>) {
    for (index, piece) in words.split("**").enumerate() {
        if piece.is_empty() {
            continue;
        }
        let text = Inline::Text(piece.into());
        out.push(if index % 2 == 1 { Inline::Strong(vec![text]) } else { text });
    }
}

/// A paragraph.
pub fn paragraph(words: &str) -> Block {
    at(1, BlockKind::Paragraph(inlines(words)))
}

/// A heading with an id made of its level and first word.
pub fn heading(level: u8, words: &str, classes: &[Class]) -> Block {
    let id = words.split(' ').next().map(str::to_lowercase);
    at(1, BlockKind::Heading { level, id, classes: classes.to_vec(), content: inlines(words) })
}

/// A list; numbered from `start` if there is one.
pub fn list(start: Option<u64>, items: &[&str]) -> Block {
    at(1, BlockKind::List { start, items: items.iter().map(|item| vec![paragraph(item)]).collect() })
}

/// Fields of a form.
pub fn fields(items: &[(&str, &str)]) -> Block {
    let items = items.iter().map(|(term, description)| (inlines(term), vec![paragraph(description)]));
    at(1, BlockKind::Definitions(items.collect()))
}

/// A table; the first row is its header.
pub fn table(rows: &[&[&str]]) -> Block {
    let mut rows = rows.iter().map(|row| row.iter().map(|cell| inlines(cell)).collect());
    let header = rows.next().unwrap_or_default();
    at(1, BlockKind::Table { header, rows: rows.collect() })
}

/// A quotation set as a block.
pub fn quotation(words: &str) -> Block {
    at(1, BlockKind::Quotation(vec![paragraph(words)]))
}

/// A note; a title in another language comes second.
pub fn note(number: usize, words: &str, title: Option<(&str, &str, &str)>) -> Note {
    let mut content = vec![Span { text: words.into(), language: None, italic: false }];
    if let Some((code, region, title)) = title {
        let language = Some(Language { code: code.into(), region: region.into() });
        content.push(Span { text: title.into(), language, italic: true });
    }
    Note { number, content, origin: origin(100 + number) }
}

/// A printed line.
pub fn line(words: &str) -> Line {
    Line::Text(words.into())
}

/// A rule to be filled in.
pub fn blank(label: &str, filled: Option<&str>) -> Line {
    Line::Blank { label: label.into(), filled: filled.map(Into::into) }
}

/// A bulleted list of one item that holds words and another block.
pub fn nested(words: &str, inner: Block) -> Block {
    at(1, BlockKind::List { start: None, items: vec![vec![paragraph(words), inner]] })
}
