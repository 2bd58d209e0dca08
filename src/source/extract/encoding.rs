//! Decoding bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::diag::Code;

use super::{File, ImportRefusal};

/// A text, and the way in which its encoding was found.
pub(super) struct Decoded {
    pub(super) text: String,
    /// The encoding.
    pub(super) encoding: &'static Encoding,
    /// True if the bytes contradict what somebody said of their encoding.
    pub(super) contradicts: bool,
    /// The remark on the encoding; `None` for UTF-8.
    pub(super) remark: Option<String>,
}

/// What somebody said of the encoding of a text.
#[derive(Clone, Copy)]
pub(super) struct CharsetLabel<'a> {
    /// The label, for instance `koi8-r`.
    pub(super) name: &'a str,
    /// Who says it, for instance `the letter`.
    pub(super) by: &'static str,
}

/// Decodes a text with the label of what brought it. A page may have one of its own; `page` is what the user calls it.
pub(super) fn decode(
    file: File,
    outer: Option<CharsetLabel>,
    page: Option<&'static str>,
) -> Result<Decoded, ImportRefusal> {
    let inside = page.and_then(|by| Some((declared(file.bytes)?, by)));
    let inner = inside.as_ref().map(|(name, by)| CharsetLabel { name, by });
    labelled(file, &outer.into_iter().chain(inner).collect::<Vec<_>>())
}

/// The encoding that a page declares, in the part in which browsers look for it.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let rest = &head[head.find("charset")? + "charset".len()..];
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

/// Decodes a text that bears labels, the one that counts most first. The encoding is tried in this order: named by the
/// user, byte order mark, valid UTF-8, labels, guessed from the frequency of letters. A label that the bytes contradict
/// is not followed, and the remark says so.
pub(super) fn labelled(file: File, labels: &[CharsetLabel]) -> Result<Decoded, ImportRefusal> {
    if let Some(label) = file.encoding {
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| no_such(label))?;
        return strict(file, encoding, "as you said");
    }
    if let Some(decoded) = by_form(file, labels) {
        return decoded;
    }
    for label in labels {
        if let Some(decoded) = followed(file, *label) {
            return Ok(decoded);
        }
    }
    guessed(file, labels)
}

/// Decodes a text whose form shows its encoding; `None` if the form shows nothing.
fn by_form(file: File, labels: &[CharsetLabel]) -> Option<Result<Decoded, ImportRefusal>> {
    let bytes = file.bytes;
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(strict(file, encoding, "by its byte order mark"));
    }
    if let Some(encoding) = by_noughts(bytes) {
        return Some(strict(file, encoding, "by its form"));
    }
    if bytes.contains(&0) {
        let hint = "look at the file: it is a picture, a program or damaged";
        return Some(Err(ImportRefusal::new(Code::SourceEncoding, format!("`{}` is no text", file.name), hint)));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let first = labels.first();
    if text.is_ascii() {
        // Japanese letters and UTF-7 are written with ASCII bytes alone.
        let seven = || guess(bytes) == ISO_2022_JP || first.is_some_and(|label| known(*label) == Some(ISO_2022_JP));
        return match first {
            _ if bytes.contains(&0x1b) && seven() => Some(strict(file, ISO_2022_JP, "by its form")),
            Some(label) if is_utf_7(label.name) && bytes.contains(&b'+') => Some(Err(utf_7(file.name))),
            Some(label) if Encoding::for_label_no_replacement(label.name.trim().as_bytes()).is_none() => {
                let remark = Some(format!("{}: read as ASCII", against(*label, "ASCII")));
                Some(strict(file, UTF_8, "").map(|found| Decoded { remark, contradicts: true, ..found }))
            }
            _ => Some(strict(file, UTF_8, "")),
        };
    }
    let wrong = first.filter(|label| known(**label) != Some(UTF_8));
    let remark = wrong.map(|label| format!("{}: read as UTF-8", against(*label, "UTF-8")));
    Some(strict(file, UTF_8, "").map(|decoded| Decoded { contradicts: remark.is_some(), remark, ..decoded }))
}

fn is_utf_7(label: &str) -> bool {
    label.to_ascii_lowercase().ends_with("utf-7")
}

fn utf_7(name: &str) -> ImportRefusal {
    let hint = "open it in the program that shows it, and save what it shows as UTF-8";
    ImportRefusal::new(Code::SourceEncoding, format!("`{name}` has words in UTF-7, which is not read"), hint)
}

/// The encoding of a label; `None` if the label is unknown, promises bytes without accents, or promises UTF-16, whose
/// form shows without a label: other bytes in pairs would be letters that nobody wrote.
fn known(label: CharsetLabel) -> Option<&'static Encoding> {
    let name = label.name.trim();
    let plain = ["us-ascii", "ascii", "ansi_x3.4-1968", "iso-ir-6", "iso646-us"];
    let is_plain = plain.iter().any(|plain| plain.eq_ignore_ascii_case(name));
    let encoding = Encoding::for_label_no_replacement(name.as_bytes()).filter(|_| !is_plain)?;
    (encoding.output_encoding() == encoding).then_some(encoding)
}

/// The beginning of a remark on a label that is not followed; `are` says what the bytes are.
fn against(label: CharsetLabel, are: &str) -> String {
    let name = label.name.trim();
    if Encoding::for_label_no_replacement(name.as_bytes()).is_some() {
        format!("{} says `{name}`, but its bytes are {are}", label.by)
    } else {
        format!("{} says `{name}`, an encoding that is not known", label.by)
    }
}

/// Decodes a text as its label says; `None` if the bytes contradict the label.
fn followed(file: File, label: CharsetLabel) -> Option<Decoded> {
    let encoding = known(label)?;
    if encoding == UTF_8 {
        return nearly_utf_8(file.bytes);
    }
    let read = strict(file, encoding, &format!("as {} says", label.by)).ok()?;
    let guess = guess(file.bytes);
    match Doubt::between(&read.text, encoding, &guess.decode_without_bom_handling(file.bytes).0, guess) {
        Doubt::None => Some(read),
        Doubt::Some => {
            let remark = format!(
                "read as {}, as {} says; its letters look like {}: compare some words, and name the right one with \
                 `--encoding`",
                encoding.name(),
                label.by,
                guess.name()
            );
            Some(Decoded { remark: Some(remark), contradicts: true, ..read })
        }
        Doubt::Certainty => None,
    }
}

/// Decodes a text that says that it is UTF-8, and is but for a few bytes, as programs show it.
fn nearly_utf_8(bytes: &[u8]) -> Option<Decoded> {
    let (good, bad) = bytes.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
        let letters = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (good + letters, bad + usize::from(!chunk.invalid().is_empty()))
    });
    let text = String::from_utf8_lossy(bytes).into_owned();
    let remark = format!("read as UTF-8, though damaged: what cannot be read stands as \u{fffd} ({bad} times)");
    (good > bad * 10).then_some(Decoded { text, encoding: UTF_8, contradicts: true, remark: Some(remark) })
}

/// Decodes a text by its letters alone.
fn guessed(file: File, labels: &[CharsetLabel]) -> Result<Decoded, ImportRefusal> {
    let decoded = strict(file, guess(file.bytes), "guessed by its letters");
    // An old text has an encoding in which nearly any bytes are letters; a text in UTF-8 with a damage has not.
    let decoded = nearly_utf_8(file.bytes).map_or(decoded, Ok)?;
    let Some(label) = labels.first() else { return Ok(decoded) };
    let remark = decoded.remark.clone().unwrap_or_default();
    let against = against(*label, "not");
    let remark = format!("{against}: {remark}; if it reads wrong, name one with `--encoding`");
    Ok(Decoded { remark: Some(remark), contradicts: true, ..decoded })
}

/// The encoding of bytes that are not UTF-8, guessed from their form and the frequency of letters.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// How far the letters of a text contradict its label.
#[derive(Debug, PartialEq)]
enum Doubt {
    None,
    Some,
    Certainty,
}

impl Doubt {
    /// The number of letters from which a difference is told, and from which the letters decide.
    const TOLD: usize = 6;
    const DECIDES: usize = 12;

    /// Compares a text read by its label with the same text read by its letters.
    fn between(labelled: &str, label: &'static Encoding, guessed: &str, guess: &'static Encoding) -> Self {
        // Bytes that are whole letters of two or more bytes are so by no accident.
        if label == guess || !label.is_single_byte() {
            return Self::None;
        }
        let letters = guessed.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
        let differ = if guess.is_single_byte() {
            let letter = |(one, other): &(char, char)| one != other && other.is_alphabetic();
            labelled.chars().zip(guessed.chars()).filter(letter).count()
        } else {
            letters
        };
        match letters {
            _ if differ == 0 || letters < Self::TOLD => Self::None,
            // Between two encodings of Latin letters, a few letters decide: too few to be certain.
            Self::DECIDES.. if differ * 2 > letters && !(is_latin(label) && is_latin(guess)) => Self::Certainty,
            _ => Self::Some,
        }
    }
}

/// True for the encodings of Latin letters.
fn is_latin(encoding: &'static Encoding) -> bool {
    let windows = ["windows-1250", "windows-1252", "windows-1254", "windows-1257", "windows-1258", "macintosh"];
    let iso = ["ISO-8859-2", "ISO-8859-3", "ISO-8859-4"];
    let name = encoding.name();
    windows.contains(&name) || iso.contains(&name) || name.starts_with("ISO-8859-1")
}

fn no_such(label: &str) -> ImportRefusal {
    let hint = "use a label that browsers know, for instance `utf-8`, `windows-1251` or `koi8-r`";
    ImportRefusal::new(Code::SourceEncoding, format!("there is no encoding `{label}`"), hint)
}

/// Recognises UTF-16 without a mark: nearly every second byte of Latin letters is zero, and hardly any other.
fn by_noughts(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes[..bytes.len().min(4096)].chunks_exact(2);
    let count = pairs.len();
    let (first, second) =
        pairs.fold((0, 0), |(a, b), pair| (a + usize::from(pair[0] == 0), b + usize::from(pair[1] == 0)));
    // Spaces and line ends have a zero byte in every script.
    if second > count / 12 && first == 0 {
        Some(UTF_16LE)
    } else if first > count / 12 && second == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes a text; a single wrong byte is an error.
fn strict(file: File, encoding: &'static Encoding, how: &str) -> Result<Decoded, ImportRefusal> {
    let (text, wrong) = encoding.decode_with_bom_removal(file.bytes);
    if wrong || text.chars().filter(|c| ('\u{80}'..'\u{a0}').contains(c)).count() > text.len() / 100 {
        let words = format!("`{}` is no text in {}", file.name, encoding.name());
        let hint = match file.encoding {
            Some(_) => "leave out `--encoding`, or name the right one, for instance `--encoding windows-1251`",
            None => "name its encoding, for instance `--encoding windows-1251`, or save it as UTF-8",
        };
        return Err(ImportRefusal::new(Code::SourceEncoding, words, hint));
    }
    let remark = (encoding != UTF_8).then(|| format!("read as {}, {how}", encoding.name()));
    Ok(Decoded { text: text.into_owned(), encoding, contradicts: false, remark })
}
