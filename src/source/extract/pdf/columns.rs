//! Columns: the order in which the parts of a page are read.
//!
//! A gutter is a vertical strip without words through several rows, with running text on both sides. The rows above are
//! read first, then one column after the other, then the rows below. A table has gutters too, but its cells are short:
//! it is read row by row.

use super::rows::Row;

/// The narrowest gutter between two columns, in ems.
const GUTTER: f64 = 0.8;

/// The fewest rows of a column.
const FEWEST_ROWS: usize = 3;

/// The narrowest column of running text, in ems.
const NARROWEST: f64 = 8.0;

/// The part of its column that the usual row of running text fills.
const FILLED: f64 = 0.55;

/// The fewest words of a usual row of running text.
const FEWEST_WORDS: usize = 2;

/// The step to a row that stands far from the others, as a multiple of the usual step.
const FAR: f64 = 2.0;

/// The most places at which a gutter is looked for.
const MOST_PLACES: usize = 400;

/// The deepest nesting of columns in columns.
const DEEPEST: usize = 8;

/// The parts of a page in reading order, each with its rows from the top. `from_right` tells that the right column comes
/// first.
pub(super) fn parts(rows: Vec<Row>, from_right: bool) -> Vec<Vec<Row>> {
    let mut parts = Vec::new();
    divide(rows, from_right, 0, &mut parts);
    parts
}

fn divide(mut rows: Vec<Row>, from_right: bool, depth: usize, parts: &mut Vec<Vec<Row>>) {
    let gutter = if depth < DEEPEST { gutter(&rows) } else { None };
    let Some(Gutter { x, first, end }) = gutter else {
        if !rows.is_empty() {
            parts.push(rows);
        }
        return;
    };
    let below = rows.split_off(end);
    let beside = rows.split_off(first);
    let left = beside.iter().filter_map(|row| row.part(|middle| middle < x)).collect();
    let right = beside.iter().filter_map(|row| row.part(|middle| middle >= x)).collect();
    let (one, other) = if from_right { (right, left) } else { (left, right) };
    for part in [rows, one, other, below] {
        divide(part, from_right, depth + 1, parts);
    }
}

/// A strip without words.
struct Gutter {
    /// Its middle.
    x: f64,
    /// The rows that it divides: from the first one to the one before `end`.
    first: usize,
    end: usize,
}

/// The gutter through the most rows.
fn gutter(rows: &[Row]) -> Option<Gutter> {
    let all = places(rows).into_iter().flat_map(|x| strips(rows, x));
    let divides = |gutter: &Gutter| divides(&rows[gutter.first..gutter.end], gutter.x);
    let mut all: Vec<Gutter> = all.collect();
    all.sort_by_key(|gutter| std::cmp::Reverse(gutter.end - gutter.first));
    all.into_iter().find(divides)
}

/// The places at which a gutter may lie: behind the last word of a row, and in the wide gaps of rows.
fn places(rows: &[Row]) -> Vec<f64> {
    let mut places: Vec<f64> = Vec::new();
    for row in rows {
        places.push(row.edges().1 + row.size * GUTTER / 2.0);
        let gaps = row.words.windows(2).map(|pair| (pair[0].word.end, pair[1].word.x));
        places.extend(gaps.filter(|(end, x)| x - end >= GUTTER * row.size).map(|(end, x)| f64::midpoint(end, x)));
    }
    places.sort_by(f64::total_cmp);
    places.dedup_by(|next, before| *next - *before < 2.0);
    places.truncate(MOST_PLACES);
    places
}

/// The runs of rows in which a place is free.
fn strips(rows: &[Row], x: f64) -> Vec<Gutter> {
    let mut strips = Vec::new();
    let mut first = None;
    for (index, row) in rows.iter().enumerate() {
        let reach = row.size * GUTTER / 2.0 * 0.8;
        let free = row.words.iter().all(|placed| placed.word.end <= x - reach || placed.word.x >= x + reach);
        match (free, first) {
            (true, None) => first = Some(index),
            (false, Some(start)) => {
                strips.push(Gutter { x, first: start, end: index });
                first = None;
            }
            _ => {}
        }
    }
    strips.extend(first.map(|first| Gutter { x, first, end: rows.len() }));
    let strips = strips.into_iter().map(|strip| without_edges(rows, strip));
    let mut strips: Vec<Gutter> = strips.collect();
    strips.retain(|strip| strip.end - strip.first >= FEWEST_ROWS);
    strips
}

/// A strip without rows that stand far above or below all others: the head and the foot of the page.
fn without_edges(rows: &[Row], strip: Gutter) -> Gutter {
    let Gutter { x, mut first, mut end } = strip;
    let size = |index: usize| rows[index].size.min(rows[index + 1].size);
    let step = |index: usize| (rows[index + 1].y - rows[index].y) / size(index);
    let usual = middle((first..end.saturating_sub(1)).map(step).filter(|step| *step > 0.5).collect());
    let is_far = |index: usize| step(index) > FAR * usual.max(1.0);
    while end - first > FEWEST_ROWS && is_far(first) {
        first += 1;
    }
    while end - first > FEWEST_ROWS && is_far(end - 2) {
        end -= 1;
    }
    Gutter { x, first, end }
}

/// One side of a gutter.
struct Side {
    rows: Vec<Row>,
    x: f64,
    end: f64,
    size: f64,
}

impl Side {
    fn of(rows: &[Row], fits: impl Fn(f64) -> bool) -> Option<Self> {
        let rows: Vec<Row> = rows.iter().filter_map(|row| row.part(&fits)).collect();
        let edges = rows.iter().map(Row::edges);
        let (x, end) = edges.fold((f64::INFINITY, f64::NEG_INFINITY), |all, row| (all.0.min(row.0), all.1.max(row.1)));
        let size = middle(rows.iter().map(|row| row.size).collect());
        (rows.len() >= FEWEST_ROWS).then_some(Self { rows, x, end, size })
    }

    fn width(&self) -> f64 {
        self.end - self.x
    }

    fn is_wide(&self) -> bool {
        self.width() >= NARROWEST * self.size
    }

    /// True if its rows are filled with words, as running text is.
    fn is_text(&self) -> bool {
        let widths = self.rows.iter().map(|row| row.edges().1 - row.edges().0);
        let mut counts: Vec<usize> = self.rows.iter().map(|row| row.words.len()).collect();
        counts.sort_unstable();
        self.is_wide() && middle(widths.collect()) >= FILLED * self.width() && counts[counts.len() / 2] >= FEWEST_WORDS
    }

    fn extent(&self) -> (f64, f64) {
        (self.rows.first().map_or(0.0, |row| row.y), self.rows.last().map_or(0.0, |row| row.y))
    }
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// True if a strip divides columns, and not the cells of a table or the numbers of a list from their text.
fn divides(rows: &[Row], x: f64) -> bool {
    let sides = (Side::of(rows, |middle| middle < x), Side::of(rows, |middle| middle >= x));
    let (Some(left), Some(right)) = sides else { return false };
    let size = left.size.max(right.size);
    if right.x - left.end < GUTTER * size || !are_beside(&left, &right) {
        return false;
    }
    let shared = left.rows.len() + right.rows.len() - rows.len();
    let staggered = 2 * shared < left.rows.len().min(right.rows.len());
    let smaller = left.size.min(right.size) < 0.92 * size;
    match (left.is_text(), right.is_text()) {
        (true, true) => true,
        // A note in the margin has lines of its own.
        (true, false) | (false, true) => staggered || smaller,
        (false, false) => false,
    }
}

/// True if the two sides stand beside each other through most of the shorter one.
fn are_beside(one: &Side, other: &Side) -> bool {
    let ((top, bottom), (first, last)) = (one.extent(), other.extent());
    let common = bottom.min(last) - top.max(first);
    common >= 0.5 * (bottom - top).min(last - first)
}
