//! Our words stay our words, whatever they look like to a markup language.

use amparo::document::{BlockKind, Inline};

use super::build::{at, blank, document, fields, heading, line, list, note, origin, paragraph, quotation, table};
use super::print;

/// Characters that mean something to Typst, to Markdown or to a shell.
const HOSTILE: &[&str] = &[
    "#let x = 1 and #{panic()} $x^2$ @label <label> \\ \\n [a] `code` *bold* _it_ 'single' \"double\"",
    "// comment /* comment */ https://x.example/a?b=c&d=e#f ~ -- --- ... = heading + item - item / term: x 1. one",
    "= not a heading",
    "1. not a list",
    "- nor this; {braces} (1) |pipe| &amp; <b>html</b> ${var} {{jinja}} %percent%",
    "Qırımtatar oʻzbek Ўзбекистон ғалаба ҳуқуқ Київ їжак ґанок Łódź Þór ñandú office fluid waffle",
    "«Ёлочки», „лапки“ и “quotes” — тире – чёрточка; № 5, § 12, 10 %, 1\u{a0}000\u{a0}₽",
    "сверх\u{ad}длин\u{ad}ное слово, non\u{2011}breaking, narrow\u{202f}space, thin\u{2009}space, word\u{2060}joiner",
    "и\u{306} е\u{308} e\u{301} decomposed letters",
    "שלום עולם in a line",
];

#[test]
fn hostile_words_survive_everywhere() {
    for layout in ["letter", "appeal"] {
        for (index, words) in HOSTILE.iter().enumerate() {
            let mut paper = document(layout, ("ru", "RU"), words);
            paper.parts.letterhead = vec![line(words)];
            paper.parts.sender = vec![blank(words, Some(words)), line(words)];
            paper.parts.recipient = vec![line(words)];
            paper.parts.date = Some(line(words));
            paper.parts.signature = vec![line(words), blank(words, None)];
            paper.parts.enclosures = vec![(*words).into()];
            paper.parts.footer = vec![(*words).into()];
            paper.parts.draft = Some((*words).into());
            let referring = at(3, BlockKind::Paragraph(vec![Inline::Text((*words).into()), Inline::NoteReference(1)]));
            paper.blocks = vec![
                heading(1, words, &[]),
                referring,
                list(Some(4), &[]),
                at(5, BlockKind::List { start: Some(7), items: vec![vec![plain(words)], vec![plain(words)]] }),
                quotation("A quotation."),
                fields(&[("Term", "Description")]),
                table(&[&["Head", "Head"], &["Cell", "Cell"]]),
            ];
            paper.notes = vec![note(1, words, Some(("en", "", words)))];
            print(&paper, &format!("hostile-{layout}-{index}"));
        }
    }
}

fn plain(words: &str) -> amparo::document::Block {
    at(5, BlockKind::Paragraph(vec![Inline::Text(words.into())]))
}

#[test]
fn hyphenated_words_are_read_whole() {
    for (code, words) in [
        ("en", "unconstitutionally incommunicado representatives internationally acknowledged responsibilities "),
        ("ru", "правозащитница уполномоченному конституционного незамедлительно освидетельствование "),
        ("pl", "biało-czerwony społeczno-gospodarczy międzynarodowego odpowiedzialność "),
        ("cs", "česko-slovenský nejneobhospodařovávatelnějšími "),
        ("pt", "dir-se-ia segunda-feira responsabilidade "),
        ("de", "Rechtsschutzversicherungsgesellschaften Freiheitsentziehungsmaßnahmen "),
        ("uz", "konstitutsiyaviy-huquqiy oʻzbekistonlik mas'uliyat "),
    ] {
        let mut paper = document("appeal", (code, ""), "A title");
        paper.blocks = vec![paragraph(&words.repeat(30)), list(None, &[&words.repeat(9)])];
        print(&paper, &format!("hyphens-{code}"));
    }
}

#[test]
fn a_long_word_does_not_lose_its_end() {
    let mut paper = document("letter", ("en", "GB"), "A title");
    paper.blocks =
        vec![paragraph(&"abcdefghij".repeat(30)), paragraph(&format!("https://x.example/{}", "a/".repeat(99)))];
    print(&paper, "long-word");
}

#[test]
fn right_to_left_words_are_read_in_order() {
    let mut paper = document("letter", ("he", "IL"), "מכתב לשר המשפטים");
    paper.parts.recipient = vec![line("לכבוד שר המשפטים"), line("ירושלים")];
    paper.blocks = vec![paragraph(
        &"אנו כותבים אליך בעניין העיתונאית אנה לינד, אשר נידונה לשש שנות מאסר ב־4 במרץ 2031. ".repeat(5),
    )];
    print(&paper, "hebrew");
}

#[test]
fn long_texts_cross_pages_in_order() {
    let mut paper = document("appeal", ("en", "GB"), "A title");
    let rows: Vec<[String; 2]> =
        (0..90).map(|row| [format!("Row {row}"), format!("What happened in row {row}")]).collect();
    let mut cells: Vec<Vec<&str>> = vec![vec!["When", "What"]];
    cells.extend(rows.iter().map(|row| row.iter().map(String::as_str).collect()));
    let table_rows: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    paper.blocks = vec![
        paragraph(&format!("{}^1^ {}", "First half. ".repeat(120), "Second half. ".repeat(900))),
        table(&table_rows),
        paragraph("Again.^1^ And another.^2^"),
    ];
    paper.notes = vec![note(1, &"A very long note. ".repeat(600), None), note(2, "A short note.", None)];
    paper.notes[1].origin = origin(7);
    let (printed, _) = print(&paper, "long");
    assert!(printed.pages > 3, "{} pages", printed.pages);
}
