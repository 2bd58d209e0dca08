//! Finds words of set pages that nobody can read: they stand over other words, leave the page or are cut off.

use typst::layout::{Abs, Frame, Point, Rect};
use typst::syntax::Span;
use typst_layout::PagedDocument;

use super::runs::{SetRun, runs};

/// How far the ink of words may reach into that of others, in parts of the smaller letters: a raised number beside a
/// slanting letter, an accent under the tail of a letter of the line above.
const TOUCHING: f64 = 0.25;

/// How far ink may be cut off, in parts of its letters.
const CUT: f64 = 0.1;

/// The number of words by which a message names a place.
const NAMED: usize = 6;

/// Words that cannot be read.
pub(super) struct Illegible {
    /// The page, from 1.
    pub(super) page: usize,
    /// The first words.
    pub(super) words: String,
    /// Where they come from.
    pub(super) span: Span,
    /// The reason.
    pub(super) why: Hindrance,
    /// How many more are found on this page.
    pub(super) more: usize,
}

/// Why words cannot be read.
pub(super) enum Hindrance {
    /// They stand over or under others, of which these are the first.
    Over(String),
    /// They leave the page.
    Outside,
    /// A block cuts them off.
    Clipped,
}

/// The first words of each page that cannot be read.
pub(super) fn illegible(pages: &PagedDocument) -> Vec<Illegible> {
    let pages = (1..).zip(pages.pages());
    pages.filter_map(|(number, page)| first(number, &page.frame)).collect()
}

fn first(page: usize, frame: &Frame) -> Option<Illegible> {
    let runs = runs(frame);
    let whole = Rect::from_pos_size(Point::zero(), frame.size());
    let cut = runs.iter().filter_map(|run| Some((run, cut(run, whole)?)));
    let over = overlaps(&runs).into_iter().map(|(run, other)| (run, Hindrance::Over(named(other))));
    let mut all = cut.chain(over);
    let (run, why) = all.next()?;
    let span = run.item.glyphs.first().map_or(Span::detached(), |glyph| glyph.span.0);
    Some(Illegible { page, words: named(run), span, why, more: all.count() })
}

/// The first words of a run.
fn named(run: &SetRun<'_>) -> String {
    run.item.text.split_whitespace().take(NAMED).collect::<Vec<_>>().join(" ")
}

fn cut(run: &SetRun<'_>, page: Rect) -> Option<Hindrance> {
    let tolerance = CUT * run.size();
    // The look at each glyph takes long and is needed only near an edge.
    if beyond(run.room().around(), run.seen) <= tolerance {
        return None;
    }
    let ink = run.ink()?.around();
    if beyond(ink, page) > tolerance {
        return Some(Hindrance::Outside);
    }
    (beyond(ink, run.seen) > tolerance).then_some(Hindrance::Clipped)
}

/// How far a rectangle reaches beyond another, in pt.
fn beyond(inner: Rect, outer: Rect) -> f64 {
    let before = outer.min - inner.min;
    let after = inner.max - outer.max;
    [before.x, before.y, after.x, after.y].into_iter().map(Abs::to_pt).fold(0.0, f64::max)
}

/// All pairs of runs whose ink overlaps, in the order of the page from its top.
fn overlaps<'r, 'a>(runs: &'r [SetRun<'a>]) -> Vec<(&'r SetRun<'a>, &'r SetRun<'a>)> {
    let mut sorted: Vec<_> = runs.iter().map(|run| (run, run.room(), run.room().around())).collect();
    sorted.sort_by_key(|(.., around)| around.min.y);
    let mut found = Vec::new();
    for (index, (run, room, around)) in sorted.iter().enumerate() {
        // Those that begin below the end of this one do not overlap it, and neither do those after them.
        let below = sorted[index + 1..].iter().take_while(|(.., other)| other.min.y < around.max.y);
        for (other, other_room, _) in below {
            let tolerance = TOUCHING * run.size().min(other.size());
            let may = room.depth(other_room) > tolerance;
            if may && run.ink().zip(other.ink()).is_some_and(|(one, two)| one.depth(&two) > tolerance) {
                found.push((*run, *other));
            }
        }
    }
    found
}
