//! Letters with places become lines, and lines paragraphs. Lengths are points of the page, `y` grows downwards.

use std::collections::HashMap;

use super::Paragraph;

/// A letter where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    /// The line on which it stands.
    pub(super) y: f64,
    pub(super) size: f64,
    /// Whether the file says that it is no part of the text.
    pub(super) mark: bool,
}

impl Letter {
    /// Whether another is the same letter at the same place.
    pub(super) fn is_again(&self, other: &Self) -> bool {
        let near = self.size.max(0.1) * 0.05;
        self.text == other.text && (self.x - other.x).abs() < near && (self.y - other.y).abs() < near
    }
}

/// A line, or a part of one that stands by itself.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    /// How far the first word reaches.
    first_word: Option<f64>,
    mark: bool,
}

/// The paragraphs of a page.
pub(super) fn paragraphs(letters: &[Letter]) -> Vec<Paragraph> {
    let lines = lines(letters);
    let usual = usual_leading(&lines);
    let mut found: Vec<(Paragraph, Vec<Line>)> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
        match found.last_mut() {
            Some((paragraph, before)) if goes_on(before, line, usual, right_of(&lines, line)) => {
                join(&mut paragraph.text, line.text.trim());
                before.push(line.clone());
            }
            _ => {
                let furniture = line.mark.then_some("mark of the page");
                found.push((Paragraph { text: line.text.trim().to_owned(), page: 0, furniture }, vec![line.clone()]));
            }
        }
    }
    found.into_iter().map(|(paragraph, _)| paragraph).collect()
}

/// Letters in the order of the file, as long as each stands behind the other.
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
        self.mark == letter.mark && (letter.y - self.y).abs() < 0.6 * size && gap > -0.6 * size && gap < 4.0 * size
    }

    fn add(&mut self, letter: &Letter) {
        let is_space = letter.text.trim().is_empty();
        let raised = letter.size < 0.8 * self.size && letter.y < self.y - 0.15 * self.size;
        let apart = letter.x - self.end > 0.17 * self.size.min(letter.size);
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

    fn width_of_first_word(&self) -> f64 {
        self.first_word.unwrap_or(self.end) - self.x
    }
}

/// How far below a line the next one of a paragraph usually stands, in sizes of the letters.
fn usual_leading(lines: &[Line]) -> f64 {
    let steps = lines.windows(2).filter(|pair| alike(&pair[0], &pair[1]));
    let mut steps: Vec<f64> =
        steps.map(|pair| (pair[1].y - pair[0].y) / pair[1].size).filter(|step| (0.8..3.0).contains(step)).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(1.4)
}

fn alike(one: &Line, other: &Line) -> bool {
    let ratio = one.size / other.size;
    (0.87..1.15).contains(&ratio) && one.mark == other.mark && one.x < other.end && other.x < one.end
}

/// How far the lines reach that begin about where this one begins.
fn right_of(lines: &[Line], line: &Line) -> f64 {
    let same = lines.iter().filter(|other| (other.x - line.x).abs() < 3.0 * line.size && alike(other, line));
    same.map(|other| other.end).fold(line.end, f64::max)
}

/// Whether a line continues a paragraph.
fn goes_on(before: &[Line], line: &Line, usual: f64, right: f64) -> bool {
    let Some((last, first)) = before.last().zip(before.first()) else { return false };
    let step = (line.y - last.y) / line.size;
    if !alike(last, line) || step < 0.3 || step > (usual * 1.25).min(3.2) || begins_item(&line.text) {
        return false;
    }
    let item = begins_item(&first.text);
    let indent = line.x - last.x;
    // The first line of a paragraph stands further in; the further lines of an item do.
    if indent > 0.7 * line.size && !(item && before.len() == 1) {
        return false;
    }
    // Where the next word would have found room, somebody ended the line on purpose.
    let room = right - last.end;
    let same_edge = indent.abs() < 2.5 * line.size;
    !(same_edge && room > line.width_of_first_word() + 1.2 * line.size)
}

/// Whether words begin an item of a list: a bullet or a number with its mark.
fn begins_item(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    text.starts_with(['•', '–', '—', '▪', '◦', '‣', '●'])
        || (1..=3).contains(&digits) && rest.strip_prefix(['.', ')']).is_some_and(|rest| rest.starts_with(' '))
}

/// Joins a line to a paragraph. A word that is broken at the end of a line keeps its hyphen and a mark after it, by which
/// the matcher knows the break.
fn join(text: &mut String, line: &str) {
    let broken = text.ends_with(['-', '\u{ad}', '\u{2010}']) && line.starts_with(char::is_lowercase);
    text.push(if broken { '\u{2028}' } else { ' ' });
    text.push_str(line);
}

/// The pages of a file one after the other, with what is repeated at their head or foot marked.
pub(super) fn bound(pages: Vec<Vec<Paragraph>>) -> Vec<Paragraph> {
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
        bound.extend(page.into_iter().map(|paragraph| Paragraph { page: index + 1, ..paragraph }));
    }
    bound
}

/// The first two and the last two of some paragraphs.
fn edges(count: usize) -> impl Iterator<Item = usize> {
    (0..count).filter(move |index| *index < 2 || index + 2 >= count)
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}
