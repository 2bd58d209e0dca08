//! PDF output, read back as a reader's program would read it.

#[path = "pdf/build.rs"]
pub(crate) mod build;
#[path = "pdf/claims.rs"]
mod claims;
#[path = "pdf/faults.rs"]
mod faults;
#[path = "pdf/fits.rs"]
mod fits;
#[path = "pdf/letters.rs"]
mod letters;
#[path = "pdf/overlap.rs"]
mod overlap;
#[path = "pdf/places.rs"]
mod places;
#[path = "pdf/plain.rs"]
mod plain;
#[path = "pdf/samples.rs"]
pub(crate) mod samples;
#[path = "pdf/words.rs"]
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use amparo::diag::{Code, Diagnostic};
use amparo::document::Document;
use amparo::reference::layers::LayoutText;
use amparo::render::pdf::{Pdf, Typesetter};
use amparo::render::print::{Printed, print_alone};
use amparo::render::reading::{Reading, read};

/// Setting up costs some milliseconds; the typesetter is shared as in the program itself.
static TYPESETTER: LazyLock<Arc<Typesetter>> = LazyLock::new(|| typesetter_with(&[]));

/// The layouts of the project, some of them replaced or added.
fn typesetter_with(changes: &[(&str, &str)]) -> Arc<Typesetter> {
    let mut layouts = BTreeMap::from([
        ("common.typ".to_owned(), include_str!("../templates/layouts/common.typ").to_owned()),
        ("letter/layout.typ".to_owned(), include_str!("../templates/layouts/letter/layout.typ").to_owned()),
        ("appeal/layout.typ".to_owned(), include_str!("../templates/layouts/appeal/layout.typ").to_owned()),
        ("leaf/layout.typ".to_owned(), include_str!("../templates/layouts/leaf/layout.typ").to_owned()),
        ("envelope/layout.typ".to_owned(), include_str!("../templates/layouts/envelope/layout.typ").to_owned()),
    ]);
    layouts.extend(changes.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    Arc::new(Typesetter::new(Vec::new(), in_files(layouts)).expect("the layouts are valid Typst"))
}

/// Texts of layouts as if they stood in the project's own templates.
fn in_files(layouts: BTreeMap<String, String>) -> BTreeMap<String, LayoutText> {
    let shown = |path: &str| format!("mine/layouts/{path}");
    layouts.into_iter().map(|(path, text)| (path.clone(), LayoutText { shown: shown(&path), text })).collect()
}

/// Prints a document that must print, and keeps the file for whoever wants to look at it.
fn print(document: &Document, file: &str) -> (Printed, Reading) {
    let printed = print_alone(&Pdf, TYPESETTER.clone(), document).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(printed.warnings, Vec::<Diagnostic>::new());
    let path = format!("{}/{file}.pdf", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(path, &printed.bytes).expect("the folder of the tests can be written");
    let reading = read(&printed.bytes).expect("the file can be read back");
    (printed, reading)
}

/// The problems of a document that must not print.
fn refuse(typesetter: &Arc<Typesetter>, document: &Document) -> Vec<Diagnostic> {
    match print_alone(&Pdf, typesetter.clone(), document) {
        Ok(printed) => panic!("{} pages were printed", printed.pages),
        Err(problems) => problems,
    }
}

/// The codes of some problems.
fn codes(problems: &[Diagnostic]) -> Vec<Code> {
    problems.iter().map(|problem| problem.code).collect()
}

/// A file with some paragraphs of running text.
pub(crate) fn paragraphs(text: &[String], language: &str) -> Vec<u8> {
    let region = language.to_uppercase().replace("EN", "GB");
    let mut document = build::document("appeal", (language, &region), "1");
    document.blocks = text.iter().map(|text| build::paragraph(&text.replace('*', "\\*"))).collect();
    print_alone(&Pdf, TYPESETTER.clone(), &document).unwrap_or_else(|problems| panic!("{problems:#?}")).bytes
}
