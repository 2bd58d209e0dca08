//! Columns: the order in which the parts of a page are read.
//!
//! A gutter is a vertical strip without words through several rows, with running text on both sides. The rows above are
//! read first, then one column after the other, then the rows below. A table has gutters too, but its cells are short:
//! it is read row by row.

use std::cell::Cell;

use super::rows::{Placed, Row};

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

/// The most strips of which it is asked whether one of their sides has columns itself.
const MOST_NESTED: usize = 12;

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
    let mut all: Vec<Gutter> = all.collect();
    all.sort_by_key(|gutter| std::cmp::Reverse(gutter.end - gutter.first));
    let nested = Cell::new(MOST_NESTED);
    all.into_iter().find(|gutter| divides(&rows[gutter.first..gutter.end], gutter.x, &nested))
}

/// True if a strip through nearly all rows has running text on both sides.
fn has_columns(rows: &[Row]) -> bool {
    let nearly_all = |gutter: &Gutter| (gutter.end - gutter.first) * 10 >= rows.len() * 8;
    let strips = places(rows).into_iter().flat_map(|x| strips(rows, x)).filter(nearly_all);
    strips.take(MOST_PLACES).any(|gutter| divides(&rows[gutter.first..gutter.end], gutter.x, &Cell::new(0)))
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

/// The runs of rows whose words leave a strip free around a place.
fn strips(rows: &[Row], x: f64) -> Vec<Gutter> {
    let mut strips = Vec::new();
    let mut first = None;
    let mut strip = (f64::NEG_INFINITY, f64::INFINITY);
    for (index, row) in rows.iter().enumerate() {
        let own = free_around(row, x);
        let is_wide = |(start, end): (f64, f64)| end - start >= GUTTER * row.size * 0.8;
        let common = (strip.0.max(own.0), strip.1.min(own.1));
        if first.is_some() && !is_wide(common) {
            strips.extend(first.take().map(|first| Gutter { x, first, end: index }));
        }
        match first {
            Some(_) => strip = common,
            None if is_wide(own) => (first, strip) = (Some(index), own),
            None => {}
        }
    }
    strips.extend(first.map(|first| Gutter { x, first, end: rows.len() }));
    let strips = strips.iter().map(|strip| without_edges(rows, strip));
    let mut strips: Vec<Gutter> = strips.collect();
    strips.retain(|strip| strip.end - strip.first >= FEWEST_ROWS);
    strips
}

/// The free strip between the words of a row whose middle lies before a place, and those behind it.
fn free_around(row: &Row, x: f64) -> (f64, f64) {
    row.words.iter().fold((f64::NEG_INFINITY, f64::INFINITY), |(start, end), Placed { word, .. }| {
        let is_before = f64::midpoint(word.x, word.end) < x;
        if is_before { (start.max(word.end), end) } else { (start, end.min(word.x)) }
    })
}

/// A strip without rows that stand far above or below all others: the head and the foot of the page.
fn without_edges(rows: &[Row], strip: &Gutter) -> Gutter {
    let Gutter { x, mut first, mut end } = *strip;
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

/// True if a strip divides columns, and not the cells of a table or the numbers of a list from their text. `nested` says
/// how often it is asked whether a side has columns itself.
fn divides(rows: &[Row], x: f64, nested: &Cell<usize>) -> bool {
    let sides = (Side::of(rows, |middle| middle < x), Side::of(rows, |middle| middle >= x));
    let (Some(left), Some(right)) = sides else { return false };
    let size = left.size.max(right.size);
    if right.x - left.end < GUTTER * size || !are_beside(&left, &right) {
        return false;
    }
    let shared = left.rows.len() + right.rows.len() - rows.len();
    let staggered = 2 * shared < left.rows.len().min(right.rows.len());
    // A note in the margin has lines of its own, or smaller letters.
    let is_note = |note: &Side, text: &Side| staggered || note.size < 0.92 * text.size;
    let has_columns = |side: &Side| {
        let left = nested.get();
        nested.set(left.saturating_sub(1));
        left > 0 && side.is_wide() && has_columns(&side.rows)
    };
    let is_text = |side: &Side| side.is_text() || has_columns(side);
    match (is_text(&left), is_text(&right)) {
        (true, true) => true,
        (true, false) => is_note(&right, &left),
        (false, true) => is_note(&left, &right),
        (false, false) => false,
    }
}

/// True if the two sides stand beside each other through most of the shorter one.
fn are_beside(one: &Side, other: &Side) -> bool {
    let ((top, bottom), (first, last)) = (one.extent(), other.extent());
    let common = bottom.min(last) - top.max(first);
    common >= 0.5 * (bottom - top).min(last - first)
}
