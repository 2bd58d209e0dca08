//! The tree as Markdown: the form for golden tests, for reading in a terminal and for `--format md`.
//!
//! Plain Markdown with the extensions that templates use too: notes, tables, definition lists, heading attributes.

use crate::document::flow::{Piece, flow, headline};
use crate::document::{Block, BlockKind, Class, Document, Inline, Line, Note, SideBySide, Signing};

/// Writes a document, with a line end.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let parts = &document.parts;
    let mut out = Vec::new();
    out.extend(parts.draft.iter().map(|words| format!("**{}**", escape(words))));
    out.extend(parts.signing.iter().flat_map(signing_head));
    out.extend(lines(&parts.letterhead));
    out.extend(lines(&parts.sender));
    out.extend(lines(parts.return_line.as_slice()));
    out.extend(lines(&parts.recipient));
    out.extend(lines(parts.date.as_slice()));
    out.push(format!("# {}", escape(headline(document))));
    let (each, once) = document.copies();
    pieces(&flow(each), &mut out);
    out.extend(parts.signing.iter().flat_map(signing_lines));
    pieces(&flow(once), &mut out);
    out.extend(lines(&parts.signature));
    if !parts.enclosures.is_empty() {
        out.push(hard(parts.enclosures.iter().map(|words| opening(words)).collect()));
    }
    if !parts.footer.is_empty() {
        out.push("---".into());
        out.push(hard(parts.footer.iter().map(|words| opening(words)).collect()));
    }
    if !document.notes.is_empty() {
        out.push(document.notes.iter().map(note).collect::<Vec<_>>().join("\n"));
    }
    out.join("\n\n") + "\n"
}

/// The first copy stands for all: what each bears, and the warning.
fn signing_head(signing: &Signing) -> Vec<String> {
    let warning = signing.warning.iter().map(|words| format!("**{}**", escape(words)));
    signing.marks.first().map(|words| opening(words)).into_iter().chain(warning).collect()
}

/// The lines to sign as a table, and what else is filled in by hand.
fn signing_lines(signing: &Signing) -> Vec<String> {
    let cells: Vec<String> = signing.columns.iter().map(|words| escape(words)).collect();
    let empty = " |".repeat(cells.len().saturating_sub(1));
    let rows = (1..=signing.rows).map(|row| format!("| {row} |{empty}"));
    let head = [format!("| {} |", cells.join(" | ")), format!("|{}", " --- |".repeat(cells.len()))];
    let table = (signing.rows > 0).then(|| head.into_iter().chain(rows).collect::<Vec<_>>().join("\n"));
    table.into_iter().chain(lines(&signing.fields)).collect()
}

/// The lines of a part as one paragraph; nothing where the part is empty.
fn lines(lines: &[Line]) -> Option<String> {
    let each: Vec<String> = lines.iter().map(line).collect();
    if each.is_empty() { None } else { Some(hard(each)) }
}

fn line(line: &Line) -> String {
    match line {
        Line::Text(words) => opening(words),
        Line::Blank { label, filled: None } if label.is_empty() => "________".to_owned(),
        Line::Blank { label, filled: None } => format!("{}: ________", opening(label)),
        Line::Blank { label, filled: Some(words) } => format!("{}: {}", opening(label), escape(words)),
    }
}

/// Lines with forced breaks between them.
fn hard(lines: Vec<String>) -> String {
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\\\n")
}

fn note(note: &Note) -> String {
    let words = note.content.iter().map(|span| {
        let words = escape(&span.text);
        if span.italic { around("*", &words) } else { words }
    });
    format!("[^{}]: {}", note.number, words.collect::<String>())
}

fn pieces(pieces_: &[Piece<'_>], out: &mut Vec<String>) {
    for piece in pieces_ {
        match piece {
            Piece::Block(one) => block(one, out),
            // The class of the heading says it; Markdown has its notes at the end.
            Piece::NewPage | Piece::Notes | Piece::CutOff => {}
            Piece::Box(inner) | Piece::Petition(inner) => pieces(inner, out),
            Piece::Numbered { start, items } => {
                let items = items.iter().map(|item| blocks(item.iter().copied()));
                out.push(list(Some(*start), items.collect(), out.last().map(String::as_str)));
            }
        }
    }
}

fn blocks<'a>(all: impl IntoIterator<Item = &'a Block>) -> Vec<String> {
    let mut out = Vec::new();
    for one in all {
        block(one, &mut out);
    }
    out
}

fn block(block: &Block, out: &mut Vec<String>) {
    let text = match &block.kind {
        BlockKind::Heading { level, id, classes, content } => {
            let marks = "#".repeat(usize::from(*level).saturating_add(1).min(6));
            format!("{marks} {}{}", flat(content), attributes(id.as_deref(), classes))
        }
        BlockKind::Paragraph(content) => paragraph(content),
        BlockKind::List { start, items } => {
            let items = items.iter().map(blocks).collect();
            list(*start, items, out.last().map(String::as_str))
        }
        BlockKind::Definitions(items) => {
            let each = items.iter().map(|(term, description)| {
                format!("{}\n{}", start_of_line(&flat(term)), item(": ", &blocks(description).join("\n\n")))
            });
            each.collect::<Vec<_>>().join("\n\n")
        }
        BlockKind::Table { header, rows } => {
            let rule = format!("|{}", " --- |".repeat(header.len()));
            let rows = rows.iter().map(|cells| row(cells));
            [row(header), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
        }
        BlockKind::Blank => "________".to_owned(),
        BlockKind::SideBySide(beside) => side_by_side(beside),
        BlockKind::Envelope { sender, address, .. } => {
            format!("{}\n\n{}", opening(sender), hard(address.iter().map(line).collect()))
        }
        BlockKind::Quotation(inner) => item("> ", &blocks(inner).join("\n\n")).replace("\n  ", "\n> "),
    };
    out.push(text);
}

fn attributes(id: Option<&str>, classes: &[Class]) -> String {
    let id = id.map(|id| format!("#{id}"));
    let classes = classes.iter().map(|class| format!(".{}", class.name()));
    let all: Vec<String> = id.into_iter().chain(classes).collect();
    if all.is_empty() { String::new() } else { format!(" {{{}}}", all.join(" ")) }
}

/// A list; where another of its kind stands before it, other marks keep the two apart.
fn list(start: Option<u64>, items: Vec<Vec<String>>, before: Option<&str>) -> String {
    let first = |mark: &str| before.is_some_and(|before| before.starts_with(mark));
    let loose = items.iter().any(|blocks| blocks.len() > 1);
    let numbered_before = before.is_some_and(|before| {
        let rest = before.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < before.len() && rest.starts_with(". ")
    });
    let each = (0..).zip(items).map(|(index, blocks)| {
        let mark = match start {
            Some(start) => format!("{}{} ", start.saturating_add(index), if numbered_before { ")" } else { "." }),
            None if first("- ") => "* ".into(),
            None => "- ".into(),
        };
        item(&mark, &blocks.join("\n\n"))
    });
    each.collect::<Vec<_>>().join(if loose { "\n\n" } else { "\n" })
}

/// Text behind a mark, the other lines as far in as the first.
fn item(mark: &str, text: &str) -> String {
    let margin = format!("\n{}", " ".repeat(mark.len()));
    format!("{mark}{}", text.replace('\n', &margin)).replace(&format!("{margin}\n"), "\n\n")
}

/// A table; the blocks of a cell stand on one line, because Markdown's cells have no more.
fn side_by_side(beside: &SideBySide) -> String {
    let cell = |blocks: &Vec<Block>| self::blocks(blocks).join(" ").replace("\\\n", " ").replace('\n', " ");
    let rows = beside.rows.iter().map(|[left, right]| format!("| {} | {} |", cell(left), cell(right)));
    let [left, right] = &beside.header;
    let header = format!("| {} | {} |", escape(left), escape(right));
    [header, "| --- | --- |".to_owned()].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

fn row(cells: &[Vec<Inline>]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| flat(cell)).collect();
    format!("| {} |", cells.join(" | "))
}

/// A run on one line.
fn flat(content: &[Inline]) -> String {
    inlines(content).replace("\\\n", " ").trim().to_owned()
}

fn paragraph(content: &[Inline]) -> String {
    let text = inlines(content);
    text.trim().lines().map(start_of_line).collect::<Vec<_>>().join("\n")
}

fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(words) => escape(words),
        Inline::Emphasis(inner) => around("*", &inlines(inner)),
        Inline::Strong(inner) => around("**", &inlines(inner)),
        Inline::Claim { content, .. } | Inline::Foreign { content, .. } => inlines(content),
        Inline::NoteReference(number) => format!("[^{number}]"),
        Inline::Link { target, content } => format!("[{}](#{target})", inlines(content)),
        Inline::LineBreak => "\\\n".into(),
    }
}

/// Marks around words; white space at the edges stays outside, or the marks would not be read as marks.
fn around(mark: &str, words: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return words.to_owned();
    }
    let (before, after) = words.split_once(inner).unwrap_or_default();
    format!("{before}{mark}{inner}{mark}{after}")
}

/// Words at the start of a line.
fn opening(words: &str) -> String {
    start_of_line(&escape(words))
}

/// Escapes what would mean something inside a line, and flattens line ends.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '&' | '|' | '~' | '^' | '$' => {
                out.push('\\');
                out.push(character);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}

/// Escapes what would mean something only at the start of a line.
fn start_of_line(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = line[digits..].chars().next();
    if digits > 0 && matches!(mark, Some('.' | ')')) {
        format!("{}\\{}", &line[..digits], &line[digits..])
    } else if line.starts_with(['#', '+', '-', '=', ':']) {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}
