//! Maps messages of Typst to the files of the user.

use std::ops::Range;

use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::{DiagSpan, FileId, Source};

use super::generated::Generated;
use super::overlap::{Hindrance, Illegible};
use super::world::{LAYOUTS, Sheet};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::Document;
use crate::render::fault::place;

/// An error of the program in a document.
pub(super) fn internal(document: &Document, headline: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Internal, Place::default(), headline)
        .with_note(format!("while setting `{}` as PDF", document.name))
}

/// Errors in the text of a layout, found before any document is set.
pub(super) fn syntax(shown: &str, source: &Source) -> Vec<Diagnostic> {
    let (errors, _) = source.root().errors_and_warnings();
    let each = errors.into_iter().map(|error| {
        let place = source_range(source, error.span)
            .map_or_else(|| Place::file(shown), |bytes| in_layout(shown, source.text(), bytes));
        Diagnostic::error(Code::PdfTypeset, place, format!("the layout is not valid Typst: {}", error.message))
    });
    each.collect()
}

fn source_range(source: &Source, span: DiagSpan) -> Option<Range<usize>> {
    match span.get() {
        typst::syntax::DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range),
        typst::syntax::DiagSpanKind::Range { range, .. } => Some(range),
        typst::syntax::DiagSpanKind::Detached => None,
    }
}

fn in_layout(shown: &str, text: &str, bytes: Range<usize>) -> Place {
    let before = text.get(..bytes.start).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place { file: shown.into(), line, column, bytes: Some(bytes) }
}

/// Maps the messages of one run to files of the user.
pub(super) struct Reporter<'a> {
    document: &'a Document,
    generated: &'a Generated,
    sheet: &'a Sheet<'a>,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(document: &'a Document, generated: &'a Generated, sheet: &'a Sheet<'a>) -> Self {
        Self { document, generated, sheet }
    }

    /// All messages of a step, in Typst's order.
    pub(super) fn all<'d>(&self, messages: impl IntoIterator<Item = &'d SourceDiagnostic>) -> Vec<Diagnostic> {
        messages.into_iter().map(|message| self.one(message)).collect()
    }

    fn one(&self, message: &SourceDiagnostic) -> Diagnostic {
        let calls = message.trace.iter().map(|point| DiagSpan::from(point.span));
        let spans: Vec<DiagSpan> = std::iter::once(message.span).chain(calls).collect();
        let origin = spans.iter().find_map(|span| self.origin(span));
        let layout = spans.iter().find_map(|span| self.layout(span));
        let place = origin.clone().or_else(|| layout.clone());
        let code = if place.is_some() { Code::PdfTypeset } else { Code::Internal };
        let headline = format!("cannot be set: {}", message.message);
        let place = place.unwrap_or_default();
        let mut out = match message.severity {
            Severity::Error => Diagnostic::error(code, place, headline),
            Severity::Warning => Diagnostic::warning(code, place, format!("setting: {}", message.message)),
        };
        if let (Some(_), Some(layout)) = (origin, layout) {
            out = out.and_at(layout, "in the layout");
        }
        out = out.with_note(format!("while setting `{}` as PDF", self.document.name));
        message.hints.iter().fold(out, |out, hint| out.hint(hint.v.to_string()))
    }

    /// What is said of words that cannot be read on their page.
    pub(super) fn illegible(&self, found: &Illegible) -> Diagnostic {
        let Illegible { page, words, span, why, more } = found;
        let headline = match why {
            Hindrance::Over(other) => format!("on page {page}, “{words}” stands over “{other}”"),
            Hindrance::Outside => format!("on page {page}, “{words}” leaves the page"),
            Hindrance::Clipped => format!("on page {page}, “{words}” is cut off"),
        };
        let place = self.origin(&DiagSpan::from(*span)).unwrap_or_default();
        let Document { name, layout, .. } = self.document;
        let mut out = Diagnostic::error(Code::PdfOverlap, place, headline)
            .with_note(format!("in `{name}`, set with the layout `{layout}`"));
        if *more > 0 {
            out = out.with_note(format!("{more} more on this page cannot be read"));
        }
        out.hint("shorten these words, or let the block of the layout grow; with a shipped layout, report it")
    }

    fn bytes(&self, span: &DiagSpan) -> Option<(FileId, Range<usize>)> {
        Some((span.id()?, self.sheet.range(*span)?))
    }

    fn origin(&self, span: &DiagSpan) -> Option<Place> {
        let (id, bytes) = self.bytes(span)?;
        if id != typst::World::main(self.sheet) {
            return None;
        }
        self.generated.origin(&bytes).map(place)
    }

    fn layout(&self, span: &DiagSpan) -> Option<Place> {
        let (id, bytes) = self.bytes(span)?;
        let name = id.get().vpath().get_with_slash().strip_prefix(LAYOUTS)?;
        let source = typst::World::source(self.sheet, id).ok()?;
        Some(in_layout(self.sheet.shown(name)?, source.text(), bytes))
    }
}
