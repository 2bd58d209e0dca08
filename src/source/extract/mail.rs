//! Letters (RFC 5322) and pages in the form of letters (RFC 2557).

use mailparse::{
    DispositionType, MailAddr, MailHeaderMap as _, MailParseError, ParsedMail, addrparse_header, parse_mail,
};

use super::{Extracted, ExtractedParagraph, File, FileFormat, ImportRefusal, Metadata, about, encoding, html};

/// The length of a line, in characters, above which a mail program may have broken it.
const BROKEN_AT: usize = 50;

/// The words of a letter: its plain text, otherwise its page. Attachments are named and left out.
pub(super) fn letter(file: File) -> Result<Extracted, ImportRefusal> {
    let message = parse(file)?;
    let (mut plain, mut pages) = (Vec::new(), Vec::new());
    for part in message.parts().filter(|part| !is_attached(part)) {
        match part.ctype.mimetype.as_str() {
            "text/plain" => plain.push(words(file, part)?),
            "text/html" => pages.push(words(file, part)?),
            _ => {}
        }
    }
    let mut read = if plain.iter().any(|text| !text.trim().is_empty()) {
        let paragraphs = plain.iter().flat_map(|text| paragraphs(text)).collect();
        Extracted { format: FileFormat::Eml, paragraphs, pages: 0, about: Metadata::default(), remarks: Vec::new() }
    } else {
        html::page(file.name, &pages.join("\n"))?
    };
    read.format = FileFormat::Eml;
    read.about = Metadata {
        title: head(&message, "Subject"),
        authors: senders(&message),
        date: head(&message, "Date").as_deref().and_then(day),
        language: read.about.language,
        ..Metadata::default()
    };
    read.remarks.extend(attached(&message));
    Ok(read)
}

/// The words of a page saved in one file with its pictures.
pub(super) fn page(file: File) -> Result<Extracted, ImportRefusal> {
    let message = parse(file)?;
    let Some(part) = message.parts().find(|part| part.ctype.mimetype == "text/html") else {
        return Err(ImportRefusal::broken(file.name, "holds no page"));
    };
    let raw = raw(file, part)?;
    let mut read = html::read(File { bytes: &raw, encoding: label(file, part), ..file })?;
    read.format = FileFormat::Mhtml;
    let places = [
        head(&message, "Snapshot-Content-Location"),
        head(part, "Content-Location"),
        head(&message, "Content-Location"),
    ];
    let address =
        places.into_iter().flatten().find(|place| place.starts_with("http") && !place.contains([' ', '<', '>']));
    read.about.url = address.or(read.about.url);
    read.about.retrieved = head(&message, "Date").as_deref().and_then(day);
    Ok(read)
}

fn parse(file: File<'_>) -> Result<ParsedMail<'_>, ImportRefusal> {
    let message = parse_mail(file.bytes).map_err(|fault| refused(file.name, &fault))?;
    if let Some(boundary) = message.ctype.params.get("boundary") {
        let end = format!("--{boundary}--");
        if !file.bytes.windows(end.len()).any(|window| window == end.as_bytes()) {
            return Err(ImportRefusal::broken(file.name, "breaks off: the end of its last part is missing"));
        }
    }
    Ok(message)
}

fn refused(name: &str, fault: &MailParseError) -> ImportRefusal {
    match fault {
        MailParseError::Generic("Recursion limit reached") => {
            ImportRefusal::broken(name, "holds parts inside parts without end")
        }
        _ => ImportRefusal::broken(name, "is no letter that can be read"),
    }
}

/// The words of a part, in the encoding that it names, otherwise in a guessed one.
fn words(file: File, part: &ParsedMail) -> Result<String, ImportRefusal> {
    let raw = raw(file, part)?;
    let declared = html::declared(&raw);
    let part = File { bytes: &raw, encoding: label(file, part), ..file };
    encoding::decode(part, declared.as_deref()).map(|decoded| decoded.text)
}

fn raw(file: File, part: &ParsedMail) -> Result<Vec<u8>, ImportRefusal> {
    part.get_body_raw().map_err(|_| ImportRefusal::broken(file.name, "is damaged: a part of it cannot be unpacked"))
}

/// The encoding that the user named, otherwise the one that the part names.
fn label<'a>(file: File<'a>, part: &'a ParsedMail) -> Option<&'a str> {
    let named = part.ctype.params.get("charset").map(String::as_str);
    file.encoding.or(named.filter(|label| encoding_rs::Encoding::for_label(label.as_bytes()).is_some()))
}

fn head(part: &ParsedMail, name: &str) -> Option<String> {
    let value = part.headers.get_first_value(name).map(|value| super::one_line(&value));
    value.filter(|value| !value.is_empty())
}

/// The names of the senders; the address of a sender without a name.
fn senders(message: &ParsedMail) -> Vec<String> {
    let Some(list) = message.headers.get_first_header("From").and_then(|head| addrparse_header(head).ok()) else {
        return Vec::new();
    };
    let name = |sender: &MailAddr| match sender {
        MailAddr::Single(one) => one.display_name.clone().unwrap_or_else(|| one.addr.clone()),
        MailAddr::Group(group) => group.group_name.clone(),
    };
    list.iter().map(|sender| super::one_line(&name(sender))).filter(|name| !name.is_empty()).collect()
}

/// The day by the sender's clock.
fn day(date: &str) -> Option<String> {
    let exact = chrono::DateTime::parse_from_rfc2822(date).ok().map(|moment| moment.date_naive());
    // Old programs write dates in other forms.
    let loose =
        || chrono::DateTime::from_timestamp(mailparse::dateparse(date).ok()?, 0).map(|moment| moment.date_naive());
    exact.or_else(loose).and_then(|day| about::day(&day.to_string()))
}

/// True if a part is an attachment: it says so, or it is a letter itself.
fn is_attached(part: &ParsedMail) -> bool {
    part.get_content_disposition().disposition == DispositionType::Attachment
}

/// The names of the attachments of a letter, so that each can be added separately.
fn attached(message: &ParsedMail) -> Vec<String> {
    let is_words = |part: &&ParsedMail| {
        let kind = part.ctype.mimetype.as_str();
        !is_attached(part) && (kind.starts_with("multipart/") || matches!(kind, "text/plain" | "text/html"))
    };
    let name = |part: &ParsedMail| {
        let kind = part.ctype.mimetype.clone();
        let disposition = part.get_content_disposition();
        let name = disposition.params.get("filename").or_else(|| part.ctype.params.get("name"));
        name.map_or(kind.clone(), |name| format!("{} ({kind})", super::one_line(name)))
    };
    let names: Vec<String> = message.parts().filter(|part| !is_words(part)).take(20).map(name).collect();
    if names.is_empty() {
        return Vec::new();
    }
    vec![format!("attached and not read: {}; save each and add it by itself", names.join(", "))]
}

/// The paragraphs of a letter: lines broken by a mail program are joined; each level of quotation begins a new one.
fn paragraphs(text: &str) -> Vec<ExtractedParagraph> {
    let mut found: Vec<ExtractedParagraph> = Vec::new();
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
            found.push(ExtractedParagraph { text, page: 0, furniture });
        }
        joins = !words.is_empty() && line.chars().count() > BROKEN_AT;
        level_before = level;
    }
    found
}

/// The level of quotation of a line, and its words.
fn quoted(line: &str) -> (usize, &str) {
    let (mut level, mut rest) = (0, line.trim_start());
    while let Some(inner) = rest.strip_prefix('>') {
        level += 1;
        rest = inner.trim_start();
    }
    (level, rest.trim())
}

/// True if a line begins an item of a list.
fn begins_item(words: &str) -> bool {
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    words.starts_with(['-', '*', '•', '—', '–']) || number.len() < words.len() && number.starts_with(['.', ')'])
}
