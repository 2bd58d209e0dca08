//! The copy of a source beside another reading of it: where each cited paragraph and each range stands now.

use std::ops::RangeInclusive;

use super::{CopyText, Locator, QuotationFate};
use crate::text::Quotation;

/// Two readings of one source.
#[derive(Debug, Clone, Copy)]
pub struct Rereading<'a> {
    /// The recorded copy.
    pub old: &'a CopyText<'a>,
    /// The other reading.
    pub new: &'a CopyText<'a>,
}

impl Rereading<'_> {
    /// True if all paragraphs have the same words.
    #[must_use]
    pub fn is_same(self) -> bool {
        let paragraph = |text: &CopyText, index| text.haystack.paragraph(index).map(str::to_owned);
        let length = self.old.haystack.len();
        length == self.new.haystack.len()
            && (0..length).all(|index| paragraph(self.old, index) == paragraph(self.new, index))
    }

    /// True if the paragraphs of a place in the copy are those of a place in the other reading, word for word.
    #[must_use]
    pub fn has_same_words(self, old: Locator, new: Locator) -> bool {
        let (one, other) = (words(self.old, old), words(self.new, new));
        one.is_some_and(|one| !one.is_empty() && Some(one) == other)
    }

    /// The ranges outside the text, from 1: those with a certain place in the other reading, and those without.
    #[must_use]
    pub fn ranges(self) -> (Vec<MovedRange>, Vec<RangeInclusive<usize>>) {
        let (mut moved, mut left) = (Vec::new(), Vec::new());
        for (range, _) in &self.old.record.excluded {
            match self.range(range) {
                Some(new) => moved.push((range.clone(), new)),
                None => left.push(range.clone()),
            }
        }
        (moved, left)
    }

    fn range(self, range: &RangeInclusive<usize>) -> Option<RangeInclusive<usize>> {
        let part = |text: &CopyText, from: usize, length: usize| -> Option<Vec<String>> {
            (from..from + length).map(|index| text.haystack.paragraph(index).map(str::to_owned)).collect()
        };
        let (start, length) = (range.start().checked_sub(1)?, range.end() + 1 - range.start());
        let words = part(self.old, start, length)?;
        let is_here = |from: &usize| part(self.new, *from, length).as_ref() == Some(&words);
        let mut places = (0..self.new.haystack.len()).filter(is_here);
        let from = match (is_here(&start), places.next(), places.next()) {
            (false, Some(only), None) => only,
            // What stands at its place stays there, unless the text around it says that it is another one.
            (true, ..) => start,
            _ => return None,
        };
        Some(from + 1..=from + length)
    }

    /// The fate of a quotation in the other reading. `Moved` with one place is certain: the words stand nowhere else;
    /// the place has the form of the citation.
    #[must_use]
    pub fn fate(self, at: Locator, quote: &str, allowed: &dyn Fn(usize) -> bool) -> QuotationFate {
        let fate = QuotationFate::of(self.new, at, quote, allowed);
        let places = match &fate {
            QuotationFate::Same | QuotationFate::Moved(_) => self.places(at, quote, allowed),
            _ => return fate,
        };
        match fate {
            QuotationFate::Moved(_) => QuotationFate::Moved(places),
            // The words stand at this number, but not in the paragraph from which they were cited.
            _ if places.len() > 1
                && !self.has_same_words(at, at)
                && places.iter().any(|place| self.has_same_words(at, *place)) =>
            {
                QuotationFate::Moved(places)
            }
            fate => fate,
        }
    }

    /// The places of a quotation in the other reading, each once, in the form of a locator.
    fn places(self, at: Locator, quote: &str, allowed: &dyn Fn(usize) -> bool) -> Vec<Locator> {
        let Ok(quotation) = Quotation::parse(quote) else { return Vec::new() };
        let mut places = Vec::new();
        for found in self.new.haystack.matches(&quotation, allowed) {
            let place = match (at, self.new.place(found.paragraph)) {
                (Locator::Para(_), _) => Locator::Para(found.paragraph + 1),
                (Locator::Page(_), Locator::PagePara { page, .. }) => Locator::Page(page),
                (_, place) => place,
            };
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}

/// A range of paragraphs in the copy, and in the other reading. Both count from 1.
pub type MovedRange = (RangeInclusive<usize>, RangeInclusive<usize>);

/// The words of a place; `None` if there is no such place.
fn words(text: &CopyText, at: Locator) -> Option<Vec<String>> {
    at.paragraphs(&text.pages)?.map(|index| text.haystack.paragraph(index).map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::edit;

    const RECORD: &str = "a:\n  type: misc\n  title: A\n  language: en\n  extractor: {name: pdf, version: x}\n  limits:\n    \
                          not-text:\n      - {from: 1, to: 1, why: head}\n      - {from: 4, to: 4, why: foot}\n";

    #[test]
    fn a_place_keeps_its_form_and_is_certain_only_if_it_is_the_only_one() {
        let records = edit::read(&"sources.yaml".into(), RECORD).expect("a record");
        let read = |text: &str| CopyText::new(&records["a"], &text.replace('@', "\u{c}"));
        let old = read("@\nThe head of it\nFirst words of all\n@\nSecond words of all\nThe foot\nThird words of all\n");
        let new = read(
            "@\nFirst words of all\nThe foot\n@\n@\nSecond words of all\nA fourth one\nThird words of all\nThird words of all, too\n",
        );
        let both = Rereading { old: &old, new: &new };
        let (moved, left) = both.ranges();
        assert_eq!((moved, left), (vec![(4..=4, 2..=2)], vec![1..=1]));
        for (at, quote, expected) in [
            ("para 2", "First words of all", "para 1"),
            ("page 2", "Second words of all", "page 3"),
            ("page 2 para 1", "Second words of all", "page 3 para 1"),
            ("page 1 para 1", "First words of all", "same place"),
            ("page 2 para 3", "Third words of all", "page 3 para 3, page 3 para 4"),
            ("page 2", "Third words of all", "page 3"),
            ("para 3", "The fifth of them", "gone"),
        ] {
            let at: Locator = at.parse().expect("a locator");
            let came = match both.fate(at, quote, &|_| true) {
                QuotationFate::Moved(places) => places.iter().map(Locator::to_string).collect::<Vec<_>>().join(", "),
                fate => fate.name().to_owned(),
            };
            assert_eq!(came, expected, "{at} {quote}");
        }
        let is_same = |old: &str, new: &str| both.has_same_words(old.parse().expect("one"), new.parse().expect("one"));
        assert!(
            is_same("page 2 para 1", "page 3 para 1") && !is_same("page 2", "page 3") && !is_same("para 9", "para 9")
        );
    }
}
