//! Papers keep to their pages, and large print is large.

use amparo::document::{Block, BlockKind, Document, Language, Line, Origin, Print, SideBySide};

use super::build::{document, heading, inlines, paragraph};
use super::print;

/// A letter of so many paragraphs of one line.
fn letter(paragraphs: usize) -> Document {
    let mut letter = document("letter", ("en", "GB"), "A letter of some length");
    letter.blocks = (0..paragraphs).map(|_| paragraph("One more line that has to be said.")).collect();
    letter
}

#[test]
fn what_is_far_too_long_is_not_made_unreadable() {
    let mut long = letter(70);
    let (usual, _) = print(&long, "fits-long");
    assert!(usual.pages > 1);
    long.most_pages = Some(1);
    assert_eq!(print(&long, "fits-too-long").0.bytes, usual.bytes);
}

#[test]
fn the_last_page_is_never_nearly_empty() {
    let glyphs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let mut several = 0;
    for count in 25..60 {
        let (printed, reading) = print(&letter(count), "fits-last-page");
        let paragraphs: Vec<_> = reading.elements.iter().filter(|element| element.kind == "P").collect();
        if printed.pages > 1 {
            several += 1;
            let all: usize = paragraphs.iter().map(|element| glyphs(&element.text)).sum();
            let last = paragraphs.iter().filter(|element| element.page == printed.pages);
            let last: usize = last.map(|element| glyphs(&element.text)).sum();
            assert!(last * 10 > all, "{count} paragraphs: {last} of {all} letters stand on the last page");
        }
    }
    assert!(several > 10, "{several} letters of several pages");
}

#[test]
fn large_print_says_the_same_words_on_more_pages() {
    for layout in ["letter", "appeal", "leaf"] {
        let mut paper = document(layout, ("en", "GB"), "A paper in two sizes of print");
        paper.blocks = vec![heading(1, "A section", &[]), paragraph(&"Words of the paper. ".repeat(150))];
        paper.parts.footer = vec!["As known on 20 October 2031".into()];
        let (usual, small) = print(&paper, &format!("{layout}-usual"));
        paper.print = Print::Large;
        let (large, big) = print(&paper, &format!("{layout}-large"));
        assert!(large.pages > usual.pages, "{layout}: {} and {} pages", large.pages, usual.pages);
        let words = |reading: &super::Reading| reading.texts("P").join(" ").split_whitespace().count();
        assert_eq!(words(&small), words(&big), "{layout}");
    }
}

/// A leaf with everything that only a leaf has.
fn leaf() -> Document {
    let russian = || Language { code: "ru".into(), region: "RU".into() };
    let block = |kind| Block { kind, origin: Origin::default() };
    let passage = |words: &str| vec![block(BlockKind::Paragraph(inlines(words)))];
    let mut leaf = document("leaf", ("en", "GB"), "For you");
    leaf.blocks = vec![
        heading(1, "The letter in both languages", &[]),
        block(BlockKind::SideBySide(SideBySide {
            header: ["As it is sent".into(), "In English".into()],
            language: russian(),
            rows: vec![
                [passage("Уважаемый директор!"), passage("Dear Director,")],
                [passage("Прошу ответить."), passage("I ask for an answer.")],
            ],
        })),
        heading(1, "The envelope", &[]),
        block(BlockKind::Envelope {
            sender: "your name".into(),
            address: vec![
                Line::Text("Директору тюрьмы".into()),
                Line::Blank { label: "адрес".into(), filled: None },
                Line::Text("XANDRIA".into()),
            ],
            language: russian(),
        }),
        heading(1, "Slip", &[amparo::document::Class::CutOff]),
        paragraph("Posted on"),
        block(BlockKind::Blank),
    ];
    leaf
}

/// The paragraphs and cells that a screen reader speaks in a language: their own, or that of the element around them.
fn in_language(reading: &super::Reading, language: &str) -> Vec<String> {
    let mut around: Vec<Option<&str>> = Vec::new();
    let mut found: Vec<String> = Vec::new();
    for element in &reading.elements {
        around.truncate(element.depth);
        around.push(element.language.as_deref());
        let spoken = around.iter().rev().find_map(|language| *language).or(reading.language.as_deref());
        let is_text = ["P", "TD"].contains(&element.kind.as_str());
        found.extend((is_text && spoken == Some(language)).then(|| element.text.trim().to_owned()));
    }
    found.extend(reading.foreign.iter().filter(|(own, _)| own == language).map(|(_, words)| words.trim().to_owned()));
    found
}

#[test]
fn each_passage_of_a_leaf_is_read_in_its_language_beside_its_translation() {
    for size in [Print::Normal, Print::Large] {
        let mut leaf = leaf();
        leaf.print = size;
        let (_, reading) = print(&leaf, &format!("leaf-{size:?}"));
        let cells = reading.texts("TD");
        assert_eq!(cells, ["Уважаемый директор!", "Dear Director,", "Прошу ответить.", "I ask for an answer."]);
        let russian = in_language(&reading, "ru-RU");
        for words in ["Уважаемый директор!", "Прошу ответить.", "Директору тюрьмы"]
        {
            assert!(russian.iter().any(|found| found == words), "“{words}” is not marked as Russian: {russian:?}");
        }
        assert!(!russian.iter().any(|words| words.contains("answer")), "{russian:?}");
        assert!(in_language(&reading, "en-GB").iter().any(|words| words == "I ask for an answer."));
    }
}
