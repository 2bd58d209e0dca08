//! Collects the letters of a page with their places and whether somebody who looks at the page can see them.

use std::collections::HashMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use kurbo::{Affine, BezPath, Point, Rect, Shape as _};

use unicode_normalization::UnicodeNormalization as _;

use super::letter::{Letter, Seen};
use super::ruled::{self, RuledLine};

/// The assumed width of a letter if its font gives none, in thousandths of an em.
const USUAL_WIDTH: f64 = 500.0;

/// An em in the units of fonts.
const EM: f64 = 1000.0;

/// The usual height of a number, in ems.
const USUAL_HEIGHT: f64 = 0.68;

/// The smallest height of a raised number above the line, and its largest size, as a part of the usual one.
const RAISED: f64 = 0.2;
const SMALL: f64 = 0.8;

/// The smallest difference between a letter and its ground that can be seen, in the largest of the three colours.
const CONTRAST: f32 = 0.06;

/// The smallest opacity that can be seen.
const OPACITY: f32 = 0.04;

/// The smallest size of a letter that can be read, in points.
const SMALLEST: f64 = 1.0;

/// The smallest height and width of an area that can hide a letter, in points.
const THIN: f64 = 3.0;

/// The most letters of a page. A page of a newspaper has 30,000.
const MOST_LETTERS: usize = 200_000;

/// The most areas of a page that are looked at for letters that they hide or lie under.
const MOST_AREAS: usize = 20_000;

/// The most comparisons of letters with later areas. Above it, nothing is taken as covered.
const MOST_COMPARISONS: usize = 50_000_000;

/// The share of its own bounding box that a path fills if it is a rectangle.
const FULL: f64 = 0.98;

/// The smallest share of the page that the picture of a whole page takes.
const SCAN: f64 = 0.6;

/// An area of one colour, or of unknown colours.
struct Area {
    place: Rect,
    colour: Option<[f32; 3]>,
}

/// Collects letters and draws nothing.
pub(super) struct Gatherer {
    pub(super) letters: Vec<Letter>,
    /// The pictures of the page, as far as they lie on it.
    pub(super) pictures: Vec<Rect>,
    /// The straight lines of the page.
    pub(super) lines: Vec<RuledLine>,
    /// True if the page has more letters than are read.
    pub(super) is_overfull: bool,
    sheet: Rect,
    clips: Vec<Rect>,
    /// The opacities of the open groups.
    opacities: Vec<f32>,
    is_blended: bool,
    areas: Vec<Area>,
    comparisons: usize,
    /// The extents of numbers by their font and their number in it.
    extents: HashMap<(u128, u32), (f64, f64)>,
    /// The open marked contents; true if the content is not part of the text (ISO 32000-1, 14.8.2.2).
    marks: Vec<bool>,
}

impl Gatherer {
    pub(super) fn new(sheet: Rect) -> Self {
        Self {
            letters: Vec::new(),
            pictures: Vec::new(),
            lines: Vec::new(),
            is_overfull: false,
            sheet,
            clips: Vec::new(),
            opacities: Vec::new(),
            is_blended: false,
            areas: Vec::new(),
            comparisons: 0,
            extents: HashMap::new(),
            marks: Vec::new(),
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.sheet)
    }

    fn opacity(&self) -> f32 {
        self.opacities.iter().product()
    }

    fn seen(&self, at: Point, size: f64, paint: &Paint, mode: &GlyphDrawMode) -> Seen {
        if matches!(mode, GlyphDrawMode::Invisible) {
            let over_picture = self.pictures.iter().any(|picture| picture.contains(at));
            return if over_picture { Seen::Recognised } else { Seen::Transparent };
        }
        if !self.sheet.contains(at) {
            return Seen::OffPage;
        }
        if !self.clip().contains(at) {
            return Seen::Clipped;
        }
        if size < SMALLEST {
            return Seen::Tiny;
        }
        let Paint::Color(colour) = paint else { return Seen::Yes };
        let [red, green, blue, alpha] = colour.to_rgba().components();
        if alpha * self.opacity() < OPACITY {
            return Seen::Transparent;
        }
        match self.ground(at) {
            Some(ground) if !differ([red, green, blue], ground) => Seen::SameColour,
            _ => Seen::Yes,
        }
    }

    /// The colour on which something is drawn; `None` if it is a picture or a pattern.
    fn ground(&self, at: Point) -> Option<[f32; 3]> {
        match self.areas.iter().rev().find(|area| area.place.contains(at)) {
            Some(area) => area.colour,
            None => Some([1.0; 3]),
        }
    }

    /// Letters drawn before under an opaque area are hidden.
    fn cover(&mut self, place: Rect, seen: Seen) {
        self.comparisons = self.comparisons.saturating_add(self.letters.len());
        if self.comparisons > MOST_COMPARISONS {
            return;
        }
        for letter in self.letters.iter_mut().filter(|letter| letter.seen == Seen::Yes) {
            if place.contains(letter.centre()) {
                letter.seen = seen;
            }
        }
    }

    /// The height above the line and the size of a number that its font draws raised or lowered, in ems; `None` for
    /// every other letter.
    fn shift(&mut self, glyph: &Glyph, text: &str) -> Option<(f64, f64)> {
        let Glyph::Outline(outline) = glyph else { return None };
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let key = (outline.font_cache_key(), outline.glyph_id().to_u32());
        let (bottom, top) = *self.extents.entry(key).or_insert_with(|| {
            let extent = outline.outline().bounding_box();
            (extent.y0 / EM, extent.y1 / EM)
        });
        let height = (top - bottom) / USUAL_HEIGHT;
        let is_shifted = !(-RAISED / 2.0..=RAISED).contains(&bottom);
        (is_shifted && height < SMALL && height > 0.0).then_some((bottom, height))
    }

    fn add_area(&mut self, place: Rect, colour: Option<[f32; 3]>) {
        if self.areas.len() < MOST_AREAS {
            self.areas.push(Area { place, colour });
        }
    }
}

fn differ(one: [f32; 3], other: [f32; 3]) -> bool {
    one.iter().zip(other).any(|(one, other)| (one - other).abs() > CONTRAST)
}

/// The rectangle that a path is; `None` for every other shape.
fn rectangle(path: &BezPath, transform: Affine) -> Option<Rect> {
    let path = transform * path;
    let place = path.bounding_box();
    let large = place.width() >= THIN && place.height() >= THIN;
    (large && path.area().abs() >= FULL * place.area()).then_some(place)
}

/// The words of a glyph. Codes that name no letter stand as U+FFFD. A soft hyphen that is drawn is seen as a hyphen.
fn text(glyph: &Glyph) -> String {
    let is_drawn = || matches!(glyph, Glyph::Outline(outline) if !outline.outline().is_empty());
    match glyph.as_unicode() {
        Some(BfString::Char('\u{ad}')) => if is_drawn() { "-" } else { "" }.to_owned(),
        Some(BfString::Char(c)) => letters(c),
        Some(BfString::String(text)) => text.chars().map(letters).collect(),
        None => char::REPLACEMENT_CHARACTER.to_string(),
    }
}

/// The letters of a character: those that a font joins to one sign (ff, fi) are letters for a reader.
fn letters(c: char) -> String {
    match c {
        '\u{fb00}'..='\u{fb06}' => c.nfkc().collect(),
        _ => letter(c).to_string(),
    }
}

/// A letter, or the bullet that a symbol font of word processors draws for a code without a meaning of its own.
fn letter(c: char) -> char {
    match u32::from(c) {
        0xF0B7 | 0xF06C => '•',
        0xF0A7 => '▪',
        0xF02D => '–',
        0xF0D8 => '‣',
        0..=8 | 0x0E..=0x1F | 0x7F | 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

fn width(glyph: &Glyph) -> f64 {
    match glyph {
        Glyph::Outline(outline) => outline.advance_width().map_or(USUAL_WIDTH, f64::from),
        Glyph::Type3(_) => USUAL_WIDTH,
    }
}

impl<'a> Device<'a> for Gatherer {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, mode: BlendMode) {
        self.is_blended = !matches!(mode, BlendMode::Normal);
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        if self.lines.len() <= ruled::MOST_LINES {
            self.lines.extend(ruled::lines_of(path, transform, matches!(mode, PathDrawMode::Fill(_))));
        }
        let PathDrawMode::Fill(_) = mode else { return };
        let Some(place) = rectangle(path, transform) else { return };
        let place = place.intersect(self.clip());
        let colour = match paint {
            Paint::Color(colour) => {
                let [red, green, blue, alpha] = colour.to_rgba().components();
                if alpha * self.opacity() < 1.0 - OPACITY || self.is_blended {
                    // What shines through can be read.
                    return self.add_area(place, None);
                }
                Some([red, green, blue])
            }
            Paint::Pattern(_) => None,
        };
        self.add_area(place, colour);
        if colour.is_some() {
            self.cover(place, Seen::Covered);
        }
    }

    fn push_clip_path(&mut self, path: &ClipPath) {
        self.clips.push(path.path.bounding_box().intersect(self.clip()));
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.opacities.push(opacity);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let place = transform.transform_rect_bbox(size).intersect(self.clip());
        if place.width() >= THIN && place.height() >= THIN {
            // Programs for text recognition put their words under the picture of a page, or invisibly over it. A small
            // picture hides what is under it.
            let is_scan = place.area() > SCAN * self.sheet.area();
            self.cover(place, if is_scan { Seen::Recognised } else { Seen::Covered });
            self.add_area(place, None);
            self.pictures.push(place);
        }
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.opacities.pop();
    }

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        own: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        // From thousandths of an em, the unit of fonts, to points of the page.
        let place = transform * own;
        let (start, end, top) =
            (place * Point::ORIGIN, place * Point::new(width(glyph), 0.0), place * Point::new(0.0, EM));
        if self.letters.len() >= MOST_LETTERS {
            self.is_overfull = true;
            return;
        }
        let text = text(glyph);
        let mut letter = Letter { text, start, end, top, seen: Seen::Yes, mark: self.marks.contains(&true) };
        if let Some((bottom, height)) = self.shift(glyph, &letter.text) {
            letter.shift(bottom, height);
        }
        letter.seen = self.seen(letter.centre(), letter.size(), paint, mode);
        self.letters.push(letter);
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<i32>) {
        self.marks.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }
}
