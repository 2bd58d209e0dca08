//! Text that means something to YAML, Jinja, Markdown, Typst or a terminal, from the case file to the PDF.

use amparo::render::reading::read;

use crate::program::Room;

/// Marks of every language that the words pass through.
const MARKS: &[&str] = &[
    "#let x = y",
    "#panic()",
    "$ x^y $",
    "@ref",
    "<label>",
    r"\ backslash \\ \n",
    "[a](b) ![c](d) [^note]",
    "`code` ```",
    "*strong* _emphasis_ ~~gone~~",
    "| cell | cell |",
    "{{ victim }} {% raw %} {# x #}",
    "&amp; &lt;b&gt; <b>bold</b> <!-- x -->",
    "- dash -- ? ... // /* */",
    "\"straight\" 'quotes'",
    "= heading + plus",
    "שלום עולם",
    "fi ffl œ",
    "a\u{a0}b",
];

/// As one value of YAML.
fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', "''"))
}

/// A room whose name, organisation, fact and gap hold these words.
fn room(marks: &str) -> Room {
    let room = Room::with("example");
    let case = "cases/example/case.yaml";
    room.change(case, "      en: Ilva Tarrin\n", &format!("      en: {}\n", quoted(&format!("Ilva Tarrin {marks}"))));
    let gap = quoted(&format!("How her health is now, the sources do not say {marks}."));
    room.change(case, "en: How her health is now, the sources do not say.", &format!("en: {gap}"));
    let fact = quoted(&format!("She is a teacher of literature from Northtown {marks}."));
    room.change(
        "cases/example/facts.yaml",
        "en: She is a teacher of literature from Northtown.",
        &format!("en: {fact}"),
    );
    room
}

/// Words without white space and invisible characters.
fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}')).collect()
}

#[test]
fn marks_come_through_to_the_page_as_they_were_typed() {
    let marks = MARKS.join(" ");
    let room = room(&marks);
    room.run("build cases/example --format pdf,md --only urgent-appeal").done();
    let pdf = std::fs::read(room.path("output/example/2026-06-01/urgent-appeal.en.pdf")).expect("a paper");
    std::fs::write(format!("{}/hostile.pdf", env!("CARGO_TARGET_TMPDIR")), &pdf).expect("written");
    let reading = read(&pdf).expect("it can be read back");
    let text: String = reading.elements.iter().filter(|element| element.depth == 0).map(|e| e.text.as_str()).collect();
    let text = bare(&text);
    for words in [
        format!("Ilva Tarrin {marks}"),
        format!("How her health is now, the sources do not say {marks}."),
        format!("She is a teacher of literature from Northtown {marks}."),
    ] {
        assert!(text.contains(&bare(&words)), "`{words}` is not in the file:\n{text}");
    }
    assert!(bare(reading.title.as_deref().unwrap_or_default()).contains(&bare(&marks)), "{:?}", reading.title);
}

#[test]
fn each_mark_alone_comes_through() {
    for marks in MARKS {
        room(marks).run("build cases/example --format md --only urgent-appeal").done();
    }
}

#[test]
fn hidden_characters_are_refused_and_never_reach_the_terminal() {
    for hidden in ["\u{200f}", "\u{202e}", "\u{2066}", "\u{1b}", "\u{7}", "\u{9b}", "\u{e000}"] {
        let room = room("plain");
        let escape = format!("\"Ilva \\u{:04x} Tarrin\"", hidden.chars().next().map_or(0, u32::from));
        let typed = "'Ilva Tarrin plain'";
        room.change("cases/example/case.yaml", typed, &escape);
        for form in ["human", "short"] {
            let ran = room.run(&format!("build cases/example --message-format {form}"));
            assert_eq!(ran.code, Some(1), "{hidden:?}: {}", ran.err);
            assert!(ran.err.contains("cases/example/case.yaml:"), "{}", ran.err);
            assert!(!ran.err.contains(hidden), "{hidden:?} reaches the terminal: {:?}", ran.err);
        }
        assert!(!room.path("output").exists());
    }
    for hidden in ["\u{200f}", "\u{202e}", "\u{9b}"] {
        let room = room("plain");
        room.change("cases/example/case.yaml", "'Ilva Tarrin plain'", &format!("Ilva {hidden}Tarrin"));
        let ran = room.run("build cases/example");
        assert_eq!(ran.code, Some(1), "{hidden:?}: {}", ran.err);
        assert!(!ran.err.contains(hidden), "{hidden:?} reaches the terminal: {:?}", ran.err);
    }
}
