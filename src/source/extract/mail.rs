//! Letters (RFC 5322) and pages in the form of letters (RFC 2557).

use mailparse::{DispositionType, MailHeaderMap as _, ParsedContentDisposition, parse_content_disposition};

use crate::diag::Code;

use super::encoding::{self, CharsetLabel, Decoded};
use super::mail_choice::{Choice, choice};
use super::mail_head::FieldReading;
use super::mail_parts::{Part, unfold, without_mailbox};
use super::mail_text::{self, Breaks};
use super::{Extracted, ExtractedParagraph, File, FileFormat, ImportRefusal, Metadata, about, html};

/// The most parts that a remark names.
const NAMED: usize = 20;

/// The longest name of an attachment in a remark, in characters.
const LONGEST_NAME: usize = 120;

/// The words of a letter: the parts that programs show, in order. Attachments are named and left out.
pub(super) fn letter(file: File) -> Result<Extracted, ImportRefusal> {
    let bytes = without_mailbox(file.name, file.bytes)?;
    let letter = Part::read(file.name, &bytes)?;
    let mut shown = Shown::default();
    shown.part(file, &letter)?;
    let text = letter.all().into_iter().find(|part| is_text(part));
    let sample = text.and_then(|part| part.unpacked(file.name).ok().flatten()).map(|text| text.bytes);
    let label = text.and_then(|part| part.params.get("charset")).map(String::as_str);
    let mut fields = FieldReading::of(file, &letter, &sample.unwrap_or_default(), label);
    let about = Metadata {
        title: fields.words(&letter, "Subject"),
        authors: fields.senders(&letter),
        date: fields.words(&letter, "Date").as_deref().and_then(day),
        language: shown.language,
        ..Metadata::default()
    };
    let unread = named(&mut fields, &shown.unread);
    if shown.paragraphs.iter().all(|paragraph| paragraph.text.trim().is_empty()) {
        return Err(without_words(file.name, &letter, unread));
    }
    let mut remarks = shown.remarks;
    remarks.extend(fields.remarks);
    if letter.all().iter().any(|part| part.breaks_off) {
        remarks.push("a part inside the letter breaks off: its end is missing".to_owned());
    }
    let unread = unread.map(|names| format!("attached and not read: {names}; save each and add it by itself"));
    remarks.extend(unread);
    Ok(Extracted { format: FileFormat::Eml, paragraphs: shown.paragraphs, pages: 0, about, remarks })
}

/// The reason why a letter has no words of its own.
fn without_words(name: &str, letter: &Part, attached: Option<String>) -> ImportRefusal {
    let locked = ["multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"];
    if letter.all().iter().any(|part| locked.contains(&part.kind.as_str())) {
        let hint = "open it in the mail program that has the key, save what it shows, and add that; keep this one too";
        return ImportRefusal::new(Code::SourceEncrypted, format!("`{name}` is locked with a key"), hint);
    }
    let Some(attached) = attached else { return ImportRefusal::no_text(name) };
    let words = format!("`{name}` has no words of its own; attached: {attached}");
    ImportRefusal::new(Code::SourceNoText, words, "save what is attached, and add that by itself")
}

/// The words of a page saved in one file with its pictures.
pub(super) fn page(file: File) -> Result<Extracted, ImportRefusal> {
    let bytes = without_mailbox(file.name, file.bytes)?;
    let message = Part::read(file.name, &bytes)?;
    let pages: Vec<&Part> = message.all().into_iter().filter(|part| part.kind == "text/html").collect();
    let Some(part) = pages.first() else { return Err(ImportRefusal::broken(file.name, "holds no page")) };
    let mut shown = Shown::default();
    let Some(text) = shown.text(file, part)? else {
        return Err(ImportRefusal::broken(file.name, "is packed in a way that is not known"));
    };
    let mut read = html::page(file.name, &text)?;
    read.remarks.extend(shown.remarks);
    read.format = FileFormat::Mhtml;
    let mut fields = FieldReading::of(file, &message, &[], None);
    let places = [
        fields.words(&message, "Snapshot-Content-Location"),
        fields.words(part, "Content-Location"),
        fields.words(&message, "Content-Location"),
    ];
    let address =
        places.into_iter().flatten().find(|place| place.starts_with("http") && !place.contains([' ', '<', '>']));
    read.about.url = address.or(read.about.url);
    read.about.retrieved = fields.words(&message, "Date").as_deref().and_then(day);
    if pages.len() > 1 {
        read.remarks.push(format!("{} pages inside the page (frames) are not read", pages.len() - 1));
    }
    Ok(read)
}

/// The day by the sender's clock.
fn day(date: &str) -> Option<String> {
    let exact = chrono::DateTime::parse_from_rfc2822(date).ok().map(|moment| moment.date_naive());
    // Old programs write dates in other forms.
    let loose =
        || chrono::DateTime::from_timestamp(mailparse::dateparse(date).ok()?, 0).map(|moment| moment.date_naive());
    exact.or_else(loose).and_then(|day| about::day(&day.to_string()))
}

/// What programs show of a letter.
#[derive(Default)]
struct Shown<'a> {
    paragraphs: Vec<ExtractedParagraph>,
    language: Option<String>,
    /// True if a page is among the words.
    has_page: bool,
    remarks: Vec<String>,
    /// The parts that are not words.
    unread: Vec<&'a Part<'a>>,
}

impl<'a> Shown<'a> {
    fn part(&mut self, file: File, part: &'a Part) -> Result<(), ImportRefusal> {
        match part.kind.as_str() {
            _ if is_attached(part) => self.unread.push(part),
            "multipart/alternative" => self.alternatives(file, part)?,
            kind if kind.starts_with("multipart/") => {
                for inner in &part.inner {
                    self.part(file, inner)?;
                }
            }
            "text/plain" => match self.text(file, part)? {
                Some(text) => self.paragraphs.extend(mail_text::paragraphs(&text, breaks(part))),
                None => self.unread.push(part),
            },
            "text/html" => match self.text(file, part)? {
                Some(text) => self.page(file, &text)?,
                None => self.unread.push(part),
            },
            _ => self.unread.push(part),
        }
        Ok(())
    }

    fn page(&mut self, file: File, text: &str) -> Result<(), ImportRefusal> {
        if text.len() > html::MOST_BYTES {
            return Err(ImportRefusal::too_large(file.name, "holds a page that is too large", html::MOST_BYTES as u64));
        }
        let mut read = html::page(file.name, text)?;
        for paragraph in &mut read.paragraphs {
            paragraph.text = super::one_line(&paragraph.text);
            // A letter is no article: all of it is what somebody wrote.
            paragraph.furniture = paragraph.furniture.filter(|kind| !kind.starts_with("outside the article"));
        }
        self.has_page = true;
        self.paragraphs.extend(read.paragraphs);
        self.remarks.extend(read.remarks);
        self.language = self.language.take().or(read.about.language);
        Ok(())
    }

    /// Reads one of several forms of the same words.
    fn alternatives(&mut self, file: File, part: &'a Part) -> Result<(), ImportRefusal> {
        let (mut plain, mut page) = (None, None);
        for inner in &part.inner {
            let mut read = Shown::default();
            read.part(file, inner)?;
            self.unread.append(&mut read.unread);
            let has_words = read.paragraphs.iter().any(|paragraph| !paragraph.text.trim().is_empty());
            if has_words {
                // The last form is the one that the sender prefers.
                let form = if read.has_page { &mut page } else { &mut plain };
                *form = Some(read);
            }
        }
        let chosen = match (plain, page) {
            (Some(plain), Some(page)) => {
                let (choice, remark) = choice(&plain.paragraphs, &page.paragraphs);
                self.remarks.extend(remark);
                Some(if choice == Choice::Plain { plain } else { page })
            }
            (plain, page) => plain.or(page),
        };
        if let Some(chosen) = chosen {
            self.paragraphs.extend(chosen.paragraphs);
            self.remarks.extend(chosen.remarks);
            self.has_page |= chosen.has_page;
            self.language = self.language.take().or(chosen.language);
        }
        Ok(())
    }

    /// The text of a part, in the encoding that it names if its bytes agree; `None` if it is packed in an unknown way.
    fn text(&mut self, file: File, part: &Part) -> Result<Option<String>, ImportRefusal> {
        let Some(unpacked) = part.unpacked(file.name)? else { return Ok(None) };
        let outer = part.params.get("charset").map(|name| CharsetLabel { name, by: "the letter" });
        let page = (part.kind == "text/html").then_some("the page");
        let Decoded { text, remark, .. } = encoding::decode(File { bytes: &unpacked.bytes, ..file }, outer, page)?;
        for remark in remark.into_iter().chain(unpacked.remark) {
            if !self.remarks.contains(&remark) {
                self.remarks.push(remark);
            }
        }
        Ok(Some(text))
    }
}

/// How the lines of a part are broken.
///
/// Source: RFC 3676, 4.
fn breaks(part: &Part) -> Breaks {
    let is =
        |name: &str, value: &str| part.params.get(name).is_some_and(|known| known.trim().eq_ignore_ascii_case(value));
    if is("format", "flowed") { Breaks::Flowed { dropped: is("delsp", "yes") } } else { Breaks::Fixed }
}

fn is_text(part: &Part) -> bool {
    matches!(part.kind.as_str(), "text/plain" | "text/html") && !is_attached(part)
}

/// True if a part says that it is an attachment.
fn is_attached(part: &Part) -> bool {
    let value = part.head.get_first_header("Content-Disposition").map(|field| unfold(field.get_value_raw()));
    value.is_some_and(|value| disposition(&value).disposition == DispositionType::Attachment)
}

fn disposition(value: &[u8]) -> ParsedContentDisposition {
    parse_content_disposition(&String::from_utf8_lossy(value))
}

/// The names and kinds of some parts; `None` if there are none.
fn named(fields: &mut FieldReading, parts: &[&Part]) -> Option<String> {
    let names: Vec<String> = parts.iter().take(NAMED).map(|part| described(fields, part)).collect();
    let more = if parts.len() > NAMED { format!(" and {} more", parts.len() - NAMED) } else { String::new() };
    (!names.is_empty()).then(|| names.join(", ") + &more)
}

/// The name and kind of a part, so that it can be found and added separately.
fn described(fields: &mut FieldReading, part: &Part) -> String {
    let kind = &part.kind;
    let value = fields.words(part, "Content-Disposition").map(|value| disposition(value.as_bytes()));
    let named = value.and_then(|value| value.params.get("filename").cloned());
    let other = || {
        let content = fields.words(part, "Content-Type")?;
        mailparse::parse_content_type(&content).params.get("name").cloned()
    };
    let name = named.or_else(other).map(|name| super::one_line(&name).chars().take(LONGEST_NAME).collect::<String>());
    let name = name.filter(|name| !name.is_empty());
    let packing = part.packing();
    let usual = ["", "7bit", "8bit", "binary", "base64", "quoted-printable"];
    let how = if usual.contains(&packing.as_str()) { String::new() } else { format!(", packed as {packing}") };
    name.map_or(format!("{kind}{how}"), |name| format!("{name} ({kind}{how})"))
}
