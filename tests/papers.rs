//! The real papers of both cases as PDF, read back. They stay in `target/tmp` for `tests/validate.py`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use amparo::render::reading::{Reading, read};
use serde_json::Value;

use crate::program::Room;
use crate::support::unmarked;

const CASES: [(&str, &str, &[&str]); 2] = [
    ("khamroev", "2024-10-01", &["Khamroev", "Хамроев"]),
    ("example", "2026-06-01", &["Tarrin", "Таррин", "readers of Xandria"]),
];

/// A paper of a case: what the file says, what the manifest says of it, and the same paper as Markdown.
pub(crate) struct Paper {
    case: &'static str,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) reading: Reading,
    pub(crate) about: Value,
    pub(crate) markdown: String,
}

/// All papers of both cases; built once for all tests.
pub(crate) static A4: LazyLock<Vec<Paper>> = LazyLock::new(|| all("a4"));

/// The same papers on the other sheet.
pub(crate) static US_LETTER: LazyLock<Vec<Paper>> = LazyLock::new(|| all("us-letter"));

/// The same papers in packs and in large print, on both sheets.
pub(crate) static PACKS: LazyLock<Vec<Paper>> = LazyLock::new(|| {
    let sheets = ["a4", "us-letter"];
    sheets
        .iter()
        .flat_map(|sheet| built(&format!("--paper {sheet} --pack --large-print"), &format!("pack.{sheet}")))
        .collect()
});

fn all(paper: &str) -> Vec<Paper> {
    built(&format!("--paper {paper}"), paper)
}

pub(crate) fn built(options: &str, kind: &str) -> Vec<Paper> {
    CASES.iter().flat_map(|(case, day, _)| build(&Room::with(case), case, day, options, kind)).collect()
}

/// Builds a case and keeps its files under names that begin with `kind`.
fn build(room: &Room, case: &'static str, day: &str, options: &str, kind: &str) -> Vec<Paper> {
    room.run(&format!("build cases/{case} --format pdf,md --outside-country {options}")).done();
    let folder = format!("output/{case}/{day}");
    let manifest = room.json(&format!("{folder}/manifest.json"));
    let files = manifest["files"].as_object().expect("files");
    let pdfs = files.iter().filter_map(|(name, about)| Some((name.strip_suffix(".pdf")?, about)));
    pdfs.map(|(name, about)| {
        let bytes = std::fs::read(room.path(format!("{folder}/{name}.pdf"))).expect("a paper");
        let kept = format!("{}/{kind}.{case}.{}.pdf", env!("CARGO_TARGET_TMPDIR"), name.replace('/', "."));
        std::fs::write(kept, &bytes).expect("the folder of the tests can be written");
        Paper {
            case,
            name: name.to_owned(),
            reading: read(&bytes).unwrap_or_else(|fault| panic!("{name}: {fault}")),
            bytes,
            about: about.clone(),
            // Markdown has one size of print.
            markdown: room.read(format!("{folder}/{}.md", name.trim_end_matches(".large-print"))),
        }
    })
    .collect()
}

/// Words without anything that a line or a format puts between them.
fn plain(words: &str) -> String {
    let hidden = |c: char| matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}');
    let words: String = words.chars().filter(|c| !hidden(*c)).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Paper {
    pub(crate) fn id(&self) -> String {
        format!("{}/{}", self.case, self.name)
    }

    /// All words of the structure tree in reading order, notes apart.
    fn text(&self) -> String {
        let all = self.reading.elements.iter().filter(|element| element.depth == 0);
        plain(&all.map(|element| element.text.as_str()).collect::<Vec<_>>().join("\n"))
    }

    /// How many pages a reader is promised at most.
    fn most_pages(&self) -> usize {
        match self.about["template"].as_str() {
            Some("letter-official" | "envelope") => 1,
            // A petition: a page of sheets or cards, and one for whoever collects.
            Some("urgent-appeal" | "petition-sheet" | "petition-card") => 2,
            Some("leaf") => 3,
            Some("wgad") => 20,
            other => panic!("{}: {other:?}", self.id()),
        }
    }

    /// Whether people sign it, on a sheet that lies on its long side.
    pub(crate) fn is_petition(&self) -> bool {
        matches!(self.about["template"].as_str(), Some("petition-sheet" | "petition-card"))
    }

    /// The notes: at the foot of the pages, or the list in the section that holds them.
    fn notes(&self) -> Vec<String> {
        let feet: Vec<String> = self.reading.texts("Note").into_iter().map(plain).collect();
        if !feet.is_empty() {
            return feet;
        }
        let elements = &self.reading.elements;
        let is_place = |text: &str| ["Sources", "Notes", "Источники"].contains(&text.trim());
        let start = elements.iter().position(|element| element.kind == "H1" && is_place(&element.text));
        let rest = &elements[start.unwrap_or_else(|| panic!("{}: no notes", self.id())) + 1..];
        let end = rest.iter().position(|element| element.kind == "H1").unwrap_or(rest.len());
        rest[..end].iter().filter(|element| element.kind == "LBody").map(|element| plain(&element.text)).collect()
    }

    fn ledger(&self) -> &[Value] {
        self.about["ledger"].as_array().expect("a ledger")
    }

    /// The words of its demands.
    fn demands(&self) -> Vec<String> {
        let demands = self.ledger().iter().filter(|entry| id_of(entry).starts_with("demands."));
        demands.map(|entry| plain(entry["text"].as_str().expect("words"))).collect()
    }
}

fn id_of(entry: &Value) -> &str {
    entry["id"].as_str().expect("an id")
}

fn each(test: impl Fn(&Paper)) {
    assert!(A4.len() >= 18, "{} papers", A4.len());
    A4.iter().for_each(test);
}

#[test]
fn each_paper_claims_both_standards_its_language_and_a_title_with_the_name() {
    each(|paper| {
        let (reading, id) = (&paper.reading, paper.id());
        assert_eq!((reading.pdf_a.as_deref(), reading.pdf_ua.as_deref()), (Some("3A"), Some("1")), "{id}");
        let language = if paper.about["language"] == "ru" { "ru-RU" } else { "en-GB" };
        assert_eq!(reading.language.as_deref(), Some(language), "{id}");
        assert_eq!(reading.creator.as_deref(), Some("amparo"), "{id}");
        let title = reading.title.as_deref().unwrap_or_default();
        let (.., names) = CASES.iter().find(|(case, ..)| *case == paper.case).expect("its case");
        assert!(names.iter().any(|name| title.contains(name)), "{id}: {title}");
        for guarded in ["terroris", "террорис", "extremis", "экстремис"] {
            assert!(!title.to_lowercase().contains(guarded), "{id}: {title}");
        }
        assert_eq!(reading.stray.trim(), "", "{id}");
    });
}

#[test]
fn each_page_has_the_size_of_its_sheet_and_each_letter_is_one_page() {
    each(|paper| {
        let (pages, id) = (&paper.reading.pages, paper.id());
        assert_eq!(Some(pages.len() as u64), paper.about["pages"].as_u64(), "{id}");
        let (width, height) = if paper.is_petition() { (297.0, 210.0) } else { (210.0, 297.0) };
        for page in pages {
            assert!((page.width - width).abs() < 0.1 && (page.height - height).abs() < 0.1, "{id}: {page:?}");
        }
        assert!(pages.len() <= paper.most_pages(), "{id}: {} pages", pages.len());
    });
}

#[test]
fn a_letter_fits_on_an_american_sheet_too() {
    for ((case, day, _), office) in CASES.into_iter().zip(["ru/fsin", "xa/ombudsman"]) {
        let options = format!("--paper us-letter --only letter-official --to {office}");
        for paper in build(&Room::with(case), case, day, &options, "us-letter") {
            for page in &paper.reading.pages {
                assert!((page.width - 215.9).abs() < 0.1 && (page.height - 279.4).abs() < 0.1, "{}", paper.id());
            }
            assert!(paper.reading.pages.len() <= paper.most_pages(), "{}", paper.id());
        }
    }
}

#[test]
fn each_font_travels_with_the_file() {
    each(|paper| {
        let fonts = &paper.reading.fonts;
        assert!(!fonts.is_empty() && fonts.values().all(|embedded| *embedded), "{}: {fonts:?}", paper.id());
    });
}

#[test]
fn each_demand_stands_in_the_paper_in_the_order_of_its_text() {
    let mut several = 0;
    each(|paper| {
        let (text, markdown, id) = (paper.text(), plain(&unmarked(&paper.markdown)), paper.id());
        let demands = paper.demands();
        assert!(!demands.is_empty(), "{id}: no demand");
        let mut places: Vec<(usize, usize, &String)> = Vec::new();
        for demand in &demands {
            let found =
                text.find(demand.as_str()).unwrap_or_else(|| panic!("{id}: “{demand}” is not in the file:\n{text}"));
            let stripped = strip_references(&markdown);
            let written =
                stripped.find(demand.as_str()).unwrap_or_else(|| panic!("{id}: “{demand}” is not in:\n{stripped}"));
            places.push((written, found, demand));
        }
        places.sort();
        assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{id}: not in reading order: {places:#?}");
    });
    several += A4.iter().filter(|paper| paper.demands().len() > 1).count();
    assert!(several > 10, "{several} papers have several demands");
}

/// Without `[^3]`.
fn strip_references(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once("[^") {
        out.push_str(before);
        rest = after.split_once(']').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[test]
fn each_claim_is_cited_in_a_note_and_each_note_is_there() {
    each(|paper| {
        let (notes, id) = (paper.notes(), paper.id());
        let written = paper.markdown.lines().filter_map(|line| line.strip_prefix("[^")?.split_once("]: "));
        let written: Vec<(String, String)> =
            written.map(|(number, words)| (number.to_owned(), plain(&unmarked(words)))).collect();
        assert!(!written.is_empty(), "{id}: no notes");
        let all = notes.join("\n");
        for (number, words) in &written {
            assert!(all.contains(words.as_str()), "{id}: note {number} “{words}” is not among:\n{all}");
        }
        assert_eq!(notes.len(), written.len(), "{id}: {notes:#?}");
        // What is not known, and the drafter's own arguments, rest on no source.
        let argued = |entry: &&Value| !["gaps.", "norms.", "topics."].iter().any(|kind| id_of(entry).starts_with(kind));
        for entry in paper.ledger().iter().filter(argued) {
            let cited = entry["citations"].as_array().is_some_and(|citations| !citations.is_empty());
            assert!(cited, "{id}: {entry}");
        }
    });
}

#[test]
fn each_page_says_of_which_day_it_is_and_until_when_it_may_be_used() {
    let words: BTreeMap<(&str, &str), [&str; 2]> = BTreeMap::from([
        (("khamroev", "en"), ["1 October 2024", "12 November 2024"]),
        (("khamroev", "ru"), ["1 октября 2024", "12 ноября 2024"]),
        (("example", "en"), ["1 June 2026", "13 July 2026"]),
        (("example", "ru"), ["1 июня 2026", "13 июля 2026"]),
    ]);
    each(|paper| {
        let language = paper.about["language"].as_str().expect("a language");
        // Nobody has recorded the consents of the real case: its form is a draft, and each page says so.
        let is_draft = paper.id() == "khamroev/wgad.en";
        for (number, page) in paper.reading.pages.iter().enumerate() {
            let furniture = plain(&page.furniture);
            // A form has no last day of use.
            let dates = words[&(paper.case, language)];
            let is_form = paper.about["template"] == "wgad";
            assert!(!is_form || !furniture.contains(dates[1]), "{}: {furniture}", paper.id());
            // What is posted shows no trace of an action: the leaf has its days.
            let is_letter = paper.about["template"] == "letter-official";
            assert!(!is_letter || !furniture.contains("20"), "{}: {furniture}", paper.id());
            let told = if is_letter {
                0
            } else if is_form {
                1
            } else {
                2
            };
            for date in &dates[..told] {
                assert!(furniture.contains(*date), "{}, page {}: {furniture}", paper.id(), number + 1);
            }
            let marked = furniture.contains("DRAFT") || furniture.contains("ЧЕРНОВИК");
            assert_eq!(marked, is_draft, "{}: {furniture}", paper.id());
        }
        assert_eq!(paper.about["draft"], is_draft, "{}", paper.id());
    });
}

#[test]
fn what_no_lock_vouches_for_makes_a_draft_of_the_papers_that_need_it() {
    let room = Room::with("khamroev");
    // Another quotation of the same paragraph: true, but nobody has locked it.
    let facts = room.read("cases/khamroev/facts.yaml");
    let quoted = "upheld a 13-years and 9-months imprisonment sentence";
    assert!(facts.contains(quoted));
    room.write("cases/khamroev/facts.yaml", facts.replace(quoted, "upheld a 13-years and 9-months imprisonment"));
    let papers =
        build(&room, "khamroev", "2024-10-01", "--only urgent-appeal --only letter-official --to ru/fsin", "draft");
    // The appeal, the letter in both languages, the leaf.
    assert_eq!(papers.len(), 4);
    for paper in papers {
        assert_eq!(paper.about["draft"], true, "{}", paper.id());
        let mark = if paper.about["language"] == "ru" { "ПРОЕКТ" } else { "DRAFT" };
        for page in &paper.reading.pages {
            assert!(page.furniture.contains(mark), "{}: {}", paper.id(), page.furniture);
        }
        assert!(paper.markdown.contains(mark), "{}", paper.markdown);
    }
}

#[test]
fn a_damaged_lock_vouches_for_nothing() {
    let room = Room::with("khamroev");
    let lock = room.read("cases/khamroev/citations.lock");
    let lines: Vec<&str> = lock.lines().collect();
    let without: Vec<&str> = lines[..lines.len() - 1].to_vec();
    room.write("cases/khamroev/citations.lock", without.join("\n") + "\n");
    room.run("build cases/khamroev --format md").problems().says("cite/lock-stale").says("citations.lock:");
    assert!(!room.path("output").exists());

    std::fs::remove_file(room.path("cases/khamroev/citations.lock")).expect("removed");
    let ran = room.run("build cases/khamroev --format md --only urgent-appeal").done().says("document/draft");
    ran.says("cite/not-locked");
    assert!(room.read("output/khamroev/2024-10-01/urgent-appeal.en.md").contains("DRAFT"));
}
