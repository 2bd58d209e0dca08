//! What is refused, and whether the message leads to the place.

use amparo::diag::Code;
use amparo::document::{Block, BlockKind, Document, Inline};
use amparo::render::pdf::Pdf;
use amparo::render::print::print_alone;

use super::build::{at, document, list, note, paragraph};
use super::{TYPESETTER, codes, refuse, typesetter_with};

const LETTER: &str = include_str!("../../templates/layouts/letter/layout.typ");

fn three() -> Document {
    let mut paper = document("letter", ("en", "GB"), "A title");
    paper.blocks = vec![
        at(11, BlockKind::Paragraph(vec![Inline::Text("The first paragraph.".into())])),
        at(12, BlockKind::Paragraph(vec![Inline::Text("Second words stand here.".into())])),
        at(
            13,
            BlockKind::List { start: Some(1), items: vec![vec![paragraph("An ask.^1^")], vec![paragraph("Another.")]] },
        ),
    ];
    paper.notes = vec![note(1, "A source.", None)];
    paper.parts.footer = vec!["As known on 20 October 2031".into()];
    paper.parts.draft = Some("DRAFT".into());
    paper
}

/// Prints with a layout that has these lines added at its end.
fn sabotage(lines: &str) -> Vec<amparo::diag::Diagnostic> {
    let typesetter = typesetter_with(&[("letter/layout.typ", &format!("{LETTER}\n{lines}"))]);
    let problems = refuse(&typesetter, &three());
    assert_eq!(codes(&problems), [Code::PdfWordsDiffer], "{problems:#?}");
    problems
}

#[test]
fn the_untouched_layout_prints() {
    assert!(print_alone(&Pdf, TYPESETTER.clone(), &three()).is_ok());
}

#[test]
fn a_layout_that_hides_a_block_is_caught() {
    let problems = sabotage("#let steps(start, ..items) = none");
    assert_eq!(problems[0].headline, "the file reads nothing where the document has item number 1");
    assert_eq!(problems[0].primary.place.line, 13);
    assert_eq!(problems[0].primary.words, "after “first paragraph. Second words stand here.”");
}

#[test]
fn a_layout_that_hides_a_block_from_the_eye_is_caught() {
    sabotage("#let paragraph(body) = hide(body)");
}

#[test]
fn a_layout_that_swaps_two_blocks_is_caught() {
    let problems = sabotage("#let steps(start, ..items) = enum(start: start, ..items.pos().rev())");
    assert_eq!(problems[0].headline, "the file reads “Another.” where the document has “An”");
    assert_eq!(problems[0].primary.place.line, 1);
}

#[test]
fn a_layout_that_changes_a_word_is_caught() {
    let problems = sabotage("#let paragraph(body) = { show \"Second\": \"Third\"; par(body) }");
    assert_eq!(problems[0].headline, "the file reads “Third” where the document has “Second”");
    assert_eq!(problems[0].primary.place.line, 12);
}

#[test]
fn a_layout_that_adds_words_is_caught() {
    sabotage("#let paragraph(body) = par({ body; [ indeed] })");
}

#[test]
fn a_layout_that_numbers_asks_wrongly_is_caught() {
    let problems = sabotage("#let steps(start, ..items) = enum(start: start + 1, tight: false, ..items)");
    assert_eq!(problems[0].headline, "the file reads item number 2 where the document has item number 1");
}

#[test]
fn a_layout_that_numbers_notes_wrongly_is_caught() {
    sabotage("#let note(number, body) = { counter(footnote).update(7); footnote(body) }");
}

#[test]
fn a_layout_without_the_draft_mark_is_caught() {
    let problems = sabotage("#let honest = sheet\n#let sheet(..all) = { set page(background: none); honest(..all) }");
    assert_eq!(problems[0].headline, "page 1 lacks the draft mark “DRAFT”");
}

#[test]
fn a_layout_with_a_footer_of_its_own_is_caught() {
    let problems = sabotage("#let honest = sheet\n#let sheet(..all) = { set page(footer: [Mine]); honest(..all) }");
    assert_eq!(problems[0].headline, "page 1 lacks the footer line “As known on 20 October 2031”");
}

#[test]
fn a_layout_that_is_not_typst_names_its_line() {
    let problems = amparo::render::pdf::Typesetter::new(
        Vec::new(),
        super::in_files([("letter/layout.typ".to_owned(), "#let a = 1\n#let b = (".to_owned())].into()),
    )
    .expect_err("it is not valid");
    assert_eq!(codes(&problems), [Code::PdfTypeset]);
    assert_eq!(&*problems[0].primary.place.file, "mine/layouts/letter/layout.typ");
    assert_eq!(problems[0].primary.place.line, 2);
}

#[test]
fn an_unknown_layout_is_refused() {
    let mut paper = three();
    paper.layout = "../secret".into();
    refuse(&TYPESETTER, &paper);
    paper.layout = "nothing".into();
    refuse(&TYPESETTER, &paper);
}

#[test]
fn a_layout_sees_no_file_and_no_package() {
    for line in ["#let x = read(\"/etc/passwd\")", "#import \"@preview/cetz:0.3.0\"", "#let x = read(\"/secret.txt\")"]
    {
        let typesetter = typesetter_with(&[("letter/layout.typ", &format!("{LETTER}\n{line}"))]);
        let problems = refuse(&typesetter, &three());
        assert_eq!(codes(&problems), [Code::PdfTypeset], "{problems:#?}");
        assert_eq!(&*problems[0].primary.place.file, "mine/layouts/letter/layout.typ", "{problems:#?}");
    }
}

#[test]
fn a_message_of_typst_leads_to_the_block() {
    let mut paper = three();
    let link = Inline::Link { target: "nowhere".into(), content: vec![Inline::Text("there".into())] };
    paper.blocks.push(at(42, BlockKind::Paragraph(vec![link])));
    let problems = refuse(&TYPESETTER, &paper);
    assert_eq!(codes(&problems), [Code::PdfTypeset], "{problems:#?}");
    assert_eq!(problems[0].primary.place.line, 42, "{problems:#?}");
}

#[test]
fn characters_without_a_glyph_are_named_with_their_place() {
    for (words, named) in [
        ("北", "no font has the character ‘北’ (U+5317)"),
        // The font of the signs has it, and is not asked for letters.
        ("ა", "no font has the character ‘ა’ (U+10D0)"),
        ("\u{E000}", "U+E000 is a private-use character without a meaning"),
        ("\u{7}", "U+0007 is a control character, not text"),
        ("\u{202E}", "U+202E turns the direction of the words around it"),
    ] {
        let mut paper = three();
        let text = vec![Inline::Text(format!("before {words} after"))];
        paper.blocks.push(at(77, BlockKind::Paragraph(text)));
        let problems = refuse(&TYPESETTER, &paper);
        assert_eq!(codes(&problems), [Code::PdfGlyph]);
        assert_eq!(problems[0].headline, named);
        assert_eq!(problems[0].primary.place.line, 77);
    }
}

#[test]
fn glyphs_are_checked_in_each_part() {
    let bad = || "北".to_owned();
    let changes: [fn(&mut Document, String); 7] = [
        |paper, bad| paper.title = bad,
        |paper, bad| paper.parts.recipient = vec![amparo::document::Line::Text(bad)],
        |paper, bad| paper.parts.subject = Some(bad),
        |paper, bad| paper.parts.draft = Some(bad),
        |paper, bad| paper.parts.enclosures = vec![bad],
        |paper, bad| paper.parts.footer = vec![bad],
        |paper, bad| paper.notes[0].content[0].text = bad,
    ];
    for change in changes {
        let mut paper = three();
        change(&mut paper, bad());
        let problems = refuse(&TYPESETTER, &paper);
        assert_eq!(codes(&problems), [Code::PdfGlyph], "{problems:#?}");
    }
}

#[test]
fn a_note_without_a_reference_is_our_fault() {
    let mut paper = three();
    paper.notes.push(note(2, "Nobody refers to it.", None));
    assert_eq!(codes(&refuse(&TYPESETTER, &paper)), [Code::Internal]);
}

#[test]
fn an_empty_document_has_a_page() {
    let empty: Vec<Block> = vec![list(None, &[]), paragraph("")];
    let mut paper = document("appeal", ("en", ""), "A title");
    paper.blocks = empty;
    assert_eq!(print_alone(&Pdf, TYPESETTER.clone(), &paper).map(|printed| printed.pages), Ok(1));
}
