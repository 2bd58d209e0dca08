//! Rows of words that stand on one line of a page.

use std::collections::BTreeMap;

use kurbo::Rect;

use super::words::PageWord;

/// The largest distance of a word above or below its row, in ems.
const ON_ROW: f64 = 0.25;

/// The smallest and the largest size of a raised or lowered word, in ems of its row.
const SMALLEST: f64 = 0.4;
const SMALL: f64 = 0.82;

/// The most characters of a raised or lowered number, and of a raised or lowered word.
const LONGEST: usize = 6;
const FEW_LETTERS: usize = 3;

/// How far a raised word stands above its row at most, and a lowered one below it, in ems of the row.
const HIGHEST: f64 = 0.6;
const LOWEST: f64 = 0.4;

/// The largest difference in size between two raised words that belong together, as a part of it.
const SAME_SIZE: f64 = 0.1;

/// The smallest height of a raised word above its row, or depth of a lowered one, in ems of the row.
const SHIFTED: f64 = 0.08;

/// The widest gap between a raised or lowered word and the word at which it stands, in ems of the row.
const TOUCHING: f64 = 0.35;

/// The place of a word in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Height {
    OnLine,
    Raised,
    Lowered,
}

/// A word in a row.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) word: PageWord,
    pub(super) height: Height,
}

/// Words on one line, from left to right.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) words: Vec<Placed>,
    /// The height of the line, in points from the top.
    pub(super) y: f64,
    /// The size of its largest word, in points.
    pub(super) size: f64,
    pub(super) mark: bool,
    /// The number of the ruled table that stands here instead of words.
    pub(super) table: Option<usize>,
}

impl Row {
    /// The place of a ruled table among the rows of a page.
    pub(super) fn of_table(number: usize, place: Rect) -> Self {
        let word = PageWord::of_table(place);
        let (y, size) = (word.y, word.size);
        let words = vec![Placed { word, height: Height::OnLine }];
        Self { words, y, size, mark: false, table: Some(number) }
    }

    /// The left and the right edge.
    pub(super) fn edges(&self) -> (f64, f64) {
        let start = self.words.iter().map(|placed| placed.word.x).fold(f64::INFINITY, f64::min);
        let end = self.words.iter().map(|placed| placed.word.end).fold(f64::NEG_INFINITY, f64::max);
        (start, end)
    }

    /// The words whose middle fits a rule, as a row of its own; `None` without any.
    pub(super) fn part(&self, fits: impl Fn(f64) -> bool) -> Option<Self> {
        let fitting = |placed: &&Placed| fits(f64::midpoint(placed.word.x, placed.word.end));
        let words: Vec<Placed> = self.words.iter().filter(fitting).cloned().collect();
        let size = words.iter().map(|placed| placed.word.size).fold(0.0, f64::max);
        (!words.is_empty()).then_some(Self { words, size, ..*self })
    }

    /// The height at which a word stands in this row; `None` if it does not belong to it.
    fn height(&self, word: &PageWord) -> Option<Height> {
        if self.mark != word.mark {
            return None;
        }
        let shifted = is_mark(&word.text()).then(|| self.beside(word).find_map(|other| shift(other, word))).flatten();
        shifted.or_else(|| ((self.y - word.y).abs() <= ON_ROW * word.size).then_some(Height::OnLine))
    }

    /// The words right before which a word stands, and if it is the first one, the word right behind it.
    fn beside<'a>(&'a self, word: &'a PageWord) -> impl Iterator<Item = &'a Placed> {
        let reach = TOUCHING * self.size;
        let near = move |gap: f64| (-reach..=reach).contains(&gap);
        let is_first = self.words.iter().all(|placed| placed.word.x > word.x);
        let behind = self.words.iter().filter(move |placed| near(word.x - placed.word.end));
        behind.chain(self.words.iter().filter(move |placed| is_first && near(placed.word.x - word.end)))
    }
}

/// The height of a word beside another one: it is smaller, and stands higher or lower. What stands beside a raised word,
/// in its size and at its height, is raised, too.
fn shift(other: &Placed, word: &PageWord) -> Option<Height> {
    let Placed { word: beside, height } = other;
    let above = (beside.y - word.y) / beside.size;
    if *height != Height::OnLine {
        return (above.abs() < SHIFTED && (word.size / beside.size - 1.0).abs() < SAME_SIZE).then_some(*height);
    }
    let is_small = (SMALLEST..=SMALL).contains(&(word.size / beside.size));
    let is_shifted = (-LOWEST..=HIGHEST).contains(&above) && above.abs() >= SHIFTED;
    (is_small && is_shifted).then_some(if above > 0.0 { Height::Raised } else { Height::Lowered })
}

/// True for a word that may stand raised: a number, a sign, or few letters.
fn is_mark(text: &str) -> bool {
    let length = text.chars().count();
    let letters = text.chars().any(char::is_alphabetic);
    length <= if letters { FEW_LETTERS } else { LONGEST } && (!letters || text.chars().all(char::is_alphabetic))
}

/// The rows of a page from its top.
pub(super) fn rows(words: Vec<PageWord>) -> Vec<Row> {
    let mut found = Found::default();
    let mut words: Vec<(usize, PageWord)> = words.into_iter().enumerate().collect();
    // The largest first: what stands raised belongs to a row that is known then. Those of a size in drawing order.
    words.sort_by(|(_, one), (_, other)| other.size.total_cmp(&one.size));
    for (_, word) in words {
        found.add(word);
    }
    let mut rows = found.rows;
    for row in &mut rows {
        row.words.sort_by(|one, other| one.word.x.total_cmp(&other.word.x));
    }
    rows.sort_by(|one, other| one.y.total_cmp(&other.y));
    rows
}

#[derive(Default)]
struct Found {
    rows: Vec<Row>,
    /// The rows by their height in whole points.
    at: BTreeMap<i64, Vec<usize>>,
    /// The size of the largest word.
    largest: f64,
}

impl Found {
    fn add(&mut self, word: PageWord) {
        let place = self.place(&word);
        let (row, height) = place.unwrap_or_else(|| (self.open(&word), Height::OnLine));
        self.rows[row].words.push(Placed { word, height });
    }

    fn place(&self, word: &PageWord) -> Option<(usize, Height)> {
        let near = points(word.y - LOWEST * self.largest) - 1..=points(word.y + HIGHEST * self.largest) + 1;
        let rows = self.at.range(near).flat_map(|(_, rows)| rows);
        let fitting = rows.filter_map(|row| Some((*row, self.rows[*row].height(word)?)));
        let away = |row: usize| (self.rows[row].y - word.y).abs();
        // A word stands on its own line rather than raised over the next one.
        let order = |(row, height): &(usize, Height)| (*height != Height::OnLine, away(*row));
        fitting.min_by(|one, other| {
            let (one, other) = (order(one), order(other));
            one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
        })
    }

    fn open(&mut self, word: &PageWord) -> usize {
        let row = self.rows.len();
        self.largest = self.largest.max(word.size);
        self.rows.push(Row { words: Vec::new(), y: word.y, size: word.size, mark: word.mark, table: None });
        self.at.entry(points(word.y)).or_default().push(row);
        row
    }
}

/// A height in whole points.
#[expect(clippy::cast_possible_truncation, reason = "a place far outside of every page is cut to the edge")]
fn points(y: f64) -> i64 {
    // The sum with a distance must not overflow.
    (y as i64).clamp(-1 << 40, 1 << 40)
}
