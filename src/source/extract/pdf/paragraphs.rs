//! Combines lines into paragraphs.
//!
//! Places and lengths are points of the page (1/72 in); `y` grows downwards. Lengths that depend on the size of the
//! letters are given in ems, multiples of that size.

use std::ops::Range;

use super::lines::PageLine;

/// The most cells of a row among which the one above is looked for.
const MOST_CELLS: usize = 8;

/// The lines around a line by which its column is known.
const NEAR: usize = 100;

/// The assumed step from a line to the next if a page does not show it, in ems.
const USUAL_LEADING: f64 = 1.4;

/// The range in which the usual step from line to line of a page is searched, in ems.
const LEADINGS: Range<f64> = 0.8..3.0;

/// The smallest and the largest step from line to line inside a paragraph, in ems.
const SMALLEST_STEP: f64 = 0.3;
const LARGEST_STEP: f64 = 3.2;

/// The largest step inside a paragraph, as a multiple of the usual step.
const LONGER_STEP: f64 = 1.25;

/// The largest step inside of a cell, as a multiple of the smallest one.
const SAME_STEP: f64 = 1.1;

/// The smallest indent of the first line of a paragraph, in ems.
const INDENT: f64 = 0.7;

/// The largest distance between the edges of lines of one paragraph, in ems.
const SAME_EDGE: f64 = 2.5;

/// The largest distance between the beginnings of lines of one column, in ems.
const SAME_COLUMN: f64 = 3.0;

/// The largest distance between the ends of lines that are set to one edge, in ems.
const SAME_END: f64 = 0.2;

/// No more lines than these show how a text is set.
const FEW_LINES: usize = 3;

/// The largest distance between the middles of two lines that are centred, in ems.
const CENTRED: f64 = 0.3;

/// The largest free space at the end of a line beyond the next word, in ems. A line with more was ended on purpose.
const SPARE_ROOM: f64 = 1.2;

/// The free space before the side of a cell, in ems.
const CELL_MARGIN: f64 = 0.5;

/// A paragraph of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageParagraph {
    pub(super) text: String,
    /// Its kind, if it is not part of the text.
    pub(super) furniture: Option<&'static str>,
    /// The size of its letters, in points.
    pub(super) size: f64,
    /// True if it stands in a cell: it goes on nowhere else.
    pub(super) in_cell: bool,
}

/// The paragraphs of a part of a page. `edge` is the edge of its cell on the side where lines end, in points.
pub(super) fn paragraphs(lines: &[PageLine], edge: Option<f64>) -> Vec<PageParagraph> {
    let setting = Setting::of(lines);
    let cells = Cells::of(lines);
    let mut found: Vec<(PageParagraph, Vec<PageLine>)> = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.text.trim().is_empty()) {
        let right = edge.map_or_else(|| right_of(lines, index), |edge| edge - CELL_MARGIN * line.size);
        // In a table the cell above may stand some cells before.
        let first = found.len().saturating_sub(MOST_CELLS);
        let takes = |(_, before): &&mut (PageParagraph, Vec<PageLine>)| {
            cells.may_go_on(before, line) && goes_on(before, line, &setting, right)
        };
        if let Some((paragraph, before)) = found[first..].iter_mut().rev().find(takes) {
            join(&mut paragraph.text, line.text.trim());
            before.push(line.clone());
            continue;
        }
        let furniture = line.mark.then_some("mark of the page");
        let paragraph =
            PageParagraph { text: line.text.trim().to_owned(), furniture, size: line.size, in_cell: edge.is_some() };
        found.push((paragraph, vec![line.clone()]));
    }
    found.into_iter().map(|(paragraph, _)| paragraph).collect()
}

/// The steps from line to line in the cells of a table.
struct Cells {
    /// The step inside of a cell, in ems; `None` if nothing shows where a cell ends.
    inside: Option<f64>,
}

impl Cells {
    fn of(lines: &[PageLine]) -> Self {
        let above = |index: usize| {
            let line = &lines[index];
            let before = lines[index.saturating_sub(2 * MOST_CELLS)..index].iter().rev();
            let mut over = before.filter(|other| alike(other, line) && other.y < line.y);
            over.next().map(|other| (line.y - other.y) / line.size)
        };
        let steps = (0..lines.len()).filter(|index| lines[*index].in_table).filter_map(above);
        let steps: Vec<f64> = steps.filter(|step| LEADINGS.contains(step)).collect();
        let smallest = steps.iter().copied().fold(f64::INFINITY, f64::min);
        let is_divided = steps.iter().any(|step| *step > LONGER_STEP * smallest);
        Self { inside: is_divided.then_some(smallest) }
    }

    /// False if a line could be the next cell rather than the same one.
    fn may_go_on(&self, before: &[PageLine], line: &PageLine) -> bool {
        let Some(last) = before.last() else { return false };
        let step = (line.y - last.y) / line.size;
        let is_inside = self.inside.is_some_and(|inside| step <= inside * SAME_STEP);
        // The next cell may stand as near as the next line; it hardly begins with a small letter.
        !(last.in_table || line.in_table) || is_inside && line.text.starts_with(char::is_lowercase)
    }
}

/// How the paragraphs of a part of a page are set.
struct Setting {
    /// The usual step from a line to the next one of a paragraph, in ems.
    leading: f64,
    /// True if larger steps divide the paragraphs.
    is_spaced: bool,
    /// The outermost edges of all lines, in points.
    left: f64,
    right: f64,
    /// True if the lines end at one edge, and begin anywhere.
    is_flush_right: bool,
}

impl Setting {
    fn of(lines: &[PageLine]) -> Self {
        let steps = lines.windows(2).filter(|pair| alike(&pair[0], &pair[1]));
        let mut steps: Vec<f64> =
            steps.map(|pair| (pair[1].y - pair[0].y) / pair[1].size).filter(|step| LEADINGS.contains(step)).collect();
        steps.sort_by(f64::total_cmp);
        let leading = steps.get(steps.len() / 2).copied().unwrap_or(USUAL_LEADING);
        let is_spaced = steps.iter().filter(|step| **step > leading * LONGER_STEP).count() > 1;
        let edges = lines.iter().filter(|line| !line.mark).map(|line| (line.x, line.end));
        let (left, right) =
            edges.fold((f64::INFINITY, f64::NEG_INFINITY), |all, (x, end)| (all.0.min(x), all.1.max(end)));
        let pairs = || lines.windows(2).filter(|pair| alike(&pair[0], &pair[1]));
        let same = |one: f64, other: f64, size: f64| (one - other).abs() < SAME_END * size;
        let begin = pairs().filter(|pair| same(pair[0].x, pair[1].x, pair[1].size)).count();
        let end = pairs().filter(|pair| same(pair[0].end, pair[1].end, pair[1].size)).count();
        let is_flush_right = end > FEW_LINES && 2 * end > pairs().count() && 4 * begin < end;
        Self { leading, is_spaced, left, right, is_flush_right }
    }

    /// True if a line was ended on purpose in text whose lines end at one edge.
    fn is_ended_flush_right(&self, last: &PageLine, next: &PageLine) -> bool {
        last.x - self.left > next.width_of_first_word() + SPARE_ROOM * next.size
            && !next.text.starts_with(char::is_lowercase)
    }

    /// True if two lines stand in the middle over each other, and the next word would not have fitted into the first.
    fn goes_on_centred(&self, last: &PageLine, next: &PageLine) -> bool {
        let shift = ((next.x + next.end) - (last.x + last.end)).abs() / 2.0;
        let room = self.right - self.left - (last.end - last.x);
        shift < CENTRED * next.size && room < next.width_of_first_word() + SPARE_ROOM * next.size
    }

    /// True if a line was ended on purpose: the next word would have fitted into it. `right` is the edge of the column.
    fn is_ended(&self, last: &PageLine, next: &PageLine, right: f64) -> bool {
        let room = right - last.end;
        let has_room = room > next.width_of_first_word() + SPARE_ROOM * next.size;
        let half_full = last.end - last.x > room;
        let ends_sentence = last.text.trim_end().ends_with(|c: char| !c.is_alphanumeric() && c != ',');
        // "14 March" is not parted at its space: the line before may end early.
        let is_number = next.text.starts_with(char::is_numeric);
        let goes_on = next.text.starts_with(char::is_lowercase) || (self.is_spaced || is_number) && half_full;
        has_room && !last.text.ends_with(is_hyphen) && (ends_sentence || !goes_on)
    }
}

fn alike(one: &PageLine, other: &PageLine) -> bool {
    let ratio = one.size / other.size;
    (0.87..1.15).contains(&ratio) && one.mark == other.mark && one.x < other.end && other.x < one.end
}

/// The right edge of the lines that begin at about the same place as this one, in points.
fn right_of(lines: &[PageLine], index: usize) -> f64 {
    let line = &lines[index];
    let near = index.saturating_sub(NEAR)..(index + NEAR).min(lines.len());
    let same = lines[near].iter().filter(|other| {
        (other.x - line.x).abs() < SAME_COLUMN * line.size && alike(other, line) && other.in_table == line.in_table
    });
    same.map(|other| other.end).fold(line.end, f64::max)
}

/// True if a line continues a paragraph. `right` is the right edge of the column in points.
fn goes_on(before: &[PageLine], line: &PageLine, setting: &Setting, right: f64) -> bool {
    let Some((last, first)) = before.last().zip(before.first()) else { return false };
    let step = (line.y - last.y) / line.size;
    let fits = (SMALLEST_STEP..=(setting.leading * LONGER_STEP).min(LARGEST_STEP)).contains(&step);
    if !fits || !alike(last, line) || begins_item(&line.text) {
        return false;
    }
    if setting.goes_on_centred(last, line) {
        return true;
    }
    if setting.is_flush_right {
        return !setting.is_ended_flush_right(last, line);
    }
    let item = begins_item(&first.text);
    let indent = line.x - last.x;
    // The first line of a paragraph is indented; in an item of a list the further lines are.
    if indent > INDENT * line.size && !(item && before.len() == 1) {
        return false;
    }
    let same_edge = indent.abs() < SAME_EDGE * line.size;
    !(same_edge && setting.is_ended(last, line, right))
}

/// True if words begin an item of a list: a bullet, or a number with its mark.
fn begins_item(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    text.starts_with(['•', '–', '—', '▪', '◦', '‣', '●'])
        || (1..=3).contains(&digits) && rest.strip_prefix(['.', ')']).is_some_and(|rest| rest.starts_with(' '))
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}')
}

/// Joins a line to a paragraph. A word broken at the end of a line keeps its hyphen and gets a mark after it, by which
/// the matcher recognises the break.
pub(super) fn join(text: &mut String, line: &str) {
    let last = text.chars().next_back();
    let before = text.trim_end_matches(is_hyphen).chars().next_back();
    let is_hyphen = last.is_some_and(is_hyphen);
    let broken = is_hyphen
        && before.is_some_and(char::is_alphanumeric)
        && line.starts_with(|c: char| c.is_alphanumeric() || c == '(');
    // A dash without a space before it has none behind it: 1937–1938.
    let is_tight = last.is_some_and(|last| matches!(last, '–' | '—'))
        && text.chars().rev().nth(1).is_some_and(char::is_alphanumeric)
        && line.starts_with(char::is_alphanumeric);
    if !is_tight {
        text.push(if broken { '\u{2028}' } else { ' ' });
    }
    text.push_str(line);
}

/// True if a sentence is not ended.
pub(super) fn is_unfinished(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '\u{2010}' | '\u{ad}'))
}
