//! The reader of places finds what a layout puts at known places.

use amparo::document::{Document, PaperSize};
use amparo::render::pdf::Pdf;
use amparo::render::print::print_alone;

use super::build::{document, heading, line, paragraph};
use super::typesetter_with;
use crate::geometry::{POINT, Role, Run, Sheet, sheets};

/// A layout that puts its parts at given places: words stand with their line on `dy`.
const LAYOUT: &str = r#"
#import "../common.typ": *
#let look = (
  margin: (left: 25mm, right: 20mm, top: 30mm, bottom: 20mm),
  size: 10pt, small: 8pt, leading: 0.5em, spacing: 0.8em, items: 0.5em, justify: false,
)
#let printed(words) = par(words)
#let sheet(recipient: (), date: none, headline: none, signature: (), ..others, body) = {
  set text(top-edge: "baseline", bottom-edge: "baseline")
  let at(x, y, words) = place(top + left, dx: x - 25mm, dy: y - 30mm, block(words))
  at(40mm, 60mm, recipient.first())
  at(150mm, 71.5mm, text(size: 14pt, fill: rgb(128, 64, 32), date))
  title(block(headline))
  at(30mm, 100mm, line(length: 50mm, stroke: 2pt + luma(40%)))
  at(60mm, 110mm, rect(width: 30mm, height: 12mm, fill: luma(80%), stroke: none))
  v(20mm)
  body
  at(120mm, 200mm, scale(50%, origin: bottom + left, reflow: false, text(size: 20pt, signature.first())))
}
"#;

/// Words, distance of their left end and of their line from the corner of the sheet in mm, size in pt, grey or colour.
const PLACES: [(&str, f64, f64, f64, [f64; 3]); 3] = [
    ("Hammersmith", 40.0, 60.0, 10.0, [0.0, 0.0, 0.0]),
    ("1 June", 150.0, 71.5, 14.0, [0.502, 0.251, 0.125]),
    ("Half as large", 120.0, 200.0, 10.0, [0.0, 0.0, 0.0]),
];

fn paper() -> Document {
    let mut paper = document("letter", ("en", "GB"), "A title");
    paper.parts.recipient = vec![line("Hammersmith")];
    paper.parts.date = Some(line("1 June"));
    paper.parts.signature = vec![line("Half as large")];
    paper.parts.footer = vec!["The footer".into()];
    paper.parts.draft = Some("DRAFT".into());
    paper.blocks = vec![heading(1, "A section", &[]), paragraph("Some words of a paragraph.")];
    paper
}

fn sheet(paper: &Document) -> Sheet {
    let typesetter = typesetter_with(&[("letter/layout.typ", LAYOUT)]);
    let printed = print_alone(&Pdf, typesetter, paper).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut sheets = sheets(&printed.bytes);
    assert_eq!(sheets.len(), 1);
    sheets.remove(0)
}

fn near(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() < 0.2
}

#[test]
fn words_are_found_where_a_layout_puts_them() {
    let sheet = sheet(&paper());
    for (words, left, baseline, size, colour) in PLACES {
        let run = sheet.find(words);
        assert!(near(run.place.left, left) && near(run.baseline, baseline), "{run:?}");
        assert!(run.place.top < run.baseline && run.baseline < run.place.bottom && run.upright, "{run:?}");
        assert!((run.size - size).abs() < 0.01, "{run:?}");
        assert!(run.colour.0.iter().zip(colour).all(|(found, wanted)| (found - wanted).abs() < 0.01), "{run:?}");
    }
}

/// Widths of the glyphs of Libertinus Serif Regular, in thousandths of the size, as its `hmtx` table has them.
#[test]
fn words_are_as_wide_as_their_glyphs() {
    let sheet = sheet(&paper());
    let wide = |run: &Run| run.place.right - run.place.left;
    let june = sheet.find("1 June");
    // 1 465, space 250, J 322, u 531, n 542, e 447.
    assert!(near(wide(june), 2.557 * 14.0 * POINT), "{june:?}");
}

#[test]
fn lines_and_areas_are_found_where_a_layout_puts_them() {
    let sheet = sheet(&paper());
    let drawn = sheet.shapes.iter().find(|shape| near(shape.place.top, 100.0)).expect("a line");
    assert!(near(drawn.place.left, 30.0) && near(drawn.place.right, 80.0) && near(drawn.place.bottom, 100.0));
    assert!((drawn.thickness.expect("a line") - 2.0 * POINT).abs() < 0.001, "{drawn:?}");
    let area = sheet.shapes.iter().find(|shape| shape.thickness.is_none()).expect("an area");
    assert!(near(area.place.left, 60.0) && near(area.place.right, 90.0), "{area:?}");
    assert!(near(area.place.top, 110.0) && near(area.place.bottom, 122.0), "{area:?}");
    assert!((area.colour.0[0] - 0.8).abs() < 0.01 && area.role.is_artifact(), "{area:?}");
}

#[test]
fn a_run_knows_what_it_is() {
    let sheet = sheet(&paper());
    assert!(sheet.find("A section").role.is_in("H1"), "{:?}", sheet.find("A section"));
    assert!(sheet.find("A title").role.is_in("Title"), "{:?}", sheet.find("A title"));
    assert!(sheet.find("Some words").role.is_in("P"), "{:?}", sheet.find("Some words"));
    assert!(sheet.find("The footer").role.is_artifact());
    let stamp = sheet.find("DRAFT");
    assert_eq!((&stamp.role, stamp.upright), (&Role::Artifact("Background".into()), false));
    let middle =
        (f64::midpoint(stamp.place.left, stamp.place.right), f64::midpoint(stamp.place.top, stamp.place.bottom));
    // The rectangle is as high as its letters, which is more above the line than below.
    assert!((middle.0 - 105.0).abs() < 15.0 && (middle.1 - 148.5).abs() < 15.0, "{stamp:?}");
}

#[test]
fn a_sheet_has_its_size() {
    for (paper_size, width, height) in [(PaperSize::A4, 210.0, 297.0), (PaperSize::UsLetter, 215.9, 279.4)] {
        let mut paper = paper();
        paper.paper = paper_size;
        let sheet = sheet(&paper);
        assert!((sheet.width - width).abs() < 0.01 && (sheet.height - height).abs() < 0.01, "{sheet:?}");
        assert!(near(sheet.find("Hammersmith").baseline, 60.0), "{:?}", sheet.find("Hammersmith"));
    }
}
