//! Messages about constructs that templates must not use.

use std::borrow::Cow;
use std::fmt;

use minijinja::{Error, ErrorKind};

use super::prepare::Problem;
use crate::diag::{Code, Diagnostic, Place};

/// A problem that our own parts of the engine find, with its code.
#[derive(Debug, Clone)]
pub(super) struct TemplateRefusal(pub(super) Code, pub(super) &'static str);

impl fmt::Display for TemplateRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.1)
    }
}

impl std::error::Error for TemplateRefusal {}

pub(super) fn refuse(code: Code, words: impl Into<Cow<'static, str>>, hint: &'static str) -> Error {
    Error::new(ErrorKind::InvalidOperation, words).with_source(TemplateRefusal(code, hint))
}

/// The message for a forbidden construct.
pub(super) fn forbidden(problem: Problem, place: Place) -> Diagnostic {
    match problem {
        Problem::Private => {
            Diagnostic::error(Code::TemplateClaimAltered, place, "a private-use character cannot stand in a template")
                .hint("delete it; these characters mark the claims of the case")
        }
        Problem::Operator(sign) => {
            Diagnostic::error(Code::TemplateSyntax, place, format!("`{sign}` joins or multiplies text inside a tag"))
                .hint("write the values side by side: `{{ a }} {{ b }}`")
        }
        Problem::TooDeep => {
            Diagnostic::error(Code::TemplateEndless, place, "too many filters, tests or branches hang on one another")
                .hint("keep a value between with `{% set … %}`, or write a `{% for … %}`")
        }
        Problem::TooLarge => {
            Diagnostic::error(Code::DocumentLimit, place, "a template file has at most 64 KiB").hint("split it")
        }
    }
}
