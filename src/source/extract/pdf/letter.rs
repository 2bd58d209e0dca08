//! Letters as a page shows them, and which of them nobody can see.

use std::collections::HashMap;

use kurbo::{Affine, Point, Vec2};

/// The largest distance between two drawings of one letter that look like one bold or shadowed letter, in ems.
const AGAIN: f64 = 0.12;

/// Whether somebody who looks at a page can read a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Seen {
    /// It can be read.
    Yes,
    /// It lies invisibly over a picture, or under one: a program for text recognition put it there.
    Recognised,
    /// Something was drawn over it.
    Covered,
    /// It lies outside of what is shown of its part of the page.
    Clipped,
    /// It lies beside the page.
    OffPage,
    /// It is drawn without colour.
    Transparent,
    /// It has the colour of its ground.
    SameColour,
    /// It is too small to be read.
    Tiny,
}

impl Seen {
    /// The reason in words why a letter cannot be read.
    pub(super) const fn why(self) -> &'static str {
        match self {
            Self::Yes => "seen",
            Self::Recognised => "behind a picture",
            Self::Covered => "covered",
            Self::Clipped => "cut off",
            Self::OffPage => "beside the page",
            Self::Transparent => "invisible",
            Self::SameColour => "in the colour of the ground",
            Self::Tiny => "too small to be read",
        }
    }
}

/// A letter with its place on the page. `y` grows downwards; lengths are points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) text: String,
    /// The place on the line where it begins.
    pub(super) start: Point,
    /// The place on the line where it ends.
    pub(super) end: Point,
    /// The point one em above its start.
    pub(super) top: Point,
    pub(super) seen: Seen,
    /// True if the file says that it is not part of the text.
    pub(super) mark: bool,
}

impl Letter {
    /// Its size, in points: one em.
    pub(super) fn size(&self) -> f64 {
        self.start.distance(self.top)
    }

    /// The middle of its usual area.
    pub(super) fn centre(&self) -> Point {
        self.start.midpoint(self.end) + (self.top - self.start) * 0.3
    }

    /// The angle in degrees by which its line is turned, from 0 to 359, clockwise.
    pub(super) fn angle(&self) -> u16 {
        let up = self.top - self.start;
        let degrees = up.x.atan2(-up.y).to_degrees().round().rem_euclid(360.0);
        // The value lies between 0 and 360.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the line above")]
        let degrees = degrees as u16;
        degrees % 360
    }

    /// Moves the letter up by a height in ems, and makes it as small as it is drawn.
    pub(super) fn shift(&mut self, bottom: f64, size: f64) {
        let em = self.top - self.start;
        let up = em * bottom;
        (self.start, self.end) = (self.start + up, self.end + up);
        self.top = self.start + em * size;
    }

    pub(super) fn is_usable(&self) -> bool {
        !self.text.is_empty() && self.size() > 0.0 && self.start.is_finite() && self.end.is_finite()
    }

    /// This letter on a page that is turned back by an angle in degrees.
    pub(super) fn turned_back(self, angle: u16) -> Self {
        if angle == 0 {
            return self;
        }
        let turn = back(angle);
        Self { start: turn * self.start, end: turn * self.end, top: turn * self.top, ..self }
    }
}

/// Turns a page back by an angle in degrees.
pub(super) fn back(angle: u16) -> Affine {
    Affine::rotate(-f64::from(angle).to_radians())
}

/// The letters without those that are drawn again nearly at the same place: bold and shadowed letters.
pub(super) fn drawn_once(letters: Vec<Letter>) -> Vec<Letter> {
    let mut known: HashMap<(i64, i64), Vec<usize>, foldhash::fast::RandomState> = HashMap::default();
    let mut kept: Vec<Letter> = Vec::with_capacity(letters.len());
    for letter in letters {
        let near = letter.size() * AGAIN;
        let is_again = |index: &&usize| {
            let other: &Letter = &kept[**index];
            let apart: Vec2 = other.start - letter.start;
            apart.x.abs() <= near && apart.y.abs() <= near && other.text == letter.text
        };
        let again = cells(letter.start, near).find_map(|cell| known.get(&cell)?.iter().find(is_again).copied());
        if let Some(index) = again.filter(|_| !letter.text.trim().is_empty()) {
            // An outline in black around a filling in white is seen.
            if letter.seen == Seen::Yes {
                kept[index].seen = Seen::Yes;
            }
            continue;
        }
        known.entry(cell(letter.start.x, letter.start.y)).or_default().push(kept.len());
        kept.push(letter);
    }
    kept
}

/// The cell of a grid in which a point lies.
fn cell(x: f64, y: f64) -> (i64, i64) {
    /// The width of a cell, in points.
    const WIDTH: f64 = 4.0;
    #[expect(clippy::cast_possible_truncation, reason = "a place far outside of every page is cut to the edge")]
    let whole = |value: f64| (value / WIDTH).floor() as i64;
    (whole(x), whole(y))
}

/// The cells in which points near a point lie: nearly always one, at most nine.
fn cells(point: Point, near: f64) -> impl Iterator<Item = (i64, i64)> {
    /// The most steps to one side: a letter as high as the page is near to many places.
    const MOST: i64 = 8;
    let ((left, top), (right, bottom)) = (cell(point.x - near, point.y - near), cell(point.x + near, point.y + near));
    let (right, bottom) = (right.min(left.saturating_add(MOST)), bottom.min(top.saturating_add(MOST)));
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

/// Accents that some programs draw as letters of their own over another one, and the mark that each stands for.
const ACCENTS: [(char, char); 12] = [
    ('`', '\u{300}'),
    ('´', '\u{301}'),
    ('^', '\u{302}'),
    ('ˆ', '\u{302}'),
    ('˜', '\u{303}'),
    ('¯', '\u{304}'),
    ('˘', '\u{306}'),
    ('˙', '\u{307}'),
    ('¨', '\u{308}'),
    ('˚', '\u{30a}'),
    ('˝', '\u{30b}'),
    ('ˇ', '\u{30c}'),
];

/// The letters, with each sign that has no width of its own joined to the letter at which it is drawn: vowel signs,
/// which some fonts hold apart. They are drawn before or after their letter.
pub(super) fn with_signs(letters: Vec<Letter>) -> Vec<Letter> {
    let is_sign = |letter: &Letter| letter.text.chars().all(unicode_normalization::char::is_combining_mark);
    if !letters.iter().any(is_sign) {
        return letters;
    }
    let mut joined: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut open: Vec<Letter> = Vec::new();
    for mut letter in letters {
        if is_sign(&letter) {
            open.push(letter);
            continue;
        }
        for sign in open.drain(..) {
            let away = distance(&letter, &sign);
            match joined.last_mut().filter(|last| distance(last, &sign) < away) {
                Some(last) => last.text.push_str(&sign.text),
                None if away < sign.size() => letter.text.push_str(&sign.text),
                None => joined.push(sign),
            }
        }
        joined.push(letter);
    }
    for sign in open {
        match joined.last_mut().filter(|last| distance(last, &sign) < sign.size()) {
            Some(last) => last.text.push_str(&sign.text),
            None => joined.push(sign),
        }
    }
    joined
}

/// The distance from the middle of a sign to the middle of a letter, in points.
fn distance(letter: &Letter, sign: &Letter) -> f64 {
    if letter.text.trim().is_empty() {
        return f64::INFINITY;
    }
    letter.start.midpoint(letter.end).distance(sign.start.midpoint(sign.end))
}

/// The letters, with each accent joined to the letter over which it is drawn.
pub(super) fn with_accents(letters: Vec<Letter>) -> Vec<Letter> {
    let mut joined: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut open: Option<Letter> = None;
    for letter in letters {
        if let Some(accent) = open.take() {
            match accented(&letter, &accent) {
                Some(text) => {
                    joined.push(Letter { text, ..letter });
                    continue;
                }
                None => joined.push(accent),
            }
        }
        if mark(&letter.text).is_none() {
            joined.push(letter);
        } else if let Some((last, text)) =
            joined.last_mut().and_then(|last| accented(last, &letter).map(|text| (last, text)))
        {
            last.text = text;
        } else {
            open = Some(letter);
        }
    }
    joined.extend(open);
    joined
}

fn mark(text: &str) -> Option<char> {
    let mut letters = text.chars();
    let (first, None) = (letters.next()?, letters.next()) else { return None };
    ACCENTS.iter().find(|(accent, _)| *accent == first).map(|(_, mark)| *mark)
}

/// A letter with an accent that is drawn over it.
fn accented(letter: &Letter, accent: &Letter) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let is_letter = letter.text.chars().all(char::is_alphabetic) && letter.text.chars().count() == 1;
    let middle = accent.start.midpoint(accent.end);
    let near = (letter.start.x..=letter.end.x).contains(&middle.x) && (middle.y - letter.start.y).abs() < letter.size();
    (is_letter && near).then(|| letter.text.chars().chain(mark(&accent.text)).nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(text: &str, x: f64, width: f64) -> Letter {
        let (start, end) = (Point::new(x, 100.0), Point::new(x + width, 100.0));
        Letter { text: text.into(), start, end, top: Point::new(x, 90.0), seen: Seen::Yes, mark: false }
    }

    #[test]
    fn vowel_signs_belong_to_the_letter_at_which_they_are_drawn() {
        let before = vec![letter("\u{64b}", 12.0, 0.0), letter("ا", 10.0, 4.0), letter("ن", 14.0, 6.0)];
        let behind = vec![letter("ا", 10.0, 4.0), letter("\u{64b}", 12.0, 0.0), letter("ن", 14.0, 6.0)];
        for letters in [before, behind] {
            let texts: Vec<String> = with_signs(letters).into_iter().map(|letter| letter.text).collect();
            assert_eq!(texts, ["ا\u{64b}", "ن"]);
        }
    }
}
