//! Papers as pages of HTML: read back when they are written, and verified like a PDF.

use std::sync::Arc;

use amparo::diag::Code;
use amparo::document::{BlockKind, Document, Inline, Language};
use amparo::render::format::{Format, Setup};
use amparo::render::html::Html;
use amparo::render::markdown::Markdown;
use amparo::render::print::{Printed, print_alone};

use crate::pdf::build::{at, blank, document, line, list, paragraph};
use crate::pdf::samples;
use crate::program::Room;
use crate::support::rows;

fn html(document: &Document) -> String {
    let printed: Printed =
        print_alone(&Html, Arc::new(Html), document).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(printed.pages, 0);
    String::from_utf8(printed.bytes).expect("text")
}

/// The page with the checksum of the bytes that it has now.
fn sealed(page: &str) -> String {
    const BEFORE: &str = "name=\"amparo-checksum\" content=\"sha256:";
    let start = page.find(BEFORE).expect("a checksum") + BEFORE.len();
    let mut page = page.to_owned();
    page.replace_range(start..start + 64, &"0".repeat(64));
    let checksum = amparo::disk::digest::hex(page.as_bytes());
    page.replace_range(start..start + 64, &checksum);
    page
}

#[test]
fn each_paper_of_a_case_is_written_and_verified_as_html() {
    let room = Room::with("example");
    let built = room.run("build cases/example --pack --outside-country --format html").done();
    assert!(built.err.lines().all(|line| !line.starts_with("error")), "{}", built.err);
    let papers: Vec<&str> = built.out.lines().filter(|line| line.contains(".html")).collect();
    assert!(papers.len() >= 24, "{papers:?}");
    let verdict = room.run(&format!("verify {} --archive cases/example/archive", papers.join(" "))).done();
    let summary = verdict.out.lines().last().unwrap_or_default();
    assert_eq!(summary, format!("{0} files: {0} verified", papers.len()));
}

#[test]
fn a_page_that_was_changed_is_found() {
    let room = Room::with("example");
    room.run("build cases/example --only letter-official --to xa/prosecutor-general --languages en --format html")
        .done();
    let path = room.path("output/example/2026-06-01/letter-official.prosecutor-general.en.html");
    let whole = std::fs::read_to_string(&path).expect("a page");
    for row in rows(include_str!("html/changes.tsv")) {
        let [from, to, is_sealed, says] = row[..] else { panic!("{row:?} has not four columns") };
        assert!(whole.contains(from), "the page does not hold {from}");
        let changed = whole.replacen(from, to, 1);
        std::fs::write(&path, if is_sealed == "yes" { sealed(&changed) } else { changed }).expect("written");
        let verdict = room.run("verify output/example/2026-06-01/letter-official.prosecutor-general.en.html");
        assert_eq!(verdict.code, Some(1), "{from} → {to}: {}", verdict.out);
        assert!(verdict.out.contains(says), "{from} → {to}: {}", verdict.out);
    }
}

#[test]
fn hostile_words_are_words() {
    for words in [
        "<b>b</b> & &amp; \"quoted\" 'so' </main> <!-- x --> <script>alert(1)</script>",
        "]]> \\ # $x$ {{ y }} -->",
        "Ünïcödé, «кавычки», שלום",
    ] {
        let mut paper = document("letter", ("en", "GB"), words);
        paper.parts.recipient = vec![line(words)];
        paper.parts.signature = vec![blank("Name", Some(words)), blank("", None)];
        paper.blocks = vec![at(1, BlockKind::Paragraph(vec![Inline::Text(words.into())])), list(Some(3), &["a", "b"])];
        let page = html(&paper);
        assert!(!page.contains("<script>"), "{page}");
    }
}

#[test]
fn a_character_that_hides_or_turns_words_is_refused_in_every_format() {
    for bad in ['\u{7}', '\u{202E}', '\u{200F}', '\u{E000}'] {
        let paper = document("letter", ("en", "GB"), &format!("before {bad} after"));
        for format in [&Html as &'static dyn Format, &Markdown] {
            let renderer = format.renderer(&Setup::default()).expect("a renderer");
            let problems = print_alone(format, renderer.into(), &paper).expect_err("refused");
            let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
            assert_eq!(codes, [Code::PdfGlyph], "{bad:?} in {}", format.name());
        }
    }
}

#[test]
fn language_direction_and_notes_are_marked() {
    let page = html(&samples::appeal());
    for part in [
        "<html lang=\"en-GB\" dir=\"ltr\">",
        "<sup><a href=\"#note-1\" id=\"reference-1\" role=\"doc-noteref\">1</a></sup>",
        "<p id=\"note-1\"><a role=\"doc-backlink\" href=\"#reference-1\">1</a>",
        "<th scope=\"col\">",
    ] {
        assert!(page.contains(part), "{part} is missing in:\n{page}");
    }
    let mut paper = document("letter", ("ar", "EG"), "رسالة");
    let language = Language { code: "en".into(), region: String::new() };
    let foreign = Inline::Foreign { language, content: vec![Inline::Text("Anna Lind".into())] };
    paper.blocks = vec![at(1, BlockKind::Paragraph(vec![Inline::Text("إلى ".into()), foreign])), paragraph("كلمات")];
    let page = html(&paper);
    assert!(page.contains("<html lang=\"ar-EG\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("<span lang=\"en\" dir=\"ltr\">Anna Lind</span>"), "{page}");
}
