//! The data that a file gives about itself.

use icu::locale::{Locale, LocaleCanonicalizer};

use super::ExtractedParagraph;

/// The data that a file gives about itself. All of it is a guess until a person has checked it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// Title.
    pub title: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The site or newspaper.
    pub site: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date of publication: `2024-09-09`, `2024-09` or `2024`.
    pub date: Option<String>,
    /// The day on which the file itself was made, if it gives no date of publication for its text.
    pub made: Option<Made>,
    /// Language: `en`, `ru`, `en-GB`.
    pub language: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The day on which the copy was made: `2024-09-09`.
    pub retrieved: Option<String>,
    /// True if it calls itself an article of a newspaper or journal.
    pub article: bool,
}

/// The day on which a file was made, and the origin of that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The day.
    pub on: String,
    /// The part of the file that gives the day.
    pub by: &'static str,
}

/// A day, month or year at the beginning of a time stamp: `2024-09-09T10:00`, `2024/09/09`, `20240909`.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = |range: std::ops::Range<usize>| {
        text.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty())
    };
    let year = digits(0..4).filter(|year| ("1800".."2200").contains(year))?;
    let rest = &text[4..];
    if rest.is_empty() {
        return Some(year.to_owned());
    }
    if let (Some(month), Some(day)) = (digits(4..6), digits(6..8)) {
        return calendar(year, month, day);
    }
    if !rest.starts_with(['-', '/', '.']) {
        return None;
    }
    let month = digits(5..7)?;
    match digits(8..10) {
        Some(day) => calendar(year, month, day),
        None if text.len() == 7 => calendar(year, month, "01").map(|_| format!("{year}-{month}")),
        None => None,
    }
}

fn calendar(year: &str, month: &str, day: &str) -> Option<String> {
    let text = format!("{year}-{month}-{day}");
    crate::reference::day(&text).is_ok().then_some(text)
}

/// A language tag in the form used in records: `en`, `ru`, `en-GB`.
pub(super) fn language(tag: &str) -> Option<String> {
    let mut locale: Locale = tag.trim().replace('_', "-").parse().ok()?;
    LocaleCanonicalizer::new_common().canonicalize(&mut locale);
    let code = locale.id.language.to_string();
    let region = locale.id.region.map(|region| region.to_string()).filter(|region| region.len() == 2);
    if code == "und" {
        return None;
    }
    Some(region.map_or(code.clone(), |region| format!("{code}-{region}")))
}

/// The language of some paragraphs, if it can be recognised with some certainty.
pub(super) fn language_of(paragraphs: &[ExtractedParagraph]) -> Option<String> {
    let words = paragraphs.iter().filter(|paragraph| paragraph.furniture.is_none());
    let mut sample = String::new();
    for paragraph in words {
        sample.push_str(&paragraph.text);
        sample.push('\n');
        if sample.len() > 8000 {
            break;
        }
    }
    whatlang::detect(&sample).filter(whatlang::Info::is_reliable).and_then(|found| language(found.lang().code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_the_precision_given() {
        let table = [
            ("2024-09-09T10:00:00+03:00", Some("2024-09-09")),
            ("2024/09/09", Some("2024-09-09")),
            ("20240909120000", Some("2024-09-09")),
            ("2024-09", Some("2024-09")),
            ("2024", Some("2024")),
            ("2024-02-31", None),
            ("9 September 2024", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(day(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn language_tags_become_codes() {
        let table =
            [("en", Some("en")), ("en_GB", Some("en-GB")), ("rus", Some("ru")), ("ru-RU", Some("ru-RU")), ("x!", None)];
        for (tag, expected) in table {
            assert_eq!(language(tag).as_deref(), expected, "{tag}");
        }
    }
}
