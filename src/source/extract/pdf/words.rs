//! Words with their places, out of letters in the order in which they were drawn.
//!
//! Lines are horizontal here; `y` grows downwards. Lengths are points of the page (1/72 in). Lengths that depend on the
//! size of the letters are given in ems, multiples of that size.

use kurbo::Rect;

use super::letter::Letter;

/// The largest distance of a letter above or below its line, in ems.
const ON_LINE: f64 = 0.1;

/// The largest distance of a letter back over the one before it, in ems.
const BACK: f64 = 0.35;

/// The narrowest gap between two words, in ems.
pub(super) const NARROWEST_SPACE: f64 = 0.15;

/// The largest difference in size between letters of one word, as a factor.
const SAME_SIZE: f64 = 1.12;

/// The fewest letters of a word that is set with wide spaces between its letters: S P A C E D.
const SPACED: usize = 4;

/// The largest gap inside of a word that is set with wide spaces, in ems.
const WIDEST_SPACING: f64 = 0.8;

/// The smallest gap between two such words, as a multiple of the gaps inside.
const BETWEEN_SPACED: f64 = 1.6;

/// The assumed size of letters beside a ruled table, in points.
const TABLE_SIZE: f64 = 10.0;

/// A word with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageWord {
    /// Its letters from left to right, as they are seen.
    pub(super) letters: Vec<String>,
    /// Its left edge.
    pub(super) x: f64,
    /// Its right edge.
    pub(super) end: f64,
    /// The height of its line.
    pub(super) y: f64,
    /// One em.
    pub(super) size: f64,
    /// True if the file says that it is not part of the text.
    pub(super) mark: bool,
    /// True if a space was drawn right before it, or right behind it.
    pub(super) spaced: (bool, bool),
}

impl PageWord {
    fn new(letter: &Letter) -> Self {
        let (x, end) = edges(letter);
        let (y, size) = (letter.start.y, letter.size());
        Self { letters: vec![letter.text.clone()], x, end, y, size, mark: letter.mark, spaced: (false, false) }
    }

    /// A word without letters in the place of a ruled table.
    pub(super) fn of_table(place: Rect) -> Self {
        let (x, end, y) = (place.x0, place.x1, place.y0);
        Self { letters: Vec::new(), x, end, y, size: TABLE_SIZE, mark: false, spaced: (false, false) }
    }

    /// Notes a space that touches this word.
    fn touch(&mut self, space: &Letter) {
        let (x, end) = edges(space);
        let near = |gap: f64| gap.abs() <= BACK * self.size;
        let on_line = (space.start.y - self.y).abs() <= ON_LINE * self.size;
        self.spaced.0 |= on_line && near(self.x - end);
        self.spaced.1 |= on_line && near(x - self.end);
    }

    pub(super) fn text(&self) -> String {
        self.letters.concat()
    }

    /// True if a letter stands right behind this word, or right before it (scripts from right to left).
    fn takes(&self, letter: &Letter, narrowest: f64) -> Option<Side> {
        let (x, end) = edges(letter);
        let (size, space) = (self.size.max(letter.size()), narrowest * self.size.min(letter.size()));
        let alike = (self.size / SAME_SIZE..self.size * SAME_SIZE).contains(&letter.size());
        if self.mark != letter.mark || !alike || (letter.start.y - self.y).abs() > ON_LINE * size {
            return None;
        }
        let behind = x - self.end;
        if behind > -BACK * size && behind <= space {
            return Some(Side::Behind);
        }
        let before = self.x - end;
        let from_right = letter.text.chars().any(super::direction::is_right_to_left);
        (from_right && before > -BACK * size && before <= space).then_some(Side::Before)
    }

    fn add(&mut self, letter: &Letter, side: Side) {
        let (x, end) = edges(letter);
        match side {
            Side::Behind => self.letters.push(letter.text.clone()),
            Side::Before => self.letters.insert(0, letter.text.clone()),
        }
        (self.x, self.end) = (self.x.min(x), self.end.max(end));
    }

    /// The gap to a word behind it on the same line, in ems; `None` for other words.
    fn gap(&self, next: &Self) -> Option<f64> {
        let same = self.mark == next.mark && (self.y - next.y).abs() <= ON_LINE * self.size;
        let alike = (self.size / SAME_SIZE..self.size * SAME_SIZE).contains(&next.size);
        let gap = (next.x - self.end) / self.size;
        (same && alike && gap > -BACK).then_some(gap)
    }
}

#[derive(Clone, Copy)]
enum Side {
    Behind,
    Before,
}

fn edges(letter: &Letter) -> (f64, f64) {
    (letter.start.x.min(letter.end.x), letter.start.x.max(letter.end.x))
}

/// The words of a page.
pub(super) fn words(letters: &[Letter]) -> Vec<PageWord> {
    let mut words: Vec<PageWord> = Vec::new();
    let mut space: Option<&Letter> = None;
    let mut last: Option<&Letter> = None;
    for (letter, narrowest) in letters.iter().zip(narrowest_spaces(letters)) {
        if letter.text.trim().is_empty() {
            space = Some(letter);
            continue;
        }
        let over_last = |space: &Letter| last.is_some_and(|last| is_drawn_over(space, last));
        let before = space.take().filter(|space| !is_drawn_over(space, letter) && !over_last(space));
        last = Some(letter);
        if let (Some(space), Some(word)) = (before, words.last_mut()) {
            word.touch(space);
        }
        let side = if before.is_some() { None } else { words.last().and_then(|word| word.takes(letter, narrowest)) };
        if let Some((side, word)) = side.zip(words.last_mut()) {
            word.add(letter, side);
            continue;
        }
        let mut word = PageWord::new(letter);
        if let Some(space) = before {
            word.touch(space);
        }
        words.push(word);
    }
    without_spacing(&words)
}

/// True if a letter stands where a space is: some programs write the place at which a word may be broken as a
/// space.
fn is_drawn_over(space: &Letter, letter: &Letter) -> bool {
    let ((x, end), (start, stop)) = (edges(space), edges(letter));
    let on_line = (space.start.y - letter.start.y).abs() <= ON_LINE * letter.size();
    on_line && 2.0 * (end.min(stop) - x.max(start)) >= end - x
}

/// For each letter the narrowest gap before it that is a space, in ems. In words that are set wide, it is wider than the
/// usual gap between their letters.
fn narrowest_spaces(letters: &[Letter]) -> Vec<f64> {
    let mut spaces = Vec::with_capacity(letters.len());
    let mut start = 0;
    while start < letters.len() {
        let follows = |pair: &&[Letter]| gap_between(&pair[0], &pair[1]).is_some();
        let length = 1 + letters[start..].windows(2).take_while(follows).count();
        let gaps = letters[start..start + length].windows(2).filter_map(|pair| gap_between(&pair[0], &pair[1]));
        let mut gaps: Vec<f64> = gaps.collect();
        gaps.sort_by(f64::total_cmp);
        let usual = if gaps.len() < SPACED { 0.0 } else { gaps[gaps.len() / 2].max(0.0) };
        spaces.resize(start + length, usual + NARROWEST_SPACE);
        start += length;
    }
    spaces
}

/// The gap between two letters that were drawn one behind the other, in ems.
fn gap_between(one: &Letter, next: &Letter) -> Option<f64> {
    let size = one.size();
    let alike = (size / SAME_SIZE..size * SAME_SIZE).contains(&next.size());
    let on_line = (one.start.y - next.start.y).abs() <= ON_LINE * size;
    let gap = (edges(next).0 - edges(one).1) / size;
    (alike && on_line && (-BACK..1.0).contains(&gap)).then_some(gap)
}

/// The words, with letters joined that are set with wide spaces between them.
fn without_spacing(words: &[PageWord]) -> Vec<PageWord> {
    let mut joined: Vec<PageWord> = Vec::with_capacity(words.len());
    // The height of a line that has such a word: a short word on it is set in the same way.
    let mut line = f64::NAN;
    let mut at = 0;
    while at < words.len() {
        let length = spaced(&words[at..]);
        let fewest = if (words[at].y - line).abs() < 1.0 { 2 } else { SPACED };
        if length < fewest {
            joined.push(words[at].clone());
            at += 1;
        } else {
            line = words[at].y;
            join_spaced(&words[at..at + length], &mut joined);
            at += length;
        }
    }
    joined
}

/// The number of single letters at the beginning of some words, each a wide space behind the one before.
fn spaced(words: &[PageWord]) -> usize {
    let single = |word: &PageWord| {
        let text = word.text();
        let mut letters = text.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    let follows = |pair: &[PageWord]| pair[0].gap(&pair[1]).is_some_and(|gap| gap <= 2.0 * WIDEST_SPACING);
    let first = words.first().is_some_and(single);
    usize::from(first) + words.windows(2).take_while(|pair| first && single(&pair[1]) && follows(pair)).count()
}

fn join_spaced(letters: &[PageWord], joined: &mut Vec<PageWord>) {
    let gap = |pair: &[PageWord]| pair[0].gap(&pair[1]).unwrap_or_default();
    let narrowest = letters.windows(2).map(gap).fold(WIDEST_SPACING, f64::min);
    let mut word = letters[0].clone();
    for pair in letters.windows(2) {
        if gap(pair) > narrowest * BETWEEN_SPACED {
            joined.push(std::mem::replace(&mut word, pair[1].clone()));
        } else {
            word.letters.extend(pair[1].letters.clone());
            word.end = pair[1].end;
        }
    }
    joined.push(word);
}
