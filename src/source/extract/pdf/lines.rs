//! Lines: the parts of rows that are read together, with their words in reading order.

use std::collections::BTreeSet;

use super::super::raised::{self, Raised};
use super::direction;
use super::rows::{Height, Placed, Row};
use super::words::{NARROWEST_SPACE, PageWord};

/// The widest gap between two words of a line, in ems. After a wider gap a cell begins.
const WIDEST_SPACE: f64 = 2.2;

/// The narrowest gap between two cells, in ems, if the next row has one at the same place.
const CELL: f64 = 0.9;

/// The fewest words of a stretched line, and the largest of its gaps as a multiple of the smallest one.
const STRETCHED: usize = 4;
const SAME_GAPS: f64 = 1.5;

/// The widest gap behind the number of an item, in ems.
const WIDEST_LABEL: f64 = 6.0;

/// The largest distance between the beginnings of two cells of one column, in ems.
const ALIGNED: f64 = 0.3;

/// The largest distance between a row and one of a table, in ems, if it may belong to the table.
const NEAR_TABLE: f64 = 1.6;

/// The largest size of notes at the foot of a page, as a part of the usual size.
const NOTE_SIZE: f64 = 0.93;

/// The smallest size of a large first letter, as a multiple of the usual size.
const LARGE: f64 = 1.8;

/// A line, or a separate part of one.
#[derive(Debug, Clone)]
pub(super) struct PageLine {
    pub(super) text: String,
    /// Its edge on the side where it begins: the left one, or for text from right to left minus the right one.
    pub(super) x: f64,
    /// The edge on the other side.
    pub(super) end: f64,
    /// Its height, in points.
    pub(super) y: f64,
    /// The size of its largest letter, in points: one em.
    pub(super) size: f64,
    /// The end of the first word, if there is another word.
    pub(super) first_word: Option<f64>,
    pub(super) mark: bool,
    /// True for a cell of a table, or a line near one.
    pub(super) in_table: bool,
    /// The marks of notes that are left out.
    pub(super) left_out: Vec<String>,
}

impl PageLine {
    /// The width in points.
    pub(super) fn width_of_first_word(&self) -> f64 {
        self.first_word.unwrap_or(self.end) - self.x
    }
}

/// What is known of a page.
pub(super) struct PageShape {
    /// The numbers of the notes at its foot.
    pub(super) notes: BTreeSet<String>,
    /// True if most of its letters run from right to left.
    pub(super) from_right: bool,
}

impl PageShape {
    pub(super) fn of(rows: &[Row], from_right: bool) -> Self {
        let usual = usual_size(rows);
        let note = |row: &Row| {
            let first = row.words.first()?;
            let small = row.size < NOTE_SIZE * usual || first.height == Height::Raised;
            let number = first.word.text();
            let number = number.trim_end_matches(['.', ')']);
            (small && !number.is_empty() && number.chars().all(char::is_numeric)).then(|| number.to_owned())
        };
        Self { notes: rows.iter().filter_map(note).collect(), from_right }
    }
}

/// The size of most words.
fn usual_size(rows: &[Row]) -> f64 {
    let mut sizes: Vec<f64> = rows.iter().flat_map(|row| row.words.iter().map(|placed| placed.word.size)).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// The words without large first letters, and these.
pub(super) fn large_first_letters(words: Vec<PageWord>) -> (Vec<PageWord>, Vec<PageWord>) {
    let mut sizes: Vec<f64> = words.iter().map(|word| word.size).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    let is_large = |word: &PageWord| {
        let text = word.text();
        word.size > LARGE * usual && text.chars().count() == 1 && text.chars().all(char::is_alphabetic)
    };
    let (large, others): (Vec<PageWord>, Vec<PageWord>) = words.into_iter().partition(is_large);
    (others, large)
}

/// Joins each large first letter to the first word beside it.
pub(super) fn join_first_letters(rows: &mut [Row], letters: Vec<PageWord>) -> Vec<PageWord> {
    let mut alone = Vec::new();
    for letter in letters {
        let top = letter.y - letter.size;
        let beside = |row: &&mut Row| row.y > top && row.y <= letter.y + 1.0 && !row.mark;
        let first = |row: &&mut Row| {
            row.words.iter().position(|placed| (-0.3..1.2).contains(&((placed.word.x - letter.end) / row.size)))
        };
        match rows.iter_mut().filter(beside).find_map(|row| first(&row).map(|at| (row, at))) {
            Some((row, at)) => row.words[at].word.letters.insert(0, letter.text()),
            None => alone.push(letter),
        }
    }
    alone
}

/// The lines of a part of a page.
pub(super) fn lines(rows: &[Row], page: &PageShape) -> Vec<PageLine> {
    let cells: Vec<Vec<&[Placed]>> = (0..rows.len()).map(|index| cells(rows, index)).collect();
    let near = |one: &Row, other: &Row| (one.y - other.y).abs() < NEAR_TABLE * one.size;
    let mut lines = Vec::new();
    for (row, own) in rows.iter().zip(&cells) {
        let in_table = rows.iter().zip(&cells).any(|(other, cells)| cells.len() > 1 && near(row, other));
        let start = lines.len();
        lines.extend(own.iter().map(|cell| PageLine { in_table, ..line(cell, row, page) }));
        if page.from_right {
            lines[start..].reverse();
        }
    }
    lines
}

/// The cells of a row.
fn cells(rows: &[Row], index: usize) -> Vec<&[Placed]> {
    let words = &rows[index].words;
    let mut cells: Vec<&[Placed]> = Vec::new();
    let mut start = 0;
    let is_stretched = is_stretched(rows, index);
    for at in 1..words.len() {
        if !is_stretched && ends_cell(rows, index, start, at) {
            cells.push(&words[start..at]);
            start = at;
        }
    }
    cells.push(&words[start..]);
    cells
}

/// True for a row whose spaces are all wide and alike, and not over those of its neighbours: a line that was stretched to
/// the width of its column.
fn is_stretched(rows: &[Row], index: usize) -> bool {
    let row = &rows[index];
    let on_line = row.words.iter().filter(|placed| placed.height == Height::OnLine).count();
    let mut gaps: Vec<f64> = (1..row.words.len()).map(|at| gap_before(row, at)).filter(|gap| *gap > 0.0).collect();
    gaps.sort_by(f64::total_cmp);
    let (narrow, wide) = (gaps.first().copied().unwrap_or_default(), gaps.last().copied().unwrap_or_default());
    let is_even = on_line >= STRETCHED && narrow > 0.5 && wide < SAME_GAPS * narrow;
    is_even && (1..row.words.len()).filter(|at| is_over_a_cell(rows, index, *at)).count() < 2
}

/// True if a cell ends before a word of a row.
fn ends_cell(rows: &[Row], row: usize, start: usize, at: usize) -> bool {
    let words = &rows[row].words;
    let gap = gap_before(&rows[row], at);
    let label: String = words[start..at].iter().map(|placed| placed.word.text()).collect();
    let is_mark = start == 0 && at == 1 && words[0].height == Height::Raised;
    if is_mark || is_label(&label) {
        return gap > WIDEST_LABEL;
    }
    gap > WIDEST_SPACE || gap >= CELL && is_over_a_cell(rows, row, at)
}

/// True if a cell begins in the row above or below where a word of a row does.
fn is_over_a_cell(rows: &[Row], row: usize, at: usize) -> bool {
    let x = rows[row].words[at].word.x;
    let has_cell_here = |other: &Row| {
        let near = |placed: &Placed| (placed.word.x - x).abs() < ALIGNED * other.size;
        (1..other.words.len()).any(|index| near(&other.words[index]) && gap_before(other, index) >= CELL)
    };
    let beside = [row.checked_sub(1), Some(row + 1)].into_iter().flatten().filter_map(|index| rows.get(index));
    beside.into_iter().any(has_cell_here)
}

/// The gap before a word, in ems.
fn gap_before(row: &Row, at: usize) -> f64 {
    let before = row.words[..at].iter().map(|placed| placed.word.end).fold(f64::NEG_INFINITY, f64::max);
    (row.words[at].word.x - before) / row.size
}

/// True for the number or bullet of an item.
fn is_label(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '.', '[', ']', '§']);
    let short = bare.chars().count() <= 4;
    let is_roman = bare.chars().all(|c| "IVXLC".contains(c)) || bare.chars().all(|c| "ivxlc".contains(c));
    let number = is_roman || bare.chars().all(|c| c.is_numeric() || c == '.') || bare.chars().count() == 1;
    bare.is_empty() || short && (number && bare.len() != text.len() || text.chars().all(|c| !c.is_alphanumeric()))
}

fn line(cell: &[Placed], row: &Row, page: &PageShape) -> PageLine {
    let mut writer = Writer { page, text: String::new(), pieces: Vec::new(), left_out: Vec::new() };
    let mut before: Option<&PageWord> = None;
    for (index, placed) in cell.iter().enumerate() {
        if before.is_some_and(|before| are_apart(before, &placed.word)) {
            writer.push(" ");
        }
        writer.add(placed, cell.get(index + 1));
        before = Some(&placed.word);
    }
    let (x, end) = edges(cell);
    let first_word = cell.windows(2).find(|pair| are_apart(&pair[0].word, &pair[1].word));
    let mirrored = page.from_right;
    let first_word = match (first_word, mirrored) {
        (Some(pair), false) => Some(pair[0].word.end),
        (Some(_), true) => cell.last().map(|placed| -placed.word.x),
        (None, _) => None,
    };
    let (x, end) = if mirrored { (-end, -x) } else { (x, end) };
    let (text, left_out) = writer.finish();
    PageLine { text, x, end, y: row.y, size: row.size, first_word, mark: row.mark, in_table: false, left_out }
}

fn edges(cell: &[Placed]) -> (f64, f64) {
    let start = cell.iter().map(|placed| placed.word.x).fold(f64::INFINITY, f64::min);
    (start, cell.iter().map(|placed| placed.word.end).fold(f64::NEG_INFINITY, f64::max))
}

fn are_apart(one: &PageWord, next: &PageWord) -> bool {
    one.spaced.1 || next.spaced.0 || next.x - one.end > NARROWEST_SPACE * one.size.min(next.size)
}

/// Writes the words of a line.
struct Writer<'a> {
    page: &'a PageShape,
    /// What is written, in the order in which it is seen.
    text: String,
    /// The same, letter by letter.
    pieces: Vec<String>,
    left_out: Vec<String>,
}

impl Writer<'_> {
    fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
        self.pieces.push(piece.to_owned());
    }

    fn add(&mut self, placed: &Placed, next: Option<&Placed>) {
        let word = placed.word.text();
        let has_bar = next.is_some_and(|next| next.word.text().starts_with(['⁄', '/', '∕']));
        match placed.height {
            // A fraction: ³/8.
            Height::Raised if has_bar => self.push(&raised::superscript(&word)),
            Height::OnLine => placed.word.letters.iter().for_each(|letter| self.push(letter)),
            Height::Lowered => self.push(&raised::lowered(&self.text, &word)),
            Height::Raised if self.text.is_empty() => self.push(&format!("{word} ")),
            Height::Raised => self.raise(word),
        }
    }

    fn raise(&mut self, word: String) {
        let bare = word.trim_matches(['(', ')', '[', ']', '.', ',']);
        match raised::raised(&self.text, &word, self.page.notes.contains(bare) || self.page.from_right) {
            Raised::Note => self.left_out.push(word),
            Raised::Part(part) => self.push(&part),
        }
    }

    fn finish(self) -> (String, Vec<String>) {
        let text = direction::in_reading_order(self.pieces, self.page.from_right);
        (text, self.left_out)
    }
}
