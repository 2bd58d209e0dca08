//! The same tree as Markdown.

use amparo::render::markdown::markdown;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::build::{blank, document, fields, heading, line, list, note, paragraph, quotation, table};
use super::samples;

/// What a Markdown reader reads, white space normalised.
fn read(text: &str) -> String {
    let mut out = String::new();
    let mut note = false;
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => note = true,
            Event::End(TagEnd::FootnoteDefinition) => note = false,
            Event::Text(words) if !note => out.push_str(&words),
            Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => panic!("not our words: {words}"),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) | Event::Start(_) => {}
            _ => out.push(' '),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH
}

#[test]
fn the_letter_reads_as_a_letter() {
    let text = markdown(&samples::letter());
    assert!(text.starts_with("Имя: ________\\\nАдрес: ________\\\nГород, страна: Таллин, Эстония\n\n"), "{text}");
    assert!(text.contains("\n\n# О праве Анны Линд на конфиденциальные свидания с защитником\n\n"), "{text}");
    assert!(text.contains("\n1. распорядиться"), "{text}");
    assert!(text.contains("\n\n---\n\nПо состоянию на 20 октября 2031 г.\\\nИспользовать"), "{text}");
    assert!(text.contains("\n[^1]: Вестник, 5 марта 2031 г., абз. 5: *Journalist sentenced to six years*\n"), "{text}");
}

#[test]
fn the_appeal_keeps_its_grammar() {
    let text = markdown(&samples::appeal());
    for part in [
        "## Take action {#take .box}\n",
        "## Legal framework {#legal .numbered}\n\n1. Everyone",
        "2. That right does not end with the judgment of the first court:\n\n   - an appeal",
        "4. What to ask for stands under [Take action](#take).\\\n   *Please do not write to the family.*",
        "> she was sentenced",
        "Name\n: Anna Lind\n",
        "| Date | Event | Source |\n| --- | --- | --- |\n| 4 March 2031 |",
        "**Anna Lind**",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
}

#[test]
fn hostile_words_survive_in_markdown() {
    for words in [
        "#let x $y$ @z <b>b</b> \\ [a](b) ![c](d) `code` *bold* _it_ ~~gone~~ &amp; {#id} |x| [^1]",
        "# no heading",
        "1. no list",
        "2) no list",
        "- no list",
        "+ no list",
        "> no quotation",
        ": no description",
        "=====",
        "---",
        "```",
        "https://x.example/a_b_c?d=*e*",
    ] {
        let mut paper = document("letter", ("en", "GB"), words);
        paper.parts.recipient = vec![line(words), line(words)];
        paper.parts.signature = vec![blank("Name", Some(words))];
        let text = amparo::document::Inline::Text(words.into());
        let one = super::build::at(1, amparo::document::BlockKind::Paragraph(vec![text]));
        paper.blocks = vec![one.clone(), one];
        assert_eq!(
            read(&markdown(&paper)),
            format!("{words} {words} {words} {words} {words} Name: {words}"),
            "{words}"
        );
    }
}

#[test]
fn the_draft_mark_stands_first() {
    let mut paper = document("appeal", ("en", "GB"), "A title");
    paper.parts.draft = Some("DRAFT".into());
    paper.blocks = vec![
        heading(1, "One", &[]),
        list(None, &["a", "b"]),
        list(None, &["c"]),
        list(Some(3), &["d"]),
        list(Some(1), &["e"]),
        quotation("q"),
        fields(&[("t", "d")]),
        table(&[&["h"], &["c"]]),
        paragraph("end^1^"),
    ];
    paper.notes = vec![note(1, "n", None)];
    let expected = "**DRAFT**\n\n# A title\n\n## One {#one}\n\n- a\n- b\n\n* c\n\n3. d\n\n1) e\n\n> q\n\nt\n: d\n\n\
                    | h |\n| --- |\n| c |\n\nend[^1]\n\n[^1]: n\n";
    assert_eq!(markdown(&paper), expected);
}
