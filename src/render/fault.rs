//! Errors in documents, and the places from which their words come.

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Document, Origin};

/// A place in a file of the user, from the origin in a document.
pub(super) fn place(origin: &Origin) -> Place {
    Place { file: origin.file.as_str().into(), line: origin.line, column: 0, bytes: origin.bytes.clone() }
}

/// An error of the program in a document.
pub(super) fn internal(document: &Document, headline: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Internal, Place::default(), headline)
        .with_note(format!("while rendering `{}`", document.name))
}
