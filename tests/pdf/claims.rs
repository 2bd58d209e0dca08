//! What a file claims about itself, and what each page carries.

use amparo::document::{Class, PaperSize};
use amparo::render::pdf::Pdf;
use amparo::render::print::{print_all, print_alone};

use super::build::{document, heading, list, paragraph};
use super::{TYPESETTER, print, samples};

#[test]
fn the_letter_is_one_page_and_says_what_it_is() {
    let (printed, reading) = print(&samples::letter(), "letter");
    assert_eq!((printed.pages, reading.pages.len()), (1, 1));
    assert_eq!(reading.title.as_deref(), Some("Обращение о положении Анны Линд"));
    assert_eq!(reading.creator.as_deref(), Some("amparo"));
    assert_eq!(reading.language.as_deref(), Some("ru-RU"));
    assert_eq!((reading.pdf_a.as_deref(), reading.pdf_ua.as_deref()), (Some("3A"), Some("1")));
    assert!(!reading.fonts.is_empty() && reading.fonts.values().all(|embedded| *embedded), "{:?}", reading.fonts);
    assert!(reading.fonts.keys().all(|name| name.contains("LibertinusSerif")), "{:?}", reading.fonts);
}

#[test]
fn the_appeal_has_its_structure() {
    let (printed, reading) = print(&samples::appeal(), "appeal");
    assert!(printed.pages <= 2, "{}", printed.pages);
    assert_eq!(reading.texts("Title"), ["Journalist denied her lawyer"]);
    let sections = ["Take action", "Background", "Details of the case", "Chronology", "Legal framework"];
    assert_eq!(reading.texts("H1"), sections);
    assert_eq!(reading.texts("H2"), ["What is known of her health"]);
    assert_eq!(reading.texts("TH"), ["Date", "Event", "Source"]);
    assert_eq!(reading.texts("Note").len(), 4);
    let labels: Vec<&str> = reading.texts("Lbl").into_iter().filter(|label| label.ends_with('.')).collect();
    assert_eq!(labels, ["1.", "2.", "3.", "1.", "2.", "3.", "4."], "asks, then numbered paragraphs");
}

#[test]
fn words_in_another_language_say_so() {
    let (_, reading) = print(&samples::letter(), "letter-language");
    assert_eq!(reading.foreign, [("en-GB".to_owned(), "Journalist sentenced to six years".to_owned())]);
}

#[test]
fn paper_is_as_asked() {
    for paper in [PaperSize::A4, PaperSize::UsLetter] {
        let mut letter = samples::letter();
        letter.paper = paper;
        let (_, reading) = print(&letter, &format!("letter-{paper:?}"));
        let (width, height) = paper.size();
        assert!((reading.pages[0].width - width).abs() < 0.01, "{reading:?}");
        assert!((reading.pages[0].height - height).abs() < 0.01, "{reading:?}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let documents = [samples::letter(), samples::appeal(), samples::letter(), samples::appeal()];
    let documents = documents.map(std::sync::Arc::new);
    let one: Vec<_> = print_all(&Pdf, TYPESETTER.clone(), &documents, 1);
    let two: Vec<_> = print_all(&Pdf, TYPESETTER.clone(), &documents, 2);
    assert_eq!(one, two);
    assert_eq!(one[0], print_alone(&Pdf, TYPESETTER.clone(), &documents[0]));
    assert_eq!(one[0], one[2]);
    assert_ne!(one[0], one[1]);
}

#[test]
fn no_name_of_a_program_or_seed_is_written() {
    let (printed, _) = print(&samples::letter(), "letter-metadata");
    for secret in ["Typst", "typst", "test/letter"] {
        let inside = printed.bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!inside, "{secret} stands in the file");
    }
}

#[test]
fn the_draft_mark_is_on_each_page() {
    for layout in ["letter", "appeal"] {
        let mut draft = document(layout, ("en", "GB"), "A paper of several pages");
        draft.parts.draft = Some("DRAFT – NOT VERIFIED".into());
        draft.parts.footer = vec!["As known on 20 October 2031".into()];
        for number in 1..=3 {
            draft.blocks.push(heading(1, &format!("Part {number}"), &[Class::NewPage]));
            draft.blocks.push(paragraph(&"Words that fill the page. ".repeat(40)));
        }
        let (printed, reading) = print(&draft, &format!("{layout}-draft"));
        assert!(printed.pages >= 3, "{} pages", printed.pages);
        for page in &reading.pages {
            assert_eq!(page.furniture.matches("DRAFT – NOT VERIFIED").count(), 2, "{}", page.furniture);
            assert!(page.furniture.contains("As known on 20 October 2031"), "{}", page.furniture);
        }
    }
}

#[test]
fn a_deep_tree_does_not_overflow_the_stack() {
    let mut deep = document("appeal", ("en", "GB"), "Lists in lists");
    let mut inner = list(None, &["the innermost item"]);
    for depth in 0..20 {
        inner = super::build::nested(&format!("level {depth}"), inner);
    }
    deep.blocks.push(inner);
    print(&deep, "deep");
}

#[test]
fn the_signature_never_stands_alone_on_a_page() {
    let mut crossed = 0;
    for lines in 20..34 {
        let mut letter = document("letter", ("en", "GB"), "A letter that nearly fills its page");
        letter.blocks = (0..lines).map(|line| paragraph(&format!("Paragraph {line}."))).collect();
        letter.parts.signature = vec![super::build::line("Yours faithfully,"), super::build::blank("Signature", None)];
        let (printed, reading) = print(&letter, "signature");
        let page = |words: &str| reading.elements.iter().find(|element| element.text.contains(words)).map(|e| e.page);
        crossed += usize::from(printed.pages == 2);
        assert_eq!(page(&format!("Paragraph {}.", lines - 1)), page("faithfully"), "{lines} paragraphs");
        assert_eq!(page("faithfully"), page("Signature"), "{lines} paragraphs");
    }
    assert!(crossed > 0 && crossed < 14, "some letters have one page, some two: {crossed}");
}
