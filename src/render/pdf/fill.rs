//! How full the last page is.

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// A last page with less than this share of what the fullest page holds is not worth a sheet.
const LEAST: f64 = 0.2;

/// Whether a document of several pages ends with a few lines on a page of their own.
///
/// Counted in glyphs: what stands at the foot of each page is the same on all of them and weighs little.
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
