//! The words of set pages with their places.

use typst::foundations::StyleChain;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, GroupItem, Point, Rect, Transform};
use typst::pdf::{ArtifactElem, ArtifactKind};
use typst::text::TextItem;
use typst::visualize::Paint;

/// Words that are paler than this do not hide what stands over or under them; 0 is black, 1 is white.
const PALE: f32 = 0.75;

/// Words that were set in one go: a line, or its piece up to the next font or mark.
pub(super) struct SetRun<'a> {
    /// The words with their glyphs.
    pub(super) item: &'a TextItem,
    /// From the start of its baseline to the page.
    at: Transform,
    /// The part of the page in which it can be seen: the page, less what the blocks around it cut off.
    pub(super) seen: Rect,
}

/// A rectangle that may be turned: its corners on the page, in turn.
#[derive(Clone, Copy)]
pub(super) struct Corners([Point; 4]);

/// All words of a page but decoration, in the order in which they were set.
pub(super) fn runs(page: &Frame) -> Vec<SetRun<'_>> {
    let mut walk = Walk { found: Vec::new(), artifacts: Vec::new() };
    walk.frame(page, Transform::identity(), Rect::from_pos_size(Point::zero(), page.size()));
    walk.found
}

struct Walk<'a> {
    found: Vec<SetRun<'a>>,
    /// The artifacts that have begun and not ended: page furniture, which a screen reader passes over.
    artifacts: Vec<(Location, ArtifactKind)>,
}

impl<'a> Walk<'a> {
    fn frame(&mut self, frame: &'a Frame, at: Transform, seen: Rect) {
        for (position, item) in frame.items() {
            let at = at.pre_concat(Transform::translate(position.x, position.y));
            match item {
                FrameItem::Group(group) => self.group(group, at, seen),
                FrameItem::Text(item) if !item.text.trim().is_empty() && !self.is_decoration(item, at) => {
                    self.found.push(SetRun { item, at, seen });
                }
                FrameItem::Tag(tag) => self.tag(tag),
                _ => {}
            }
        }
    }

    fn group(&mut self, group: &'a GroupItem, at: Transform, seen: Rect) {
        let at = at.pre_concat(group.transform);
        let seen = group.clip.as_ref().map_or(seen, |clip| {
            let clip = Corners::new(clip.bbox(None), at).around();
            Rect::new(seen.min.max(clip.min), seen.max.min(clip.max))
        });
        self.frame(&group.frame, at, seen);
    }

    fn tag(&mut self, tag: &Tag) {
        match tag {
            Tag::Start(element, _) => {
                let kind = element.to_packed::<ArtifactElem>().map(|artifact| artifact.kind.get(StyleChain::default()));
                self.artifacts.extend(kind.map(|kind| (tag.location(), kind)));
            }
            Tag::End(location, ..) => self.artifacts.retain(|(known, _)| known != location),
        }
    }

    /// True for a watermark or a stamp: furniture that is pale, turned, or the background of the page.
    fn is_decoration(&self, item: &TextItem, at: Transform) -> bool {
        let is_pale = matches!(&item.fill, Paint::Solid(colour) if colour.to_luma().luma > PALE);
        let is_turned = !at.is_only_scale();
        let is_background = self.artifacts.iter().any(|(_, kind)| *kind == ArtifactKind::Background);
        !self.artifacts.is_empty() && (is_background || is_pale || is_turned)
    }
}

impl SetRun<'_> {
    /// The size of its letters on the page, in pt.
    pub(super) fn size(&self) -> f64 {
        let Transform { sx, ky, kx, sy, .. } = self.at;
        let scale = (sx.get() * sy.get() - kx.get() * ky.get()).abs().sqrt();
        self.item.size.to_pt() * scale
    }

    /// As wide as its glyphs and as high as its font: larger than its ink, and known without a look at any glyph.
    pub(super) fn room(&self) -> Corners {
        let (size, metrics) = (self.item.size, self.item.font.metrics());
        let top = Point::with_y(-metrics.ascender.at(size));
        let bottom = Point::new(self.item.width(), -metrics.descender.at(size));
        Corners::new(Rect::new(top, bottom), self.at)
    }

    /// The rectangle around its ink; `None` if nothing is drawn.
    pub(super) fn ink(&self) -> Option<Corners> {
        let ink = self.item.bbox();
        let is_drawn = [ink.min.x, ink.max.x].into_iter().all(|x| x.to_pt().is_finite());
        is_drawn.then(|| Corners::new(ink, self.at))
    }
}

impl Corners {
    fn new(Rect { min, max }: Rect, at: Transform) -> Self {
        let corners = [min, Point::new(max.x, min.y), max, Point::new(min.x, max.y)];
        Self(corners.map(|corner| corner.transform(at)))
    }

    /// The smallest upright rectangle around it.
    pub(super) fn around(&self) -> Rect {
        let [first, rest @ ..] = self.0;
        let (min, max) = rest.iter().fold((first, first), |(min, max), corner| (min.min(*corner), max.max(*corner)));
        Rect::new(min, max)
    }

    /// How far one must be moved at least so that they no longer share more than an edge, in pt; not above 0 if they
    /// do not.
    ///
    /// Two such figures are apart if they are apart as seen along a side of one of them.
    pub(super) fn depth(&self, other: &Self) -> f64 {
        let sides = [self, other].into_iter().flat_map(|one| [(one.0[0], one.0[1]), (one.0[1], one.0[2])]);
        let across = sides.filter_map(|(from, to)| {
            let (x, y) = ((to - from).x.to_pt(), (to - from).y.to_pt());
            let length = x.hypot(y);
            (length > 0.0).then(|| (-y / length, x / length))
        });
        across.map(|axis| shared(self.span(axis), other.span(axis))).fold(f64::INFINITY, f64::min)
    }

    /// The least and the most that it reaches along an axis.
    fn span(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let reaches = self.0.map(|corner| corner.x.to_pt() * x + corner.y.to_pt() * y);
        (reaches.into_iter().fold(f64::INFINITY, f64::min), reaches.into_iter().fold(f64::NEG_INFINITY, f64::max))
    }
}

fn shared((least, most): (f64, f64), (other_least, other_most): (f64, f64)) -> f64 {
    most.min(other_most) - least.max(other_least)
}
