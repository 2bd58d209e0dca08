//! A document as a page of HTML.

use std::fmt::Write as _;

use icu::locale::{Direction, LocaleDirectionality};

use super::seal;
use super::vocabulary::{CREATOR, HEADER, ORDER, STYLE, class};
use crate::document::events::{Event, Role, Tag};
use crate::document::{Document, Language};
use crate::render::ledger::{Carried, NAME};

/// The page of a document.
///
/// # Errors
/// The ledger of the document cannot be used, which is an error of the program.
pub(super) fn page(document: &Document) -> Result<String, String> {
    let mut writer =
        Writer { out: String::new(), told: Vec::new(), is_first_line: true, in_head: false, is_blank: false };
    document.events(ORDER).for_each(|event| writer.meet(event));
    let Language { code, .. } = &document.language;
    let mut page = format!(
        "{HEADER}<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"{CREATOR}\">\n{}\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n",
        escape(&tag(&document.language)),
        direction(code),
        seal::open(),
        escape(&document.title),
        writer.out,
    );
    let ledger = ledger(document, &page)?;
    page.push_str(&ledger);
    page.push_str(END);
    seal::seal(&mut page)?;
    Ok(page)
}

/// The end of each page, after its ledger.
const END: &str = "</body>\n</html>\n";

/// The block of the ledger, with the words in the order of the page. Signs that could end the block are escaped. Empty
/// for a document without a ledger.
fn ledger(document: &Document, page: &str) -> Result<String, String> {
    let attached = document.attachments.iter().find(|attached| attached.name == NAME);
    let Some(attached) = attached else { return Ok(String::new()) };
    let carried = Carried::read(&attached.bytes).map_err(|fault| format!("its ledger cannot be read: {fault:?}"))?;
    let carried = Carried { markup: Some(seal::markup(page, END)), ..carried.in_order(document, ORDER) };
    let text = String::from_utf8(carried.write()?).map_err(|fault| fault.to_string())?;
    Ok(block(&text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")))
}

/// The element that holds an escaped ledger.
pub(super) fn block(ledger: &str) -> String {
    format!("<script type=\"application/json\" id=\"{NAME}\">{ledger}</script>\n")
}

struct Writer {
    out: String,
    /// Numbers of the notes that were referred to.
    told: Vec<usize>,
    /// True if no line of the region is written yet.
    is_first_line: bool,
    /// True while the heads of the columns of a list to sign are written.
    in_head: bool,
    /// True if nothing is filled in on the present blank.
    is_blank: bool,
}

impl Writer {
    fn meet(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag, _) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.out.push_str(&escape(words)),
            Event::Reference(number) => self.reference(number),
            Event::LineBreak => self.out.push_str("<br>"),
            Event::Rule { beside: true } => self.out.push_str("<span class=\"rule\"></span>"),
            Event::Rule { beside: false } => self.out.push_str("<p><span class=\"rule\"></span></p>\n"),
            Event::CutOff => self.out.push_str("<hr class=\"cut\">\n"),
            Event::NewPage => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Region(role) => self.region(role),
            Tag::Line => self.line(),
            Tag::Blank => {
                self.line();
                self.is_blank = true;
            }
            Tag::Label => self.out.push_str("<span class=\"label\">"),
            Tag::Filled => {
                self.is_blank = false;
                self.out.push_str(" <span class=\"filled\">");
            }
            Tag::SigningRow(row) => {
                let _ = writeln!(self.out, "<tr><td>{row}</td></tr>");
            }
            Tag::Heading { level, id, .. } => self.heading(level, id),
            Tag::List(Some(start)) => self.open(&format!("ol start=\"{start}\"")),
            Tag::Numbered(start) => self.open(&format!("ol class=\"numbered\" start=\"{start}\"")),
            Tag::SideBySide(_) => self.open("table class=\"beside\""),
            Tag::Column { language: Some(language) } => self.foreign("td", language),
            Tag::Envelope(language) => {
                self.foreign("div class=\"envelope\"", language);
                self.out.push_str("<p>");
                self.is_first_line = true;
            }
            Tag::Notes => self.open("section class=\"notes\" role=\"doc-endnotes\""),
            Tag::Note(note) => {
                let number = note.number;
                let back =
                    if self.told.contains(&number) { format!(" href=\"#reference-{number}\"") } else { String::new() };
                let _ = write!(self.out, "<p id=\"note-{number}\"><a role=\"doc-backlink\"{back}>{number}</a> ");
            }
            Tag::Link(target) => {
                let _ = write!(self.out, "<a href=\"#heading-{}\">", escape(target));
            }
            Tag::Foreign(language) => self.foreign("span", language),
            _ => self.out.push_str(simple(tag).map_or("", |(start, _)| start)),
        }
    }

    fn end(&mut self, tag: Tag<'_>) {
        let end = match tag {
            Tag::Region(role) => return self.end_region(role),
            Tag::Label | Tag::Filled | Tag::Foreign(_) => "</span>",
            Tag::Heading { level, .. } => {
                let _ = writeln!(self.out, "</h{}>", rank(level));
                return;
            }
            Tag::List(Some(_)) | Tag::Numbered(_) => "</ol>\n",
            Tag::SideBySide(_) => "</tbody></table>\n",
            Tag::Column { .. } => "</td>",
            Tag::Envelope(_) => "</p></div>\n",
            Tag::Notes => "</section>\n",
            Tag::Note(_) => "</p>\n",
            Tag::Link(_) => "</a>",
            Tag::Blank if self.is_blank => " <span class=\"rule\"></span>",
            _ => simple(tag).map_or("", |(_, end)| end),
        };
        self.out.push_str(end);
    }

    fn open(&mut self, element: &str) {
        let _ = writeln!(self.out, "<{element}>");
    }

    fn region(&mut self, role: Role) {
        self.is_first_line = true;
        match (role, class(role)) {
            (Role::Headline, _) => self.out.push_str("<h1>"),
            (Role::SigningColumns, _) => {
                self.in_head = true;
                self.out.push_str("<table class=\"sign\"><thead><tr>");
            }
            (_, Some(class)) => {
                let _ = write!(self.out, "<p class=\"{class}\">");
            }
            (_, None) => {}
        }
    }

    fn end_region(&mut self, role: Role) {
        let end = match (role, class(role)) {
            (Role::Headline, _) => "</h1>\n",
            (Role::SigningColumns, _) => {
                self.in_head = false;
                "</th></tr></thead><tbody>\n"
            }
            (Role::SigningRows, _) => "</tbody></table>\n",
            (_, Some(_)) => "</p>\n",
            (_, None) => "",
        };
        self.out.push_str(end);
    }

    /// Begins a new line of a region.
    fn line(&mut self) {
        let between = match (self.in_head, self.is_first_line) {
            (true, true) => "<th scope=\"col\">",
            (true, false) => "</th><th scope=\"col\">",
            (false, true) => "",
            (false, false) => "<br>\n",
        };
        self.is_first_line = false;
        self.out.push_str(between);
    }

    fn heading(&mut self, level: u8, id: Option<&str>) {
        let id = id.map(|id| format!(" id=\"heading-{}\"", escape(id))).unwrap_or_default();
        let _ = write!(self.out, "<h{}{id}>", rank(level));
    }

    /// An element in another language, with its direction.
    fn foreign(&mut self, element: &str, language: &Language) {
        let _ =
            write!(self.out, "<{element} lang=\"{}\" dir=\"{}\">", escape(&tag(language)), direction(&language.code));
    }

    /// A reference to a note; the note links back to the first one.
    fn reference(&mut self, number: usize) {
        let is_first = !self.told.contains(&number);
        let id = if is_first { format!(" id=\"reference-{number}\"") } else { String::new() };
        self.told.extend(is_first.then_some(number));
        let _ = write!(self.out, "<sup><a href=\"#note-{number}\"{id} role=\"doc-noteref\">{number}</a></sup>");
    }
}

/// Parts that always begin and end with the same words.
fn simple(tag: Tag<'_>) -> Option<(&'static str, &'static str)> {
    Some(match tag {
        Tag::Paragraph => ("<p>", "</p>\n"),
        Tag::List(None) => ("<ul>\n", "</ul>\n"),
        Tag::Item(_) => ("<li>", "</li>\n"),
        Tag::Definitions => ("<dl>\n", "</dl>\n"),
        Tag::Term => ("<dt>", "</dt>\n"),
        Tag::Description => ("<dd>", "</dd>\n"),
        Tag::Table(_) => ("<table>\n", "</tbody></table>\n"),
        Tag::Head => ("<thead><tr>", "</tr></thead><tbody>\n"),
        Tag::HeadCell | Tag::ColumnHead => ("<th scope=\"col\">", "</th>"),
        Tag::Row | Tag::Passage => ("<tr>", "</tr>\n"),
        Tag::Cell | Tag::Column { language: None } => ("<td>", "</td>"),
        Tag::Quotation => ("<blockquote>\n", "</blockquote>\n"),
        Tag::EnvelopeSender => ("", "</p><p>"),
        Tag::Box => ("<section class=\"box\">\n", "</section>\n"),
        Tag::Petition => ("<section class=\"petition\">\n", "</section>\n"),
        Tag::Emphasis => ("<em>", "</em>"),
        Tag::Strong => ("<strong>", "</strong>"),
        Tag::Work => ("<cite>", "</cite>"),
        _ => return None,
    })
}

/// The level of a heading in HTML, where the headline is the first level.
fn rank(level: u8) -> u8 {
    level.saturating_add(1).min(6)
}

/// A language in the notation of HTML.
fn tag(language: &Language) -> String {
    let Language { code, region } = language;
    if region.is_empty() { code.clone() } else { format!("{code}-{region}") }
}

/// The direction in which a language is written.
fn direction(code: &str) -> &'static str {
    let known = code.parse().ok().and_then(|code| LocaleDirectionality::new_common().get(&code));
    if known == Some(Direction::RightToLeft) { "rtl" } else { "ltr" }
}

/// Escapes words for text and for values of attributes.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}
