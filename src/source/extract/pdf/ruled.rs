//! Ruled tables: the cells that straight lines on a page enclose.
//!
//! `y` grows downwards; lengths are points of the page (1/72 in).

use kurbo::{Affine, BezPath, PathEl, PathSeg, Point, Rect, Shape as _};

use super::letter;
use super::words::PageWord;

/// The shortest line that may be the side of a cell.
const SHORTEST: f64 = 5.0;

/// The thickest line; what is thicker is an area.
const THICKEST: f64 = 3.0;

/// How far a line may slant, and how far the ends of two lines that meet may lie apart.
const STRAIGHT: f64 = 0.5;
const MEETING: f64 = 2.5;

/// The most lines of a page that are looked at. A drawing has more.
pub(super) const MOST_LINES: usize = 3000;

/// The most places between the lines of a table.
const MOST_PLACES: usize = 5000;

/// The narrowest and the lowest cell that has words.
const NARROWEST: f64 = 6.0;
const LOWEST: f64 = 5.0;

/// The share of words that may lie across the sides of cells. If there are more, the lines are no table.
const ACROSS: f64 = 0.1;

/// The fewest rows of words at the same heights in all cells of a row that show that lines between them are missing: in a
/// table with several rows of cells, and in one with a head and a body, or less.
const UNRULED: usize = 4;
const UNRULED_BODY: usize = 2;

/// A straight line on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RuledLine {
    from: Point,
    to: Point,
}

impl RuledLine {
    /// The line on a page that is turned back by an angle in degrees.
    pub(super) fn turned_back(self, angle: u16) -> Self {
        let turn = letter::back(angle);
        Self { from: turn * self.from, to: turn * self.to }
    }
}

/// The straight lines that a path draws. `is_filled` tells that it is filled: then thin areas are lines.
pub(super) fn lines_of(path: &BezPath, transform: Affine, is_filled: bool) -> Vec<RuledLine> {
    let path = transform * path;
    if is_filled {
        return areas(&path).into_iter().filter_map(thin).collect();
    }
    let straight = |segment| match segment {
        PathSeg::Line(line) => Some(RuledLine { from: line.p0, to: line.p1 }),
        _ => None,
    };
    path.segments().take(MOST_LINES).filter_map(straight).filter(|line| Side::of(line).is_some()).collect()
}

/// The extents of the parts of a path.
fn areas(path: &BezPath) -> Vec<Rect> {
    let parts = path.elements().split(|element| matches!(element, PathEl::MoveTo(_)));
    let starts = path.elements().iter().filter_map(|element| match element {
        PathEl::MoveTo(start) => Some(*start),
        _ => None,
    });
    let extent =
        |(part, start): (&[PathEl], Point)| BezPath::from_vec([&[PathEl::MoveTo(start)], part].concat()).bounding_box();
    parts.skip(1).zip(starts).take(MOST_LINES).map(extent).collect()
}

/// The line that a thin area is.
fn thin(area: Rect) -> Option<RuledLine> {
    let middle = area.center();
    let (across, down) = (area.width() >= SHORTEST, area.height() >= SHORTEST);
    if across && area.height() <= THICKEST {
        return Some(RuledLine { from: Point::new(area.x0, middle.y), to: Point::new(area.x1, middle.y) });
    }
    (down && area.width() <= THICKEST)
        .then(|| RuledLine { from: Point::new(middle.x, area.y0), to: Point::new(middle.x, area.y1) })
}

/// A side of cells: a line across the page at a height, or down the page at a place.
#[derive(Debug, Clone, Copy)]
struct Side {
    is_across: bool,
    at: f64,
    start: f64,
    end: f64,
}

impl Side {
    /// `None` for a slanted or a short line.
    fn of(line: &RuledLine) -> Option<Self> {
        let RuledLine { from, to } = *line;
        let side = |is_across, one: (f64, f64), other: (f64, f64)| Self {
            is_across,
            at: f64::midpoint(one.1, other.1),
            start: one.0.min(other.0),
            end: one.0.max(other.0),
        };
        let side = if (from.y - to.y).abs() <= STRAIGHT {
            side(true, (from.x, from.y), (to.x, to.y))
        } else if (from.x - to.x).abs() <= STRAIGHT {
            side(false, (from.y, from.x), (to.y, to.x))
        } else {
            return None;
        };
        (side.end - side.start >= SHORTEST && side.at.is_finite() && side.end.is_finite()).then_some(side)
    }

    fn covers(&self, place: f64) -> bool {
        (self.start - MEETING..=self.end + MEETING).contains(&place)
    }

    fn meets(&self, other: &Self) -> bool {
        self.is_across != other.is_across && self.covers(other.at) && other.covers(self.at)
    }
}

/// The sides, with those joined that go on in one line.
fn joined(lines: &[RuledLine]) -> Vec<Side> {
    let mut sides: Vec<Side> = lines.iter().filter_map(Side::of).collect();
    let rounded = |side: &Side| (side.is_across, (side.at / MEETING).round());
    sides.sort_by(|one, other| {
        let (one_key, other_key) = (rounded(one), rounded(other));
        let by_place = one_key.0.cmp(&other_key.0).then(one_key.1.total_cmp(&other_key.1));
        by_place.then(one.start.total_cmp(&other.start))
    });
    let mut joined: Vec<Side> = Vec::new();
    for side in sides {
        match joined.last_mut() {
            Some(last) if rounded(last) == rounded(&side) && side.start <= last.end + MEETING => {
                last.end = last.end.max(side.end);
            }
            _ => joined.push(side),
        }
    }
    joined
}

/// The tables of a page: lines that meet.
pub(super) fn tables(lines: &[RuledLine], words: &[PageWord]) -> Vec<Table> {
    if lines.len() > MOST_LINES {
        return Vec::new();
    }
    let mut open = joined(lines);
    let mut tables = Vec::new();
    while let Some(first) = open.pop() {
        let mut together = vec![first];
        let mut at = 0;
        while let Some(side) = together.get(at).copied() {
            let (meeting, others): (Vec<Side>, Vec<Side>) = open.into_iter().partition(|other| other.meets(&side));
            together.extend(meeting);
            open = others;
            at += 1;
        }
        tables.extend(Table::of(&together).filter(|table| table.fits(words)));
    }
    tables
}

/// A table whose cells are enclosed by lines.
#[derive(Debug)]
pub(super) struct Table {
    /// The places of the lines down the page, and the heights of those across it.
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// For each place between them, row by row, the number of its cell.
    cells: Vec<usize>,
    /// The extents of the cells.
    extents: Vec<Rect>,
}

impl Table {
    fn of(sides: &[Side]) -> Option<Self> {
        let (xs, ys) = (places(sides, false), places(sides, true));
        let count = xs.len().saturating_sub(1) * ys.len().saturating_sub(1);
        if !(2..=MOST_PLACES).contains(&count) {
            return None;
        }
        let mut table = Self { xs, ys, cells: (0..count).collect(), extents: Vec::new() };
        table.join_open(sides);
        table.number();
        let large = |extent: &&Rect| extent.width() >= NARROWEST && extent.height() >= LOWEST;
        (table.extents.iter().filter(large).count() > 1).then_some(table)
    }

    fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// Joins places between which there is no line.
    fn join_open(&mut self, sides: &[Side]) {
        let columns = self.columns();
        let is_closed = |is_across: bool, at: f64, along: f64| {
            let covers = |side: &Side| (side.start..=side.end).contains(&along) && (side.at - at).abs() <= MEETING;
            sides.iter().any(|side| side.is_across == is_across && covers(side))
        };
        for place in 0..self.cells.len() {
            let (row, column) = (place / columns, place % columns);
            let middle = Point::new(
                f64::midpoint(self.xs[column], self.xs[column + 1]),
                f64::midpoint(self.ys[row], self.ys[row + 1]),
            );
            if column + 1 < columns && !is_closed(false, self.xs[column + 1], middle.y) {
                self.join(place, place + 1);
            }
            if row + 2 < self.ys.len() && !is_closed(true, self.ys[row + 1], middle.x) {
                self.join(place, place + columns);
            }
        }
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.cells[one], self.cells[other]);
        let (first, last) = (one.min(other), one.max(other));
        self.cells.iter_mut().filter(|cell| **cell == last).for_each(|cell| *cell = first);
    }

    /// Numbers the cells row by row, and measures them.
    fn number(&mut self) {
        let columns = self.columns();
        let mut numbers: Vec<usize> = Vec::new();
        for place in 0..self.cells.len() {
            let (row, column) = (place / columns, place % columns);
            let extent = Rect::new(self.xs[column], self.ys[row], self.xs[column + 1], self.ys[row + 1]);
            let known = numbers.iter().position(|cell| *cell == self.cells[place]);
            let number = known.unwrap_or_else(|| {
                numbers.push(self.cells[place]);
                self.extents.push(extent);
                numbers.len() - 1
            });
            self.extents[number] = self.extents[number].union(extent);
            self.cells[place] = number;
        }
    }

    /// The whole extent.
    pub(super) fn place(&self) -> Rect {
        self.extents.iter().copied().reduce(|one, other| one.union(other)).unwrap_or_default()
    }

    /// The extents of the cells, row by row from the left.
    pub(super) fn extents(&self) -> &[Rect] {
        &self.extents
    }

    /// The number of the cell in which a point lies.
    pub(super) fn cell_at(&self, point: Point) -> Option<usize> {
        let place = |places: &[f64], at: f64| places.partition_point(|place| *place <= at).checked_sub(1);
        let (column, row) = (place(&self.xs, point.x)?, place(&self.ys, point.y)?);
        let is_inside = column < self.columns() && row + 1 < self.ys.len();
        is_inside.then(|| self.cells[row * self.columns() + column])
    }

    /// True if the words stand in the cells, and not across their sides or in rows without lines between them.
    fn fits(&self, words: &[PageWord]) -> bool {
        let inside: Vec<(usize, &PageWord)> =
            words.iter().filter_map(|word| Some((self.cell_at(centre(word))?, word))).collect();
        let across = |(cell, word): &&(usize, &PageWord)| {
            let extent = self.extents[*cell].inflate(0.3 * word.size, 0.0);
            word.x < extent.x0 || word.end > extent.x1
        };
        #[expect(clippy::cast_precision_loss, reason = "a page has far fewer words")]
        let most = ACROSS * inside.len() as f64;
        #[expect(clippy::cast_precision_loss, reason = "a page has far fewer words")]
        let found = inside.iter().filter(across).count() as f64;
        !inside.is_empty() && found <= most && !self.has_unruled_rows(&inside)
    }

    /// True if a row of cells holds several rows of words at the same heights in all its cells: lines are missing.
    fn has_unruled_rows(&self, words: &[(usize, &PageWord)]) -> bool {
        let fewest = if self.ys.len() > 3 { UNRULED } else { UNRULED_BODY };
        self.ys.windows(2).any(|band| {
            let in_band =
                |cell: usize| self.extents[cell].y0 >= band[0] - 1.0 && self.extents[cell].y1 <= band[1] + 1.0;
            let mut heights: Vec<Vec<f64>> = vec![Vec::new(); self.extents.len()];
            for (cell, word) in words.iter().filter(|(cell, _)| in_band(*cell)) {
                if heights[*cell].iter().all(|y| (y - word.y).abs() > 0.4 * word.size) {
                    heights[*cell].push(word.y);
                }
            }
            heights.retain(|cell| !cell.is_empty());
            for cell in &mut heights {
                cell.sort_by(f64::total_cmp);
            }
            let same = |one: &Vec<f64>, other: &Vec<f64>| {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| (one - other).abs() < 3.0)
            };
            heights.len() > 1 && heights[0].len() >= fewest && heights.iter().all(|cell| same(cell, &heights[0]))
        })
    }
}

/// The point of a page at which a word stands.
pub(super) fn centre(word: &PageWord) -> Point {
    Point::new(f64::midpoint(word.x, word.end), word.y - 0.3 * word.size)
}

/// The places of lines of one direction, with the ends of the others if at least two of them end there.
fn places(sides: &[Side], is_across: bool) -> Vec<f64> {
    let own = sides.iter().filter(|side| side.is_across == is_across).map(|side| side.at);
    let mut places: Vec<f64> = own.collect();
    let others = || sides.iter().filter(|side| side.is_across != is_across);
    let start = others().map(|side| side.start).fold(f64::INFINITY, f64::min);
    let end = others().map(|side| side.end).fold(f64::NEG_INFINITY, f64::max);
    for (at, is_start) in [(start, true), (end, false)] {
        let near = |side: &&Side| (if is_start { side.start } else { side.end } - at).abs() <= MEETING;
        if others().filter(near).count() > 1 {
            places.push(at);
        }
    }
    places.sort_by(f64::total_cmp);
    places.dedup_by(|next, before| *next - *before <= MEETING);
    places
}
