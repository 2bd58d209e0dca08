//! Combines letters with places into lines, and lines into paragraphs.
//!
//! Places and lengths are points of the page (1/72 in); `y` grows downwards. Lengths that depend on the size of the
//! letters are given in ems, multiples of that size.

use std::collections::HashMap;
use std::ops::Range;

use super::ExtractedParagraph;

/// The largest distance between two drawings of one letter, in ems.
const AGAIN: f64 = 0.05;

/// The largest distance of a letter above or below its line, or back over the letter before it, in ems.
const ASIDE: f64 = 0.6;

/// The widest gap between two words of a line, in ems. After a wider gap a column or a cell begins.
const WIDEST_SPACE: f64 = 4.0;

/// The narrowest gap between two words, in ems.
const NARROWEST_SPACE: f64 = 0.17;

/// The smallest height by which the number of a note is raised, in ems of the line.
const RAISED: f64 = 0.15;

/// The largest size of the number of a note, in ems of the line.
const SMALL: f64 = 0.8;

/// The assumed step from a line to the next if a page does not show it, in ems.
const USUAL_LEADING: f64 = 1.4;

/// The range in which the usual step from line to line of a page is searched, in ems.
const LEADINGS: Range<f64> = 0.8..3.0;

/// The smallest and the largest step from line to line inside a paragraph, in ems.
const SMALLEST_STEP: f64 = 0.3;
const LARGEST_STEP: f64 = 3.2;

/// The largest step inside a paragraph, as a multiple of the usual step.
const LONGER_STEP: f64 = 1.25;

/// The smallest indent of the first line of a paragraph, in ems.
const INDENT: f64 = 0.7;

/// The largest distance between the edges of lines of one paragraph, in ems.
const SAME_EDGE: f64 = 2.5;

/// The largest distance between the beginnings of lines of one column, in ems.
const SAME_COLUMN: f64 = 3.0;

/// The largest free space at the end of a line beyond the next word, in ems. A line with more was ended on purpose.
const SPARE_ROOM: f64 = 1.2;

/// A letter with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) text: String,
    /// Its left edge, in points.
    pub(super) x: f64,
    /// Its right edge, in points.
    pub(super) end: f64,
    /// The height of its line, in points.
    pub(super) y: f64,
    /// Its size, in points: one em.
    pub(super) size: f64,
    /// True if the file says that it is not part of the text.
    pub(super) mark: bool,
}

impl Letter {
    /// True if the other letter is the same one at the same place.
    pub(super) fn is_again(&self, other: &Self) -> bool {
        let near = self.size.max(0.1) * AGAIN;
        self.text == other.text && (self.x - other.x).abs() < near && (self.y - other.y).abs() < near
    }
}

/// A line, or a separate part of one.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    /// Its left edge, in points.
    x: f64,
    /// Its right edge, in points.
    end: f64,
    /// The height of the line of its largest letter, in points.
    y: f64,
    /// The size of that letter, in points: one em.
    size: f64,
    /// The right edge of the first word, in points, if there is another word.
    first_word: Option<f64>,
    mark: bool,
}

/// The paragraphs of a page.
pub(super) fn paragraphs(letters: &[Letter]) -> Vec<ExtractedParagraph> {
    let lines = lines(letters);
    let usual = usual_leading(&lines);
    let mut found: Vec<(ExtractedParagraph, Vec<Line>)> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
        match found.last_mut() {
            Some((paragraph, before)) if goes_on(before, line, usual, right_of(&lines, line)) => {
                join(&mut paragraph.text, line.text.trim());
                before.push(line.clone());
            }
            _ => {
                let furniture = line.mark.then_some("mark of the page");
                found.push((
                    ExtractedParagraph { text: line.text.trim().to_owned(), page: 0, furniture },
                    vec![line.clone()],
                ));
            }
        }
    }
    found.into_iter().map(|(paragraph, _)| paragraph).collect()
}

/// Combines letters in the order of the file, as long as each is behind the one before.
fn lines(letters: &[Letter]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for letter in letters.iter().filter(|letter| letter.size > 0.0 && letter.x.is_finite() && letter.y.is_finite()) {
        match lines.last_mut() {
            Some(line) if line.takes(letter) => line.add(letter),
            _ => lines.push(Line::new(letter)),
        }
    }
    lines
}

impl Line {
    fn new(letter: &Letter) -> Self {
        let Letter { text, x, end, y, size, mark } = letter.clone();
        Self { text, x, end, y, size, first_word: None, mark }
    }

    fn takes(&self, letter: &Letter) -> bool {
        let size = self.size.max(letter.size);
        let gap = letter.x - self.end;
        let on_line = (letter.y - self.y).abs() < ASIDE * size;
        self.mark == letter.mark && on_line && gap > -ASIDE * size && gap < WIDEST_SPACE * size
    }

    fn add(&mut self, letter: &Letter) {
        let is_space = letter.text.trim().is_empty();
        let raised = letter.size < SMALL * self.size && letter.y < self.y - RAISED * self.size;
        let apart = letter.x - self.end > NARROWEST_SPACE * self.size.min(letter.size);
        let is_note = raised && letter.text.starts_with(|c: char| c.is_ascii_digit());
        let begins_note = is_note && !self.text.ends_with(|c: char| c.is_ascii_digit());
        if (is_space || apart || begins_note) && !self.text.ends_with(' ') {
            self.first_word.get_or_insert(self.end);
            self.text.push(' ');
        }
        if !is_space {
            self.text.push_str(&letter.text);
            self.end = self.end.max(letter.end);
        }
        if letter.size > self.size {
            (self.size, self.y) = (letter.size, letter.y);
        }
    }

    /// The width in points.
    fn width_of_first_word(&self) -> f64 {
        self.first_word.unwrap_or(self.end) - self.x
    }
}

/// The usual step from a line to the next one of a paragraph, in ems.
fn usual_leading(lines: &[Line]) -> f64 {
    let steps = lines.windows(2).filter(|pair| alike(&pair[0], &pair[1]));
    let mut steps: Vec<f64> =
        steps.map(|pair| (pair[1].y - pair[0].y) / pair[1].size).filter(|step| LEADINGS.contains(step)).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(USUAL_LEADING)
}

fn alike(one: &Line, other: &Line) -> bool {
    let ratio = one.size / other.size;
    (0.87..1.15).contains(&ratio) && one.mark == other.mark && one.x < other.end && other.x < one.end
}

/// The right edge of the lines that begin at about the same place as this one, in points.
fn right_of(lines: &[Line], line: &Line) -> f64 {
    let same = lines.iter().filter(|other| (other.x - line.x).abs() < SAME_COLUMN * line.size && alike(other, line));
    same.map(|other| other.end).fold(line.end, f64::max)
}

/// True if a line continues a paragraph. `usual` is the usual step from line to line in ems, `right` the right edge of
/// the column in points.
fn goes_on(before: &[Line], line: &Line, usual: f64, right: f64) -> bool {
    let Some((last, first)) = before.last().zip(before.first()) else { return false };
    let step = (line.y - last.y) / line.size;
    let fits = (SMALLEST_STEP..=(usual * LONGER_STEP).min(LARGEST_STEP)).contains(&step);
    if !fits || !alike(last, line) || begins_item(&line.text) {
        return false;
    }
    let item = begins_item(&first.text);
    let indent = line.x - last.x;
    // The first line of a paragraph is indented; in an item of a list the further lines are.
    if indent > INDENT * line.size && !(item && before.len() == 1) {
        return false;
    }
    // If the next word would have fitted into the line, the line was ended on purpose.
    let room = right - last.end;
    let same_edge = indent.abs() < SAME_EDGE * line.size;
    !(same_edge && room > line.width_of_first_word() + SPARE_ROOM * line.size)
}

/// True if words begin an item of a list: a bullet, or a number with its mark.
fn begins_item(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    text.starts_with(['•', '–', '—', '▪', '◦', '‣', '●'])
        || (1..=3).contains(&digits) && rest.strip_prefix(['.', ')']).is_some_and(|rest| rest.starts_with(' '))
}

/// Joins a line to a paragraph. A word broken at the end of a line keeps its hyphen and gets a mark after it, by which
/// the matcher recognises the break.
fn join(text: &mut String, line: &str) {
    let broken = text.ends_with(['-', '\u{ad}', '\u{2010}']) && line.starts_with(char::is_lowercase);
    text.push(if broken { '\u{2028}' } else { ' ' });
    text.push_str(line);
}

/// The pages of a file in sequence. Paragraphs repeated at the head or foot of pages are marked.
pub(super) fn bound(pages: Vec<Vec<ExtractedParagraph>>) -> Vec<ExtractedParagraph> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let mut here: Vec<String> = edges(page.len()).map(|index| without_digits(&page[index].text)).collect();
        here.sort_unstable();
        here.dedup();
        for text in here {
            *counts.entry(text).or_default() += 1;
        }
    }
    let often = (pages.len() / 2).max(3);
    let mut bound = Vec::new();
    for (index, mut page) in pages.into_iter().enumerate() {
        for at in edges(page.len()) {
            let text = &page[at].text;
            let bare = without_digits(text);
            let number = bare.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() && text.len() < 12;
            if page[at].furniture.is_none() && (number || counts.get(&bare).is_some_and(|count| *count >= often)) {
                page[at].furniture =
                    Some(if number { "number of the page" } else { "repeated at the head or foot of the pages" });
            }
        }
        bound.extend(page.into_iter().map(|paragraph| ExtractedParagraph { page: index + 1, ..paragraph }));
    }
    bound
}

/// The indices of the first two and the last two of `count` paragraphs.
fn edges(count: usize) -> impl Iterator<Item = usize> {
    (0..count).filter(move |index| *index < 2 || index + 2 >= count)
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}
