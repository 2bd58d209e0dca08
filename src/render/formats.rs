//! The formats for documents.

use super::format::Format;
use super::html::Html;
use super::markdown::Markdown;
use super::pdf::Pdf;

/// All formats, in the order in which they are offered. A new format needs a folder of its own and a line here.
pub static FORMATS: [&dyn Format; 3] = [&Pdf, &Markdown, &Html];

/// The format with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.name() == name)
}

/// The format of a finished file that may contain a ledger.
#[must_use]
pub fn of(bytes: &[u8]) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.recognises(bytes))
}
