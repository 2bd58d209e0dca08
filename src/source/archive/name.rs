//! Ids and names of files. None is made from a title, because a title may hold the name of a protected person.

use crate::diag::{Code, Diagnostic, Place};
use crate::disk::Digest;
use crate::source::extract::{FileFormat, Metadata};

/// Checks that an id can be used.
///
/// # Errors
/// The id has characters other than small letters, digits, `-`, `.` and `/`, or leads out of a folder.
pub fn checked(id: &str) -> Result<(), Box<Diagnostic>> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-./".contains(c);
    let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let good = id.chars().all(allowed) && edge(id.chars().next()) && edge(id.chars().next_back());
    if good && !id.contains("..") && !id.contains("//") && id.len() <= 80 {
        return Ok(());
    }
    let words = format!("`{id}` cannot be the id of a source");
    let hint = "use small letters a–z, digits and `-`, for instance `--id herald-2031-03-05`";
    Err(Box::new(Diagnostic::error(Code::SourceName, Place::file("--id"), words).hint(hint)))
}

/// An id from the site and the date of a source.
#[must_use]
pub fn proposed(about: &Metadata, format: FileFormat) -> String {
    let host = about.url.as_deref().and_then(host).or_else(|| about.site.as_deref().and_then(slug));
    let name = host.unwrap_or_else(|| kind(format).to_owned());
    match &about.date {
        Some(date) => format!("{name}-{date}"),
        None => name,
    }
}

/// The id of a source whose site is unknown, by its format.
fn kind(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Plain | FileFormat::Markdown => "text",
        FileFormat::Html | FileFormat::Mhtml | FileFormat::Warc | FileFormat::Wacz => "page",
        FileFormat::Pdf | FileFormat::Docx | FileFormat::Odt => "document",
        FileFormat::Eml => "letter",
    }
}

/// The id; if it is taken, with a number added.
pub fn free(id: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

/// The file name of an original, made from its digest.
#[must_use]
pub fn original(digest: Digest, ending: &str) -> String {
    let name = digest.to_string();
    format!("{}.{ending}", name.trim_start_matches("sha256:"))
}

/// The file name of the canonical text of a source.
#[must_use]
pub fn text(id: &str) -> String {
    format!("{}.txt", id.replace('/', "-"))
}

/// The number of digits of a digest in the name of an older text: enough to find it.
const DIGITS: usize = 16;

/// The file name under which an older text of a source is kept beside the one that replaced it: `herald.1a2b….txt`.
#[must_use]
pub fn kept(file: &str, digest: &str) -> String {
    let digits: String = digest.trim_start_matches("sha256:").chars().take(DIGITS).collect();
    match file.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{digits}.{ending}"),
        None => format!("{file}.{digits}"),
    }
}

/// The longest part of the name of a server, without `www` and the last part: `herald` for `www.herald.example`.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty() && *label != "www").collect();
    let (_, named) = labels.split_last()?;
    slug(named.iter().rev().max_by_key(|label| label.len())?)
}

/// The words as small letters, digits and single `-`.
fn slug(words: &str) -> Option<String> {
    let letters = words.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' });
    let letters: String = letters.collect();
    let words: Vec<&str> = letters.split_whitespace().take(4).collect();
    let slug = words.join("-");
    (slug.len() > 1).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_from_site_and_date() {
        let table = [
            ("https://www.herald.example/a?b", "", Some("2031-03-05"), "herald-2031-03-05"),
            ("https://en.northtown-lantern.example", "", None, "northtown-lantern"),
            ("", "The Northtown Lantern", Some("2031"), "the-northtown-lantern-2031"),
            ("", "Нортаунский фонарь", None, "page"),
        ];
        for (url, site, date, expected) in table {
            let words = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let about =
                Metadata { url: words(url), site: words(site), date: date.map(str::to_owned), ..Metadata::default() };
            assert_eq!(proposed(&about, FileFormat::Html), expected);
            assert!(checked(expected).is_ok());
        }
        assert_eq!(free("a", |id| ["a", "a-2"].contains(&id)), "a-3");
    }

    #[test]
    fn unusable_ids_are_refused() {
        for id in ["", "../x", "a/../b", "/a", "a/", "A", "a b", "письмо", "a//b", "-a", "."] {
            assert!(checked(id).is_err(), "{id}");
        }
        assert!(checked("herald/2031.a").is_ok());
    }
}
