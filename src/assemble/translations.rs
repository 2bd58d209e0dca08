//! The translations that notes print beside the original words.

use crate::case::view::View;
use crate::case::{Citation, Translation, TranslationStatus};
use crate::document::{Language, Span};
use crate::reference::{Locale, Reference, fill};

/// The language in which a document is printed, with its words.
pub struct PrintedTranslation<'a> {
    pub language: &'a Language,
    pub locale: &'a Locale,
    pub reference: &'a Reference,
}

impl PrintedTranslation<'_> {
    /// The translation that a reader of the document needs: the source is in another language, and the seal fits these
    /// words.
    pub fn translation<'c>(&self, view: &View, citation: &'c Citation) -> Option<&'c Translation> {
        let spoken = view.sources.get(&citation.source)?.language.as_ref()?;
        let translation = citation.translation.as_ref()?;
        let is_needed = spoken.code != self.language.code && translation.text.contains_key(&self.language.code);
        (is_needed && translation.fits(&citation.quote)).then_some(translation)
    }

    /// The original words, followed by the translation, which is marked as one.
    pub fn translated(&self, view: &View, citation: &Citation) -> Vec<Span> {
        let Some(translation) = self.translation(view, citation) else { return Vec::new() };
        let spoken = view.sources.get(&citation.source).and_then(|record| record.language.clone());
        let code = spoken.as_ref().map_or("", |language| language.code.as_str());
        let original = self.reference.locale(code).unwrap_or(self.locale).quoted(&citation.quote);
        let said = &self.locale.words;
        let frame = match translation.status {
            TranslationStatus::Draft => &said.translation_draft,
            TranslationStatus::Checked => &said.translation_checked,
            TranslationStatus::Official => &said.translation_official,
        };
        let words = translation.text.get(&self.language.code).map(|words| self.locale.quoted(words));
        let date = self.locale.format.date(translation.on);
        let slots = [("words", words.as_deref().unwrap_or_default()), ("by", &translation.by), ("date", &date)];
        let span = |text: String, language| Span { text, language, italic: false };
        vec![span(" ".into(), None), span(original, spoken), span(format!(" {}", fill(frame, &slots)), None)]
    }
}
