//! The input for one document.

use super::claims::Claims;
use super::request::Request;
use super::spec::Spec;
use crate::case::view::View;
use crate::diag::{Code, Diagnostic};
use crate::document::{Block, Language, Parts};
use crate::reference::{Locale, Reference};

/// The text of a template in one language.
pub(super) struct Written {
    /// The blocks; claims in them are numbered as in `claims`.
    pub(super) blocks: Vec<Block>,
    pub(super) claims: Claims,
    pub(super) title: String,
    pub(super) parts: Parts,
}

/// The input for one document.
pub(super) struct Assembler<'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) view: &'a View,
    pub(super) reference: &'a Reference,
    pub(super) spec: &'a Spec,
    pub(super) locale: &'a Locale,
    pub(super) language: Language,
    /// True if the document tells a state whose last news is too old.
    pub(super) stale: bool,
}

impl<'a> Assembler<'a> {
    pub(super) fn new(
        request: &'a Request<'a>,
        view: &'a View,
        reference: &'a Reference,
        spec: &'a Spec,
    ) -> Result<Self, Box<Diagnostic>> {
        let code = request.language;
        let locale = reference.locale(code).filter(|_| spec.languages.iter().any(|own| own == code));
        let Some(locale) = locale else {
            let words = format!("the template `{}` has no words in `{code}`", spec.id);
            let hint = format!("it has: {}", spec.languages.join(", "));
            let problem = Diagnostic::error(Code::CaseLanguageMissing, spec.place.clone(), words).hint(hint);
            return Err(Box::new(problem));
        };
        let stale = !view.stale.is_empty();
        let language = Language { code: code.to_owned(), region: locale.format.region().to_owned() };
        Ok(Self { request, view, reference, spec, locale, language, stale })
    }
}
