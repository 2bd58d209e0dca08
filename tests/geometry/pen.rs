//! Follows the operators of a content stream.

use std::collections::BTreeMap;

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object};

use super::font::Font;
use super::matrix::Matrix;
use super::{Colour, POINT, Place, Role, Run, Shape, Sheet, number};

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    fill: Option<Colour>,
    stroke: Option<Colour>,
    fill_parts: usize,
    stroke_parts: usize,
    /// In units of the user space.
    thickness: f64,
    font: Vec<u8>,
    size: f64,
}

/// The structure elements around the marked content with a number.
type Find<'a> = &'a dyn Fn(i64) -> Option<Vec<String>>;

/// What has been read of a page so far.
pub(super) struct Pen<'a> {
    pdf: &'a Document,
    page: &'a Dictionary,
    /// Height of the page in pt.
    height: f64,
    fonts: BTreeMap<Vec<u8>, Font<'a>>,
    roles: Find<'a>,
    state: State,
    kept: Vec<State>,
    marks: Vec<Option<Role>>,
    text: Option<Matrix>,
    path: Vec<(f64, f64)>,
    sheet: Sheet,
}

impl<'a> Pen<'a> {
    pub(super) fn new(
        pdf: &'a Document,
        page: &'a Dictionary,
        height: f64,
        fonts: BTreeMap<Vec<u8>, Font<'a>>,
        roles: Find<'a>,
    ) -> Self {
        let state = State {
            matrix: Matrix::IDENTITY,
            fill: None,
            stroke: None,
            fill_parts: 0,
            stroke_parts: 0,
            thickness: 1.0,
            font: Vec::new(),
            size: 0.0,
        };
        let (kept, marks, path) = (Vec::new(), Vec::new(), Vec::new());
        Self { pdf, page, height, fonts, roles, state, kept, marks, text: None, path, sheet: Sheet::default() }
    }

    pub(super) fn finish(self) -> Sheet {
        assert!(self.kept.is_empty() && self.marks.is_empty() && self.text.is_none(), "all that was begun is ended");
        self.sheet
    }

    /// One operator.
    ///
    /// Source: ISO 32000-1, annex A.
    pub(super) fn operation(&mut self, operation: &Operation) {
        let operands = operation.operands.as_slice();
        match (operation.operator.as_str(), operands) {
            ("q", []) => self.kept.push(self.state.clone()),
            ("Q", []) => self.state = self.kept.pop().expect("a `q` before"),
            ("cm", six) => self.state.matrix = matrix(six).then(self.state.matrix),
            ("BDC", [tag, properties]) => self.begin(tag, Some(properties)),
            ("BMC", [tag]) => self.begin(tag, None),
            ("EMC", []) => drop(self.marks.pop().expect("a mark before")),
            ("cs", [name]) => self.state.fill_parts = self.parts(name),
            ("CS", [name]) => self.state.stroke_parts = self.parts(name),
            ("scn", parts) => self.state.fill = Some(colour(parts, self.state.fill_parts)),
            ("SCN", parts) => self.state.stroke = Some(colour(parts, self.state.stroke_parts)),
            ("g" | "rg", parts) => self.state.fill = Some(colour(parts, parts.len())),
            ("G" | "RG", parts) => self.state.stroke = Some(colour(parts, parts.len())),
            ("w", [thickness]) => self.state.thickness = number(thickness),
            // How lines meet and end, and how they are broken: less than their thickness.
            ("M" | "J" | "j", [_]) | ("d", [_, _]) => {}
            (name @ ("BT" | "ET" | "Tr" | "Tf" | "Tm" | "Tj" | "TJ"), operands) => self.write(name, operands),
            (name @ ("m" | "l" | "c" | "re" | "h" | "f" | "f*" | "S"), operands) => self.draw(name, operands),
            (name, operands) => panic!("the operator {name} {operands:?} is not known here"),
        }
    }

    fn write(&mut self, name: &str, operands: &[Object]) {
        match (name, operands) {
            ("BT", []) => self.text = Some(Matrix::IDENTITY),
            ("ET", []) => self.text = None,
            ("Tr", [mode]) => assert_eq!(mode.as_i64().ok(), Some(0), "words are filled, not drawn or hidden"),
            ("Tf", [font, size]) => {
                self.state.font = font.as_name().expect("a name").to_vec();
                self.state.size = number(size);
            }
            ("Tm", six) => self.text = Some(matrix(six)),
            ("Tj", [_]) => self.show(operands),
            ("TJ", [Object::Array(pieces)]) => self.show(pieces),
            _ => panic!("{name} {operands:?}"),
        }
    }

    /// Writes strings, with steps back between them in thousandths of the size.
    fn show(&mut self, pieces: &[Object]) {
        let matrix = self.text.expect("inside a text object");
        let font = self.fonts.get(&self.state.font).expect("a font of the page");
        let size = self.state.size;
        let (mut at, mut height, mut words, mut reach) = (0.0, 0.0_f64, String::new(), None);
        for piece in pieces {
            let Object::String(bytes, _) = piece else {
                at -= number(piece) / 1000.0 * size;
                continue;
            };
            for glyph in font.glyphs(bytes) {
                let end = at + glyph.width * size;
                if !glyph.characters.trim().is_empty() {
                    reach = Some((reach.map_or(at, |(start, _)| start), end));
                    height = height.max(glyph.height);
                }
                words += &glyph.characters;
                at = end;
            }
        }
        self.text = Some(Matrix([1.0, 0.0, 0.0, 1.0, at, 0.0]).then(matrix));
        // White space alone is nothing that anybody could see.
        let Some((start, end)) = reach else { return };
        let whole = matrix.then(self.state.matrix);
        let (top, bottom) = (height * size, font.descent * size);
        let corners = [(start, top), (end, top), (start, bottom), (end, bottom)].map(|point| whole.apply(point));
        let place = Place::around(corners.map(|point| self.on_sheet(point))).expect("four corners");
        let (_, baseline) = self.on_sheet(whole.apply((start, 0.0)));
        let run = Run {
            // A no-break space is a space to whoever reads.
            words: words.replace('\u{A0}', " "),
            place,
            baseline,
            size: size * whole.scale(),
            font: font.name.clone(),
            colour: self.state.fill.expect("a colour before words"),
            role: self.role(),
            upright: whole.is_upright(),
        };
        self.sheet.runs.push(run);
    }

    fn draw(&mut self, name: &str, operands: &[Object]) {
        let numbers: Vec<f64> = operands.iter().map(number).collect();
        match (name, numbers.as_slice()) {
            // The points that pull at a curve lie outside of it: its rectangle is too large rather than too small.
            ("m" | "l" | "c", points) => self.path.extend(points.chunks(2).map(|point| (point[0], point[1]))),
            ("re", [x, y, width, height]) => self.path.extend([(*x, *y), (x + width, y + height)]),
            ("h", []) => {}
            ("f" | "f*", []) => self.shape(self.state.fill, None),
            ("S", []) => {
                let thickness = self.state.thickness * self.state.matrix.scale() * POINT;
                self.shape(self.state.stroke, Some(thickness));
            }
            _ => panic!("{name} {operands:?}"),
        }
    }

    fn shape(&mut self, colour: Option<Colour>, thickness: Option<f64>) {
        let path = std::mem::take(&mut self.path);
        let points = path.into_iter().map(|point| self.on_sheet(self.state.matrix.apply(point)));
        let place = Place::around(points).expect("a path");
        let colour = colour.expect("a colour before a shape");
        self.sheet.shapes.push(Shape { place, colour, thickness, role: self.role() });
    }

    /// From points above the lower left corner to mm below the upper left one.
    fn on_sheet(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x * POINT, (self.height - y) * POINT)
    }

    fn begin(&mut self, tag: &Object, properties: Option<&Object>) {
        let properties = properties.map(|properties| properties.as_dict().expect("properties stand in their place"));
        let property = |key: &[u8]| properties.and_then(|properties| properties.get(key).ok());
        let mark = if tag.as_name().is_ok_and(|tag| tag == b"Artifact") {
            let kind = property(b"Type").and_then(|kind| kind.as_name().ok()).unwrap_or_default();
            Some(Role::Artifact(String::from_utf8_lossy(kind).into_owned()))
        } else {
            let number = property(b"MCID").map(|number| number.as_i64().expect("a number"));
            number.map(|number| Role::Content((self.roles)(number).expect("an element that has this content")))
        };
        self.marks.push(mark);
    }

    /// Furniture wins; else the innermost mark counts.
    fn role(&self) -> Role {
        let mut marks = self.marks.iter().rev().flatten();
        let furniture = marks.clone().find(|mark| mark.is_artifact());
        furniture.or_else(|| marks.next()).cloned().unwrap_or_default()
    }

    /// How many numbers a colour has in a colour space of the page.
    fn parts(&self, name: &Object) -> usize {
        let spaces = self.page.get_deref(b"Resources", self.pdf).and_then(Object::as_dict);
        let spaces = spaces.and_then(|all| all.get_deref(b"ColorSpace", self.pdf)).and_then(Object::as_dict);
        let space = spaces.and_then(|spaces| spaces.get_deref(name.as_name()?, self.pdf)).and_then(Object::as_array);
        let space = space.unwrap_or_else(|_| panic!("{name:?} is no colour space of the page"));
        assert_eq!(space[0].as_name().ok(), Some(&b"ICCBased"[..]), "colours have a profile");
        let profile = self.pdf.dereference(&space[1]).and_then(|(_, profile)| profile.as_stream()).expect("a profile");
        let parts = profile.dict.get(b"N").and_then(Object::as_i64).expect("a number of parts");
        usize::try_from(parts).expect("a small number")
    }
}

fn matrix(six: &[Object]) -> Matrix {
    let six: Vec<f64> = six.iter().map(number).collect();
    Matrix(six.try_into().expect("six numbers"))
}

/// Grey or red, green and blue.
fn colour(parts: &[Object], expected: usize) -> Colour {
    let parts: Vec<f64> = parts.iter().map(number).collect();
    assert_eq!(parts.len(), expected, "as many parts as the colour space has");
    match parts.as_slice() {
        [grey] => Colour([*grey; 3]),
        [red, green, blue] => Colour([*red, *green, *blue]),
        _ => panic!("{parts:?} is neither grey nor red, green and blue"),
    }
}
