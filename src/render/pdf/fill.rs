//! The share of the last page that is filled.

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// The smallest share of the fullest page that the last page should hold.
const LEAST: f64 = 0.2;

/// True if a document of several pages ends with a few lines on a page of their own.
///
/// Glyphs are counted. The footer is the same on all pages and changes little.
pub(super) fn nearly_empty(document: &PagedDocument) -> bool {
    let glyphs: Vec<usize> = document.pages().iter().map(|page| glyphs(&page.frame)).collect();
    match (glyphs.last(), glyphs.iter().max()) {
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
        (Some(last), Some(most)) if glyphs.len() > 1 => (*last as f64) < LEAST * (*most as f64),
        _ => false,
    }
}

fn glyphs(frame: &Frame) -> usize {
    let of = |item: &FrameItem| match item {
        FrameItem::Group(group) => glyphs(&group.frame),
        FrameItem::Text(text) => text.glyphs.len(),
        _ => 0,
    };
    frame.items().map(|(_, item)| of(item)).sum()
}
