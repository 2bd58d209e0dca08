//! Letters (RFC 5322) and pages in the form of letters (RFC 2557).

use mail_parser::{Address, DateTime, HeaderValue, Message, MessageParser, MimeHeaders as _, PartType};

use super::{About, Extracted, File, Format, Paragraph, Refusal, about, html};

/// The longest line of a text that a mail program broke by itself.
const BROKEN_AT: usize = 50;

/// The words of a letter: its plain text, else its page. What is attached is named and left out.
pub(super) fn letter(file: File) -> Result<Extracted, Refusal> {
    let message = parse(file)?;
    let plain: Vec<&str> = message.text_body.iter().filter_map(|id| plain_text(&message, *id)).collect();
    let mut read = if plain.iter().any(|text| !text.trim().is_empty()) {
        let paragraphs = plain.iter().flat_map(|text| paragraphs(text)).collect();
        Extracted { format: Format::Eml, paragraphs, pages: 0, about: About::default(), remarks: Vec::new() }
    } else {
        let pages =
            message.html_body.iter().filter_map(|id| page_text(&message, *id)).collect::<Vec<&str>>().join("\n");
        html::page(file.name, &pages)?
    };
    read.format = Format::Eml;
    read.about = About {
        title: message.subject().map(str::to_owned).filter(|subject| !subject.trim().is_empty()),
        authors: message.from().map(names).unwrap_or_default(),
        date: message.date().and_then(day),
        language: read.about.language,
        ..About::default()
    };
    read.remarks.extend(attached(&message));
    Ok(read)
}

/// The words of a page that was saved in one file with its pictures.
pub(super) fn page(file: File) -> Result<Extracted, Refusal> {
    let message = parse(file)?;
    let root = message.parts.iter().find(|part| matches!(part.body, PartType::Html(_)));
    let Some((part, PartType::Html(text))) = root.map(|part| (part, &part.body)) else {
        return Err(Refusal::broken(file.name, "holds no page"));
    };
    if text.len() > html::MOST_BYTES {
        return Err(Refusal::too_large(file.name, "is too large for a page", html::MOST_BYTES as u64));
    }
    let mut read = html::page(file.name, text)?;
    read.format = Format::Mhtml;
    let snapshot = message.header("Snapshot-Content-Location").and_then(HeaderValue::as_text);
    let address = snapshot.or_else(|| part.content_location()).or_else(|| message.root_part().content_location());
    let address = address.map(str::trim).filter(|address| address.starts_with("http") && !address.contains(' '));
    read.about.url = address.map(str::to_owned).or(read.about.url);
    read.about.retrieved = message.date().and_then(day);
    Ok(read)
}

fn parse(file: File<'_>) -> Result<Message<'_>, Refusal> {
    let message = MessageParser::default().parse(file.bytes);
    let message = message.filter(|message| !message.headers().is_empty());
    let message = message.ok_or_else(|| Refusal::broken(file.name, "is no letter: its head cannot be read"))?;
    if let Some(boundary) = message.content_type().and_then(|kind| kind.attribute("boundary")) {
        let end = format!("--{boundary}--");
        if !file.bytes.windows(end.len()).any(|window| window == end.as_bytes()) {
            return Err(Refusal::broken(file.name, "breaks off: the end of its last part is missing"));
        }
    }
    Ok(message)
}

fn plain_text<'a>(message: &'a Message, id: u32) -> Option<&'a str> {
    match &message.part(id)?.body {
        PartType::Text(text) => Some(text),
        _ => None,
    }
}

fn page_text<'a>(message: &'a Message, id: u32) -> Option<&'a str> {
    match &message.part(id)?.body {
        PartType::Html(text) => Some(text),
        _ => None,
    }
}

/// The names of senders; the address where there is no name.
fn names(address: &Address) -> Vec<String> {
    let name = |one: &mail_parser::Addr| one.name.as_ref().or(one.address.as_ref()).map(|name| name.trim().to_owned());
    address.iter().filter_map(name).filter(|name| !name.is_empty()).collect()
}

fn day(date: &DateTime) -> Option<String> {
    about::day(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}

/// What is attached to a letter: named, so that each can be added by itself.
fn attached(message: &Message) -> Vec<String> {
    let names = message.attachments().map(|part| {
        let kind = match &part.body {
            PartType::Message(_) => "a letter".to_owned(),
            _ => part.content_type().map_or_else(String::new, |kind| {
                format!("{}/{}", kind.c_type, kind.c_subtype.as_deref().unwrap_or_default())
            }),
        };
        part.attachment_name().map_or(kind.clone(), |name| format!("{} ({kind})", super::one_line(name)))
    });
    let names: Vec<String> = names.take(20).collect();
    if names.is_empty() {
        return Vec::new();
    }
    vec![format!("attached and not read: {}; save each and add it by itself", names.join(", "))]
}

/// The paragraphs of a letter: lines that a mail program broke are whole again; each level of quotation begins anew.
fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let (mut signature, mut joins) = (false, false);
    let mut level_before = 0;
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        signature |= line == "-- " || line == "--";
        let (level, words) = quoted(line);
        let goes_on = joins && level == level_before && !words.is_empty() && !begins_item(words);
        if goes_on && let Some(last) = found.last_mut() {
            last.text.push(' ');
            last.text.push_str(words);
        } else if !words.is_empty() {
            let text = if level > 0 { format!("{} {words}", ">".repeat(level)) } else { words.to_owned() };
            let furniture = signature.then_some("signature");
            found.push(Paragraph { text, page: 0, furniture });
        }
        joins = !words.is_empty() && line.chars().count() > BROKEN_AT;
        level_before = level;
    }
    found
}

/// How deep a line is quoted, and its words.
fn quoted(line: &str) -> (usize, &str) {
    let (mut level, mut rest) = (0, line.trim_start());
    while let Some(inner) = rest.strip_prefix('>') {
        level += 1;
        rest = inner.trim_start();
    }
    (level, rest.trim())
}

/// Whether a line begins an item of a list.
fn begins_item(words: &str) -> bool {
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    words.starts_with(['-', '*', '•', '—', '–']) || number.len() < words.len() && number.starts_with(['.', ')'])
}
