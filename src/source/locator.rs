//! Places in a source: `para 12`, `page 3`, `page 3 para 2`.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::reference::{NoteWords, fill};

/// A place in a source. Numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Locator {
    /// A paragraph of the canonical text.
    Para(usize),
    /// A page of a copy that has pages.
    Page(usize),
    /// A paragraph of a page.
    PagePara {
        /// The page.
        page: usize,
        /// The paragraph, counted from 1 on that page.
        para: usize,
    },
}

/// The reason why a locator cannot be read. The words end a sentence that names the locator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocatorError {
    /// Its form is not that of a locator.
    Shape,
    /// A number is not a number.
    Number,
    /// A number is 0.
    Zero,
    /// It names several paragraphs.
    Several,
}

impl fmt::Display for LocatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => "a locator reads `para 12`, `page 3` or `page 3 para 2`",
            Self::Number => "after `para` or `page` comes a number in digits",
            Self::Zero => "paragraphs and pages count from 1",
            Self::Several => "a locator names one paragraph; give each paragraph a citation of its own",
        })
    }
}

impl std::error::Error for LocatorError {}

impl FromStr for Locator {
    type Err = LocatorError;

    fn from_str(text: &str) -> Result<Self, LocatorError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["paras" | "pages", ..] => Err(LocatorError::Several),
            ["para", number] => Ok(Self::Para(count(number)?)),
            ["page", number] => Ok(Self::Page(count(number)?)),
            ["page", page, "para", para] => Ok(Self::PagePara { page: count(page)?, para: count(para)? }),
            _ => Err(LocatorError::Shape),
        }
    }
}

fn count(digits: &str) -> Result<usize, LocatorError> {
    if digits.contains(['-', '–', ',']) {
        return Err(LocatorError::Several);
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(LocatorError::Number);
    }
    match digits.parse() {
        Ok(0) => Err(LocatorError::Zero),
        Ok(number) => Ok(number),
        Err(_) => Err(LocatorError::Number),
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Para(number) => write!(f, "para {number}"),
            Self::Page(number) => write!(f, "page {number}"),
            Self::PagePara { page, para } => write!(f, "page {page} para {para}"),
        }
    }
}

impl Locator {
    /// The paragraphs of the place, from 0, in a copy with these pages. `None` if the copy has no pages, or too few.
    #[must_use]
    pub fn paragraphs(self, pages: &[Range<usize>]) -> Option<Range<usize>> {
        match self {
            Self::Para(number) => number.checked_sub(1).map(|index| index..index + 1),
            Self::Page(page) => pages.get(page.checked_sub(1)?).cloned(),
            Self::PagePara { page, para } => {
                let index = pages.get(page.checked_sub(1)?)?.clone().nth(para.checked_sub(1)?)?;
                Some(index..index + 1)
            }
        }
    }

    /// The place of a paragraph (from 0): by page if the copy has pages.
    #[must_use]
    pub fn of(paragraph: usize, pages: &[Range<usize>]) -> Self {
        match pages.iter().position(|page| page.contains(&paragraph)) {
            Some(index) => Self::PagePara { page: index + 1, para: paragraph - pages[index].start + 1 },
            None => Self::Para(paragraph + 1),
        }
    }
}

/// The words of a note for several places of one source: `paras 3, 5`. Sorted, each once.
#[must_use]
pub fn words(places: &[Locator], notes: &NoteWords) -> String {
    let places: BTreeSet<Locator> = places.iter().copied().collect();
    let (mut paras, mut pages, mut on_pages) = (Vec::new(), Vec::new(), Vec::new());
    for place in places {
        match place {
            Locator::Para(para) => paras.push(para.to_string()),
            Locator::Page(page) => pages.push(page.to_string()),
            Locator::PagePara { page, para } => {
                let slots = [("page", page.to_string()), ("para", para.to_string())];
                on_pages.push(fill(&notes.page_para, &slots.each_ref().map(|(name, value)| (*name, value.as_str()))));
            }
        }
    }
    let groups = [group(&paras, &notes.para, &notes.paras), group(&pages, &notes.page, &notes.pages)];
    groups.into_iter().flatten().chain(on_pages).collect::<Vec<String>>().join("; ")
}

fn group(numbers: &[String], one: &str, several: &str) -> Option<String> {
    match numbers {
        [] => None,
        [number] => Some(fill(one, &[("number", number)])),
        numbers => Some(fill(several, &[("numbers", &numbers.join(", "))])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_copy_with_pages() {
        let pages = [0..2, 2..2, 2..5];
        let table = [
            ("para 4", Some(3..4)),
            ("page 1", Some(0..2)),
            ("page 2", Some(2..2)),
            ("page 3 para 2", Some(3..4)),
            ("page 3 para 4", None),
            ("page 4", None),
        ];
        for (text, expected) in table {
            let locator: Locator = text.parse().expect("a locator");
            assert_eq!(locator.paragraphs(&pages), expected, "{text}");
        }
        assert_eq!(Locator::of(3, &pages).to_string(), "page 3 para 2");
        assert_eq!(Locator::of(3, &[]).to_string(), "para 4");
        assert_eq!(Locator::Page(1).paragraphs(&[]), None);
    }

    #[test]
    fn locators_are_read_and_printed() {
        let good = [
            ("para 12", Locator::Para(12)),
            ("page 3", Locator::Page(3)),
            ("page 3 para 2", Locator::PagePara { page: 3, para: 2 }),
        ];
        for (text, locator) in good {
            assert_eq!(text.parse(), Ok(locator));
            assert_eq!(locator.to_string(), text);
        }
        let bad = [
            ("", LocatorError::Shape),
            ("12", LocatorError::Shape),
            ("article 5", LocatorError::Shape),
            ("para", LocatorError::Shape),
            ("para 1 page 2", LocatorError::Shape),
            ("para 0", LocatorError::Zero),
            ("page 0 para 2", LocatorError::Zero),
            ("para -1", LocatorError::Several),
            ("para 3-4", LocatorError::Several),
            ("para 3–4", LocatorError::Several),
            ("paras 3-4", LocatorError::Several),
            ("para +3", LocatorError::Number),
            ("para three", LocatorError::Number),
            ("para 99999999999999999999999", LocatorError::Number),
        ];
        for (text, error) in bad {
            assert_eq!(text.parse::<Locator>(), Err(error), "{text}");
        }
    }

    #[test]
    fn locators_are_worded_in_the_language_of_the_document() {
        let (three, five) = (Locator::Para(3), Locator::Para(5));
        let on_pages = Locator::PagePara { page: 4, para: 2 };
        let table: &[(&[Locator], &str, &str)] = &[
            (&[], "", ""),
            (&[Locator::Para(12)], "para 12", "абз. 12"),
            (&[five, three, five], "paras 3, 5", "абз. 3, 5"),
            (&[Locator::Page(3)], "p 3", "с. 3"),
            (&[Locator::Page(3), Locator::Page(9)], "pp 3, 9", "с. 3, 9"),
            (&[on_pages], "p 4 para 2", "с. 4, абз. 2"),
            (&[on_pages, three], "para 3; p 4 para 2", "абз. 3; с. 4, абз. 2"),
        ];
        let reference = crate::reference::tests::reference();
        let [en, ru] = ["en", "ru"].map(|code| reference.locale(code).expect("it is shipped"));
        for (places, english, russian) in table {
            assert_eq!(words(places, &en.notes), *english);
            assert_eq!(words(places, &ru.notes), *russian);
        }
    }
}
