//! The pages of a file as one text. What stands at the head or foot of several pages, and the numbers of pages, are only
//! marked; nothing is removed.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use super::super::ExtractedParagraph;
use super::paragraphs::{PageParagraph, is_unfinished, join};

/// The largest difference in size between parts of the text itself, as a part of the usual size.
const SAME_SIZE: f64 = 0.08;

/// No file has so many pages.
const LARGEST_PAGE: i64 = 10_000;

/// The pages of a file in sequence. Paragraphs repeated at the head or foot of pages are marked; a sentence that goes on
/// from a page to the next is one paragraph.
pub(super) fn bound(mut pages: Vec<Vec<PageParagraph>>) -> Vec<ExtractedParagraph> {
    mark(&mut pages);
    let usual = usual_size(&pages);
    let mut bound: Vec<ExtractedParagraph> = Vec::new();
    // The place of the last paragraph of the text itself.
    let mut open: Option<usize> = None;
    for (index, page) in pages.into_iter().enumerate() {
        let mut is_first = true;
        for PageParagraph { text, furniture, size, in_cell } in page {
            let in_text = furniture.is_none() && !in_cell && (size / usual - 1.0).abs() < SAME_SIZE;
            let before = open.filter(|_| in_text && is_first && index > 0).map(|at| &mut bound[at].text);
            is_first &= furniture.is_some();
            match before {
                Some(before) if is_unfinished(before) && text.starts_with(char::is_lowercase) => join(before, &text),
                _ => {
                    if in_text {
                        open = Some(bound.len());
                    }
                    bound.push(ExtractedParagraph { text, page: index + 1, furniture });
                }
            }
        }
    }
    bound
}

/// The size of most letters, in points.
fn usual_size(pages: &[Vec<PageParagraph>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> =
        pages.iter().flatten().map(|paragraph| (paragraph.size, paragraph.text.len())).collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut before = 0;
    let middle = sizes.iter().find(|(_, length)| {
        before += length;
        before > half
    });
    middle.map_or(1.0, |(size, _)| *size)
}

/// Marks what stands at the head or foot of several pages, and the numbers of pages.
fn mark(pages: &mut [Vec<PageParagraph>]) {
    let mut places: HashMap<String, Vec<Place>> = HashMap::new();
    for (page, paragraphs) in pages.iter().enumerate() {
        for at in edges(paragraphs.len()).filter(|at| paragraphs[*at].furniture.is_none()) {
            let (bare, numbers) = without_numbers(&paragraphs[at].text);
            let place = Place { page, at, numbers, in_cell: paragraphs[at].in_cell };
            places.entry(bare).or_default().push(place);
        }
    }
    for (bare, places) in places {
        let is_number = bare.contains('#') && bare.chars().all(|c| "#-–—−|[](){}/·•~ ".contains(c));
        let reason = if is_number { "number of the page" } else { "repeated at the head or foot of the pages" };
        let repeated = if is_number { numbers_of_pages(&places, pages.len()) } else { repeated(&places, pages.len()) };
        for place in repeated {
            pages[place.page][place.at].furniture = Some(reason);
        }
    }
}

/// A paragraph near the head or foot of a page.
struct Place {
    page: usize,
    at: usize,
    /// The whole numbers in it.
    numbers: Vec<i64>,
    in_cell: bool,
}

impl Place {
    /// The difference between a number and the number of the page in the file.
    fn offset(&self, number: usize) -> Option<i64> {
        let page = i64::try_from(self.page).ok()?;
        self.numbers.get(number)?.checked_sub(page)
    }
}

/// The places whose words are the same on most pages, apart from numbers that count the pages.
fn repeated(places: &[Place], pages: usize) -> Vec<&Place> {
    let often = pages.div_ceil(2).max(2);
    let numbers = places.iter().map(|place| place.numbers.len()).max().unwrap_or_default();
    let counted = (0..numbers).flat_map(|number| on_pages(places, often, move |place| place.offset(number)));
    on_pages(places, often, |place| Some(place.numbers.clone())).into_iter().chain(counted).collect()
}

/// The places that are the number of their page: they count with the pages. In a file of one page any number alone may
/// be it.
fn numbers_of_pages(places: &[Place], pages: usize) -> Vec<&Place> {
    let number = |place: &Place| place.offset(0).filter(|_| !place.in_cell && place.numbers[0] < LARGEST_PAGE);
    on_pages(places, pages.min(2), number)
}

/// The places that have the same key on at least so many pages.
fn on_pages<K: Eq + Hash>(places: &[Place], often: usize, key: impl Fn(&Place) -> Option<K>) -> Vec<&Place> {
    let mut groups: HashMap<K, Vec<&Place>> = HashMap::new();
    for place in places {
        if let Some(key) = key(place) {
            groups.entry(key).or_default().push(place);
        }
    }
    let pages = |places: &[&Place]| places.iter().map(|place| place.page).collect::<BTreeSet<_>>().len();
    groups.into_values().filter(|places| pages(places) >= often).flatten().collect()
}

/// The indices of the first two and the last two of `count` paragraphs.
fn edges(count: usize) -> impl Iterator<Item = usize> {
    (0..count).filter(move |index| *index < 2 || index + 2 >= count)
}

/// A text with a sign for each number in it, and the numbers.
fn without_numbers(text: &str) -> (String, Vec<i64>) {
    let (mut bare, mut numbers, mut digits) = (String::new(), Vec::new(), String::new());
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            bare.push('#');
            numbers.push(digits.parse().unwrap_or(i64::MAX));
            digits.clear();
        }
        bare.extend((c != '\0').then_some(c));
    }
    (bare, numbers)
}
