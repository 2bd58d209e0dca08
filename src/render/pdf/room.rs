//! Parts that do not fit in their place, as a layout says.

use std::num::NonZero;

use typst::foundations::{Dict, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Document, Line};

/// The label by which a layout says so, on a dictionary: the name of the `part`, what it `needs` and `has` in mm.
const LABEL: &str = "no-room";

/// An error for each part that does not fit.
pub(super) fn missing(document: &Document, pages: &PagedDocument) -> Vec<Diagnostic> {
    let Some(label) = Label::new(PicoStr::intern(LABEL)) else { return Vec::new() };
    let introspector = pages.introspector();
    let said = introspector.query(&Selector::Label(label));
    let each = said.iter().filter_map(|element| {
        let Value::Dict(about) = &element.to_packed::<MetadataElem>()?.value else { return None };
        let page = element.location().and_then(|location| introspector.page(location));
        Some(problem(document, page.map_or(1, NonZero::get), about))
    });
    each.collect()
}

fn problem(document: &Document, page: usize, about: &Dict) -> Diagnostic {
    let text = |key| about.get(key).ok().and_then(|value| value.clone().cast::<String>().ok()).unwrap_or_default();
    let number = |key| about.get(key).ok().and_then(|value| value.clone().cast::<f64>().ok()).unwrap_or_default();
    let part = text("part");
    // Never the same number twice: what is needed is rounded up, what there is down.
    let (needs, has) = (number("needs").ceil(), number("has").floor());
    let headline = format!("the {part} on page {page} takes {needs} mm of {has} mm");
    let Document { name, layout, .. } = document;
    let out = Diagnostic::error(Code::PdfNoRoom, Place::default(), headline)
        .with_note(format!("in `{name}`, set with the layout `{layout}`"));
    let lines = lines(document, &part);
    let out = match lines.iter().max_by_key(|line| line.chars().count()) {
        Some(longest) => out.with_note(format!("it has {} lines; the longest is “{longest}”", lines.len())),
        None => out,
    };
    out.hint("give it in fewer or shorter lines")
}

/// The lines of a part, by the name that layouts know it by.
fn lines<'a>(document: &'a Document, part: &str) -> Vec<&'a str> {
    let parts = &document.parts;
    let of = |lines: &'a [Line]| lines.iter().flat_map(Line::words);
    match part {
        "sender" => of(&parts.letterhead).chain(of(&parts.sender)).collect(),
        "return-line" => of(parts.return_line.as_slice()).collect(),
        "recipient" => of(&parts.recipient).collect(),
        "draft" => parts.draft.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
