//! Words that cannot be read on their page stop the paper: words over others, beyond the page, cut off.

use amparo::diag::Code;
use amparo::document::{Document, Line, PaperSize, Print};
use amparo::render::pdf::Pdf;
use amparo::render::print::print_alone;

use super::build::{blank, document, line, note, paragraph};
use super::{TYPESETTER, codes, typesetter_with};

const LETTER: &str = include_str!("../../templates/layouts/letter/layout.typ");

/// Lines at the end of a layout of a user, and what is said of its page; nothing if the page can be read.
const LAYOUTS: [(&str, Option<&str>); 14] = [
    ("", None),
    (
        "#let paragraph(body) = { par(body); v(-1.2em) }",
        Some("on page 1, “The first paragraph of a paper.” stands over “Second”"),
    ),
    ("#let paragraph(body) = block(height: 0.3em, spacing: 0pt, par(body))", Some("stands over")),
    ("#let paragraph(body) = { set par(leading: 0.3em); par(body) }", None),
    ("#let paragraph(body) = { set par(leading: -0.3em); par(body) }", Some("stands over")),
    ("#let paragraph(body) = { par(body); v(-2em) }\n#let whole(words) = scale(50%, words)", Some("stands over")),
    ("#let paragraph(body) = par(super(body))", None),
    ("#let paragraph(body) = par(underline(emph(body)))", None),
    // Beyond the page.
    (
        "#let paragraph(body) = move(dx: -40mm, par(body))",
        Some("on page 1, “The first paragraph of a paper.” leaves the page"),
    ),
    // Cut off by a block.
    ("#let paragraph(body) = block(width: 20mm, height: 1em, clip: true, par(body))", Some("is cut off")),
    ("#let paragraph(body) = block(inset: 2mm, radius: 3mm, clip: true, par(body))", None),
    // Turned.
    ("#let paragraph(body) = rotate(-90deg, reflow: true, block(width: 70mm, par(body)))", None),
    ("#let paragraph(body) = pad(y: 30mm, rotate(-45deg, block(width: 70mm, par(body))))", None),
    ("#let paragraph(body) = { rotate(-40deg, block(width: 100mm, par(body))); v(-3em) }", Some("stands over")),
];

fn paper() -> Document {
    let mut paper = document("letter", ("en", "GB"), "A title of some length");
    let second = "Second words stand here.^1^ They go on for a while, so that they take more than a line of the page and the \
                  next one lies below. Ångström, Ґ, Й: שלום עולם.";
    paper.blocks = vec![paragraph("The first paragraph of a paper."), paragraph(second)];
    paper.notes = vec![note(1, "A source.", None)];
    paper.parts.footer = vec!["As known on 20 October 2031".into()];
    paper.parts.draft = Some("DRAFT · not verified".into());
    paper
}

#[test]
fn a_layout_that_prints_words_over_words_is_refused() {
    let mut faults = Vec::new();
    for (lines, said) in LAYOUTS {
        let typesetter = typesetter_with(&[("letter/layout.typ", &format!("{LETTER}\n{lines}"))]);
        let found = print_alone(&Pdf, typesetter.clone(), &paper()).err().unwrap_or_default();
        let headlines: Vec<&str> = found.iter().map(|problem| problem.headline.as_str()).collect();
        let fits = match said {
            None => found.is_empty(),
            Some(said) => codes(&found) == [Code::PdfOverlap] && headlines[0].contains(said),
        };
        faults.extend((!fits).then(|| format!("{lines}: {headlines:#?}")));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A long line of an address.
const LONG: &str = "Department for the Supervision of the Observance of Laws in Places of Detention, Second Floor";
/// A name of 120 letters.
const NAME: &str = "Maximiliana Theodora Konstantina Alexandrovna von und zu Hohenstaufen-Battenberg-Wittgenstein geborene \
                    Freifrau von Lind";
/// The name of an office in Russian.
const OFFICE: &str = "Управление по надзору за соблюдением законов администрациями учреждений исполнения наказаний";

/// Parts of unusual length, with what is said of a letter and of an envelope; nothing if they print.
type Parts = (&'static str, fn(&mut Document), Option<&'static str>, Option<&'static str>);
const PARTS: [Parts; 12] = [
    ("an ordinary address", |paper| paper.parts.recipient = vec![line("Office of Nobody"); 6], None, None),
    ("nine lines", |paper| paper.parts.recipient = vec![line("Office of Nobody"); 9], None, None),
    (
        "sixteen lines",
        |paper| paper.parts.recipient = vec![line("Office of Nobody"); 16],
        Some("the recipient on page 1 takes"),
        None,
    ),
    (
        "eight long lines",
        |paper| paper.parts.recipient = vec![line(LONG); 8],
        Some("the recipient on page 1 takes"),
        None,
    ),
    (
        "far too many lines",
        |paper| paper.parts.recipient = vec![line(OFFICE); 30],
        Some("the recipient on page 1 takes"),
        Some("the recipient on page 1 takes"),
    ),
    (
        "a long office in Russian",
        |paper| paper.parts.recipient = vec![line(OFFICE), line(OFFICE), line("МОСКВА")],
        None,
        None,
    ),
    (
        "a long name",
        |paper| paper.parts.sender = vec![line(NAME), blank("Name", Some(NAME)), blank(NAME, None)],
        None,
        None,
    ),
    (
        "a sender without end",
        |paper| paper.parts.sender = vec![blank(NAME, Some(NAME)); 9],
        Some("the sender on page 1 takes"),
        Some("the sender on page 1 takes"),
    ),
    ("a long title", |paper| paper.title = [LONG, NAME, OFFICE].join(", "), None, None),
    ("a word without an end", |paper| paper.parts.recipient = vec![line(&"abcdefghij".repeat(9))], None, None),
    ("a long date", |paper| paper.parts.date = Some(line(&[LONG, NAME, OFFICE].join(" "))), None, None),
    (
        "a long mark and many lines at the foot",
        |paper| {
            paper.parts.draft = Some(format!("DRAFT · {LONG}"));
            paper.parts.footer = vec![LONG.into(); 9];
        },
        None,
        None,
    ),
];

/// A letter with all its parts.
fn letter() -> Document {
    let mut letter = paper();
    letter.parts.letterhead = vec![line("A HEAD")];
    letter.parts.sender = vec![blank("Name", None), line("Town")];
    letter.parts.return_line = Some(line("Town, Country"));
    letter.parts.recipient = vec![line("Office of Nobody"), line("Nowhere 1")];
    letter.parts.date = Some(line("20 October 2031"));
    letter.parts.signature = vec![Line::Text("Sincerely,".into()), blank("Signature", None)];
    letter
}

fn envelope() -> Document {
    let mut envelope = document("envelope", ("en", "GB"), "An envelope");
    envelope.paper = PaperSize::Dl;
    envelope.parts.sender = vec![blank("Name", None)];
    envelope.parts.recipient = vec![line("Office of Nobody")];
    envelope
}

fn with(paper: Document, sheet: PaperSize, print: Print) -> Document {
    Document { paper: sheet, print, ..paper }
}

/// Takes parts away that papers of this layout do not have.
fn without_what_it_has_not(paper: &mut Document) {
    match paper.layout.as_str() {
        "appeal" => (paper.parts.sender, paper.parts.recipient, paper.parts.return_line) = Default::default(),
        "leaf" => paper.parts.date = None,
        "envelope" => {
            (paper.parts.date, paper.parts.draft, paper.parts.subject) = (None, None, Some(String::new()));
            paper.parts.footer.clear();
        }
        _ => {}
    }
}

#[test]
fn parts_grow_or_shrink_or_are_refused() {
    let mut faults = Vec::new();
    for (name, change, in_letter, on_envelope) in PARTS {
        let papers = [
            (with(letter(), PaperSize::A4, Print::Normal), in_letter),
            (with(letter(), PaperSize::A4, Print::Large), None),
            (with(letter(), PaperSize::UsLetter, Print::Large), None),
            (with(Document { layout: "appeal".into(), ..letter() }, PaperSize::A4, Print::Normal), None),
            (with(Document { layout: "leaf".into(), ..letter() }, PaperSize::UsLetter, Print::Normal), None),
            (with(envelope(), PaperSize::Dl, Print::Normal), on_envelope),
            (with(envelope(), PaperSize::No10, Print::Normal), on_envelope),
        ];
        for (mut paper, said) in papers {
            change(&mut paper);
            without_what_it_has_not(&mut paper);
            let found = print_alone(&Pdf, TYPESETTER.clone(), &paper);
            if let Ok(printed) = &found {
                let file = format!("room-{name}-{}-{:?}-{:?}", paper.layout, paper.paper, paper.print);
                let path = format!("{}/{}.pdf", env!("CARGO_TARGET_TMPDIR"), file.replace(' ', "-"));
                std::fs::write(path, &printed.bytes).expect("written");
            }
            let found = found.err().unwrap_or_default();
            let fits = match said {
                None => found.is_empty(),
                Some(said) => codes(&found) == [Code::PdfNoRoom] && found[0].headline.contains(said),
            };
            let headlines: Vec<&str> = found.iter().map(|problem| problem.headline.as_str()).collect();
            let about = format!("{name}: {} on {:?}, {:?}: {headlines:#?}", paper.layout, paper.paper, paper.print);
            faults.extend((!fits).then_some(about));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
