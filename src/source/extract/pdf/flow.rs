//! The parts of a page in reading order: running text in columns, and the cells of ruled tables.

use kurbo::Rect;

use super::columns;
use super::rows::{self, Row};
use super::ruled::{self, Table};
use super::words::PageWord;

/// Rows that are read together.
pub(super) struct PagePart {
    pub(super) rows: Vec<Row>,
    /// The extent of the cell, if the rows stand in one.
    pub(super) cell: Option<Rect>,
}

/// The parts of a page. `from_right` tells that the right column comes first.
pub(super) fn parts(rows: Vec<Row>, tables: Vec<Table>, from_right: bool) -> Vec<PagePart> {
    if tables.is_empty() {
        return columns::parts(rows, from_right).into_iter().map(|rows| PagePart { rows, cell: None }).collect();
    }
    let words = rows.into_iter().flat_map(|row| row.words).map(|placed| placed.word).collect();
    let mut parts = Vec::new();
    add(Area { words, tables, cell: None }, from_right, &mut parts);
    parts
}

/// A page or a cell.
struct Area {
    words: Vec<PageWord>,
    tables: Vec<Table>,
    cell: Option<Rect>,
}

fn add(area: Area, from_right: bool, parts: &mut Vec<PagePart>) {
    let Area { words, tables, cell } = area;
    let (outer, inner) = outer_and_inner(tables);
    let mut cells: Vec<Vec<Area>> = outer.iter().map(areas).collect();
    for table in inner {
        let place = table.place().center();
        let found = outer.iter().enumerate().find_map(|(index, outer)| Some((index, outer.cell_at(place)?)));
        if let Some((outer, cell)) = found {
            cells[outer][cell].tables.push(table);
        }
    }
    let mut running = Vec::new();
    for word in words {
        let place = ruled::centre(&word);
        match outer.iter().enumerate().find_map(|(index, table)| Some((index, table.cell_at(place)?))) {
            Some((table, cell)) => cells[table][cell].words.push(word),
            None => running.push(word),
        }
    }
    let mut rows = rows::rows(running);
    rows.extend(outer.iter().enumerate().map(|(index, table)| Row::of_table(index, table.place())));
    rows.sort_by(|one, other| one.y.total_cmp(&other.y));
    for part in columns::parts(rows, from_right) {
        for rows in part.split_inclusive(|row| row.table.is_some()) {
            let (running, table): (Vec<Row>, Vec<Row>) = rows.iter().cloned().partition(|row| row.table.is_none());
            if !running.is_empty() {
                parts.push(PagePart { rows: running, cell });
            }
            for area in table.iter().filter_map(|row| row.table).flat_map(|table| std::mem::take(&mut cells[table])) {
                add(area, from_right, parts);
            }
        }
    }
}

/// The tables that stand in no other one, and those that do.
fn outer_and_inner(tables: Vec<Table>) -> (Vec<Table>, Vec<Table>) {
    let places: Vec<Rect> = tables.iter().map(Table::place).collect();
    let is_inner = |index: usize| {
        let own = places[index];
        places.iter().any(|place| place.area() > own.area() && place.contains(own.center()))
    };
    let inner: Vec<bool> = (0..tables.len()).map(is_inner).collect();
    let (mut outer, mut others) = (Vec::new(), Vec::new());
    for (table, is_inner) in tables.into_iter().zip(inner) {
        if is_inner { others.push(table) } else { outer.push(table) }
    }
    (outer, others)
}

/// The cells of a table, each without words.
fn areas(table: &Table) -> Vec<Area> {
    let cells = table.extents().iter();
    cells.map(|extent| Area { words: Vec::new(), tables: Vec::new(), cell: Some(*extent) }).collect()
}
